"""Read a manifest back, so that files can be verified against it.

Whoever hands over a manifest may have changed it: nothing in it is taken on trust.
"""

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recordsearch.catalogue.custody import KeptFile, Place
from recordsearch.errors import UsageError
from recordsearch.workflows.manifest import FORMAT

# A line has all places of a document; one of a hundred thousand places has less than this.
_LONGEST_LINE = 64 << 20
_CHUNK = 1 << 20
_MEND = "make one with: recordsearch manifest --output FILE"


@dataclass(frozen=True, slots=True)
class Header:
    """A manifest's header; ``found_sha256`` is the hash of the lines as they are now.

    ``documents`` and ``unread`` are the numbers that the header claims, ``lines`` what follows it.
    """

    archive: str
    release: str | None
    made: str
    sha256: str
    found_sha256: str
    documents: int
    unread: int
    lines: int


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is none of a manifest's, and why."""

    number: int
    cause: str


def read_header(path: str) -> Header:
    """Read a manifest's header and hash what follows it.

    :raises UsageError: there is no such file, or it is no manifest in JSON Lines of this version.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise UsageError(f"{path} is not a file", _MEND)
        with open(path, "rb") as file:
            first = file.readline(_CHUNK)
            digest = hashlib.sha256()
            lines, end = 0, b"\n"
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                lines += chunk.count(b"\n")
                end = chunk[-1:]
    except OSError as error:
        cause = (error.strerror or str(error)).lower()
        raise UsageError(f"{path} cannot be read: {cause}", "check the spelling") from error
    fields = _fields(first)
    if fields is None or fields.get("kind") != "manifest":
        raise UsageError(f"{path} is no manifest in JSON Lines", _MEND)
    if fields.get("format") != FORMAT:
        raise UsageError(
            f"{path} is a manifest of format {fields.get('format')!r:.40}, known is {FORMAT}",
            "upgrade recordsearch",
        )
    release = fields.get("release")
    return Header(
        archive=_text(fields, "archive"),
        release=release if isinstance(release, str) else None,
        made=_text(fields, "made"),
        sha256=_text(fields, "sha256"),
        found_sha256=digest.hexdigest(),
        documents=_number(fields, "documents"),
        unread=_number(fields, "unread"),
        lines=lines + (end != b"\n"),
    )


def listed_files(path: str, release: str | None) -> Iterator[KeptFile | BadLine]:
    """Yield the files that a manifest lists, those of a release where one is named."""
    with open(path, "rb") as file:
        file.readline(_CHUNK)
        number = 1
        while line := file.readline(_LONGEST_LINE):
            number += 1
            try:
                found = _kept(line)
            except (KeyError, TypeError, ValueError) as error:
                yield BadLine(number, f"it cannot be read ({type(error).__name__})")
                continue
            for one in found:
                if release is None or one.place.release == release:
                    yield one


def _fields(line: bytes) -> dict[str, Any] | None:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _kept(line: bytes) -> list[KeptFile]:
    """Read a line.

    :raises KeyError: a field is missing.
    :raises TypeError: a field is of another type.
    :raises ValueError: it is no JSON object, or a field is impossible.
    """
    fields = _fields(line)
    if fields is None or fields.get("kind") not in ("document", "unread"):
        raise ValueError("no line of a manifest")
    sha256, size = None, None
    if fields["kind"] == "document":
        sha256, size = _text(fields, "sha256"), _number(fields, "size")
        if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
            raise ValueError("no SHA-256")
    locations = fields["locations"]
    if not isinstance(locations, list) or not all(isinstance(one, dict) for one in locations):
        raise TypeError("locations")
    return [KeptFile(_place(one), sha256, size) for one in locations]


def _place(fields: dict[str, Any]) -> Place:
    gone, parent = fields.get("gone"), fields.get("parent")
    return Place(
        release=_text(fields, "release"),
        file=_text(fields, "file"),
        key=_key(fields),
        size=_number(fields, "file_size"),
        modified_ns=_number(fields, "file_modified_ns"),
        parent=parent if isinstance(parent, str) else None,
        gone=gone if isinstance(gone, str) else None,
    )


def _key(fields: dict[str, Any]) -> bytes:
    if fields.get("path_bytes") is not None:
        key = bytes.fromhex(_text(fields, "path_bytes"))
    else:
        parts = [_text(fields, "path"), *fields["inside"]]
        if not all(isinstance(part, str) for part in parts):
            raise TypeError("inside")
        encoded = [part.encode() for part in parts]
        if any(b"\0" in part for part in encoded):
            raise ValueError("a NUL in a path")
        key = b"\0".join(encoded)
    if not key.startswith(b"/") and not os.path.isabs(os.fsdecode(key)):
        raise ValueError("the path is not absolute")
    return key


def _text(fields: dict[str, Any], name: str) -> str:
    if not isinstance(fields[name], str):
        raise TypeError(name)
    return str(fields[name])


def _number(fields: dict[str, Any], name: str) -> int:
    if not isinstance(fields[name], int) or isinstance(fields[name], bool):
        raise TypeError(name)
    return int(fields[name])

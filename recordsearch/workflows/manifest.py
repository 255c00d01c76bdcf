"""A manifest: every document of an archive with its hash and where it came from, a line each.

The first line is a header. It has the SHA-256 of all that follows it, so that a manifest proves
itself, also without this program: ``tail -n +2 MANIFEST | sha256sum``. The lines that follow are
ASCII, without blanks between tokens, their fields in a fixed order, documents by their SHA-256 and
unread files by their paths; the same archive gives the same lines.
"""

import hashlib
import json
import os
import sqlite3
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

from recordsearch.catalogue import custody, reading
from recordsearch.catalogue.custody import CustodyDocument, Place, UnreadFile
from recordsearch.errors import UsageError
from recordsearch.version import VERSION

# Raised when a field changes its meaning.
FORMAT = 1
PROGRAM = "recordsearch"
_NOT_LOOKED_AT = "it has not been looked at yet"
_LOOK = "run recordsearch index again"


@dataclass(frozen=True, slots=True)
class Written:
    """What a manifest lists, and the SHA-256 of its lines behind the header."""

    documents: int
    unread: int
    sha256: str


def entries(
    connection: sqlite3.Connection, release: int | None
) -> Iterator[CustodyDocument | UnreadFile]:
    """Yield all that a manifest lists: documents, then files that have none."""
    yield from custody.documents(connection, release)
    yield from custody.unread_files(connection, release)


def write_manifest(
    connection: sqlite3.Connection, release: str | None, made: str, out: IO[bytes]
) -> Written:
    """Write a manifest as JSON Lines to ``out``, a file that can be written to at any place.

    ``made`` is the time that the header names. The lines are written one at a time.

    :raises UsageError: there is no such release.
    """
    with _at_one_moment(connection):
        number = None if release is None else custody.find_release(connection, release)
        header: dict[str, Any] = {
            "kind": "manifest",
            "format": FORMAT,
            "program": PROGRAM,
            "version": VERSION,
            "archive": reading.archive_id(connection),
            "release": release,
            "made": made,
            "documents": custody.count_documents(connection, number),
            "unread": custody.count_unread(connection, number),
            # The hash is known at the end, and as long as this.
            "sha256": "0" * 64,
        }
        start = out.tell()
        out.write(_line(header))
        digest = hashlib.sha256()
        for entry in entries(connection, number):
            line = _line(_fields(entry))
            digest.update(line)
            out.write(line)
        header["sha256"] = digest.hexdigest()
        end = out.tell()
        out.seek(start)
        out.write(_line(header))
        out.seek(end)
    return Written(header["documents"], header["unread"], digest.hexdigest())


@contextmanager
def listed(
    connection: sqlite3.Connection, release: str | None
) -> Iterator[Iterator[CustodyDocument | UnreadFile]]:
    """Give all that a manifest lists, as it is at one moment, whatever other processes write.

    :raises UsageError: there is no such release.
    """
    with _at_one_moment(connection):
        number = None if release is None else custody.find_release(connection, release)
        yield entries(connection, number)


@contextmanager
def _at_one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


@contextmanager
def written_beside(path: str) -> Iterator[IO[bytes]]:
    """Give a file that takes the place of the one at ``path`` when the context ends well.

    Whoever reads ``path`` finds the old file or the new one, never a part.

    :raises UsageError: something else than a file is there, or its folder cannot be written to.
    """
    path = os.path.realpath(path)
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise UsageError(f"{path} is not a file", "name a file with --output")
    except OSError:
        pass  # it is not there yet
    beside = f"{path}.new-{uuid.uuid4().hex[:12]}"
    try:
        file = open(beside, "x+b")  # noqa: SIM115 - closed below, before it is renamed
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}",
            "name a file in a folder that you may write to",
        ) from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)
        raise


def check_output(connection: sqlite3.Connection, archive: str, path: str) -> None:
    """Make sure that writing to ``path`` destroys no record and nothing of the archive.

    :raises UsageError: one of the archive's files lies there, or it is in the archive's folder.
    """
    mend = "name another file with --output"
    for spelling in (os.path.abspath(path), os.path.realpath(path)):
        if custody.holds_path(connection, os.fsencode(spelling)):
            raise UsageError(f"{path} is one of the records", mend)
    folder = os.path.realpath(archive)
    if os.path.realpath(path).startswith(os.path.join(folder, "")):
        raise UsageError(f"{path} is a part of the archive", mend)


def readable(raw: bytes) -> str:
    r"""Turn bytes of a path into text; those that are no text become ``\xNN``."""
    return raw.decode("utf-8", "backslashreplace")


def _line(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode("ascii") + b"\n"


def _fields(entry: CustodyDocument | UnreadFile) -> dict[str, Any]:
    if isinstance(entry, CustodyDocument):
        return {
            "kind": "document",
            "sha256": entry.sha256,
            "size": entry.size,
            "media_type": entry.media_type,
            "pages": entry.pages,
            "ingested": entry.added,
            "state": entry.state,
            "ocr": entry.ocr,
            "language": entry.language,
            "read_by": [
                {"name": one.name, "version": one.version, "pages": one.pages}
                for one in entry.read_by
            ],
            "understood_by": entry.understood,
            "problems": entry.problems,
            "first_bates": entry.first_bates,
            "last_bates": entry.last_bates,
            "locations": [_place_fields(place) for place in entry.places],
        }
    cause, mend = why_unread(entry)
    return {
        "kind": "unread",
        "stage": entry.stage,
        "cause": cause,
        "mend": mend,
        "locations": [_place_fields(entry.place)],
    }


def why_unread(entry: UnreadFile) -> tuple[str, str]:
    """Say why a file has no document, and what to do."""
    return (entry.cause, entry.mend) if entry.cause else (_NOT_LOOKED_AT, _LOOK)


def _place_fields(place: Place) -> dict[str, Any]:
    path, *inside = place.key.split(b"\0")
    try:
        place.key.decode()
        as_bytes = None
    except UnicodeDecodeError:
        as_bytes = place.key.hex()
    return {
        "release": place.release,
        "file": place.file,
        "path": readable(path),
        "inside": [readable(locator) for locator in inside],
        "path_bytes": as_bytes,
        "parent": place.parent,
        "file_size": place.size,
        "file_modified_ns": place.modified_ns,
        "gone": place.gone,
    }

"""The files of a zip file, each found by its entry in the central directory.

A member is unpacked by the standard library, from a zip file of that one member which is put
together of its entry and its packed bytes: so its name, and what other entries say, cannot matter.
"""

import io
import zipfile
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from recordsearch.errors import UnreadableError
from recordsearch.sources.litter import passed_over
from recordsearch.sources.member_names import place_name
from recordsearch.sources.member_spool import CHUNK, take
from recordsearch.sources.member_types import (
    ENTRIES,
    ENTRIES_SEEN,
    MEMBER_BYTES,
    Member,
    MemberList,
    allowance,
    damaged,
    encrypted,
    gone,
    listing,
    too_large,
    unsupported,
)
from recordsearch.sources.zip_directory import (
    AES,
    BZIP2,
    DEFLATED,
    ENCRYPTED,
    HIDDEN,
    KIND,
    LZMA,
    STORED,
    Entry,
    aes_field,
    data_start,
    entries,
    entry_at,
    read_directory,
)
from recordsearch.sources.zip_single import Single

_METHODS = frozenset({STORED, DEFLATED, BZIP2, LZMA})
# APPNOTE.TXT, 4.4.5.
_OTHER_METHODS = {
    1: "shrinking", 6: "imploding", 9: "deflate64", 93: "Zstandard", 95: "xz", 96: "JPEG",
    97: "WavPack", 98: "PPMd", 20: "Zstandard", 14: "LZMA",
}  # fmt: skip
_STRONG = 0x40
_LOCATOR_DIGITS = 15
_LOCAL_BYTES = 30


def list_zip(path: str) -> MemberList:
    """List the files of the zip file at ``path``, in the order of its directory.

    :raises UnreadableError: it cannot be opened, or its directory is damaged from the beginning.
    """
    try:
        with open(path, "rb") as file:
            listed = _Listing(file)
            size = file.seek(0, io.SEEK_END)
            found = listing(listed.members(), "", ENTRIES, "files", allowance(size))
            return listed.without_overlapping(found)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error


def take_zip(
    path: str, locator: str, to: BinaryIO, folder: str, passwords: Sequence[str] = ()
) -> None:
    """Write the member at ``locator`` to ``to``, a file in ``folder`` or one in memory.

    :raises UnreadableError: there is none, it is too large, damaged, encrypted or packed in a way
        that is not read, or there is no room for it.
    """
    if not (locator.isascii() and locator.isdecimal() and len(locator) <= _LOCATOR_DIGITS):
        raise gone(locator)
    try:
        with open(path, "rb") as file:
            entry = entry_at(file, read_directory(file), int(locator))
            if entry is None or entry.kind != "file":
                raise gone(locator)
            _take(file, entry, to, folder, passwords)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error


def read_small(file: BinaryIO, entry: Entry, limit: int) -> bytes:
    """Return the bytes of a small member, empty where it is larger than ``limit``.

    :raises UnreadableError: it is damaged, encrypted or packed in a way that is not read.
    """
    if entry.size > limit or entry.packed > limit:
        return b""
    to = io.BytesIO()
    _take(file, entry, to, "", ())
    return to.getvalue()


class _Listing:
    """A listing under way; ``cut`` and the places are known when it is through."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._directory = read_directory(file)
        self._starts = array("Q")
        self._ends = array("Q")
        self._cut = ""

    def members(self) -> Iterator[tuple[Member, str]]:
        found = entries(self._file, self._directory)
        number = 0
        while number < ENTRIES_SEEN:
            try:
                entry = next(found, None)
            except UnreadableError as error:
                if not number:
                    raise
                self._cut = error.message
                return
            if entry is None:
                return
            number += 1
            name = place_name(entry.name, f"file {number}")
            member = Member(name, str(entry.place), entry.size)
            reason = _reason(entry)
            if not reason and entry.size <= MEMBER_BYTES:
                # A place that cannot be is told when the member is read, and hides no other.
                start = min(entry.header, self._directory.start)
                end = start + _LOCAL_BYTES + entry.packed
                self._starts.append(start)
                self._ends.append(end if end <= self._directory.start else start)
            yield member, reason
        self._cut = f"it has more than {ENTRIES_SEEN:,} entries"

    def without_overlapping(self, found: MemberList) -> MemberList:
        """Leave out members that lie inside others, as in zip bombs (Fifield 2019)."""
        end = 0
        inside = set()
        count = len(found.members)
        for number in sorted(range(count), key=self._starts.__getitem__):
            if self._starts[number] < end:
                inside.add(number)
            end = max(end, self._ends[number])
        causes = [found.cut, self._cut]
        if inside:
            causes.append(f"{len(inside):,} of its files overlap others, as in a zip bomb")
        kept = tuple(one for number, one in enumerate(found.members) if number not in inside)
        cut = "; ".join(cause for cause in causes if cause)
        return MemberList(kept, cut, found.passed)


def _reason(entry: Entry) -> str:
    if entry.kind != "file":
        return f"a {entry.kind}"
    return "empty" if not entry.size else passed_over(entry.name)


def _take(
    file: BinaryIO, entry: Entry, to: BinaryIO, folder: str, passwords: Sequence[str]
) -> None:
    if entry.size > MEMBER_BYTES or entry.packed > 2 * MEMBER_BYTES:
        raise too_large(entry.size)
    aes = aes_field(entry)
    method = int.from_bytes(aes[5:7], "little") if entry.method == AES else entry.method
    if method not in _METHODS:
        raise unsupported(KIND, _OTHER_METHODS.get(method, f"method {method}"))
    if entry.flags & (_STRONG | HIDDEN):
        raise unsupported(KIND, "PKWARE's strong encryption")
    start = data_start(file, entry)
    if not entry.flags & ENCRYPTED:
        take(_chunks(zipfile.ZipFile, Single(file, entry, start), None), to, folder)
        return
    for password in passwords:
        from pyzipper import AESZipFile  # type: ignore[import-untyped]

        try:
            single = Single(file, entry, start)
            take(_chunks(AESZipFile, single, password.encode("utf-8", "replace")), to, folder)
        except _WrongPasswordError:
            to.seek(0)
            to.truncate()
        else:
            return
    raise encrypted(KIND, len(passwords))


class _WrongPasswordError(Exception):
    pass


def _chunks(opened: Any, single: Single, password: bytes | None) -> Iterator[bytes]:
    try:
        with opened(single) as packed, packed.open(packed.infolist()[0], pwd=password) as member:
            while chunk := member.read(CHUNK):
                yield chunk
    except (UnreadableError, OSError):
        raise
    except MemoryError as error:
        raise unsupported(KIND, "a dictionary larger than the memory") from error
    except Exception as error:  # hostile bytes make the libraries raise all kinds
        if password is not None:
            raise _WrongPasswordError from error
        raise damaged(KIND, error) from error

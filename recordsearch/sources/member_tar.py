"""The files of a tar archive (POSIX.1-2001, pax; GNU tar), each found by its header's place.

Headers are read by the standard library; nothing is ever extracted by it. A link, a device or a
file with holes in it has no bytes of its own to be read.
"""

import io
import tarfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from recordsearch.errors import UnreadableError
from recordsearch.sources.litter import passed_over
from recordsearch.sources.member_names import decode_name, place_name
from recordsearch.sources.member_spool import CHUNK, Spool, take
from recordsearch.sources.member_types import (
    ENTRIES,
    ENTRIES_SEEN,
    MEMBER_BYTES,
    Member,
    MemberList,
    allowance,
    damaged,
    gone,
    listing,
    too_large,
)

KIND = "tar archive"
BLOCK = 512
_HEADER_BYTES = 1 << 20
"""What one member's headers may have: names of 64 KiB and a list of holes."""
_AFTER_END = 1 << 20
_LOCATOR_DIGITS = 15


def list_tar(path: str) -> MemberList:
    """List the files of the tar archive at ``path``, in their order.

    :raises UnreadableError: it cannot be opened, or no header in it can be read.
    """
    try:
        with open(path, "rb") as file:
            size = file.seek(0, io.SEEK_END)
            return _listed(file, size, "", allowance(size))
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error


def list_expanded(spool: Spool) -> MemberList:
    """List the files of a tar archive that was expanded into a temporary file."""
    with open(spool.path, "rb") as file:
        return _listed(file, spool.length, spool.cause, None)


def take_tar(path: str, locator: str, to: BinaryIO, folder: str, length: int | None = None) -> None:
    """Write the member at ``locator`` to ``to``, a file in ``folder`` or one in memory.

    ``length`` is how many bytes of the file at ``path`` are the archive's; None for all.

    :raises UnreadableError: there is none, it is too large or truncated, or there is no room.
    """
    if not (locator.isascii() and locator.isdecimal() and len(locator) <= _LOCATOR_DIGITS):
        raise gone(locator)
    try:
        with open(path, "rb") as file:
            end = file.seek(0, io.SEEK_END) if length is None else length
            found = next(_Headers(file, end, int(locator)).read(), None)
            if found is None or _reason(found):
                raise gone(locator)
            if found.size > MEMBER_BYTES:
                raise too_large(found.size)
            if found.offset_data + found.size > end:
                raise damaged(KIND, "it breaks off")
            file.seek(found.offset_data)
            take(_chunks(file, found.size), to, folder)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error


def _chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (chunk := file.read(min(CHUNK, size))):
        yield chunk
        size -= len(chunk)


def _listed(file: BinaryIO, end: int, cut: str, allowed: int | None) -> MemberList:
    headers = _Headers(file, end, 0)
    found = listing(_members(headers, end), cut, ENTRIES, "files", allowed)
    if headers.cut and not found.members and not found.skipped:
        raise damaged(KIND, headers.cut)
    causes = [cause for cause in (found.cut, headers.cut if not cut else "") if cause]
    return MemberList(found.members, "; ".join(causes), found.passed)


def _members(headers: "_Headers", end: int) -> Iterator[tuple[Member, str]]:
    for number, found in enumerate(headers.read(), 1):
        if number > ENTRIES_SEEN:
            headers.cut = f"it has more than {ENTRIES_SEEN:,} entries"
            return
        name = found.name
        if not name.isascii():
            name = decode_name(name.encode("utf-8", "surrogateescape"), "cp1252")
        reason = _reason(found) or passed_over(name)
        if not reason and found.offset_data + found.size > end:
            headers.cut = f"it breaks off in {place_name(name, 'a file')[-100:]}"
            return
        yield Member(place_name(name, f"file {number}"), str(found.offset), found.size), reason


def _reason(found: tarfile.TarInfo) -> str:
    if found.isdir():
        return "a folder"
    if found.issym() or found.islnk():
        return "a link"
    if found.issparse():
        return "with holes in it (sparse)"
    if not found.isreg():
        return "a device"
    return "" if found.size else "empty"


class _Headers:
    """The headers from a place on; ``cut`` tells, when they are through, why there are no more."""

    def __init__(self, file: BinaryIO, end: int, start: int) -> None:
        self._file = _Headed(file, end, start)
        self._end = end
        self.cut = ""

    def read(self) -> Iterator[tarfile.TarInfo]:
        try:
            fileobj: Any = self._file
            archive: Any = tarfile.TarFile(
                fileobj=fileobj, encoding="utf-8", errors="surrogateescape"
            )
            while found := archive.next():
                if found.size < 0 or found.offset_data < found.offset + BLOCK:
                    self.cut = "a size below zero"
                    return
                yield found
                # The library remembers each member, a million of them.
                archive.members = []
                self._file.left = _HEADER_BYTES
            self._look_at_end(archive.offset)
        except OSError:
            raise
        except Exception as error:  # hostile headers make the library raise all kinds
            self.cut = f"it is truncated or damaged ({type(error).__name__})"

    def _look_at_end(self, place: int) -> None:
        # An archive ends by a block of zeros, or with the file; the library ends at any error.
        self._file.left = 2 * _AFTER_END
        self._file.seek(place)
        rest = self._file.read(_AFTER_END)
        if rest[:BLOCK].strip(b"\0"):
            self.cut = f"it is damaged from byte {place:,} on"
        elif rest.strip(b"\0"):
            self.cut = "it holds more after the mark of its end"


class _Headed:
    """A file of which a header may take only so much, up to where it ends."""

    def __init__(self, file: BinaryIO, end: int, start: int) -> None:
        self._file = file
        self._end = end
        self.left = _HEADER_BYTES
        file.seek(start)

    def tell(self) -> int:
        return self._file.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def read(self, size: int) -> bytes:
        size = max(0, min(size, self._end - self._file.tell()))
        if size > self.left:
            raise tarfile.ReadError("a header is too large")
        self.left -= size
        return self._file.read(size)

"""The files of a 7z archive, unpacked once into a temporary file, as they can be had in order only.

Where a member stands in that file follows from the sizes that the archive tells.
"""

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from recordsearch.errors import UnreadableError
from recordsearch.sources.litter import passed_over
from recordsearch.sources.member_names import place_name
from recordsearch.sources.member_spool import CHUNK, Bounded, FullError, expanded, take
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

KIND = "7z archive"
_ENTRIES = 500_000
"""The library takes a kilobyte for each."""
_HEADER_BYTES = 128 << 20
"""The list of files as it is unpacked: a million names of 50 characters."""
_LOCATOR = re.compile(r"([0-9]{1,15})\+([0-9]{1,15})")


def list_7z(path: str, passwords: Sequence[str] = ()) -> MemberList:
    """List the files of the 7z archive at ``path``, in their order.

    :raises UnreadableError: it cannot be opened, is damaged, or its list of files is encrypted.
    """
    from py7zr.exceptions import PasswordRequired

    allowed = allowance(_size(path))
    for password in (None, *passwords):
        try:
            with open(path, "rb") as file:
                archive = _opened(file, password)
                return listing(_members(archive), "", ENTRIES, "files", allowed)
        except PasswordRequired:
            continue
        except OSError as error:
            raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
        except UnreadableError:
            if password is None:
                raise
    raise encrypted(KIND, len(passwords))


def take_7z(
    path: str, locator: str, to: BinaryIO, folder: str, passwords: Sequence[str] = ()
) -> None:
    """Write the member at ``locator`` to ``to``, a file in ``folder`` or one in memory.

    :raises UnreadableError: there is none, it is too large, damaged, encrypted or packed in a way
        that is not read, or there is no room for it.
    """
    match = _LOCATOR.fullmatch(locator)
    if not match:
        raise gone(locator)
    offset, size = int(match[1]), int(match[2])
    if size > MEMBER_BYTES:
        raise too_large(size)

    def write(spool: Bounded) -> str:
        return _expand(path, passwords, spool)

    limit = allowance(_size(path))
    with (
        expanded(path, "7z", write, limit, passwords) as spool,
        open(spool.path, "rb") as file,
    ):
        if offset + size > spool.length:
            raise UnreadableError("open", spool.cause) if spool.cause else gone(locator)
        file.seek(offset)
        take(_chunks(file, size), to, folder)


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error


def _chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (chunk := file.read(min(CHUNK, size))):
        yield chunk
        size -= len(chunk)


def _opened(file: BinaryIO, password: str | None) -> Any:
    """Open an archive: from a file, not a path, so that the library starts no threads.

    :raises PasswordRequired: its list of files is encrypted.
    """
    from py7zr import SevenZipFile, archiveinfo
    from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError

    # The library's own limits let a list of files take gigabytes.
    most = min(_ENTRIES, ENTRIES_SEEN)
    archiveinfo.MAX_NUMFILES = archiveinfo.MAX_SUBSTREAMS = most
    archiveinfo.MAX_HEADER_SIZE = _HEADER_BYTES
    try:
        archive = SevenZipFile(file, password=password)
        _ = archive.files
    except (PasswordRequired, OSError):
        raise
    except UnsupportedCompressionMethodError as error:
        raise unsupported(KIND, "a method that the library for it has not") from error
    except Exception as error:  # hostile bytes make the library raise all kinds
        if "exceeds limit" in str(error):
            raise damaged(KIND, f"it has more than {most:,} entries") from error
        raise damaged(KIND, error) from error
    return archive


def _members(archive: Any) -> Iterator[tuple[Member, str]]:
    for number, (one, offset, size) in enumerate(_placed(archive), 1):
        name = place_name(one.filename, f"file {number}")
        reason = _reason(one) or ("" if size else "empty") or passed_over(one.filename)
        yield Member(name, f"{offset}+{size}", size), reason


def _placed(archive: Any) -> Iterator[tuple[Any, int, int]]:
    """Yield each file with where its content begins among all files', and its size."""
    offset = 0
    for one in archive.files:
        size = 0 if one.emptystream else one.uncompressed
        if not isinstance(size, int) or size < 0:
            raise damaged(KIND, "a size below zero")
        yield one, offset, size
        offset += size


def _reason(one: Any) -> str:
    if one.is_directory:
        return "a folder"
    if one.is_symlink or one.is_junction:
        return "a link"
    return "a device" if one.is_socket else ""


def _expand(path: str, passwords: Sequence[str], spool: Bounded) -> str:
    """Write all files' contents, one after the other; return why not all of it, or nothing."""
    from py7zr.exceptions import PasswordRequired

    cause = ""
    needed = False
    for password in (None, *passwords):
        try:
            with open(path, "rb") as file:
                archive = _opened(file, password)
                if password is None and archive.needs_password():
                    raise PasswordRequired("")
                cause = _extract(archive, spool)
        except PasswordRequired:
            needed = True
            continue
        except UnreadableError:
            if not needed:
                raise
            continue
        if spool.written or not (cause and needed):
            return cause
    if needed:
        raise encrypted(KIND, len(passwords))
    return cause


def _extract(archive: Any, spool: Bounded) -> str:
    from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError

    writers = _Writers([offset if size else -1 for _, offset, size in _placed(archive)], spool)
    # The library finds a file's writer by its name, which need be none that can be trusted.
    for number, told in enumerate(archive.header.files_info.files):
        told["filename"] = str(number)
    try:
        archive.extractall(factory=writers)
    except (FullError, PasswordRequired, OSError, UnreadableError):
        raise
    except UnsupportedCompressionMethodError as error:
        if not writers.good:
            raise unsupported(KIND, "a method that the library for it has not") from error
        cause = "some of it is packed by a method that is not read"
    except Exception as error:  # hostile bytes make the library raise all kinds
        cause = damaged(KIND, error).message
    else:
        cause = ""
    spool.back_to(writers.good)
    return cause


class _Writers:
    """What the library asks for something to write each file to (its ``WriterFactory``).

    ``good`` is up to where all files are whole and have their checksums.
    """

    def __init__(self, places: list[int], spool: Bounded) -> None:
        self._places = places
        self.spool = spool
        self.good = 0

    def create(self, filename: str) -> "_Writer":
        """Give a writer for the file of this number."""
        if self._places[int(filename)] not in (-1, self.spool.written):
            raise ValueError("files that are not in their order")
        return _Writer(self)


class _Writer:
    """One file as the library writes it (its ``Py7zIO``)."""

    def __init__(self, writers: _Writers) -> None:
        self._writers = writers

    def write(self, data: bytes | bytearray) -> int:
        self._writers.spool.write(bytes(data))
        return len(data)

    def close(self) -> None:
        self._writers.good = self._writers.spool.written

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        pass

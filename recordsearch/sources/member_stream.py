"""Files packed by gzip (RFC 1952), bzip2 or xz: one file, or a tar archive, as its content says.

A tar archive is expanded once into a temporary file, in which its members are found by their
places; a single file is unpacked as it is asked for.
"""

import bz2
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, BinaryIO

from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources import member_tar
from recordsearch.sources.detect import is_tar
from recordsearch.sources.member_names import decode_name, place_name
from recordsearch.sources.member_spool import CHUNK, Bounded, Spool, expanded, take
from recordsearch.sources.member_types import (
    MEMBER_BYTES,
    Member,
    MemberList,
    allowance,
    damaged,
    gone,
)

_SINGLE = "content"
_READ = 1 << 16
_BEGIN = 64
"""Enough to tell a stream by."""
_MEMORY = 1 << 29
"""For the dictionary of xz: its highest level takes 65 MiB."""
_NAME_BYTES = 2_000
_KINDS = {
    MediaType.GZIP: ("gzip file", (".gz", ".z")),
    MediaType.BZIP2: ("bzip2 file", (".bz2", ".bz")),
    MediaType.XZ: ("xz file", (".xz",)),
}
_TAR_SUFFIXES = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def list_stream(path: str, media_type: MediaType, name: str) -> MemberList:
    """List what is packed in the file at ``path``: a tar archive's files, or the one file.

    ``name`` is what the packed file is called, from which its member is named.

    :raises UnreadableError: it cannot be opened, or nothing can be unpacked.
    """
    head = _head(path, media_type)
    if is_tar(head):
        with _expanded(path, media_type) as spool:
            return member_tar.list_expanded(spool)
    if not head:
        return MemberList((), "", (("empty", 1),))
    return MemberList((Member(_inner_name(path, media_type, name), _SINGLE, None),))


def take_stream(path: str, media_type: MediaType, locator: str, to: BinaryIO, folder: str) -> None:
    """Write the member at ``locator`` to ``to``, a file in ``folder`` or one in memory.

    :raises UnreadableError: there is none, it is too large or damaged, or there is no room.
    """
    if locator == _SINGLE:
        try:
            size = os.path.getsize(path)
        except OSError as error:
            raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
        take(_within(unpacked(path, media_type), min(MEMBER_BYTES, allowance(size))), to, folder)
        return
    if not locator.isdecimal():
        raise gone(locator)
    with _expanded(path, media_type) as spool:
        try:
            member_tar.take_tar(spool.path, locator, to, folder, spool.length)
        except UnreadableError as error:
            if spool.cause:
                cause = f"{error.message}: {spool.cause}"
                raise UnreadableError("open", cause, error.mend) from error
            raise


def unpacked(path: str, media_type: MediaType, most: int = CHUNK) -> Iterator[bytes]:
    """Yield the content in pieces of at most ``most`` bytes.

    :raises UnreadableError: it cannot be opened, or is damaged, once what is good was yielded.
    """
    kind = _KINDS[media_type][0]
    try:
        with open(path, "rb") as file:
            yield from _unpacked(file, _DECODERS[media_type], most)
    except _BehindError as error:
        raise damaged(kind, "something else follows its end") from error
    except OSError as error:
        if error.errno is None:
            raise damaged(kind, error) from error
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    except (EOFError, ValueError, zlib.error, lzma.LZMAError, MemoryError) as error:
        raise damaged(kind, error) from error


class _BehindError(Exception):
    """Bytes that are no packed stream follow one."""


class _Gzip:
    """A gzip stream with the face of the other decoders."""

    def __init__(self) -> None:
        self._decoder = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def unused_data(self) -> bytes:
        return self._decoder.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._decoder.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._decoder.decompress(self._decoder.unconsumed_tail + data, max_length)


_DECODERS: dict[MediaType, Callable[[], Any]] = {
    MediaType.GZIP: _Gzip,
    MediaType.BZIP2: bz2.BZ2Decompressor,
    MediaType.XZ: lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY),
}


def _unpacked(file: BinaryIO, new: Callable[[], Any], most: int) -> Iterator[bytes]:
    """Unpack one stream after the other; zeros behind the last are padding."""
    data = file.read(_READ)
    first = True
    while data:
        decoder = new()
        try:
            while not decoder.eof:
                piece = decoder.decompress(data, most)
                data = b""
                if piece:
                    yield piece
                elif decoder.needs_input and not decoder.eof:
                    data = file.read(_READ)
                    if not data:
                        raise EOFError("the stream breaks off")
        except (OSError, ValueError, zlib.error, lzma.LZMAError) as error:
            if first or getattr(error, "errno", None) is not None:
                raise
            raise _BehindError from error
        first = False
        data = decoder.unused_data
        while not (data := data.lstrip(b"\0")):
            data = file.read(_READ)
            if not data:
                return
        if len(data) < _BEGIN:
            data += file.read(_READ)


def _within(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise UnreadableError(
                "open",
                f"it expands to more than {limit:,} bytes",
                "unpack it with another program and index what is in it by itself",
            )
        yield piece


def _head(path: str, media_type: MediaType) -> bytes:
    head = b""
    for piece in unpacked(path, media_type, member_tar.BLOCK):
        head += piece
        if len(head) >= member_tar.BLOCK:
            break
    return head


def _expanded(path: str, media_type: MediaType) -> AbstractContextManager[Spool]:
    def write(to: Bounded) -> str:
        pieces = unpacked(path, media_type)
        while True:
            try:
                piece = next(pieces, None)
            except UnreadableError as error:
                if not to.written:
                    raise
                return error.message
            if piece is None:
                return ""
            to.write(piece)

    try:
        size = os.path.getsize(path)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    return expanded(path, media_type.value, write, allowance(size))


def _inner_name(path: str, media_type: MediaType, name: str) -> str:
    """Name the one file: as gzip tells, else as the packed file without its last suffix."""
    told = _told_name(path) if media_type is MediaType.GZIP else ""
    if told:
        return place_name(told, _SINGLE).rpartition("/")[2]
    shown = place_name(name or os.path.basename(path), _SINGLE).rpartition("/")[2]
    stem, suffix = os.path.splitext(shown)
    if suffix.lower() in _TAR_SUFFIXES:
        return stem + _TAR_SUFFIXES[suffix.lower()]
    return stem if suffix.lower() in _KINDS[media_type][1] and stem else _SINGLE


def _told_name(path: str) -> str:
    """Return the name in a gzip header (RFC 1952, 2.3), empty where there is none."""
    try:
        with open(path, "rb") as file:
            head = file.read(_NAME_BYTES)
    except OSError:
        return ""
    flags, start = (head[3], 10) if len(head) > 10 else (0, 0)
    if flags & 4:
        start += 2 + int.from_bytes(head[start : start + 2], "little")
    name, end, _ = head[start:].partition(b"\0")
    return decode_name(name, "latin-1") if flags & 8 and end else ""

"""A zip file of one member, whose packed bytes stay where they lie in another zip file.

It is put together of the member's entry: what is read of it is neither its name nor any other
entry, so that neither can matter (APPNOTE.TXT 6.3.10, 4.3.7, 4.3.12 and 4.3.16).
"""

import io
import struct
from typing import BinaryIO

from recordsearch.sources.zip_directory import UTF8, Entry, aes_field

_LOCAL = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_NAME = b"member"
_VERSION = 20
_DAY = 33
"""The first day that can be told, 1 January 1980."""
_AES = 0x9901


class Single(io.RawIOBase):
    """A zip file of one member, whose packed bytes stay where they lie in another file."""

    def __init__(self, file: BinaryIO, entry: Entry, start: int) -> None:
        flags = entry.flags & ~UTF8
        sizes = (entry.crc, entry.packed, entry.size)
        extra = aes_field(entry)
        extra = struct.pack("<2H", _AES, len(extra)) + extra if extra else b""
        head = _LOCAL.pack(
            b"PK\x03\x04", _VERSION, flags, entry.method, entry.time, _DAY, *sizes, len(_NAME), 0
        )
        self._head = head + _NAME
        told = _ENTRY.pack(
            b"PK\x01\x02", _VERSION, _VERSION, flags, entry.method, entry.time, _DAY, *sizes,
            len(_NAME), len(extra), 0, 0, 0, 0, 0,
        )  # fmt: skip
        told += _NAME + extra
        directory = len(self._head) + entry.packed
        self._tail = told + _END.pack(b"PK\x05\x06", 0, 0, 1, 1, len(told), directory, 0)
        self._file = file
        self._start = start
        self._packed = entry.packed
        self._place = 0

    def readable(self) -> bool:
        """Say that it is read."""
        return True

    def seekable(self) -> bool:
        """Say that its place can be chosen."""
        return True

    def tell(self) -> int:
        """Return its place."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Choose its place."""
        size = len(self._head) + self._packed + len(self._tail)
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: size}[whence]
        if base + offset < 0:
            raise OSError("a place before the beginning")
        self._place = base + offset
        return self._place

    def read(self, size: int = -1) -> bytes:
        """Read from its place on."""
        pieces = []
        left = size if size >= 0 else len(self._head) + self._packed + len(self._tail)
        while left > 0 and (piece := self._piece(left)):
            pieces.append(piece)
            left -= len(piece)
            self._place += len(piece)
        return b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        inside = self._place - len(self._head)
        if inside < 0:
            return self._head[self._place : self._place + size]
        if inside < self._packed:
            self._file.seek(self._start + inside)
            return self._file.read(min(size, self._packed - inside))
        return self._tail[inside - self._packed : inside - self._packed + size]

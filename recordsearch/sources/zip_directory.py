"""The central directory of a zip file, entry by entry (APPNOTE.TXT 6.3.10, 4.3.12 to 4.3.16).

The standard library reads all of it into memory each time a file is opened, which takes too long
where members are read one by one, and too much where a file claims a million of them.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from recordsearch.sources.member_names import decode_name
from recordsearch.sources.member_types import damaged

KIND = "zip file"
STORED, DEFLATED, BZIP2, LZMA, AES = 0, 8, 12, 14, 99
ENCRYPTED, UTF8, HIDDEN = 0x1, 0x800, 0x2000

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_END_64 = struct.Struct("<4sQ2H2L4Q")
_END_64_MARK = b"PK\x06\x06"
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_MARK = b"PK\x06\x07"
_ENTRY = struct.Struct("<4s6H3L5H2L")
_ENTRY_MARK = b"PK\x01\x02"
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_MARK = b"PK\x03\x04"
_COMMENT_BYTES = 65_535
_CHUNK = 1 << 20
_ALL_32 = 0xFFFFFFFF
_ZIP64, _UNICODE_PATH, _WINZIP_AES = 0x0001, 0x7075, 0x9901
_UNIX, _FILE_TYPE = 3, 0xF000
_LINK, _FOLDER, _REGULAR = 0xA000, 0x4000, 0x8000


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the entries lie in the file, how many it tells, and what precedes the zip file."""

    start: int
    size: int
    entries: int
    before: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a zip file.

    ``place`` is where its entry lies in the file, ``header`` where its local header lies. ``kind``
    is ``file``, ``folder``, ``link`` or ``device``. ``packed`` and ``size`` are in bytes.
    """

    place: int
    name: str
    kind: str
    flags: int
    method: int
    time: int
    crc: int
    packed: int
    size: int
    header: int
    extra: bytes


def read_directory(file: BinaryIO) -> Directory:
    """Find the central directory.

    :raises UnreadableError: there is none, or it is one part of several.
    """
    length = file.seek(0, os.SEEK_END)
    tail_start = max(0, length - _COMMENT_BYTES - _END.size)
    file.seek(tail_start)
    tail = file.read()
    found = tail.rfind(_END_MARK)
    while found >= 0 and found + _END.size > len(tail):
        found = tail.rfind(_END_MARK, 0, found)
    if found < 0:
        raise damaged(KIND, "it has no directory at its end")
    _, disk, first_disk, _, entries, size, offset, _ = _END.unpack_from(tail, found)
    end = tail_start + found
    large = _read_end_64(file, end)
    if large is not None:
        entries, size, offset, end = large
    elif disk or first_disk:
        raise damaged(KIND, "it is one part of several")
    start = end - size
    if start < 0 or size < 0 or offset > start:
        raise damaged(KIND, "its directory is not where it should be")
    return Directory(start, size, entries, start - offset)


def _read_end_64(file: BinaryIO, end: int) -> tuple[int, int, int, int] | None:
    """Return entries, size, offset of the directory, and where it ends, for a large zip file."""
    if end < _LOCATOR.size + _END_64.size:
        return None
    file.seek(end - _LOCATOR.size)
    mark, _, told, disks = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if mark != _LOCATOR_MARK or disks > 1:
        return None
    for place in (end - _LOCATOR.size - _END_64.size, told):
        if place > end - _LOCATOR.size - _END_64.size:
            continue
        file.seek(place)
        record = _END_64.unpack(file.read(_END_64.size))
        if record[0] == _END_64_MARK:
            return record[7], record[8], record[9], place
    return None


def entries(file: BinaryIO, directory: Directory) -> Iterator[Entry]:
    """Yield the entries in their order, read as they are asked for.

    :raises UnreadableError: the directory is damaged, once those before the place were yielded.
    """
    place = directory.start
    end = directory.start + directory.size
    buffer, offset = b"", 0
    while place < end:
        if len(buffer) - offset < min(_ENTRY.size + 3 * 65_535, end - place):
            file.seek(place)
            buffer, offset = file.read(min(_CHUNK, end - place)), 0
        found = _entry(buffer, offset, place, directory.before)
        if found is None:
            raise damaged(KIND, "its directory breaks off")
        entry, used = found
        yield entry
        place += used
        offset += used


def entry_at(file: BinaryIO, directory: Directory, place: int) -> Entry | None:
    """Return the entry that lies at ``place``, or None where there is none."""
    end = directory.start + directory.size
    if not directory.start <= place < end:
        return None
    file.seek(place)
    found = _entry(
        file.read(min(_ENTRY.size + 3 * 65_535, end - place)), 0, place, directory.before
    )
    return found[0] if found else None


def data_start(file: BinaryIO, entry: Entry) -> int:
    """Return where an entry's packed bytes begin.

    :raises UnreadableError: its local header is not where the directory says.
    """
    file.seek(min(entry.header, file.seek(0, os.SEEK_END)))
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(_LOCAL_MARK):
        raise damaged(KIND, "a file in it is not where its directory says")
    *_, name, extra = _LOCAL.unpack(header)
    return int(entry.header + _LOCAL.size + name + extra)


def _entry(buffer: bytes, offset: int, place: int, before: int) -> tuple[Entry, int] | None:
    if len(buffer) - offset < _ENTRY.size:
        return None
    fields = _ENTRY.unpack_from(buffer, offset)
    (mark, made, _, flags, method, time, _, crc, packed, size) = fields[:10]
    (name_size, extra_size, comment_size, _, _, attributes, header) = fields[10:]
    used = _ENTRY.size + name_size + extra_size + comment_size
    if mark != _ENTRY_MARK or len(buffer) - offset < used:
        return None
    name_start = offset + _ENTRY.size
    raw = buffer[name_start : name_start + name_size]
    extra = buffer[name_start + name_size : name_start + name_size + extra_size]
    if _ALL_32 in (packed, size, header):
        packed, size, header = _large(extra, packed, size, header)
    name = _name(raw, flags, extra)
    kind = _kind(name, made >> 8, attributes)
    entry = Entry(place, name, kind, flags, method, time, crc, packed, size, header + before, extra)
    return entry, used


def field(extra: bytes, wanted: int) -> bytes:
    """Return what an extra field holds (APPNOTE.TXT, 4.5), empty where there is none."""
    offset = 0
    while offset + 4 <= len(extra):
        found, size = struct.unpack_from("<2H", extra, offset)
        if found == wanted:
            return extra[offset + 4 : offset + 4 + size]
        offset += 4 + size
    return b""


def aes_field(entry: Entry) -> bytes:
    """Return what tells how an entry is encrypted by AES, empty where it is not."""
    return field(entry.extra, _WINZIP_AES)


def _large(extra: bytes, packed: int, size: int, header: int) -> tuple[int, int, int]:
    """Take sizes and place that need 64 bits from where they are: only those that are not told."""
    found = field(extra, _ZIP64)
    told = [size, packed, header]
    offset = 0
    for number, value in enumerate(told):
        if value == _ALL_32 and offset + 8 <= len(found):
            told[number] = struct.unpack_from("<Q", found, offset)[0]
            offset += 8
    return told[1], told[0], told[2]


def _name(raw: bytes, flags: int, extra: bytes) -> str:
    """Decode a name: UTF-8 where it is told or valid, else the code page of the first PCs."""
    unicode = field(extra, _UNICODE_PATH)
    meant_for = int.from_bytes(unicode[1:5], "little")
    if not flags & UTF8 and unicode[:1] == b"\1" and meant_for == zlib.crc32(raw):
        raw = unicode[5:]
    return decode_name(raw, "cp437")


def _kind(name: str, system: int, attributes: int) -> str:
    kind = (attributes >> 16) & _FILE_TYPE if system == _UNIX else 0
    if name.endswith(("/", "\\")) or kind == _FOLDER:
        return "folder"
    if kind == _LINK:
        return "link"
    return "file" if kind in (0, _REGULAR) else "device"

"""A zip file whose one member is itself.

The steps by which packed bytes print themselves are those of R. Cox, "Zip Files All The Way Down"
(2010); the codes are RFC 1951's. A step of packing takes five bytes: a stored block's head that
lets the bytes behind it through, or a block that repeats what came last.
"""

import struct
import zlib

_NAME = b"the-same-file-again-inside.zip"
_STEP = 5


def zip_quine() -> bytes:
    made = _with_checksum(0)
    # The checksum depends on itself bit by bit, without carries: solve it as linear equations.
    base = zlib.crc32(made)
    rows = []
    for bit in range(32):
        column = zlib.crc32(_with_checksum(1 << bit)) ^ base ^ 1 << bit
        rows.append((column, 1 << bit))
    solved: list[tuple[int, int]] = []
    for column, chosen in rows:
        column, chosen = _reduced(column, chosen, solved)
        if column:
            solved.append((column, chosen))
    left, checksum = _reduced(base, 0, solved)
    if left:
        raise ValueError("no file of this name has a checksum that fits")
    return _with_checksum(checksum)


def _reduced(column: int, chosen: int, solved: list[tuple[int, int]]) -> tuple[int, int]:
    for known, by in solved:
        if column & 1 << known.bit_length() - 1:
            column, chosen = column ^ known, chosen ^ by
    return column, chosen


def _with_checksum(checksum: int) -> bytes:
    packed_size = len(_packed(bytes(30 + len(_NAME)), bytes(68 + len(_NAME))))
    size = packed_size + 98 + 2 * len(_NAME)
    told = struct.pack("<3L2H", checksum, packed_size, size, len(_NAME), 0)
    head = struct.pack("<4s5H", b"PK\x03\x04", 20, 0, 8, 0, 33) + told + _NAME
    directory = struct.pack("<4s6H", b"PK\x01\x02", 20, 20, 0, 8, 0, 33) + told
    directory += struct.pack("<3H2L", 0, 0, 0, 0, 0) + _NAME
    place = len(head) + packed_size
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), place, 0)
    return head + _packed(head, directory + end) + directory + end


def _packed(before: bytes, behind: bytes) -> bytes:
    """Pack so that ``before``, the packed bytes themselves, and ``behind`` come out."""
    again, four = _repeat(len(before) + _STEP), _repeat(4 * _STEP)
    last = _repeat(len(behind) + 4, last=True)
    steps = [
        before, _through(len(before) + _STEP),
        again,
        _through(_STEP), again,
        _through(_STEP), _through(_STEP),
        _through(4 * _STEP), again, _through(_STEP), _through(_STEP), _through(4 * _STEP),
        four,
        _through(4 * _STEP), four, _through(4 * _STEP), four, _through(4 * _STEP),
        four,
        _through(4 * _STEP), four, _through(0), _through(0), _through(len(behind) + len(last)),
        four,
        _through(0), _through(0),
        _through(len(behind) + len(last)), last, behind,
        last,
    ]  # fmt: skip
    return _through(len(before) + _STEP) + b"".join(steps)


def _through(size: int) -> bytes:
    return struct.pack("<B2H", 0, size, size ^ 0xFFFF)


def _repeat(size: int, *, last: bool = False) -> bytes:
    """Repeat the last ``size`` bytes: by one code, or by two of ten bytes each."""
    codes = {
        20: [(8, 7, 0, 0, 8, 3, 3)] * 2,  # length 10; distance 17 to 24
        65: [(20, 7, 3, 6, 12, 5, 0)],  # length 59 to 66; distance 65 to 96
        102: [(23, 7, 4, 3, 13, 5, 5)],  # length 99 to 114; distance 97 to 128
    }[size]
    bits = f"{int(last)}10"
    for length, width, extra, beyond, distance, far_extra, far_beyond in codes:
        bits += f"{length:0{width}b}" + f"{beyond:0{extra}b}"[::-1] * bool(extra)
        bits += f"{distance:05b}" + f"{far_beyond:0{far_extra}b}"[::-1]
    bits += "0" * 7
    while not last and len(bits) < 8 * _STEP:
        bits += "0100000000"  # an empty block
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))

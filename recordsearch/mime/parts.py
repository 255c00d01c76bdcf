"""The parts of a MIME message (RFC 2046) as ranges of its bytes.

Parts are found from the outermost boundary inwards, so one whose end is missing costs only itself,
an attached message keeps its bytes as they are, and no part is copied before it is asked for.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from recordsearch.mime.header import Buffer, Header, read_header

PARTS = 2_000
DEPTH = 50
"""How deep multiparts are followed; an attached message is one part, whatever is in it."""
_BOUNDARY_CHARACTERS = 300
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]{0,500}\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its place in the message such as ``2.1``, its header, and where its body stands.

    ``kind`` is its media type; one that says multipart and has no parts is ``text/plain``.
    """

    path: str
    header: Header
    kind: str
    start: int
    end: int
    children: tuple["Part", ...] = ()

    def leaves(self) -> Iterator["Part"]:
        """Yield the parts that hold no parts, in their order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(slots=True)
class _Count:
    parts: int = 0
    causes: dict[str, None] = field(default_factory=dict)


def split(data: Buffer, start: int = 0, end: int | None = None) -> tuple[Part, str]:
    """Take the message at ``[start, end)`` apart; return it and why parts are missing, if any."""
    count = _Count()
    part = _part(data, start, len(data) if end is None else end, "", "text/plain", count)
    return part, "; ".join(count.causes)


def _part(data: Buffer, start: int, end: int, path: str, default: str, count: _Count) -> Part:
    count.parts += 1
    header, body = read_header(data, start, end)
    kind = header.kind(default)
    if not kind.startswith("multipart/"):
        return Part(path, header, kind, body, end)
    boundary = header.parameter("content-type", "boundary")[:_BOUNDARY_CHARACTERS].strip()
    ranges = _between(data, boundary, body, end, count) if boundary else []
    if path.count(".") + 1 >= DEPTH:
        count.causes[f"parts are nested more than {DEPTH} deep"] = None
        ranges = []
    inner_default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    children = []
    for number, (first, last) in enumerate(ranges, 1):
        if count.parts > PARTS:
            count.causes[f"the message has more than {PARTS:,} parts"] = None
            break
        inner = f"{path}.{number}" if path else str(number)
        children.append(_part(data, first, last, inner, inner_default, count))
    return Part(path, header, kind if children else "text/plain", body, end, tuple(children))


def _between(
    data: Buffer, boundary: str, start: int, end: int, count: _Count
) -> list[tuple[int, int]]:
    """Return the ranges between the lines of a boundary; the last may lack its closing line."""
    delimiter = b"--" + boundary.encode("utf-8", "surrogateescape")
    ranges: list[tuple[int, int]] = []
    begin = -1
    position = start
    while (found := data.find(delimiter, position, end)) >= 0:
        position = found + len(delimiter)
        if found > start and data[found - 1] != 0x0A:
            continue
        line_end = data.find(b"\n", position, min(end, position + 1000))
        after = data[position : min(end, position + 1000) if line_end < 0 else line_end]
        closing = after.startswith(b"--")
        if after.removeprefix(b"--").strip(b" \t\r") and not closing:
            continue
        if begin >= 0:
            ranges.append((begin, max(begin, _before_line_end(data, begin, found))))
        begin = -1 if closing else (end if line_end < 0 else line_end + 1)
        if closing or len(ranges) > PARTS:
            break
    if begin >= 0 and begin < end:
        ranges.append((begin, end))
    return ranges


def _before_line_end(data: Buffer, start: int, position: int) -> int:
    """Return where the line end before a boundary begins, as it belongs to the boundary."""
    if position > start and data[position - 1] == 0x0A:
        position -= 1
        if position > start and data[position - 1] == 0x0D:
            position -= 1
    return position


def payload(data: Buffer, part: Part) -> bytes:
    """Return a part's content with its transfer encoding undone, as far as it can be."""
    raw = data[part.start : part.end]
    match _encoding(part):
        case "base64":
            return decode_base64(raw)
        case "quoted-printable":
            return binascii.a2b_qp(raw)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            return _decode_uu(raw)
        case _:
            return raw


def payload_size(data: Buffer, part: Part) -> int:
    """Return the length of a part's content in bytes, cheaply where it is large."""
    encoding = _encoding(part)
    if encoding == "base64":
        raw = data[part.start : part.end]
        return len(raw.translate(None, b"\r\n\t =")) * 3 // 4
    if encoding in ("", "7bit", "8bit", "binary"):
        return part.end - part.start
    return len(payload(data, part))


def charset(part: Part) -> str:
    """Return the charset that a part names, or an empty text."""
    return part.header.parameter("content-type", "charset")


def decode_base64(raw: bytes) -> bytes:
    """Undo base64 with anything else in it passed over, and without a need for its end."""
    letters = _NOT_BASE64.sub(b"", raw)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _encoding(part: Part) -> str:
    return part.header.raw("content-transfer-encoding")[:40].split(";")[0].strip().lower()


def _decode_uu(raw: bytes) -> bytes:
    begin = _UU_BEGIN.search(raw)
    if not begin:
        return raw
    out = []
    for line in raw[begin.end() :].splitlines():
        if line.strip() == b"end":
            break
        if not line:
            continue
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Encoders that count wrongly: the first character says how many bytes there are.
            size = (line[0] - 32) & 63
            try:
                out.append(binascii.a2b_uu(line[: 1 + (size * 4 + 2) // 3]))
            except binascii.Error:
                continue
    return b"".join(out)

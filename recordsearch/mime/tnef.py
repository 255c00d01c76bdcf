"""Outlook's winmail.dat (MS-OXTNEF): a message's text and attachments packed into one."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from recordsearch.errors import UnreadableError
from recordsearch.mime import properties as of
from recordsearch.mime.charsets import code_page
from recordsearch.mime.outlook import OutlookAttachment, OutlookMessage, attachment
from recordsearch.mime.properties import Properties, Value, charset_of

SIGNATURE = b"\x78\x9f\x3e\x22"
ATTACHMENTS = 2_000
DEPTH = 8
_RECIPIENTS = 2_000
_PROPERTIES = 20_000
_MEND = "ask the sender for the attachments as plain files"

_AT_ATTACHMENT = 2
_SUBJECT, _BODY = 0x8004, 0x800C
_ATTACH_TITLE, _ATTACH_DATA, _ATTACH_BEGINS = 0x8010, 0x800F, 0x9002
_MESSAGE_PROPERTIES, _RECIPIENTS_TABLE, _ATTACH_PROPERTIES = 0x9003, 0x9004, 0x9005
_CODE_PAGE = 0x9007
_WIDTHS = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = frozenset({of.STRING8, of.UNICODE, of.BINARY, of.OBJECT})
_MANY = 0x1000

Values = dict[int, tuple[int, Value]]


@dataclass(slots=True)
class _Gathered:
    values: Values = field(default_factory=dict)
    recipients: list[Values] = field(default_factory=list)
    attachments: list[Values] = field(default_factory=list)
    code_page: str = ""
    cut: str = ""


def parse(data: bytes, depth: int = 0) -> OutlookMessage:
    """Take a TNEF stream apart.

    :raises UnreadableError: it is none, or messages in it are nested too deep.
    """
    if not data.startswith(SIGNATURE):
        raise UnreadableError("extract", "winmail.dat is damaged: it has no TNEF signature", _MEND)
    if depth > DEPTH:
        raise UnreadableError("extract", f"messages are nested more than {DEPTH} deep", _MEND)
    gathered = _Gathered()
    try:
        for level, number, value in _attributes(data):
            _take(gathered, level, number, value)
    except (struct.error, ValueError):
        gathered.cut = "winmail.dat is cut off or damaged"
    charset = charset_of(gathered.values, gathered.code_page)
    if len(gathered.attachments) > ATTACHMENTS:
        gathered.cut = f"more than {ATTACHMENTS:,} attachments"
    return OutlookMessage(
        Properties(gathered.values, charset),
        tuple(Properties(values, charset) for values in gathered.recipients),
        tuple(_attachment(one, charset, depth) for one in gathered.attachments[:ATTACHMENTS]),
        gathered.cut,
    )


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield level, number and value of each attribute."""
    position = 6
    while position + 9 <= len(data):
        level, number, _, length = struct.unpack_from("<BHHI", data, position)
        position += 9
        if position + length > len(data):
            yield level, number, data[position:]
            raise ValueError("cut off")
        yield level, number, data[position : position + length]
        position += length + 2


def _take(gathered: _Gathered, level: int, number: int, value: bytes) -> None:
    if level == _AT_ATTACHMENT:
        _take_attachment(gathered, number, value)
        return
    if number == _CODE_PAGE:
        gathered.code_page = code_page(struct.unpack_from("<I", value)[0])
    elif number == _MESSAGE_PROPERTIES:
        gathered.values.update(_properties(value, 0)[0])
    elif number == _RECIPIENTS_TABLE:
        gathered.recipients.extend(_rows(value))
    elif number == _SUBJECT:
        gathered.values.setdefault(of.SUBJECT, (of.STRING8, value))
    elif number == _BODY:
        gathered.values.setdefault(of.BODY, (of.STRING8, value))


def _take_attachment(gathered: _Gathered, number: int, value: bytes) -> None:
    if number == _ATTACH_BEGINS or not gathered.attachments:
        if len(gathered.attachments) > ATTACHMENTS:
            raise ValueError("too many")
        gathered.attachments.append({})
    values = gathered.attachments[-1]
    if number == _ATTACH_DATA:
        values.setdefault(of.ATTACH_DATA, (of.BINARY, value))
    elif number == _ATTACH_TITLE:
        values.setdefault(of.ATTACH_FILENAME, (of.STRING8, value))
    elif number == _ATTACH_PROPERTIES:
        for key, one in _properties(value, 0)[0].items():
            if key != of.ATTACH_DATA or key not in values or not values[key][1]:
                values[key] = one


def _rows(data: bytes) -> Iterator[Values]:
    (count,) = struct.unpack_from("<I", data)
    position = 4
    for _ in range(min(count, _RECIPIENTS)):
        row, position = _properties(data, position)
        yield row


def _properties(data: bytes, position: int) -> tuple[Values, int]:
    """Read a property set; return it and where it ends.

    :raises struct.error: it is cut off.
    :raises ValueError: it holds a type that is not known, or far too much.
    """
    values: Values = {}
    (count,) = struct.unpack_from("<I", data, position)
    position += 4
    if count > _PROPERTIES:
        raise ValueError("too many properties")
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", data, position)
        position += 4
        if number >= 0x8000:
            position = _after_name(data, position)
        single = kind & ~_MANY
        items = 1
        if kind & _MANY or single in _VARIABLE:
            (items,) = struct.unpack_from("<I", data, position)
            position += 4
        if items > _PROPERTIES:
            raise ValueError("too many values")
        value = b""
        for _ in range(items):
            value, position = _value(data, position, single)
        values[number] = (single, value)
    return values, position


def _value(data: bytes, position: int, kind: int) -> tuple[bytes, int]:
    if kind in _VARIABLE:
        (length,) = struct.unpack_from("<I", data, position)
        position += 4
    elif kind in _WIDTHS:
        length = _WIDTHS[kind]
    else:
        raise ValueError(f"type {kind:04x}")
    if position + length > len(data):
        raise ValueError("cut off")
    return data[position : position + length], position + length + -length % 4


def _after_name(data: bytes, position: int) -> int:
    """Skip the name of a named property: a GUID, and a number or a text."""
    (by_text, length) = struct.unpack_from("<II", data, position + 16)
    position += 24
    return position + length + -length % 4 if by_text else position


def _attachment(values: Values, charset: str, depth: int) -> OutlookAttachment:
    properties = Properties(values, charset)
    data = properties.data(of.ATTACH_DATA)
    if properties.kind(of.ATTACH_DATA) == of.OBJECT:
        inner = data[16:]  # after the identifier of its interface
        if inner.startswith(SIGNATURE):
            return attachment(properties, lambda: parse(inner, depth + 1), 0)
        values = {**values, of.ATTACH_DATA: (of.BINARY, inner)}
        return attachment(Properties(values, charset), None, len(inner))
    return attachment(properties, None, len(data))

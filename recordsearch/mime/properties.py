"""Property sets as Outlook keeps them (MS-OXPROPS), whatever the file they come from.

A property is known by its number; its value is bytes in the coding of its type (MS-OXCDATA, 2.11).
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from recordsearch.mime.charsets import code_page, to_text

BINARY = 0x0102
STRING8 = 0x001E
UNICODE = 0x001F
INTEGER = 0x0003
TIME = 0x0040
OBJECT = 0x000D

MESSAGE_CLASS = 0x001A
SUBJECT = 0x0037
CLIENT_SUBMIT_TIME = 0x0039
SENT_REPRESENTING_NAME = 0x0042
SENT_REPRESENTING_ADDRESS_TYPE = 0x0064
SENT_REPRESENTING_ADDRESS = 0x0065
TRANSPORT_HEADERS = 0x007D
SENDER_NAME = 0x0C1A
SENDER_ADDRESS_TYPE = 0x0C1E
SENDER_ADDRESS = 0x0C1F
RECIPIENT_TYPE = 0x0C15
DISPLAY_BCC = 0x0E02
DISPLAY_CC = 0x0E03
DISPLAY_TO = 0x0E04
DELIVERY_TIME = 0x0E06
BODY = 0x1000
RTF_COMPRESSED = 0x1009
HTML = 0x1013
INTERNET_MESSAGE_ID = 0x1035
INTERNET_REFERENCES = 0x1039
IN_REPLY_TO = 0x1042
DISPLAY_NAME = 0x3001
ADDRESS_TYPE = 0x3002
EMAIL_ADDRESS = 0x3003
SMTP_ADDRESS = 0x39FE
ATTACH_DATA = 0x3701
ATTACH_FILENAME = 0x3704
ATTACH_METHOD = 0x3705
ATTACH_LONG_FILENAME = 0x3707
ATTACH_MIME_TAG = 0x370E
ATTACH_CONTENT_ID = 0x3712
ATTACHMENT_HIDDEN = 0x7FFE
INTERNET_CODE_PAGE = 0x3FDE
MESSAGE_CODE_PAGE = 0x3FFD
SENDER_SMTP_ADDRESS = 0x5D01
SENT_REPRESENTING_SMTP_ADDRESS = 0x5D02

Value = bytes | Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Properties:
    """A set of properties: number to type and value; a value may be read when it is asked for.

    ``charset`` is that of texts that are not Unicode; empty where it is not known.
    """

    values: Mapping[int, tuple[int, Value]]
    charset: str = ""

    def kind(self, number: int) -> int:
        """Return a property's type, or 0 where it is not there."""
        return self.values[number][0] if number in self.values else 0

    def data(self, number: int) -> bytes:
        """Return a property's value as bytes, empty where it is not there."""
        if number not in self.values:
            return b""
        value = self.values[number][1]
        return value if isinstance(value, bytes) else value()

    def text(self, number: int) -> str:
        """Return a property's text, empty where it is not there or no text."""
        kind = self.kind(number)
        if kind == UNICODE:
            return self.data(number).decode("utf-16-le", "replace").rstrip("\0")
        if kind == STRING8:
            return to_text(self.data(number).rstrip(b"\0"), self.charset)
        return ""

    def integer(self, number: int) -> int | None:
        """Return a property's number, or None."""
        data = self.data(number)
        widths = {1: "<B", 2: "<H", 4: "<I", 8: "<Q"}
        return struct.unpack(widths[len(data)], data)[0] if len(data) in widths else None


def charset_of(values: Mapping[int, tuple[int, Value]], default: str = "") -> str:
    """Return the charset of a message's texts that are not Unicode."""
    properties = Properties(values)
    pages = (properties.integer(MESSAGE_CODE_PAGE), properties.integer(INTERNET_CODE_PAGE))
    return next((found for page in pages if (found := code_page(page))), default)

"""The header of a message or of one of its parts: fields, encoded words, parameters.

RFC 5322 (fields and folding), RFC 2047 (encoded words), RFC 2045 and 2231 (parameters), read as
far as a broken header goes.
"""

import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from email.utils import collapse_rfc2231_value
from mmap import mmap

from recordsearch.mime.charsets import to_text

HEADER_BYTES = 16 << 20
"""How far a header is read; what stands beyond counts as body. Of each field less is kept."""
_FIELDS = 2_000
_VALUE_CHARACTERS = 200_000
_VALUE_BYTES = 4 * _VALUE_CHARACTERS
_PARAMETER_CHARACTERS = 8_000

_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,20}:")
_MAILBOX_LINE = re.compile(rb">?From ")
# The text of an encoded word may be 75 characters long; broken programs write more.
_WORD = r"=\?([^?\s]{1,60})\?([qQbB])\?([^?]{0,1000})\?="
_ENCODED = re.compile(_WORD)
_ADJACENT = re.compile(r"(\?=)\s{1,100}(?==\?[^?\s]{1,60}\?[qQbB]\?)")

Buffer = bytes | mmap


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a header, by lower-case name, as they stand but for folding."""

    fields: Mapping[str, tuple[str, ...]]

    def raw(self, name: str) -> str:
        """Return a field's first value as it stands, or an empty text."""
        return self.fields.get(name, ("",))[0]

    def joined(self, name: str) -> str:
        """Return all values of a field that may stand several times, joined by commas."""
        return ", ".join(value for value in self.fields.get(name, ())[:20] if value.strip())

    def text(self, name: str) -> str:
        """Return a field's first value with its encoded words decoded, on one line."""
        return " ".join(decode_words(self.raw(name)).split())

    def parameter(self, name: str, parameter: str) -> str:
        """Return a parameter of a field, or an empty text."""

        def take(message: Message) -> str:
            value = message.get_param(parameter, "", name)
            return collapse_rfc2231_value(value) if value else ""

        return self._ask(name, take)

    def file_name(self) -> str:
        """Return the file name that the part gives itself, decoded, or an empty text."""
        for name, parameter in (("content-disposition", "filename"), ("content-type", "name")):
            found = self.parameter(name, parameter)
            if found:
                return decode_words(found)
        return ""

    def kind(self, default: str = "text/plain") -> str:
        """Return the media type in lower case, such as ``text/html``."""
        kind = self.raw("content-type")[:200].split(";")[0].strip().lower()
        main, slash, sub = kind.partition("/")
        return kind if slash and main and sub and " " not in kind else default

    def _ask(self, name: str, take: Callable[[Message], str]) -> str:
        value = self.raw(name)[:_PARAMETER_CHARACTERS]
        if not value:
            return ""
        message = Message()
        try:
            message[name] = value
            return take(message)
        except Exception:  # the standard parser fails on some broken parameters
            return ""


def read_header(data: Buffer, start: int, end: int) -> tuple[Header, int]:
    """Read the header that begins at ``start``; return it and where the body begins.

    The header ends at an empty line, at a line that is no field, or after ``HEADER_BYTES``.
    """
    fields: dict[str, list[str]] = {}
    last: list[bytes] = []
    name = ""
    limit = min(end, start + HEADER_BYTES)
    position = start
    count = size = 0
    while position < limit:
        found = data.find(b"\n", position, limit)
        line_end = limit if found < 0 else found + 1
        line = data[position : min(line_end, position + _VALUE_BYTES)]
        if not line.strip(b"\r\n"):
            position = line_end
            break
        if line[:1] in b" \t" and name:
            size += len(line)
            if size <= _VALUE_BYTES:
                last.append(line)
        elif match := _NAME.match(line):
            _keep(fields, name, last)
            count += 1
            name = match[1].decode("ascii").lower() if count <= _FIELDS else "x-cut"
            last = [line[match.end() :]]
            size = len(line)
        elif position != start or not _MAILBOX_LINE.match(line):
            break
        position = line_end
    _keep(fields, name, last)
    return Header({key: tuple(values) for key, values in fields.items()}), position


def _keep(fields: dict[str, list[str]], name: str, lines: list[bytes]) -> None:
    if name and name != "x-cut":
        raw = b"".join(lines)[:_VALUE_BYTES].replace(b"\r", b"").replace(b"\n", b"")
        fields.setdefault(name, []).append(to_text(raw).strip()[:_VALUE_CHARACTERS])


def decode_words(text: str) -> str:
    """Return ``text`` with its encoded words decoded; a word that cannot be stays as it stands.

    Words of one charset that follow each other are joined before decoding, as some programs cut
    in the middle of a character.
    """
    if "=?" not in text:
        return text
    out: list[str] = []
    pending = b""
    charset = ""
    position = 0
    text = _ADJACENT.sub(r"\1", text)
    for match in _ENCODED.finditer(text):
        data = _word_bytes(match[2], match[3])
        if data is None:
            continue
        named = match[1].split("*")[0].lower()
        if match.start() != position or named != charset:
            out.append(to_text(pending, charset))
            pending = b""
        out.append(text[position : match.start()])
        pending, charset, position = pending + data, named, match.end()
    return "".join([*out, to_text(pending, charset), text[position:]])


def _word_bytes(encoding: str, text: str) -> bytes | None:
    try:
        raw = text.encode("ascii")
    except UnicodeEncodeError:
        return None
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    try:
        return binascii.a2b_base64(raw.rstrip(b"=") + b"==")
    except binascii.Error:
        return None

r"""Rich text as Outlook keeps it: compressed (MS-OXRTFCP), perhaps with HTML inside (MS-OXRTFEX).

Only what a reader sees is kept: no styles, fonts, pictures or fields' instructions.
"""

import re
from dataclasses import dataclass, field

from recordsearch.mime.charsets import code_page

BYTES = 64 * 1024 * 1024
_GROUPS = 10_000
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_HIDDEN = frozenset(
    {
        *(b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"listtable"),
        *(b"listoverridetable", b"rsidtbl", b"generator", b"themedata", b"datastore", b"xmlnstbl"),
        *(b"header", b"footer", b"headerl", b"headerr", b"footerl", b"footerr", b"mhtmltag"),
        *(b"fldinst", b"latentstyles", b"pntext", b"nonshppict"),
    }
)
_LETTERS = {
    **dict.fromkeys((b"par", b"line", b"sect", b"page", b"row"), "\n"),
    **dict.fromkeys((b"tab", b"cell"), "\t"),
    **dict.fromkeys((b"emspace", b"enspace"), " "),
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\n": "\n", b"\r": "\n"}
# Code pages of the charsets that fonts name (RTF specification 1.9.1, \fcharset).
_FONT_CHARSETS = dict(
    zip(
        (128, 129, 134, 136, 161, 162, 163, 177, 178, 186, 204, 222, 238),
        (932, 949, 936, 950, 1253, 1254, 1258, 1255, 1256, 1257, 1251, 874, 1250),
        strict=True,
    )
)


def decompress(data: bytes) -> bytes:
    """Undo the compression of a message's RTF.

    :raises ValueError: it is damaged, or larger than ``BYTES``.
    """
    from compressed_rtf import decompress as undo

    if len(data) < 16 or int.from_bytes(data[4:8], "little") > BYTES or len(data) > BYTES:
        raise ValueError("too short or too large")
    try:
        text: bytes = undo(data)
    except Exception as error:  # the library raises plain exceptions
        raise ValueError(str(error)) from error
    return text


def read_rtf(data: bytes) -> tuple[str, str]:
    """Return the text of an RTF document and its kind: text/html where it holds HTML, or plain."""
    reader = _Reader()
    reader.html = b"\\fromhtml1" in data[:2_000]
    for match in _TOKEN.finditer(data[:BYTES]):
        reader.take(match)
    reader.flush()
    text = "".join(reader.out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text, "text/html" if reader.html else "text/plain"


@dataclass(slots=True)
class _State:
    """What a group inherits: whether it is hidden, stands in a tag, is left out; its codec."""

    hidden: bool = False
    in_tag: bool = False
    left_out: bool = False
    fallback: int = 1
    charset: str = ""
    fonts: bool = False


@dataclass(slots=True)
class _Reader:
    html: bool = False
    out: list[str] = field(default_factory=list)
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _skip: int = 0
    _starred: bool = False
    _charset: str = "cp1252"
    _fonts: dict[int, str] = field(default_factory=dict)
    _font: int = -1

    def take(self, match: "re.Match[bytes]") -> None:
        """Take the next token."""
        word, number, code, symbol, brace, plain = match.groups()
        if code is not None:
            self._byte(int(code, 16))
            return
        self.flush()
        if word is not None:
            self._word(word, int(number) if number else None)
        elif brace is not None:
            self._group(opens=brace == b"{")
        elif symbol is not None:
            self._symbol(symbol)
        elif plain is not None:
            self._text(plain)
        if symbol != b"*":
            self._starred = False

    def flush(self) -> None:
        """Decode the bytes that were written as codes; characters may take two."""
        if self._bytes:
            charset = self._state.charset or self._charset
            self._say(bytes(self._bytes).decode(charset, "replace"))
            self._bytes.clear()

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _text(self, plain: bytes) -> None:
        used = min(self._skip, len(plain))
        self._skip -= used
        if self._state.fonts:
            return
        self._say(plain[used:].decode(self._state.charset or self._charset, "replace"))

    def _say(self, text: str) -> None:
        state = self._state
        if not state.hidden and not (state.left_out and not state.in_tag):
            self.out.append(text)

    def _group(self, *, opens: bool) -> None:
        self._skip = 0
        if opens:
            if len(self._stack) < _GROUPS:
                now = self._state
                self._stack.append(now)
                self._state = _State(
                    now.hidden, now.in_tag, now.left_out, now.fallback, now.charset, now.fonts
                )
        elif self._stack:
            self._state = self._stack.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in b"\\{}":
            self._say(symbol.decode())
        else:
            self._say(_SYMBOLS.get(symbol, ""))

    def _word(self, word: bytes, number: int | None) -> None:
        state = self._state
        if word == b"u" and number is not None:
            self._say(chr(number % 0x10000))
            self._skip = state.fallback
        elif word == b"uc":
            state.fallback = max(0, min(number or 0, 10))
        elif word in _LETTERS:
            self._say(_LETTERS[word])
        elif word == b"htmltag":
            state.in_tag = self.html
            state.hidden = not self.html
        elif word == b"htmlrtf":
            state.left_out = self.html and number != 0
        elif word == b"ansicpg":
            self._charset = code_page(number) or self._charset
        elif word in (b"f", b"fcharset"):
            self._take_font(word, number)
        elif word in _HIDDEN or self._starred:
            state.hidden = True
            state.fonts = word == b"fonttbl"

    def _take_font(self, word: bytes, number: int | None) -> None:
        if word == b"fcharset" and self._state.fonts and len(self._fonts) < _GROUPS:
            page = _FONT_CHARSETS.get(number or 0)
            self._fonts[self._font] = code_page(page) if page else ""
        elif word == b"f":
            self._font = number or 0
            if not self._state.fonts:
                self._state.charset = self._fonts.get(self._font, "")

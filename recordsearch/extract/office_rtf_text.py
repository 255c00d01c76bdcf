r"""Reads the groups and words of an RTF document into its text.

In the text, form feeds and vertical tabs are page breaks as :mod:`office_table` knows them, and
``\x01 number \x02`` is where a note or a comment stands.
"""

import re
from dataclasses import replace

from recordsearch.errors import UnreadableError
from recordsearch.extract import office_rtf_words as words
from recordsearch.extract.office_pages import PICTURE
from recordsearch.extract.office_rtf_flow import Flow, Note, State
from recordsearch.extract.office_table import NESTED
from recordsearch.extract.office_zip import MEND
from recordsearch.mime.charsets import code_page

GROUPS = 10_000
NOTES = 100_000
_FONTS = 10_000
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    rb"|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_PASSED = re.compile(rb"[^\\{}]+")
_MARK = re.compile("\x01([0-9]+)\x02")
_CONTROLS = dict.fromkeys((*range(9), *range(10, 32), 127))


class RtfText:
    """The text of an RTF document; :meth:`read` reads it, the other methods give it."""

    def __init__(self, data: bytes) -> None:
        self.cut = ""
        self._data = data
        self._state = State()
        self._stack: list[State] = []
        self._flows = [Flow()]
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._charset = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = -1
        self._notes: list[Note] = []
        self._headers: dict[str, list[str]] = {"header": [], "footer": []}
        self._counts = {"footnote": 0, "endnote": 0}
        self._author = ""

    def read(self) -> None:
        """Read the document.

        :raises UnreadableError: its groups nest too deeply.
        """
        position, end = 0, len(self._data)
        while position < end:
            if self._state.hidden and not self._state.fonts:
                passed = _PASSED.match(self._data, position)
                position = passed.end() if passed else position
            match = _TOKEN.match(self._data, position)
            if match is None:
                break
            position = match.end()
            word, number, code, symbol, brace, plain = match.groups()
            if code is not None:
                self._byte(int(code, 16))
            elif plain is not None:
                self._plain(plain)
            elif word is not None:
                value = int(number) if number else None
                if word == b"bin":
                    position += max(0, value or 0)
                else:
                    self._word(word.decode("ascii"), value)
            elif symbol is not None:
                self._symbol(symbol.decode("latin-1"))
            elif brace is not None and self._group(opens=brace == b"{"):
                break
        self._flush()
        while len(self._flows) > 1:
            self._end_flow()
        if self._stack:
            self.cut = "the file is truncated or damaged: it breaks off before its end"

    def body(self) -> str:
        """Return the body's text."""
        return self._flows[0].text()

    def with_notes(self, page: str) -> str:
        """Return a page with the footnotes and comments that stand on it below it."""
        notes = [self._notes[int(found[1])] for found in _MARK.finditer(page)]
        below = [note.shown() for note in notes if note.kind != "endnote"]
        text = _MARK.sub("", page)
        return "\n".join([text.rstrip("\n"), *below]) if below else text

    def endnotes(self) -> str:
        """Return the endnotes, a line each."""
        return "".join(f"\n{note.shown()}" for note in self._notes if note.kind == "endnote")

    def lines(self, kind: str) -> str:
        """Return the headers or the footers, different ones once, each as a line."""
        found = list(dict.fromkeys(self._headers[kind]))[:100]
        lines = "\n".join(f"[{kind}: {text}]" for text in found)
        if not lines:
            return ""
        return f"{lines}\n" if kind == "header" else f"\n{lines}"

    def _say(self, text: str) -> None:
        state, flow = self._state, self._flows[-1]
        if state.hidden or not text:
            return
        if flow.fresh and text not in ("\f", "\v"):
            flow.fresh = False
            flow.section_at = -1
            if state.page_before:
                flow.said.append("\f")
        if state.deleted != flow.deleting:
            flow.said.append("[deleted: " if state.deleted else "]")
            flow.deleting = state.deleted
        flow.said.append(text)

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        elif not self._state.hidden:
            self._bytes.append(value)

    def _plain(self, plain: bytes) -> None:
        used = min(self._skip, len(plain))
        self._skip -= used
        if not self._state.hidden:
            self._bytes += plain[used:]  # the second half of a character may stand as a letter

    def _flush(self) -> None:
        """Decode the bytes so far; characters may take two."""
        if self._bytes:
            charset = self._state.charset or self._charset
            text = bytes(self._bytes).decode(charset, "replace").translate(_CONTROLS)
            self._bytes.clear()
            self._say(text)

    def _symbol(self, symbol: str) -> None:
        self._flush()
        if symbol == "*":
            self._starred = True
        elif self._skip:
            self._skip -= 1
        elif symbol in ("\n", "\r"):
            self._layout("par", None)
        elif symbol in "\\{}":
            self._say(symbol)
        else:
            self._say(words.SYMBOLS.get(symbol, ""))

    def _group(self, *, opens: bool) -> bool:
        """Open or close a group; return whether it was the document."""
        self._flush()
        self._skip = 0
        self._starred = False
        if opens:
            if len(self._stack) >= GROUPS:
                raise UnreadableError("extract", f"it nests more than {GROUPS:,} groups", MEND)
            self._stack.append(self._state)
            self._state = replace(self._state)
            return False
        if not self._stack:
            return False
        ended, self._state = self._state, self._stack.pop()
        if ended.held and ended.held != self._state.held and len(self._flows) > 1:
            self._end_flow()
        return not self._stack

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        starred, self._starred = self._starred, False
        if word == "u" and number is not None:
            self._skip = self._state.fallback
            self._say(chr(number % 0x10000).translate(_CONTROLS))
        elif self._skip and word not in ("uc", "par", "f"):
            self._skip -= 1
        elif word in words.LETTERS:
            self._say(words.LETTERS[word])
        elif word in words.HELD and (not starred or word in words.SHOWN_THOUGH_STARRED):
            self._start_flow(word)
        elif word in words.HIDDEN or (starred and word not in words.SHOWN_THOUGH_STARRED):
            if word == "pict" and not starred:
                self._say(PICTURE)
            self._state.hidden = True
            self._state.fonts = word == "fonttbl"
        elif word in ("f", "fcharset", "cpg", "ansicpg") or word in words.CHARSET_WORDS:
            self._take_charset(word, number)
        else:
            self._layout(word, number)

    def _layout(self, word: str, number: int | None) -> None:
        flow = self._flows[-1]
        if self._state.hidden:
            return
        if word == "par":
            self._paragraph()
        elif word == "cell":
            flow.end_cell()
        elif word == "row":
            flow.end_row()
        elif word in ("page", "sect"):
            flow.section_at = len(flow.said) if word == "sect" else -1
            self._say("\f")
            flow.fresh = True
        elif word in ("sbknone", "sbkcol") and 0 <= flow.section_at < len(flow.said):
            flow.said[flow.section_at] = "\n"
            flow.section_at = -1
        elif word == "ftnalt":
            flow.endnote = True
        else:
            self._property(word, number)

    def _property(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "pard":
            state.in_table = state.page_before = False
        elif word == "intbl":
            state.in_table = True
        elif word == "pagebb":
            state.page_before = number != 0
        elif word == "deleted":
            state.deleted = number != 0
        elif word == "plain":
            state.deleted = False
        elif word == "uc":
            state.fallback = max(0, min(number or 0, 10))

    def _paragraph(self) -> None:
        flow = self._flows[-1]
        self._say("\n")
        flow.fresh = True
        if not self._state.in_table:
            flow.cell_from = len(flow.said)

    def _start_flow(self, kind: str) -> None:
        if self._state.hidden:
            return
        if len(self._flows) > NESTED:
            return
        self._state.held = f"{kind} {len(self._flows)}"
        self._state.page_before = self._state.in_table = self._state.deleted = False
        self._flows.append(Flow(kind))

    def _end_flow(self) -> None:
        flow = self._flows.pop()
        text = flow.text().replace("\f", "").replace("\v", "").strip()
        outer = self._flows[-1]
        if flow.kind in words.HEADERS:
            if text and len(self._headers["header"]) < NOTES:
                self._headers[words.HEADERS[flow.kind]].append(_MARK.sub("", text))
        elif flow.kind == "shptxt":
            outer.boxes.append(text)
        elif flow.kind == "atnauthor":
            self._author = text[:200]
        elif flow.kind == "annotation":
            by = f" by {self._author}" if self._author else ""
            self._note(outer, Note("comment", by, _MARK.sub("", text)))
            self._author = ""
        elif flow.kind == "footnote":
            kind = "endnote" if flow.endnote else "footnote"
            self._counts[kind] += 1
            number = self._counts[kind]
            outer.said.append(f"[endnote {number}]" if flow.endnote else f"[{number}]")
            self._note(outer, Note(kind, f" {number}", _MARK.sub("", text)))

    def _note(self, outer: Flow, note: Note) -> None:
        if len(self._notes) < NOTES:
            outer.said.append(f"\x01{len(self._notes)}\x02")
            self._notes.append(note)
        else:
            outer.said.append(note.shown())

    def _take_charset(self, word: str, number: int | None) -> None:
        if word in words.CHARSET_WORDS:
            self._charset = words.CHARSET_WORDS[word]
        elif word == "ansicpg":
            self._charset = code_page(number) or self._charset
        elif word in ("fcharset", "cpg"):
            page = number if word == "cpg" else words.FONT_CHARSETS.get(number or 0)
            if self._state.fonts and len(self._fonts) < _FONTS:
                self._fonts[self._font] = code_page(page) if page else ""
        else:
            self._font = number or 0
            if not self._state.fonts:
                self._state.charset = self._fonts.get(self._font, "")

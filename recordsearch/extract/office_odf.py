r"""What OpenDocument's texts, spreadsheets and presentations share (ISO/IEC 26300-3): paragraphs.

A paragraph may hold others: in text boxes, notes and comments. Where a note or a comment stands,
its number in ``notes`` is marked as ``\x01 number \x02``, which XML does not allow in texts.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_pages import PICTURE
from recordsearch.extract.office_table import NESTED
from recordsearch.extract.office_xml import Attributes, Handler, number, stream, value
from recordsearch.extract.office_zip import TEXT_BYTES, Package, encrypted, opened

MARK = re.compile("\x01([0-9]+)\x02")
_WHITE = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = frozenset({"text:p", "text:h"})
_SKIPPED = frozenset(
    {
        *("?:title", "?:desc", "?:date-string", "office:forms", "office:binary-data"),
        *("office:scripts", "office:font-face-decls", "table:tracked-changes", "text:ruby-text"),
        "text:index-source",
    }
)
_HELD = frozenset({"text:note-body", "office:annotation", "draw:text-box"})
_SPACES = 1_000


@dataclass(slots=True)
class Note:
    """A note or a comment; ``kind`` is footnote, endnote or comment."""

    kind: str
    label: str = ""
    author: str = ""
    date: str = ""
    text: str = ""

    def shown(self, place: str = "") -> str:
        """Return it as a line; ``place`` is where it stands, such as a cell."""
        if self.kind != "comment":
            return f"[{self.kind} {self.label}: {self.text}]"
        who = f" by {self.author}" if self.author else ""
        when = f" on {self.date[:10]}" if self.date else ""
        return f"[comment{f' at {place}' if place else ''}{who}{when}: {self.text}]"


class OdfText:
    """Takes content; paragraphs end up as lines in the innermost open list of blocks."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self._blocks: list[list[str]] = [[]]
        self._paragraphs: list[list[str]] = []
        self._boxes: list[list[str]] = []
        self._open: list[Note] = []
        self._held = 0
        self._skipped = 0
        self._info = ""
        self._said: list[str] = []

    @property
    def blocks(self) -> list[str]:
        """Return the outermost lines."""
        return self._blocks[0]

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
        elif name in _PARAGRAPHS:
            self._paragraphs.append([])
            self._boxes.append([])
            self.start_paragraph(attributes)
        elif name in ("dc:creator", "dc:date", "text:note-citation"):
            self._info = name
            self._said.clear()
        elif name == "text:s":
            self.say(" " * number(attributes, "c", 1, _SPACES))
        elif name == "text:tab":
            self.say("\t")
        elif name == "draw:image":
            (self._paragraphs[-1] if self._paragraphs else self._blocks[-1]).append(PICTURE)
        elif name == "text:line-break":
            self.say("\n")
        elif name in _HELD:
            self._hold(name)
        elif name == "text:note":
            kind = "endnote" if value(attributes, "note-class") == "endnote" else "footnote"
            self._open.append(Note(kind))
        else:
            self.start_other(name, attributes)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
        elif name in _PARAGRAPHS:
            self._blocks[-1].append("".join(self._paragraphs.pop()))
            self._blocks[-1].extend(self._boxes.pop())
        elif name in ("dc:creator", "dc:date", "text:note-citation"):
            self._end_info(name)
        elif name in _HELD:
            self._release(name)
        elif name == "text:note":
            self._close(self._open.pop())
        else:
            self.end_other(name)

    def text(self, data: str) -> None:
        """Take character data."""
        if self._skipped:
            return
        if self._info:
            self._said.append(data[:200])
        elif self._paragraphs:
            self._paragraphs[-1].append(_WHITE.sub(" ", data))

    def say(self, text: str) -> None:
        """Add text to the open paragraph."""
        if self._paragraphs:
            self._paragraphs[-1].append(text)

    def start_paragraph(self, attributes: Attributes) -> None:
        """Take the beginning of a paragraph, which is open."""

    def start_other(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element that only one kind of document has."""

    def end_other(self, name: str) -> None:
        """Take its end."""

    def comment(self, note: Note) -> None:
        """Take a comment that has ended."""
        self._close(note)

    def _hold(self, name: str) -> None:
        self._held += 1
        if self._held <= NESTED:
            self._blocks.append([])
            if name == "office:annotation":
                self._open.append(Note("comment"))

    def _release(self, name: str) -> None:
        self._held -= 1
        if self._held >= NESTED:
            return
        text = "\n".join(self._blocks.pop()).replace("\f", "").replace("\v", "").strip()
        if name == "text:note-body":
            if self._open:
                self._open[-1].text = text
        elif name == "office:annotation":
            note = self._open.pop()
            note.text = text
            self.comment(note)
        elif text:
            (self._boxes[-1] if self._boxes else self._blocks[-1]).append(text)

    def _close(self, note: Note) -> None:
        if note.kind != "comment":
            self.say(f"[endnote {note.label}]" if note.kind == "endnote" else f"[{note.label}]")
        self.say(f"\x01{len(self.notes)}\x02")
        self.notes.append(note)

    def _end_info(self, name: str) -> None:
        said = " ".join("".join(self._said).split())[:200]
        self._info = ""
        if not self._open:
            return
        if name == "dc:creator":
            self._open[-1].author = said
        elif name == "dc:date":
            self._open[-1].date = said
        else:
            self._open[-1].label = said


class _Encryption:
    def __init__(self) -> None:
        self.found = False

    def start(self, name: str, _attributes: Attributes) -> None:
        self.found = self.found or name == "manifest:encryption-data"

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


@contextmanager
def document(path: str) -> Iterator[Package]:
    """Open an OpenDocument file.

    :raises UnreadableError: it cannot be opened, is empty, too large, encrypted or damaged.
    """
    with opened(path) as package:
        if "META-INF/manifest.xml" in package:
            manifest = _Encryption()
            try:
                stream(package.blocks("META-INF/manifest.xml"), manifest)
            except UnreadableError:
                manifest.found = False  # the content may do without it
            if manifest.found:
                raise encrypted()
        yield package


def read_part(package: Package, part: str, handler: Handler, most: int = TEXT_BYTES) -> str:
    """Read a part of at most ``most`` bytes; return why its end is missing, or an empty text."""
    try:
        stream(package.blocks(part, most), handler)
    except UnreadableError as error:
        return error.message
    return ""

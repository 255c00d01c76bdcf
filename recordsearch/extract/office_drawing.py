"""The text in drawings of OOXML documents: shapes, their tables, charts, diagrams (DrawingML)."""

from collections.abc import Callable

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_opc import Related, relations
from recordsearch.extract.office_pages import PICTURE
from recordsearch.extract.office_xml import Attributes, relation, stream, value
from recordsearch.extract.office_zip import Package

_TAKEN = frozenset({"a:t", "m:t", "cx:v", "p:text", "cx:pt"})
_PARTS = 1_000
_DEPTH = 3

PartText = Callable[[str], str]
"""From the id of a relationship to the text of the part that it names."""


class DrawingText:
    """Collects a drawing's lines: paragraphs, and rows of tables with tabs between the cells.

    ``part_text`` is asked for the text of the charts and diagrams that the drawing names.
    """

    def __init__(self, part_text: PartText) -> None:
        self.lines: list[str] = []
        self._part_text = part_text
        self._line: list[str] = []
        self._cells: list[list[str]] = []
        self._taking = False
        self._skipped = 0
        self._strings = False

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if self._skipped or name == "mc:Fallback":  # the same once more, for older programs
            self._skipped += 1
        elif name in _TAKEN:
            self._taking = True
        elif name in ("a:br", "a:tab"):
            self._line.append(" ")
        elif name == "a:tc":
            self._cells.append([])
        elif name == "c:strCache":
            self._strings = True
        elif name == "c:v":
            self._taking = self._strings
        elif name in ("c:chart", "cx:chart", "dgm:relIds"):
            named = relation(attributes, "dm" if name == "dgm:relIds" else "id")
            if text := self._part_text(named) if named else "":
                self.lines.append(text)
        elif name == "p:pic":
            self.lines.append(PICTURE)
        elif name == "?:textpath":  # the letters of VML's word art
            self.lines.append(value(attributes, "string"))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
        elif name in _TAKEN or name == "c:v":
            if self._taking and name not in ("a:t", "m:t"):
                self._end_line()
            self._taking = False
        elif name == "a:p":
            self._end_line()
        elif name == "c:strCache":
            self._strings = False
        elif name == "a:tr":
            row = [" ".join(cell) for cell in self._cells]
            self._cells.clear()
            if any(row):
                self.lines.append("\t".join(row))

    def text(self, data: str) -> None:
        """Take character data."""
        if self._taking:
            self._line.append(data)

    def _end_line(self) -> None:
        line = "".join(self._line).strip()
        self._line.clear()
        if line:
            (self._cells[-1] if self._cells else self.lines).append(line)


class Drawings:
    """Gives the text of charts and diagrams by relationship; of each part once."""

    def __init__(self, package: Package, found: dict[str, Related], depth: int = 0) -> None:
        self._package = package
        self._found = found
        self._depth = depth
        self._read: set[str] = set()
        self.missing = ""

    def __call__(self, named: str) -> str:
        """Return the text of the part that the relationship names."""
        related = self._found.get(named)
        if related is None:
            return ""
        return self.part(related.part)

    def part(self, part: str) -> str:
        """Return the text of a part; an empty text the second time, or where it is damaged."""
        if part in self._read or len(self._read) >= _PARTS or self._depth >= _DEPTH:
            return ""
        self._read.add(part)
        try:
            inner = Drawings(self._package, relations(self._package, part), self._depth + 1)
            reader = DrawingText(inner)
            stream(self._package.blocks(part), reader)
        except UnreadableError as error:
            self.missing = error.message
            return ""
        self.missing = self.missing or inner.missing
        return "\n".join(dict.fromkeys(reader.lines))

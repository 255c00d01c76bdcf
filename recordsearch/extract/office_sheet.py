"""A sheet of a workbook as it is streamed: rows of cells (ECMA-376 part 1, 18.3)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recordsearch.extract.office_cells import PLAIN, Format, plain, shown
from recordsearch.extract.office_xml import Attributes

CELL_CHARACTERS = 1_000_000
"""Longest cell that is read; spreadsheets themselves hold 32,767 characters."""
ROW_CHARACTERS = 10_000_000
_GAP = 100
"""Most tabs that stand for empty cells in a row, so that a cell far right costs little."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_VALUES = frozenset({"x:v", "x:t", "x:f"})


@dataclass(frozen=True, slots=True)
class Look:
    """What cells of all sheets share: strings by number, formats by style, the first day."""

    string: Callable[[str], str]
    formats: Sequence[Format]
    since_1904: bool


class Sheet:
    """Takes a sheet's XML and gives each row that holds something to ``add`` with its number."""

    def __init__(self, look: Look, add: Callable[[int, str], None]) -> None:
        self.cut = ""
        self._look = look
        self._add = add
        self._row = 0
        self._cells: list[str] = []
        self._size = 0
        self._column = 0
        self._last = 0
        self._kind = ""
        self._style = ""
        self._parts: list[str] = []
        self._length = 0
        self._taking = False
        self._formula = ""
        self._value = ""
        self._spoken = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if name == "x:c":
            self._column = _column(attributes.get("r", "")) or self._column + 1
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._formula = self._value = ""
        elif name in _VALUES:
            self._taking = not self._spoken
        elif name == "x:row":
            named = attributes.get("r", "")
            known = named.isascii() and named.isdigit() and len(named) < 10
            self._row = int(named) if known else self._row + 1
        elif name == "x:rPh":
            self._spoken += 1

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name in _VALUES:
            text = "".join(self._parts)
            self._parts.clear()
            self._length = 0
            self._taking = False
            if name == "x:f":
                self._formula = text
            else:
                self._value = self._value + text if name == "x:t" else text
        elif name == "x:c":
            self._end_cell()
        elif name == "x:row":
            self._end_row()
        elif name == "x:rPh":
            self._spoken -= 1

    def text(self, data: str) -> None:
        """Take character data."""
        if not self._taking:
            return
        self._length += len(data)
        if self._length > CELL_CHARACTERS:
            self.cut = f"of a cell, only the first {CELL_CHARACTERS:,} characters were read"
        else:
            self._parts.append(data)

    def _end_cell(self) -> None:
        text = self._shown()
        if not text:
            return
        if self._size > ROW_CHARACTERS:
            self.cut = f"of a row, only the first {ROW_CHARACTERS:,} characters were read"
            return
        gap = self._column - self._last - bool(not self._last)
        self._last = self._column
        if gap > 0:
            self._cells.append("\t" * min(gap, _GAP))
        elif self._cells:
            self._cells.append("\t")
        self._cells.append(text)
        self._size += len(text) + 1

    def _shown(self) -> str:
        """Return the cell as a reader sees it; a formula without a result as the formula."""
        value, kind = self._value, self._kind
        if not value:
            return f"={_line(self._formula)}" if self._formula else ""
        if kind == "s":
            try:
                return _line(self._look.string(value))
            except ValueError:
                return "[text missing]"
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "n":
            return self._number(value)
        return _line(value.replace("T", " ") if kind == "d" else value)

    def _number(self, value: str) -> str:
        style = self._style
        form = PLAIN
        if style and style != "0" and style.isascii() and style.isdigit() and len(style) < 9:
            at = int(style)
            if at < len(self._look.formats):
                form = self._look.formats[at]
        elif self._look.formats:
            form = self._look.formats[0]
        if form is PLAIN or form.kind == "number":
            if value.isdigit():
                return value
            try:
                return plain(value, float(value))
            except (ValueError, OverflowError):
                return _line(value)
        return shown(value, form, since_1904=self._look.since_1904)

    def _end_row(self) -> None:
        if self._cells:
            self._add(self._row, "".join(self._cells))
        self._cells.clear()
        self._size = self._column = self._last = 0


def _line(text: str) -> str:
    """Return a cell's text on one line and without the tabs that part cells.

    Characters that XML does not allow are written as ``_x000D_`` (ST_Xstring, ECMA-376, 22.9.2.19).
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "\n" in text or "\t" in text or "\r" in text:
        return " ".join(text.split())
    return text


def _column(reference: str) -> int:
    """Return the number of the column that a reference such as ``AB12`` names, or 0."""
    column = 0
    for one in reference[:3]:
        if not "A" <= one <= "Z":
            break
        column = column * 26 + ord(one) - 64
    return column

"""OpenDocument spreadsheets (ods): each sheet a page, a long one several.

Rows are lines with tabs between the cells; cells are as they are shown, but dates are ISO 8601.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_odf import MARK, Note, OdfText, document, read_part
from recordsearch.extract.office_pages import Drafts, Rows, as_pages, drafts_of
from recordsearch.extract.office_xml import Attributes, number, value
from recordsearch.extract.office_zip import BYTES, MEND, PART_BYTES
from recordsearch.records import Adapter, Page

ADAPTER = Adapter("ods", "1")

_GAP = 100
"""Most tabs that stand for empty cells in a row, so that a cell far right costs little."""
_REPEATED = 1_000
"""How often a cell or a row that is there many times is written out."""
_ROWS = 10_000_000
_ROW_CHARACTERS = 10_000_000
_COLUMNS = 100_000
_STYLES = 100_000
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})


def count_pages(path: str) -> int:
    """Return the number of pages: at least one a sheet, and one a hundred thousand characters.

    :raises UnreadableError: the file cannot be opened, is empty, too large, encrypted or damaged.
    """
    return len(drafts_of(path, ADAPTER.name, BYTES, _read))


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield pages ``first`` to ``last``.

    :raises UnreadableError: the file cannot be opened, is empty, too large, encrypted or damaged.
    """
    yield from as_pages(drafts_of(path, ADAPTER.name, BYTES, _read), first, last, ADAPTER)


def _read(path: str, drafts: Drafts) -> None:
    sheets = _Sheets(drafts)
    with document(path) as package:
        missing = read_part(package, "content.xml", sheets, PART_BYTES)
    sheets.end_sheet()  # one that the file breaks off in
    if not drafts.pages:
        if missing:
            raise UnreadableError("extract", missing, MEND)
        drafts.add("", "a spreadsheet without sheets")
    missing = missing or sheets.cut
    if missing:
        drafts.blame(f"parts are missing: {missing}", MEND)


@dataclass(slots=True)
class _Cell:
    """``date`` goes before what is shown; ``unseen`` is the value where nothing is shown."""

    repeated: int = 1
    date: str = ""
    unseen: str = ""


@dataclass(slots=True)
class _Row:
    repeated: int = 1
    cells: list[str] = field(default_factory=list)
    column: int = 0
    empty: int = 0
    size: int = 0


class _Sheets(OdfText):
    def __init__(self, drafts: Drafts) -> None:
        super().__init__()
        self.cut = ""
        self._drafts = drafts
        self._tables = 0
        self._rows: Rows | None = None
        self._number = 0
        self._row = _Row()
        self._cell = _Cell()
        self._in_cell = 0
        self._below: list[str] = []
        self._style = ""
        self._hidden: set[str] = set()

    def start_other(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element that only spreadsheets have."""
        if name in _CELLS:
            self._start_cell(attributes)
        elif name == "table:table-row" and not self._in_cell:
            self._row = _Row(max(1, number(attributes, "number-rows-repeated", 1, _ROWS)))
        elif name == "table:table":
            self._tables += 1
            if self._tables == 1:
                self._start_sheet(attributes)
        elif name == "style:style":
            self._style = value(attributes, "name")
        elif name == "style:table-properties":
            self._note_hidden(attributes)

    def _note_hidden(self, attributes: Attributes) -> None:
        if value(attributes, "display") == "false" and len(self._hidden) < _STYLES:
            self._hidden.add(self._style)

    def end_other(self, name: str) -> None:
        """Take its end."""
        if name in _CELLS:
            self._end_cell()
        elif name == "table:table-row" and not self._in_cell:
            self._end_row()
        elif name == "table:table":
            self._tables -= 1
            if not self._tables:
                self.end_sheet()

    def comment(self, note: Note) -> None:
        """Take a comment that has ended."""
        place = f"{_letters(self._row.column + self._row.empty + 1)}{self._number + 1}"
        self._below.append(MARK.sub("", note.shown(place if self._in_cell else "")))

    def end_sheet(self) -> None:
        """End the open sheet, if there is one."""
        if self._rows is None:
            return
        rows, self._rows = self._rows, None
        for line in [*self._below, *self._blocks[0]]:
            rows.add_below(line)
        self._below.clear()
        self._blocks[0].clear()
        rows.close()

    def _start_sheet(self, attributes: Attributes) -> None:
        kind = "hidden sheet" if value(attributes, "style-name") in self._hidden else "sheet"
        title = f"{kind}: {' '.join(value(attributes, 'name')[:200].split())}"

        def reason(first: int, last: int) -> str:
            return f"rows {first:,} to {last:,} of the {title}" if last else f"the {title}"

        self._rows = Rows(self._drafts, f"[{title}]", reason)
        self._number = 0

    def _start_cell(self, attributes: Attributes) -> None:
        self._in_cell += 1
        if self._in_cell > 1:
            return
        self._blocks.append([])
        self._cell = _Cell(max(1, number(attributes, "number-columns-repeated", 1, _COLUMNS)))
        if value(attributes, "value-type") == "date":
            date = value(attributes, "date-value").replace("T", " ")
            self._cell.date = date.removesuffix(" 00:00:00")[:40]
        elif attributes:
            names = ("string-value", "value", "time-value", "boolean-value", "formula")
            found = (value(attributes, one) for one in names)
            self._cell.unseen = next((one for one in found if one), "")

    def _end_cell(self) -> None:
        self._in_cell -= 1
        if self._in_cell:
            return
        text = " ".join(" ".join(self._blocks.pop()).split())
        cell, row = self._cell, self._row
        text = cell.date or MARK.sub("", text) or " ".join(cell.unseen.split())
        if not text:
            row.empty += cell.repeated
            return
        if row.empty:
            row.cells += [""] * min(row.empty, _GAP)
            row.column += row.empty
            row.empty = 0
        row.column += cell.repeated
        times = min(cell.repeated, _REPEATED)
        row.size += times * (len(text) + 1)
        if row.size > _ROW_CHARACTERS:
            self.cut = f"of a row, only the first {_ROW_CHARACTERS:,} characters were read"
            return
        row.cells += [text] * times
        if cell.repeated > _REPEATED:
            row.cells.append(f"[the same {cell.repeated - _REPEATED:,} times more]")

    def _end_row(self) -> None:
        row = self._row
        line = "\t".join(row.cells)
        if line and self._rows is not None:
            for ordinal in range(1, min(row.repeated, _REPEATED) + 1):
                self._rows.add(self._number + ordinal, line)
            if row.repeated > _REPEATED:
                self._rows.add(
                    self._number + row.repeated,
                    f"[the same row {row.repeated - _REPEATED:,} times more]",
                )
        self._number += row.repeated
        self._row = _Row()


def _letters(column: int) -> str:
    """Return the name of a column, from 1: A to Z, AA and so on."""
    name = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        name = chr(65 + letter) + name
    return name

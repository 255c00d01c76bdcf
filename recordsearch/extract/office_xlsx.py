"""Workbooks (xlsx, SpreadsheetML in ECMA-376 part 1): each sheet a page, a long one several.

Rows are lines with tabs between the cells. Sheets are streamed; of a workbook only its strings are
held, packed as UTF-8.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_cells import Format, format_of
from recordsearch.extract.office_drawing import Drawings
from recordsearch.extract.office_opc import Related, first_of, main_part, relations
from recordsearch.extract.office_pages import Drafts, Rows, as_pages, drafts_of
from recordsearch.extract.office_sheet import CELL_CHARACTERS, Look, Sheet
from recordsearch.extract.office_sheet_notes import sheet_comments
from recordsearch.extract.office_xml import Attributes, number, relation, stream, value
from recordsearch.extract.office_zip import BYTES, MEND, PART_BYTES, SPLIT, Package, opened
from recordsearch.records import Adapter, Page

ADAPTER = Adapter("xlsx", "1")

SHEETS = 10_000
STRINGS = 20_000_000
STRING_BYTES = 256 * 1024 * 1024
_FORMATS = 100_000
_CODES = 5_000
_SHEET_KINDS = frozenset({"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet"})
_HIDDEN = {"hidden": "hidden sheet", "veryHidden": "very hidden sheet"}


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
    with opened(path) as package:
        main = main_part(package, "xl/workbook.xml")
        found = relations(package, main)
        if main.endswith(".bin"):
            raise UnreadableError("extract", "a binary workbook (xlsb)", "save it as .xlsx")
        workbook = _Workbook()
        stream(package.blocks(main), workbook)
        strings = _Strings()
        styles = _Styles()
        missing = _read_shared(package, first_of(found, "sharedStrings"), strings)
        missing = _read_shared(package, first_of(found, "styles"), styles) or missing
        if strings.full:
            missing = f"only the first {STRING_BYTES:,} bytes of its texts were read"
        look = Look(strings.get, styles.formats, workbook.since_1904)
        people = first_of(found, "person")
        for listed in workbook.sheets[:SHEETS]:
            related = found.get(listed.relation)
            if related is None or related.kind in _SHEET_KINDS:
                _add_sheet(package, listed, related, look, people, drafts)
        if not drafts.pages:
            drafts.add("", "a workbook without sheets")
        if missing:
            drafts.blame(missing, SPLIT)


def _read_shared(package: Package, part: str, reader: "_Strings | _Styles") -> str:
    """Read what all sheets share; return why some of it is missing."""
    if part:
        try:
            stream(package.blocks(part, PART_BYTES), reader)
        except UnreadableError as error:
            return f"parts are missing: {error.message}"
    return ""


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    state: str
    relation: str


def _add_sheet(
    package: Package,
    listed: _Listed,
    related: Related | None,
    look: Look,
    people: str,
    drafts: Drafts,
) -> None:
    """Add a sheet's pages; of a damaged one what stands before the damage."""
    title = f"{_HIDDEN.get(listed.state, 'sheet')}: {listed.name}"

    def reason(first: int, last: int) -> str:
        return f"rows {first:,} to {last:,} of the {title}" if last else f"the {title}"

    rows = Rows(drafts, f"[{title}]", reason)
    missing = "" if related else "the sheet is missing in the file"
    below: list[str] = []
    if related:
        sheet = Sheet(look, rows.add)
        try:
            stream(package.blocks(related.part, PART_BYTES), sheet)
            named = relations(package, related.part)
            below = sheet_comments(package, named, people)
            drawings = Drawings(package, named)
            below += [drawings.part(one.part) for one in named.values() if one.kind == "drawing"]
            missing = drawings.missing
        except UnreadableError as error:
            missing = error.message
        missing = missing or sheet.cut
    for line in below:
        if line:
            rows.add_below(line)
    rows.close()
    if missing:
        drafts.blame(f"parts of the {title} are missing: {missing}", MEND)


class _Workbook:
    def __init__(self) -> None:
        self.sheets: list[_Listed] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "x:sheet" and len(self.sheets) < SHEETS:
            title = " ".join(value(attributes, "name")[:200].split())
            self.sheets.append(_Listed(title, value(attributes, "state"), relation(attributes)))
        elif name == "x:workbookPr":
            self.since_1904 = value(attributes, "date1904") in ("1", "true")

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Styles:
    """The number format of each cell style."""

    def __init__(self) -> None:
        self.formats: list[Format] = []
        self._codes: dict[int, str] = {}
        self._in_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "x:numFmt" and len(self._codes) < _CODES:
            code = value(attributes, "formatCode")
            self._codes[number(attributes, "numFmtId", 0, 10**9)] = code
        elif name == "x:cellXfs":
            self._in_cells = True
        elif name == "x:xf" and self._in_cells and len(self.formats) < _FORMATS:
            which = number(attributes, "numFmtId", 0, 10**9)
            self.formats.append(format_of(which, self._codes.get(which, "")))

    def end(self, name: str) -> None:
        if name == "x:cellXfs":
            self._in_cells = False

    def text(self, data: str) -> None:
        pass


class _Strings:
    """The strings that cells name by number; how they are pronounced is left out."""

    def __init__(self) -> None:
        self.full = False
        self._bytes = bytearray()
        self._ends = array("Q", [0])
        self._parts: list[str] = []
        self._length = 0
        self._taking = False
        self._spoken = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        if name == "x:rPh":
            self._spoken += 1
        elif name == "x:t":
            self._taking = not self._spoken

    def end(self, name: str) -> None:
        if name == "x:t":
            self._taking = False
        elif name == "x:rPh":
            self._spoken -= 1
        elif name == "x:si":
            text = " ".join("".join(self._parts).split("\n")).encode("utf-8", "replace")
            self._parts.clear()
            self._length = 0
            if len(self._ends) > STRINGS or len(self._bytes) + len(text) > STRING_BYTES:
                self.full = True
            elif not self.full:
                self._bytes += text
                self._ends.append(len(self._bytes))

    def text(self, data: str) -> None:
        if self._taking and not self.full and self._length < CELL_CHARACTERS:
            self._parts.append(data)
            self._length += len(data)

    def get(self, raw: str) -> str:
        """Return the string of that number."""
        at = int(raw)
        if not 0 <= at < len(self._ends) - 1:
            return "[text missing]"
        return self._bytes[self._ends[at] : self._ends[at + 1]].decode()

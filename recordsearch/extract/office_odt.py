"""OpenDocument texts (odt): all text that a reader may find, deleted text and comments too.

Pages are those at whose ends the program wrote a break down when it last laid the text out
(``text:soft-page-break``), and those that paragraphs ask to begin.
"""

import re
from collections.abc import Iterator

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_odf import MARK, OdfText, document, read_part
from recordsearch.extract.office_pages import Drafts, as_pages, drafts_of
from recordsearch.extract.office_table import NESTED, cut_at_breaks, row_line
from recordsearch.extract.office_xml import Attributes, value
from recordsearch.extract.office_zip import BYTES, MEND
from recordsearch.extract.plain import cut
from recordsearch.records import Adapter, Page

ADAPTER = Adapter("odt", "1")

_HEADERS = {
    **dict.fromkeys(("style:header", "style:header-left", "style:header-first"), "header"),
    **dict.fromkeys(("style:footer", "style:footer-left", "style:footer-first"), "footer"),
}
_STYLES = 100_000
_HEADER_LINES = 100


def count_pages(path: str) -> int:
    """Return the number of pages that the text records, at least 1.

    :raises UnreadableError: the file cannot be opened, is empty, too large, encrypted or damaged.
    """
    return len(drafts_of(path, ADAPTER.name, BYTES, _read))


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield pages ``first`` to ``last``.

    :raises UnreadableError: the file cannot be opened, is empty, too large, encrypted or damaged.
    """
    yield from as_pages(drafts_of(path, ADAPTER.name, BYTES, _read), first, last, ADAPTER)


def _read(path: str, drafts: Drafts) -> None:
    body, styles = _Body(), _Headers()
    with document(path) as package:
        missing = read_part(package, "content.xml", body)
        if missing and not any(block.strip() for block in body.blocks):
            raise UnreadableError("extract", missing, MEND)
        if "styles.xml" in package:
            missing = read_part(package, "styles.xml", styles) or missing
    text = "\n".join(body.blocks)
    pages = cut_at_breaks(text)
    reason = "the only page: the document records no page breaks"
    if "\v" in text:
        reason = "pages as the program last laid them out"
    elif len(pages) > 1:
        reason = "pages by the breaks that the document sets; others are not recorded"
    endnotes: list[str] = []
    for number, page in enumerate(pages, 1):
        lines = [*(styles.lines("header") if number == 1 else ()), MARK.sub("", page).rstrip("\n")]
        for found in MARK.finditer(page):
            note = body.notes[int(found[1])]
            (endnotes if note.kind == "endnote" else lines).append(MARK.sub("", note.shown()))
        lines += styles.lines("footer") if number == 1 else []
        lines += endnotes if number == len(pages) else []
        parts = cut("\n".join(lines)) or [""]
        for part in parts:
            drafts.add(part, f"{reason}; cut where it grew too long" if len(parts) > 1 else reason)
    if missing:
        drafts.blame(f"parts are missing: {missing}", MEND)


class _Body(OdfText):
    def __init__(self) -> None:
        super().__init__()
        self._rows: list[list[list[str]]] = []
        self._deleted: dict[str, str] = {}
        self._change = ""
        self._style = ""
        self._breaks_before: set[str] = set()
        self._breaks_after: set[str] = set()
        self._break_next = False

    def start_paragraph(self, attributes: Attributes) -> None:
        """Take the beginning of a paragraph, which is open."""
        style = value(attributes, "style-name")
        first = len(self._blocks) == 1 and not self._blocks[0] and not self._rows
        if self._break_next or (style in self._breaks_before and not first):
            self.say("\f")
        self._break_next = style in self._breaks_after

    def start_other(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element that only texts have."""
        if name == "text:soft-page-break":
            if self._paragraphs:
                self.say("\v")
            else:
                self._blocks[-1].append("\v")
        elif name == "table:table-row":
            self._rows.append([])
        elif (name == "table:table-cell" and len(self._rows) <= NESTED) or name == "text:deletion":
            self._blocks.append([])
        elif name == "text:changed-region":
            self._change = value(attributes, "id")
        elif name == "text:change":
            if deleted := self._deleted.get(value(attributes, "change-id"), ""):
                self._deleted[value(attributes, "change-id")] = ""
                self.say(f"[deleted: {deleted}]")
        elif name.startswith("style:"):
            self._start_style(name, attributes)

    def _start_style(self, name: str, attributes: Attributes) -> None:
        """Note which paragraphs' styles begin a page."""
        if name == "style:style":
            self._style = value(attributes, "name")
            if value(attributes, "master-page-name"):
                self._note_break(self._breaks_before)
        elif name == "style:paragraph-properties":
            if value(attributes, "break-before") == "page":
                self._note_break(self._breaks_before)
            if value(attributes, "break-after") == "page":
                self._note_break(self._breaks_after)

    def end_other(self, name: str) -> None:
        """Take its end."""
        if name == "table:table-cell" and len(self._rows) <= NESTED:
            cell = self._blocks.pop()
            if self._rows:
                self._rows[-1].append(cell)
        elif name == "table:table-row":
            self._blocks[-1].append(row_line(self._rows.pop()))
        elif name == "text:deletion":
            text = "\n".join(self._blocks.pop())
            self._deleted[self._change] = re.sub("[\f\v]", "", MARK.sub("", text)).strip()

    def _note_break(self, breaks: set[str]) -> None:
        if len(breaks) < _STYLES:
            breaks.add(self._style)


class _Headers(OdfText):
    """The headers and footers of all page styles, in ``styles.xml``."""

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, list[str]] = {"header": [], "footer": []}

    def lines(self, kind: str) -> list[str]:
        """Return the headers or the footers, different ones once."""
        return [f"[{kind}: {text}]" for text in dict.fromkeys(self._found[kind])][:_HEADER_LINES]

    def start_other(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of a header."""
        if name in _HEADERS:
            self._blocks.append([])

    def end_other(self, name: str) -> None:
        """Take the end of a header."""
        if name in _HEADERS:
            text = MARK.sub("", "\n".join(self._blocks.pop())).strip()
            if text:
                self._found[_HEADERS[name]].append(text)

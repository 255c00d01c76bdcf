"""OpenDocument presentations (odp): a slide is a page, with its notes."""

from collections.abc import Iterator

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_odf import MARK, Note, OdfText, document, read_part
from recordsearch.extract.office_pages import Drafts, as_pages, drafts_of
from recordsearch.extract.office_table import NESTED, row_line
from recordsearch.extract.office_xml import Attributes, value
from recordsearch.extract.office_zip import BYTES, MEND
from recordsearch.records import Adapter, Page

ADAPTER = Adapter("odp", "1")

_STYLES = 100_000


def count_pages(path: str) -> int:
    """Return the number of slides, at least 1.

    :raises UnreadableError: the file cannot be opened, is empty, too large, encrypted or damaged.
    """
    return len(drafts_of(path, ADAPTER.name, BYTES, _read))


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield slides ``first`` to ``last``.

    :raises UnreadableError: the file cannot be opened, is empty, too large, encrypted or damaged.
    """
    yield from as_pages(drafts_of(path, ADAPTER.name, BYTES, _read), first, last, ADAPTER)


def _read(path: str, drafts: Drafts) -> None:
    slides = _Slides(drafts)
    with document(path) as package:
        missing = read_part(package, "content.xml", slides)
    slides.end_slide()  # one that the file breaks off in
    if not drafts.pages:
        if missing:
            raise UnreadableError("extract", missing, MEND)
        drafts.add("", "a presentation without slides")
    if missing:
        drafts.blame(f"parts are missing: {missing}", MEND)


class _Slides(OdfText):
    def __init__(self, drafts: Drafts) -> None:
        super().__init__()
        self._drafts = drafts
        self._slide = False
        self._hidden = False
        self._rows: list[list[list[str]]] = []
        self._notes = ""
        self._comments: list[str] = []
        self._style = ""
        self._hiding: set[str] = set()

    def start_other(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element that only presentations have."""
        if name == "draw:page":
            self.end_slide()
            self._slide = True
            self._hidden = value(attributes, "style-name") in self._hiding
        elif (
            name == "table:table-cell" and len(self._rows) <= NESTED
        ) or name == "presentation:notes":
            self._blocks.append([])
        elif name == "table:table-row":
            self._rows.append([])
        elif name == "style:style":
            self._style = value(attributes, "name")
        elif name == "style:drawing-page-properties":
            self._note_hidden(attributes)

    def _note_hidden(self, attributes: Attributes) -> None:
        if value(attributes, "visibility") == "hidden" and len(self._hiding) < _STYLES:
            self._hiding.add(self._style)

    def end_other(self, name: str) -> None:
        """Take its end."""
        if name == "draw:page":
            self.end_slide()
        elif name == "presentation:notes":
            lines = [line for line in self._blocks.pop() if line.strip()]
            self._notes = "\n".join(lines)
        elif name == "table:table-cell" and len(self._rows) <= NESTED:
            cell = self._blocks.pop()
            if self._rows:
                self._rows[-1].append(cell)
        elif name == "table:table-row":
            self._blocks[-1].append(row_line(self._rows.pop()))

    def comment(self, note: Note) -> None:
        """Take a comment that has ended."""
        self._comments.append(note.shown())

    def end_slide(self) -> None:
        """End the open slide, if there is one."""
        if not self._slide:
            return
        self._slide = False
        lines = ["[hidden slide]"] if self._hidden else []
        lines += [line for line in self._blocks[0] if line.strip()]
        lines += ["", f"[notes: {self._notes}]"] if self._notes else []
        lines += self._comments
        number = len(self._drafts.pages) + 1
        self._blocks[0].clear()
        self._comments.clear()
        self._notes = ""
        self._drafts.add(MARK.sub("", "\n".join(lines)), f"slide {number} of a presentation")

"""Presentations (pptx, PresentationML in ECMA-376 part 1): a slide is a page, with its notes."""

from collections.abc import Iterator

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_drawing import Drawings, DrawingText, PartText
from recordsearch.extract.office_opc import first_of, main_part, relations
from recordsearch.extract.office_pages import CHARACTERS, as_page
from recordsearch.extract.office_xml import Attributes, relation, stream, value
from recordsearch.extract.office_zip import SPLIT, Package, opened
from recordsearch.extract.plain import PAGE_CHARACTERS
from recordsearch.records import Adapter, Page

ADAPTER = Adapter("pptx", "1")

SLIDES = 20_000
_AUTHORS = 10_000
_COMMENTS = frozenset({"p:cm", "p188:cm", "p188:reply"})


def count_pages(path: str) -> int:
    """Return the number of slides, at least 1.

    :raises UnreadableError: the file cannot be opened, is empty, too large, encrypted or damaged.
    """
    with opened(path) as package:
        return max(1, len(_slides(package)))


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield slides ``first`` to ``last``; one that is damaged says so.

    :raises UnreadableError: the file cannot be opened, is empty, too large, encrypted or damaged.
    """
    with opened(path) as package:
        slides = _slides(package)
        if not slides and first <= 1 <= last:
            yield as_page(1, "", ADAPTER, "a presentation without slides")
        authors = _authors(package)
        for number in range(max(1, first), min(last, len(slides)) + 1):
            yield _page(package, number, slides[number - 1], authors)


def _page(package: Package, number: int, part: str, authors: dict[str, str]) -> Page:
    reason = f"slide {number} of a presentation"
    mend = "open it in PowerPoint and save it as PDF"
    lines: list[str] = []
    missing = ""
    try:
        found = relations(package, part)
        drawings = Drawings(package, found)
        slide = _Slide(drawings)
        try:
            stream(package.blocks(part), slide)
        finally:
            lines = ["[hidden slide]", *slide.lines] if slide.hidden else slide.lines
        if notes := first_of(found, "notesSlide"):
            reader = _Slide(Drawings(package, relations(package, notes)))
            stream(package.blocks(notes), reader)
            said = "\n".join(reader.lines)
            lines += ["", f"[notes: {said}]"] if said else []
        for related in found.values():
            if related.kind == "comments":
                lines += _comments(package, related.part, authors)
        missing = drawings.missing
    except UnreadableError as error:
        missing = error.message
    text = "\n".join(lines)
    if len(text) > PAGE_CHARACTERS * 10:
        text = text[: PAGE_CHARACTERS * 10]
        missing, mend = f"only its first {len(text):,} characters were read", SPLIT
    return as_page(number, text, ADAPTER, reason, missing, mend if missing else "")


def _slides(package: Package) -> list[str]:
    """Return the slides' parts in their order."""
    main = main_part(package, "ppt/presentation.xml")
    found = relations(package, main)
    reader = _Presentation()
    stream(package.blocks(main), reader)
    return list(dict.fromkeys(found[one].part for one in reader.slides if one in found))


def _authors(package: Package) -> dict[str, str]:
    """Return who comments, by the number that comments name them by."""
    reader = _Authors()
    for related in relations(package, main_part(package, "ppt/presentation.xml")).values():
        if related.kind in ("commentAuthors", "authors") and related.part in package:
            try:
                stream(package.blocks(related.part), reader)
            except UnreadableError:
                break  # comments without names are better than none
    return reader.found


def _comments(package: Package, part: str, authors: dict[str, str]) -> list[str]:
    reader = _Comments(authors)
    stream(package.blocks(part), reader)
    return reader.found


class _Presentation:
    def __init__(self) -> None:
        self.slides: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "p:sldId" and len(self.slides) < SLIDES:
            self.slides.append(relation(attributes))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Authors:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("p:cmAuthor", "p188:author") and len(self.found) < _AUTHORS:
            self.found[value(attributes, "id")[:100]] = value(attributes, "name")[:200]

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Slide(DrawingText):
    """A slide or its notes; a placeholder that only repeats the slide's number is left out."""

    def __init__(self, part_text: PartText) -> None:
        super().__init__(part_text)
        self.hidden = False
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if name == "p:sld":
            self.hidden = value(attributes, "show", "1") in ("0", "false")
        elif name == "p:ph" and value(attributes, "type") == "sldNum" and not self._skipped:
            self._number = True
        elif name == "p:sp":
            self._number = False
        super().start(name, attributes)

    def text(self, data: str) -> None:
        """Take character data."""
        self._size += len(data)
        if not self._number and self._size < CHARACTERS:
            super().text(data)

    _number = False


class _Comments(DrawingText):
    def __init__(self, authors: dict[str, str]) -> None:
        super().__init__(lambda _: "")
        self.found: list[str] = []
        self._authors = authors
        self._heads: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _COMMENTS:
            self._close()
            author = self._authors.get(value(attributes, "authorId"), "")
            date = (value(attributes, "dt") or value(attributes, "created"))[:10]
            who = f" by {author}" if author else ""
            self._heads.append(f"comment{who}{f' on {date}' if date else ''}")
        super().start(name, attributes)

    def end(self, name: str) -> None:
        super().end(name)
        if name in _COMMENTS:
            self._close()
            self._heads.pop()

    def _close(self) -> None:
        """End a comment where its replies, which stand inside it, begin."""
        if self.lines and self._heads:
            self.found.append(f"[{self._heads[-1]}: {' '.join(self.lines)}]")
        self.lines.clear()

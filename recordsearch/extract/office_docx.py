"""Word documents (docx, WordprocessingML in ECMA-376 part 1): all text that a reader may find.

Page breaks are those that Word wrote down when it last laid the document out, and those that the
document sets; how many other pages a document has, nobody knows who does not lay it out.
"""

import re
from collections.abc import Iterator

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_docx_story import SECTION, Note, Section, Story
from recordsearch.extract.office_drawing import Drawings
from recordsearch.extract.office_opc import Related, first_of, main_part, relations
from recordsearch.extract.office_pages import Drafts, as_pages, drafts_of
from recordsearch.extract.office_table import BREAKS, cut_at_breaks
from recordsearch.extract.office_xml import stream
from recordsearch.extract.office_zip import BYTES, MEND, Package, opened
from recordsearch.extract.plain import cut
from recordsearch.records import Adapter, Page

ADAPTER = Adapter("docx", "1")

_REFERENCE = re.compile("\x01([fec])(-?[0-9]*)\x02")
_LEADING_BREAK = re.compile(r"[ \t\n]*\v")


def count_pages(path: str) -> int:
    """Return the number of pages that the document records, at least 1.

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
        document = _Document(package)
    text = document.text
    recorded = "\v" in text
    pages = cut_at_breaks(text)
    reason = "the only page: the document records no page breaks"
    if recorded:
        reason = "pages as Word last laid them out"
    elif len(pages) > 1:
        reason = "pages by the breaks that the document sets; others are not recorded"
    notes = _Notes(document)
    for number, page in enumerate(pages, 1):
        whole = notes.resolve(page)
        if number == len(pages):
            whole += notes.rest()
        parts = cut(whole) or [""]
        for part in parts:
            told = f"{reason}; cut where it grew too long" if len(parts) > 1 else reason
            drafts.add(part, told)
    if document.missing:
        drafts.blame(f"parts are missing: {document.missing}", MEND)


class _Document:
    """The stories of a document, read."""

    def __init__(self, package: Package) -> None:
        main = main_part(package, "word/document.xml")
        found = relations(package, main)
        self.missing = ""
        self._package = package
        self._shown: set[str] = set()
        body = self._story(main, found, whole=False)
        self.commented = body.commented
        self.text = self._with_headers("\n".join(body.blocks), body.sections, found)
        self.footnotes = self._notes(found, "footnotes")
        self.endnotes = self._notes(found, "endnotes")
        self.comments = self._notes(found, "comments")

    def _story(self, part: str, found: dict[str, Related], *, whole: bool = True) -> Story:
        """Read a part; a damaged one gives what stands before the damage."""
        drawings = Drawings(self._package, found)
        story = Story(drawings)
        try:
            stream(self._package.blocks(part), story)
        except UnreadableError as error:
            if not whole and not any(block.strip() for block in story.blocks):
                raise
            self.missing = error.message
        self.missing = self.missing or drawings.missing
        return story

    def _notes(self, found: dict[str, Related], kind: str) -> dict[str, Note]:
        part = first_of(found, kind)
        if not part:
            return {}
        return self._story(part, self._relations(part)).notes

    def _relations(self, part: str) -> dict[str, Related]:
        try:
            return relations(self._package, part)
        except UnreadableError as error:
            self.missing = error.message
            return {}

    def _with_headers(self, text: str, sections: list[Section], found: dict[str, Related]) -> str:
        """Put each section's headers before it and its footers after it, the same ones once."""
        parts: list[str] = []
        for number, said in enumerate(text.split(SECTION)):
            said = said.removeprefix("\n").removesuffix("\n")
            section = sections[number] if number < len(sections) else Section()
            broken = _LEADING_BREAK.match(said)
            if broken:
                said = said[broken.end() :]
            if number:
                parts.append("\f" if broken or not section.continuous else "\n")
            parts.extend(self._shown_once(section.headers, "header", found))
            parts.append(said)
            footers = self._shown_once(section.footers, "footer", found)
            parts.extend(["\n", *footers] if footers else [])
        return "".join(parts)

    def _shown_once(self, named: list[str], what: str, found: dict[str, Related]) -> list[str]:
        lines = []
        for one in named[:3]:  # of the first page, of even and of other pages
            part = found[one].part if one in found else ""
            if not part or part in self._shown:
                continue
            self._shown.add(part)
            blocks = self._story(part, self._relations(part)).blocks
            text = BREAKS.sub("", "\n".join(line for line in blocks if line.strip("\x0f \t\n")))
            if text.strip() and f"{what}{text}" not in self._shown:
                self._shown.add(f"{what}{text}")
                lines.append(f"[{what}: {text.strip()}]\n")
        return lines


class _Notes:
    """Puts notes at the end of the page that refers to them."""

    def __init__(self, document: _Document) -> None:
        self._footnotes = document.footnotes
        self._endnotes = document.endnotes
        self._comments = document.comments
        self._commented = document.commented
        self._numbers: dict[str, dict[str, int]] = {"f": {}, "e": {}, "c": {}}
        self._below: list[str] = []

    def resolve(self, page: str) -> str:
        """Return a page with its footnotes and comments below it."""
        self._below = []
        text = _REFERENCE.sub(self._refer, page)
        return "\n".join([text.rstrip("\n"), *self._below]) if self._below else text

    def rest(self) -> str:
        """Return what stands at the document's end: endnotes, and notes that nothing refers to."""
        ends = sorted(self._numbers["e"].items(), key=lambda one: one[1])
        lines = [
            f"[endnote {number}: {self._endnotes[key].text}]"
            for key, number in ends
            if key in self._endnotes
        ]
        for kind, notes in (("f", self._footnotes), ("e", self._endnotes)):
            known = self._numbers[kind]
            lines += [f"[note: {note.text}]" for key, note in notes.items() if key not in known]
        known = self._numbers["c"]
        lines += [self._comment(key) for key in self._comments if key not in known]
        return "".join(f"\n{_REFERENCE.sub('', line)}" for line in lines)

    def _refer(self, match: "re.Match[str]") -> str:
        kind, key = match.groups()
        known = self._numbers[kind]
        new = key not in known
        number = known.setdefault(key, len(known) + 1)
        if kind == "e":
            return f"[endnote {number}]"
        if kind == "c":
            if new and key in self._comments:
                self._below.append(_REFERENCE.sub("", self._comment(key)))
            return ""
        if new and key in self._footnotes:
            text = _REFERENCE.sub("", self._footnotes[key].text)
            self._below.append(f"[footnote {number}: {text}]")
        return f"[{number}]"

    def _comment(self, key: str) -> str:
        note = self._comments[key]
        who = f" by {note.author}" if note.author else ""
        when = f" on {note.date}" if note.date else ""
        what = self._commented.get(key, "").strip()
        about = f", about “{what}”" if what else ""
        return f"[comment{who}{when}{about}: {note.text}]"

r"""The stories of a Word document: its body, headers, notes and comments (WordprocessingML).

A story is turned into one text in which characters that XML does not allow mark what is settled
when all of it is known: ``\v`` a page break that Word recorded, ``\f`` one that the document sets,
``\x0e`` the end of a section, ``\x01 … \x02`` a reference to a note, ``\x03 … \x04`` deleted text,
``\x05 … \x06`` text moved away, ``\x0f`` a picture.
"""

from dataclasses import dataclass, field

from recordsearch.extract.office_drawing import PartText
from recordsearch.extract.office_pages import PICTURE
from recordsearch.extract.office_table import NESTED, row_line
from recordsearch.extract.office_xml import Attributes, relation, value

SECTION = "\x0e"
_TAKEN = frozenset({"w:t", "w:delText", "m:t", "a:t"})
_PROPERTIES = frozenset({"w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr", "w:tblGrid"})
_SKIPPED = frozenset({"mc:Fallback", "w:pPrChange", "w:rPrChange", "w:sectPrChange", "w:ffData"})
_SAID = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:lastRenderedPageBreak": "\v",
    "w:drawing": PICTURE,
    "w:pict": PICTURE,
    "w:object": PICTURE,
    "w:del": "\x03",
    "w:moveFrom": "\x05",
}
_SAID_AT_END = {"w:del": "\x04", "w:moveFrom": "\x06", "a:p": " "}
_REFERENCES = {"w:footnoteReference": "f", "w:endnoteReference": "e", "w:commentReference": "c"}
_NOTES = frozenset({"w:footnote", "w:endnote", "w:comment"})
_NO_BREAKS = str.maketrans("", "", "\f\v" + SECTION)
_OFF = frozenset({"0", "false", "off"})
_COMMENTED, _COMMENTED_CHARACTERS = 20, 200


@dataclass(slots=True)
class Section:
    """A section: whether it begins on the page before, and the ids of its headers and footers."""

    continuous: bool = False
    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Note:
    """A footnote, an endnote or a comment; ``on`` is what is commented on."""

    author: str
    date: str
    text: str = ""


@dataclass(slots=True)
class _Paragraph:
    said: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    ends_section: bool = False


class Story:
    """Takes a story's XML; ``blocks`` joined by line ends is its text.

    ``sections`` are the body's; ``notes`` those of a part of notes, by id; ``commented`` is the
    text that a comment is on, by the comment's id.
    """

    def __init__(self, part_text: PartText) -> None:
        self.sections: list[Section] = []
        self.notes: dict[str, Note] = {}
        self.commented: dict[str, str] = {}
        self._part_text = part_text
        self._blocks: list[list[str]] = [[]]
        self._paragraphs: list[_Paragraph] = []
        self._rows: list[list[list[str]]] = []
        self._boxes = 0
        self._taking = False
        self._skipped = 0
        self._properties = 0
        self._section: Section | None = None
        self._note: str | None = None
        self._ranges: dict[str, list[str]] = {}

    @property
    def blocks(self) -> list[str]:
        """Return the lines so far."""
        return self._blocks[0]

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
        elif name in _TAKEN:
            self._taking = True
        elif name in _PROPERTIES:
            self._properties += 1
        elif name == "w:sectPr" or self._section:
            self._start_section(name, attributes)
        elif self._properties:
            if name == "w:pageBreakBefore" and value(attributes, "val", "1") not in _OFF:
                self._say("\f")
        elif name == "w:p":
            self._paragraphs.append(_Paragraph())
        elif name in _SAID:
            self._say(_SAID[name])
        else:
            self._start_other(name, attributes)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
        elif name in _TAKEN:
            self._taking = False
        elif name in _PROPERTIES:
            self._properties -= 1
        elif name == "w:sectPr":
            self._end_section()
        elif self._properties or self._section:
            pass
        elif name == "w:p":
            self._end_paragraph()
        elif name in _SAID_AT_END:
            self._say(_SAID_AT_END[name])
        else:
            self._end_other(name)

    def text(self, data: str) -> None:
        """Take character data."""
        if self._taking:
            self._say(data)
            for taken in self._ranges.values():
                if len(taken) < _COMMENTED_CHARACTERS:
                    taken.append(data)

    def _say(self, text: str) -> None:
        (self._paragraphs[-1].said if self._paragraphs else self._blocks[-1]).append(text)

    def _start_other(self, name: str, attributes: Attributes) -> None:
        if name == "w:br":
            self._say("\f" if value(attributes, "type") == "page" else "\n")
        elif name == "w:tr":
            self._rows.append([])
        elif name == "w:tc" and len(self._rows) <= NESTED:
            self._blocks.append([])
        elif name == "w:txbxContent":
            self._boxes += 1
            if self._boxes <= NESTED:
                self._blocks.append([])
        elif name in _REFERENCES:
            self._say(f"\x01{_REFERENCES[name]}{_id(attributes)}\x02")
        elif name in _NOTES:
            self._start_note(attributes)
        elif name == "w:commentRangeStart" and len(self._ranges) < _COMMENTED:
            self._ranges[_id(attributes)] = []
        elif name == "w:commentRangeEnd":
            taken = self._ranges.pop(_id(attributes), [])
            self.commented[_id(attributes)] = "".join(taken)[:_COMMENTED_CHARACTERS]
        elif name == "?:textpath":  # a watermark
            self._box(value(attributes, "string"))
        elif name in ("c:chart", "dgm:relIds"):
            self._box(self._part_text(relation(attributes, "id" if name == "c:chart" else "dm")))

    def _end_other(self, name: str) -> None:
        if name == "w:tc" and len(self._rows) <= NESTED:
            cell = [line for line in self._blocks.pop() if line != SECTION]
            (self._rows[-1] if self._rows else self._blocks).append(cell)
        elif name == "w:tr":
            self._blocks[-1].append(row_line(self._rows.pop()))
        elif name == "w:txbxContent":
            self._boxes -= 1
            if self._boxes < NESTED:
                self._box("\n".join(self._blocks.pop()).translate(_NO_BREAKS))
        elif name in _NOTES and self._note is not None:
            lines = self._blocks.pop()
            self.notes[self._note].text = "\n".join(lines).translate(_NO_BREAKS).strip()
            self._note = None

    def _box(self, text: str) -> None:
        if text:
            (self._paragraphs[-1].boxes if self._paragraphs else self._blocks[-1]).append(text)

    def _start_section(self, name: str, attributes: Attributes) -> None:
        if self._section is None:
            self._section = Section()
        elif name == "w:type":
            self._section.continuous = value(attributes, "val") == "continuous"
        elif name == "w:headerReference":
            self._section.headers.append(relation(attributes))
        elif name == "w:footerReference":
            self._section.footers.append(relation(attributes))

    def _end_section(self) -> None:
        if self._section is not None:
            self.sections.append(self._section)
            self._section = None
            if self._paragraphs:
                self._paragraphs[-1].ends_section = True

    def _start_note(self, attributes: Attributes) -> None:
        if self._note is None and value(attributes, "type", "normal") == "normal":
            self._note = _id(attributes)
            author, date = value(attributes, "author")[:200], value(attributes, "date")[:10]
            self.notes[self._note] = Note(author, date)
            self._blocks.append([])

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        blocks = self._blocks[-1]
        blocks.append(_marked("".join(paragraph.said)))
        blocks.extend(paragraph.boxes)
        if paragraph.ends_section:
            blocks.append(SECTION)


def _id(attributes: Attributes) -> str:
    return "".join(one for one in value(attributes, "id")[:20] if one in "-0123456789")


def _marked(text: str) -> str:
    """Return a paragraph with its deleted and moved text in words."""
    if "\x03" in text:
        text = text.replace("\x04\x03", "").replace("\x03\x04", "")
        text = text.replace("\x03", "[deleted: ").replace("\x04", "]")
    if "\x05" in text:
        text = text.replace("\x06\x05", "").replace("\x05\x06", "")
        text = text.replace("\x05", "[moved away: ").replace("\x06", "]")
    return text

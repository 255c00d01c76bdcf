"""The stretches of text of an RTF document as they grow, and what its groups inherit."""

from dataclasses import dataclass, field

from recordsearch.extract.office_table import row_line


@dataclass(slots=True)
class State:
    """What a group inherits."""

    hidden: bool = False
    fonts: bool = False
    held: str = ""
    fallback: int = 1
    charset: str = ""
    deleted: bool = False
    in_table: bool = False
    page_before: bool = False


@dataclass(slots=True)
class Flow:
    """A stretch of text that stands for itself: the body, a header, a note, a text box."""

    kind: str = ""
    said: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    cell_from: int = 0
    endnote: bool = False
    boxes: list[str] = field(default_factory=list)
    fresh: bool = True
    section_at: int = -1
    deleting: bool = False

    def text(self) -> str:
        """Return the text with what the last row held, should its end be missing."""
        self.end_deleted()
        rest = [row_line(self.cells)] if self.cells else []
        whole = "".join([*self.said[: self.cell_from], *rest, *self.said[self.cell_from :]])
        # RTF writes characters beyond U+FFFF as two surrogates.
        text = "\n".join([whole, *self.boxes])
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def end_deleted(self) -> None:
        """Close the mark of deleted text."""
        if self.deleting:
            self.said.append("]")
            self.deleting = False

    def end_cell(self) -> None:
        """Make the text since the last cell a cell."""
        self.end_deleted()
        text = "".join(self.said[self.cell_from :])
        del self.said[self.cell_from :]
        self.cells.append(text.strip("\n").split("\n"))

    def end_row(self) -> None:
        """Make the cells since the last row a row."""
        if self.cells:
            self.said.append(row_line(self.cells) + "\n")
            self.cells.clear()
            self.cell_from = len(self.said)
            self.fresh = True


@dataclass(slots=True)
class Note:
    """A footnote, an endnote or a comment; ``label`` is its number or whose it is."""

    kind: str
    label: str
    text: str

    def shown(self) -> str:
        """Return it as a line."""
        return f"[{self.kind}{self.label}: {self.text}]"

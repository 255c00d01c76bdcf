"""A printed page: lines of words, redactions, tables, the Bates stamp and the fiction line.

Text is markup of four kinds: a run of words; ``[[CODE|WIDTH]]``, a black bar of WIDTH points with
the exemption code in white on it, or beside it if CODE begins with ``>``; ``¬`` inside a word,
where it may be broken by a hyphen; ``^^N``, a raised footnote number. What lies under a bar is
never written, so it cannot be in the text layer.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from fpdf import FPDF, FPDF_VERSION

FICTION = "Fictional sample document. No real person, agency or company is meant."
_MADE = datetime(2020, 1, 1, 12, 0, tzinfo=UTC)
_TOKEN = re.compile(r"(\s*)(\[\[[^\]]+\]\]|\^\^\d+|(?:(?!\[\[|\^\^)\S)+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """What cannot be broken over lines: a word, a bar or a footnote number."""

    text: str
    width: float
    space: bool
    kind: str = "word"


class Sheet(FPDF):
    """Letter-size pages filled from the top, with a footer on each.

    ``bates`` is the number of the first page, or None for pages without a stamp.
    """

    def __init__(
        self, title: str, *, font: str = "helvetica", size: float = 10.5, bates: int | None = None
    ) -> None:
        super().__init__(unit="pt", format="letter")
        describe(self, title)
        self.set_auto_page_break(auto=False)
        self.face = font
        self.size = size
        self.leading = round(size * 1.28, 1)
        self.left, self.right = 72.0, 540.0
        self.bottom = 716.0
        self.first_bates = bates
        self.y_line = 0.0

    def start_page(self) -> None:
        self.add_page()
        self.set_font(self.face, "", self.size)
        self.y_line = 66.0

    def footer(self) -> None:
        self.set_font("helvetica", "", 7.5)
        self.set_text_color(70)
        self.text(self.left, 764, FICTION)
        self.set_text_color(0)
        if self.first_bates is not None:
            self.set_font("helvetica", "B", 11)
            stamp = bates_number(self.first_bates + self.page_no() - 1)
            self.text(540 - self.get_string_width(stamp), 766, stamp)
        self.set_font(self.face, "", self.size)

    def room(self, height: float) -> None:
        """Start a new page if ``height`` more points do not fit on this one."""
        if self.page_no() == 0 or self.y_line + height > self.bottom:
            self.start_page()

    def gap(self, lines: float = 1.0) -> None:
        self.y_line += self.leading * lines

    def rule(self, thickness: float = 1.5) -> None:
        self.room(self.leading)
        self.set_line_width(thickness)
        self.line(self.left, self.y_line + 4, self.right, self.y_line + 4)
        self.gap()

    def write_text(
        self,
        text: str,
        *,
        left: float | None = None,
        hang: float = 0.0,
        prefix: str = "",
        label: str = "",
        bold: bool = False,
    ) -> None:
        """Wrap one paragraph over lines and pages.

        Lines after the first stand ``hang`` points in; ``prefix`` begins each line, as ``> ``
        does; ``label`` is set in bold at the left of the first.
        """
        start = self.left if left is None else left
        self.set_font(self.face, "B" if bold else "", self.size)
        offset = self.get_string_width(prefix)
        pieces = self._pieces(text)
        first = True
        while pieces or first:
            x = start + offset + (0 if first and not label else hang)
            line, pieces = self._take(pieces, self.right - x)
            self.room(self.leading)
            self.set_font(self.face, "B" if bold else "", self.size)
            self.gap()
            if label and first:
                self.set_font(self.face, "B", self.size)
                self.text(start + offset, self.y_line, label)
                self.set_font(self.face, "", self.size)
            self._draw(line, x, prefix if prefix else "", start)
            first = False

    def block(self, code: str, lines: int) -> None:
        """Black out whole lines, with the exemption code in white on them."""
        self.room(self.leading * lines)
        height = self.leading * lines - 2
        self._bar(self.left, self.y_line + 4, self.right - self.left, height, code)
        self.gap(lines)

    def ruled_table(self, rows: list[list[str]], widths: list[float]) -> None:
        """Draw a ruled table; each cell is one line."""
        height = self.leading + 3
        self.gap(0.4)
        for number, row in enumerate(rows):
            self.room(height)
            x = self.left
            self.set_font(self.face, "B" if number == 0 else "", self.size - 1)
            self.set_line_width(0.6)
            for cell, width in zip(row, widths, strict=True):
                self.rect(x, self.y_line, width, height)
                self.text(x + 5, self.y_line + self.leading - 1, cell)
                x += width
            self.y_line += height
        self.set_font(self.face, "", self.size)

    def _pieces(self, text: str) -> list[Piece]:
        pieces = []
        for match in _TOKEN.finditer(text):
            space, token = bool(match[1]), match[2]
            if token.startswith("[["):
                code, _, width = token[2:-2].partition("|")
                extra = self.get_string_width(code[1:]) + 3 if code.startswith(">") else 0
                pieces.append(Piece(code, float(width) + extra, space, "bar"))
            elif token.startswith("^^"):
                pieces.append(Piece(token[2:], 4.5 * len(token[2:]), space, "note"))
            else:
                width_pt = self.get_string_width(token.replace("¬", ""))
                pieces.append(Piece(token, width_pt, space))
        return pieces

    def _take(self, pieces: list[Piece], width: float) -> tuple[list[Piece], list[Piece]]:
        """Split off the pieces that fit into ``width``: at least one, so that it always ends."""
        blank = self.get_string_width(" ")
        used = 0.0
        for number, piece in enumerate(pieces):
            need = piece.width + (blank if piece.space and number else 0)
            if number and used + need > width:
                head, tail = self._hyphenate(piece, width - used - blank)
                if head is not None and tail is not None:
                    return [*pieces[:number], head], [tail, *pieces[number + 1 :]]
                if not piece.space and number > 1:  # keep a full stop with what it follows
                    number -= 1
                return pieces[:number], pieces[number:]
            used += need
        return pieces, []

    def _hyphenate(self, piece: Piece, width: float) -> tuple[Piece | None, Piece | None]:
        head, found, tail = piece.text.partition("¬")
        size = self.get_string_width(head + "-")
        if not found or piece.kind != "word" or size > width:
            return None, None
        rest = Piece(tail, self.get_string_width(tail.replace("¬", "")), space=True)
        return Piece(head + "-", size, piece.space), rest

    def _draw(self, line: list[Piece], x: float, prefix: str, start: float) -> None:
        blank = self.get_string_width(" ")
        run, run_x = prefix, start if prefix else x
        for number, piece in enumerate(line):
            space = " " if piece.space and number else ""
            if piece.kind == "word":
                run += space + piece.text.replace("¬", "")
            else:
                if run.strip():
                    self.text(run_x, self.y_line, run)
                self._special(piece, x + blank * len(space))
                run, run_x = "", x + blank * len(space) + piece.width
            x += piece.width + blank * len(space)
        if run.strip():
            self.text(run_x + blank * (len(run) - len(run.lstrip())), self.y_line, run.lstrip())

    def _special(self, piece: Piece, x: float) -> None:
        if piece.kind == "note":
            self.set_font_size(self.size * 0.65)
            self.text(x + 0.5, self.y_line - self.size * 0.35, piece.text)
            self.set_font_size(self.size)
            return
        height = self.size * 1.12
        top = self.y_line - self.size * 0.86
        if piece.text.startswith(">"):
            code = piece.text[1:]
            width = piece.width - self.get_string_width(code) - 3
            self._bar(x, top, width, height, "")
            self.text(x + width + 3, self.y_line, code)
        else:
            self._bar(x, top, piece.width, height, piece.text)

    def _bar(self, x: float, top: float, width: float, height: float, code: str) -> None:
        self.set_fill_color(0)
        self.rect(x, top, width, height, style="F")
        if code:
            self.set_font("helvetica", "", min(9.0, self.size - 1))
            self.set_text_color(255)
            middle = x + (width - self.get_string_width(code)) / 2
            self.text(middle, top + height / 2 + 3.2, code)
            self.set_text_color(0)
            self.set_font(self.face, "", self.size)


def describe(pdf: FPDF, title: str) -> None:
    """Set what makes a PDF the same each time, and say in it that it is fiction."""
    pdf.set_compression(False)  # so that the bytes do not depend on the zlib in use
    pdf.set_creation_date(_MADE)
    pdf.set_title(title)
    pdf.set_subject(FICTION)
    pdf.set_creator("make_sample_docs")
    pdf.set_producer(f"fpdf2 {FPDF_VERSION}")


def bates_number(number: int) -> str:
    """Return the stamp of a page, such as ``QHPD-000101``."""
    return f"QHPD-{number:06d}"

"""What a PDF page shows beside its text: redactions, tables, pictures.

A box counts as a redaction only if it is dark where the page is drawn: a filled rectangle may be a
heading, white on black, or lie under something else. So a page is drawn, at a low resolution, where
it has a dark box of the size of a word or more; and a scan that has a text layer already where that
layer names exemptions, for to draw every scan would cost many times what reading its layer does.
Of pages that OCR reads, the picture is there.

A box that covers text which the file still holds is a redaction like any other: the text is in the
page's text, as the file has it, and the mark does not tell.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from recordsearch.extract.marks import marks, page_box, turned
from recordsearch.extract.page_objects import (
    THIN,
    Bounds,
    Drawn,
    Shape,
    drawn_objects,
    is_filled,
    is_stroked,
    subpaths,
)
from recordsearch.extract.pdf_render import draw_page, draw_part
from recordsearch.extract.pictures import is_scan, pictures_shown
from recordsearch.extract.redactions import (
    has_size_of_redaction,
    is_code,
    is_wide_bar,
    redacted,
    without_bars_of_charts,
)
from recordsearch.extract.runs import Box
from recordsearch.extract.tables import FEWEST_LINES, has_columns_of_numbers, ruled_tables
from recordsearch.records import Mark, MarkKind

if TYPE_CHECKING:
    from PIL.Image import Image

    from recordsearch.extract.pdf_text import PdfPage

_DPI = 72
_SCAN_DPI = 100
_DARK = 90
_LIGHT = 120
"""Levels of 255: of a box that is wholly dark hardly a pixel is lighter, of one with words many."""
_LIGHT_SHARE = 0.004
_SHAPES = 300
_MOST_BOXES = 100
_FEW_BOXES = 3
_LINES = 400
_MOST_OF_PAGE = 0.9
_SQUARE, _REDACT = 5, 28  # FPDF_ANNOT_SQUARE, _REDACT
_ANNOTATIONS = 300
_CHARACTERS = 120
# Most pages have none of these, and looking for them takes a tenth of the time of the pattern.
_HINTS = (
    *(f"{letter}{digit}" for letter in "bB" for digit in range(1, 10)),
    "(b)", "(B)", "b(", "B(", "Ex.", "xempt", "EXEMPT", "edact", "REDACT", "IN PART",
    "6254", "552.1",
)  # fmt: skip
_STAMP = re.compile(
    r"\([bB]\) ?\([1-9]|(?<!\w)[bB]\(?[1-9]\)?(?:\([A-F]\)|[A-F])?(?!\w)|\bEx\. ?[1-9]|xemption"
    r"|EXEMPTION|[Rr]edact|REDACT|RELEASED? IN PART|\b6254|\b552\.1"
)


def page_marks(
    page: "PdfPage", text: str, redactions: Sequence[Box] | None = None, turn: int = 0
) -> tuple[Mark, ...]:
    """Return what a page shows beside its ``text``.

    ``redactions`` are those found on its picture, where OCR had it drawn; ``turn`` is by how many
    degrees clockwise OCR turned the page to be upright. Whatever a hostile page provokes costs no
    more than the marks.
    """
    try:
        return _page_marks(page, text, redactions, turn)
    except Exception:
        return ()


def _page_marks(
    page: "PdfPage", text: str, redactions: Sequence[Box] | None, turn: int
) -> tuple[Mark, ...]:
    drawn = drawn_objects(page.handle)
    to_upright = page.to_upright()
    width, height = page.size
    pictures = [to_upright(x0, y1, x1, y0) for x0, y0, x1, y1 in drawn.pictures]
    tables = _tables(drawn, page)
    if redactions is None:
        scan = is_scan(pictures, width, height)
        stamped = bool(scan or drawn.shapes) and names_exemptions(text)
        if scan:
            redactions = _on_scan(page) if stamped else []
        else:
            redactions = _covered(page, drawn, tables, stamped=stamped)
    shown = pictures_shown(pictures, width, height)
    if turn:
        tables = [turned(box, width, height, turn) for box in tables]
        shown = [turned(box, width, height, turn) for box in shown]
    if turn in (90, 270):
        width, height = height, width
    if not tables and has_columns_of_numbers(text):
        tables = [page_box(width, height)]
    return marks(
        (MarkKind.REDACTION, redactions), (MarkKind.TABLE, tables), (MarkKind.IMAGE, shown)
    )


def names_exemptions(text: str) -> bool:
    """Tell whether a text has what is stamped on redactions, or speaks of them."""
    return any(hint in text for hint in _HINTS) and _STAMP.search(text) is not None


def _tables(drawn: Drawn, page: "PdfPage") -> list[Box]:
    lines = drawn.lines[:_LINES]
    for shape in drawn.shapes[:_SHAPES]:
        if len(lines) >= _LINES:
            break
        if is_stroked(shape):
            lines += _lines_of(shape)
    flat = sum(x1 - x0 > y1 - y0 for x0, y0, x1, y1 in lines)
    if min(flat, len(lines) - flat) < FEWEST_LINES:
        return []
    to_upright = page.to_upright()
    return ruled_tables([to_upright(x0, y1, x1, y0) for x0, y0, x1, y1 in lines])


def _lines_of(shape: Shape) -> list[Bounds]:
    """Return the straight lines of a path that run along the page's sides."""
    lines = []
    for part in subpaths(shape):
        for (x0, y0), (x1, y1) in zip(part, (*part[1:], part[0]), strict=True):
            if abs(x0 - x1) <= THIN or abs(y0 - y1) <= THIN:
                lines.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return lines


def _on_scan(page: "PdfPage") -> list[Box]:
    picture, dpi = draw_page(page.handle, *page.size, _SCAN_DPI)
    return redacted(picture, dpi)


def _covered(page: "PdfPage", drawn: Drawn, tables: Sequence[Box], *, stamped: bool) -> list[Box]:
    """Return the boxes that hide what is under them, as the page is drawn."""
    dark, light = _candidates(page, drawn, stamped=stamped)
    found: list[Box] = []
    plain: list[tuple[Box, Bounds]] = []
    for one in dark:
        (light if page.shows_light_text(one[1]) else plain).append(one)
    plain = plain[:_MOST_BOXES]
    if plain:
        for one, picture in zip(plain, _pictures(page, plain), strict=True):
            if _is_dark(picture):
                found.append(one[0])
            else:
                light.append(one)
    if stamped:
        found += [
            box
            for box, bounds in light
            if not any(_inside(box, table) for table in tables)
            and is_code(page.text_in(bounds, _CHARACTERS))
        ]
    return without_bars_of_charts(_apart(found))


def _candidates(
    page: "PdfPage", drawn: Drawn, *, stamped: bool
) -> tuple[list[tuple[Box, Bounds]], list[tuple[Box, Bounds]]]:
    """Return the boxes of a redaction's size: the dark ones, and others if they may be stamped."""
    width, height = page.size
    to_upright = page.to_upright()
    dark: list[tuple[Box, Bounds]] = []
    light: list[tuple[Box, Bounds]] = []
    for shape in drawn.shapes[:_SHAPES]:
        filled, level = is_filled(shape)
        is_dark = filled and level <= _DARK
        if not stamped and not is_dark:
            continue
        for bounds in _parts(shape):
            x0, y0, x1, y1 = bounds
            box = _clipped(to_upright(x0, y1, x1, y0), width, height)
            if not has_size_of_redaction(box) or (x1 - x0) * (y1 - y0) > (
                _MOST_OF_PAGE * width * height
            ):
                continue
            if is_dark and not is_wide_bar(box, width):
                dark.append((box, bounds))
            elif stamped:
                light.append((box, bounds))
    for x0, y0, x1, y1 in _noted(page):
        box = _clipped(to_upright(x0, y1, x1, y0), width, height)
        if has_size_of_redaction(box):
            dark.append((box, (x0, y0, x1, y1)))
    return dark, light


def _pictures(page: "PdfPage", boxes: Sequence[tuple[Box, Bounds]]) -> "Iterator[Image]":
    """Draw what is in each box; the page once where they are many."""
    width, height = page.size
    if len(boxes) <= _FEW_BOXES:
        for box, _ in boxes:
            yield draw_part(page.handle, width, height, _DPI, box)[0]
        return
    whole, dpi = draw_page(page.handle, width, height, _DPI)
    for (x0, top, x1, bottom), _ in boxes:
        edges = (x0, top, max(x1, x0 + 1), max(bottom, top + 1))
        left, upper, right, lower = (round(edge * dpi / 72) for edge in edges)
        yield whole.crop((left, upper, max(right, left + 1), max(lower, upper + 1)))


def _parts(shape: Shape) -> list[Bounds]:
    """Return the bounds of the boxes that a path draws: several may be drawn as one path."""
    parts = subpaths(shape)
    if len(parts) <= 1:
        return [shape.bounds]
    return [
        (
            min(x for x, _ in part),
            min(y for _, y in part),
            max(x for x, _ in part),
            max(y for _, y in part),
        )
        for part in parts
    ]


def _noted(page: "PdfPage") -> list[Bounds]:
    """Return the boxes of notes that may be drawn over the text: rectangles, redactions."""
    import pypdfium2.raw as raw

    found = []
    box = raw.FS_RECTF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.handle), _ANNOTATIONS)):
        note = raw.FPDFPage_GetAnnot(page.handle, index)
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind in (_SQUARE, _REDACT) and raw.FPDFAnnot_GetRect(note, ctypes.byref(box)):
            found.append((box.left, box.bottom, box.right, box.top))
        raw.FPDFPage_CloseAnnot(note)
    return found


def _is_dark(picture: "Image") -> bool:
    """Tell whether a box is dark all over, but for its rim, as it is drawn."""
    inner = picture.crop((1, 1, picture.width - 1, picture.height - 1))
    pixels = inner.width * inner.height
    return pixels > 0 and sum(inner.histogram()[_LIGHT:]) <= 1 + _LIGHT_SHARE * pixels


def _clipped(box: Box, width: float, height: float) -> Box:
    """Return what of a box is on the page."""
    return (max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3]))


def _apart(boxes: Sequence[Box]) -> list[Box]:
    """Leave out boxes that lie in others: a redaction is often drawn twice."""
    kept: list[Box] = []
    for box in sorted(set(boxes), key=lambda one: -(one[2] - one[0]) * (one[3] - one[1])):
        if not any(_inside(box, other) for other in kept):
            kept.append(box)
    return kept


def _inside(box: Box, other: Box) -> bool:
    return (
        box[0] >= other[0] - 1
        and box[1] >= other[1] - 1
        and box[2] <= other[2] + 1
        and box[3] <= other[3] + 1
    )

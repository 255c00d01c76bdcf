"""From boxes to the marks of a page, whatever it was read from."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from recordsearch.extract.runs import Box
from recordsearch.extract.tables import has_columns_of_numbers, has_rows_of_cells
from recordsearch.records import Mark, MarkKind, MediaType, Page

MOST_MARKS = 200
"""On a page; of more the highest on the page are kept of each kind, redactions first."""
_SHEETS = frozenset({MediaType.XLSX, MediaType.ODS, MediaType.CSV})
_MAY_HOLD_TABLES = frozenset(
    {MediaType.DOCX, MediaType.ODT, MediaType.RTF, MediaType.PPTX, MediaType.ODP, MediaType.HTML}
)


def marks(*found: tuple[MarkKind, Iterable[Box]]) -> tuple[Mark, ...]:
    """Return boxes as marks, those of a kind from the top of the page down."""
    made: list[Mark] = []
    for kind, boxes in found:
        of_kind = [Mark(kind, *(round(edge, 1) for edge in box)) for box in boxes]
        made += sorted(of_kind, key=lambda mark: (mark.top, mark.x0))
    return tuple(made[:MOST_MARKS])


def scan_marks(
    text: str, redactions: Sequence[Box], width: float, height: float
) -> tuple[Mark, ...]:
    """Return what a scan shows beside its ``text``; the scan itself is no picture on the page."""
    tables = [page_box(width, height)] if has_columns_of_numbers(text) else []
    return marks((MarkKind.REDACTION, redactions), (MarkKind.TABLE, tables))


def with_native_tables(page: Page, media_type: MediaType) -> Page:
    """Mark a page of an office document that has a table: every sheet, and rows of cells."""
    if (media_type in _SHEETS and page.text) or (
        media_type in _MAY_HOLD_TABLES and has_rows_of_cells(page.text)
    ):
        return replace(page, marks=marks((MarkKind.TABLE, [page_box(page.width, page.height)])))
    return page


def page_box(width: float, height: float) -> Box:
    """Return the box of a whole page."""
    return (0.0, 0.0, width, height)


def turned(box: Box, width: float, height: float, clockwise: int) -> Box:
    """Turn a box with its page of ``width`` by ``height``, by quarters clockwise."""
    x0, top, x1, bottom = box
    match clockwise % 360:
        case 90:
            return (height - bottom, x0, height - top, x1)
        case 180:
            return (width - x1, height - bottom, width - x0, height - top)
        case 270:
            return (top, width - x1, bottom, width - x0)
        case _:
            return box

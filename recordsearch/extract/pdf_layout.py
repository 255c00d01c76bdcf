"""The second reading of a PDF page, by pdfplumber, where the drawn order is not the reading order.

pdfplumber gives words with boxes and takes some fifty times as long as pdfium, so few pages come
here. It raises whatever it likes on damaged files; all of that becomes :class:`LayoutError`, and
the fast reading stands. The last document stays open in this process, as in ``pdf_file``.
"""

import logging
import os
from typing import Any

from recordsearch.extract.pdf_file import OpenPdf
from recordsearch.extract.reading_order import in_reading_order
from recordsearch.records import Word

CHARACTERS = 20_000
"""Pages of more characters are left as they are: pdfplumber would take many seconds."""

_TOLERANCE = 0.15
"""A gap between words is at least this share of the type's size; 3 points, pdfplumber's own
setting, glues words of small type together (word F1 .866 with it, .96 with this)."""

_cache: dict[tuple[str, int, int], Any] = {}
"""Process-local; at most one entry."""


class LayoutError(Exception):
    """pdfplumber could not read the page; the message says what it raised."""


def version() -> str:
    """Return pdfplumber's version."""
    from importlib.metadata import version as version_of

    return version_of("pdfplumber")


def layout_words(opened: OpenPdf, number: int, *, doubled: bool) -> tuple[list[Word], float]:
    """Return the words of page ``number`` with boxes, and the page's width in points.

    Where some text is ``doubled``, drawn twice, it counts once. Words off the page are left out.

    :raises LayoutError: pdfplumber failed.
    """
    try:
        document = _document(opened.path)
        page = document.pages[number - 1]
        try:
            width, height = float(page.width), float(page.height)
            left, top = float(page.bbox[0]), float(page.bbox[1])
            source = page.dedupe_chars(tolerance=1) if doubled else page
            found = source.extract_words(x_tolerance_ratio=_TOLERANCE)
        finally:
            page.close()
        words = [
            Word(
                text=str(item["text"]),
                x0=float(item["x0"]) - left,
                top=float(item["top"]) - top,
                x1=float(item["x1"]) - left,
                bottom=float(item["bottom"]) - top,
            )
            for item in found
        ]
    except Exception as error:
        raise LayoutError(f"{type(error).__name__} in pdfplumber") from error
    return (
        [
            word
            for word in words
            if word.x1 > 0 < word.bottom and word.x0 < width and word.top < height
        ],
        width,
    )


def layout_text(opened: OpenPdf, number: int, *, doubled: bool) -> str:
    """Return the text of page ``number`` in reading order.

    :raises LayoutError: pdfplumber failed.
    """
    words, width = layout_words(opened, number, doubled=doubled)
    return in_reading_order(words, width)


def _document(path: str) -> Any:
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    state = os.stat(path)
    key = (path, state.st_size, state.st_mtime_ns)
    if key not in _cache:
        for document in _cache.values():
            document.close()
        _cache.clear()
        _cache[key] = pdfplumber.open(path)
    return _cache[key]

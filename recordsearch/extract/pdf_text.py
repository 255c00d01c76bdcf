"""The fast reading of a PDF page: pdfium's text, and the cheap signals for all later choices.

The raw interface is called because the helpers cost more than pdfium itself on plain pages. One
:class:`PdfPage` is one loaded page; it must be closed before the next is loaded.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from recordsearch.errors import UnreadableError
from recordsearch.extract.pdf_file import OpenPdf
from recordsearch.extract.pdf_objects import picture_area, sample_text
from recordsearch.extract.runs import Box, Order, drawn_order

_RUNS_IN_A_ROW = 48
"""Runs whose order is judged, a page of lines or some rows of cells; each costs 3 microseconds."""
_RUNS_SAMPLED = 12
_ANNOTATIONS = 300
_CHARACTERS = 2_000_000
_MARGIN = 2.0
"""Points that text may lie beyond the page's edge before it counts as off the page."""
_LIGHT = 160
"""Levels of 255, each of red, green and blue."""

_MERGED = frozenset({3, 13, 20})  # free text, stamp, widget: they show text of their own


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A page's text layer as pdfium reads it, with what the choices need.

    ``text`` is raw but for its line ends. ``invisible_share`` is 0 to 1. ``off_page`` says that
    some text lies wholly outside the page's box. ``objects`` counts what the page draws.
    """

    text: str
    width: float
    height: float
    rotation: int
    invisible_share: float
    off_page: bool
    order: Order
    objects: int


class PdfPage:
    """A loaded page, turned upright as its text lies; ``number`` starts at 1.

    :raises UnreadableError: pdfium cannot load it.
    """

    def __init__(self, opened: OpenPdf, number: int) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._document = opened.document.raw
        self.number = number
        self.handle = raw.FPDF_LoadPage(self._document, number - 1)
        if not self.handle:
            raise UnreadableError(
                "extract",
                "the page is damaged",
                "get the file again from its source, or repair it with 'qpdf IN.pdf OUT.pdf'",
            )
        self._merge_annotations()
        self._own_rotation = raw.FPDFPage_GetRotation(self.handle)
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(self.handle, ctypes.byref(box))
        self._bounds = (box.left, box.bottom, box.right, box.top)
        self._sample = sample_text(self.handle)
        # Text whose base line runs up the page, a quarter turn counter-clockwise, is upright when
        # the page is turned a quarter clockwise; pdfium's order is right only for upright text.
        upright = self._sample.direction(self._own_rotation)
        self._turned = 90 * (upright - self._own_rotation) % 360
        if self._turned:
            raw.FPDFPage_SetRotation(self.handle, upright)
        self._picture_share: float | None = None
        self._text_page: Any = None

    def close(self) -> None:
        """Free the page; the document is left as it was found."""
        raw = self._raw
        if self._text_page:
            raw.FPDFText_ClosePage(self._text_page)
            self._text_page = None
        if self.handle:
            if self._turned:
                raw.FPDFPage_SetRotation(self.handle, self._own_rotation)
            raw.FPDF_ClosePage(self.handle)
            self.handle = None

    def __enter__(self) -> "PdfPage":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, upright."""
        raw = self._raw
        return (raw.FPDF_GetPageWidthF(self.handle), raw.FPDF_GetPageHeightF(self.handle))

    @property
    def rotation(self) -> int:
        """Degrees clockwise by which the stored content is turned to be upright."""
        return 90 * int(self._raw.FPDFPage_GetRotation(self.handle))

    @property
    def turned(self) -> int:
        """Degrees clockwise by which the content is turned beyond the page's own ``/Rotate``."""
        return int(self._turned)

    def layer(self) -> TextLayer:
        """Read the text layer and its signals."""
        width, height = self.size
        text = self._text()
        runs = self._runs() if text else []
        off_page = any(
            x1 < -_MARGIN or x0 > width + _MARGIN or bottom < -_MARGIN or top > height + _MARGIN
            for x0, top, x1, bottom in runs
        )
        return TextLayer(
            text=text,
            width=width,
            height=height,
            rotation=self.rotation,
            invisible_share=self._sample.invisible_share,
            off_page=off_page,
            order=drawn_order(runs[:_RUNS_IN_A_ROW], width) if width else Order(),
            objects=self._sample.objects,
        )

    def picture_share(self) -> float:
        """Return the share of the page under pictures, 0 to 1."""
        if self._picture_share is None:
            width, height = self.size
            area = picture_area(self.handle, self._bounds)
            self._picture_share = min(1.0, area / (width * height)) if width * height else 0.0
        return self._picture_share

    def characters(self) -> Iterator[tuple[str, Box | None]]:
        """Yield each character with its box, upright; None for those that pdfium put in.

        Put in are the spaces and line ends that pdfium infers, and a hyphen that it found at a
        line's end, which comes as U+0002.
        """
        raw = self._raw
        page = self._load_text()
        to_upright = self.to_upright()
        edges, pointers = _four_doubles()
        code_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharBox
        for index in range(min(raw.FPDFText_CountChars(page), _CHARACTERS)):
            code = code_of(page, index)
            character = chr(code) if 0 < code < 0x110000 else "\ufffd"
            put_in = code <= 0x20 and raw.FPDFText_IsGenerated(page, index) == 1
            if put_in or not box_of(page, index, *pointers):
                yield character, None
            else:
                left, right, bottom, top = edges
                yield character, to_upright(left, top, right, bottom)

    def to_upright(self) -> Callable[[float, float, float, float], Box]:
        """Return a function from pdfium's left, top, right, bottom to an upright box."""
        left, bottom, right, top = self._bounds
        return {
            0: lambda x0, y1, x1, y0: (x0 - left, top - y1, x1 - left, top - y0),
            90: lambda x0, y1, x1, y0: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
            180: lambda x0, y1, x1, y0: (right - x1, y0 - bottom, right - x0, y1 - bottom),
            270: lambda x0, y1, x1, y0: (top - y1, right - x1, top - y0, right - x0),
        }[self.rotation]

    def text_in(self, bounds: tuple[float, float, float, float], most: int) -> str:
        """Return the text inside ``bounds``, left, bottom, right, top, to ``most`` characters."""
        left, bottom, right, top = bounds
        buffer = (ctypes.c_ushort * most)()
        count = self._raw.FPDFText_GetBoundedText(
            self._load_text(), left, top, right, bottom, buffer, most
        )
        return bytes(buffer)[: 2 * max(0, count)].decode("utf-16-le", "replace").rstrip("\0")

    def shows_light_text(self, bounds: tuple[float, float, float, float]) -> bool:
        """Tell whether a character near the middle of ``bounds`` is drawn in a light colour."""
        raw = self._raw
        left, bottom, right, top = bounds
        page = self._load_text()
        index = raw.FPDFText_GetCharIndexAtPos(
            page, (left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2
        )
        levels = [ctypes.c_uint() for _ in range(4)]
        if index < 0 or not raw.FPDFText_GetFillColor(page, index, *map(ctypes.byref, levels)):
            return False
        return min(level.value for level in levels[:3]) > _LIGHT

    # -- inside --------------------------------------------------------------------------------

    def _load_text(self) -> Any:
        if self._text_page is None:
            self._text_page = self._raw.FPDFText_LoadPage(self.handle)
            if not self._text_page:
                raise UnreadableError("extract", "the page's text cannot be read")
        return self._text_page

    def _text(self) -> str:
        raw = self._raw
        page = self._load_text()
        count = min(raw.FPDFText_CountChars(page), _CHARACTERS)
        if count <= 0:
            return ""
        # Room for more than the count: pdfium has written beyond it where characters were left
        # out of the text at its end.
        buffer = ctypes.create_string_buffer(2 * count + 64)
        pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        written = raw.FPDFText_GetText(page, 0, count, pointer)
        text = buffer.raw[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        return text.replace("\r\n", "\n")

    def _runs(self) -> list[Box]:
        """Return the first runs in drawn order, and a sample of the rest."""
        raw = self._raw
        page = self._load_text()
        to_upright = self.to_upright()
        edges, pointers = _four_doubles()
        get = raw.FPDFText_GetRect
        count = raw.FPDFText_CountRects(page, 0, -1)
        rest = range(_RUNS_IN_A_ROW, count, max(1, (count - _RUNS_IN_A_ROW) // _RUNS_SAMPLED))
        return [
            to_upright(*edges)
            for index in (*range(min(count, _RUNS_IN_A_ROW)), *rest)
            if get(page, index, *pointers)
        ]

    def _merge_annotations(self) -> None:
        """Draw filled form fields, free text and stamps into the page, where it has any.

        They are what a reader sees on the page, and pdfium's text leaves them out otherwise.
        """
        raw = self._raw
        for index in range(min(raw.FPDFPage_GetAnnotCount(self.handle), _ANNOTATIONS)):
            annotation = raw.FPDFPage_GetAnnot(self.handle, index)
            if not annotation:
                continue
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if kind in _MERGED:
                break
        else:
            return
        raw.FPDFPage_Flatten(self.handle, raw.FLAT_NORMALDISPLAY)
        raw.FPDF_ClosePage(self.handle)
        self.handle = raw.FPDF_LoadPage(self._document, self.number - 1)
        if not self.handle:
            raise UnreadableError("extract", "the page's form fields are damaged")


def _four_doubles() -> tuple[Any, list[Any]]:
    """Return an array of four doubles, and a pointer to each, for pdfium to write boxes to."""
    array = (ctypes.c_double * 4)()
    kind = ctypes.POINTER(ctypes.c_double)
    start = ctypes.addressof(array)
    size = ctypes.sizeof(ctypes.c_double)
    return array, [ctypes.cast(start + size * place, kind) for place in range(4)]

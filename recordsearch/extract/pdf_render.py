"""Drawing a loaded PDF page as a gray picture, within limits.

Pages of 200 inches exist: the resolution is lowered rather than the page given up.
"""

import ctypes
from typing import TYPE_CHECKING, Any

from recordsearch.errors import UnreadableError

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 36_000_000
"""Most pixels of a drawn page: ledger size (11 by 17 inches) at 400 dpi has 30 million."""
SIDE = 20_000
_GRAY = 1  # FPDFBitmap_Gray
_WHITE = 0xFFFFFFFF


def draw_page(handle: Any, width: float, height: float, dpi: int) -> "tuple[Image, int]":
    """Draw the page ``handle`` of ``width`` by ``height`` points at ``dpi``, or at less if large.

    Return the picture (mode ``L``) and the resolution that it really has, at least 1.

    :raises UnreadableError: there is no memory for it.
    """
    import pypdfium2.raw as raw
    from PIL import Image

    dpi = limited_dpi(width / 72, height / 72, dpi)
    wide = max(1, min(SIDE, round(width * dpi / 72)))
    high = max(1, min(SIDE, round(height * dpi / 72)))
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, _GRAY, None, 0)
    if not bitmap:
        raise UnreadableError("ocr", "the page is too large to be drawn", "look at it by eye")
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
        raw.FPDF_RenderPageBitmap(
            bitmap, handle, 0, 0, wide, high, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE
        )
        stride = raw.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("L", (wide, high), data, "raw", "L", stride, 1), dpi


def limited_dpi(wide: float, high: float, dpi: int) -> int:
    """Return ``dpi``, or less where a page of ``wide`` by ``high`` inches would be too large."""
    area = max(wide * high, 1e-6)
    side = max(wide, high, 1e-6)
    return max(1, min(dpi, int((PIXELS / area) ** 0.5), int(SIDE / side)))

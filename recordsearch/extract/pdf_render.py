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
    dpi = limited_dpi(width / 72, height / 72, dpi)
    wide = max(1, min(SIDE, round(width * dpi / 72)))
    high = max(1, min(SIDE, round(height * dpi / 72)))
    return _drawn(handle, (wide, high), (0, 0, wide, high)), dpi


def draw_part(
    handle: Any, width: float, height: float, dpi: int, box: tuple[float, float, float, float]
) -> "tuple[Image, int]":
    """Draw what lies in ``box`` (x0, top, x1, bottom, in points), as :func:`draw_page` does.

    It takes less time, for all else is passed over.

    :raises UnreadableError: there is no memory for it.
    """
    dpi = limited_dpi(width / 72, height / 72, dpi)
    size = (max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72)))
    left, top, right, bottom = (round(edge * dpi / 72) for edge in box)
    left, top = max(0, min(left, size[0] - 1)), max(0, min(top, size[1] - 1))
    right, bottom = max(left + 1, min(right, size[0])), max(top + 1, min(bottom, size[1]))
    return _drawn(handle, size, (left, top, right, bottom)), dpi


def _drawn(handle: Any, size: tuple[int, int], part: tuple[int, int, int, int]) -> "Image":
    """Draw the pixels ``part`` (left, top, right, bottom) of a page of ``size`` pixels."""
    import pypdfium2.raw as raw
    from PIL import Image

    left, top, right, bottom = part
    wide, high = right - left, bottom - top
    bitmap = raw.FPDFBitmap_CreateEx(wide, high, _GRAY, None, 0)
    if not bitmap:
        raise UnreadableError("ocr", "the page is too large to be drawn", "look at it by eye")
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
        raw.FPDF_RenderPageBitmap(
            bitmap, handle, -left, -top, *size, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE
        )
        stride = raw.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("L", (wide, high), data, "raw", "L", stride, 1)


def limited_dpi(wide: float, high: float, dpi: int) -> int:
    """Return ``dpi``, or less where a page of ``wide`` by ``high`` inches would be too large."""
    area = max(wide * high, 1e-6)
    side = max(wide, high, 1e-6)
    return max(1, min(dpi, int((PIXELS / area) ** 0.5), int(SIDE / side)))

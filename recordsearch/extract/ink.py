"""What a picture of a page shows: whether it is blank, and how much of it OCR found no words in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from recordsearch.extract.runs import Box

_DARKER = 45
"""Levels of 255 that ink is darker than the paper around it; paper grain and show-through of a
scan stay below 40, faint pencil is 60 and more."""
_PIXELS = 24
"""A full stop of 12 points covers about 4 pixels at 100 dpi, a short word 30 and more."""
_SIDE = 1_100
_AROUND = 20
_MARGIN = 2.0


def shows_ink(picture: "Image") -> bool:
    """Tell whether a gray picture of a page shows more than paper.

    It is brought to about 100 dpi of a letter page, single specks are taken out by a median over
    3 by 3 pixels, and what is darker than the paper around it, or paler on a dark page, is
    counted. So a page of uneven light, or of one colour, shows nothing.
    """
    small = _reduced(picture)
    low, high = small.getextrema()
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and high - low < _DARKER:
        return False
    return _count(_ink(small)) >= _PIXELS


def ink_outside(picture: "Image", boxes: "Iterable[Box]", width: float, clockwise: int) -> float:
    """Return the share of a page's ink, 0 to 1, that lies outside all ``boxes``.

    ``boxes`` are in points on the page ``width`` points wide, once ``picture`` is turned
    ``clockwise`` by so many degrees.
    """
    from PIL import ImageDraw

    ink = _ink(_reduced(picture))
    if clockwise:
        ink = ink.rotate(-clockwise, expand=True)
    total = _count(ink)
    draw = ImageDraw.Draw(ink)
    scale = ink.width / width
    for x0, top, x1, bottom in boxes:
        draw.rectangle(
            (
                (x0 - _MARGIN) * scale,
                (top - _MARGIN) * scale,
                (x1 + _MARGIN) * scale,
                (bottom + _MARGIN) * scale,
            ),
            fill=0,
        )
    return _count(ink) / total if total else 0.0


def _reduced(picture: "Image") -> "Image":
    factor = max(1, round(max(picture.size) / _SIDE))
    return picture.reduce(factor) if factor > 1 else picture


def _ink(small: "Image") -> "Image":
    from PIL import ImageChops, ImageFilter

    smooth = small.filter(ImageFilter.MedianFilter(3))
    return ImageChops.difference(smooth.filter(ImageFilter.BoxBlur(_AROUND)), smooth)


def _count(ink: "Image") -> int:
    return sum(ink.histogram()[_DARKER:])

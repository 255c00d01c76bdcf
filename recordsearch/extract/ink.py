"""Does a picture of a page show anything? Decides between a blank page and one to be read."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_DARKER = 45
"""Levels of 255 that ink is darker than the paper around it; paper grain and show-through of a
scan stay below 40, faint pencil is 60 and more."""
_PIXELS = 24
"""A full stop of 12 points covers about 4 pixels at 100 dpi, a short word 30 and more."""
_SIDE = 1_100
_AROUND = 20


def shows_ink(picture: "Image") -> bool:
    """Tell whether a gray picture of a page shows more than paper.

    It is brought to about 100 dpi of a letter page, single specks are taken out by a median over
    3 by 3 pixels, and what is darker than the paper around it, or paler on a dark page, is
    counted. So a page of uneven light, or of one colour, shows nothing.
    """
    from PIL import ImageChops, ImageFilter

    factor = max(1, round(max(picture.size) / _SIDE))
    small = picture.reduce(factor) if factor > 1 else picture
    low, high = small.getextrema()
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        return True
    if high - low < _DARKER:
        return False
    small = small.filter(ImageFilter.MedianFilter(3))
    paper = small.filter(ImageFilter.BoxBlur(_AROUND))
    ink = ImageChops.difference(paper, small)
    return sum(ink.histogram()[_DARKER:]) >= _PIXELS

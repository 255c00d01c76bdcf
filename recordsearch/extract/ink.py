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
_EDGE = 0.04
_RUN = 24
"""Pixels at about 100 dpi, 6 mm: longer than the stroke of any letter of running text."""
_FILLED = 180


def ink_of(picture: "Image") -> "Image":
    """Return a gray picture's ink: how much darker or paler each place is than around it.

    It is brought to about 100 dpi of a letter page, and single specks are taken out by a median
    over 3 by 3 pixels. So a page of uneven light, or of one colour, has none.
    """
    from PIL import ImageChops, ImageFilter

    # Pillow's rank filters sort for each pixel; what is the same by whole pictures takes a tenth.
    factor = max(1, round(max(picture.size) / _SIDE))
    small = picture.reduce(factor) if factor > 1 else picture
    smooth = _median(small)
    return ImageChops.difference(smooth.filter(ImageFilter.BoxBlur(_AROUND)), smooth)


def shows_ink(ink: "Image") -> bool:
    """Tell whether a page of this ``ink`` shows more than paper."""
    return _count(ink) >= _PIXELS


def ink_outside(ink: "Image", boxes: "Iterable[Box]", width: float, clockwise: int) -> float:
    """Return the share of a page's ``ink``, 0 to 1, that may be writing and lies outside ``boxes``.

    ``boxes`` are in points on the page ``width`` points wide, once the page is turned
    ``clockwise`` by so many degrees. The dark edge that a scanner leaves, rules, frames and
    blacked-out parts are no writing.
    """
    from PIL import ImageDraw

    ink = _without_lines(ink.rotate(-clockwise, expand=True) if clockwise else ink)
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


def _without_lines(ink: "Image") -> "Image":
    """Return ``ink`` as black and white, without the page's edges and without long straight runs.

    A run is found by averaging over stretches of one pixel by ``_RUN``: writing fills about half
    of one, a rule or the border of a black bar nearly all.
    """
    from PIL import Image, ImageChops, ImageFilter

    wide, high = ink.size
    marks = ink.point(lambda level: 255 if level >= _DARKER else 0)
    edge_x, edge_y = round(wide * _EDGE), round(high * _EDGE)
    inner = (edge_x, edge_y, wide - edge_x, high - edge_y)
    page = Image.new("L", ink.size)
    page.paste(marks.crop(inner), inner)
    for size in ((max(1, wide // _RUN), high), (wide, max(1, high // _RUN))):
        filled = page.resize(size, Image.Resampling.BOX).point(
            lambda level: 255 if level >= _FILLED else 0
        )
        runs = filled.resize(ink.size, Image.Resampling.NEAREST)
        # Of black and white the mean over 5 by 5 pixels is more than black where the maximum is.
        runs = runs.filter(ImageFilter.BoxBlur(2)).point(lambda level: 255 if level else 0)
        page = ImageChops.subtract(page, runs)
    return page


def _median(picture: "Image") -> "Image":
    """Return the median over 3 by 3 pixels, edges repeated, as ``MedianFilter(3)`` gives it.

    Each column of three is sorted once; the median of nine is the middle one of the largest of the
    lowest, the middle one of the middle ones and the smallest of the highest.
    """
    from PIL.Image import new
    from PIL.ImageChops import darker, lighter

    def middle(one: "Image", two: "Image", three: "Image") -> "Image":
        return lighter(darker(one, two), darker(lighter(one, two), three))

    wide, high = picture.size
    padded = new("L", (wide + 2, high + 2))
    for x, y in ((0, 0), (2, 0), (0, 2), (2, 2), (1, 0), (1, 2), (0, 1), (2, 1), (1, 1)):
        padded.paste(picture, (x, y))
    top, centre, bottom = (padded.crop((0, y, wide + 2, high + y)) for y in range(3))
    sorted_columns = (
        darker(darker(top, centre), bottom),
        middle(top, centre, bottom),
        lighter(lighter(top, centre), bottom),
    )
    lowest, middles, highest = (
        [column.crop((x, 0, wide + x, high)) for x in range(3)] for column in sorted_columns
    )
    return middle(
        lighter(lighter(lowest[0], lowest[1]), lowest[2]),
        middle(*middles),
        darker(darker(highest[0], highest[1]), highest[2]),
    )


def _count(ink: "Image") -> int:
    return sum(ink.histogram()[_DARKER:])

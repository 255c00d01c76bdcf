"""Find what was blacked out on the picture of a page: solid dark boxes of the size of words.

A box is told from a heading, white on black, by its lack of holes; from photographs, seals and
letters by its straight edges; from the shadow that a scanner leaves by lying away from the edge.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from recordsearch.extract.runs import Box

if TYPE_CHECKING:
    from PIL.Image import Image

    from recordsearch.records import Word

LEAST_WIDTH, LEAST_HEIGHT = 11.0, 6.5
"""Points: a word of three letters in small type. A dingbat is as high as it is wide."""
SQUARE = 13.0
"""Points: up to this size, a box as high as it is wide is a tick box or the mark of a list."""
DARK = 96
"""Levels of 255: black ink on a poor scan stays below, bold type brought to 70 dpi above."""
_DPI = 70
_EDGE = 0.015
_MOST_RUNS = 20_000
_MOST_OF_PAGE = 0.9
_SOLID = 0.97
_SOLID_BLOCK = 0.995
"""A block of many lines, blacked out, has no grain; a dark photograph has."""
_WITH_CODE = 0.70
_WIDE_BAR, _HIGH_BAR = 0.8, 30.0
"""A bar over this share of the page's width, and lower than so many points, is an ornament: text
ends at the margins."""
_SMALL_STEP, _SLANT, _LOOSE, _MOST_STEPS = 3, 0.06, 3, 6
_RIM = 6
_APART = 3
_JOINED = 0.3
_FEWEST_BARS = 3
_THIN_RULE, _WIDE_RULE = 8.5, 300.0

CODE = re.compile(
    r"(?:\(?[bB]\)? ?\(?[1-9]\)?(?: ?\(?[A-Fa-f]\)?)?|\([jk]\) ?\([1-7]\)|1\.4 ?\([a-hA-H]\)"
    r"|[eE]x(?:emption|s?\.)? ?[1-9](?:\([A-F]\))?|REDACTED|[Rr]edacted"
    r"|(?:§ ?)?(?:6254|552\.1\d\d|119\.07\d*)(?:\(\w+\))*|PII|[\s,;:/&.\[\]-]){1,40}+"
)
"""What is printed on a redaction, and nothing else."""


def redacted(picture: "Image", dpi: int, words: Sequence["Word"] = (), turn: int = 0) -> list[Box]:
    """Return the boxes blacked out on a gray ``picture`` of a page at ``dpi`` dots an inch.

    ``turn`` is by how many degrees clockwise the page is to be turned to be upright, by quarters;
    boxes are in points on the upright page, and so are the ``words`` that OCR read: a box with
    nothing in it but the number of an exemption is a redaction, one with other words is a heading.
    """
    small, scale = _brought_down(picture, dpi)
    if sum(small.histogram()[:DARK]) < LEAST_WIDTH * LEAST_HEIGHT / scale**2:
        return []
    if turn % 360:
        small = small.rotate(-turn, expand=True)
    dark = small.point(lambda level: 255 if level < DARK else 0)
    found = [
        box for box, filled in _boxes(dark, _grow(_shrink(dark)), scale) if _solid(box, filled)
    ]
    if any(is_code(word.text) for word in words):
        # Filling the white letters in black bars joins what is near to them; so it comes second.
        whole = _grow(_shrink(_shrink(_grow(dark))))
        found += [
            box
            for box, filled in _boxes(dark, whole, scale)
            if filled < _SOLID and is_code(" ".join(_inside(words, box)))
        ]
    return without_bars_of_charts(found)


def _brought_down(picture: "Image", dpi: int) -> tuple["Image", float]:
    """Return a picture at some 70 dpi, and how many points a pixel of it is."""
    factor = max(1, round(dpi / _DPI))
    return picture.reduce(factor) if factor > 1 else picture, 72 * factor / max(dpi, 1)


def _solid(box: Box, filled: float) -> bool:
    return filled >= (_SOLID if box[3] - box[1] < _HIGH_BAR else _SOLID_BLOCK)


def without_bars_of_charts(boxes: list[Box]) -> list[Box]:
    """Leave out upright bars of several heights on one base line."""
    bars = [box for box in boxes if box[3] - box[1] > 1.2 * (box[2] - box[0])]
    charts = [
        bar
        for bar in bars
        if len({round(other[1]) for other in bars if abs(other[3] - bar[3]) <= 2}) >= _FEWEST_BARS
    ]
    return [box for box in boxes if box not in charts]


def is_code(text: str) -> bool:
    """Tell whether a text is nothing but the numbers of exemptions."""
    text = text.strip()
    return 0 < len(text) <= 60 and CODE.fullmatch(text) is not None


def _boxes(dark: "Image", parts: "Image", scale: float) -> Iterator[tuple[Box, float]]:
    """Yield the connected parts that have a redaction's size and shape, in points, and how full."""
    if parts.getbbox() is None:
        return
    wide, high = dark.size
    edge = max(2, round(_EDGE * min(wide, high)))
    for bounds in _components(parts):
        left, top, right, bottom = bounds
        box = (left * scale, top * scale, right * scale, bottom * scale)
        if (
            left < edge
            or top < edge
            or right > wide - edge
            or bottom > high - edge
            or (right - left) * (bottom - top) > _MOST_OF_PAGE * wide * high
            or is_wide_bar(box, wide * scale)
            or not has_size_of_redaction(box)
        ):
            continue
        filled = _filled(dark.crop(bounds), parts.crop(bounds))
        if filled >= _WITH_CODE and _stands_apart(dark, bounds):
            yield box, filled


def is_wide_bar(box: Box, width: float) -> bool:
    """Tell an ornament that runs over nearly all of a page ``width`` points wide."""
    return box[2] - box[0] > _WIDE_BAR * width and box[3] - box[1] < _HIGH_BAR


def has_size_of_redaction(box: Box) -> bool:
    """Tell a box that may hide a word or more from rules, tick boxes and dots."""
    wide, high = box[2] - box[0], box[3] - box[1]
    if wide < LEAST_WIDTH or high < LEAST_HEIGHT:
        return False
    if max(wide, high) <= SQUARE and abs(wide - high) <= 2:
        return False
    return not (high < _THIN_RULE and wide > _WIDE_RULE)


def _filled(dark: "Image", part: "Image") -> float:
    """Return how dark a part is between its upper and lower edge, 0 to 1; 0 for uneven edges.

    Even edges are straight, perhaps a little slanting, with few steps of a line's height where
    lines of several lengths were blacked out. ``part`` is the part with its holes filled.
    """
    wide, _ = dark.size
    levels, shape = dark.tobytes(), part.tobytes()
    between = inside = 0
    edges = []
    for x in range(wide):
        column = shape[x::wide]
        first, last = column.find(255), column.rfind(255)
        edges.append((first, last))
        if first < 0:
            continue
        rim = 1 if last - first > _RIM else 0  # the rim is gray where the box ends inside a pixel
        between += last - first + 1 - 2 * rim
        inside += levels[x::wide].count(255, first + rim, last + 1 - rim)
    for side in (0, 1):
        moves = [abs(a[side] - b[side]) for a, b in pairwise(edges)]
        if sum(move for move in moves if move <= _SMALL_STEP) > _SLANT * wide + _LOOSE:
            return 0.0
        if sum(move > _SMALL_STEP for move in moves) > _MOST_STEPS:
            return 0.0
    return inside / between if between else 0.0


def _stands_apart(dark: "Image", bounds: tuple[int, int, int, int]) -> bool:
    """Tell whether a part is not darkly joined to what lies beside it, as drawings are."""
    left, top, right, bottom = bounds
    strips = (
        (left - _APART, top, left - _APART + 1, bottom),
        (right + _APART - 1, top, right + _APART, bottom),
        (left, top - _APART, right, top - _APART + 1),
        (left, bottom + _APART - 1, right, bottom + _APART),
    )
    for strip in strips:
        histogram = dark.crop(strip).histogram()
        if histogram[255] > _JOINED * sum(histogram):
            return False
    return True


def _shrink(mask: "Image") -> "Image":
    """Return where all of the 5 by 5 pixels around are set; by moves, as a filter is slow."""
    from PIL import ImageChops

    return _by_moves(mask, ImageChops.darker)


def _grow(mask: "Image") -> "Image":
    """Return where any of the 5 by 5 pixels around is set."""
    from PIL import ImageChops

    return _by_moves(mask, ImageChops.lighter)


def _by_moves(mask: "Image", join: Callable[["Image", "Image"], "Image"]) -> "Image":
    from PIL import ImageChops

    for x, y in ((1, 0), (0, 1)):
        pair = join(mask, ImageChops.offset(mask, x, y))
        four = join(pair, ImageChops.offset(pair, 2 * x, 2 * y))
        five = join(four, ImageChops.offset(mask, 4 * x, 4 * y))
        mask = ImageChops.offset(five, -2 * x, -2 * y)
    return mask


def _components(mask: "Image") -> list[tuple[int, int, int, int]]:
    """Return the boxes of the connected parts of a mask, in pixels, half open."""
    wide, high = mask.size
    data = mask.tobytes()
    boxes: list[list[int]] = []
    parents: list[int] = []

    def root(label: int) -> int:
        while parents[label] != label:
            parents[label] = parents[parents[label]]
            label = parents[label]
        return label

    above: list[tuple[int, int, int]] = []
    for y in range(high):
        row = data[y * wide : (y + 1) * wide]
        runs: list[tuple[int, int, int]] = []
        start = row.find(255)
        while start >= 0:
            end = row.find(0, start)
            end = wide if end < 0 else end
            label = -1
            for other_start, other_end, other in above:
                if other_start < end and other_end > start:
                    other = root(other)
                    if label < 0:
                        label = other
                    elif label != other:
                        parents[other] = label
                        boxes[label] = _union(boxes[label], boxes[other])
            if label < 0:
                label = len(parents)
                if label >= _MOST_RUNS:
                    return []
                parents.append(label)
                boxes.append([start, y, end, y + 1])
            else:
                boxes[label] = _union(boxes[label], [start, y, end, y + 1])
            runs.append((start, end, label))
            start = row.find(255, end)
        above = runs
    return [
        (box[0], box[1], box[2], box[3])
        for label, box in enumerate(boxes)
        if parents[label] == label
    ]


def _union(a: list[int], b: list[int]) -> list[int]:
    return [min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])]


def _inside(words: Iterable["Word"], box: Box) -> list[str]:
    x0, top, x1, bottom = box
    return [
        word.text
        for word in words
        if x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom
    ]

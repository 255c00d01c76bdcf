"""From the lines that a recogniser read to words with boxes and text in reading order; pure.

A detector gives each stretch of print as a quadrilateral, sloped as the scan is; a recogniser
gives its text with the place of each character along it. Reading order is found with the scan's
slope taken out, because over the width of a page a slope of two degrees is more than a line.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from recordsearch.extract.clean import clean
from recordsearch.extract.ocr_rapid_order import blocks_in_order
from recordsearch.extract.reading_order import in_reading_order
from recordsearch.extract.runs import Box
from recordsearch.records import Word

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners of a line as it is read, in pixels: top left, top right, bottom right, bottom left."""

_LONG = 6.0
"""A line this many times as wide as high tells the slope; a short one is too rough."""
_MOST_SLOPE = math.radians(8)
_HALF_WIDTH = 0.5
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""The wide forms that a model of Chinese and Latin gives for Latin signs, U+FF01 to U+FF5E."""


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of a line: ``start`` and ``end`` are shares of the line's length, 0 to 1."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was read."""

    quad: Quad
    words: tuple[ReadWord, ...]


def words_of_line(
    groups: Sequence[Sequence[str]],
    columns: Sequence[Sequence[int]],
    text: str,
    scores: Sequence[float],
    length: float,
) -> tuple[ReadWord, ...]:
    """Return the words of a line with their places.

    ``groups`` are the characters of each word and ``columns`` the recogniser's steps at which they
    were seen, ``length`` steps being the whole line; ``scores`` (0 to 1) belong to the characters
    of ``text``, in which there are spaces too.
    """
    if length <= 0:
        return ()
    solid = [score for sign, score in zip(text, scores, strict=False) if not sign.isspace()]
    spaced = [(steps[-1] - steps[0]) / (len(steps) - 1) for steps in columns if len(steps) > 1]
    half = _HALF_WIDTH * (median(spaced) if spaced else length / max(1, len(text)))
    words: list[ReadWord] = []
    used = 0
    for signs, steps in zip(groups, columns, strict=False):
        own = solid[used : used + len(signs)]
        used += len(signs)
        word = clean("".join(signs).translate(_FULL_WIDTH)).strip()
        if not word or not steps:
            continue
        start = max(steps[0] + 0.5 - half, 0.0) / length
        end = min((steps[-1] + 0.5 + half) / length, 1.0)
        if words:  # neighbours may come a little too near
            start = max(start, words[-1].end)
        score = 100 * sum(own) / len(own) if own else 0.0
        words.append(ReadWord(word, start, max(start, end), score))
    return tuple(words)


def page_of_lines(lines: Sequence[ReadLine], dpi: float) -> tuple[str, tuple[Word, ...]]:
    r"""Return the text, a printed line for each ``\n``, and the words in the same order.

    The lines are in pixels at ``dpi``, the words' boxes in points.
    """
    scale = 72 / dpi
    slope = slope_of(lines)
    turn = (math.cos(-slope), math.sin(-slope))
    words: list[Word] = []
    level: list[Word] = []
    stretches: list[Box] = []
    members: list[range] = []
    for line in lines:
        if not line.words:
            continue
        first = len(words)
        for word in line.words:
            corners = _corners(line.quad, word.start, word.end)
            # The order is found for the words' numbers, and the words are put in their places.
            level.append(Word(str(len(words)), *_around(_all_turned(corners, turn), scale)))
            words.append(Word(word.text, *_around(corners, scale), round(word.confidence, 1)))
        stretches.append(_around(_all_turned(line.quad, turn), scale))
        members.append(range(first, len(words)))
    if not words:
        return "", ()
    ordered: list[list[int]] = []
    for block in blocks_in_order(stretches, [len(member) for member in members]):
        inside = [level[number] for one in block for number in members[one]]
        rows = in_reading_order(*_moved_to_edge(inside)).split("\n")
        ordered += [[int(number) for number in row.split()] for row in rows]
    text = "\n".join(" ".join(words[number].text for number in row) for row in ordered)
    return clean(text), tuple(words[number] for row in ordered for number in row)


def _moved_to_edge(words: Sequence[Word]) -> tuple[list[Word], float]:
    """Move words so that the leftmost begins at 0; return them and how wide they are in all.

    Levelling moves print sideways, and a block is not as wide as its page.
    """
    left = min(word.x0 for word in words)
    moved = [Word(one.text, one.x0 - left, one.top, one.x1 - left, one.bottom) for one in words]
    return moved, max(word.x1 for word in moved)


def slope_of(lines: Sequence[ReadLine]) -> float:
    """Return by how many radians lines fall to the right: the median, weighted by their length."""
    slopes: list[tuple[float, float]] = []
    for line in lines:
        (x0, y0), (x1, y1), _, (x3, y3) = line.quad
        length = math.hypot(x1 - x0, y1 - y0)
        angle = math.atan2(y1 - y0, x1 - x0)
        if length >= _LONG * math.hypot(x3 - x0, y3 - y0) and abs(angle) <= _MOST_SLOPE:
            slopes.append((angle, length))
    slopes.sort()
    half = sum(length for _, length in slopes) / 2
    for angle, length in slopes:
        half -= length
        if half <= 0:
            return angle
    return 0.0


def _corners(quad: Quad, start: float, end: float) -> list[Point]:
    top_left, top_right, bottom_right, bottom_left = quad
    return [
        _between(top_left, top_right, start),
        _between(top_left, top_right, end),
        _between(bottom_left, bottom_right, end),
        _between(bottom_left, bottom_right, start),
    ]


def _between(one: Point, other: Point, share: float) -> Point:
    return (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))


def _all_turned(points: Sequence[Point], turn: tuple[float, float]) -> list[Point]:
    cosine, sine = turn
    return [(cosine * x - sine * y, sine * x + cosine * y) for x, y in points]


def _around(corners: Sequence[Point], scale: float) -> Box:
    across = [corner[0] * scale for corner in corners]
    down = [corner[1] * scale for corner in corners]
    return (
        round(min(across), 1),
        round(min(down), 1),
        round(max(across), 1),
        round(max(down), 1),
    )

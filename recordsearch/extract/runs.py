"""What the boxes of a page's runs tell about the order in which its text was drawn.

A run is a stretch of text that was drawn at one go, usually a line, a cell or a word. Pure
functions over runs in drawn order; thresholds measured on the born-digital pages of the corpus
with ``tests/benchmarks/bench_extraction.py --pages``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, origin top left, upright."""

_MIN_RUNS = 8
_CELL = 6.0
_DOUBLED_RUNS = 2
_DOUBLED_SHARE = 0.01

_JUMPS = 6
_JUMPS_SHARE = 0.1

_COLUMN_LINES = 6
_COLUMN_FILL = 0.6
_COLUMN_WIDTH = 0.2
_GUTTER = 8.0
_SWITCHES = 0.3


@dataclass(frozen=True, slots=True)
class Order:
    """How a page was drawn.

    ``doubled``       runs lie upon runs: bold or shadow made by drawing text twice.
    ``out_of_order``  runs were drawn above runs that they share a column with, again and again.
    ``across``        two columns of prose were drawn row by row, across the gutter.
    """

    doubled: bool = False
    out_of_order: bool = False
    across: bool = False


def drawn_order(runs: Sequence[Box], width: float) -> Order:
    """Judge the runs of a page ``width`` points wide; a page of few runs is taken as it is."""
    if len(runs) < 2:
        return Order()
    doubled = count_doubled(runs)
    is_doubled = doubled >= _DOUBLED_RUNS and doubled >= _DOUBLED_SHARE * len(runs)
    if len(runs) < _MIN_RUNS:
        return Order(doubled=doubled > 0 and is_doubled)
    jumps = count_jumps(runs)
    return Order(
        doubled=is_doubled,
        out_of_order=jumps >= _JUMPS and jumps >= _JUMPS_SHARE * len(runs),
        across=columns_drawn_across(runs, width),
    )


def count_doubled(runs: Sequence[Box]) -> int:
    """Count runs that lie almost exactly upon one of the two drawn before, or upon any before.

    "Almost" is a third of the run's height beside the last two, and a cell of six points beside
    all others, which finds most copies of a passage drawn twice: enough to call for a careful
    reading.
    """
    count = 0
    seen: set[tuple[int, int, int]] = set()
    last = before_last = (-1e9, -1e9, -1e9, -1e9)
    for run in runs:
        x0, top, x1, bottom = run
        near = 0.35 * (bottom - top)
        key = (int(x0 / _CELL), int(top / _CELL), int(x1 / _CELL))
        if (
            key in seen
            or (-near < last[0] - x0 < near and _upon(last, run, near))
            or (-near < before_last[0] - x0 < near and _upon(before_last, run, near))
        ):
            count += 1
        seen.add(key)
        before_last, last = last, run
    return count


def _upon(one: Box, other: Box, near: float) -> bool:
    return abs(one[1] - other[1]) <= near and abs(one[2] - other[2]) <= near


def count_jumps(runs: Sequence[Box]) -> int:
    """Count the steps from a run to one that lies above it in the same column.

    Reading goes down a column and then up to the right; a step up that does not go to the right
    of what was just read is not in reading order.
    """
    jumps = 0
    x0, top, x1, bottom = runs[0]
    for run in runs[1:]:
        height = min(bottom - top, run[3] - run[1])
        if run[3] < top + 0.25 * height and run[0] < x1 and run[2] > x0 - 18:
            jumps += 1
        x0, top, x1, bottom = run
    return jumps


def columns_drawn_across(runs: Sequence[Box], width: float) -> bool:
    """Tell whether two or three columns of prose were drawn line by line across their gutter.

    That is so when the page has columns of prose and the drawing changes column at three steps in
    ten or more.
    """
    steps_right = sum(
        after[0] >= before[2] + _GUTTER and after[1] < before[3] and after[3] > before[1]
        for before, after in pairwise(runs)
    )
    if steps_right < _COLUMN_LINES:  # settles most pages at little cost
        return False
    gutters = prose_gutters(runs, width)
    if not gutters:
        return False
    columns = [sum(run[0] >= gutter for gutter in gutters) for run in runs]
    switches = sum(a != b for a, b in pairwise(columns))
    return switches >= _SWITCHES * len(_filled(runs)) * len(gutters)


def prose_gutters(boxes: Sequence[Box], width: float) -> list[float]:
    """Return the middles (x in points) of the gutters between columns of prose, or nothing.

    There are one or two gutters of 8 points or more which next to no box crosses; tables have
    more. Each column is a fifth of the page wide or wider and has six lines or more, and what
    stands in the middling one of them fills most of the column's width, as cells of a table do
    not.
    """
    gutters = [(left + right) / 2 for left, right in find_gutters(boxes, width)]
    if not 1 <= len(gutters) <= 2:
        return []
    edges = [float("-inf"), *gutters, float("inf")]
    for left, right in pairwise(edges):
        column = [box for box in boxes if box[0] >= left and box[2] <= right]
        if len(column) < _COLUMN_LINES:
            return []
        filled = _filled(column)
        extent = max(box[2] for box in column) - min(box[0] for box in column)
        if (
            len(filled) < _COLUMN_LINES
            or extent < _COLUMN_WIDTH * width
            or median(filled) < _COLUMN_FILL * extent
        ):
            return []
    return gutters


def find_gutters(boxes: Sequence[Box], width: float) -> list[tuple[float, float]]:
    """Return the empty vertical bands, (x0, x1) in points, inside the page's text.

    A band may be crossed by one box for every eight lines: titles, headers and footers do.
    """
    slots = 120
    crossed = [0] * (slots + 1)
    scale = slots / width
    for x0, _, x1, _ in boxes:
        first = min(slots - 1, max(0, int(x0 * scale)))
        last = min(slots - 1, max(0, int(x1 * scale)))
        crossed[first] += 1
        crossed[last + 1] -= 1
    allowed = len(_filled(boxes)) / 8
    gutters: list[tuple[float, float]] = []
    total = start = 0
    inside = False
    for slot in range(slots):
        total += crossed[slot]
        if total > allowed:
            if inside and (slot - start) / scale >= _GUTTER:
                gutters.append((start / scale, slot / scale))
            inside, start = True, slot + 1
    return gutters


def _filled(runs: Sequence[Box]) -> list[float]:
    """Return how many points of each of a column's lines are covered by its runs."""
    lines: dict[int, float] = {}
    for x0, _, x1, bottom in runs:
        key = round(bottom / 4)
        for near in (key, key - 1, key + 1):
            if near in lines:
                key = near
                break
        lines[key] = lines.get(key, 0.0) + x1 - x0
    return list(lines.values())

"""Columns of prose among the stretches of print that a detector found; a pure function.

A detector ends a stretch where a wider gap begins, so where no stretch crosses there is a gutter,
however narrow and however many there are: pages of magazines have three and more, a few points
wide, which the words alone do not show. Stretches are boxes in points, upright and level.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from recordsearch.extract.runs import Box

_SLOT = 1.0
_SLOTS = 2_000
_GUTTER = 3.0
_CROSSED = 0.08
"""Share of the stretches that may cross a gutter: titles, headers and footers do."""
_FEWEST = 6
_FILL = 0.5
_WORDS = 4
_MOST_COLUMNS = 6


def blocks_in_order(stretches: Sequence[Box], words: Sequence[int]) -> list[list[int]]:
    """Return the numbers of the stretches in blocks, to be read one after the other.

    ``words`` are how many words each stretch has. Where there are no columns of prose, all are
    one block; otherwise each column is one, down to a stretch that crosses a gutter, and stretches
    that do are blocks of their own.
    """
    gutters = _gutters(stretches, words)
    if not gutters:
        return [list(range(len(stretches)))]
    columns: list[list[int]] = [[] for _ in range(len(gutters) + 1)]
    blocks: list[list[int]] = []
    across: list[int] = []
    for number in sorted(
        range(len(stretches)), key=lambda one: stretches[one][1] + stretches[one][3]
    ):
        x0, _, x1, _ = stretches[number]
        if any(x0 < gutter < x1 for gutter in gutters):
            blocks += [column for column in columns if column]
            columns = [[] for _ in columns]
            across.append(number)
            continue
        if across:
            blocks.append(across)
            across = []
        columns[sum((x0 + x1) / 2 > gutter for gutter in gutters)].append(number)
    return [block for block in [*blocks, across, *columns] if block]


def _gutters(stretches: Sequence[Box], words: Sequence[int]) -> list[float]:
    """Return the middles of the gutters, or nothing where a column is not one of prose.

    A column has six stretches or more, the middling one of which has four words or more and
    fills half of the width of the column (print around a picture does); cells of a table do not.
    """
    if len(stretches) < 2 * _FEWEST:
        return []
    gutters = _empty_bands(stretches)
    if not 1 <= len(gutters) < _MOST_COLUMNS:
        return []
    edges = [float("-inf"), *gutters, float("inf")]
    for left, right in pairwise(edges):
        column = [
            number for number, (x0, _, x1, _) in enumerate(stretches) if x0 >= left and x1 <= right
        ]
        if len(column) < _FEWEST or median(words[number] for number in column) < _WORDS:
            return []
        extent = max(stretches[one][2] for one in column) - min(stretches[one][0] for one in column)
        if median(stretches[one][2] - stretches[one][0] for one in column) < _FILL * extent:
            return []
    return gutters


def _empty_bands(stretches: Sequence[Box]) -> list[float]:
    """Return the middles of the vertical bands inside the print that next to nothing crosses."""
    left = min(box[0] for box in stretches)
    right = max(box[2] for box in stretches)
    slot = max(_SLOT, (right - left) / _SLOTS)
    count = int((right - left) / slot) + 1
    crossed = [0] * (count + 1)
    for x0, _, x1, _ in stretches:
        crossed[int((x0 - left) / slot)] += 1
        crossed[int((x1 - left) / slot) + 1] -= 1
    allowed = _CROSSED * len(stretches)
    bands: list[float] = []
    total, start = 0, 0
    inside = False
    for number in range(count):
        total += crossed[number]
        if total > allowed:
            if inside and (number - start) * slot >= _GUTTER:
                bands.append(left + (start + number) / 2 * slot)
            inside, start = True, number + 1
    return bands

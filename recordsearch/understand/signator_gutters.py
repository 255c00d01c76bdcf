"""Finds columns that stand as close as two words do, by the edge at which others begin.

Where a line fills its column, the next column's begins a mere space behind it. It begins, though,
where that column's other lines do, and the gap is seldom the one between the line's own words.
All lengths are points.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from recordsearch.records import Word

_STEP = 1.5
_SCANNED_STEP = 3.0
"""How far from one another the lines of a column begin: letters stand differently far off."""
_NEAR = 8
"""Rows above and below in which a column's other lines are looked for."""
_FEWEST = 2
_WIDER, _SCANNED_WIDER = 1.3, 1.5
_NARROWER = 0.7
_SPACE = 0.35
"""A space as a share of a word's height, where a line has no other."""

Groups = Sequence[Sequence[Word]]


@dataclass(frozen=True, slots=True)
class Gutters:
    """Where columns begin: for each step of ``step`` points, the rows with one there, in order."""

    edges: dict[int, list[int]]
    step: float

    def cut(self, group: Sequence[Word], row: int) -> list[Sequence[Word]]:
        """Cut words without a wide gap where a column begins."""
        if not self.edges or len(group) < 2:
            return [group]
        gaps = [right.x0 - left.x1 for left, right in pairwise(group)]
        parts: list[Sequence[Word]] = []
        start = 0
        for at, gap in enumerate(gaps, 1):
            others = [*gaps[: at - 1], *gaps[at:]]
            height = group[at].bottom - group[at].top
            space = median(others) if others else _SPACE * height
            worded = any(letter.isalpha() for word in group[start:at] for letter in word.text)
            if worded and self._is_unlike(gap, space) and self._begins(group[at].x0, row):
                parts.append(group[start:at])
                start = at
        return [*parts, group[start:]]

    def _is_unlike(self, gap: float, space: float) -> bool:
        if self.step > _STEP:
            return gap > _SCANNED_WIDER * space
        return gap > _WIDER * space or gap < _NARROWER * space

    def _begins(self, place: float, row: int) -> bool:
        bucket = round(place / self.step)
        rows = [
            at
            for near in (bucket - 1, bucket, bucket + 1)
            for at in _between(self.edges.get(near, []), row - _NEAR, row + _NEAR)
        ]
        return len(rows) >= _FEWEST


def gutters_of(rows: Sequence[Groups]) -> Gutters:
    """Return where columns begin, by the rows that wide gaps cut."""
    edges: dict[int, list[int]] = {}
    scanned = any(word.confidence is not None for row in rows[:1] for word in row[0])
    step = _SCANNED_STEP if scanned else _STEP
    for number, row in enumerate(rows):
        for group in row[1:]:
            edges.setdefault(round(group[0].x0 / step), []).append(number)
    return Gutters(edges, step)


def _between(rows: Sequence[int], first: int, last: int) -> Sequence[int]:
    return rows[bisect_left(rows, first) : bisect_left(rows, last + 1)]

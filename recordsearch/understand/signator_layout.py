"""From rows to the blocks of lines in which signatories stand.

Rows whose segments leave the same vertical strips empty make a band of one to four columns. Each
column is read downwards. A heading across the strips, or a gap over the whole width, ends a band.
``signator_rows`` makes the rows. All lengths are points.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from recordsearch.understand.signator_headings import heading_kind
from recordsearch.understand.signator_rows import Row, Segment

_STRIP = 5.0
_BAND_GAP = 1.75
_CLOSE = 1.35
"""From base line to base line inside an entry, in type sizes; plain print has 1.2."""
_COLUMNS = 5
_ALIKE, _ABOUT = 1.04, 1.13
_PARTS = 40
"""Segments of a row that are looked at for the distance of lines."""

Column = list[Segment]


def bands_of(rows: Sequence[Row]) -> list[list[Column]]:
    """Cut rows into bands, and each band into columns of segments that are read downwards."""
    if not rows:
        return []
    pitch = _pitch(rows)
    centred = _centred_headings(rows)
    bands: list[list[Row]] = []
    covered: list[tuple[float, float]] = []
    for number, row in enumerate(rows):
        own = [(segment.x0, segment.x1) for segment in row]
        far = number > 0 and (
            _top(row) - _top(rows[number - 1]) > _BAND_GAP * pitch
            or number in centred
            or number - 1 in centred
        )
        joined = _union(covered + own)
        if not bands or far or not _fits(covered, own, joined):
            moved = [] if far or not bands else _close_above(bands[-1], row)
            bands.append([*moved, row])
            covered = _union([(part.x0, part.x1) for other in bands[-1] for part in other])
        else:
            bands[-1].append(row)
            covered = joined
    return [_columns(band) for band in bands]


def _centred_headings(rows: Sequence[Row]) -> frozenset[int]:
    """Return the rows that are a heading by itself, in line with no column's left edge."""
    alone = [
        number
        for number, row in enumerate(rows)
        if len(row) == 1 and heading_kind(row[0].text) is not None
    ]
    if not alone:
        return frozenset()
    edges = [part.x0 for row in rows for part in row if heading_kind(part.text) is None]
    return frozenset(
        number
        for number in alone
        if not any(abs(edge - rows[number][0].x0) < _STRIP for edge in edges)
    )


def _close_above(band: list[Row], row: Row) -> list[Row]:
    """Take from a band's end the lines of the entry that ``row``, too wide for it, goes on from."""
    moved: list[Row] = []
    below = row
    while len(band) > 1 and len(band[-1]) == 1 and len(row) == 1:
        above = band[-1][0]
        close = below[0].base - above.base <= _CLOSE * above.size
        if not close or abs(above.x0 - row[0].x0) > _STRIP:
            break
        below = band.pop()
        moved.insert(0, below)
    return moved


def _top(row: Row) -> float:
    return min(segment.base for segment in row)


def _pitch(rows: Sequence[Row]) -> float:
    """Return the distance of lines that stand over one another, at least that of plain print."""
    steps = [
        part.base - above.base
        for number, row in enumerate(rows)
        for part in row[:_PARTS]
        if (above := _above(rows, number, part)) is not None
    ]
    print_pitch = 1.15 * median(segment.size for row in rows for segment in row)
    return max(line_pitch(steps), print_pitch) if steps else print_pitch


def _above(rows: Sequence[Row], number: int, part: Segment) -> Segment | None:
    """Return the segment that stands over ``part`` of row ``number``, a few rows up at most."""
    for row in reversed(rows[max(0, number - _COLUMNS) : number]):
        for other in row[:_PARTS]:
            if other.x0 < part.x1 and part.x0 < other.x1:
                return other
    return None


def line_pitch(steps: Sequence[float]) -> float:
    """Return the distance of lines inside an entry: the least of ``steps`` that comes twice.

    On a scan steps differ a little, so it is the middling one of those that are about the least.
    """
    ordered = sorted(steps)
    least = next((a for a, b in pairwise(ordered) if b < _ALIKE * a), ordered[0])
    return median(step for step in ordered if least <= step < _ABOUT * least)


def _union(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for x0, x1 in sorted(spans):
        if out and x0 - out[-1][1] < _STRIP:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _fits(
    covered: Sequence[tuple[float, float]],
    own: Sequence[tuple[float, float]],
    joined: Sequence[tuple[float, float]],
) -> bool:
    """Tell whether a row leaves the strips between a band's columns empty."""
    parts = _union(own)
    return len(joined) >= max(len(covered), len(parts)) and len(joined) <= _COLUMNS


def _columns(band: Sequence[Row]) -> list[Column]:
    spans = _union([(segment.x0, segment.x1) for row in band for segment in row])
    columns: list[Column] = [[] for _ in spans]
    for row in band:
        for segment in row:
            for column, (x0, x1) in zip(columns, spans, strict=True):
                if x0 <= segment.x0 <= x1:
                    column.append(segment)
                    break
    return [column for column in columns if column]

"""From words with boxes to the blocks of lines in which signatories stand.

Words make rows, rows make segments at wide gaps, and rows whose segments leave the same vertical
strips empty make a band of one to four columns. Each column is read downwards. A heading across
the strips, or a gap over the whole width, ends a band.

All lengths are points. Base lines, not boxes, place a line, because boxes may be tight around the
ink, so that a word without descenders ends higher.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from recordsearch.records import Word
from recordsearch.understand.signator_headings import heading_kind

WORDS = 6_000
"""Words looked at on a page; one of plain print has 600."""

_GAP = 1.15
"""A gap between columns is at least this share of the type's size; a space is a third of it."""
_ROW = 0.35
"""Base lines of one row differ by at most this share of the type's size: OCR's by a tenth."""
_LARGEST = 16.0
_MARK_REACH = 60.0
_STRIP = 5.0
_BAND_GAP = 1.75
_CLOSE = 1.35
"""From base line to base line inside an entry, in type sizes; plain print has 1.2."""
_COLUMNS = 5
_RUN = 40.0
_RUNS = 4
_STRAIGHT = 0.0015
_ASKEW = 0.12
_DESCENDS = frozenset("gjpqyQ,;()[]{}|/_$@")
_LOW = frozenset("gjpqy()[]{}|")
_RISES = frozenset("ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl0123456789")
_CAP_HEIGHT = 0.69
"""Height of a capital as a share of the type's size, in common faces .66 to .73."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one row without a wide gap: ``base`` is the base line, ``size`` the type's."""

    text: str
    x0: float
    x1: float
    base: float
    size: float


Row = tuple[Segment, ...]
Column = list[Segment]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Group words into rows, top down, each cut into segments at wide gaps, left to right.

    Words of a row share their base line; columns that do not keep step give rows in turn.
    """
    upright = _upright([word for word in words[:WORDS] if word.text.strip()])
    placed = [
        (word.bottom - _depth(word.text) * word_size(word), word)
        for word in upright
        if any(map(str.isalnum, word.text))
    ]
    placed.sort(key=lambda item: item[0])
    rows: list[list[Word]] = []
    base = 0.0
    for own, word in placed:
        if rows and own - base <= _ROW * min(word_size(word), _LARGEST):
            rows[-1].append(word)
            base += (own - base) / min(len(rows[-1]), 6)
        else:
            rows.append([word])
            base = own
    for word in upright:
        if not any(map(str.isalnum, word.text)):
            _place_mark(word, rows)
    return [_segments(sorted(row, key=lambda word: word.x0)) for row in rows]


def _place_mark(word: Word, rows: list[list[Word]]) -> None:
    """Add a bullet, dash or other mark, which has no base line, beside the nearest word."""
    middle = _middle(word)
    nearest: tuple[float, list[Word]] | None = None
    for row in rows:
        for other in row:
            if other.top - 3 <= middle <= other.bottom + 3:
                apart = other.x0 - word.x1 if other.x0 >= word.x0 else 2 * (word.x0 - other.x1)
                if nearest is None or abs(apart) < nearest[0]:
                    nearest = (abs(apart), row)
    if nearest and nearest[0] < _MARK_REACH:
        nearest[1].append(word)


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _upright(words: list[Word]) -> list[Word]:
    """Return the words of a page that was scanned askew as if it lay straight.

    The slope is the middling one of the stretches of a line that the words come in.
    """
    slopes: list[float] = []
    start = last = None
    for word in words:
        height = word.bottom - word.top
        if (
            start is not None
            and last is not None
            and -1 < word.x0 - last.x1 < 1.5 * height + 4
            and abs(_middle(word) - _middle(last)) < 0.4 * height
        ):
            last = word
            continue
        if start is not None and last is not None and last.x0 - start.x0 > _RUN:
            slopes.append((_middle(last) - _middle(start)) / (last.x0 - start.x0))
        start = last = word
    if start is not None and last is not None and last.x0 - start.x0 > _RUN:
        slopes.append((_middle(last) - _middle(start)) / (last.x0 - start.x0))
    slope = median(slopes) if len(slopes) >= _RUNS else 0.0
    if not _STRAIGHT < abs(slope) < _ASKEW:
        return words
    return [
        Word(
            word.text,
            word.x0 + slope * word.top,
            word.top - slope * word.x0,
            word.x1 + slope * word.top,
            word.bottom - slope * word.x0,
            word.confidence,
        )
        for word in words
    ]


def _segments(row: Sequence[Word]) -> Row:
    base, size = _base(row), _size(row)
    groups: list[list[Word]] = [[row[0]]]
    reach = row[0].x1
    for word in row[1:]:
        if word.x0 - reach >= _GAP * size:
            groups.append([word])
        else:
            groups[-1].append(word)
        reach = max(reach, word.x1)
    return tuple(
        Segment(
            " ".join(word.text for word in group),
            group[0].x0,
            max(word.x1 for word in group),
            _base(group) if len(groups) > 1 else base,
            _size(group) if len(groups) > 1 else size,
        )
        for group in groups
    )


def _base(words: Sequence[Word]) -> float:
    """Return the base line of words: where those end that do not descend."""
    letters = [word for word in words if any(map(str.isalnum, word.text))] or list(words)
    plain = [word.bottom for word in letters if not _DESCENDS.intersection(word.text)]
    if plain:
        return median(plain)
    return median(word.bottom - _depth(word.text) * word_size(word) for word in letters)


def _depth(text: str) -> float:
    """Return how far a word descends, as a share of the type's size."""
    return 0.21 if _LOW.intersection(text) else 0.14 if _DESCENDS.intersection(text) else 0.0


def word_size(word: Word) -> float:
    """Return the type's size of a word, from the height of its ink."""
    rise = _CAP_HEIGHT if _RISES.intersection(word.text) else 0.47
    return (word.bottom - word.top) / (rise + _depth(word.text))


def _size(words: Sequence[Word]) -> float:
    letters = [word for word in words if any(map(str.isalnum, word.text))] or list(words)
    sure = [word for word in letters if _RISES.intersection(word.text)] or letters
    return min(max(median(map(word_size, sure)), 4.0), 40.0)


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
    """Return the distance of rows; where columns do not keep step it is that of plain print."""
    steps = [b - a for a, b in pairwise(map(_top, rows)) if b - a > 2]
    print_pitch = 1.15 * median(segment.size for row in rows for segment in row)
    return max(median(steps), print_pitch) if steps else print_pitch


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

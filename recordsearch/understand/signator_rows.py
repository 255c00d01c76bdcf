"""From words with boxes to rows of segments: what stands on one base line, cut at wide gaps.

All lengths are points. Base lines, not boxes, place a line, because boxes may be tight around the
ink, so that a word without descenders ends higher.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from recordsearch.records import Word
from recordsearch.understand.signator_gutters import gutters_of
from recordsearch.understand.signator_ink import depth_of, has_letters, without_specks, word_size

WORDS = 6_000
"""Words looked at on a page; one of plain print has 600."""

_GAP = 1.15
"""A gap between columns is at least this share of the type's size; a space is a third of it."""
_ROW = 0.35
"""Base lines of one row differ by at most this share of the type's size: OCR's by a tenth."""
_LARGEST = 16.0
_FAR = 1e6
_MARK_REACH = 60.0
_RUN = 40.0
_RUNS = 4
_STRAIGHT = 0.0015
_ASKEW = 0.12
_DESCENDS = frozenset("gjpqyQ,;()[]{}|/_$@")
_RISES = frozenset("ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl0123456789")
_SPECKED = 50.0
_SCANNED_BASE = 0.12


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one row without a wide gap: ``base`` is the base line, ``size`` the type's.

    ``sure`` is OCR's confidence in its words, by their letters, 0 to 100; 100 for a text layer.
    Where a speck was left out it is 50 at most.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    sure: float = 100.0


Row = tuple[Segment, ...]


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Group words into rows, top down, each cut into segments at wide gaps, left to right.

    Words of a row share their base line; columns that do not keep step give rows in turn. A gap
    as narrow as a space parts columns, too, where the next word begins at a column's edge.
    """
    upright = _upright(
        [
            word
            for word in words[:WORDS]
            if word.text.strip() and abs(word.x0) < _FAR and abs(word.bottom) < _FAR
        ]
    )
    placed = [
        (word.bottom - depth_of(word.text) * word_size(word), word)
        for word in upright
        if has_letters(word)
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
        if not has_letters(word):
            _place_mark(word, rows)
    for row in rows:
        row.sort(key=lambda word: word.x0)
    groups = [_groups(row) for row in rows]
    gutters = gutters_of(groups)
    cut = [
        [part for group in row for part in gutters.cut(group, number)]
        for number, row in enumerate(groups)
    ]
    return [_segments(row, kept) for row, kept in zip(rows, without_specks(cut), strict=True)]


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


def _groups(row: Sequence[Word]) -> list[list[Word]]:
    """Cut a row, left to right, at wide gaps."""
    size = _size(row)
    groups: list[list[Word]] = [[row[0]]]
    reach = row[0].x1
    for word in row[1:]:
        if word.x0 - reach >= _GAP * size:
            groups.append([word])
        else:
            groups[-1].append(word)
        reach = max(reach, word.x1)
    return groups


def _segments(row: Sequence[Word], groups: Sequence[tuple[Sequence[Word], bool]]) -> Row:
    """Make segments of the groups of a row; each says whether a speck was left out of it."""
    base, size = _base(row), _size(row)
    return tuple(
        Segment(
            " ".join(word.text for word in group),
            group[0].x0,
            max(word.x1 for word in group),
            _own_base(group, base, size) if len(groups) > 1 else base,
            _size(group) if len(groups) > 1 else size,
            min(_sure(group), _SPECKED if specked else 100.0),
        )
        for group, specked in groups
    )


def _sure(words: Sequence[Word]) -> float:
    if any(word.confidence is None for word in words):
        return 100.0
    sure = sum(len(word.text) * (word.confidence or 0.0) for word in words)
    return sure / sum(len(word.text) for word in words)


def _own_base(words: Sequence[Word], base: float, size: float) -> float:
    """Return the base line of a segment; on a scan the row's, unless it clearly is another."""
    own = _base(words)
    scanned = words[0].confidence is not None
    return base if scanned and abs(own - base) < _SCANNED_BASE * size else own


def _base(words: Sequence[Word]) -> float:
    """Return the base line of words: where those end that do not descend."""
    letters = [word for word in words if has_letters(word)] or list(words)
    plain = [word.bottom for word in letters if not _DESCENDS.intersection(word.text)]
    if plain:
        return median(plain)
    return median(word.bottom - depth_of(word.text) * word_size(word) for word in letters)


def _size(words: Sequence[Word]) -> float:
    letters = [word for word in words if has_letters(word)] or list(words)
    sure = [word for word in letters if _RISES.intersection(word.text)] or letters
    return min(max(median(map(word_size, sure)), 4.0), 40.0)

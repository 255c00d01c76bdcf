"""Find text that is repeated all over a release's messages: footers, disclaimers, signatures.

Two passes over the messages' bodies: the first counts, in fixed memory, in how many bodies each
line and each run of eight words occurs; the second marks what occurs in many.

Runs of words find a paragraph however its lines are wrapped, lines find what is short. Only one run
in four is looked at, chosen by the word it begins with, so that a text gives the same runs wherever
it stands (content-defined sampling: Manber, "Finding similar files in a large file system", 1994).
Words are letters and digits in one case: quotation marks and punctuation, of which OCR is unsure,
make no difference.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from recordsearch.understand.value_shapes import fold_same_length

# Cells of four bytes, 4 MiB. Each thing has two, and its count is the lesser of them, which is
# never too small (count-min sketch with conservative update: Estan and Varghese, 2002).
_CELLS = 1 << 20
_SHINGLE_WORDS = 8
_SAMPLE = 3  # a run is looked at where the hash of its first word has none of these bits
_LINE_SEED = 1  # so that a line is not counted as the run of the same words
_LEAST_LINE_LETTERS = 8
_LEAST_WORDS, _LEAST_LINES = 12, 2
# What stands between two repeated runs and is no longer is what OCR misread or the sample missed,
# or what changes from message to message, as a date.
_GAP_WORDS = 8
# As much of a line's beginning or end as the sample may miss.
_EDGE_WORDS = _SHINGLE_WORDS - 1
# A longer run is a letter that many sent, or a newsletter: what a reader looks for.
_MOST_WORDS = 500
# A body of more than some 60 pages is data; what comes after them is not looked at.
_MOST_CHARACTERS = 200_000
_LEAST_REPEATS, _MESSAGES_A_REPEAT = 10, 500

_WORD = re.compile(r"[^\W_]+")


def least_repeats(messages: int) -> int:
    """Return in how many of ``messages`` bodies text must occur to be called boilerplate.

    Ten, as fewer may be one conversation, quoting; in large releases one in five hundred, as what
    single conversations and campaigns repeat grows with the release. It is twenty times what chance
    adds to a count there: some 100 things a body, two million a cell of the counter.
    """
    return max(_LEAST_REPEATS, messages // _MESSAGES_A_REPEAT)


class LineCounter:
    """Counts in how many bodies lines and runs of words occur, in 4 MiB whatever is counted."""

    def __init__(self) -> None:
        self._cells = array("I", bytes(4 * _CELLS))

    def add(self, body: str) -> None:
        """Count what occurs in a body, each thing once."""
        words, lines = _words_and_lines(_folded(body))
        seen = {key for _, key in _shingles(words)}
        seen.update(key for _, _, key in lines)
        cells = self._cells
        for key in seen:
            one, other = key % _CELLS, key >> 12
            count = min(cells[one], cells[other])
            if count < 0xFFFF_FFFF:
                if cells[one] == count:
                    cells[one] = count + 1
                if cells[other] == count:
                    cells[other] = count + 1

    def count(self, key: int) -> int:
        """Return in how many bodies the thing with this hash of 32 bits occurred, or a few more."""
        return min(self._cells[key % _CELLS], self._cells[key >> 12])


class _Run(NamedTuple):
    """Words ``first`` to ``last`` (not included) that occur in ``repeats`` bodies."""

    first: int
    last: int
    repeats: int
    is_line: bool


def boilerplate_ranges(body: str, counter: LineCounter, least: int) -> list[tuple[int, int]]:
    """Return the character ranges of a body that are boilerplate, in order, apart from each other.

    ``counter`` has counted all bodies, ``least`` is ``least_repeats`` of their number. A range
    holds at least 12 repeated words or 2 repeated lines, and at most 500 words.
    """
    folded = _folded(body)
    words, lines = _words_and_lines(folded)
    found = [(first, first + _SHINGLE_WORDS, key, False) for first, key in _shingles(words)]
    found += [(first, last, key, True) for first, last, key in lines]
    runs = [
        _Run(first, last, repeats, is_line)
        for first, last, key, is_line in found
        if (repeats := counter.count(key)) >= least
    ]
    if not runs:
        return []
    spans = [match.span() for match in _WORD.finditer(folded)]
    bounds = _line_bounds(folded, spans)
    ranges: list[tuple[int, int]] = []
    own_lines = sorted((first, last) for first, last, key in lines if counter.count(key) < least)
    for group in _groups(sorted(runs), own_lines):
        own = _without_text_before(group)
        if _is_enough(own):
            first, last = _to_line_ends(own[0].first, max(run.last for run in own), bounds)
            start = max(spans[first][0], ranges[-1][1] if ranges else 0)
            ranges.append((start, _with_punctuation(body, spans[last - 1][1])))
    return ranges


def _folded(body: str) -> str:
    return fold_same_length(body[:_MOST_CHARACTERS])


def _words_and_lines(folded: str) -> tuple[list[str], list[tuple[int, int, int]]]:
    """Return the words, and of each line that counts its first word, the next line's, its hash."""
    words: list[str] = []
    lines: list[tuple[int, int, int]] = []
    for line in folded.split("\n"):
        of_line = _WORD.findall(line)
        if not of_line:
            continue
        first = len(words)
        words += of_line
        joined = "".join(of_line)
        if len(joined) >= _LEAST_LINE_LETTERS and _has_letters(joined):
            lines.append((first, len(words), _hash(joined, _LINE_SEED)))
    return words, lines


def _has_letters(joined: str) -> bool:
    return joined.isalpha() or sum(map(str.isalpha, joined)) >= _LEAST_LINE_LETTERS


def _hash(text: str, seed: int = 0) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"), seed)


def _shingles(words: list[str]) -> list[tuple[int, int]]:
    """Return the sampled runs of eight words: the place of the first word, and the run's hash."""
    return [
        (place, _hash(" ".join(words[place : place + _SHINGLE_WORDS])))
        for place, word in enumerate(words[: 1 - _SHINGLE_WORDS])
        if not _hash(word) & _SAMPLE
    ]


def _groups(runs: list[_Run], own_lines: list[tuple[int, int]]) -> Iterator[list[_Run]]:
    """Yield runs that overlap, touch, or nearly do, together.

    A whole line of the message's own between two of them keeps them apart, however short it is.
    """
    group = [runs[0]]
    last = runs[0].last
    for run in runs[1:]:
        own = bisect_left(own_lines, (last, 0))
        parted = own < len(own_lines) and own_lines[own][1] <= run.first
        if parted or run.first > last + _GAP_WORDS:
            yield group
            group = []
        group.append(run)
        last = max(last, run.last)
    yield group


def _without_text_before(group: list[_Run]) -> list[_Run]:
    """Leave out lines at the top that stand there by chance.

    What someone often writes, such as "Please advise.", is a repeated line too. A line belongs to
    the footer below it only where it occurs in at least half as many bodies as that.
    """
    shingles = [run.repeats for run in group if not run.is_line]
    if not shingles:
        return [] if group[0].first == 0 else group
    start = 0
    while group[start].is_line and 2 * group[start].repeats < shingles[0]:
        start += 1
    return group[start:]


def _is_enough(group: list[_Run]) -> bool:
    repeated = last = 0
    for run in group:
        repeated += max(0, run.last - max(last, run.first))
        last = max(last, run.last)
    if not group or last - group[0].first > _MOST_WORDS:
        return False
    return repeated >= _LEAST_WORDS or sum(run.is_line for run in group) >= _LEAST_LINES


def _to_line_ends(first: int, last: int, bounds: list[tuple[int, int]]) -> tuple[int, int]:
    """Take in the few words of the first and the last line that the sample missed."""
    line_start, line_end = bounds[first][0], bounds[last - 1][1]
    return (
        line_start if first - line_start <= _EDGE_WORDS else first,
        line_end if line_end - last <= _EDGE_WORDS else last,
    )


def _line_bounds(folded: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    first = 0
    line_end = -1
    for place, (start, _) in enumerate(spans):
        if start > line_end:
            bounds += [(first, place)] * (place - first)
            first = place
            line_end = folded.find("\n", start)
            if line_end < 0:
                line_end = len(folded)
    bounds += [(first, len(spans))] * (len(spans) - first)
    return bounds


def _with_punctuation(body: str, end: int) -> int:
    """Return the end with the marks that close a sentence there."""
    while end < len(body) and body[end] in ".!?)]\"'”’":
        end += 1
    return end

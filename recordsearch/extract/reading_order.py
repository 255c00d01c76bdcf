"""From words with boxes to text in reading order: a pure function, whatever read the words.

Words make lines by their height on the page. Where the page has columns of prose, each stretch of
it is read column by column, and a line that crosses the gutter (a title, a footnote over the full
width) ends the stretch above it. All else is read line by line, as tables and forms want.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from recordsearch.extract.runs import prose_gutters
from recordsearch.records import Word


def in_reading_order(words: Sequence[Word], width: float) -> str:
    r"""Return the text of a page ``width`` points wide, a printed line for each ``\n``."""
    lines = _lines(words)
    boxes = [(word.x0, word.top, word.x1, word.bottom) for word in words]
    gutters = prose_gutters(boxes, width) if width > 0 else []
    if not gutters:
        return "\n".join(_text(line) for line in lines)
    edges = [float("-inf"), *gutters, float("inf")]
    columns: list[list[str]] = [[] for _ in pairwise(edges)]
    out: list[str] = []
    for line in lines:
        if any(word.x0 < gutter < word.x1 for word in line for gutter in gutters) or _spans(
            line, gutters
        ):
            out += _flush(columns)
            out.append(_text(line))
            continue
        for column, (left, right) in zip(columns, pairwise(edges), strict=True):
            part = [word for word in line if left <= (word.x0 + word.x1) / 2 < right]
            if part:
                column.append(_text(part))
    return "\n".join(out + _flush(columns))


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Group words whose middles lie within half a height of each other, left to right."""
    lines: list[list[Word]] = []
    middle = height = 0.0
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        own_middle = (word.top + word.bottom) / 2
        own_height = word.bottom - word.top
        if lines and abs(own_middle - middle) <= 0.5 * min(height, own_height):
            lines[-1].append(word)
        else:
            lines.append([word])
            middle, height = own_middle, own_height
    for line in lines:
        line.sort(key=lambda word: word.x0)
    return lines


def _spans(line: Sequence[Word], gutters: Sequence[float]) -> bool:
    """Tell whether two neighbours of a line stand closer across a gutter than columns do."""
    return any(
        left.x1 <= gutter <= right.x0 and right.x0 - left.x1 < 0.5 * (right.bottom - right.top)
        for left, right in pairwise(line)
        for gutter in gutters
    )


def _flush(columns: Sequence[list[str]]) -> list[str]:
    out = [text for column in columns for text in column]
    for column in columns:
        column.clear()
    return out


def _text(line: Iterable[Word]) -> str:
    return " ".join(word.text for word in line)

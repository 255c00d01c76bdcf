"""Tell whether a page has a table: ruled, as lines that cross, or as columns of numbers.

Pure functions. Nothing is said about a table's cells; a page is found by ``has:table``.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from recordsearch.extract.runs import Box

_TOUCH = 3.0
"""Points by which lines that meet may miss each other."""
FEWEST_LINES = 3
_FEWEST_CROSSINGS = 8
_MOST_LINES = 120
_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 20.0

_DIGIT_SHARE = 0.08
_NUMBER = re.compile(r"[($€£+~<-]{0,3}\d[\d,.]*[%)*]{0,3}")
_MARK = re.compile(r"[-–—]{1,3}|[$%|]|N/A|\.{3,}")
_GROUPED = re.compile(r"\d[,.]\d|\d\d|%")
_FEWEST_NUMBERS = 3
_LINES_IN_A_ROW = 4
_ROWS_IN_A_ROW = 3
_MOST_TEXT_LINES = 600
_LINE_CHARACTERS = 400

_Line = tuple[float, float, float]
"""Where a line lies across its run, and from where to where it runs."""


def ruled_tables(lines: Sequence[Box]) -> list[Box]:
    """Return the boxes of ruled tables: three lines each way and more that cross each other.

    ``lines`` are boxes in points, thin one way or the other.
    """
    flat = [box for box in lines if box[2] - box[0] > box[3] - box[1]]
    steep = [box for box in lines if box[2] - box[0] <= box[3] - box[1]]
    if len(flat) < FEWEST_LINES or len(steep) < FEWEST_LINES:
        return []
    rows = _merged(((top + bottom) / 2, x0, x1) for x0, top, x1, bottom in flat)
    columns = _merged(((x0 + x1) / 2, top, bottom) for x0, top, x1, bottom in steep)
    found = []
    for across, down in _crossing(rows, columns):
        ys, xs = [line[0] for line in across], [line[0] for line in down]
        box = (min(xs), min(ys), max(xs), max(ys))
        if box[2] - box[0] >= _LEAST_WIDTH and box[3] - box[1] >= _LEAST_HEIGHT:
            found.append(box)
    return found


def has_columns_of_numbers(text: str) -> bool:
    """Tell whether several lines in a row are mostly numbers, three or more on each."""
    if sum(map(text.count, "0123456789")) < _DIGIT_SHARE * len(text):
        return False
    in_a_row = missed = 0
    for line in text.split("\n", _MOST_TEXT_LINES)[:_MOST_TEXT_LINES]:
        if not line or line.isspace():
            continue
        if _is_row_of_numbers(line[:_LINE_CHARACTERS]):
            in_a_row += 1
            missed = 0
            if in_a_row == _LINES_IN_A_ROW:
                return True
        elif in_a_row and not missed:
            missed = 1  # a heading, or a label that runs over two lines
        else:
            in_a_row = 0
    return False


def has_rows_of_cells(text: str) -> bool:
    """Tell whether several lines in a row have as many tabs each, as a native table is written."""
    if text.count("\t") < _ROWS_IN_A_ROW:
        return False
    in_a_row = 0
    for before, line in pairwise(("", *text.split("\n", _MOST_TEXT_LINES)[:_MOST_TEXT_LINES])):
        tabs = line.count("\t")
        in_a_row = in_a_row + 1 if tabs and tabs == before.count("\t") else int(bool(tabs))
        if in_a_row == _ROWS_IN_A_ROW:
            return True
    return False


def _is_row_of_numbers(line: str) -> bool:
    numbers = grouped = others = 0
    for piece in line.split():
        if _NUMBER.fullmatch(piece):
            numbers += 1
            grouped += _GROUPED.search(piece) is not None
        elif not _MARK.fullmatch(piece):
            others += 1
    return numbers >= _FEWEST_NUMBERS and grouped > 0 and others <= numbers + 2


def _merged(lines: Iterable[_Line]) -> list[_Line]:
    """Join lines that go on where another ends, as the borders of cells do."""
    joined: list[_Line] = []
    for at, start, end in sorted((round(at), start, end) for at, start, end in lines):
        if joined:
            last_at, last_start, last_end = joined[-1]
            if at - last_at <= _TOUCH - 1 and start <= last_end + _TOUCH and end >= last_start:
                joined[-1] = (last_at, min(start, last_start), max(end, last_end))
                continue
        joined.append((at, start, end))
    return joined[:_MOST_LINES]


def _crossing(
    rows: Sequence[_Line], columns: Sequence[_Line]
) -> list[tuple[list[_Line], list[_Line]]]:
    """Return the groups of rows and columns that cross one another often enough for a table."""
    crossed = [
        [
            place
            for place, (x, top, bottom) in enumerate(columns)
            if x0 - _TOUCH <= x <= x1 + _TOUCH and top - _TOUCH <= y <= bottom + _TOUCH
        ]
        for y, x0, x1 in rows
    ]
    groups: list[tuple[set[int], set[int]]] = []
    for row, places in enumerate(crossed):
        if len(places) < 2:
            continue
        here = ({row}, set(places))
        apart = []
        for group in groups:
            if group[1].isdisjoint(here[1]):
                apart.append(group)
            else:
                here = (here[0] | group[0], here[1] | group[1])
        groups = [*apart, here]
    return [
        ([rows[row] for row in across], [columns[place] for place in down])
        for across, down in groups
        if len(across) >= FEWEST_LINES
        and len(down) >= FEWEST_LINES
        and sum(len(crossed[row]) for row in across) >= _FEWEST_CROSSINGS
    ]

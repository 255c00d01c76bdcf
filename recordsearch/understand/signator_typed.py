"""Rows of text that has no boxes, set out as if typed: so many points a letter and a line.

Such text is that of text files and of e-mails' bodies, and of pages whose words are not known.
Columns show as runs of blanks, entries set apart as empty lines.
"""

import re

from recordsearch.understand.signator_rows import Row, Segment

_LETTER = 6.0
_LINE = 12.0
_SIZE = 10.0
"""Points: a typewriter's pica has ten letters and six lines an inch, 7.2 and 12 points; letters
are taken narrower, so that a column of print has its width."""

_MARGIN = 5
"""Lines of the margin above a page's first one."""

_LINES = 2_000
_CHARACTERS = 400
_TAB = 8
_GAP = re.compile(r" {3,}")
_NARROW_GAP = re.compile(r" {2,}")
_ALIGNED = 3
"""Lines whose parts begin at one place make a column, even where two blanks are before it."""


def rows_of_text(text: str, above: int = 0) -> list[Row]:
    """Return the rows of a text, cut into segments at tabs and at runs of blanks.

    ``above`` is the number of lines that stand above the text on its page.
    """
    lines = [
        line.rstrip()[:_CHARACTERS].expandtabs(_TAB)[:_CHARACTERS]
        for line in text.split("\n", _LINES)[:_LINES]
    ]
    narrow = _narrow_columns(lines)
    first = _MARGIN + above
    return [row for number, line in enumerate(lines, first) if (row := _row(line, number, narrow))]


def _narrow_columns(lines: list[str]) -> frozenset[int]:
    """Return the places where parts begin, two blanks before them, in some lines one another."""
    places: dict[int, int] = {}
    for line in lines:
        for gap in _NARROW_GAP.finditer(line.rstrip()):
            if gap.start():
                places[gap.end()] = places.get(gap.end(), 0) + 1
    return frozenset(place for place, count in places.items() if count >= _ALIGNED)


def _row(line: str, number: int, narrow: frozenset[int]) -> Row:
    cuts = [gap.span() for gap in _NARROW_GAP.finditer(line) if _parts(gap, narrow)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(line)]
    base = _LINE * (number + 1)
    return tuple(
        Segment(re.sub(r"\s+", " ", part), _LETTER * start, _LETTER * end, base, _SIZE)
        for start, end in zip(starts, ends, strict=True)
        if (part := line[start:end].strip())
    )


def _parts(gap: re.Match[str], narrow: frozenset[int]) -> bool:
    """Tell whether a run of blanks parts two columns, or is an indent."""
    return gap.start() == 0 or _GAP.match(gap[0]) is not None or gap.end() in narrow

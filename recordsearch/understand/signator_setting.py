"""How a list of signatories is set: space between entries, hung lines, bullets, its left edge."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from recordsearch.understand.signator_headings import heading_kind
from recordsearch.understand.signator_layout import Column, line_pitch
from recordsearch.understand.signator_names import Kind, kind_of
from recordsearch.understand.signator_parse import is_marked, tidy

SPACED = 1.13
"""A step from line to line is wide from this many times the step inside an entry on."""
BLOCK_LINES = 7
"""Lines of the longest entry."""
INDENT, MOST_INDENT = 4.0, 40.0
"""Points by which wrapped lines are hung."""

_WIDE = 0.15
"""Share of the steps from line to line that lead to a new entry: one of six where an entry has
six lines. Where fewer are wide they part sections, and each line is an entry."""
_HUNG = 0.8
_FEWEST = 3
_FEW_ON_PAGE = 25
_FEW_LONE = 0.1
_LETTERS = {Kind.PERSON: "P", Kind.GROUP: "G"}

Band = Sequence[Column]
Sheet = tuple[int, Sequence[Band]]
"""A page's number from 1, and its bands."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a column is set: entries spaced apart, wrapped lines hung; its left edge and room.

    ``lone`` tells that there are so few lines that they may be one signature. ``form`` is ``PG``
    where entries of two lines are a person with a group below, ``GP`` the other way about, empty
    where that is not so.
    """

    spaced: bool
    hung: bool
    left: float
    reach: float
    page: int
    lone: bool
    form: str = ""


def columns_of(bands: Sequence[Band]) -> list[Column]:
    """Return the columns of all bands."""
    return [column for band in bands for column in band]


def spacing_of(bands: Sequence[Band]) -> tuple[bool, float]:
    """Tell whether space parts a page's entries, and the distance of the lines inside them."""
    pairs = [pair for band in bands for column in band for pair in pairwise(column)]
    for before, after in pairwise(bands):
        if len(before) == len(after):
            pairs += [(one[-1], other[0]) for one, other in zip(before, after, strict=True)]
    steps = [
        below.base - above.base
        for above, below in pairs
        if below.base - above.base > 0.8 * min(above.size, below.size)
    ]
    if not steps:
        return True, 12.0
    pitch = line_pitch(steps)
    wide = sum(step > SPACED * pitch for step in steps)
    return wide >= _WIDE * len(steps), pitch


def spacing_on(
    own: tuple[bool, float], whole: tuple[bool, float], bands: Sequence[Band]
) -> tuple[bool, float]:
    """Settle the spacing of a page's ``bands``, seen by themselves and on all of a list's pages.

    A page's few lines may happen to be entries of one line each, or one or two long ones.
    """
    spaced, pitch = own
    if not whole[0]:
        return own
    few = sum(map(len, columns_of(bands))) < _FEW_ON_PAGE
    alike = pitch < SPACED * whole[1] and whole[1] < SPACED * pitch
    apart = any(
        below.base - above.base > SPACED * pitch
        for column in columns_of(bands)
        for above, below in pairwise(column)
    )
    return whole if (spaced and not alike) or (few and alike and apart) else own


def form_of(blocks: Sequence[Sequence[str]]) -> str:
    """Return what stands first in entries of two lines, by those whose lines are sure.

    A list where groups stand by themselves has no such form: two lines may be a wrapped name.
    """
    forms: Counter[str] = Counter()
    for lines in blocks:
        kinds = [kind_of(tidy(line)) for line in lines[:2]]
        forms["".join(_LETTERS.get(kind, "-") for kind in kinds)] += 1
    form = max(("PG", "GP"), key=lambda form: forms[form])
    sure = forms[form] >= _FEWEST and forms["G"] <= _FEW_LONE * len(blocks)
    return form if sure else ""


def left_of(column: Column) -> float:
    """Return the left edge of a column; a heading in the page's middle may reach beyond it."""
    return min(
        (part.x0 for part in column if heading_kind(part.text) is None), default=column[0].x0
    )


def is_hung(bands: Sequence[Band]) -> bool:
    """Tell whether wrapped lines are indented, all by nearly the same."""
    indents: Counter[int] = Counter()
    for band in bands:
        for column in band:
            left = left_of(column)
            indents.update(
                round((part.x0 - left) / 3)
                for part in column
                if INDENT < part.x0 - left < MOST_INDENT
            )
    if indents.total() < 2:
        return False
    indent, _ = indents.most_common(1)[0]
    alike = sum(indents[near] for near in (indent - 1, indent, indent + 1))
    return alike >= _HUNG * indents.total()


def is_marked_list(bands: Sequence[Band]) -> bool:
    """Tell whether a number or bullet stands before each entry."""
    columns = columns_of(bands)
    lines = sum(map(len, columns))
    marks = sum(is_marked(part.text) for column in columns for part in column)
    return marks >= _FEWEST and marks >= lines / BLOCK_LINES

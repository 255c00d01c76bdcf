"""From a band's columns of lines to signatures: joins wrapped names, keeps what belongs together.

In a list set with space between its entries, the space tells them apart. Otherwise each line is an
entry, unless it clearly goes on from the line before, or is the title or group of the person
above.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from recordsearch.understand.signator_headings import heading_kind, is_remark
from recordsearch.understand.signator_layout import Column
from recordsearch.understand.signator_names import Kind, kind_of
from recordsearch.understand.signator_parse import is_by, is_marked, is_signed, is_typed_below, tidy
from recordsearch.understand.signator_rows import Segment
from recordsearch.understand.signator_series import cut_series
from recordsearch.understand.signator_setting import (
    BLOCK_LINES,
    SPACED,
    Setting,
    Sheet,
    columns_of,
    form_of,
    is_hung,
    is_marked_list,
    left_of,
    spacing_of,
    spacing_on,
)
from recordsearch.understand.signator_wraps import in_one_line, join_lines

_FEW_LINES = 10
_LONE_LINES = 3
_FAR = 2.0
_LONE_LEFT = 160.0
_LONE_COLUMN = 340.0
"""Points that a line of a single column has room for at least; texts are set 400 or wider."""
_MEASURE = 0.9
"""Share of the width of the text above that a single column has, too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A signature: its lines, the page, and what the heading above it says its signers are."""

    lines: tuple[str, ...]
    page: int
    heading: Kind | None = None


def entries_of(sheets: Sequence[Sheet], measure: float = 0.0) -> list[Entry]:
    """Cut the bands of a letter's pages into entries; ``measure`` is the width of its text.

    How entries are set apart is seen on each page by itself, or on all where a page has few lines.
    """
    cut = _cut_columns(sheets, max(_LONE_COLUMN, _MEASURE * measure))
    form = form_of([[part.text for part in block] for blocks, _ in cut for block in blocks])
    out: list[Entry] = []
    heading: Kind | None = None
    for blocks, setting in cut:
        setting = replace(setting, form=form)
        for block in blocks:
            heading = _cut(block, setting, heading, out)
    return out


def _cut_columns(
    sheets: Sequence[Sheet], lone_column: float
) -> list[tuple[list[list[Segment]], Setting]]:
    """Cut each column into the blocks that space, marks or headings part, and say how it is set.

    ``lone_column`` is the room in points that a line of a single column has at least.
    """
    out: list[tuple[list[list[Segment]], Setting]] = []
    every = [band for _, bands in sheets for band in bands]
    widest: dict[int, float] = {}  # the longest line of the bands with so many columns
    for band in every:
        width = max((part.x1 - part.x0 for column in band for part in column), default=0.0)
        widest[len(band)] = max(width, widest.get(len(band), 0.0))
    lone = sum(map(len, columns_of(every))) <= _LONE_LINES
    overall = spacing_of(every)
    for page, bands in sheets:
        seen = bands if sum(map(len, columns_of(bands))) >= _FEW_LINES else every
        spaced, pitch = spacing_on(spacing_of(seen), overall, bands)
        marked, hung = is_marked_list(seen), is_hung(seen)
        for band in bands:
            for whole in band:
                column = [part for part in whole if not is_remark(part.text)]
                if not column:
                    continue
                reach = widest[len(band)]
                if len(band) == 1 and column[0].x0 < _LONE_LEFT:
                    reach = max(reach, lone_column)
                left = left_of(column)
                setting = Setting(spaced or marked, hung and not marked, left, reach, page, lone)
                blocks = _marked_blocks(column) if marked else _blocks(column, spaced, pitch)
                out.append((blocks, setting))
    return out


def _marked_blocks(column: Column) -> list[list[Segment]]:
    """Cut a column before each number or bullet, and at headings."""
    blocks: list[list[Segment]] = []
    for part in column:
        if not blocks or is_marked(part.text) or heading_kind(part.text):
            blocks.append([part])
        else:
            blocks[-1].append(part)
    return blocks


def _blocks(column: Column, spaced: bool, pitch: float) -> list[list[Segment]]:
    """Cut a column where the lines stand wider apart than inside an entry."""
    limit = pitch * (SPACED if spaced else 1.5)
    blocks = [[column[0]]]
    for above, below in pairwise(column):
        if below.base - above.base > limit and not _is_title_of(below, above, limit):
            blocks.append([below])
        else:
            blocks[-1].append(below)
    return blocks


def _is_title_of(part: Segment, above: Segment, limit: float) -> bool:
    """Tell whether a line is but a title, and the line over it but a name, not far above."""
    return (
        part.base - above.base < _FAR * limit
        and kind_of(tidy(part.text)) is Kind.TITLE
        and kind_of(tidy(above.text)) in (Kind.PERSON, Kind.EITHER)
    )


def _cut(
    block: Sequence[Segment], setting: Setting, heading: Kind | None, out: list[Entry]
) -> Kind | None:
    """Add the entries of a block to ``out``, and return the heading in force below it."""
    lines: list[Segment] = []
    for part in block:
        kind = heading_kind(part.text)
        if kind is None:
            lines.append(part)
            continue
        _emit(lines, setting, heading, out)
        lines, heading = [], kind
    _emit(lines, setting, heading, out)
    return heading


def _emit(
    lines: Sequence[Segment], setting: Setting, heading: Kind | None, out: list[Entry]
) -> None:
    proxy = next((at for at in range(1, len(lines)) if is_by(lines[at].text)), 0)
    if proxy and not is_signed(lines[0].text):
        _emit(lines[:proxy], setting, heading, out)
        lines = lines[proxy:]
    if not lines:
        return
    whole = len(lines) <= BLOCK_LINES and (setting.spaced or _one_signature(lines, setting.lone))
    joined = join_lines(lines, setting, whole)
    if whole and _is_one(joined):
        out.append(Entry(tuple(joined), setting.page, heading))
        return
    if whole:  # it is several entries, so its lines are to be joined as those of a list are
        joined = join_lines(lines, setting, False)
    out += [Entry(tuple(group), setting.page, heading) for group in cut_series(joined)]


def _is_one(texts: Sequence[str]) -> bool:
    """Tell whether joined lines that stand together are one signature, not groups one a line."""
    if is_typed_below(texts):
        texts = texts[1:]
    kinds = [kind_of(tidy(text)) for text in texts]
    if len(texts) == 1:
        return True
    if in_one_line(texts[0]):  # what goes on from it is joined already
        return False
    if kinds[0] in (Kind.PERSON, Kind.EITHER):
        return len(texts) == 2 or (
            len(texts) <= 5
            and not _has_second_name(texts, kinds)
            and kinds[1] is not Kind.PERSON
            and (kinds[1] is Kind.TITLE or kinds[0] is Kind.PERSON)
        )
    if len(texts) == 2 and kinds[1] is Kind.EITHER:
        return True
    return any(
        kind in (Kind.PERSON, Kind.TITLE) or in_one_line(text)
        for kind, text in zip(kinds[1:], texts[1:], strict=True)
    )


def _has_second_name(texts: Sequence[str], kinds: Sequence[Kind]) -> bool:
    """Tell whether a name with a title below stands under a name with its own title."""
    return any(
        is_signed(texts[at]) or (kinds[at + 1 : at + 2] == [Kind.TITLE] and not at % 2)
        for at in range(2, len(texts))
        if kinds[at] in (Kind.PERSON, Kind.EITHER)
    )


def _one_signature(lines: Sequence[Segment], lone: bool) -> bool:
    """Tell whether lines without space between them are one person's name, title and group.

    Where few lines stand below a closing (``lone``), a letter has one signer more often than two
    groups.
    """
    if len(lines) == 1:
        return True
    kinds = [kind_of(tidy(part.text)) for part in lines]
    if kinds[0] not in (Kind.PERSON, Kind.EITHER) or len(lines) > 4:
        return False
    if len(lines) == 2 and kinds[1] is Kind.GROUP and (kinds[0] is Kind.PERSON or lone):
        return True
    if len(lines) > 2 and is_typed_below([part.text for part in lines]):
        return True
    return kinds[1] is Kind.TITLE and not any(
        kind in (Kind.PERSON, Kind.EITHER) for kind in kinds[2:]
    )

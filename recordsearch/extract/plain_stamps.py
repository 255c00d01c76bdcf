"""Find the pages of a text without page breaks by the Bates numbers that were stamped on them.

What was read off a release page after page is often handed out as one text. Its stamps are left in
it, each alone on its line, and tell where the pages were.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

# The form is that of :mod:`recordsearch.understand.bates`, alone on its line.
_STAMP = re.compile(
    r"^[ \t]{0,200}(?P<prefix>[A-Z][A-Z0-9&.]{0,14}(?:[-_ ][A-Z][A-Z0-9&.]{0,14}){0,3}[-_ ]{0,2})"
    r"(?P<number>\d(?: ?\d){3,9})[ \t]{0,200}\r?$",
    re.MULTILINE,
)
# The letters for which OCR takes a figure of a stamp: such a stamp is no number, but ends a page.
_DAMAGED = r"[\dOQDoIl|ZSBG ]"
_NUMBER_SPARE = 2
_LEAST_STAMPS = 4
_LEAST_TEXT = 40
"""Characters between two stamps of which most pages must have more: less is a list of numbers."""

_Series = tuple[str, int]
_Span = tuple[int, int]


def stamped_pages(text: str) -> list[str] | None:
    """Cut ``text`` at the stamps of its pages; None where it has none, or they do not tell how.

    A series of stamps counts up by one from most of them to the next. Whether they stand at the
    foot or at the head of the pages is told by the text before the first and after the last:
    where both, or neither, have some, it cannot be told.
    """
    found: dict[_Series, list[tuple[int, re.Match[str]]]] = {}
    for match in _STAMP.finditer(text):
        digits = match["number"].replace(" ", "")
        found.setdefault((match["prefix"], len(digits)), []).append((int(digits), match))
    if not found:
        return None
    series = max(found, key=lambda one: len(found[one]))
    if not _counts_up([number for number, _ in found[series]]):
        return None
    spans = _spans(text, series, [match.span() for those in found.values() for _, match in those])
    ends = [end for _, end in spans]
    if not _have_text(text, spans):
        return None
    before = bool(text[: spans[0][0]].strip())
    after = bool(text[ends[-1] :].strip())
    if before == after:
        return None
    cuts = (
        [_after_line(text, end) for end in ends[:-1]]
        if before
        else [start for start, _ in spans[1:]]
    )
    return [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]


def _counts_up(numbers: Sequence[int]) -> bool:
    if len(numbers) < _LEAST_STAMPS:
        return False
    steps = sum(after == before + 1 for before, after in pairwise(numbers))
    return 2 * steps >= len(numbers) - 1


def _spans(text: str, series: _Series, others: Sequence[_Span]) -> list[_Span]:
    """Return where the stamps of a series stand, also damaged ones, with those beside them.

    Productions are stamped anew when they are released again: such a stamp stands right below or
    above, and belongs to the same page.
    """
    prefix, digits = series
    damaged = re.compile(
        rf"^[ \t]{{0,200}}{re.escape(prefix)}(?=[^\n]{{0,{digits + _NUMBER_SPARE}}}\d)"
        rf"{_DAMAGED}{{{digits - 1},{digits + _NUMBER_SPARE}}}[ \t]{{0,200}}\r?$",
        re.MULTILINE,
    )
    own = {match.span() for match in damaged.finditer(text)}
    spans: list[_Span] = []
    owned: list[bool] = []
    for start, end in sorted(own | set(others)):
        if (
            spans
            and not text[spans[-1][1] : start].strip()
            and not (owned[-1] and (start, end) in own)
        ):
            spans[-1] = (spans[-1][0], end)
            owned[-1] = owned[-1] or (start, end) in own
            continue
        spans.append((start, end))
        owned.append((start, end) in own)
    return [span for span, is_own in zip(spans, owned, strict=True) if is_own]


def _have_text(text: str, spans: Sequence[_Span]) -> bool:
    full = sum(
        len(text[end:start].strip()) > _LEAST_TEXT for (_, end), (start, _) in pairwise(spans)
    )
    return 2 * full >= len(spans) - 1


def _after_line(text: str, place: int) -> int:
    """Return where the line after ``place`` begins."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1

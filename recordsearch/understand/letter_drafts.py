"""Pairs what opens a letter with what closes it: drafts, of which not all prove to be letters."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.understand.letter_head import date_line
from recordsearch.understand.letter_lines import (
    OPEN_LETTER,
    UNDERSIGNED,
    Line,
    closing,
    salutation,
)
from recordsearch.understand.signator_headings import heading_kind

LETTER_PAGES = 40
"""Pages from salutation to closing; a longer text is no letter."""

_HEAD_LINES = 60
_NEAR_LINES = 25
_BODY_LINES = 150
_DATE_CHARACTERS = 45
_MOST = 5_000
"""Drafts of a document; a release's longest has some hundreds."""
_LIST_LINES = 8
_LIST = re.compile(r"under-?signed|signator|following (?:organi|groups|people)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that may be, as places in the list of lines.

    ``first`` is its first line, ``opening`` the salutation or what stands for one, ``closing`` -1
    where there is none, ``end`` the line behind all that it may take in; ``greeted`` tells that
    there is a salutation.
    """

    first: int
    opening: int
    closing: int
    end: int
    greeted: bool


def find_drafts(lines: Sequence[Line]) -> list[Draft]:
    """Pair what opens letters with what closes them."""
    closings = [number for number, line in enumerate(lines) if closing(line.text)]
    greetings = [number for number, line in enumerate(lines) if salutation(line.text)]
    openings = _openings(lines, greetings, closings)
    dated = [number for number, line in enumerate(lines) if closings and _is_dated(line.text)]
    drafts: list[Draft] = []
    used = -1
    for place, opening in enumerate(openings):
        if opening <= used:
            continue
        if len(drafts) >= _MOST:
            break
        after = openings[place + 1] if place + 1 < len(openings) else len(lines)
        closes = _closing_of(lines, closings, opening, after)
        first = _first_line(lines, opening, used)
        drafts += _without_greeting(lines, closings, dated, used, first)
        drafts.append(Draft(first, opening, closes, -1, salutation(lines[opening].text)))
        used = closes if closes >= 0 else opening
    drafts += _without_greeting(lines, closings, dated, used, len(lines))
    firsts = [*(draft.first for draft in drafts[1:]), len(lines)][: len(drafts)]
    return [
        Draft(draft.first, draft.opening, draft.closing, end, draft.greeted)
        for draft, end in zip(drafts, firsts, strict=True)
    ]


def _openings(
    lines: Sequence[Line], greetings: Sequence[int], closings: Sequence[int]
) -> list[int]:
    """Return the lines that open a letter: greetings, and what stands for one."""
    greeted = set(greetings)
    others = (
        number
        for number in range(len(lines))
        if number not in greeted and _stands_for_greeting(lines, number, greetings, closings)
    )
    return sorted({*greeted, *others})


def _stands_for_greeting(
    lines: Sequence[Line], number: int, greetings: Sequence[int], closings: Sequence[int]
) -> bool:
    """Tell whether a line names who signs, or a letter's title, with no greeting near it."""
    text = lines[number].text
    if UNDERSIGNED.match(text) and number < len(lines) - 1:
        low = max(0, number - _NEAR_LINES)
        whole_page = lines[low].page == lines[number].page and number - low == _NEAR_LINES
        return not (
            whole_page
            or _any_in(greetings, low, number)
            or _any_in(closings, low, number)
            or heading_kind(text) is not None
        )
    return OPEN_LETTER.match(text) is not None and not (
        _any_in(greetings, number + 1, number + _NEAR_LINES)
        or any(UNDERSIGNED.match(line.text) for line in lines[number + 1 : number + _NEAR_LINES])
    )


def _any_in(places: Sequence[int], low: int, high: int) -> bool:
    """Tell whether any of the sorted places is at least ``low`` and below ``high``."""
    at = bisect_left(places, low)
    return at < len(places) and places[at] < high


def _closing_of(lines: Sequence[Line], closings: Sequence[int], opening: int, after: int) -> int:
    """Return the closing of the letter that opens at ``opening``: the first.

    Thanks above another closing are the end of the body.
    """
    found = -1
    for at in range(bisect_right(closings, opening), bisect_left(closings, after)):
        number = closings[at]
        if lines[number].page - lines[opening].page > LETTER_PAGES:
            break
        if found < 0 or (number - found <= 2 and lines[found].text.lower().startswith("thank")):
            found = number
        else:
            break
    if found < 0:  # the list's own heading closes a letter too
        for number in range(opening + 3, min(after, len(lines))):
            if heading_kind(lines[number].text) and _listed(lines, number, after):
                return number
    return found


def _listed(lines: Sequence[Line], number: int, after: int) -> bool:
    """Tell whether short lines stand below line ``number``."""
    below = lines[number + 1 : min(after, number + 5)]
    return len(below) >= 2 and all(
        len(line.text.split()) <= 14 and not line.text.endswith(".") for line in below
    )


def _first_line(lines: Sequence[Line], opening: int, used: int) -> int:
    """Return the first line of the head above ``opening``: at most the page's first."""
    first = opening
    while (
        first - 1 > used
        and lines[first - 1].page == lines[opening].page
        and opening - first < _HEAD_LINES
    ):
        first -= 1
    if 0 <= used < len(lines) and lines[used].page == lines[opening].page:
        dated = [n for n in range(first, opening) if date_line(lines[n].text)]
        return dated[-1] if dated else opening
    return first


def _without_greeting(
    lines: Sequence[Line], closings: Sequence[int], dated: Sequence[int], used: int, until: int
) -> list[Draft]:
    """Return letters without salutation: a date and an address, and a closing below them.

    ``dated`` are the lines that are a date and little else; the last one above a closing counts.
    """
    out: list[Draft] = []
    for number in closings[bisect_right(closings, used) : bisect_left(closings, until)]:
        low = max(used + 1, number - _BODY_LINES)
        at = bisect_left(dated, number) - 1
        if at < 0 or dated[at] < low:
            continue
        place = top = dated[at]
        while top > low and lines[top - 1].page == lines[place].page and place - top < 15:
            top -= 1
        opening = _end_of_address(lines, place, number)
        if place - top < 12 and opening > place + 2:
            out.append(Draft(top, opening - 1, number, -1, False))
            used = number
    return out


def _is_dated(text: str) -> bool:
    return len(text) < _DATE_CHARACTERS and date_line(text) is not None


def _end_of_address(lines: Sequence[Line], dated: int, until: int) -> int:
    """Return the first line of prose below a date, or -1."""
    for number in range(dated + 1, min(until, dated + 25)):
        text = lines[number].text
        if len(text.split()) >= 9 and sum(word[0].islower() for word in text.split()) >= 4:
            return number
    return -1


def listed_above(draft: Draft, lines: Sequence[Line]) -> Line | None:
    """Return the line below which a list of signatories stands before the body, if any does."""
    for number in range(draft.opening, min(draft.opening + _LIST_LINES, draft.closing - 3)):
        text = lines[number].text
        if text.endswith(":") and _LIST.search(text) and _listed(lines, number, draft.closing):
            return lines[number]
    return None

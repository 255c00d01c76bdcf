"""Cuts a list without space between its entries into signatures, by the most even reading.

Each line is a person, a title or a group, or may be a person or a group. Of all the ways to cut
the lines into signatures that one is taken which misreads the fewest lines and changes the form
of its entries least often; it is found line by line, as Viterbi's algorithm does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.understand.signator_names import Kind, kind_of
from recordsearch.understand.signator_parse import parse_text, tidy

_MISFIT = 3.0
"""Cost of a line that is read as what it is not."""
_OPEN = 0.5
"""Cost of a line that may be what it is read as; by itself it decides nothing."""
_CHANGE = 1.5
"""Cost of an entry of another form than the one above: two misreadings outweigh a change."""
_BARE = 0.3
"""Cost of a group below a name without a title: both may stand in the list by themselves."""

_FORMS = ("P", "G", "PT", "PG", "PTG", "PTT", "PTTG", "GN")
"""P a person (with title and group in the line, or without), T a title, G a group, N a person
with a title at most, named below the group."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A line: what kind it is, and what roles stand in it."""

    kind: Kind
    person: bool
    title: bool
    group: bool


def cut_series(texts: Sequence[str]) -> list[list[str]]:
    """Cut the lines of a list, wrapped ones already joined, into signatures."""
    lines = [_read(text) for text in texts]
    count = len(lines)
    # best[at][form] is the least cost of lines[:at] whose last entry has that form, and where
    # that entry begins and which form stands above it.
    best: list[dict[str, tuple[float, int, str]]] = [{} for _ in range(count + 1)]
    best[0][""] = (0.0, 0, "")
    for at in range(count):
        if not best[at]:
            continue
        cheapest = min(best[at], key=lambda form: best[at][form][0])
        for form in _FORMS:
            end = at + len(form)
            if end > count:
                continue
            above = cheapest
            cost = best[at][cheapest][0] + _CHANGE * (cheapest not in ("", form))
            if form in best[at] and best[at][form][0] <= cost:
                cost, above = best[at][form][0], form
            cost += _cost(form, lines[at:end])
            if form not in best[end] or cost < best[end][form][0]:
                best[end][form] = (cost, at, above)
    out: list[list[str]] = []
    at, form = count, min(best[count], key=lambda form: best[count][form][0])
    while at:
        _, start, above = best[at][form]
        out.append(list(texts[start:at]))
        at, form = start, above
    return out[::-1]


def _read(text: str) -> _Read:
    bare = tidy(text)
    signed = parse_text(bare)
    kind = kind_of(bare)
    role = not signed.is_group and bool(signed.title or signed.organisation)
    if kind is Kind.TITLE:
        return _Read(kind, False, True, "," in bare or " of " in bare)
    return _Read(kind, role, role and bool(signed.title), role and bool(signed.organisation))


def _cost(form: str, lines: Sequence[_Read]) -> float:
    """Return how badly lines fit a form."""
    cost = sum(_fit(letter, line) for letter, line in zip(form, lines, strict=True))
    below = lines[1:]
    if form[0] == "P" and below and lines[0].person:
        cost += _MISFIT  # its roles stand in the line
    if form.endswith("TG") and any(line.group for line in lines[1:-1]):
        cost += _CHANGE
    if form == "PG":
        cost += _BARE
    if form == "GN":
        cost += _MISFIT if lines[1].group else _BARE
    return cost


def _fit(letter: str, line: _Read) -> float:
    if letter == "T":
        return 0.0 if line.kind is Kind.TITLE else _MISFIT
    if letter == "G":
        if line.person:
            return _MISFIT
        return {Kind.GROUP: 0.0, Kind.EITHER: _OPEN}.get(line.kind, _MISFIT)
    if line.person:
        return 0.0
    return {Kind.PERSON: 0.0, Kind.EITHER: _OPEN}.get(line.kind, _MISFIT)

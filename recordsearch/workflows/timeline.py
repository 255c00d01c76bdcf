"""How the hits of a query spread over time, by the date of their message or letter."""

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from recordsearch.catalogue.ordering import days_of
from recordsearch.engines.protocol import Reader
from recordsearch.workflows.asking import tree_of

# A date that OCR has misread may lie centuries off; gaps are filled for so many periods at most.
_MOST_PERIODS = 5_000


class Unit(StrEnum):
    """How long a period is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_LENGTH = {Unit.DAY: 10, Unit.MONTH: 7, Unit.YEAR: 4}


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year as ISO 8601 writes it, with its hits and the documents they are in."""

    name: str
    hits: int
    documents: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods from the first with a hit to the last, those without any between them.

    ``undated`` hits are of no message or letter with a date.
    """

    unit: Unit
    periods: tuple[Period, ...]
    total: int
    undated: int
    notes: tuple[str, ...]


def timeline(
    connection: sqlite3.Connection,
    reader: Reader,
    query: str,
    unit: Unit,
    *,
    any_word: bool = False,
    tolerant: bool = False,
) -> Timeline:
    """Count the hits of ``query`` by day, month or year.

    :raises QueryError: the query cannot be understood.
    """
    tree = tree_of(connection, query, any_word=any_word, tolerant=tolerant)
    ranking = reader.search(tree, 0)
    passages: dict[str, int] = {}
    documents: dict[str, set[int]] = {}
    dated = 0
    for day, document in days_of(connection, reader.matching(tree)):
        name = day[: _LENGTH[unit]]
        if len(name) == _LENGTH[unit]:
            dated += 1
            passages[name] = passages.get(name, 0) + 1
            documents.setdefault(name, set()).add(document)
    names = _filled(sorted(passages), unit)
    periods = tuple(
        Period(name, passages.get(name, 0), len(documents.get(name, ()))) for name in names
    )
    return Timeline(unit, periods, ranking.total, ranking.total - dated, ranking.notes)


def _filled(names: list[str], unit: Unit) -> list[str]:
    """Put the periods between those that are given, unless there are too many."""
    if len(names) < 2:
        return names
    filled = [names[0]]
    while filled[-1] < names[-1]:
        following = _following(filled[-1], unit)
        if not following or len(filled) >= _MOST_PERIODS:
            return names
        filled.append(following)
    return filled


def _following(name: str, unit: Unit) -> str:
    """Return the period after one, or nothing where it is no date or the last."""
    try:
        if unit is Unit.DAY:
            return (date.fromisoformat(name) + timedelta(days=1)).isoformat()
        if unit is Unit.YEAR:
            return f"{int(name) + 1:04}"
        year, month = int(name[:4]), int(name[5:])
    except (ValueError, OverflowError):
        return ""
    return f"{year + month // 12:04}-{month % 12 + 1:02}"

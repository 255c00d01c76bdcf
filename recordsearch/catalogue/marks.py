"""What pages show beside their text, as it is stored: redactions, tables, pictures.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import sqlite3
from collections.abc import Iterable

from recordsearch.records import Mark, MarkKind


def add_marks(connection: sqlite3.Connection, page: int, marks: Iterable[Mark]) -> None:
    """Store what a page shows; ``page`` is its number in the catalogue. They go with the page."""
    connection.executemany(
        "INSERT INTO page_mark (page, position, kind, x0, top, x1, bottom)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (page, position, mark.kind, mark.x0, mark.top, mark.x1, mark.bottom)
            for position, mark in enumerate(marks, 1)
        ),
    )


def marks_of_page(connection: sqlite3.Connection, document: int, number: int) -> tuple[Mark, ...]:
    """Return what a document's page shows beside its text, in the order it was stored in."""
    rows = connection.execute(
        "SELECT kind, x0, top, x1, bottom FROM page_mark JOIN page ON page.id = page_mark.page"
        " WHERE document = ? AND number = ? ORDER BY position",
        (document, number),
    )
    return tuple(Mark(MarkKind(row[0]), *row[1:]) for row in rows)


def kinds_by_page(connection: sqlite3.Connection, document: int) -> dict[int, tuple[str, ...]]:
    """Return the kinds of mark on each page of a document, where it has any."""
    found: dict[int, tuple[str, ...]] = {}
    rows = connection.execute(
        "SELECT DISTINCT number, kind FROM page JOIN page_mark ON page_mark.page = page.id"
        " WHERE document = ? ORDER BY number, kind",
        (document,),
    )
    for number, kind in rows:
        found[number] = (*found.get(number, ()), kind)
    return found

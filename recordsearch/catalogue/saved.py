"""Saved searches, and how far somebody has looked through what they find.

Their table is in the user's own file, see :mod:`recordsearch.catalogue.kept`; what counts as new
is told by :mod:`recordsearch.catalogue.arrivals`.
"""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from recordsearch.catalogue.kept import attach

MOST_SAVED = 1_000
"""A look at what is new runs every saved search."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A saved search. Times are ISO 8601, UTC; ``options`` is JSON.

    ``mark`` is the number of its last look.
    """

    number: int
    name: str
    query: str
    options: str
    made: str
    looked: str
    mark: int


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of a document, both bounds included; the document goes by its hash."""

    sha256: str
    first_page: int
    last_page: int


def saved_searches(connection: sqlite3.Connection) -> list[SavedSearch]:
    """Return all saved searches by name."""
    attach(connection)
    rows = connection.execute(
        "SELECT id, name, query, options, made, looked, mark FROM kept.saved ORDER BY name"
    )
    return [SavedSearch(*row) for row in rows]


def find_saved(connection: sqlite3.Connection, name: str) -> SavedSearch | None:
    """Return the saved search of a name, whatever its case."""
    for search in saved_searches(connection):
        if search.name.casefold() == name.casefold():
            return search
    return None


def owed(connection: sqlite3.Connection, search: int) -> list[Part]:
    """Return what is still to be looked through though the search's mark is past it."""
    rows = connection.execute(
        "SELECT sha256, first_page, last_page FROM kept.owed WHERE saved = ?", (search,)
    )
    return [Part(*row) for row in rows]


def shown(connection: sqlite3.Connection, search: int) -> set[int]:
    """Return the passages of it that have been shown."""
    rows = connection.execute("SELECT passage FROM kept.shown WHERE saved = ?", (search,))
    return {row[0] for row in rows}


# What changes something does so inside :func:`recordsearch.catalogue.kept.changing`.


def put_saved(
    connection: sqlite3.Connection, name: str, query: str, options: str, made: str, mark: int
) -> int:
    """Save a search, in the place of one of that name; return its number."""
    before = find_saved(connection, name)
    if before is not None:
        take_saved(connection, before.number)
    cursor = connection.execute(
        "INSERT INTO kept.saved (name, query, options, made, looked, mark)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (name, query, options, made, made, mark),
    )
    return int(cursor.lastrowid or 0)


def take_saved(connection: sqlite3.Connection, search: int) -> None:
    """Remove a saved search."""
    connection.execute("DELETE FROM kept.saved WHERE id = ?", (search,))
    set_owed(connection, search, (), ())


def set_mark(connection: sqlite3.Connection, search: int, mark: int, looked: str) -> bool:
    """Note that somebody has looked; tell whether the search is still there."""
    cursor = connection.execute(
        "UPDATE kept.saved SET mark = ?, looked = ? WHERE id = ?", (mark, looked, search)
    )
    return cursor.rowcount > 0


def set_owed(
    connection: sqlite3.Connection, search: int, parts: Iterable[Part], passages: Collection[int]
) -> None:
    """Replace what is owed to a search, and the passages of it that have been shown."""
    connection.execute("DELETE FROM kept.owed WHERE saved = ?", (search,))
    connection.execute("DELETE FROM kept.shown WHERE saved = ?", (search,))
    connection.executemany(
        "INSERT OR IGNORE INTO kept.owed VALUES (?, ?, ?, ?)",
        ((search, part.sha256, part.first_page, part.last_page) for part in parts),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO kept.shown VALUES (?, ?)", ((search, one) for one in passages)
    )

"""What the index has still to learn from the catalogue, and what it has to forget.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from recordsearch.catalogue.pages import page_texts
from recordsearch.passages import document_text
from recordsearch.records import IndexEntry


def documents_in_state(connection: sqlite3.Connection, *states: str) -> list[int]:
    """Return the numbers of the documents in one of ``states``, in order."""
    marks = ", ".join("?" * len(states))
    rows = connection.execute(
        f"SELECT id FROM document WHERE state IN ({marks}) ORDER BY id",  # noqa: S608 - marks only
        states,
    )
    return [row[0] for row in rows]


def mark_indexed(connection: sqlite3.Connection, documents: Iterable[int]) -> None:
    """Say that the index holds these documents; one that is being read again is left alone."""
    connection.executemany(
        "UPDATE document SET state = 'indexed' WHERE id = ? AND state = 'stored'",
        ((number,) for number in documents),
    )


def index_entries(connection: sqlite3.Connection, document: int) -> Iterator[IndexEntry]:
    """Yield a document's passages as an engine takes them, in their order."""
    places = connection.execute(
        "SELECT file, name FROM location JOIN release ON release.id = location.release"
        " WHERE document = ? ORDER BY location.id",
        (document,),
    ).fetchall()
    files = tuple(dict.fromkeys(place[0] for place in places))
    releases = tuple(dict.fromkeys(place[1] for place in places))
    text = document_text(page_texts(connection, document))
    rows = connection.execute(
        'SELECT id, first_page, last_page, start, "end" FROM passage'
        " WHERE document = ? ORDER BY ordinal",
        (document,),
    )
    for number, first, last, start, end in rows:
        yield IndexEntry(number, text[start:end], files, releases, first, last)


def passage_numbers(connection: sqlite3.Connection, document: int) -> list[int]:
    """Return the numbers of a document's passages."""
    rows = connection.execute("SELECT id FROM passage WHERE document = ?", (document,))
    return [row[0] for row in rows]


def removed_passages(connection: sqlite3.Connection) -> list[int]:
    """Return the passages that the index may still hold though the catalogue does not."""
    return [row[0] for row in connection.execute("SELECT id FROM removed_passage")]


def clear_removed(connection: sqlite3.Connection, passages: Iterable[int]) -> None:
    """Forget removed passages, as they are out of the index too."""
    connection.executemany("DELETE FROM removed_passage WHERE id = ?", ((p,) for p in passages))

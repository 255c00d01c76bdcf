"""What the index has still to learn from the catalogue, and what it has to forget.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import sqlite3
from collections.abc import Iterable


def documents_in_state(connection: sqlite3.Connection, *states: str) -> list[int]:
    """Return the numbers of the documents in one of ``states``, in order."""
    marks = ", ".join("?" * len(states))
    rows = connection.execute(
        f"SELECT id FROM document WHERE state IN ({marks}) ORDER BY id",  # noqa: S608 - marks only
        states,
    )
    return [row[0] for row in rows]


def mark_indexed(connection: sqlite3.Connection, documents: Iterable[tuple[int, str]]) -> None:
    """Say that the index holds these documents, each with the digest of its fields.

    One that is being read again is left alone.
    """
    connection.executemany(
        "UPDATE document SET state = 'indexed', related = ?"
        " WHERE id = ? AND state IN ('stored', 'indexed')",
        ((digest, number) for number, digest in documents),
    )


def passage_numbers(connection: sqlite3.Connection, document: int) -> list[int]:
    """Return the numbers of a document's passages."""
    rows = connection.execute("SELECT id FROM passage WHERE document = ?", (document,))
    return [row[0] for row in rows]


def passage_places(connection: sqlite3.Connection, document: int) -> list[tuple[int, int, int]]:
    """Return the numbers of a document's passages, and where each starts and ends in its text."""
    return connection.execute(
        'SELECT id, start, "end" FROM passage WHERE document = ? ORDER BY ordinal', (document,)
    ).fetchall()


def removed_passages(connection: sqlite3.Connection) -> list[int]:
    """Return the passages that the index may still hold though the catalogue does not."""
    return [row[0] for row in connection.execute("SELECT id FROM removed_passage")]


def clear_removed(connection: sqlite3.Connection, passages: Iterable[int]) -> None:
    """Forget removed passages, as they are out of the index too."""
    connection.executemany("DELETE FROM removed_passage WHERE id = ?", ((p,) for p in passages))

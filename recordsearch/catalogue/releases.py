"""Releases: batches of documents published together, and whose mailbox each is.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import os
import sqlite3


def release_number(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the release of this name, which is entered if it is new."""
    connection.execute("INSERT OR IGNORE INTO release (name) VALUES (?)", (as_text(name),))
    row = connection.execute("SELECT id FROM release WHERE name = ?", (as_text(name),)).fetchone()
    return int(row[0])


def as_text(name: str) -> str:
    r"""Turn a file name into text that can be stored: bytes that are no text become ``\xNN``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def release_names(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all releases."""
    return [row[0] for row in connection.execute("SELECT name FROM release ORDER BY name")]


def drop_empty_releases(connection: sqlite3.Connection) -> None:
    """Forget releases without a file."""
    connection.execute(
        "DELETE FROM release WHERE NOT EXISTS (SELECT 1 FROM location WHERE release = release.id)"
    )


def set_custodian(connection: sqlite3.Connection, release: str, custodian: str) -> None:
    """Note whose mailbox a release is; the release is entered if it is new."""
    number = release_number(connection, release)
    connection.execute("UPDATE release SET custodian = ? WHERE id = ?", (custodian, number))


def custodian(connection: sqlite3.Connection, document: int) -> str:
    """Return whose mailbox a document is from, as the user said of its release, or nothing."""
    row = connection.execute(
        "SELECT custodian FROM location JOIN release ON release.id = location.release"
        " WHERE location.document = ? AND custodian <> '' ORDER BY location.id LIMIT 1",
        (document,),
    ).fetchone()
    return "" if row is None else str(row[0])

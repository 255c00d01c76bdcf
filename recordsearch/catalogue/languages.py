"""The language that each document is written in.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import sqlite3

# An archive's words are looked for in so many of its languages: each costs a term a word.
_MOST = 8


def set_language(connection: sqlite3.Connection, document: int, code: str) -> None:
    """Store a document's language: ISO 639-1, or empty where it could not be told."""
    connection.execute("UPDATE document SET text_language = ? WHERE id = ?", (code, document))


def language_of(connection: sqlite3.Connection, document: int) -> str:
    """Return a document's language, or an empty string."""
    row = connection.execute(
        "SELECT text_language FROM document WHERE id = ?", (document,)
    ).fetchone()
    return "" if row is None else str(row[0])


def languages(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the languages that words are to be looked for in, most documents first.

    A document without one counts as English, as it was indexed so. There is always one.
    """
    rows = connection.execute(
        "SELECT CASE text_language WHEN '' THEN 'en' ELSE text_language END AS code"
        " FROM document GROUP BY code ORDER BY count(*) DESC, code LIMIT ?",
        (_MOST,),
    ).fetchall()
    return tuple(row[0] for row in rows) or ("en",)

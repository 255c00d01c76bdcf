"""The migration for what a page shows beside its text: redactions, tables, pictures."""

import sqlite3

_MARKS = """
-- What a page shows beside its text: its kind, and its box in points, origin top left, upright.
CREATE TABLE page_mark (
    page INTEGER NOT NULL REFERENCES page ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('redaction', 'table', 'image')),
    x0 REAL NOT NULL,
    top REAL NOT NULL,
    x1 REAL NOT NULL,
    bottom REAL NOT NULL,
    PRIMARY KEY (page, position)
) STRICT, WITHOUT ROWID
"""


def apply(connection: sqlite3.Connection) -> None:
    """Apply the migration inside the caller's transaction."""
    connection.execute(_MARKS)

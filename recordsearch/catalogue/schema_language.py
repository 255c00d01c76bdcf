"""The migration for the language of each document."""

import sqlite3


def apply(connection: sqlite3.Connection) -> None:
    """Apply the migration inside the caller's transaction."""
    # text_language: ISO 639-1, as its text was told (understand/language.py); empty where it could
    # not be told, or was not yet. The column language is how OCR was told to read it.
    connection.execute("ALTER TABLE document ADD COLUMN text_language TEXT NOT NULL DEFAULT ''")

"""Open the catalogue: for writing, with migrations applied, or for reading only."""

import os
import sqlite3
import urllib.parse

from recordsearch.catalogue.schema import SCHEMA_VERSION, check_not_newer, migrate, schema_version
from recordsearch.errors import ArchiveError

_BUSY_SECONDS = 10.0
_NO_CATALOGUE = "restore it from a copy, or move the archive away and index again"

_OLDER = (
    "run recordsearch index on the release again: what was read of it is kept"
    " (or, where its files are gone: recordsearch reindex)"
)
_LEFT_OVER = "run any recordsearch index command once where the archive's folder can be written"


def open_for_writing(file: str) -> sqlite3.Connection:
    """Open the catalogue, made and migrated where need be.

    Transactions are begun and ended by the caller. WAL mode lets readers go on while one process
    writes. ``synchronous=FULL``: a commit is on the disk when it returns, so that the index can
    never hold what a power cut took from the catalogue; commits are batches and few.

    :raises ArchiveError: the file is no catalogue, or a newer one.
    """
    try:
        connection = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection)
    except sqlite3.Error as error:
        mend = _mend(error) or _NO_CATALOGUE
        raise ArchiveError(f"{file} cannot be opened: {error}", mend) from error
    return connection


def _mend(error: sqlite3.Error) -> str:
    """Say what helps where the catalogue itself is in order, or nothing."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return "free some disk and run the command again"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "end the other program that has the catalogue open, and run the command again"
    return ""


def open_for_reading(file: str) -> sqlite3.Connection:
    """Open the catalogue without the means to change it.

    :raises ArchiveError: the file is no catalogue, or not of this version.
    """
    address = urllib.parse.quote(os.fsencode(os.path.abspath(file)))
    try:
        connection = _try_to_read(f"file:{address}?mode=ro")
    except sqlite3.OperationalError as error:
        # WAL needs a writable folder; on read-only media nobody writes, so none is needed. What a
        # killed run left in the WAL would not be seen so.
        if os.path.exists(file + "-wal") and os.path.getsize(file + "-wal"):
            raise ArchiveError(f"{file} cannot be opened: {error}", _LEFT_OVER) from error
        try:
            connection = _try_to_read(f"file:{address}?mode=ro&immutable=1")
        except sqlite3.Error as error:
            raise ArchiveError(f"{file} cannot be opened: {error}", _NO_CATALOGUE) from error
    except sqlite3.Error as error:
        raise ArchiveError(f"{file} cannot be opened: {error}", _NO_CATALOGUE) from error
    check_not_newer(connection)
    if not schema_version(connection):
        connection.close()
        raise ArchiveError(f"{file} is unfinished", "run the recordsearch index command again")
    if schema_version(connection) < SCHEMA_VERSION:
        connection.close()
        raise ArchiveError(f"{file} was made by an older version", _OLDER)
    return connection


def _try_to_read(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    return connection

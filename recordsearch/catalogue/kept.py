"""What the user keeps: tags, notes and saved searches, in a file of their own.

The file ``kept.sqlite3`` lies beside the catalogue and is attached to a connection as ``kept``. It
is not in the catalogue because an ingest writes there for hours, one transaction after another,
and because it has to outlive a catalogue that is made anew: all in it goes by the SHA-256 of
documents, never by their numbers. Nothing but the user's own commands writes to it, for
milliseconds each, so that tagging goes on beside an ingest.
"""

import os
import sqlite3
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from recordsearch.errors import ArchiveError

FILE = "kept.sqlite3"

_BUSY_SECONDS = 10.0
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_DAMAGED = "restore it from a copy, or move it away: tags and saved searches are lost with it"

# A migration that has been published is never changed: a new one is added at the end.
_FIRST = """
CREATE TABLE kept.about (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- How often somebody has looked for what is new.
INSERT INTO kept.about VALUES ('looks', 0);

CREATE TABLE kept.tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- A place that bears a tag. first_page 0: the whole document; start below 0: whole pages, else the
-- passage's text stood there, characters from the first page's beginning. text is a passage's, as
-- it was; digest that of the text of pages. release and file cite it when the document is gone.
CREATE TABLE kept.tagged (
    id INTEGER PRIMARY KEY,
    tag INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    text TEXT NOT NULL,
    digest TEXT NOT NULL,
    note TEXT NOT NULL,
    made TEXT NOT NULL,
    release TEXT NOT NULL,
    file TEXT NOT NULL,
    UNIQUE (tag, sha256, first_page, last_page, start)
) STRICT;
CREATE INDEX kept.tagged_document ON tagged (sha256);

-- mark: the number of the last look, see arrival. options is JSON.
CREATE TABLE kept.saved (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    options TEXT NOT NULL,
    made TEXT NOT NULL,
    looked TEXT NOT NULL,
    mark INTEGER NOT NULL
) STRICT;

-- The documents that were in the archive at a look. pages: how many they had; unread: those of them
-- that could not be read well, as ranges.
CREATE TABLE kept.seen (
    sha256 TEXT PRIMARY KEY,
    pages INTEGER NOT NULL,
    unread TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a look, known by its number, found that had come since the one before: pages of documents.
CREATE TABLE kept.arrival (
    number INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL
) STRICT;
CREATE INDEX kept.arrival_number ON arrival (number);

-- What is new to a saved search though its mark is past it: it could not all be shown yet.
CREATE TABLE kept.owed (
    saved INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    PRIMARY KEY (saved, sha256, first_page, last_page)
) STRICT, WITHOUT ROWID;
-- Passages of it that have been shown.
CREATE TABLE kept.shown (
    saved INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    PRIMARY KEY (saved, passage)
) STRICT, WITHOUT ROWID
"""
_MIGRATIONS = (_FIRST,)


def attach(connection: sqlite3.Connection, *, writing: bool = False) -> None:
    """Attach the file of what is kept, which lies beside the catalogue, as ``kept``.

    Where there is none, it is made if ``writing``; else ``kept`` is empty, and in memory. This
    takes microseconds where it is attached already.

    :raises ArchiveError: the file is damaged, or of a newer version.
    """
    catalogue, attached = _files(connection)
    file = os.path.join(os.path.dirname(catalogue), FILE) if catalogue else ""
    there = bool(file) and (writing or os.path.exists(file))
    try:
        if attached == "" and there:
            connection.execute("DETACH kept")
            attached = None
        if attached is None and there:
            _prepare(file)
            _attach(connection, file)
        elif attached is None:
            connection.execute("ATTACH ':memory:' AS kept")
        if _version(connection) < len(_MIGRATIONS):
            # In memory: a caller's transaction that was rolled back may have taken the tables.
            _migrate(connection, 0, "kept.")
    except sqlite3.Error as error:
        raise ArchiveError(f"{file} cannot be opened: {error}", _mend(error)) from error
    if _version(connection) > len(_MIGRATIONS):
        raise ArchiveError(f"{file} was made by a newer version", "upgrade recordsearch")


def _mend(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return "free some disk and run the command again"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "run the command again"
    if code in _NOT_WRITABLE:
        return "see that you may write to the archive's folder"
    return _DAMAGED


def _prepare(file: str) -> None:
    """Make the file, or bring it up to date, on a connection of its own.

    What cannot be written is left as it is.
    """
    own = sqlite3.connect(os.fsencode(file), timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        if _version(own, "main") < len(_MIGRATIONS):
            own.execute("PRAGMA journal_mode = WAL")
            own.execute("BEGIN IMMEDIATE")
            _migrate(own, _version(own, "main"), "")
            own.commit()
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) not in (
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
        ):
            raise
    finally:
        own.close()


def _migrate(connection: sqlite3.Connection, version: int, schema: str) -> None:
    for migration in _MIGRATIONS[version:]:
        for statement in migration.split(";\n"):
            connection.execute(statement.replace("kept.", schema))
    connection.execute(f"PRAGMA {schema}user_version = {len(_MIGRATIONS)}")


def _attach(connection: sqlite3.Connection, file: str) -> None:
    try:
        connection.execute("ATTACH ? AS kept", (os.fsencode(file),))
        _version(connection)
    except sqlite3.OperationalError:
        # WAL needs a writable folder; on read-only media nobody writes, so none is needed. What a
        # killed command left in the WAL would not be seen so.
        if os.path.exists(file + "-wal") and os.path.getsize(file + "-wal"):
            raise
        with suppress(sqlite3.OperationalError):
            connection.execute("DETACH kept")
        address = urllib.parse.quote(os.fsencode(file))
        connection.execute("ATTACH ? AS kept", (f"file:{address}?mode=ro&immutable=1",))


def _files(connection: sqlite3.Connection) -> tuple[str, str | None]:
    """Return the catalogue's file and that of ``kept``, None where that is not attached."""
    before = connection.text_factory
    connection.text_factory = os.fsdecode
    try:
        files = {row[1]: row[2] for row in connection.execute("PRAGMA database_list")}
    finally:
        connection.text_factory = before
    return files["main"], files.get("kept")


def _version(connection: sqlite3.Connection, schema: str = "kept") -> int:
    return int(connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0])


@contextmanager
def changing(connection: sqlite3.Connection) -> Iterator[None]:
    """Change what is kept in one transaction, whatever another process writes to the catalogue.

    :raises ArchiveError: the file cannot be written, or another process holds it for long.
    """
    attach(connection, writing=True)
    try:
        connection.execute("BEGIN")
        try:
            # The lock is taken before anything is read: what is read here stays true.
            connection.execute("UPDATE kept.about SET value = value WHERE key = 'looks'")
            yield
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"{FILE} cannot be written: {error}", _mend(error)) from error

"""The catalogue's tables, as numbered migrations.

A migration is a function that takes the connection; it and the number of the version that it
leads to are applied in one transaction. A migration that has been published is never changed: a
new one is added at the end.
"""

import sqlite3
import uuid
from collections.abc import Callable

from recordsearch.catalogue import schema_language, schema_marks
from recordsearch.errors import ArchiveError


def _first(connection: sqlite3.Connection) -> None:
    for statement in _FIRST.split(";\n"):
        connection.execute(statement)
    connection.execute("INSERT INTO about (key, value) VALUES ('archive', ?)", (uuid.uuid4().hex,))


_FIRST = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE adapter (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    UNIQUE (name, version)
) STRICT;

CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- state: 'found' its pages are being read; 'stored' its passages are in the catalogue and not, or
-- not as they are now, in the index; 'indexed' they are in the index. AUTOINCREMENT: a number that
-- was cited never comes to name another document.
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    pages INTEGER NOT NULL,
    pages_poor INTEGER NOT NULL DEFAULT 0,
    ocr TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('found', 'stored', 'indexed')),
    added TEXT NOT NULL
) STRICT;
CREATE INDEX document_pending ON document (state) WHERE state <> 'indexed';
-- Under every answer stands its coverage: this answers it without reading the documents.
CREATE INDEX document_coverage ON document (state, pages, pages_poor);

-- path: the bytes by which the system knows the file; file: its path inside the release, as text.
-- document is NULL for a file that could not be identified.
CREATE TABLE location (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    file TEXT NOT NULL,
    release INTEGER NOT NULL REFERENCES release,
    document INTEGER REFERENCES document,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL
) STRICT;
CREATE INDEX location_document ON location (document);
CREATE INDEX location_release ON location (release);

-- start: offset of the page's text in the document's text, set when all pages are there.
CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    number INTEGER NOT NULL,
    start INTEGER,
    text TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('text', 'ocr', 'blank', 'none')),
    adapter INTEGER NOT NULL REFERENCES adapter,
    reason TEXT NOT NULL,
    confidence REAL,
    width REAL NOT NULL,
    height REAL NOT NULL,
    rotation INTEGER NOT NULL,
    bates TEXT NOT NULL DEFAULT '',
    poor INTEGER NOT NULL,
    UNIQUE (document, number)
) STRICT;
CREATE INDEX page_method ON page (method, poor);

-- The reading that was not chosen, and the words that OCR saw with their boxes.
CREATE TABLE other_reading (
    page INTEGER PRIMARY KEY REFERENCES page ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE page_words (
    page INTEGER PRIMARY KEY REFERENCES page ON DELETE CASCADE,
    words BLOB NOT NULL
) STRICT;

-- AUTOINCREMENT: a passage's number is never given again, as an index may still know the old one.
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    UNIQUE (document, ordinal)
) STRICT;

-- Passages that are gone from the catalogue and maybe not yet from the index.
CREATE TABLE removed_passage (id INTEGER PRIMARY KEY) STRICT;

-- A problem is of a document (wherever it lies) or of a place whose file has no document.
CREATE TABLE problem (
    id INTEGER PRIMARY KEY,
    document INTEGER REFERENCES document ON DELETE CASCADE,
    location INTEGER REFERENCES location ON DELETE CASCADE,
    page INTEGER,
    stage TEXT NOT NULL,
    cause TEXT NOT NULL,
    mend TEXT NOT NULL,
    CHECK ((document IS NULL) <> (location IS NULL))
) STRICT;
CREATE INDEX problem_document ON problem (document);
CREATE INDEX problem_location ON problem (location)
"""


def _second(connection: sqlite3.Connection) -> None:
    for statement in _SECOND.split(";\n"):
        connection.execute(statement)


# What the pages say. A *copy* is a message as it stands at one place: native, printed or quoted;
# a message is what its copies have in common.
_SECOND = """
-- The name or address of whose mailbox a release is, where the user has said so.
ALTER TABLE release ADD COLUMN custodian TEXT NOT NULL DEFAULT '';

-- understood: by what, and with which custodian, the document's contents were found. related: a
-- digest of what the whole archive lends to the document's passages, as it was last indexed.
ALTER TABLE document ADD COLUMN understood TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN related TEXT NOT NULL DEFAULT '';

-- The ordinal of the copy that a passage belongs to.
ALTER TABLE passage ADD COLUMN copy INTEGER;

CREATE TABLE thread (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;

-- likeness: what a message is known again by when all its copies were read anew. copy: the best.
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    thread INTEGER NOT NULL REFERENCES thread,
    likeness TEXT NOT NULL,
    copy INTEGER NOT NULL
) STRICT;
CREATE INDEX message_thread ON message (thread);
CREATE INDEX message_likeness ON message (likeness);

-- Lists are JSON. quoted_in: the ordinal of the copy in whose text this one stands. message is NULL
-- until the archive's copies have been compared.
CREATE TABLE copy (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    ranges TEXT NOT NULL,
    body_start INTEGER NOT NULL,
    sent TEXT NOT NULL,
    sent_as_written TEXT NOT NULL,
    subject TEXT NOT NULL,
    attachments TEXT NOT NULL,
    quoted_in INTEGER,
    confidence REAL NOT NULL,
    message INTEGER REFERENCES message,
    UNIQUE (document, ordinal)
) STRICT;
CREATE INDEX copy_message ON copy (message);

CREATE TABLE mailbox (
    copy INTEGER NOT NULL REFERENCES copy ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('from', 'to', 'cc', 'bcc')),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (copy, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX mailbox_form ON mailbox (name, address);

-- Parts of a document's text that are repeated all over the archive's messages.
CREATE TABLE boilerplate (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE value (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    text TEXT NOT NULL,
    page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX value_kind ON value (kind, value)
"""


def _third(connection: sqlite3.Connection) -> None:
    for statement in _THIRD.split(";\n"):
        connection.execute(statement)


# What documents hold, and who is named in them.
_THIRD = """
-- A file in a container has for its path the container's, and behind it a NUL and a locator for
-- each level; parent is the document that holds it. A size below 0: it has not been looked at yet.
ALTER TABLE location ADD COLUMN parent INTEGER REFERENCES document;
CREATE INDEX location_parent ON location (parent);

-- has_header: see contents.Message. Lists are JSON. sketch is that of the body, see
-- understand/copies.py; organisations are the groups that the signature names.
ALTER TABLE copy ADD COLUMN has_header INTEGER NOT NULL DEFAULT 1;
ALTER TABLE copy ADD COLUMN message_id TEXT NOT NULL DEFAULT '';
ALTER TABLE copy ADD COLUMN in_reply_to TEXT NOT NULL DEFAULT '';
ALTER TABLE copy ADD COLUMN references_ TEXT NOT NULL DEFAULT '[]';
ALTER TABLE copy ADD COLUMN sketch TEXT NOT NULL DEFAULT '[]';
ALTER TABLE copy ADD COLUMN organisations TEXT NOT NULL DEFAULT '[]';

-- The ordinal of the letter that a passage belongs to.
ALTER TABLE passage ADD COLUMN letter INTEGER;

CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    received INTEGER NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL
) STRICT;
-- A way in which headers write a person, and why it was taken for that person.
CREATE TABLE person_form (
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (name, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_form_person ON person_form (person);
-- Forms that the user has split off: each is a person by itself.
CREATE TABLE person_apart (
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (name, address)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE) STRICT;

-- Who is spoken of in a passage's text: a person, or an organisation.
CREATE TABLE mention (
    passage INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'org')),
    number INTEGER NOT NULL,
    PRIMARY KEY (passage, kind, number)
) STRICT, WITHOUT ROWID;

-- parts is JSON: for each part its kind, and where it starts and ends in the document's text.
CREATE TABLE letter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    first_page INTEGER NOT NULL,
    last_page INTEGER NOT NULL,
    parts TEXT NOT NULL,
    date TEXT NOT NULL,
    date_as_written TEXT NOT NULL,
    addressee TEXT NOT NULL,
    salutation TEXT NOT NULL,
    subject TEXT NOT NULL,
    closing TEXT NOT NULL,
    confidence REAL NOT NULL,
    UNIQUE (document, ordinal)
) STRICT;
CREATE TABLE signatory (
    letter INTEGER NOT NULL REFERENCES letter ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    organisation TEXT NOT NULL,
    is_group INTEGER NOT NULL,
    page INTEGER NOT NULL,
    PRIMARY KEY (letter, position)
) STRICT, WITHOUT ROWID
"""


def _fourth(connection: sqlite3.Connection) -> None:
    for statement in _FOURTH.split(";\n"):
        connection.execute(statement)


# What has become of the files since they were read, and what is nearly the same as what.
_FOURTH = """
-- When a file was found to be gone from the disk: ISO 8601, UTC.
ALTER TABLE location ADD COLUMN gone TEXT;
CREATE INDEX page_adapter ON page (adapter, document);

-- Near-duplicates. sketch: see understand/near_sketches.py; a text too short for one has no row.
-- compared: whether near-duplicates of it were looked for. A cluster keeps the sketch of the text
-- that founded it, so that it stays what it is when that text goes.
CREATE TABLE near_cluster (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('passage', 'document')),
    sketch BLOB NOT NULL
) STRICT;
CREATE TABLE near_passage (
    passage INTEGER PRIMARY KEY REFERENCES passage ON DELETE CASCADE,
    sketch BLOB NOT NULL,
    compared INTEGER NOT NULL DEFAULT 0,
    cluster INTEGER REFERENCES near_cluster
) STRICT;
CREATE INDEX near_passage_cluster ON near_passage (cluster) WHERE cluster IS NOT NULL;
CREATE INDEX near_passage_new ON near_passage (passage) WHERE compared = 0;
CREATE TABLE near_document (
    document INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    sketch BLOB NOT NULL,
    compared INTEGER NOT NULL DEFAULT 0,
    cluster INTEGER REFERENCES near_cluster
) STRICT;
CREATE INDEX near_document_cluster ON near_document (cluster) WHERE cluster IS NOT NULL;
CREATE INDEX near_document_new ON near_document (document) WHERE compared = 0
"""


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _first,
    _second,
    _third,
    _fourth,
    schema_language.apply,
    schema_marks.apply,
)
SCHEMA_VERSION = len(MIGRATIONS)


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the number of the newest migration that was applied; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the catalogue up to date, one transaction a migration.

    :raises ArchiveError: it was made by a newer version of the program.
    """
    check_not_newer(connection)
    for version in range(schema_version(connection), SCHEMA_VERSION):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have migrated between the look and the lock.
            if schema_version(connection) == version:
                MIGRATIONS[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def check_not_newer(connection: sqlite3.Connection) -> None:
    """Refuse a catalogue that a newer version of the program has migrated.

    :raises ArchiveError: it is newer.
    """
    found = schema_version(connection)
    if found > SCHEMA_VERSION:
        raise ArchiveError(
            f"this archive was made by a newer version (catalogue {found}, known {SCHEMA_VERSION})",
            "upgrade recordsearch",
        )

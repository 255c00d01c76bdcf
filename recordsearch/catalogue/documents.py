"""Documents: which are known, how each was read and understood, and their problems.

A document's state moves on with an ingest: *found*, *stored* (its passages are there), *indexed*.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import sqlite3
from datetime import UTC, datetime

from recordsearch.catalogue.contents import forget_contents
from recordsearch.catalogue.relations import mark_unrelated
from recordsearch.errors import UNLOCK
from recordsearch.records import Adapter, Identity, MediaType, OcrMode, ReadOptions

# The stage of a problem met when the contents of a document's text were looked for.
UNDERSTAND = "understand"


def known_document(connection: sqlite3.Connection, sha256: str) -> int | None:
    """Return the number of the document with this hash."""
    row = connection.execute("SELECT id FROM document WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else int(row[0])


def state(connection: sqlite3.Connection, document: int) -> str | None:
    """Return a document's state, or None where there is no such document any more."""
    row = connection.execute("SELECT state FROM document WHERE id = ?", (document,)).fetchone()
    return None if row is None else str(row[0])


def add_document(connection: sqlite3.Connection, identity: Identity, options: ReadOptions) -> int:
    """Enter a document as *found*, to be read with ``options``; return its number."""
    cursor = connection.execute(
        "INSERT INTO document (sha256, size, media_type, pages, ocr, language, state, added)"
        " VALUES (?, ?, ?, ?, ?, ?, 'found', ?)",
        (
            identity.sha256,
            identity.size,
            identity.media_type,
            identity.pages,
            options.ocr,
            options.language,
            datetime.now(UTC).isoformat(timespec="seconds"),
        ),
    )
    return int(cursor.lastrowid or 0)


def drop_if_nowhere(connection: sqlite3.Connection, document: int) -> None:
    """Drop a document with all that was found in it, if no file has it any more."""
    place = connection.execute(
        "SELECT 1 FROM location WHERE document = ? LIMIT 1", (document,)
    ).fetchone()
    if place is None:
        _forget_passages(connection, document)
        connection.execute("UPDATE location SET parent = NULL WHERE parent = ?", (document,))
        mark_unrelated(connection)
        connection.execute("DELETE FROM document WHERE id = ?", (document,))


def _forget_passages(connection: sqlite3.Connection, document: int) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO removed_passage SELECT id FROM passage WHERE document = ?",
        (document,),
    )
    connection.execute("DELETE FROM passage WHERE document = ?", (document,))


def read_again(connection: sqlite3.Connection, document: int, options: ReadOptions) -> None:
    """Put a document back to *found*, without pages, passages, contents or problems."""
    _forget_passages(connection, document)
    forget_contents(connection, document)
    connection.execute("DELETE FROM page WHERE document = ?", (document,))
    connection.execute("DELETE FROM problem WHERE document = ?", (document,))
    connection.execute(
        "UPDATE document SET state = 'found', ocr = ?, language = ?, pages_poor = 0 WHERE id = ?",
        (options.ocr, options.language, document),
    )


def is_locked(connection: sqlite3.Connection, document: int) -> bool:
    """Tell whether a document needs a password that was not given."""
    row = connection.execute(
        "SELECT 1 FROM problem WHERE document = ? AND stage = ?", (document, UNLOCK)
    ).fetchone()
    return row is not None


def unlock(connection: sqlite3.Connection, document: int, pages: int) -> None:
    """Put a document back to *found* with its number of pages, as it could be opened now."""
    read_again(connection, document, read_options(connection, document))
    connection.execute("UPDATE document SET pages = ? WHERE id = ?", (pages, document))


def readers(connection: sqlite3.Connection) -> list[tuple[int, Adapter, str]]:
    """Return by which adapters pages may have been read: number, adapter, language of OCR."""
    adapters = connection.execute(
        "SELECT id, name, version FROM adapter"
        " WHERE EXISTS (SELECT 1 FROM page WHERE page.adapter = adapter.id)"
    ).fetchall()
    languages = connection.execute("SELECT DISTINCT language FROM document").fetchall()
    return [(row[0], Adapter(row[1], row[2]), one[0]) for row in adapters for one in languages]


def read_by(connection: sqlite3.Connection, adapter: int, language: str) -> list[int]:
    """Return the documents with a page that this adapter has read, OCR in this language."""
    rows = connection.execute(
        "SELECT DISTINCT document FROM page JOIN document ON document.id = page.document"
        " WHERE adapter = ? AND language = ?",
        (adapter, language),
    )
    return [row[0] for row in rows]


def understand_again(connection: sqlite3.Connection, document: int) -> None:
    """Put a document back to *found*, with its pages, and without passages and contents."""
    _forget_passages(connection, document)
    forget_contents(connection, document)
    connection.execute(
        "DELETE FROM problem WHERE document = ? AND stage = ?", (document, UNDERSTAND)
    )
    connection.execute("UPDATE document SET state = 'found' WHERE id = ?", (document,))


def mark_understood(connection: sqlite3.Connection, document: int, version: str) -> None:
    """Note by what a document was understood."""
    connection.execute("UPDATE document SET understood = ? WHERE id = ?", (version, document))


def read_options(connection: sqlite3.Connection, document: int) -> ReadOptions:
    """Return how a document is to be read, or was."""
    row = connection.execute(
        "SELECT ocr, language FROM document WHERE id = ?", (document,)
    ).fetchone()
    return ReadOptions(OcrMode(row[0]), row[1])


def media_type(connection: sqlite3.Connection, document: int) -> MediaType:
    """Return a document's type."""
    row = connection.execute("SELECT media_type FROM document WHERE id = ?", (document,)).fetchone()
    return MediaType(row[0])


def count_problems(connection: sqlite3.Connection, document: int) -> int:
    """Count a document's recorded problems."""
    row = connection.execute("SELECT count(*) FROM problem WHERE document = ?", (document,))
    return int(row.fetchone()[0])


def problems_by_document(connection: sqlite3.Connection) -> dict[int, int]:
    """Return how many problems each document has, where it has any."""
    rows = connection.execute(
        "SELECT document, count(*) FROM problem WHERE document IS NOT NULL GROUP BY document"
    )
    return dict(rows.fetchall())


def set_stage(connection: sqlite3.Connection, document: int, page: int, stage: str) -> None:
    """Say at which other stage a page's reading failed."""
    connection.execute(
        "UPDATE problem SET stage = ? WHERE document = ? AND page = ?", (stage, document, page)
    )


def clear_stage(connection: sqlite3.Connection, document: int, stage: str) -> None:
    """Forget that a document as a whole failed at a stage."""
    connection.execute("DELETE FROM problem WHERE document = ? AND stage = ?", (document, stage))


def add_location_problem(
    connection: sqlite3.Connection, location: int, stage: str, cause: str, mend: str
) -> None:
    """Record that the file at a place could not be identified."""
    connection.execute(
        "INSERT INTO problem (location, stage, cause, mend) VALUES (?, ?, ?, ?)",
        (location, stage, cause, mend),
    )


def add_document_problem(
    connection: sqlite3.Connection,
    document: int,
    page: int | None,
    stage: str,
    cause: str,
    mend: str,
) -> None:
    """Record that a document, or a page of it, could not be read as it should be."""
    connection.execute(
        "INSERT INTO problem (document, page, stage, cause, mend) VALUES (?, ?, ?, ?, ?)",
        (document, page, stage, cause, mend),
    )

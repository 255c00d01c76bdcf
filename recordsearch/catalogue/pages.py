"""Pages as they were read, and the passages that they were split into.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from recordsearch.catalogue.documents import add_document_problem
from recordsearch.catalogue.marks import add_marks
from recordsearch.catalogue.words import pack_words
from recordsearch.records import Adapter, Method, Page, Passage


def add_pages(connection: sqlite3.Connection, document: int, pages: Iterable[Page]) -> None:
    """Store pages as they were read, and a problem for each that is poor."""
    for page in pages:
        cursor = connection.execute(
            "INSERT INTO page (document, number, text, method, adapter, reason, confidence,"
            " width, height, rotation, poor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document,
                page.number,
                page.text,
                page.method,
                _adapter(connection, page.adapter),
                page.reason,
                page.confidence,
                page.width,
                page.height,
                page.rotation,
                int(bool(page.poor)),
            ),
        )
        if page.poor:
            stage = "ocr" if page.method is Method.OCR else "extract"
            add_document_problem(connection, document, page.number, stage, page.poor, page.mend)
        if page.other_text is not None:
            connection.execute(
                "INSERT INTO other_reading (page, text) VALUES (?, ?)",
                (cursor.lastrowid, page.other_text),
            )
        if page.words:
            connection.execute(
                "INSERT INTO page_words (page, words) VALUES (?, ?)",
                (cursor.lastrowid, pack_words(page.words)),
            )
        if page.marks:
            add_marks(connection, int(cursor.lastrowid or 0), page.marks)


def failed_stage(page: Page) -> str:
    """Name the stage at which a poor page failed."""
    return "ocr" if page.method is Method.OCR else "extract"


def _adapter(connection: sqlite3.Connection, adapter: Adapter) -> int:
    key = (adapter.name, adapter.version)
    select = "SELECT id FROM adapter WHERE name = ? AND version = ?"
    row = connection.execute(select, key).fetchone()
    if row is None:
        connection.execute("INSERT INTO adapter (name, version) VALUES (?, ?)", key)
        row = connection.execute(select, key).fetchone()
    return int(row[0])


def missing_pages(connection: sqlite3.Connection, document: int) -> list[int]:
    """Return the numbers of the pages that have not been read yet."""
    total = connection.execute("SELECT pages FROM document WHERE id = ?", (document,)).fetchone()[0]
    rows = connection.execute("SELECT number FROM page WHERE document = ?", (document,))
    there = {row[0] for row in rows}
    return [number for number in range(1, total + 1) if number not in there]


def page_texts(connection: sqlite3.Connection, document: int) -> list[str]:
    """Return the texts of all pages in order."""
    rows = connection.execute(
        "SELECT text FROM page WHERE document = ? ORDER BY number", (document,)
    )
    return [row[0] for row in rows]


def packed_words(connection: sqlite3.Connection, document: int) -> dict[int, bytes]:
    """Return the packed words of a document's pages that were read by OCR, by page number."""
    rows = connection.execute(
        "SELECT number, words FROM page JOIN page_words ON page_words.page = page.id"
        " WHERE document = ? AND method = 'ocr'",
        (document,),
    )
    return dict(rows)


def store_passages(
    connection: sqlite3.Connection,
    document: int,
    starts: Sequence[int],
    bates: Sequence[str],
    passages: Iterable[tuple[Passage, int | None, int | None]],
) -> None:
    """Finish a document: its pages' offsets and Bates numbers, its passages; it is now *stored*.

    Each passage comes with the ordinals of the message and of the letter that it is part of.
    """
    connection.executemany(
        "UPDATE page SET start = ?, bates = ? WHERE document = ? AND number = ?",
        (
            (start, number, document, page)
            for page, (start, number) in enumerate(zip(starts, bates, strict=True), 1)
        ),
    )
    connection.executemany(
        'INSERT INTO passage (document, ordinal, first_page, last_page, start, "end", copy, letter)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (document, p.ordinal, p.first_page, p.last_page, p.start, p.end, message, letter)
            for p, message, letter in passages
        ),
    )
    connection.execute(
        "UPDATE document SET state = 'stored',"
        " pages_poor = (SELECT count(*) FROM page WHERE document = ? AND poor) WHERE id = ?",
        (document, document),
    )

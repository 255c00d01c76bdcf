"""What an ingest writes to the catalogue.

Every function changes the catalogue inside the transaction that the caller has begun; a document
goes through the states *found* (its pages are being read), *stored* (its passages are there) and
*indexed*.
"""

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from recordsearch.passages import document_text
from recordsearch.records import (
    Adapter,
    Identity,
    IndexEntry,
    MediaType,
    Method,
    OcrMode,
    Page,
    Passage,
    ReadOptions,
    SourceFile,
    Word,
)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the catalogue knows of a place: the file's size, time, document and how it was read.

    ``document`` is None where the file could not be identified; ``failed_at`` is then the stage at
    which that failed. ``state`` is the document's. Both are empty where they do not apply.
    """

    location: int
    size: int
    modified_ns: int
    document: int | None
    state: str
    options: ReadOptions | None
    failed_at: str


def known_file(connection: sqlite3.Connection, path: str) -> KnownFile | None:
    """Look a place up."""
    row = connection.execute(
        "SELECT location.id, location.size, modified_ns, location.document, state, ocr, language,"
        " stage FROM location LEFT JOIN document ON document.id = location.document"
        " LEFT JOIN problem ON problem.location = location.id WHERE path = ?",
        (os.fsencode(path),),
    ).fetchone()
    if row is None:
        return None
    options = None if row[3] is None else ReadOptions(OcrMode(row[5]), row[6])
    return KnownFile(row[0], row[1], row[2], row[3], row[4] or "", options, row[7] or "")


def known_document(connection: sqlite3.Connection, sha256: str) -> tuple[int, str] | None:
    """Return number and state of the document with this hash."""
    row = connection.execute(
        "SELECT id, state FROM document WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return None if row is None else (row[0], row[1])


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


def set_location(connection: sqlite3.Connection, source: SourceFile, document: int | None) -> int:
    """Say which document lies at a place (None: a file that could not be identified).

    The problems of the place are forgotten, as it has just been looked at again. A document that
    lies nowhere any more because of this is dropped. Documents whose places changed are indexed
    again, as the places are fields of their passages.
    """
    path = os.fsencode(source.path)
    row = connection.execute("SELECT id, document FROM location WHERE path = ?", (path,)).fetchone()
    before: int | None = row[1] if row else None
    connection.execute(
        "INSERT OR IGNORE INTO release (name) VALUES (?)", (as_text(source.release),)
    )
    release = connection.execute(
        "SELECT id FROM release WHERE name = ?", (as_text(source.release),)
    ).fetchone()[0]
    values = (as_text(source.name), release, document, source.size, source.modified_ns)
    if row is None:
        cursor = connection.execute(
            "INSERT INTO location (file, release, document, size, modified_ns, path)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*values, path),
        )
        location = int(cursor.lastrowid or 0)
    else:
        location = int(row[0])
        connection.execute(
            "UPDATE location SET file = ?, release = ?, document = ?, size = ?, modified_ns = ?"
            " WHERE id = ?",
            (*values, location),
        )
        connection.execute("DELETE FROM problem WHERE location = ?", (location,))
    for number in {before, document} - {None}:
        connection.execute(
            "UPDATE document SET state = 'stored' WHERE id = ? AND state = 'indexed'", (number,)
        )
    if before is not None and before != document:
        _drop_if_nowhere(connection, before)
    return location


def as_text(name: str) -> str:
    r"""Turn a file name into text that can be stored: bytes that are no text become ``\xNN``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _drop_if_nowhere(connection: sqlite3.Connection, document: int) -> None:
    place = connection.execute(
        "SELECT 1 FROM location WHERE document = ? LIMIT 1", (document,)
    ).fetchone()
    if place is None:
        _forget_passages(connection, document)
        connection.execute("DELETE FROM document WHERE id = ?", (document,))


def _forget_passages(connection: sqlite3.Connection, document: int) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO removed_passage SELECT id FROM passage WHERE document = ?",
        (document,),
    )
    connection.execute("DELETE FROM passage WHERE document = ?", (document,))


def read_again(connection: sqlite3.Connection, document: int, options: ReadOptions) -> None:
    """Put a document back to *found*, without pages, passages or problems."""
    _forget_passages(connection, document)
    connection.execute("DELETE FROM page WHERE document = ?", (document,))
    connection.execute("DELETE FROM problem WHERE document = ?", (document,))
    connection.execute(
        "UPDATE document SET state = 'found', ocr = ?, language = ?, pages_poor = 0 WHERE id = ?",
        (options.ocr, options.language, document),
    )


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


def pack_words(words: Sequence[Word]) -> bytes:
    """Pack a page's words: JSON ``[text, x0, top, x1, bottom, confidence]`` a word, deflated.

    Boxes are kept to a tenth of a point, far below what a reader can see.
    """
    rows = [
        [word.text, *(round(side, 1) for side in (word.x0, word.top, word.x1, word.bottom)),
         None if word.confidence is None else round(word.confidence)]
        for word in words
    ]  # fmt: skip
    packed = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(packed.encode())


def missing_pages(connection: sqlite3.Connection, document: int) -> list[int]:
    """Return the numbers of the pages that have not been read yet."""
    total = connection.execute("SELECT pages FROM document WHERE id = ?", (document,)).fetchone()[0]
    rows = connection.execute("SELECT number FROM page WHERE document = ?", (document,))
    there = {row[0] for row in rows}
    return [number for number in range(1, total + 1) if number not in there]


def read_options(connection: sqlite3.Connection, document: int) -> ReadOptions:
    """Return how a document is to be read, or was."""
    row = connection.execute(
        "SELECT ocr, language FROM document WHERE id = ?", (document,)
    ).fetchone()
    return ReadOptions(OcrMode(row[0]), row[1])


def count_problems(connection: sqlite3.Connection, document: int) -> int:
    """Count a document's recorded problems."""
    row = connection.execute("SELECT count(*) FROM problem WHERE document = ?", (document,))
    return int(row.fetchone()[0])


def media_type(connection: sqlite3.Connection, document: int) -> MediaType:
    """Return a document's type."""
    row = connection.execute("SELECT media_type FROM document WHERE id = ?", (document,)).fetchone()
    return MediaType(row[0])


def page_texts(connection: sqlite3.Connection, document: int) -> list[str]:
    """Return the texts of all pages in order."""
    rows = connection.execute(
        "SELECT text FROM page WHERE document = ? ORDER BY number", (document,)
    )
    return [row[0] for row in rows]


def store_passages(
    connection: sqlite3.Connection,
    document: int,
    starts: Sequence[int],
    bates: Sequence[str],
    passages: Sequence[Passage],
) -> None:
    """Finish a document: its pages' offsets and Bates numbers, its passages; it is now *stored*."""
    connection.executemany(
        "UPDATE page SET start = ?, bates = ? WHERE document = ? AND number = ?",
        (
            (start, number, document, page)
            for page, (start, number) in enumerate(zip(starts, bates, strict=True), 1)
        ),
    )
    connection.executemany(
        'INSERT INTO passage (document, ordinal, first_page, last_page, start, "end")'
        " VALUES (?, ?, ?, ?, ?, ?)",
        ((document, p.ordinal, p.first_page, p.last_page, p.start, p.end) for p in passages),
    )
    connection.execute(
        "UPDATE document SET state = 'stored',"
        " pages_poor = (SELECT count(*) FROM page WHERE document = ?1 AND poor) WHERE id = ?1",
        (document,),
    )


def documents_in_state(connection: sqlite3.Connection, *states: str) -> list[int]:
    """Return the numbers of the documents in one of ``states``, in order."""
    marks = ", ".join("?" * len(states))
    rows = connection.execute(
        f"SELECT id FROM document WHERE state IN ({marks}) ORDER BY id",  # noqa: S608 - marks only
        states,
    )
    return [row[0] for row in rows]


def set_state(connection: sqlite3.Connection, documents: Iterable[int], state: str) -> None:
    """Put documents into a state."""
    connection.executemany(
        "UPDATE document SET state = ? WHERE id = ?", ((state, number) for number in documents)
    )


def index_entries(connection: sqlite3.Connection, document: int) -> Iterator[IndexEntry]:
    """Yield a document's passages as an engine takes them, in their order."""
    places = connection.execute(
        "SELECT file, name FROM location JOIN release ON release.id = location.release"
        " WHERE document = ? ORDER BY location.id",
        (document,),
    ).fetchall()
    files = tuple(dict.fromkeys(place[0] for place in places))
    releases = tuple(dict.fromkeys(place[1] for place in places))
    text = document_text(page_texts(connection, document))
    rows = connection.execute(
        'SELECT id, first_page, last_page, start, "end" FROM passage'
        " WHERE document = ? ORDER BY ordinal",
        (document,),
    )
    for number, first, last, start, end in rows:
        yield IndexEntry(number, text[start:end], files, releases, first, last)


def passage_numbers(connection: sqlite3.Connection, document: int) -> list[int]:
    """Return the numbers of a document's passages."""
    rows = connection.execute("SELECT id FROM passage WHERE document = ?", (document,))
    return [row[0] for row in rows]


def removed_passages(connection: sqlite3.Connection) -> list[int]:
    """Return the passages that the index may still hold though the catalogue does not."""
    return [row[0] for row in connection.execute("SELECT id FROM removed_passage")]


def clear_removed(connection: sqlite3.Connection, passages: Iterable[int]) -> None:
    """Forget removed passages, as they are out of the index too."""
    connection.executemany("DELETE FROM removed_passage WHERE id = ?", ((p,) for p in passages))

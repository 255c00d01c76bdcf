"""What a comparison of two releases asks of the catalogue. Nothing here changes it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a release and the document in it."""

    document: int
    file: str
    sha256: str
    media_type: str
    pages: int


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """A page's text and Bates number."""

    number: int
    text: str
    bates: str


def published(connection: sqlite3.Connection, release: int) -> list[PublishedFile]:
    """Return a release's files that have a document, by their names in it."""
    rows = connection.execute(
        "SELECT document.id, file, sha256, media_type, pages FROM location"
        " JOIN document ON document.id = location.document"
        " WHERE location.release = ? ORDER BY file, location.id",
        (release,),
    )
    return [PublishedFile(*row) for row in rows]


def files_without_document(connection: sqlite3.Connection, release: int) -> int:
    """Count a release's files that could not be read, so that they cannot be compared."""
    row = connection.execute(
        "SELECT count(*) FROM location WHERE release = ? AND document IS NULL", (release,)
    ).fetchone()
    return int(row[0])


def unfinished(connection: sqlite3.Connection, release: int) -> int:
    """Count a release's documents whose pages are still being read, or were when a run stopped."""
    row = connection.execute(
        "SELECT count(DISTINCT document.id) FROM location"
        " JOIN document ON document.id = location.document"
        " WHERE location.release = ? AND state = 'found'",
        (release,),
    ).fetchone()
    return int(row[0])


def first_bates(connection: sqlite3.Connection, document: int) -> str:
    """Return the first Bates number in a document, empty where there is none."""
    row = connection.execute(
        "SELECT bates FROM page WHERE document = ? AND bates <> '' ORDER BY number LIMIT 1",
        (document,),
    ).fetchone()
    return "" if row is None else str(row[0])


def pages_of(connection: sqlite3.Connection, document: int) -> Iterator[PublishedPage]:
    """Yield a document's pages in order."""
    rows = connection.execute(
        "SELECT number, text, bates FROM page WHERE document = ? ORDER BY number", (document,)
    )
    for row in rows:
        yield PublishedPage(*row)

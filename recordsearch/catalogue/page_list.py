"""Lists of pages by how they were read, the worst first, and pages that are read again.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from recordsearch.catalogue.marks import marks_of_page
from recordsearch.catalogue.pages import add_pages
from recordsearch.catalogue.words import unpack_words
from recordsearch.records import Adapter, Method, Page


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page, where it stands, and how it was read; ``confidence`` is None without OCR."""

    document: int
    page: int
    release: str
    file: str
    bates: str
    method: Method
    adapter: str
    confidence: float | None
    poor: bool
    reason: str
    characters: int


_PAGES = (
    "SELECT page.document, number, coalesce(release.name, ''), coalesce(location.file, ''), bates,"
    " method, adapter.name, confidence, poor, reason, length(text) FROM page"
    " JOIN adapter ON adapter.id = page.adapter"
    " JOIN document ON document.id = page.document"
    " LEFT JOIN location ON location.id ="
    " (SELECT min(id) FROM location AS any_place WHERE any_place.document = page.document)"
    " LEFT JOIN release ON release.id = location.release"
)


def pages_where(
    connection: sqlite3.Connection, conditions: Sequence[str], values: Sequence[object]
) -> list[ListedPage]:
    """Return the pages that meet all conditions: those not read first, then by confidence.

    ``conditions`` are texts of the program's own, with ``?`` for each of ``values``.
    """
    where = " WHERE " + " AND ".join(conditions) if conditions else ""
    order = " ORDER BY method <> 'none', confidence IS NULL, confidence, page.document, number"
    rows = connection.execute(_PAGES + where + order, tuple(values))
    return [
        ListedPage(
            document=row[0],
            page=row[1],
            release=row[2],
            file=row[3],
            bates=row[4],
            method=Method(row[5]),
            adapter=row[6],
            confidence=row[7],
            poor=bool(row[8]),
            reason=row[9],
            characters=row[10],
        )
        for row in rows
    ]


def stored_page(connection: sqlite3.Connection, document: int, number: int) -> Page | None:
    """Return a page as it was read, with its words; None where there is none."""
    row = connection.execute(
        "SELECT page.id, text, method, name, version, reason, confidence, width, height, rotation,"
        " words FROM page JOIN adapter ON adapter.id = adapter"
        " LEFT JOIN page_words ON page_words.page = page.id WHERE document = ? AND number = ?",
        (document, number),
    ).fetchone()
    if row is None:
        return None
    problem = connection.execute(
        "SELECT cause, mend FROM problem WHERE document = ? AND page = ?", (document, number)
    ).fetchone()
    return Page(
        number=number,
        text=row[1],
        method=Method(row[2]),
        adapter=Adapter(row[3], row[4]),
        reason=row[5],
        confidence=row[6],
        width=row[7],
        height=row[8],
        rotation=row[9],
        words=() if row[10] is None else unpack_words(row[10]),
        poor=problem[0] if problem else "",
        mend=problem[1] if problem else "",
    )


def replace_page(connection: sqlite3.Connection, document: int, page: Page) -> None:
    """Store another reading of a page in the place of the one that is there.

    What the page shows beside its text stays, where the other reading does not say.
    """
    if not page.marks:
        page = replace(page, marks=marks_of_page(connection, document, page.number))
    connection.execute(
        "DELETE FROM problem WHERE document = ? AND page = ?", (document, page.number)
    )
    connection.execute(
        "DELETE FROM page WHERE document = ? AND number = ?", (document, page.number)
    )
    add_pages(connection, document, [page])
    _count_poor(connection, document)


def keep_other_reading(
    connection: sqlite3.Connection, document: int, number: int, text: str, reason: str
) -> None:
    """Keep another reading beside the one that stands, and why that stands."""
    (page,) = connection.execute(
        "SELECT id FROM page WHERE document = ? AND number = ?", (document, number)
    ).fetchone()
    connection.execute(
        "INSERT OR REPLACE INTO other_reading (page, text) VALUES (?, ?)", (page, text)
    )
    connection.execute("UPDATE page SET reason = ? WHERE id = ?", (reason, page))


def _count_poor(connection: sqlite3.Connection, document: int) -> None:
    connection.execute(
        "UPDATE document SET pages_poor = (SELECT count(*) FROM page"
        " WHERE document = document.id AND poor) WHERE id = ?",
        (document,),
    )

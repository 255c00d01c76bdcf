"""Whether a catalogue is whole, and what the index must hold if it is in step with it.

Nothing here changes the catalogue.
"""

import sqlite3
from collections.abc import Iterator

# A damaged catalogue can have a fault in every row; this many tell enough.
_MOST_FAULTS = 20


def changes_seen(connection: sqlite3.Connection) -> int:
    """Return a number that becomes another one when another process has changed the catalogue."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def damage(connection: sqlite3.Connection, *, quick: bool) -> Iterator[str]:
    """Yield what SQLite finds wrong with the file, and rows that name others which are not there.

    ``quick`` leaves out whether tables and their indices agree.
    """
    check = "quick_check" if quick else "integrity_check"
    for row in connection.execute(f"PRAGMA {check}({_MOST_FAULTS})"):
        if row[0] != "ok":
            yield str(row[0])
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_FAULTS)
    for table, number, other, _ in rows:
        yield f"row {number} of {table} names a {other} that is not there"


_READ = "document.state IN ('stored', 'indexed')"
# Each query gives a document's number, and figures for the sentence behind it.
_FAULTS = (
    (
        "SELECT document.id, count(page.id), document.pages FROM document"  # noqa: S608
        " LEFT JOIN page ON page.document = document.id WHERE " + _READ + " GROUP BY document.id"
        " HAVING count(page.id) <> document.pages"
        " OR coalesce(max(number), 0) <> document.pages OR min(number) < 1",
        "{} of its {} pages are in the catalogue",
    ),
    (
        "SELECT document, number, min(number) FROM (SELECT page.document, number, start,"  # noqa: S608
        " lag(start + length(text) + 1, 1, 0)"
        " OVER (PARTITION BY page.document ORDER BY number) AS due"
        " FROM page JOIN document ON document.id = page.document WHERE " + _READ + ")"
        " WHERE start IS NOT due GROUP BY document",
        "page {} does not begin where the one before it ends",
    ),
    (
        "SELECT passage.document, count(*), 0 FROM passage"
        " LEFT JOIN page AS one ON one.document = passage.document AND one.number = first_page"
        " LEFT JOIN page AS other ON other.document = passage.document AND other.number = last_page"
        ' WHERE passage."end" <= passage.start OR passage.start < one.start IS NOT 0'
        ' OR passage."end" > other.start + length(other.text) IS NOT 0 GROUP BY passage.document',
        "{} of its passages lie outside the text of their pages",
    ),
    (
        "SELECT id, 0, 0 FROM document WHERE NOT EXISTS"
        " (SELECT 1 FROM location WHERE location.document = document.id)",
        "it lies nowhere",
    ),
)


def faults(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield documents of which the catalogue contradicts itself, each with what is wrong."""
    for sql, sentence in _FAULTS:
        for document, *figures in connection.execute(sql):
            yield document, sentence.format(*figures)


def passages_by_state(connection: sqlite3.Connection) -> Iterator[tuple[int, bool]]:
    """Yield all passages, each with whether the index must hold it as it is now."""
    rows = connection.execute(
        "SELECT passage.id, state = 'indexed' FROM passage"
        " JOIN document ON document.id = passage.document"
    )
    for number, indexed in rows:
        yield number, bool(indexed)


def greatest_passage(connection: sqlite3.Connection) -> int:
    """Return the greatest number of a passage, 0 where there is none."""
    row = connection.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()
    return int(row[0])


def document_of_passage(connection: sqlite3.Connection, passage: int) -> int | None:
    """Return the document that a passage is of."""
    row = connection.execute("SELECT document FROM passage WHERE id = ?", (passage,)).fetchone()
    return None if row is None else int(row[0])


def related_digests(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return the documents in the index, each with the digest of its fields as indexed."""
    return connection.execute(
        "SELECT id, related FROM document WHERE state = 'indexed' ORDER BY id"
    ).fetchall()


def first_place(connection: sqlite3.Connection, document: int) -> tuple[str, str]:
    """Return the release and the file by which a document is cited, empty where it lies nowhere."""
    row = connection.execute(
        "SELECT release.name, file FROM location JOIN release ON release.id = location.release"
        " WHERE document = ? ORDER BY location.id LIMIT 1",
        (document,),
    ).fetchone()
    return ("", "") if row is None else (str(row[0]), str(row[1]))

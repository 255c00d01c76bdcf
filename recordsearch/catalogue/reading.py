"""What search, show, status and problems ask of the catalogue. Nothing here changes it."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recordsearch.passages import PAGE_SEPARATOR
from recordsearch.records import Coverage, Method, Problem


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its text and what is needed to cite it.

    ``places`` are the release and the file in it at which the document lies, the one found first
    first. ``confidence`` is the lowest of its pages' OCR confidences (0 to 100), None without OCR.
    ``first_bates`` and ``last_bates`` are empty where the page bears no number.
    """

    passage: int
    document: int
    places: tuple[tuple[str, str], ...]
    first_page: int
    last_page: int
    first_bates: str
    last_bates: str
    confidence: float | None
    text: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document: where it lies (``file`` inside ``release``), its hash, type and page count."""

    document: int
    sha256: str
    media_type: str
    pages: int
    release: str
    file: str


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as it was read, with what was decided for it and why."""

    number: int
    text: str
    method: Method
    adapter: str
    adapter_version: str
    reason: str
    confidence: float | None
    rotation: int
    bates: str
    poor: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What an archive holds, by number."""

    documents: int
    locations: int
    releases: int
    pages: int
    pages_text: int
    pages_ocr: int
    pages_blank: int
    pages_none: int
    pages_poor: int
    passages: int
    passages_pending: int
    documents_unfinished: int
    messages: int
    threads: int
    people: int
    letters: int
    near_documents: int
    near_passages: int
    gone: int
    problems: int


# A document can lie at several locations; it is cited by the one that was found first.
# A document that lies at more places than this is cited by one of the first.
# Each page of a passage has some 3,000 characters.
_PASSAGES_A_TURN = 200
_MOST_PLACES = 100


def archive_id(connection: sqlite3.Connection) -> str:
    """Return the archive's own name, drawn by chance when it was made."""
    row = connection.execute("SELECT value FROM about WHERE key = 'archive'").fetchone()
    return str(row[0])


def passages(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, StoredPassage]:
    """Fetch passages by number; one that is no longer in the catalogue is left out.

    They come a few hundred at a time, as all their texts are held at once.
    """
    found: dict[int, StoredPassage] = {}
    for start in range(0, len(numbers), _PASSAGES_A_TURN):
        found |= _passages(connection, numbers[start : start + _PASSAGES_A_TURN])
    return {number: found[number] for number in numbers if number in found}


def _passages(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, StoredPassage]:
    asked = json.dumps(list(numbers))
    rows = connection.execute(
        'SELECT passage.id, document, first_page, last_page, start, "end"'
        " FROM json_each(?) AS asked JOIN passage ON passage.id = asked.value",
        (asked,),
    ).fetchall()
    documents = json.dumps(sorted({row[1] for row in rows}))
    places: dict[int, list[tuple[str, str]]] = {}
    for document, release, file in connection.execute(
        "SELECT document, release.name, file FROM json_each(?) AS asked"
        " JOIN location ON location.document = asked.value"
        " JOIN release ON release.id = location.release ORDER BY location.id",
        (documents,),
    ):
        places.setdefault(document, []).append((release, file))
    pages: dict[int, list[tuple[int, str, str, float | None]]] = {}
    for passage, *page in connection.execute(
        "SELECT passage.id, page.start, page.text, page.bates, page.confidence"
        " FROM json_each(?) AS asked JOIN passage ON passage.id = asked.value"
        " JOIN page ON page.document = passage.document"
        " AND page.number BETWEEN passage.first_page AND passage.last_page"
        " ORDER BY passage.id, page.number",
        (asked,),
    ):
        pages.setdefault(passage, []).append((page[0], page[1], page[2], page[3]))
    return {
        row[0]: _passage(row, places.get(row[1], [])[:_MOST_PLACES], pages[row[0]]) for row in rows
    }


def hashes(connection: sqlite3.Connection, documents: Iterable[int]) -> dict[int, str]:
    """Return the SHA-256 (hex) of documents."""
    rows = connection.execute(
        "SELECT document.id, sha256 FROM json_each(?) AS asked"
        " JOIN document ON document.id = asked.value",
        (json.dumps(sorted(documents)),),
    )
    return dict(rows.fetchall())


def passages_of(connection: sqlite3.Connection, document: int, first: int, last: int) -> list[int]:
    """Return the numbers of the passages of a document that lie on some of its pages, in order."""
    rows = connection.execute(
        "SELECT id FROM passage WHERE document = ? AND last_page >= ? AND first_page <= ?"
        " ORDER BY ordinal",
        (document, first, last),
    )
    return [row[0] for row in rows]


def _passage(
    row: tuple[int, int, int, int, int, int],
    places: Sequence[tuple[str, str]],
    pages: Sequence[tuple[int, str, str, float | None]],
) -> StoredPassage:
    number, document, first, last, start, end = row
    text = PAGE_SEPARATOR.join(page[1] for page in pages)
    offset = pages[0][0]
    confidences = [page[3] for page in pages if page[3] is not None]
    return StoredPassage(
        passage=number,
        document=document,
        places=tuple(places),
        first_page=first,
        last_page=last,
        first_bates=pages[0][2],
        last_bates=pages[-1][2],
        confidence=min(confidences, default=None),
        text=text[start - offset : end - offset],
    )


def bates_range(first: str, last: str) -> str:
    """Write the Bates numbers of a first and a last page as they are cited."""
    return f"{first} – {last}" if first and last and first != last else first or last


def coverage(connection: sqlite3.Connection) -> Coverage:
    """Count what can be searched and what could not be read well."""
    pages, poor = connection.execute(
        "SELECT coalesce(sum(pages), 0), coalesce(sum(pages_poor), 0) FROM document"
        " WHERE state IN ('stored', 'indexed')"
    ).fetchone()
    unread = connection.execute(
        "SELECT count(DISTINCT coalesce(document, -location)) FROM problem WHERE page IS NULL"
    ).fetchone()[0]
    run = connection.execute("SELECT 1 FROM about WHERE key = 'unfinished run'").fetchone()
    return Coverage(
        pages, poor, unread, _pending(connection), _unfinished(connection), run is not None
    )


def _pending(connection: sqlite3.Connection) -> int:
    """Count the passages that are not in the index yet, or not as they are now."""
    row = connection.execute(
        "SELECT count(*) FROM document JOIN passage ON passage.document = document.id"
        " WHERE state = 'stored'"
    ).fetchone()
    return int(row[0])


def _unfinished(connection: sqlite3.Connection) -> int:
    """Count the documents whose pages have not all been read: an ingest is under way or broke."""
    return int(
        connection.execute("SELECT count(*) FROM document WHERE state = 'found'").fetchone()[0]
    )


def counts(connection: sqlite3.Connection) -> Counts:
    """Count what the archive holds."""
    by_method = dict(connection.execute("SELECT method, count(*) FROM page GROUP BY method"))

    def one(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    return Counts(
        documents=one("SELECT count(*) FROM document"),
        locations=one("SELECT count(*) FROM location"),
        releases=one("SELECT count(*) FROM release"),
        pages=sum(by_method.values()),
        pages_text=by_method.get(Method.TEXT, 0),
        pages_ocr=by_method.get(Method.OCR, 0),
        pages_blank=by_method.get(Method.BLANK, 0),
        pages_none=by_method.get(Method.NONE, 0),
        pages_poor=one("SELECT count(*) FROM page WHERE poor"),
        passages=one("SELECT count(*) FROM passage"),
        passages_pending=_pending(connection),
        documents_unfinished=_unfinished(connection),
        messages=one("SELECT count(*) FROM message"),
        threads=one("SELECT count(*) FROM thread"),
        people=one("SELECT count(*) FROM person WHERE NOT is_group"),
        letters=one("SELECT count(*) FROM letter"),
        near_documents=one("SELECT count(*) FROM near_document WHERE cluster IS NOT NULL"),
        near_passages=one("SELECT count(*) FROM near_passage WHERE cluster IS NOT NULL"),
        gone=one("SELECT count(*) FROM location WHERE gone IS NOT NULL"),
        problems=one(f"SELECT count(*) FROM ({_PROBLEMS})"),  # noqa: S608 - a constant
    )


# Where a poor text layer stands among pages read by OCR with some confidence.
_NO_CONFIDENCE = 50.0
_PROBLEMS = (
    "SELECT release.name, location.file, problem.page, stage, cause, mend"
    " FROM problem JOIN location"
    " ON location.id = problem.location OR location.document = problem.document"
    " JOIN release ON release.id = location.release"
)


def problems(connection: sqlite3.Connection) -> Iterator[tuple[str, Problem]]:
    """Yield each problem with its release, for every place where the file lies, the worst first.

    Worst are whole files, then pages that were not read, then pages by how well they were.
    """
    rows = connection.execute(
        _PROBLEMS + " LEFT JOIN page ON page.document = problem.document"
        " AND page.number = problem.page"
        " ORDER BY problem.page IS NOT NULL, coalesce(page.method <> ?, 0),"
        " coalesce(page.confidence, ?), release.name, location.file, problem.page",
        (Method.NONE, _NO_CONFIDENCE),
    )
    for release, file, page, stage, cause, mend in rows:
        yield release, Problem(file, page, stage, cause, mend)


def documents_named(connection: sqlite3.Connection, name: str) -> list[StoredDocument]:
    """Find documents by number, by the start of their SHA-256, or by file name.

    A file name is the path inside the release, with or without the release before it, the path on
    this machine, or an end of it that starts at a folder's or file's name. The best kind of match
    is returned alone.
    """
    select = (
        "SELECT document.id, sha256, media_type, pages, release.name, location.file"
        " FROM location JOIN document ON document.id = location.document"
        " JOIN release ON release.id = location.release WHERE "
    )
    given = name
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    attempts: list[tuple[str, tuple[str | int | bytes, ...]]] = [
        ("location.file = ? OR release.name || '/' || location.file = ?", (name, name)),
        ("location.path = ?", (os.fsencode(os.path.abspath(given)),)),
        (r"location.file LIKE ? ESCAPE '\'", (f"%/{escaped}",)),
    ]
    if name.isascii() and name.isdigit() and len(name) < 19:
        attempts.insert(0, ("document.id = ?", (int(name),)))
    if len(name) >= 8:
        attempts.append((r"sha256 LIKE ? ESCAPE '\'", (f"{escaped.lower()}%",)))
    for condition, values in attempts:
        rows = connection.execute(select + condition + " ORDER BY location.id", values).fetchall()
        if rows:
            first_place = {row[0]: StoredDocument(*row) for row in reversed(rows)}
            return sorted(first_place.values(), key=lambda found: found.document)
    return []


def pages(connection: sqlite3.Connection, document: int, first: int, last: int) -> list[StoredPage]:
    """Fetch a document's pages ``first`` to ``last``, as far as they have been read."""
    rows = connection.execute(
        "SELECT number, text, method, name, version, reason, confidence, rotation, bates, poor"
        " FROM page JOIN adapter ON adapter.id = page.adapter"
        " WHERE document = ? AND number BETWEEN ? AND ? ORDER BY number",
        (document, first, last),
    )
    return [
        StoredPage(
            number=row[0],
            text=row[1],
            method=Method(row[2]),
            adapter=row[3],
            adapter_version=row[4],
            reason=row[5],
            confidence=row[6],
            rotation=row[7],
            bates=row[8],
            poor=bool(row[9]),
        )
        for row in rows
    ]


def document_problems(connection: sqlite3.Connection, document: int) -> list[Problem]:
    """Return a document's problems; ``file`` is empty, as the caller knows the document."""
    rows = connection.execute(
        "SELECT page, stage, cause, mend FROM problem WHERE document = ? ORDER BY page", (document,)
    )
    return [Problem("", *row) for row in rows]

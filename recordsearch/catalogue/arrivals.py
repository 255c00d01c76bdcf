"""What has come into the archive since somebody last looked.

No clock is asked. Each look has a number, and what a look finds for the first time has arrived with
that number: a document, known by its hash, once it is in the index; later those of its pages that
could not be read well before and now can. So a document is new once, however often it is moved,
read, understood or indexed again, forgotten and taken in again; and one that a run has not finished
yet arrives when it has. Nothing is noted while no search is saved.

A look goes so: :func:`take_moment`, then open the index, search, ask :func:`new_passages` what of
it is new, show it, and then :func:`note_look`. In that order nothing can arrive unseen.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from recordsearch.catalogue import saved
from recordsearch.catalogue.kept import attach
from recordsearch.catalogue.relations import is_unrelated
from recordsearch.catalogue.saved import Part, SavedSearch

# The last page of a part that is a document with all pages that it will ever have.
_EVERY_PAGE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A document as a look found it: how many pages it has, and which could not be read well."""

    pages: int
    unread: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """The archive at one moment, before its index was opened.

    ``base``     the number of the last look then.
    ``settled``  all documents were related: none can come to be found by more than it is now.
    ``arrived``  what no look has noted yet, and ``seen`` how each document of it is now, with how
                 it was noted before.
    ``parts``    by number of a saved search, all that is new to it.
    ``ready``    the documents of these parts that the index holds, by hash: the document's number,
                 its first and its last passage's.
    """

    base: int
    settled: bool
    arrived: tuple[Part, ...]
    seen: Mapping[str, tuple[Seen | None, Seen]]
    parts: Mapping[int, tuple[Part, ...]] = field(default_factory=dict)
    ready: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be noted of a look through what is new to a saved search.

    ``owed`` is what stays new to it, but for the passages ``shown``.
    """

    search: int
    owed: tuple[Part, ...]
    shown: frozenset[int]


def take_moment(connection: sqlite3.Connection) -> Moment:
    """Find out what is new, and to which saved search.

    :raises ArchiveError: what is kept cannot be read.
    """
    attach(connection)
    outer = connection.in_transaction
    if not outer:
        connection.execute("BEGIN")
    try:
        base = _looks(connection)
        arrived: list[Part] = []
        seen: dict[str, tuple[Seen | None, Seen]] = {}
        for sha256, before, now in _documents(connection):
            parts = list(_news_of(sha256, before, now))
            if parts:
                arrived += parts
                seen[sha256] = (before, now if before is None else _together(before, now))
        parts_of = {
            search.number: tuple(dict.fromkeys([*_new_to(connection, search), *arrived]))
            for search in saved.saved_searches(connection)
        }
        hashes = {part.sha256 for parts in parts_of.values() for part in parts}
        ready = dict(_ready(connection, hashes))
        settled = not is_unrelated(connection)
    finally:
        if not outer:
            connection.rollback()
    return Moment(base, settled, tuple(arrived), seen, parts_of, ready)


def _looks(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM kept.about WHERE key = 'looks'").fetchone()
    return int(row[0])


def _documents(connection: sqlite3.Connection) -> Iterator[tuple[str, Seen | None, Seen]]:
    """Yield the documents in the index: hash, how it was noted, how it is now."""
    unread = {
        document: tuple(_ranges(row[1] for row in rows))
        for document, rows in groupby(
            connection.execute(
                "SELECT document, number FROM page WHERE (method = 'none'"
                " OR (method IN ('text', 'ocr', 'blank') AND poor = 1))"
                " ORDER BY document, number"
            ),
            key=lambda row: row[0],
        )
    }
    rows = connection.execute(
        "SELECT document.id, document.sha256, document.pages, seen.pages, seen.unread"
        " FROM document LEFT JOIN kept.seen ON seen.sha256 = document.sha256"
        " WHERE state = 'indexed' ORDER BY document.id"
    )
    for document, sha256, pages, pages_before, unread_before in rows:
        before = None if pages_before is None else Seen(pages_before, _parse(unread_before))
        yield sha256, before, Seen(pages, unread.get(document, ()))


def _news_of(sha256: str, before: Seen | None, now: Seen) -> Iterator[Part]:
    if before is None:
        yield Part(sha256, 1, _EVERY_PAGE)
    elif before.unread or now.pages > before.pages:
        then = {*_pages(before.unread), *range(before.pages + 1, now.pages + 1)}
        for first, last in _ranges(sorted(then.difference(_pages(now.unread)))):
            yield Part(sha256, first, last)


def _together(before: Seen, now: Seen) -> Seen:
    """Return a document as seen twice: a page that was read well once is not new again."""
    pages = max(before.pages, now.pages)
    unread = {*_pages(before.unread), *range(before.pages + 1, pages + 1)}
    return Seen(pages, tuple(_ranges(sorted(unread.intersection(_pages(now.unread))))))


def _new_to(connection: sqlite3.Connection, search: SavedSearch) -> list[Part]:
    rows = connection.execute(
        "SELECT sha256, first_page, last_page FROM kept.arrival WHERE number > ?", (search.mark,)
    )
    return [*saved.owed(connection, search.number), *(Part(*row) for row in rows)]


def _ready(
    connection: sqlite3.Connection, hashes: Iterable[str]
) -> Iterator[tuple[str, tuple[int, int, int]]]:
    for sha256 in hashes:
        row = connection.execute(
            "SELECT document.id, coalesce(min(passage.id), 0), coalesce(max(passage.id), 0)"
            " FROM document LEFT JOIN passage ON passage.document = document.id"
            " WHERE sha256 = ? AND state = 'indexed' GROUP BY document.id",
            (sha256,),
        ).fetchone()
        if row is not None:
            yield sha256, (row[0], row[1], row[2])


def new_passages(
    connection: sqlite3.Connection, moment: Moment, search: SavedSearch
) -> tuple[set[int], tuple[Part, ...]]:
    """Return the passages new to a search, and the parts of which the index may not know all.

    To be called when the search has been made: what was in the index at the moment, and is in the
    catalogue as it was, was there in between.
    """
    still = dict(_ready(connection, {part.sha256 for part in moment.parts[search.number]}))
    passages: set[int] = set()
    waiting = []
    for part in moment.parts[search.number]:
        ready = still.get(part.sha256)
        if ready is None or ready != moment.ready.get(part.sha256):
            waiting.append(part)
            continue
        rows = connection.execute(
            "SELECT id FROM passage WHERE document = ? AND first_page <= ? AND last_page >= ?",
            (ready[0], part.last_page, part.first_page),
        )
        passages.update(row[0] for row in rows)
    return passages - saved.shown(connection, search.number), tuple(waiting)


# What changes something does so inside :func:`recordsearch.catalogue.kept.changing`.


def note_arrivals(connection: sqlite3.Connection, moment: Moment) -> int:
    """Note what had arrived at a moment; return the number of this look."""
    number = _looks(connection) + 1
    connection.execute("UPDATE kept.about SET value = ? WHERE key = 'looks'", (number,))
    noted = set()
    for sha256, (before, now) in moment.seen.items():
        written = (now.pages, _write(now.unread), sha256)
        if before is None:
            cursor = connection.execute(
                "INSERT OR IGNORE INTO kept.seen (pages, unread, sha256) VALUES (?, ?, ?)", written
            )
        else:
            cursor = connection.execute(
                "UPDATE kept.seen SET pages = ?, unread = ?"
                " WHERE sha256 = ? AND pages = ? AND unread = ?",
                (*written, before.pages, _write(before.unread)),
            )
        # Where another process has noted it in between, it has arrived with that look.
        if cursor.rowcount > 0:
            noted.add(sha256)
    connection.executemany(
        "INSERT INTO kept.arrival VALUES (?, ?, ?, ?)",
        (
            (number, part.sha256, part.first_page, part.last_page)
            for part in moment.arrived
            if part.sha256 in noted
        ),
    )
    return number


def note_look(
    connection: sqlite3.Connection, moment: Moment, number: int, look: Look, now: str
) -> None:
    """Note that somebody has looked through what was new to a saved search at a moment."""
    if not saved.set_mark(connection, look.search, number, now):
        return  # it was removed in between
    # What another process has noted in between was not looked through.
    rows = connection.execute(
        "SELECT sha256, first_page, last_page FROM kept.arrival WHERE number > ?", (moment.base,)
    )
    looked_at = {*moment.parts.get(look.search, ()), *moment.arrived}
    later = [part for part in (Part(*row) for row in rows) if part not in looked_at]
    parts = [*look.owed, *later]
    saved.set_owed(connection, look.search, parts, look.shown if look.owed else ())


def drop_looked_at(connection: sqlite3.Connection) -> None:
    """Drop what is new to no saved search any more."""
    least = connection.execute("SELECT min(mark) FROM kept.saved").fetchone()[0]
    if least is None:
        connection.execute("DELETE FROM kept.seen")
        connection.execute("DELETE FROM kept.arrival")
    else:
        connection.execute("DELETE FROM kept.arrival WHERE number <= ?", (least,))


def _pages(ranges: Iterable[tuple[int, int]]) -> Iterator[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


def _ranges(pages: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Write pages, in order, as ranges."""
    for _, run in groupby(enumerate(pages), key=lambda one: one[1] - one[0]):
        numbers = [page for _, page in run]
        yield numbers[0], numbers[-1]


def _write(ranges: Iterable[tuple[int, int]]) -> str:
    return ",".join(f"{first}-{last}" for first, last in ranges)


def _parse(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (part.split("-") for part in text.split(",") if part)
    return tuple((int(first), int(last)) for first, last in pairs)

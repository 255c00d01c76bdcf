"""What the chain of custody asks of the catalogue: where documents came from, and whether all fits.

Nothing here changes the catalogue. Long lists are fetched a part at a time, so that they need
bounded memory and hold up no writer.
"""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recordsearch.errors import UsageError

_ROWS_A_TURN = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document lies, or a file that could not be identified.

    ``key``     the bytes of the absolute path; for a file in a container the container's path, and
                behind it a NUL and a locator for each level.
    ``size``, ``modified_ns``  of the file on the disk, so of the container for a file inside one;
                the size is below 0 for a file in a container that has not been looked at yet.
    ``parent``  SHA-256 of the document that holds it, None for a file of the disk.
    ``gone``    when the file was found gone from the disk (ISO 8601, UTC), None while it is there.
    """

    release: str
    file: str
    key: bytes
    size: int
    modified_ns: int
    parent: str | None
    gone: str | None


@dataclass(frozen=True, slots=True)
class ReadBy:
    """By what pages were read, and how many of them."""

    name: str
    version: str
    pages: int


@dataclass(frozen=True, slots=True)
class CustodyDocument:
    """A document with all that is known of where it came from and how it was read.

    ``added`` is when it was ingested (ISO 8601, UTC); ``first_bates`` and ``last_bates`` are empty
    where no page bears a number.
    """

    document: int
    sha256: str
    size: int
    media_type: str
    pages: int
    ocr: str
    language: str
    state: str
    added: str
    understood: str
    problems: int
    first_bates: str
    last_bates: str
    read_by: tuple[ReadBy, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that has no document, and why; all of it empty where it was not looked at yet."""

    place: Place
    stage: str
    cause: str
    mend: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A place with the hash and the size in bytes of what was read there, None for an unread one.

    ``document_size`` differs from the place's size for a file in a container.
    """

    place: Place
    sha256: str | None
    document_size: int | None


_PLACE = (
    "release.name, location.file, location.path, location.size, location.modified_ns,"
    " holder.sha256, location.gone"
)
_FROM_PLACE = (
    " FROM location JOIN release ON release.id = location.release"
    " LEFT JOIN document AS holder ON holder.id = location.parent"
)
# No filter where the number is NULL.
_IN_RELEASE = " (:release IS NULL OR location.release = :release)"


def _place(row: tuple[Any, ...]) -> Place:
    return Place(row[0], row[1], bytes(row[2]), row[3], row[4], row[5], row[6])


def find_release(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the release of this name.

    :raises UsageError: there is none; the mend names the one most like it.
    """
    rows = connection.execute("SELECT name, id FROM release ORDER BY id").fetchall()
    numbers: dict[str, int] = dict(rows)
    name = os.fsencode(name).decode("utf-8", "backslashreplace")
    if name in numbers:
        return numbers[name]
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in numbers}
    near = get_close_matches(name.casefold(), folded, 1)
    if near:
        mend = f"did you mean {folded[near[0]]}?"
    elif numbers:
        told = ", ".join(list(numbers)[:5]) + (", …" if len(numbers) > 5 else "")
        mend = f"the releases are: {told}"
    else:
        mend = "the archive has no releases"
    raise UsageError(f"there is no release {name}", mend)


def count_documents(connection: sqlite3.Connection, release: int | None) -> int:
    """Count the documents that lie in a release, or anywhere."""
    row = connection.execute(
        "SELECT count(DISTINCT document) FROM location WHERE" + _IN_RELEASE,  # noqa: S608
        {"release": release},
    ).fetchone()
    return int(row[0])


def count_unread(connection: sqlite3.Connection, release: int | None) -> int:
    """Count the files without a document in a release, or anywhere."""
    row = connection.execute(
        "SELECT count(*) FROM location WHERE document IS NULL AND" + _IN_RELEASE,  # noqa: S608
        {"release": release},
    ).fetchone()
    return int(row[0])


def count_places(connection: sqlite3.Connection, release: int | None) -> int:
    """Count the places in a release, or all."""
    row = connection.execute(
        "SELECT count(*) FROM location WHERE" + _IN_RELEASE,  # noqa: S608
        {"release": release},
    ).fetchone()
    return int(row[0])


def documents(connection: sqlite3.Connection, release: int | None) -> Iterator[CustodyDocument]:
    """Yield the documents that lie in a release, or anywhere, by SHA-256; places of it alone."""
    adapters = {
        row[0]: (row[1], row[2])
        for row in connection.execute("SELECT id, name, version FROM adapter")
    }
    last = ""
    while True:
        rows = connection.execute(
            "SELECT id, sha256, size, media_type, pages, ocr, language, state, added, understood,"  # noqa: S608
            " (SELECT count(*) FROM problem WHERE problem.document = document.id)"
            " FROM document WHERE sha256 > :last AND EXISTS"
            " (SELECT 1 FROM location WHERE location.document = document.id AND"
            + _IN_RELEASE
            + ") ORDER BY sha256 LIMIT :most",
            {"release": release, "last": last, "most": _ROWS_A_TURN},
        ).fetchall()
        for row in rows:
            first, end, read_by = _pages_read(connection, row[0], adapters)
            places = tuple(_places_of(connection, row[0], release))
            yield CustodyDocument(*(*row, first, end, read_by, places))
        if len(rows) < _ROWS_A_TURN:
            return
        last = rows[-1][1]


def _pages_read(
    connection: sqlite3.Connection, document: int, adapters: dict[int, tuple[str, str]]
) -> tuple[str, str, tuple[ReadBy, ...]]:
    """Return a document's first and last Bates number, and by what its pages were read."""
    first = last = ""
    counts: dict[int, int] = {}
    for adapter, bates in connection.execute(
        "SELECT adapter, bates FROM page WHERE document = ? ORDER BY number", (document,)
    ):
        counts[adapter] = counts.get(adapter, 0) + 1
        first, last = first or bates, bates or last
    read_by = sorted((*adapters[adapter], count) for adapter, count in counts.items())
    return first, last, tuple(ReadBy(*one) for one in read_by)


def _places_of(
    connection: sqlite3.Connection, document: int, release: int | None
) -> Iterator[Place]:
    rows = connection.execute(
        f"SELECT {_PLACE}{_FROM_PLACE} WHERE location.document = :document AND{_IN_RELEASE}"
        " ORDER BY release.name, location.path",
        {"release": release, "document": document},
    )
    return map(_place, rows)


def unread_files(connection: sqlite3.Connection, release: int | None) -> Iterator[UnreadFile]:
    """Yield the files without a document in a release, or anywhere, in the order of their paths."""
    select = f", coalesce(stage, ''), coalesce(cause, ''), coalesce(mend, ''){_FROM_PLACE}"
    join = " LEFT JOIN problem ON problem.location = location.id"
    for row in _by_path(connection, select + join, " AND location.document IS NULL", release):
        yield UnreadFile(_place(row), *row[7:])


def kept_files(connection: sqlite3.Connection, release: int | None) -> Iterator[KeptFile]:
    """Yield all places in a release, or everywhere, in the order of their paths."""
    select = f", own.sha256, own.size{_FROM_PLACE}"
    join = " LEFT JOIN document AS own ON own.id = location.document"
    for row in _by_path(connection, select + join, "", release):
        yield KeptFile(_place(row), row[7], row[8])


def _by_path(
    connection: sqlite3.Connection, select: str, condition: str, release: int | None
) -> Iterator[tuple[Any, ...]]:
    last = b""
    while True:
        rows = connection.execute(
            f"SELECT {_PLACE}{select} WHERE location.path > :last AND{_IN_RELEASE}{condition}"
            " ORDER BY location.path LIMIT :most",
            {"release": release, "last": last, "most": _ROWS_A_TURN},
        ).fetchall()
        yield from rows
        if len(rows) < _ROWS_A_TURN:
            return
        last = bytes(rows[-1][2])


def holds_path(connection: sqlite3.Connection, path: bytes) -> bool:
    """Tell whether a file of the disk is one of the archive's records."""
    row = connection.execute("SELECT 1 FROM location WHERE path = ?", (path,)).fetchone()
    return row is not None


def knows_hash(connection: sqlite3.Connection, sha256: str) -> bool:
    """Tell whether the archive has a document with this hash."""
    row = connection.execute("SELECT 1 FROM document WHERE sha256 = ?", (sha256,)).fetchone()
    return row is not None

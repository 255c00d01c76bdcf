"""Places: the files in which documents lie, on the disk and in containers.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from recordsearch.catalogue.documents import drop_if_nowhere
from recordsearch.catalogue.releases import as_text, release_number
from recordsearch.errors import UNLOCK
from recordsearch.records import MediaType, OcrMode, ReadOptions, SourceFile

# The size of a place in a container that has been entered and not been looked at.
NOT_LOOKED_AT = -1


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
    release: str
    media_type: MediaType | None
    understood: str
    gone: bool
    is_locked: bool
    custodian: str


_KNOWN = (
    "SELECT location.id, location.size, modified_ns, location.document, state, ocr, language,"
    " stage, release.name, media_type, understood, gone, path, file,"
    " custodian, EXISTS (SELECT 1 FROM problem AS locked WHERE locked.document = location.document"
    " AND locked.stage = 'unlock')"
    " FROM location JOIN release ON release.id = location.release"
    " LEFT JOIN document ON document.id = location.document"
    " LEFT JOIN problem ON problem.location = location.id WHERE "
)


def known_file(connection: sqlite3.Connection, source: SourceFile) -> KnownFile | None:
    """Look a place up."""
    row = connection.execute(_KNOWN + "path = ?", (_key(source),)).fetchone()
    return None if row is None else _known(row)


def _known(row: tuple[Any, ...]) -> KnownFile:
    return KnownFile(
        location=row[0],
        size=row[1],
        modified_ns=row[2],
        document=row[3],
        state=row[4] or "",
        options=None if row[3] is None else ReadOptions(OcrMode(row[5]), row[6]),
        failed_at=row[7] or "",
        release=row[8],
        media_type=None if row[9] is None else MediaType(row[9]),
        understood=row[10] or "",
        gone=row[11] is not None,
        is_locked=bool(row[15]) or row[7] == UNLOCK,
        custodian=row[14],
    )


def known_members(
    connection: sqlite3.Connection, container: SourceFile, media_type: MediaType
) -> list[tuple[SourceFile, KnownFile]]:
    """Return all places inside a file of this type, at every level; see :data:`NOT_LOOKED_AT`."""
    key = _key(container)
    rows = connection.execute(
        _KNOWN + "path > ? AND path < ? ORDER BY +location.id", (key + b"\0", key + b"\1")
    )
    found = []
    for row in rows:
        _, *locators = bytes(row[12]).split(b"\0")
        source = replace(
            container,
            name=row[13],
            release=row[8],
            locators=tuple(locator.decode("utf-8", "surrogateescape") for locator in locators),
            container=container.container or media_type,
        )
        found.append((source, _known(row)))
    return found


def _key(source: SourceFile) -> bytes:
    """Return what a place is known by; no path and no locator has a NUL in it."""
    locators = (locator.encode("utf-8", "surrogateescape") for locator in source.locators)
    return b"\0".join((os.fsencode(source.path), *locators))


def source_of(connection: sqlite3.Connection, document: int) -> SourceFile | None:
    """Return a file that has a document, as a walk gives it; None where all are gone."""
    row = connection.execute(
        "SELECT path, file, release.name, location.size, modified_ns FROM location"
        " JOIN release ON release.id = location.release"
        " WHERE document = ? AND gone IS NULL ORDER BY location.id LIMIT 1",
        (document,),
    ).fetchone()
    if row is None:
        return None
    holder, *locators = bytes(row[0]).split(b"\0")
    container = connection.execute(
        "SELECT media_type FROM location JOIN document ON document.id = location.document"
        " WHERE path = ?",
        (holder,),
    ).fetchone()
    return SourceFile(
        path=os.fsdecode(holder),
        name=row[1],
        release=row[2],
        size=row[3],
        modified_ns=row[4],
        locators=tuple(locator.decode("utf-8", "surrogateescape") for locator in locators),
        container=MediaType(container[0]) if locators and container else None,
    )


def look_again(connection: sqlite3.Connection, stages: Sequence[str]) -> list[int]:
    """Have all looked at again that failed at some stages; return the documents among it."""
    failed = f"FROM problem WHERE stage IN ({', '.join('?' * len(stages))})"
    found = connection.execute(
        f"SELECT DISTINCT document {failed} AND document IS NOT NULL ORDER BY 1",
        stages,
    ).fetchall()
    connection.execute(
        f"UPDATE location SET size = ? WHERE id IN (SELECT location {failed})"  # noqa: S608
        f" OR document IN (SELECT document {failed})",
        (NOT_LOOKED_AT, *stages, *stages),
    )
    return [row[0] for row in found]


def enter_members(
    connection: sqlite3.Connection, document: int, members: Sequence[SourceFile]
) -> None:
    """Enter the files in a container, a document itself, as places to be looked at.

    Those that the container no longer has are left to :func:`places_below`.
    """
    for member in members:
        connection.execute(
            "INSERT INTO location (file, release, size, modified_ns, path, parent)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET"
            " file = excluded.file, size = excluded.size, parent = excluded.parent",
            (
                as_text(member.name),
                release_number(connection, member.release),
                NOT_LOOKED_AT,
                member.modified_ns,
                _key(member),
                document,
            ),
        )


def members_gone(
    connection: sqlite3.Connection, container: SourceFile, members: Sequence[SourceFile]
) -> list[int]:
    """Return the places directly or deeper inside a file that are not under one of ``members``."""
    key = _key(container) + b"\0"
    there = {_key(member)[len(key) :].split(b"\0")[0] for member in members}
    rows = connection.execute(
        "SELECT id, path FROM location WHERE path > ? AND path < ?", (key, key[:-1] + b"\1")
    )
    return [row[0] for row in rows if bytes(row[1])[len(key) :].split(b"\0")[0] not in there]


def set_location(
    connection: sqlite3.Connection,
    source: SourceFile,
    document: int | None,
    *,
    rename: bool = False,
) -> int:
    """Say which document lies at a place (None: a file that could not be identified).

    A place that is known keeps its release and its name in it, unless ``rename``: a part of a
    release that is indexed again on its own is still a part of it.

    The problems of the place are forgotten, as it has just been looked at again. A document that
    lies nowhere any more because of this is dropped. Documents whose places changed are indexed
    again, as the places are fields of their passages.
    """
    path = _key(source)
    row = connection.execute("SELECT id, document FROM location WHERE path = ?", (path,)).fetchone()
    before: int | None = row[1] if row else None
    if row is None:
        cursor = connection.execute(
            "INSERT INTO location (file, release, document, size, modified_ns, path)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                as_text(source.name),
                release_number(connection, source.release),
                document,
                source.size,
                source.modified_ns,
                path,
            ),
        )
        location = int(cursor.lastrowid or 0)
    else:
        location = int(row[0])
        connection.execute(
            "UPDATE location SET document = ?, size = ?, modified_ns = ?, gone = NULL WHERE id = ?",
            (document, source.size, source.modified_ns, location),
        )
        connection.execute("DELETE FROM problem WHERE location = ?", (location,))
    if rename:
        rename_place(connection, location, source)
    for number in {before, document} - {None}:
        connection.execute(
            "UPDATE document SET state = 'stored' WHERE id = ? AND state = 'indexed'", (number,)
        )
    if before is not None and before != document:
        drop_if_nowhere(connection, before)
    return location


def rename_place(connection: sqlite3.Connection, location: int, source: SourceFile) -> None:
    """Give a place the release and the name that the user chose for it."""
    connection.execute(
        "UPDATE location SET file = ?, release = ? WHERE id = ?",
        (as_text(source.name), release_number(connection, source.release), location),
    )


@dataclass(frozen=True, slots=True)
class PlaceBelow:
    """A place at or below a path.

    The ``path`` of a member of a container is the container's. ``gone`` tells that the file was not
    there any more at an earlier look.
    """

    location: int
    path: str
    document: int | None
    is_member: bool
    gone: bool


def places_below(connection: sqlite3.Connection, path: str) -> list[PlaceBelow]:
    """Return the places at or below ``path``, in the order in which they were found."""
    top = os.fsencode(os.path.abspath(path)).rstrip(b"/")
    # Between "top/" and "top0" lies, byte by byte, all that begins with "top/".
    rows = connection.execute(
        "SELECT id, path, document, gone FROM location WHERE path = ?"
        " OR (path > ? AND path < ?) OR (path > ? AND path < ?) ORDER BY id",
        (top, top + b"/", top + b"0", top + b"\0", top + b"\1"),
    )
    found = []
    for location, key, document, gone in rows:
        holder, *locators = bytes(key).split(b"\0")
        place = os.fsdecode(holder)
        found.append(PlaceBelow(location, place, document, bool(locators), gone is not None))
    return found


def mark_gone(connection: sqlite3.Connection, location: int, *, gone: bool) -> None:
    """Note that a file is gone from the disk, from now on, or that it is there again."""
    time = datetime.now(UTC).isoformat(timespec="seconds") if gone else None
    connection.execute("UPDATE location SET gone = ? WHERE id = ?", (time, location))


def drop_place(connection: sqlite3.Connection, location: int) -> bool:
    """Forget a place, with its problems; tell whether that was done.

    It is not done for the last place of a document. The document is indexed again without it.
    """
    row = connection.execute("SELECT document FROM location WHERE id = ?", (location,)).fetchone()
    document = row[0]
    if document is not None:
        others = connection.execute(
            "SELECT 1 FROM location WHERE document = ? AND id <> ?", (document, location)
        ).fetchone()
        if others is None:
            return False
        connection.execute(
            "UPDATE document SET state = 'stored' WHERE id = ? AND state = 'indexed'", (document,)
        )
    connection.execute("DELETE FROM location WHERE id = ?", (location,))
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a file, and its key: see :func:`known_members` for files in containers."""

    location: int
    key: bytes


def places_of(connection: sqlite3.Connection, document: int) -> list[Place]:
    """Return all places of a document."""
    return _places(connection, "document = ?", document)


def places_in_release(connection: sqlite3.Connection, release: str) -> list[Place]:
    """Return all places of a release; none where there is no such release."""
    return _places(connection, "release = (SELECT id FROM release WHERE name = ?)", release)


def places_gone(connection: sqlite3.Connection) -> list[Place]:
    """Return all places whose files were found to be gone."""
    return _places(connection, "gone IS NOT NULL")


def places_inside(connection: sqlite3.Connection, place: Place) -> list[Place]:
    """Return all places inside the file at a place, at every level."""
    return _places(connection, "path > ? AND path < ?", place.key + b"\0", place.key + b"\1")


def _places(connection: sqlite3.Connection, condition: str, *values: object) -> list[Place]:
    rows = connection.execute(
        f"SELECT id, path FROM location WHERE {condition} ORDER BY id",  # noqa: S608 - of our own
        values,
    )
    return [Place(row[0], bytes(row[1])) for row in rows]


def only_at(connection: sqlite3.Connection, locations: Collection[int]) -> dict[int, int]:
    """Return the documents that lie nowhere but at ``locations``, with their numbers of pages."""
    counted: Counter[int] = Counter()
    for location in locations:
        row = connection.execute(
            "SELECT document FROM location WHERE id = ?", (location,)
        ).fetchone()
        if row is not None and row[0] is not None:
            counted[row[0]] += 1
    found = {}
    for document, here in counted.items():
        pages, everywhere = connection.execute(
            "SELECT pages, (SELECT count(*) FROM location WHERE document = document.id)"
            " FROM document WHERE id = ?",
            (document,),
        ).fetchone()
        if everywhere == here:
            found[document] = int(pages)
    return found


def forget_place(connection: sqlite3.Connection, location: int) -> int | None:
    """Forget a place where something else lies now; return its document.

    A document that lies nowhere any more because of this is dropped, else indexed again without it.
    """
    row = connection.execute("SELECT document FROM location WHERE id = ?", (location,)).fetchone()
    document: int | None = row[0]
    connection.execute("DELETE FROM location WHERE id = ?", (location,))
    if document is not None:
        connection.execute(
            "UPDATE document SET state = 'stored' WHERE id = ? AND state = 'indexed'", (document,)
        )
        drop_if_nowhere(connection, document)
    return document

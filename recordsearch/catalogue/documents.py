"""Documents and the places where they lie, as an ingest enters them.

Every function that changes something does so inside the transaction that the caller has begun. A
document goes through the states *found* (its pages are being read), *stored* (its passages are
there) and *indexed*.
"""

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from recordsearch.catalogue.contents import forget_contents
from recordsearch.catalogue.relations import mark_unrelated
from recordsearch.records import Identity, MediaType, OcrMode, ReadOptions, SourceFile

# The size of a place in a container that has been entered and not been looked at.
NOT_LOOKED_AT = -1
# The stage of a problem met when the contents of a document's text were looked for.
UNDERSTAND = "understand"


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


_KNOWN = (
    "SELECT location.id, location.size, modified_ns, location.document, state, ocr, language,"
    " stage, release.name, media_type, understood, path, file"
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
    )


def known_members(
    connection: sqlite3.Connection, container: SourceFile, media_type: MediaType
) -> list[tuple[SourceFile, KnownFile]]:
    """Return all places inside a file of this type, at every level; see :data:`NOT_LOOKED_AT`."""
    key = _key(container)
    rows = connection.execute(
        _KNOWN + "path > ? AND path < ? ORDER BY location.id", (key + b"\0", key + b"\1")
    )
    found = []
    for row in rows:
        _, *locators = bytes(row[11]).split(b"\0")
        source = replace(
            container,
            name=row[12],
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
                _release(connection, member.release),
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


def known_document(connection: sqlite3.Connection, sha256: str) -> int | None:
    """Return the number of the document with this hash."""
    row = connection.execute("SELECT id FROM document WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else int(row[0])


def state(connection: sqlite3.Connection, document: int) -> str | None:
    """Return a document's state, or None where there is no such document any more."""
    row = connection.execute("SELECT state FROM document WHERE id = ?", (document,)).fetchone()
    return None if row is None else str(row[0])


def mark_run(connection: sqlite3.Connection, *, unfinished: bool) -> None:
    """Note that an ingest has begun, or that it has come to its end; committed at once."""
    if unfinished:
        connection.execute("INSERT OR IGNORE INTO about VALUES ('unfinished run', 'yes')")
    else:
        connection.execute("DELETE FROM about WHERE key = 'unfinished run'")


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
                _release(connection, source.release),
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
            "UPDATE location SET document = ?, size = ?, modified_ns = ? WHERE id = ?",
            (document, source.size, source.modified_ns, location),
        )
        connection.execute("DELETE FROM problem WHERE location = ?", (location,))
    if rename:
        connection.execute(
            "UPDATE location SET file = ?, release = ? WHERE id = ?",
            (as_text(source.name), _release(connection, source.release), location),
        )
    for number in {before, document} - {None}:
        connection.execute(
            "UPDATE document SET state = 'stored' WHERE id = ? AND state = 'indexed'", (number,)
        )
    if before is not None and before != document:
        _drop_if_nowhere(connection, before)
    return location


def _release(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the release of this name, which is entered if it is new."""
    connection.execute("INSERT OR IGNORE INTO release (name) VALUES (?)", (as_text(name),))
    row = connection.execute("SELECT id FROM release WHERE name = ?", (as_text(name),)).fetchone()
    return int(row[0])


def as_text(name: str) -> str:
    r"""Turn a file name into text that can be stored: bytes that are no text become ``\xNN``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _drop_if_nowhere(connection: sqlite3.Connection, document: int) -> None:
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


def places_below(connection: sqlite3.Connection, path: str) -> list[tuple[int, str, int | None]]:
    """Return the places at or below ``path``: their number, path and document.

    The path of a place inside a container is the container's.
    """
    top = os.fsencode(os.path.abspath(path)).rstrip(b"/")
    # Between "top/" and "top0" lies, byte by byte, all that begins with "top/".
    rows = connection.execute(
        "SELECT id, path, document FROM location WHERE path = ?"
        " OR (path > ? AND path < ?) OR (path > ? AND path < ?)",
        (top, top + b"/", top + b"0", top + b"\0", top + b"\1"),
    )
    return [(row[0], os.fsdecode(bytes(row[1]).split(b"\0")[0]), row[2]) for row in rows]


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
        _drop_if_nowhere(connection, document)
    return document


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


def set_custodian(connection: sqlite3.Connection, release: str, custodian: str) -> None:
    """Note whose mailbox a release is; the release is entered if it is new."""
    number = _release(connection, release)
    connection.execute("UPDATE release SET custodian = ? WHERE id = ?", (custodian, number))


def custodian(connection: sqlite3.Connection, document: int) -> str:
    """Return whose mailbox a document is from, as the user said of its release, or nothing."""
    row = connection.execute(
        "SELECT custodian FROM location JOIN release ON release.id = location.release"
        " WHERE location.document = ? AND custodian <> '' ORDER BY location.id LIMIT 1",
        (document,),
    ).fetchone()
    return "" if row is None else str(row[0])


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

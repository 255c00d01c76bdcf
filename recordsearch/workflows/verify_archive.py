"""Verify an archive in itself: the catalogue, and the index against it."""

import sqlite3
from collections.abc import Callable, Iterator

from recordsearch.catalogue import entries, pending, soundness
from recordsearch.engines.generations import generation_in_service
from recordsearch.engines.protocol import Engine, Reader
from recordsearch.errors import RecordsearchError
from recordsearch.query.tree import PageRange
from recordsearch.workflows.stamping import stamp_of
from recordsearch.workflows.verifying import Differs, Part, Remark, Step

_PASSAGES_A_TURN = 100_000
_PASSAGES_A_STEP = 10_000
_DOCUMENTS_A_STEP = 200
# A hundred lines about an index that must be built anew say no more than ten.
_MOST_DOCUMENTS_TOLD = 100
_REBUILD = "run: recordsearch reindex"
_READ_AGAIN = "take it out and in again: recordsearch forget, then recordsearch index"
RESTORE = "restore the archive's folder from a copy, or move it away and index again"
_WAIT = "another process writes to this archive: verify it again when that has ended"

# What is known of a passage, as bits.
_EXPECTED, _ALLOWED, _SEEN = 1, 2, 4

Found = Iterator[Differs | Step | Remark]


def verify_catalogue(connection: sqlite3.Connection, *, quick: bool) -> Found:
    """Verify that the catalogue's file is whole and does not contradict itself."""
    yield Step("verifying the catalogue", 0, 0)
    try:
        for what in soundness.damage(connection, quick=quick):
            yield Differs(Part.CATALOGUE, "damaged", what, RESTORE)
        for document, what in soundness.faults(connection):
            release, file = soundness.first_place(connection, document)
            cause = f"document {document}: {what}"
            yield Differs(Part.CATALOGUE, "incomplete", cause, _READ_AGAIN, release, file)
    except sqlite3.DatabaseError as error:
        yield Differs(Part.CATALOGUE, "damaged", f"it cannot be read: {error}", RESTORE)
        return
    unfinished = len(pending.documents_in_state(connection, "found"))
    if unfinished:
        yield Remark(f"documents still being read: {unfinished:,}; run recordsearch index again")


def verify_index(
    connection: sqlite3.Connection,
    engine: Callable[[], Engine],
    folder: str,
    writing: Callable[[], bool],
    *,
    quick: bool,
) -> Found:
    """Verify that the index holds the passages of the catalogue, with the same fields.

    ``writing`` tells whether another process holds the archive: index and catalogue are not in step
    then. ``quick`` leaves out the fields, which takes as long as all else.
    """
    if writing():
        yield Remark(f"the index was not verified: {_WAIT}", left_out=True)
        return
    before = soundness.changes_seen(connection)
    found: list[Differs] = []
    try:
        for told in _compare(connection, engine, folder, quick=quick):
            if isinstance(told, Differs):
                found.append(told)
            else:
                yield told
    except sqlite3.DatabaseError as error:
        found.append(Differs(Part.CATALOGUE, "damaged", f"it cannot be read: {error}", RESTORE))
    if found and (writing() or soundness.changes_seen(connection) != before):
        yield Remark(f"the index was not verified: {_WAIT}", left_out=True)
        return
    yield from found


def _compare(
    connection: sqlite3.Connection, engine: Callable[[], Engine], folder: str, *, quick: bool
) -> Found:
    try:
        chosen = engine()
        reader = chosen.reader(generation_in_service(folder, stamp_of(connection, chosen)))
    except RecordsearchError as error:
        yield Differs(Part.INDEX, "damaged", error.message, error.mend or _REBUILD)
        return
    try:
        yield from _compare_passages(connection, reader)
    except RecordsearchError as error:
        yield Differs(Part.INDEX, "damaged", error.message, error.mend or _REBUILD)
        return
    finally:
        reader.close()
    if not quick:
        yield from _compare_fields(connection)


def _compare_passages(connection: sqlite3.Connection, reader: Reader) -> Found:
    """Compare the numbers of the passages: a byte for each tells what is known of it."""
    total = reader.count()
    known = bytearray(soundness.greatest_passage(connection) + 1)
    for number, indexed in soundness.passages_by_state(connection):
        known[number] = _EXPECTED if indexed else _ALLOWED
    # They are gone from the catalogue, and the next run takes them out of the index.
    leaving = set(pending.removed_passages(connection))
    left_over = twice = 0
    for place, number in enumerate(_numbers(reader)):
        if place % _PASSAGES_A_STEP == 0:
            yield Step("verifying the index", place, total)
        if 0 <= number < len(known) and known[number]:
            twice += bool(known[number] & _SEEN)
            known[number] |= _SEEN
        elif number not in leaving:
            left_over += 1
    missing: dict[int | None, int] = {}
    for number, flags in enumerate(known):
        if flags == _EXPECTED:
            document = soundness.document_of_passage(connection, number)
            missing[document] = missing.get(document, 0) + 1
    yield from _missing(connection, missing)
    if left_over:
        cause = f"it holds {left_over:,} passages that the catalogue does not have"
        yield Differs(Part.INDEX, "left over", cause, _REBUILD)
    if twice:
        yield Differs(Part.INDEX, "left over", f"it holds {twice:,} passages twice", _REBUILD)
    waiting = sum(flags & _ALLOWED != 0 for flags in known)
    if waiting:
        yield Remark(
            f"passages not in the index yet, or not as they are now: {waiting:,};"
            " run recordsearch index again to finish"
        )


def _numbers(reader: Reader) -> Iterator[int]:
    """Yield the numbers of all passages in an index, in order; every passage has a page."""
    everything = PageRange(1, None)
    offset = 0
    while ranked := reader.search(everything, _PASSAGES_A_TURN, offset).ranked:
        for one in ranked:
            yield one.passage
        offset += len(ranked)


def _missing(connection: sqlite3.Connection, missing: dict[int | None, int]) -> Iterator[Differs]:
    for place, (document, count) in enumerate(missing.items()):
        if place == _MOST_DOCUMENTS_TOLD:
            rest = len(missing) - place
            cause = f"passages of {rest:,} more documents are missing"
            yield Differs(Part.INDEX, "missing", cause, _REBUILD)
            return
        release, file = soundness.first_place(connection, document or 0)
        cause = f"{count:,} passages of document {document} are missing"
        yield Differs(Part.INDEX, "missing", cause, _REBUILD, release, file)


def _compare_fields(connection: sqlite3.Connection) -> Found:
    """Compare what passages are found by with what it was when they were indexed."""
    documents = soundness.related_digests(connection)
    told = 0
    for place, (document, digest) in enumerate(documents):
        if place % _DOCUMENTS_A_STEP == 0:
            yield Step("verifying the index's fields", place, len(documents))
        if entries.digest(entries.index_entries(connection, document)) == digest:
            continue
        told += 1
        if told <= _MOST_DOCUMENTS_TOLD:
            release, file = soundness.first_place(connection, document)
            cause = f"document {document}: its fields are not those that the catalogue gives now"
            yield Differs(Part.INDEX, "outdated", cause, _REBUILD, release, file)
    if told > _MOST_DOCUMENTS_TOLD:
        cause = f"the fields of {told - _MOST_DOCUMENTS_TOLD:,} more documents are outdated"
        yield Differs(Part.INDEX, "outdated", cause, _REBUILD)

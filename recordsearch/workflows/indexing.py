"""Keep the index in step with the catalogue: add what is stored, or build it anew.

The catalogue is the truth. A document's passages are first stored there, then added to the index,
and the document is marked as indexed only after the engine has committed; so after a stop at any
moment the next run knows what to add, and what to remove first lest it stand there twice.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recordsearch.catalogue import entries, pending, reading
from recordsearch.engines.generations import (
    begin_generation,
    clear_unfinished,
    generation_in_service,
    put_into_service,
)
from recordsearch.engines.protocol import Engine, Writer
from recordsearch.errors import IndexUnavailableError
from recordsearch.workflows.stamping import stamp_of

# Passages between two commits of the engine: rare enough to cost little, often enough that a
# stopped run has little to do again, and that what the engine holds stays small beside the rest
# (20,000 cost 20 MB more, and saved no time).
PASSAGES_A_COMMIT = 10_000


@dataclass(frozen=True, slots=True)
class Indexed:
    """Progress: how many passages have been added, of how many."""

    passages: int
    of: int


def rebuild(connection: sqlite3.Connection, engine: Engine, folder: str) -> Iterator[Indexed]:
    """Build the index anew from the catalogue; the old one serves until the new one is complete.

    Needs the catalogue open for writing, and the archive's lock.
    """
    documents = pending.documents_in_state(connection, "stored", "indexed")
    total = reading.counts(connection).passages
    generation = begin_generation(folder)
    engine.create(generation)
    digests = {}
    done = since_commit = 0
    with engine.writer(generation) as writer:
        for document in documents:
            added, digests[document] = _add(connection, writer, document)
            done += added
            since_commit += added
            if since_commit >= PASSAGES_A_COMMIT:
                writer.commit()
                since_commit = 0
                yield Indexed(done, total)
        writer.commit()
    put_into_service(folder, generation, stamp_of(connection, engine))
    connection.execute("BEGIN IMMEDIATE")
    pending.mark_indexed(connection, digests.items())
    pending.clear_removed(connection, pending.removed_passages(connection))
    connection.commit()
    yield Indexed(done, total)


def _add(connection: sqlite3.Connection, writer: Writer, document: int) -> tuple[int, str]:
    """Add a document; return how many passages it has, and the digest of their fields."""
    added = list(entries.index_entries(connection, document))
    writer.add(added)
    return len(added), entries.digest(added)


class IndexKeeper:
    """Adds documents to the index while an ingest stores them, and commits now and then.

    Use as a context manager inside the archive's lock; the index in service must be usable.
    """

    def __init__(self, connection: sqlite3.Connection, engine: Engine, folder: str) -> None:
        self._connection = connection
        generation = generation_in_service(folder, stamp_of(connection, engine))
        clear_unfinished(folder)
        self._writer = engine.writer(generation)
        # Documents that are to be added, each with whether it is new to the index.
        self._waiting: dict[int, bool] = {}
        self._removed: list[int] = []
        self._passages = 0

    def add(self, document: int, passages: int, *, new: bool) -> None:
        """Add a stored document of so many passages; if not ``new`` it may be there already.

        It is added with others, now and then: what the rest of the archive lends to it, such as
        its threads, is mostly known only when all has been read.
        """
        self._waiting[document] = new and self._waiting.get(document, True)
        self._passages += passages
        if self._passages >= PASSAGES_A_COMMIT:
            self.commit()

    def holds(self, document: int) -> bool:
        """Tell whether a document will be added, as it is then, at the next commit."""
        return document in self._waiting

    def remove_gone(self) -> None:
        """Remove passages that the catalogue no longer has."""
        gone = pending.removed_passages(self._connection)
        self._writer.remove(gone)
        self._removed.extend(gone)

    def commit(self) -> None:
        """Commit the engine, then say so in the catalogue."""
        if self._connection.in_transaction:
            self._connection.commit()
        if not self._waiting and not self._removed:
            return
        for document, new in self._waiting.items():
            if not new:
                self._writer.remove(pending.passage_numbers(self._connection, document))
        digests = {
            document: _add(self._connection, self._writer, document)[1]
            for document in self._waiting
        }
        self._writer.commit()
        self._connection.execute("BEGIN IMMEDIATE")
        pending.mark_indexed(self._connection, digests.items())
        pending.clear_removed(self._connection, self._removed)
        self._connection.commit()
        self._waiting, self._removed, self._passages = {}, [], 0
        _give_back_memory()

    def __enter__(self) -> "IndexKeeper":
        self._writer.__enter__()
        return self

    def __exit__(self, *details: object) -> None:
        self._writer.__exit__(None, None, None)


def _give_back_memory() -> None:
    """Let the C library hand freed memory back to the system, where it can.

    glibc keeps what the engine's threads have freed: over 100,000 pages the process grew from 45
    to 112 MB, and stays at 40 with this.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def index_is_usable(connection: sqlite3.Connection, engine: Engine, folder: str) -> bool:
    """Tell whether the index in service was made by this engine, version and analyser."""
    try:
        generation = generation_in_service(folder, stamp_of(connection, engine))
        engine.reader(generation).close()
    except IndexUnavailableError:
        return False
    return True


def index_pending(
    connection: sqlite3.Connection, keeper: IndexKeeper, documents: Iterable[int]
) -> Iterator[Indexed]:
    """Add documents that an earlier run stored and did not index."""
    documents = list(documents)
    keeper.remove_gone()
    for number, document in enumerate(documents, 1):
        keeper.add(document, len(pending.passage_numbers(connection, document)), new=False)
        if number % 100 == 0:
            yield Indexed(number, len(documents))
    keeper.commit()

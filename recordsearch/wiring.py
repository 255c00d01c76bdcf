"""The one place that turns names and settings into objects."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recordsearch.errors import (
    ArchiveError,
    ArchiveInUseError,
    IndexUnavailableError,
    NoArchiveError,
    UsageError,
)
from recordsearch.settings import (
    Archive,
    Choices,
    Settings,
    find_archive,
    find_or_place_archive,
    load_settings,
    save_settings,
)

if TYPE_CHECKING:
    import sqlite3

    from recordsearch.engines.protocol import Reader
    from recordsearch.workflows.events import Event
    from recordsearch.workflows.indexing import Indexed
    from recordsearch.workflows.rereading import RereadEvent
    from recordsearch.workflows.verifying import Told

# How long a second writer waits for the first, in seconds.
_LOCK_SECONDS = 3.0
# How long one unit of pages may take, in seconds: OCR of a page takes one to ten, and a page that
# is read again at a higher resolution two to three times that.
UNIT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Job:
    """What ``index`` is to do; ``workers`` None means one a processor.

    ``custodian`` is whose mailbox the paths' releases are; None means as before. ``passwords`` are
    tried, in their order, on what needs one. ``refresh`` reads again what an older version has
    read, or what was lost. ``timeout`` is the seconds that a unit of work may
    take, ``memory`` the bytes that a process may take, None for its share of the machine's.
    """

    paths: tuple[str, ...]
    choices: Choices
    release: str | None = None
    engine: str | None = None
    workers: int | None = None
    custodian: str | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)
    refresh: bool = False
    timeout: float = UNIT_SECONDS
    memory: int | None = None


@contextmanager
def reading_catalogue(named: str | None) -> "Iterator[tuple[Archive, sqlite3.Connection]]":
    """Open an archive's catalogue for reading.

    :raises NoArchiveError: there is no archive.
    """
    from recordsearch.catalogue.connection import open_for_reading

    archive = find_archive(named)
    connection = open_for_reading(archive.catalogue)
    try:
        yield archive, connection
    finally:
        connection.close()


@contextmanager
def writing_catalogue(archive: Archive) -> "Iterator[sqlite3.Connection]":
    """Hold the archive's lock and open its catalogue for writing.

    :raises ArchiveInUseError: another process holds the lock.
    """
    from filelock import FileLock, Timeout

    from recordsearch.catalogue.connection import open_for_writing

    try:
        os.makedirs(archive.folder, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"no archive can be made at {archive.folder}: {error.strerror}",
            "name a folder that you may write to with --archive",
        ) from error
    lock = FileLock(archive.lock, timeout=_LOCK_SECONDS)
    holder = archive.lock + ".holder"
    try:
        lock.acquire()
    except Timeout as error:
        raise ArchiveInUseError(
            f"the archive {archive.folder} is in use by {_holder(holder)}",
            "wait for it to end, or stop it",
        ) from error
    try:
        with open(holder, "w", encoding="ascii") as file:
            file.write(str(os.getpid()))
        connection = open_for_writing(archive.catalogue)
        try:
            yield connection
        finally:
            if connection.in_transaction:
                connection.rollback()
            connection.close()
    finally:
        if os.path.exists(holder):
            os.unlink(holder)
        lock.release()


def _holder(file: str) -> str:
    try:
        with open(file, encoding="ascii") as stream:
            return f"process {int(stream.read(20))}"
    except (OSError, ValueError):
        return "another process"


def open_reader(
    archive: Archive, connection: "sqlite3.Connection", rebuilding: "Callable[[Indexed], None]"
) -> "Reader":
    """Open an archive's index for searching.

    An index that is missing or was made by something else is built anew first; ``rebuilding`` is
    told how far that is.

    :raises ArchiveInUseError: the index must be built anew and another process holds the archive.
    """
    try:
        return _open_reader(archive, connection)
    except IndexUnavailableError:
        try:
            # It may just have been swapped for a new one, by another process.
            return _open_reader(archive, connection)
        except IndexUnavailableError:
            for progress in _mend_index(archive):
                rebuilding(progress)
            return _open_reader(archive, connection)


def index_stamp(archive: Archive, connection: "sqlite3.Connection") -> str:
    """Name what an archive's index is made by, in one line."""
    from recordsearch.engines import engine
    from recordsearch.workflows.stamping import stamp_of

    stamp = stamp_of(connection, engine(engine_name(archive)))
    return f"{stamp.engine} {stamp.engine_version}, analyser {stamp.analyser_version}"


def _open_reader(archive: Archive, connection: "sqlite3.Connection") -> "Reader":
    from recordsearch.catalogue.languages import languages
    from recordsearch.engines import engine
    from recordsearch.engines.generations import generation_in_service
    from recordsearch.workflows.stamping import stamp_of

    chosen = engine(engine_name(archive))
    generation = generation_in_service(archive.index, stamp_of(connection, chosen))
    return chosen.reader(generation, languages(connection))


def engine_name(archive: Archive) -> str:
    """Return the name of an archive's engine: that of the index in service, if there is one.

    So switching to another is one step: the swap of the index.

    :raises ArchiveError: there is no index, and the settings cannot be read.
    """
    from recordsearch.engines import ENGINES
    from recordsearch.engines.generations import engine_in_service

    in_service = engine_in_service(archive.index)
    return in_service if in_service in ENGINES else load_settings(archive).engine


def _mend_index(archive: Archive) -> "Iterator[Indexed]":
    """Build an index anew that cannot be used, unless another process has just done so."""
    from recordsearch.engines import engine
    from recordsearch.workflows.indexing import index_is_usable, rebuild

    with writing_catalogue(archive) as connection:
        chosen = engine(engine_name(archive))
        if not index_is_usable(connection, chosen, archive.index):
            yield from rebuild(connection, chosen, archive.index)


def reindex(named: str | None, wanted: str | None) -> "Iterator[Indexed]":
    """Build the index anew, with another engine if one is named, and remember the engine.

    :raises NoArchiveError: there is no archive.
    :raises ArchiveInUseError: another process holds the archive.
    """
    from recordsearch.engines import engine
    from recordsearch.workflows.indexing import rebuild

    archive = find_archive(named)
    with writing_catalogue(archive) as connection:
        chosen = engine(wanted or engine_name(archive))
        yield from rebuild(connection, chosen, archive.index)
        save_settings(archive, Settings(chosen.name))


def ingest(named: str | None, job: Job, stopping: Callable[[], bool]) -> "Iterator[Event]":
    """Take files into the archive, which is made if there is none.

    :raises UsageError: the archive has another engine than the one asked for.
    :raises ArchiveInUseError: another process holds the archive.
    """
    from recordsearch.catalogue import pending
    from recordsearch.engines import engine
    from recordsearch.executors.pool import PoolExecutor, usable_cores
    from recordsearch.sources.members import taking_out
    from recordsearch.sources.walk import release_name
    from recordsearch.workflows.events import Rebuilding
    from recordsearch.workflows.indexing import (
        IndexKeeper,
        index_is_usable,
        index_pending,
        rebuild,
    )
    from recordsearch.workflows.ingest import Ingest
    from recordsearch.workflows.units import ReadUnit, Worker, WorkResult, WorkUnit

    archive = find_or_place_archive(named)
    with writing_catalogue(archive) as connection:
        settings = _settle_engine(archive, job.engine)
        chosen = engine(settings.engine)
        if not index_is_usable(connection, chosen, archive.index):
            for progress in rebuild(connection, chosen, archive.index):
                yield Rebuilding(progress.passages, progress.of)
        save_settings(archive, settings)
        executor: PoolExecutor[WorkUnit, WorkResult] = PoolExecutor(
            Worker(job.passwords),
            job.workers or usable_cores(),
            job.timeout,
            memory=job.memory,
            # A range of pages that ended its worker is read page by page instead.
            retry_alone=lambda unit: not (isinstance(unit, ReadUnit) and unit.last > unit.first),
        )
        with (
            taking_out(archive.temporary),
            IndexKeeper(connection, chosen, archive.index) as keeper,
            executor,
        ):
            waiting = pending.documents_in_state(connection, "stored")
            for progress in index_pending(connection, keeper, waiting):
                yield Rebuilding(progress.passages, progress.of)
            paths = [(path, job.release or release_name(path)) for path in job.paths]
            yield from Ingest(
                connection,
                keeper,
                executor,
                paths,
                archive.folder,
                job.choices,
                stopping,
                rename=job.release is not None,
                custodian=job.custodian,
                unlocking=bool(job.passwords),
                refresh=job.refresh,
            ).run()


def reread(
    named: str | None,
    names: Sequence[str],
    where: str | None,
    workers: int,
    stopping: Callable[[], bool],
) -> "Iterator[RereadEvent]":
    """Read pages again by the second OCR engine.

    :raises NoArchiveError: there is no archive.
    :raises UsageError: no pages are named so, or the engine is not installed.
    :raises ArchiveInUseError: another process holds the archive.
    """
    from recordsearch.catalogue import documents
    from recordsearch.engines import engine
    from recordsearch.executors.pool import PoolExecutor
    from recordsearch.extract.ocr_rapid import check_rapid
    from recordsearch.sources.members import taking_out
    from recordsearch.workflows import rereading
    from recordsearch.workflows.indexing import IndexKeeper
    from recordsearch.workflows.page_list import pages_named, pages_where
    from recordsearch.workflows.units import Worker, WorkResult, WorkUnit

    archive = find_archive(named)
    with writing_catalogue(archive) as connection:
        wanted = pages_named(connection, names)
        if where is not None:
            wanted += [(page.document, page.page) for page in pages_where(connection, where)]
        for document in {document for document, _ in wanted}:
            check_rapid(documents.read_options(connection, document).language)
        executor: PoolExecutor[WorkUnit, WorkResult] = PoolExecutor(Worker(), workers, UNIT_SECONDS)
        chosen = engine(engine_name(archive))
        with (
            taking_out(archive.temporary),
            IndexKeeper(connection, chosen, archive.index) as keeper,
            executor,
        ):
            yield from rereading.reread(
                connection, keeper, executor, list(dict.fromkeys(wanted)), stopping
            )


def keep_apart(named: str | None, written: str, *, apart: bool) -> "Iterator[Event]":
    """Take a way of writing a name out of the person that it was merged into, or let it back.

    :raises NoArchiveError: there is no archive.
    :raises UsageError: nobody is written so.
    :raises ArchiveInUseError: another process holds the archive.
    """
    from recordsearch.workflows.splitting import keep_form_apart

    archive = find_archive(named)
    with writing_catalogue(archive) as connection:
        keep_form_apart(connection, written, apart=apart)
        yield from _renew(archive, connection)


def forget(
    named: str | None, names: Sequence[str], release: str | None, *, gone: bool
) -> "Iterator[Event]":
    """Take documents out of the archive.

    :raises NoArchiveError: there is no archive.
    :raises UsageError: a name names nothing, or several documents.
    :raises ArchiveInUseError: another process holds the archive.
    """
    from recordsearch.workflows import forgetting

    archive = find_archive(named)
    with writing_catalogue(archive) as connection:
        doomed = forgetting.find_doomed(connection, names, release, gone=gone)
        forgetting.forget(connection, doomed)
        yield from _renew(archive, connection)


def _renew(archive: Archive, connection: "sqlite3.Connection") -> "Iterator[Event]":
    """Relate all documents anew, and bring the index up to date with the catalogue."""
    from recordsearch.catalogue import pending
    from recordsearch.engines import engine
    from recordsearch.workflows.events import Rebuilding
    from recordsearch.workflows.indexing import (
        IndexKeeper,
        index_is_usable,
        index_pending,
        rebuild,
    )
    from recordsearch.workflows.relating import relate

    yield from relate(connection, lambda: False)
    chosen = engine(engine_name(archive))
    if not index_is_usable(connection, chosen, archive.index):
        for progress in rebuild(connection, chosen, archive.index):
            yield Rebuilding(progress.passages, progress.of)
    with IndexKeeper(connection, chosen, archive.index) as keeper:
        waiting = pending.documents_in_state(connection, "stored")
        for progress in index_pending(connection, keeper, waiting):
            yield Rebuilding(progress.passages, progress.of)
        keeper.remove_gone()
        keeper.commit()


def _settle_engine(archive: Archive, asked: str | None) -> Settings:
    """Return the archive's settings; a new archive gets the engine that was asked for."""
    if asked and not os.path.exists(archive.settings):
        return Settings(asked)
    settings = Settings(engine_name(archive))
    if asked and asked != settings.engine:
        raise UsageError(
            f"this archive's engine is {settings.engine}, not {asked}",
            f"switch it with: recordsearch reindex --engine {asked}",
        )
    return settings


def verify(
    named: str | None,
    manifest: str | None,
    release: str | None,
    *,
    quick: bool,
    passwords: Sequence[str] = (),
) -> "Iterator[Told]":
    """Verify an archive, or files against a manifest, for which no archive is needed.

    ``passwords`` are tried, in their order, on containers that need one.

    :raises NoArchiveError: there is no archive, and it is needed or was named.
    :raises UsageError: there is no such manifest or release.
    """
    from contextlib import ExitStack
    from functools import partial

    from recordsearch.catalogue.custody import KeptFile
    from recordsearch.engines import engine
    from recordsearch.executors.pool import PoolExecutor, usable_cores
    from recordsearch.sources.members import taking_out_beside
    from recordsearch.workflows.verify import Looking, OpenArchive, verify
    from recordsearch.workflows.verify_files import Seen, look

    with ExitStack() as stack:
        opened = None
        temporary = None
        try:
            archive, connection = stack.enter_context(reading_catalogue(named))
            opened = OpenArchive(
                connection,
                lambda: engine(engine_name(archive)),
                archive.index,
                lambda: is_being_written(archive),
            )
            temporary = archive.temporary
        except NoArchiveError:
            if manifest is None or named:
                raise

        def workers() -> Looking:
            stack.enter_context(taking_out_beside(temporary))
            looking: PoolExecutor[KeptFile, Seen] = PoolExecutor(
                partial(look, passwords=passwords), usable_cores(), UNIT_SECONDS
            )
            return looking

        yield from verify(opened, workers, manifest=manifest, release=release, quick=quick)


def is_being_written(archive: Archive) -> bool:
    """Tell whether another process holds the archive for writing just now."""
    from filelock import FileLock, Timeout

    if not os.path.exists(archive.lock):
        return False
    try:
        with FileLock(archive.lock, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False  # it lies where nobody can write

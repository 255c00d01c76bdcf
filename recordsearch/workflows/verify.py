"""Verify that the records are what was read, and that nothing in the archive has changed since.

Files are compared with the catalogue, or with a manifest; then the archive with itself. What lies
in containers is taken out in worker processes, so that a hostile one costs itself and no more.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from recordsearch.catalogue import custody, reading
from recordsearch.catalogue.custody import KeptFile
from recordsearch.engines.protocol import Engine
from recordsearch.errors import UsageError
from recordsearch.executors.protocol import Executor, Outcome, WorkFailedError
from recordsearch.workflows.manifest import readable
from recordsearch.workflows.manifest_reading import BadLine, Header, listed_files, read_header
from recordsearch.workflows.verify_archive import RESTORE, verify_catalogue, verify_index
from recordsearch.workflows.verify_files import Finding, Seen, is_member, look, look_quickly
from recordsearch.workflows.verifying import Differs, Part, Remark, Step, Told, Verified

Looking = Executor[KeptFile, Seen]

_FILES_A_STEP = 50
_KEEP = "take a manifest that you know to be unchanged"
_DIFFERING = (Finding.MISSING, Finding.CHANGED, Finding.UNREADABLE)


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """An archive to be verified: its catalogue, the engine of its index and that one's folder.

    ``writing`` tells whether another process holds the archive just now.
    """

    connection: sqlite3.Connection
    engine: Callable[[], Engine]
    index: str
    writing: Callable[[], bool]


def verify(
    archive: OpenArchive | None,
    executor: Callable[[], Looking],
    *,
    manifest: str | None,
    release: str | None,
    quick: bool,
) -> Iterator[Told]:
    """Verify an archive, or files against a manifest; the archive is needed for the first alone.

    ``executor`` makes workers that do :func:`~recordsearch.workflows.verify_files.look`. The last
    event is :class:`~recordsearch.workflows.verifying.Verified`.

    :raises UsageError: there is no such release, or no such manifest.
    """
    tally: Counter[str] = Counter()
    for told in _all(archive, executor, manifest, release, quick, tally):
        tally["differences"] += isinstance(told, Differs)
        tally["left out"] += isinstance(told, Remark) and told.left_out
        yield told
    yield Verified(
        quick=quick,
        complete=not tally["left out"],
        files=sum(tally[finding] for finding in Finding),
        there=tally[Finding.THERE],
        missing=tally[Finding.MISSING],
        changed=tally[Finding.CHANGED],
        unreadable=tally[Finding.UNREADABLE],
        gone=tally[Finding.GONE],
        unknown=tally[Finding.UNKNOWN],
        differences=tally["differences"],
    )


def _all(
    archive: OpenArchive | None,
    executor: Callable[[], Looking],
    manifest: str | None,
    release: str | None,
    quick: bool,
    tally: Counter[str],
) -> Iterator[Told]:
    if manifest is not None:
        header = read_header(manifest)
        yield from _verify_header(header)
        files: Iterator[KeptFile | BadLine] = listed_files(manifest, release)
        yield from _verify_files(files, header.documents + header.unread, executor, quick, tally)
        if release is not None and not any(tally[finding] for finding in Finding):
            raise UsageError(
                f"the manifest lists no file of a release {release}",
                f"it is of {header.release[:100]}" if header.release else "check the spelling",
            )
        if archive is None:
            yield Remark("the files alone were verified, as there is no archive here")
            return
        if reading.archive_id(archive.connection) != header.archive:
            yield Remark("the archive was not verified, as the manifest is of another one")
            return
        yield from _verify_listed(archive.connection, manifest, header.release, release)
    elif archive is not None:
        if archive.writing():
            yield Remark(
                "another process writes to this archive: what it changes just now may differ"
            )
        number = None if release is None else custody.find_release(archive.connection, release)
        total = custody.count_places(archive.connection, number)
        kept = custody.kept_files(archive.connection, number)
        try:
            yield from _verify_files(kept, total, executor, quick, tally)
        except sqlite3.DatabaseError as error:
            cause = f"the files that it lists cannot all be read from it: {error}"
            yield Differs(Part.CATALOGUE, "damaged", cause, RESTORE)
    if archive is not None:
        yield from verify_catalogue(archive.connection, quick=quick)
        yield from verify_index(
            archive.connection, archive.engine, archive.index, archive.writing, quick=quick
        )


def _verify_header(header: Header) -> Iterator[Told]:
    if header.found_sha256 != header.sha256:
        cause = "its lines are not those that its header gives the SHA-256 of: it was changed"
        yield Differs(Part.MANIFEST, "changed", cause, _KEEP)
    claimed = header.documents + header.unread
    if header.lines != claimed:
        cause = f"it has {header.lines:,} lines behind its header, which says {claimed:,}"
        yield Differs(Part.MANIFEST, "changed", cause, _KEEP)
    yield Remark(
        f"manifest of {header.made[:40]}, SHA-256 of its lines {header.found_sha256}"
        + (f", of the release {header.release[:100]}" if header.release else "")
    )


def _verify_files(
    files: Iterator[KeptFile] | Iterator[KeptFile | BadLine],
    total: int,
    executor: Callable[[], Looking],
    quick: bool,
    tally: Counter[str],
) -> Iterator[Told]:
    with ExitStack() as stack:
        workers: Looking | None = None
        for number, kept in enumerate(files):
            if number % _FILES_A_STEP == 0:
                yield Step("verifying files", number, max(total, number))
            if isinstance(kept, BadLine):
                yield Differs(Part.MANIFEST, "damaged", f"line {kept.number}: {kept.cause}", _KEEP)
            elif is_member(kept.place) and not quick:
                if workers is None:
                    workers = stack.enter_context(executor())
                while not workers.room():
                    yield from _collected(workers, tally)
                workers.submit(kept)
            else:
                yield from _told(kept, look_quickly(kept) if quick else look(kept), tally)
        while workers is not None and workers.pending():
            yield from _collected(workers, tally)


def _collected(workers: Looking, tally: Counter[str]) -> Iterator[Told]:
    for outcome in workers.collect(1.0):
        yield from _told(outcome.unit, _seen(outcome), tally)


def _seen(outcome: Outcome[KeptFile, Seen]) -> Seen:
    if outcome.result is not None:
        return outcome.result
    error = outcome.error
    cause = error.cause if isinstance(error, WorkFailedError) else str(error)
    return Seen(Finding.UNREADABLE, f"it cannot be taken out: {cause}")


def _told(kept: KeptFile, seen: Seen, tally: Counter[str]) -> Iterator[Told]:
    tally[seen.finding] += 1
    if seen.finding in _DIFFERING:
        place = kept.place
        path = readable(place.key.split(b"\0", 1)[0])
        yield Differs(
            Part.FILE,
            seen.finding.value,
            seen.cause,
            seen.mend,
            place.release,
            place.file,
            path,
            kept.sha256,
        )


def _verify_listed(
    connection: sqlite3.Connection, manifest: str, listed: str | None, release: str | None
) -> Iterator[Told]:
    """Tell which documents of a manifest the archive has no more, each once.

    ``listed`` is the release that the manifest is of, None for all; ``release`` the one asked for.
    """
    last, there = None, 0
    for kept in listed_files(manifest, release):
        if isinstance(kept, BadLine) or kept.sha256 is None or kept.sha256 == last:
            continue
        last = kept.sha256
        if custody.knows_hash(connection, kept.sha256):
            there += 1
            continue
        yield Differs(
            Part.CATALOGUE,
            "missing",
            "the manifest lists it, and the archive does not have it any more",
            "index it again, if it should be there",
            kept.place.release,
            kept.place.file,
            readable(kept.place.key.split(b"\0", 1)[0]),
            kept.sha256,
        )
    if listed is None and release is None:
        more = custody.count_documents(connection, None) - there
        if more > 0:
            yield Remark(f"documents in the archive that the manifest does not list: {more:,}")

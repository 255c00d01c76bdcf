"""Take files into the archive: identify, read page by page, split into passages, store, index.

A document is a state machine in the catalogue: *found* when its hash, type and page count are
known; *stored* when its pages are all there, were understood and split into passages (see
:mod:`recordsearch.workflows.underway`); *indexed* when the engine has committed them. A file that
holds others, such as an e-mail with attachments, is a document, and those in it are too. When
nothing is left to read, what was found is related: copies of a message, threads, people.

The parent alone writes. After a stop at any moment the next run goes on from what the catalogue
holds: what was committed is not read again.
"""

import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from recordsearch.catalogue import documents, pending, places, releases, runs
from recordsearch.catalogue.places import NOT_LOOKED_AT, KnownFile
from recordsearch.catalogue.runs import RunState
from recordsearch.contents import Understood
from recordsearch.errors import AWAY, KILLED, NO_DOCUMENT, NO_ROOM, DiskFullError
from recordsearch.executors.limits import resident
from recordsearch.executors.protocol import Executor, Outcome
from recordsearch.records import HOLDERS, MediaType, Problem, SourceFile
from recordsearch.settings import Choices
from recordsearch.sources.member_expansion import Expansion
from recordsearch.sources.presence import device_of, is_gone
from recordsearch.sources.walk import Found, Litter, PassedOver, count_files, walk
from recordsearch.workflows.events import Event, Notice, ProblemFound, Progress
from recordsearch.workflows.indexing import IndexKeeper
from recordsearch.workflows.members import sources_of
from recordsearch.workflows.reading import explain, find_stale
from recordsearch.workflows.relating import needs_relating, relate
from recordsearch.workflows.room import Room
from recordsearch.workflows.tally import Tally
from recordsearch.workflows.understanding import version
from recordsearch.workflows.underway import UnderWay
from recordsearch.workflows.units import (
    Identified,
    IdentifyUnit,
    ReadUnit,
    UnderstandUnit,
    WorkResult,
    WorkUnit,
)

# How often results are committed and progress is told.
_COMMIT_SECONDS = 1.0
_PROGRESS_SECONDS = 0.1
# Files looked at between two looks at the clock and at whether the user wants to stop.
_FILES_A_TURN = 200
# Files that may wait to be entered for one that takes long to identify.
_MOST_ASKED = 1_000


class Ingest:
    """One run over a list of paths. Iterate over :meth:`run`; it yields events.

    ``paths`` are pairs of a path and the name of its release. ``stopping`` is asked now and then;
    when it is true no new work is begun, and what is there is committed. With ``rename`` files that
    have not changed go to the release that was named, too. ``custodian`` is whose mailbox the
    releases are, empty for nobody's; None leaves that as it is. ``unlocking`` tells that the
    workers have passwords, so that what needed one is tried again. With ``refresh`` files are read
    again that an older version of the program has read, or whose pages were lost.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        keeper: IndexKeeper,
        executor: Executor[WorkUnit, WorkResult],
        paths: Sequence[tuple[str, str]],
        archive_folder: str,
        choices: Choices,
        stopping: Callable[[], bool],
        *,
        rename: bool = False,
        custodian: str | None = None,
        unlocking: bool = False,
        refresh: bool = False,
    ) -> None:
        self._connection = connection
        self._keeper = keeper
        self._executor = executor
        self._paths = paths
        self._archive_folder = archive_folder
        self._choices = choices
        self._stopping = stopping
        self._rename = rename
        self._custodian = custodian
        self._unlocking = unlocking
        self._refresh = refresh
        # Documents to be read again as an older version has read them, or lost pages of them.
        self._stale: set[int] = set()
        self._tally = Tally()
        self._started = _now()
        self._room = Room(archive_folder)
        self._devices = {path: device_of(path) for path, _ in paths}
        self._under_way = UnderWay(connection, keeper, executor, self._tally, self._tell_problem)
        # Files in containers that have not been looked at.
        self._members: deque[SourceFile] = deque()
        # Files that workers were asked to identify, in order, and the answers not entered yet.
        self._asked: deque[IdentifyUnit] = deque()
        self._answered: dict[IdentifyUnit, Outcome[WorkUnit, WorkResult]] = {}
        self._walked = False
        self._expansion = Expansion()
        self._problems_before: dict[int, int] = {}
        # Places where a file was found in this run.
        self._seen: set[int] = set()
        # Places that could not be looked into in this run.
        self._unread: set[int] = set()
        self._events: deque[Event] = deque()

    def run(self) -> Iterator[Event]:
        """Do the run; the last event is the summary.

        :raises DiskFullError: there is no room for all of it. What was read is kept.
        """
        try:
            yield from self._run()
        except Exception as error:
            if isinstance(error, DiskFullError) or not self._room.is_to_blame(error):
                raise
            raise self._disk_full() from error

    def _prepare(self) -> None:
        """Note in the catalogue that a run goes on, and take up what earlier ones left."""
        self._begin()
        runs.set_run(self._connection, RunState(started=self._started, updated=self._started))
        self._commit()
        if self._custodian is not None:
            for release in {release for _, release in self._paths}:
                releases.set_custodian(self._connection, release, self._custodian)
        self._take_up_again()
        self._look_for_stale()
        self._problems_before = documents.problems_by_document(self._connection)
        self._count_files()

    def _run(self) -> Iterator[Event]:
        self._prepare()
        walking = self._walk()
        next_commit = time.monotonic() + _COMMIT_SECONDS
        next_progress = 0.0
        stopped = False
        while True:
            if not stopped and self._must_stop():
                stopped = True
                self._executor.drop_waiting()
            busy = not stopped and self._feed(walking)
            for outcome in self._executor.collect(0 if busy else _PROGRESS_SECONDS):
                self._receive(outcome)
            self._enter_answered(all_of_them=stopped or not self._executor.pending())
            now = time.monotonic()
            if now >= next_commit:
                self._begin()
                runs.set_run(self._connection, self._state("reading"))
                self._commit()
                next_commit = now + _COMMIT_SECONDS
            yield from self._drain()
            if now >= next_progress:
                progress = self._progress()
                yield progress
                next_progress = now + _PROGRESS_SECONDS
            if not self._executor.pending() and (stopped or self._fed()):
                break
        if not stopped:
            self._drop_gone()
            self._commit()
            if needs_relating(self._connection):
                self._begin()
                runs.set_run(self._connection, self._state("relating"))
                self._commit()
                yield from relate(self._connection, self._must_stop)
                stopped = needs_relating(self._connection)
        self._index_changed()
        self._keeper.remove_gone()
        self._keeper.commit()
        if not stopped:
            runs.end_run(self._connection)
        yield from self._drain()
        yield self._progress()
        if stopped and self._room.short:
            raise self._disk_full()
        yield self._tally.summary(stopped=stopped)

    def _must_stop(self) -> bool:
        """Tell whether the user wants to stop, or the disk is nearly full."""
        return self._stopping() or self._room.is_short()

    def _disk_full(self) -> DiskFullError:
        progress = self._tally.progress(0)
        # Of a file that nobody has looked at a page is known.
        at_least = progress.pages + progress.files_found - progress.files
        return self._room.error(progress.pages, max(progress.pages_expected, at_least))

    def _look_for_stale(self) -> None:
        stale, lost = find_stale(self._connection)
        if self._refresh:
            self._stale = stale | lost
        elif stale:
            told = "1 document was" if len(stale) == 1 else f"{len(stale):,} documents were"
            self._events.append(
                Notice(f"{told} read by an older version; read again with: index --refresh PATH")
            )

    def _progress(self) -> Progress:
        return self._tally.progress((resident(os.getpid()) or 0) + self._executor.memory())

    def _state(self, step: str) -> RunState:
        progress = self._progress()
        return RunState(
            started=self._started,
            updated=_now(),
            step=step,
            files=progress.files,
            files_found=progress.files_found,
            pages=progress.pages,
            pages_ocr=progress.pages_ocr,
            duplicates=progress.duplicates,
            problems=progress.problems,
            recent_rate=progress.recent_rate,
            seconds_left=progress.seconds_left,
            memory=progress.memory,
        )

    def _take_up_again(self) -> None:
        """Have looked at, and read, again what failed in an earlier run for no fault of its own."""
        self._begin()
        for document in places.look_again(self._connection, (NO_ROOM, KILLED)):
            options = documents.read_options(self._connection, document)
            documents.read_again(self._connection, document, options)
        # A document whose file went away goes on, once the file is there, with the pages it has.
        places.look_again(self._connection, (AWAY,))
        self._commit()

    def _count_files(self) -> None:
        """Walk once without reading, so that the remaining time can be told."""
        for path, _ in self._paths:
            for files in count_files(path):
                self._tally.files_found += files
                if self._stopping():
                    return

    def _feed(self, walking: Iterator[Found]) -> bool:
        """Give the workers what they have room for; tell whether there may be more to give now."""
        for _ in range(_FILES_A_TURN):
            if not self._executor.room():
                return False
            if self._under_way.waiting():
                self._begin()
                self._under_way.submit()
                continue
            if len(self._asked) >= _MOST_ASKED:
                return False
            if self._members:
                self._identify(self._members.popleft())
                continue
            found = next(walking, None)
            if found is None:
                self._walked = True
                return False
            self._take(found)
        return True

    def _fed(self) -> bool:
        """Tell whether nothing is left to give to the workers."""
        return self._walked and not self._under_way.waiting() and not self._members

    def _identify(self, source: SourceFile) -> None:
        unit = IdentifyUnit(source)
        self._asked.append(unit)
        self._executor.submit(unit)

    def _walk(self) -> Iterator[Found]:
        for path, release in self._paths:
            yield from walk(path, release, self._archive_folder)

    def _drain(self) -> Iterator[Event]:
        while self._events:
            yield self._events.popleft()

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        if self._connection.in_transaction:
            self._connection.commit()

    # From the walk.

    def _take(self, found: Found) -> None:
        """Decide what is to be done with something that the walk found."""
        if isinstance(found, Litter):
            self._tally.skipped[found.reason] += 1
        elif isinstance(found, PassedOver):
            self._pass_over(found)
        else:
            self._take_file(found)

    def _pass_over(self, found: PassedOver) -> None:
        if not found.recorded:
            self._events.append(Notice(f"{found.path}: {found.cause}"))
            return
        self._begin()
        source = SourceFile(found.path, found.name, found.release, 0, 0)
        self._record_place(source, "open", found.cause, found.mend)

    def _take_file(self, source: SourceFile) -> None:
        self._begin()
        known = places.known_file(self._connection, source)
        same = known is not None and (known.size, known.modified_ns) == (
            source.size,
            source.modified_ns,
        )
        again = known is not None and (
            known.failed_at == "open" or (self._unlocking and known.is_locked)
        )
        if known is None or not same or again:
            self._identify(source)
            return
        self._take_known(source, known)
        if known.media_type is not None and known.media_type in HOLDERS:
            self._take_known_members(source, known.media_type)

    def _take_known(self, source: SourceFile, known: KnownFile) -> None:
        """Go on with a file that has not changed since it was identified."""
        self._tally.files += 1
        self._seen.add(known.location)
        if known.gone:
            places.mark_gone(self._connection, known.location, gone=False)
        if known.document is None or known.options is None:
            self._tally.unchanged += 1
            self._tally.problems += 1
            if self._rename:
                places.rename_place(self._connection, known.location, source)
            return
        document = known.document
        options = self._choices.apply(known.options)
        if document in self._under_way:
            self._tally.duplicates += 1
        elif options != known.options or document in self._stale:
            self._stale.discard(document)
            documents.read_again(self._connection, document, options)
            self._under_way.schedule(document, source, options)
        elif known.state == "found":
            self._under_way.schedule(document, source, options)
        elif known.understood != version(known.custodian) and known.understood != version(
            releases.custodian(self._connection, document)
        ):
            documents.understand_again(self._connection, document)
            self._tally.problems += documents.count_problems(self._connection, document)
            self._under_way.schedule(document, source, options)
        else:
            self._tally.unchanged += 1
            self._tally.problems += self._problems_before.get(document, 0)
            if self._rename and known.release != releases.as_text(source.release):
                self._place(source, document)

    def _take_known_members(self, source: SourceFile, media_type: MediaType) -> None:
        for member, known in places.known_members(self._connection, source, media_type):
            self._tally.files_found += 1
            if known.size == NOT_LOOKED_AT or (self._unlocking and known.is_locked):
                self._members.append(member)
            else:
                named = replace(member, release=source.release) if self._rename else member
                self._take_known(named, known)

    # From the workers.

    def _receive(self, outcome: Outcome[WorkUnit, WorkResult]) -> None:
        self._begin()
        unit, result = outcome.unit, outcome.result
        if isinstance(unit, IdentifyUnit):
            self._answered[unit] = outcome
        elif isinstance(unit, ReadUnit):
            if isinstance(result, tuple):
                self._under_way.add_pages(unit, result)
            else:
                self._under_way.read_failed(unit, outcome.error)
        elif isinstance(unit, UnderstandUnit):
            if isinstance(result, Understood):
                self._under_way.understood(unit, result)
            else:
                self._under_way.understand_failed(unit, outcome.error)

    def _enter_answered(self, *, all_of_them: bool) -> None:
        """Enter identified files in the order in which they were asked for.

        So the same files get the same numbers, whichever worker answers first. ``all_of_them``:
        also those behind one that may not be answered any more.
        """
        behind: list[IdentifyUnit] = []
        while self._asked and self._answered:
            unit = self._asked.popleft()
            outcome = self._answered.pop(unit, None)
            if outcome is None:
                behind.append(unit)
                if all_of_them:
                    continue
                break
            self._begin()
            self._tally.files += 1
            if isinstance(outcome.result, Identified):
                self._enter(unit.source, outcome.result)
            else:
                stage, cause, mend = explain(outcome.error, "open")
                if stage == NO_DOCUMENT:
                    self._leave_out(unit.source, cause)
                else:
                    self._record_place(unit.source, stage, cause, mend)
        self._asked.extendleft(reversed(behind))

    def _leave_out(self, source: SourceFile, reason: str) -> None:
        """Count a file that is no document; what lay there before is gone."""
        self._tally.files -= 1
        self._tally.files_found -= 1
        self._tally.skipped[reason] += 1
        known = places.known_file(self._connection, source)
        if known is not None:
            document = places.forget_place(self._connection, known.location)
            if document is not None:
                self._under_way.forget(document)

    def _enter(self, source: SourceFile, found: Identified) -> None:
        """Enter an identified file: a new document, another place of a known one, or a change."""
        known = documents.known_document(self._connection, found.identity.sha256)
        if known is None:
            options = self._choices.apply(None)
            document = documents.add_document(self._connection, found.identity, options)
        else:
            document = known
            if self._unlocking and documents.is_locked(self._connection, document):
                documents.unlock(self._connection, document, found.identity.pages)
            elif document in self._under_way or not self._is_unfinished(document):
                self._tally.duplicates += 1
        self._place(source, document)
        self._enter_members(source, document, found)
        why = _why_incomplete(found)
        new = known is None or not documents.count_problems(self._connection, document)
        if new and why is not None:
            documents.add_document_problem(self._connection, document, None, *why)
        if not self._is_unfinished(document):
            self._tally.problems += documents.count_problems(self._connection, document)
        elif document not in self._under_way:
            options = documents.read_options(self._connection, document)
            self._under_way.schedule(document, source, options)
        if new and why is not None:
            self._tell_problem(source, None, *why)

    def _is_unfinished(self, document: int) -> bool:
        return documents.state(self._connection, document) == "found"

    def _enter_members(self, source: SourceFile, document: int, found: Identified) -> None:
        """Enter the files in a file, to be looked at; forget those that it held before.

        Where not all of them can be told, none is forgotten.
        """
        self._tally.skipped.update(dict(found.passed))
        inside = found.identity.size if source.locators else 0
        beyond = self._expansion.take(
            source.path, source.size, len(found.members), inside, found.identity.sha256
        )
        if beyond:
            # Copies of one container are one document.
            if not documents.count_problems(self._connection, document):
                why = ("open", beyond, "take the inner ones out and index them by themselves")
                documents.add_document_problem(self._connection, document, None, *why)
                self._tell_problem(source, None, *why)
            return
        members = sources_of(source, found.identity.media_type, found.members)
        if _why_incomplete(found) is None:
            for location in places.members_gone(self._connection, source, members):
                gone = places.forget_place(self._connection, location)
                if gone is not None and documents.state(self._connection, gone) is None:
                    self._under_way.forget(gone)
        places.enter_members(self._connection, document, members)
        self._members.extend(members)
        self._tally.files_found += len(members)

    def _place(self, source: SourceFile, document: int | None) -> int:
        """Say which document lies at a place; those that it concerns are indexed again."""
        known = places.known_file(self._connection, source)
        location = places.set_location(self._connection, source, document, rename=self._rename)
        self._seen.add(location)
        for changed in (document, known.document if known else None):
            if changed is not None and documents.state(self._connection, changed) is None:
                self._under_way.forget(changed)
        return location

    def _index_changed(self) -> None:
        """Index documents again whose places changed, as the places are fields of a passage."""
        for document in pending.documents_in_state(self._connection, "stored"):
            if not self._keeper.holds(document):
                passages = len(pending.passage_numbers(self._connection, document))
                self._keeper.add(document, passages, new=False)

    def _drop_gone(self) -> None:
        """Forget places where nothing lies any more, as the file has moved.

        A document's last place is kept and marked, as its text may exist nowhere else any more.
        """
        self._begin()
        kept = 0
        for path, _ in self._paths:
            if device_of(path) != self._devices[path]:
                self._events.append(Notice(f"{path} went away: index it again when it is back"))
                continue
            for place in places.places_below(self._connection, path):
                if place.location in self._seen:
                    continue
                gone = is_gone(place.path)
                readable_now = (
                    place.document is None
                    and place.location not in self._unread
                    and os.path.isdir(place.path)
                )
                if not gone and not readable_now:
                    continue
                if not places.drop_place(self._connection, place.location):
                    kept += not place.is_member
                    if not place.gone:
                        places.mark_gone(self._connection, place.location, gone=True)
        if kept:
            files = "1 file is" if kept == 1 else f"{kept:,} files are"
            self._events.append(
                Notice(
                    f"{files} gone from the disk; what was read stays in the archive"
                    " until: recordsearch forget --gone"
                )
            )

    # Problems and figures.

    def _record_place(self, source: SourceFile, stage: str, cause: str, mend: str) -> None:
        location = self._place(source, None)
        self._unread.add(location)
        documents.add_location_problem(self._connection, location, stage, cause, mend)
        self._tell_problem(source, None, stage, cause, mend)

    def _tell_problem(
        self, source: SourceFile, page: int | None, stage: str, cause: str, mend: str
    ) -> None:
        self._tally.problems += 1
        problem = Problem(releases.as_text(source.name), page, stage, cause, mend)
        self._events.append(ProblemFound(problem))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _why_incomplete(found: Identified) -> tuple[str, str, str] | None:
    """Return stage, cause and mend where a file's pages or members could not all be told."""
    if found.unreadable is not None:
        return found.unreadable.stage, found.unreadable.message, found.unreadable.mend
    if found.left_out:
        return "open", found.left_out, "take it apart with another program and index the parts"
    return None

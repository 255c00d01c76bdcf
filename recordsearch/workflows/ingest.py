"""Take files into the archive: identify, read page by page, split into passages, store, index.

A document is a state machine in the catalogue: *found* when its hash, type and page count are
known; its pages are read in ranges, by workers, in any order; *stored* when all are there and the
passages have been split; *indexed* when the engine has committed them. The parent alone writes.
After a stop at any moment the next run goes on from what the catalogue holds: what was committed
is not read again.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from recordsearch.catalogue import writing
from recordsearch.errors import RecordsearchError, UnreadableError
from recordsearch.executors.protocol import Executor, Outcome, WorkFailedError
from recordsearch.passages import page_starts, split_passages
from recordsearch.records import (
    Adapter,
    MediaType,
    Method,
    Page,
    Problem,
    ReadOptions,
    SourceFile,
)
from recordsearch.settings import Choices
from recordsearch.sources.walk import Found, Litter, PassedOver, walk
from recordsearch.understand.bates import find_bates
from recordsearch.workflows.events import Event, Notice, ProblemFound, Progress, Summary
from recordsearch.workflows.indexing import IndexKeeper
from recordsearch.workflows.units import (
    Identified,
    IdentifyUnit,
    ReadUnit,
    WorkResult,
    WorkUnit,
)

# Small enough that a scan of a few pages keeps all cores busy and a crash costs little, large
# enough that handing over a unit costs nothing beside reading it.
PAGES_A_UNIT = 4
# How often results are committed and progress is told.
_COMMIT_SECONDS = 1.0
_PROGRESS_SECONDS = 0.1

_FAILED = Adapter("recordsearch", "1")
_REPORT = "open the file in a viewer; if it opens there, print it to a new PDF and index that"


@dataclass(slots=True)
class _Tally:
    """The counters of one run."""

    files: int = 0
    files_found: int = 0
    documents: int = 0
    unchanged: int = 0
    duplicates: int = 0
    litter: int = 0
    pages_known: int = 0
    methods: dict[Method, int] = field(default_factory=lambda: dict.fromkeys(Method, 0))
    passages: int = 0
    problems: int = 0

    @property
    def pages(self) -> int:
        return sum(self.methods.values())


class Ingest:
    """One run over a list of paths. Iterate over :meth:`run`; it yields events.

    ``paths`` are pairs of a path and the name of its release. ``stopping`` is asked now and then;
    when it is true no new work is begun, and what is there is committed.
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
    ) -> None:
        self._connection = connection
        self._keeper = keeper
        self._executor = executor
        self._paths = paths
        self._archive_folder = archive_folder
        self._choices = choices
        self._stopping = stopping
        self._tally = _Tally()
        self._ready: deque[ReadUnit] = deque()
        # Documents being read: pages still to come, and whether the index may know them already.
        self._pages_left: dict[int, int] = {}
        self._touched: set[int] = set()
        self._events: deque[Event] = deque()

    def run(self) -> Iterator[Event]:
        """Do the run; the last event is the summary."""
        self._tally.files_found = sum(isinstance(found, SourceFile) for found in self._walk())
        walking = self._walk()
        walked = False
        next_commit = time.monotonic() + _COMMIT_SECONDS
        next_progress = 0.0
        stopped = False
        while True:
            stopped = stopped or self._stopping()
            while not stopped and self._executor.room() and not (walked and not self._ready):
                if self._ready:
                    self._executor.submit(self._ready.popleft())
                elif (found := next(walking, None)) is not None:
                    self._take(found)
                else:
                    walked = True
            for outcome in self._executor.collect(_PROGRESS_SECONDS):
                self._receive(outcome)
            now = time.monotonic()
            if now >= next_commit:
                self._commit()
                next_commit = now + _COMMIT_SECONDS
            yield from self._drain()
            if now >= next_progress:
                yield self._progress()
                next_progress = now + _PROGRESS_SECONDS
            if not self._executor.pending() and (stopped or (walked and not self._ready)):
                break
        self._index_touched()
        self._keeper.remove_gone()
        self._keeper.commit()
        yield from self._drain()
        yield self._progress()
        yield self._summary(stopped)

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
            self._tally.litter += 1
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
        known = writing.known_file(self._connection, source.path)
        same = known is not None and (known.size, known.modified_ns) == (
            source.size,
            source.modified_ns,
        )
        if known is None or not same or known.failed_at == "open":
            self._executor.submit(IdentifyUnit(source))
            return
        self._tally.files += 1
        if known.document is None or known.options is None:
            self._tally.unchanged += 1
            self._tally.problems += 1
            return
        options = self._choices.apply(known.options)
        if known.state == "found":
            self._tally.documents += 1
            self._schedule(known.document, source, known.options)
        elif options != known.options:
            self._tally.documents += 1
            writing.read_again(self._connection, known.document, options)
            self._schedule(known.document, source, options)
        else:
            self._tally.unchanged += 1
            self._tally.problems += writing.count_problems(self._connection, known.document)

    def _schedule(self, document: int, source: SourceFile, options: ReadOptions) -> None:
        """Queue the pages of a document that have not been read yet."""
        if document in self._pages_left:
            return
        missing = writing.missing_pages(self._connection, document)
        media_type = writing.media_type(self._connection, document)
        self._pages_left[document] = len(missing)
        self._tally.pages_known += len(missing)
        self._ready.extend(_ranges(document, source, media_type, missing, options))
        if not missing:
            self._finish(document)

    # From the workers.

    def _receive(self, outcome: Outcome[WorkUnit, WorkResult]) -> None:
        self._begin()
        unit, result = outcome.unit, outcome.result
        if isinstance(unit, IdentifyUnit):
            self._tally.files += 1
            if isinstance(result, Identified):
                self._enter(unit.source, result)
            else:
                stage, cause, mend = _explain(outcome.error, "open")
                self._record_place(unit.source, stage, cause, mend)
        elif isinstance(result, tuple):
            self._add_pages(unit, result)
        else:
            self._read_failed(unit, outcome.error)

    def _enter(self, source: SourceFile, found: Identified) -> None:
        """Enter an identified file: a new document, another place of a known one, or a change."""
        known = writing.known_document(self._connection, found.identity.sha256)
        if known is None:
            options = self._choices.apply(None)
            document = writing.add_document(self._connection, found.identity, options)
            self._tally.documents += 1
        else:
            document, state = known
            self._tally.duplicates += 1
        writing.set_location(self._connection, source, document)
        if known is not None and state != "found":
            self._touched.add(document)
            self._tally.problems += writing.count_problems(self._connection, document)
            return
        if found.unreadable is not None and known is None:
            error = found.unreadable
            self._record_document(source, document, None, (error.stage, error.message, error.mend))
        if known is None or document not in self._pages_left:
            options = writing.read_options(self._connection, document)
            self._schedule(document, source, options)

    def _add_pages(self, unit: ReadUnit, pages: tuple[Page, ...]) -> None:
        expected = range(unit.first, unit.last + 1)
        by_number = {page.number: page for page in pages if page.number in expected}
        complete = [by_number.get(number) or _unread(number, "no answer") for number in expected]
        writing.add_pages(self._connection, unit.document, complete)
        for page in complete:
            self._tally.methods[page.method] += 1
            if page.poor:
                stage = writing.failed_stage(page)
                self._tell_problem(unit.source, page.number, stage, page.poor, page.mend)
        self._pages_left[unit.document] -= len(complete)
        if not self._pages_left[unit.document]:
            self._finish(unit.document)

    def _read_failed(self, unit: ReadUnit, error: Exception | None) -> None:
        """Read the pages of a failed unit one by one, so that only the culprit is lost."""
        if unit.last > unit.first:
            pages = range(unit.first, unit.last + 1)
            for page in reversed(pages):
                self._ready.appendleft(
                    ReadUnit(unit.document, unit.source, unit.media_type, page, page, unit.options)
                )
            return
        _, cause, mend = _explain(error, "extract")
        self._add_pages(unit, (_unread(unit.first, cause, mend),))

    def _finish(self, document: int) -> None:
        """All pages are there: split into passages, store, index."""
        del self._pages_left[document]
        texts = writing.page_texts(self._connection, document)
        passages = split_passages(texts)
        writing.store_passages(
            self._connection, document, page_starts(texts), find_bates(texts), passages
        )
        self._tally.passages += len(passages)
        self._keeper.add(document, new=True)
        self._begin()

    def _index_touched(self) -> None:
        """Index documents again whose places changed, as the places are fields of a passage."""
        for document in sorted(self._touched):
            self._keeper.add(document, new=False)

    # Problems and figures.

    def _record_place(self, source: SourceFile, stage: str, cause: str, mend: str) -> None:
        location = writing.set_location(self._connection, source, None)
        writing.add_location_problem(self._connection, location, stage, cause, mend)
        self._tell_problem(source, None, stage, cause, mend)

    def _record_document(
        self, source: SourceFile, document: int, page: int | None, why: tuple[str, str, str]
    ) -> None:
        writing.add_document_problem(self._connection, document, page, *why)
        self._tell_problem(source, page, *why)

    def _tell_problem(
        self, source: SourceFile, page: int | None, stage: str, cause: str, mend: str
    ) -> None:
        self._tally.problems += 1
        problem = Problem(writing.as_text(source.name), page, stage, cause, mend)
        self._events.append(ProblemFound(problem))

    def _progress(self) -> Progress:
        tally = self._tally
        return Progress(
            files=tally.files,
            files_found=tally.files_found,
            pages=tally.pages,
            pages_known=tally.pages_known,
            pages_ocr=tally.methods[Method.OCR],
            problems=tally.problems,
        )

    def _summary(self, stopped: bool) -> Summary:
        tally = self._tally
        return Summary(
            documents=tally.documents,
            unchanged=tally.unchanged,
            duplicates=tally.duplicates,
            litter=tally.litter,
            pages=tally.pages,
            pages_text=tally.methods[Method.TEXT],
            pages_ocr=tally.methods[Method.OCR],
            pages_blank=tally.methods[Method.BLANK],
            pages_none=tally.methods[Method.NONE],
            passages=tally.passages,
            problems=tally.problems,
            stopped=stopped,
        )


def _ranges(
    document: int,
    source: SourceFile,
    media_type: MediaType,
    pages: Sequence[int],
    options: ReadOptions,
) -> Iterator[ReadUnit]:
    """Cut page numbers, in order, into units of consecutive pages."""
    start = 0
    for position in range(1, len(pages) + 1):
        ends = position == len(pages) or pages[position] != pages[position - 1] + 1
        if ends or position - start == PAGES_A_UNIT:
            first, last = pages[start], pages[position - 1]
            yield ReadUnit(document, source, media_type, first, last, options)
            start = position


def _unread(number: int, cause: str, mend: str = _REPORT) -> Page:
    return Page(
        number=number,
        text="",
        method=Method.NONE,
        adapter=_FAILED,
        reason=cause,
        poor=cause,
        mend=mend,
    )


def _explain(error: Exception | None, stage: str) -> tuple[str, str, str]:
    """Turn an error from a worker into stage, cause and mend."""
    if isinstance(error, UnreadableError):
        return error.stage, error.message, error.mend
    if isinstance(error, WorkFailedError):
        return stage, error.cause, _REPORT
    if isinstance(error, RecordsearchError):
        return stage, error.message, error.mend
    return stage, str(error), _REPORT

"""Read pages again by another OCR engine, keep both readings, and use the better one.

The documents whose pages changed are then understood and indexed again, as after a first reading.
"""

import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from recordsearch.catalogue import documents, page_list, pending, places
from recordsearch.contents import Understood
from recordsearch.executors.protocol import Executor
from recordsearch.records import Problem, SourceFile
from recordsearch.workflows.events import Event, Notice, ProblemFound
from recordsearch.workflows.indexing import IndexKeeper
from recordsearch.workflows.reading import explain
from recordsearch.workflows.relating import needs_relating, relate
from recordsearch.workflows.tally import Tally
from recordsearch.workflows.underway import UnderWay
from recordsearch.workflows.units import (
    Reread,
    RereadUnit,
    UnderstandUnit,
    WorkResult,
    WorkUnit,
)


@dataclass(frozen=True, slots=True)
class PageReread:
    """A page that was read again: whether that reading is used, and why."""

    document: int
    page: int
    file: str
    used: bool
    why: str
    before: float | None
    now: float | None


@dataclass(frozen=True, slots=True)
class RereadSummary:
    """What became of the pages: those whose second reading is used, all that were read again."""

    used: int
    pages: int
    failed: int
    stopped: bool


RereadEvent = Event | PageReread | RereadSummary


def reread(
    connection: sqlite3.Connection,
    keeper: IndexKeeper,
    executor: Executor[WorkUnit, WorkResult],
    wanted: Sequence[tuple[int, int]],
    stopping: Callable[[], bool],
) -> Iterator[RereadEvent]:
    """Read pages, given as document and number, again."""
    events: deque[Event] = deque()

    def tell(source: SourceFile, page: int | None, stage: str, cause: str, mend: str) -> None:
        events.append(ProblemFound(Problem(source.name, page, stage, cause, mend)))

    counts: Counter[str] = Counter()
    changed: dict[int, SourceFile] = {}
    units = _units(connection, wanted, events)
    left: WorkUnit | None = next(units, None)
    stopped = False
    while left is not None or executor.pending():
        if not stopped and stopping():
            stopped, left = True, None
            executor.drop_waiting()
        while left is not None and executor.room():
            executor.submit(left)
            left = next(units, None)
        for outcome in executor.collect(0.1):
            if not isinstance(outcome.unit, RereadUnit):
                continue
            if isinstance(outcome.result, Reread):
                told = _take(connection, outcome.unit, outcome.result)
                counts["used"] += told.used
                counts["pages"] += 1
                if told.used:
                    changed[outcome.unit.document] = outcome.unit.source
                yield told
            else:
                counts["failed"] += 1
                tell(outcome.unit.source, outcome.unit.page.number, *explain(outcome.error, "ocr"))
        yield from _drained(events)
    # What was read is understood even if the user wants to stop: it takes seconds.
    if not stopped:
        yield from _understand(connection, keeper, executor, changed, tell)
        yield from _drained(events)
        if needs_relating(connection):
            yield from relate(connection, stopping)
    _index(connection, keeper)
    yield RereadSummary(counts["used"], counts["pages"], counts["failed"], stopped)


def _index(connection: sqlite3.Connection, keeper: IndexKeeper) -> None:
    for document in pending.documents_in_state(connection, "stored"):
        if not keeper.holds(document):
            keeper.add(document, len(pending.passage_numbers(connection, document)), new=False)
    keeper.remove_gone()
    keeper.commit()


def _units(
    connection: sqlite3.Connection, wanted: Sequence[tuple[int, int]], events: deque[Event]
) -> Iterator[WorkUnit]:
    for document, number in wanted:
        source = places.source_of(connection, document)
        page = page_list.stored_page(connection, document, number)
        if source is None or page is None:
            events.append(Notice(f"document {document}, page {number}: its file is gone"))
            continue
        media_type = documents.media_type(connection, document)
        options = documents.read_options(connection, document)
        yield RereadUnit(document, source, media_type, page, options)


def _take(connection: sqlite3.Connection, unit: RereadUnit, result: Reread) -> PageReread:
    connection.execute("BEGIN IMMEDIATE")
    first, second, choice = unit.page, result.page, result.choice
    reason = f"{second.reason}; {choice.why}"
    if choice.second:
        chosen = replace(second, reason=reason, other_text=first.text)
        page_list.replace_page(connection, unit.document, chosen)
        # A stop from here on leaves a document that the next run understands.
        documents.understand_again(connection, unit.document)
    else:
        page_list.keep_other_reading(
            connection, unit.document, first.number, second.text, f"{first.reason}; {choice.why}"
        )
    connection.commit()
    return PageReread(
        document=unit.document,
        page=first.number,
        file=unit.source.name,
        used=choice.second,
        why=choice.why,
        before=first.confidence,
        now=second.confidence,
    )


def _understand(
    connection: sqlite3.Connection,
    keeper: IndexKeeper,
    executor: Executor[WorkUnit, WorkResult],
    changed: dict[int, SourceFile],
    tell: Callable[[SourceFile, int | None, str, str, str], None],
) -> Iterator[Event]:
    under_way = UnderWay(connection, keeper, executor, Tally(), tell)
    connection.execute("BEGIN IMMEDIATE")
    for document, source in changed.items():
        under_way.schedule(document, source, documents.read_options(connection, document))
    while under_way.waiting() or executor.pending():
        while under_way.waiting() and executor.room():
            if not connection.in_transaction:
                connection.execute("BEGIN IMMEDIATE")
            under_way.submit()
        for outcome in executor.collect(0.1):
            if not connection.in_transaction:
                connection.execute("BEGIN IMMEDIATE")
            if not isinstance(outcome.unit, UnderstandUnit):
                continue
            if isinstance(outcome.result, Understood):
                under_way.understood(outcome.unit, outcome.result)
            else:
                under_way.understand_failed(outcome.unit, outcome.error)
    connection.commit()
    yield from ()


def _drained(events: deque[Event]) -> Iterator[Event]:
    while events:
        yield events.popleft()

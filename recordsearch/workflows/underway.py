"""The documents under way in an ingest: from *found* to *stored*.

A document's pages are read in ranges, by workers, in any order; when all are there its text is
understood, by a worker too; then it is stored, and handed to the index. The parent alone writes.
"""

import sqlite3
from collections import Counter, deque
from collections.abc import Callable

from recordsearch.catalogue import (
    contents,
    documents,
    languages,
    near_duplicates,
    pages,
    relations,
    releases,
)
from recordsearch.contents import Understood
from recordsearch.errors import AWAY, PASSING
from recordsearch.executors.protocol import Executor, WorkFailedError
from recordsearch.passages import page_starts
from recordsearch.records import CONTAINERS, Page, ReadOptions, SourceFile
from recordsearch.workflows.indexing import IndexKeeper
from recordsearch.workflows.reading import explain, page_ranges, unread_page
from recordsearch.workflows.tally import Tally
from recordsearch.workflows.understanding import passages_alone, version
from recordsearch.workflows.units import ReadUnit, UnderstandUnit, WorkResult, WorkUnit

# A document that has cost so many workers their lives, or their time, is given up.
_MOST_LOST = 5
# Beyond this many pages the words that OCR saw are not handed to a worker: a release's letters are
# shorter, and a page's words are some ten thousand bytes.
_MOST_PAGES_WITH_WORDS = 1_000
# The problem of a document that has not a word: stage, cause, mend.
_NOTHING = (
    "extract",
    "no page shows any words",
    "look at it by eye: some forms show their content only in the program that made them",
)

# Tells of a problem that has been recorded: file, page or None, stage, cause, mend.
TellProblem = Callable[[SourceFile, int | None, str, str, str], None]


class UnderWay:
    """The documents that are being read; each goes by its number.

    Everything that changes the catalogue does so inside the transaction that the caller has begun.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        keeper: IndexKeeper,
        executor: Executor[WorkUnit, WorkResult],
        tally: Tally,
        tell_problem: TellProblem,
    ) -> None:
        self._connection = connection
        self._keeper = keeper
        self._executor = executor
        self._tally = tally
        self._tell_problem = tell_problem
        self._ready: deque[ReadUnit] = deque()
        # Documents whose pages are all there, to be understood.
        self._complete: deque[tuple[int, SourceFile]] = deque()
        # How many pages of each are still to come.
        self._pages_left: dict[int, int] = {}
        self._lost: Counter[int] = Counter()

    def __contains__(self, document: int) -> bool:
        return document in self._pages_left

    def waiting(self) -> bool:
        """Tell whether there is anything to be handed to the workers."""
        return bool(self._ready or self._complete)

    def forget(self, document: int) -> None:
        """Let go of a document that is no more; what still comes of it is dropped."""
        self._pages_left.pop(document, None)

    def schedule(self, document: int, source: SourceFile, options: ReadOptions) -> None:
        """Take on a document: queue those of its pages that have not been read yet."""
        documents.clear_stage(self._connection, document, AWAY)
        missing = pages.missing_pages(self._connection, document)
        media_type = documents.media_type(self._connection, document)
        self._pages_left[document] = len(missing)
        self._tally.documents += 1
        self._tally.pages_known += len(missing)
        self._ready.extend(page_ranges(document, source, media_type, missing, options))
        if not missing:
            self._complete.append((document, source))

    def submit(self) -> None:
        """Hand one unit to the workers; complete documents first, as they can be let go of."""
        if self._complete:
            self._submit_complete(*self._complete.popleft())
            return
        unit = self._ready.popleft()
        if unit.document not in self._pages_left:
            return
        if self._lost[unit.document] < _MOST_LOST:
            self._executor.submit(unit)
            return
        cause = f"given up after {_MOST_LOST} pages of this file ended the reading process"
        numbers = range(unit.first, unit.last + 1)
        self.add_pages(unit, tuple(unread_page(number, cause) for number in numbers))

    def _submit_complete(self, document: int, source: SourceFile) -> None:
        if document not in self._pages_left:
            return
        texts = pages.page_texts(self._connection, document)
        if not any(texts):
            self._store(document, source, passages_alone(texts))
            return
        few = len(texts) <= _MOST_PAGES_WITH_WORDS
        self._executor.submit(
            UnderstandUnit(
                document=document,
                source=source,
                media_type=documents.media_type(self._connection, document),
                custodian=releases.custodian(self._connection, document),
                pages=tuple(texts),
                words=pages.packed_words(self._connection, document) if few else {},
            )
        )

    def add_pages(self, unit: ReadUnit, read: tuple[Page, ...]) -> None:
        """Take the pages of a unit as they were read; one that did not come is a problem."""
        if unit.document not in self._pages_left:
            return  # the file was replaced by another while it was being read
        expected = range(unit.first, unit.last + 1)
        by_number = {page.number: page for page in read if page.number in expected}
        complete = [
            by_number.get(number) or unread_page(number, "no answer") for number in expected
        ]
        pages.add_pages(self._connection, unit.document, complete)
        for page in complete:
            self._tally.methods[page.method] += 1
            if page.poor:
                stage = pages.failed_stage(page)
                self._tell_problem(unit.source, page.number, stage, page.poor, page.mend)
        self._pages_left[unit.document] -= len(complete)
        if not self._pages_left[unit.document]:
            self._complete.append((unit.document, unit.source))

    def read_failed(self, unit: ReadUnit, error: Exception | None) -> None:
        """Read the pages of a failed unit one by one, so that only the culprit is lost."""
        if unit.document not in self._pages_left or self._put_off(unit, error):
            return
        self._lost[unit.document] += isinstance(error, WorkFailedError) and error.fatal
        if unit.last > unit.first:
            for page in reversed(range(unit.first, unit.last + 1)):
                self._ready.appendleft(
                    ReadUnit(unit.document, unit.source, unit.media_type, page, page, unit.options)
                )
            return
        stage, cause, mend = explain(error, "extract")
        self.add_pages(unit, (unread_page(unit.first, cause, mend),))
        if stage in PASSING:
            documents.set_stage(self._connection, unit.document, unit.first, stage)

    def _put_off(self, unit: ReadUnit | UnderstandUnit, error: Exception | None) -> bool:
        """Leave a document whose file went away to the next run, with the pages that it has."""
        why = explain(error, "extract")
        if why[0] != AWAY:
            return False
        self._tally.pages_known -= self._pages_left.pop(unit.document)
        documents.add_document_problem(self._connection, unit.document, None, *why)
        self._tell_problem(unit.source, None, *why)
        return True

    def understood(self, unit: UnderstandUnit, result: Understood) -> None:
        """Take what a document says."""
        if unit.document in self._pages_left:
            self._store(unit.document, unit.source, result)

    def understand_failed(self, unit: UnderstandUnit, error: Exception | None) -> None:
        """Keep a document's text searchable where looking for its contents failed."""
        if unit.document not in self._pages_left or self._put_off(unit, error):
            return
        stage, cause, _ = explain(error, documents.UNDERSTAND)
        why = (
            stage if stage in PASSING else documents.UNDERSTAND,
            f"its text can be searched, but messages, letters and values were not found: {cause}",
            "report it with the file, if the file may be shown",
        )
        documents.add_document_problem(self._connection, unit.document, None, *why)
        self._tell_problem(unit.source, None, *why)
        self._store(unit.document, unit.source, passages_alone(unit.pages))

    def _store(self, document: int, source: SourceFile, result: Understood) -> None:
        del self._pages_left[document]
        connection = self._connection
        texts = pages.page_texts(connection, document)
        contents.add_messages(
            connection, document, result.messages, result.sketches, result.organisations
        )
        contents.add_letters(connection, document, result.letters)
        contents.add_values(connection, document, result.values)
        languages.set_language(connection, document, result.language)
        placed = [(one.passage, one.message, one.letter) for one in result.passages]
        pages.store_passages(connection, document, page_starts(texts), result.bates, placed)
        near_duplicates.add_sketches(connection, document, result.near, result.near_whole)
        known_by = version(releases.custodian(connection, document))
        documents.mark_understood(connection, document, known_by)
        if not placed and not self._may_be_empty(document):
            # It could be read, and still nobody will ever find it.
            documents.add_document_problem(connection, document, None, *_NOTHING)
            self._tell_problem(source, None, *_NOTHING)
        relations.mark_unrelated(connection)
        self._tally.passages += len(placed)
        self._tally.messages += len(result.messages)
        self._tally.letters += len(result.letters)
        self._keeper.add(document, len(placed), new=True)

    def _may_be_empty(self, document: int) -> bool:
        return documents.media_type(self._connection, document) in CONTAINERS or bool(
            documents.count_problems(self._connection, document)
        )

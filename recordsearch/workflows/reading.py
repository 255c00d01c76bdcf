"""How a document is read: in ranges of pages, and what stands for a page that gave no answer."""

import sqlite3
from collections.abc import Iterator, Sequence

from recordsearch.catalogue import documents
from recordsearch.errors import KILLED, RecordsearchError, UnreadableError
from recordsearch.executors.protocol import WorkFailedError
from recordsearch.extract.current import is_current
from recordsearch.records import Adapter, MediaType, Method, Page, ReadOptions, SourceFile
from recordsearch.workflows.units import ReadUnit

# Small enough that a scan of a few pages keeps all cores busy and a crash costs little, large
# enough that handing over a unit costs nothing beside reading it.
PAGES_A_UNIT = 4

_FAILED = Adapter("recordsearch", "1")
_AGAIN = "run the index command again, with nothing else that needs much memory"
_REPORT = "open the file in a viewer; if it opens there, print it to a new PDF and index that"


def page_ranges(
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


def unread_page(number: int, cause: str, mend: str = _REPORT) -> Page:
    """Make the page that stands for one that gave no answer, so that it is reported."""
    return Page(
        number=number,
        text="",
        method=Method.NONE,
        adapter=_FAILED,
        reason=cause,
        poor=cause,
        mend=mend,
    )


def find_stale(connection: sqlite3.Connection) -> tuple[set[int], set[int]]:
    """Return the documents that an older version has read, and those with pages that were lost."""
    stale: set[int] = set()
    lost: set[int] = set()
    for number, adapter, language in documents.readers(connection):
        if adapter == _FAILED:
            lost.update(documents.read_by(connection, number, language))
        elif not is_current(adapter, language):
            stale.update(documents.read_by(connection, number, language))
    return stale, lost


def explain(error: Exception | None, stage: str) -> tuple[str, str, str]:
    """Turn an error from a worker into stage, cause and mend."""
    if isinstance(error, UnreadableError):
        return error.stage, error.message, error.mend
    if isinstance(error, WorkFailedError):
        if error.killed:
            return KILLED, error.cause, _AGAIN
        return stage, error.cause, _REPORT
    if isinstance(error, RecordsearchError):
        return stage, error.message, error.mend
    return stage, str(error), _REPORT

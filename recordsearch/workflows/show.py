"""Find a document as the user names it, and fetch its pages with what a query matches marked."""

import sqlite3
from dataclasses import dataclass

from recordsearch.catalogue import reading
from recordsearch.catalogue.languages import languages
from recordsearch.catalogue.reading import StoredDocument, StoredPage
from recordsearch.errors import UsageError
from recordsearch.records import Problem
from recordsearch.workflows.asking import tree_of
from recordsearch.workflows.marking import Marking

_CANDIDATES_TOLD = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What ``DOCUMENT[:PAGE]`` names; ``last`` is at most the document's last page."""

    document: StoredDocument
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page and the character ranges of its text to be marked."""

    page: StoredPage
    marks: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Pages of a document, and the problems of the document as a whole."""

    wanted: Wanted
    pages: tuple[ShownPage, ...]
    problems: tuple[Problem, ...]


def find_wanted(connection: sqlite3.Connection, name: str) -> Wanted:
    """Find what the user means by ``DOCUMENT``, ``DOCUMENT:PAGE`` or ``DOCUMENT:FIRST-LAST``.

    A document goes by its number, its file name, an end of its path, or the start of its hash.

    :raises UsageError: nothing or several documents go by that name, or it has no such page.
    """
    found = reading.documents_named(connection, name)
    if found:
        document = _only(name, found)
        return Wanted(document, 1, document.pages)
    before, colon, pages = name.rpartition(":")
    numbers = _page_numbers(pages) if colon else None
    found = reading.documents_named(connection, before) if numbers and before else []
    if not found or not numbers:
        raise UsageError(
            f"no document goes by {name!r}",
            "give its number as search shows it, or its file name, and :PAGE behind it",
        )
    document = _only(before, found)
    first, last = numbers
    if not 1 <= first <= last or first > document.pages:
        raise UsageError(
            f"{document.file} has no page {pages}", f"its pages are 1 to {document.pages}"
        )
    return Wanted(document, first, min(last, document.pages))


def show(connection: sqlite3.Connection, name: str, query: str | None) -> Shown:
    """Fetch the pages that ``name`` means; what ``query`` matches in them is marked.

    :raises UsageError: see :func:`find_wanted`.
    :raises QueryError: the query cannot be understood.
    """
    marking = Marking(tree_of(connection, query), languages(connection)) if query else None
    wanted = find_wanted(connection, name)
    document = wanted.document.document
    problems = reading.document_problems(connection, document)
    pages = reading.pages(connection, document, wanted.first, wanted.last)
    return Shown(
        wanted,
        tuple(
            ShownPage(
                page,
                tuple(marking.in_text(page.text)) if marking else (),
                tuple(problem for problem in problems if problem.page == page.number),
            )
            for page in pages
        ),
        tuple(problem for problem in problems if problem.page is None),
    )


def _page_numbers(text: str) -> tuple[int, int] | None:
    first, dash, last = text.partition("-")
    if not (first.isascii() and first.isdigit() and len(first) < 10):
        return None
    if not dash:
        return int(first), int(first)
    if not (last.isascii() and last.isdigit() and len(last) < 10):
        return None
    return int(first), int(last)


def _only(name: str, found: list[StoredDocument]) -> StoredDocument:
    if len(found) == 1:
        return found[0]
    told = ", ".join(f"{one.document} ({one.file})" for one in found[:_CANDIDATES_TOLD])
    more = len(found) - _CANDIDATES_TOLD
    raise UsageError(
        f"{name!r} names {len(found)} documents: {told}{f' and {more} more' if more > 0 else ''}",
        "name one by its number or its whole path",
    )

"""In which order, and in which groups, passages stand that were found."""

import json
import sqlite3
from array import array
from collections.abc import Iterable
from enum import StrEnum

_HITS = "SELECT passage.id{} FROM json_each(?) AS hit JOIN passage ON passage.id = hit.value"
_DATED = (
    " LEFT JOIN copy ON copy.document = passage.document AND copy.ordinal = passage.copy"
    " LEFT JOIN letter ON letter.document = passage.document AND letter.ordinal = passage.letter"
)
_DAY = "coalesce(nullif(letter.date, ''), nullif(copy.sent, ''))"
_CONFIDENCE = (
    "(SELECT min(confidence) FROM page WHERE page.document = passage.document"
    " AND page.number BETWEEN passage.first_page AND passage.last_page)"
)
_PLACE = "passage.document, passage.ordinal"


class Sort(StrEnum):
    """In which order hits come; those of one value as they stand in their documents."""

    RELEVANCE = "relevance"
    DATE = "date"
    """Of their message or letter, the earliest first, those without a date last."""
    NEWEST = "newest"
    """The latest first, those without a date last."""
    DOCUMENT = "document"
    CONFIDENCE = "confidence"
    """Those read best first: text layers, then the surest OCR."""


class Group(StrEnum):
    """What hits are brought together by."""

    DOCUMENT = "document"
    THREAD = "thread"
    RELEASE = "release"


_SORTED = {
    Sort.DATE: f"{_DATED} ORDER BY {_DAY} IS NULL, {_DAY}, {_PLACE}",
    Sort.NEWEST: f"{_DATED} ORDER BY {_DAY} IS NULL, {_DAY} DESC, {_PLACE}",
    Sort.DOCUMENT: f" ORDER BY {_PLACE}",
    Sort.CONFIDENCE: f" ORDER BY {_CONFIDENCE} IS NOT NULL, {_CONFIDENCE} DESC, {_PLACE}",
}
# What is in no thread is a group by itself.
_GROUPED = {
    Group.DOCUMENT: (", passage.document", ""),
    Group.THREAD: (
        ", coalesce(message.thread, -passage.id)",
        " LEFT JOIN copy ON copy.document = passage.document AND copy.ordinal = passage.copy"
        " LEFT JOIN message ON message.id = copy.message",
    ),
    Group.RELEASE: (
        ", (SELECT release FROM location WHERE location.document = passage.document"
        " ORDER BY location.id LIMIT 1)",
        "",
    ),
}


def ordered(connection: sqlite3.Connection, passages: Iterable[int], sort: Sort) -> list[int]:
    """Return passages in an order that is not that of relevance; those gone are left out."""
    rows = connection.execute(_HITS.format("") + _SORTED[sort], (json.dumps(list(passages)),))
    return [row[0] for row in rows]


def days_of(connection: sqlite3.Connection, passages: Iterable[int]) -> list[tuple[str, int]]:
    """Return the date of each passage whose message or letter has one, and its document.

    A date is ISO 8601, or what of it could be read.
    """
    columns = f", passage.document, {_DAY}"
    rows = connection.execute(
        _HITS.format(columns) + _DATED + f" WHERE {_DAY} IS NOT NULL",
        (json.dumps(list(passages)),),
    )
    return [(row[2], row[1]) for row in rows]


def documents_by_passage(connection: sqlite3.Connection) -> "array[int]":
    """Return an array with the document of each passage at its number, 0 where there is none.

    Eight bytes a passage: for lists of thousands of queries, of which each is asked how many
    documents it finds.
    """
    (most,) = connection.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()
    documents = array("q", bytes(8 * (most + 1)))
    for passage, document in connection.execute("SELECT id, document FROM passage"):
        documents[passage] = document
    return documents


def groups_of(
    connection: sqlite3.Connection, passages: Iterable[int], group: Group
) -> dict[int, int]:
    """Return the number of the group that each passage belongs to; those gone are left out."""
    column, joined = _GROUPED[group]
    rows = connection.execute(_HITS.format(column) + joined, (json.dumps(list(passages)),))
    return {row[0]: row[1] for row in rows}

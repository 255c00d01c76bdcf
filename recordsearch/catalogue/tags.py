"""Where tagged places are now: the passages that hold them, and whether their text has changed.

A document's bytes never change, but their reading may: another OCR engine, a newer version, other
bounds of passages. So a passage is found again by its place on its page, else by its text, else by
the words that it has in common with what stands on the same pages now.
"""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import groupby

from recordsearch.catalogue.tag_rows import (
    WHOLE_DOCUMENT,
    WHOLE_PAGES,
    Tagged,
    TagPlace,
    places_in,
    places_tagged,
    tags_meant,
)
from recordsearch.passages import PAGE_SEPARATOR
from recordsearch.query.analysis import streams
from recordsearch.query.tree import InField

# A passage is taken for one that was tagged, though its text is another, when so much of the
# shorter one's words stands in the other: two readings of a page by OCR have more in common,
# passages that follow each other less.
_SAME_WORDS = 0.5
# A shorter text, such as "Thank you.", found on another page, is most likely another one.
_LEAST_TEXT = 40


@dataclass(frozen=True, slots=True)
class Located:
    """A tagged place as the archive has it now.

    ``document`` is None where it is not in the archive; ``passages`` are then none, as also while
    it is ``unread``: being read, or read again. ``changed`` tells that its text is not what it was
    when it was tagged; ``first_page`` and ``last_page`` are where it is now, from 1, both 0 where
    it is nowhere.
    """

    tagged: Tagged
    document: int | None
    passages: tuple[int, ...]
    first_page: int
    last_page: int
    changed: bool
    unread: bool


class _Document:
    """What the archive has of one document, fetched as far as it is asked for."""

    def __init__(self, connection: sqlite3.Connection, sha256: str) -> None:
        self._connection = connection
        row = connection.execute(
            "SELECT id, pages, state FROM document WHERE sha256 = ?", (sha256,)
        ).fetchone()
        self.number: int | None = None if row is None else int(row[0])
        self.last_page: int = 0 if row is None else int(row[1])
        self.unread: bool = row is not None and row[2] == "found"

    @cached_property
    def passages(self) -> list[tuple[int, int, int, int, int]]:
        """Number, first and last page, start and end of each passage, in order."""
        return self._connection.execute(
            'SELECT id, first_page, last_page, start, "end" FROM passage WHERE document = ?'
            " ORDER BY ordinal",
            (self.number,),
        ).fetchall()

    def text(self, first: int, last: int) -> tuple[int, str]:
        """Return where the text of these pages starts in the document's, and the text."""
        rows = self._connection.execute(
            "SELECT start, text FROM page WHERE document = ? AND number BETWEEN ? AND ?"
            " ORDER BY number",
            (self.number, first, last),
        ).fetchall()
        return (rows[0][0] or 0, PAGE_SEPARATOR.join(row[1] for row in rows)) if rows else (0, "")

    def on_pages(self, first: int, last: int) -> list[tuple[int, int, int, int, int]]:
        return [one for one in self.passages if one[1] <= last and one[2] >= first]

    def overlapping(self, start: int, end: int) -> list[tuple[int, int, int, int, int]]:
        return [one for one in self.passages if one[3] < end and one[4] > start]


def text_digest(text: str) -> str:
    """Return what the text of pages is known again by."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def place_of_pages(
    connection: sqlite3.Connection,
    sha256: str,
    pages: tuple[int, int] | None,
    cited: tuple[str, str],
) -> TagPlace:
    """Return the place that is pages ``first`` to ``last`` of a document, or None for all of it."""
    document = _Document(connection, sha256)
    text = document.text(*(pages or (1, document.last_page)))[1]
    first, last = pages or (WHOLE_DOCUMENT, WHOLE_DOCUMENT)
    return TagPlace(sha256, first, last, WHOLE_PAGES, "", text_digest(text), *cited)


def place_of_passage(connection: sqlite3.Connection, passage: int) -> TagPlace | None:
    """Return the place that is a passage as it is now, None where there is no such passage."""
    row = connection.execute(
        'SELECT sha256, first_page, last_page, start, "end", document.id FROM passage'
        " JOIN document ON document.id = passage.document WHERE passage.id = ?",
        (passage,),
    ).fetchone()
    if row is None:
        return None
    sha256, first, last, start, end, number = row
    offset, text = _Document(connection, sha256).text(first, last)
    cited = connection.execute(
        "SELECT name, file FROM location JOIN release ON release.id = location.release"
        " WHERE document = ? ORDER BY location.id LIMIT 1",
        (number,),
    ).fetchone()
    text = text[start - offset : end - offset]
    return TagPlace(sha256, first, last, start - offset, text, "", *(cited or ("", "")))


def locate(connection: sqlite3.Connection, tagged: Iterable[Tagged]) -> Iterator[Located]:
    """Find where tagged places are now; those of a document come together."""
    for sha256, group in groupby(tagged, key=lambda one: one.place.sha256):
        document = _Document(connection, sha256)
        for one in group:
            yield _locate(document, one, look=True)


def _locate(document: _Document, tagged: Tagged, *, look: bool) -> Located:
    """Find a place; without ``look`` the text of whole pages is not compared."""
    place = tagged.place
    if document.number is None or document.unread:
        pages = (place.first_page, place.last_page) if document.unread else (0, 0)
        return Located(tagged, document.number, (), *pages, changed=False, unread=document.unread)
    if place.start != WHOLE_PAGES:
        found, changed = _find_passage(document, place)
        first, last = (found[0][1], found[-1][2]) if found else (0, 0)
    else:
        first, last = place.first_page or 1, place.last_page or document.last_page
        found = document.on_pages(first, last)
        changed = look and text_digest(document.text(first, last)[1]) != place.digest
    numbers = tuple(one[0] for one in found)
    return Located(tagged, document.number, numbers, first, last, changed, unread=False)


def _find_passage(
    document: _Document, place: TagPlace
) -> tuple[list[tuple[int, int, int, int, int]], bool]:
    """Return the passages that hold a tagged one's text now, and whether that has changed."""
    nearby = (place.first_page, place.last_page)
    offset, text = document.text(*nearby)
    at = _nearest(text, place.text, place.start)
    if at < 0 and len(place.text) >= _LEAST_TEXT:
        offset, text = document.text(1, document.last_page)
        at = text.find(place.text)
    if at >= 0:
        return document.overlapping(offset + at, offset + at + len(place.text)), False
    return _alike(document, place) or document.on_pages(*nearby), True


def _nearest(text: str, part: str, place: int) -> int:
    """Return where ``part`` stands in ``text`` nearest to a place, -1 where it does not."""
    before, after = text.rfind(part, 0, place + len(part)), text.find(part, place)
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - place), default=-1)


def _alike(document: _Document, place: TagPlace) -> list[tuple[int, int, int, int, int]]:
    """Return the passages of the same pages that have most words in common with a tagged one."""
    first, last = place.first_page, place.last_page
    offset, text = document.text(max(first - 1, 1), last + 1)
    wanted = Counter(streams(place.text).exact.split())
    alike = []
    for one in document.on_pages(first, last):
        words = Counter(streams(text[max(one[3] - offset, 0) : one[4] - offset]).exact.split())
        shorter = min(wanted.total(), words.total())
        if shorter and (wanted & words).total() >= _SAME_WORDS * shorter:
            alike.append(one)
    return alike


def tagged_passages(connection: sqlite3.Connection, condition: InField) -> set[int]:
    """Return the passages that ``tag:…`` finds: those that a place so tagged overlaps.

    A tag on pages or on a document is on all their passages.
    """
    tags = tags_meant(connection, condition.text)
    found: set[int] = set()
    places = places_tagged(connection, tags)
    for sha256, group in groupby(places, key=lambda one: one.place.sha256):
        document = _Document(connection, sha256)
        for one in group:
            found.update(_locate(document, one, look=False).passages)
    return found


def tags_of(
    connection: sqlite3.Connection, passages: Collection[int]
) -> dict[int, tuple[Tagged, ...]]:
    """Return the tags that passages bear, with their notes; those that bear none are left out."""
    found: dict[int, list[Tagged]] = {}
    for sha256 in _documents_of(connection, passages):
        document = _Document(connection, sha256)
        for one in places_in(connection, sha256):
            for passage in _locate(document, one, look=False).passages:
                found.setdefault(passage, []).append(one)
    return {number: tuple(found[number]) for number in passages if number in found}


def _documents_of(connection: sqlite3.Connection, passages: Collection[int]) -> Sequence[str]:
    hashes: dict[str, None] = {}
    for passage in passages:
        row = connection.execute(
            "SELECT sha256 FROM passage JOIN document ON document.id = passage.document"
            " WHERE passage.id = ?",
            (passage,),
        ).fetchone()
        if row is not None:
            hashes[row[0]] = None
    return list(hashes)

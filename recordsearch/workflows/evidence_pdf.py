"""Cited pages as a PDF: a cover sheet, then the pages themselves with what was found marked.

A page of a PDF or of a scan is taken from its file, which must still be what was read; of other
documents the text is set, as it was read.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import IO

from recordsearch.catalogue import documents, places
from recordsearch.catalogue.page_list import stored_page
from recordsearch.errors import RecordsearchError, UnreadableError
from recordsearch.extract.evidence_book import (
    LINE_CHARACTERS,
    LINES_A_PAGE,
    Box,
    EvidenceBook,
    printable,
)
from recordsearch.query.tree import Numbered
from recordsearch.records import MediaType, Method, Word
from recordsearch.workflows.evidence import Evidence
from recordsearch.workflows.marking import Marking
from recordsearch.workflows.units import local

_PICTURES = frozenset((MediaType.TIFF, MediaType.PNG, MediaType.JPEG))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MOST_PAGES = 20_000

Line = tuple[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _Cited:
    """A page that is cited, and the ranks of the hits on it."""

    document: int
    page: int
    ranks: tuple[int, ...]


def write_pdf(
    connection: sqlite3.Connection,
    evidence: Sequence[Evidence],
    cover: Sequence[str],
    file: IO[bytes],
) -> list[str]:
    """Write the pages that ``evidence`` cites, each once, behind a sheet with the lines ``cover``.

    Returned is a line for each page that could not be taken from its file: its text is set instead.
    """
    cited = _cited(evidence)
    marking = evidence[0].marking if evidence else Marking(Numbered(()))
    missing: list[str] = []
    if len(cited) > _MOST_PAGES:
        missing.append(f"only the first {_MOST_PAGES:,} of {len(cited):,} cited pages are in it")
        cited = cited[:_MOST_PAGES]
    with EvidenceBook() as pages, EvidenceBook() as book:
        starts: dict[tuple[int, int], int] = {}
        for one in cited:
            starts[one.document, one.page] = pages.pages + 1
            try:
                _add(connection, pages, one, marking)
            except RecordsearchError as error:
                missing.append(f"document {one.document}, page {one.page}: {error.message}")
                _add_text(connection, pages, one, marking)
        # How many sheets the list takes does not depend on the numbers in it, but for their digits.
        sheets = -(-len(_cover(cover, evidence, starts, 10_000)) // LINES_A_PAGE)
        book.add_text(_cover(cover, evidence, starts, sheets))
        book.add_all_of(pages)
        book.save(file)
    return missing


def _cited(evidence: Iterable[Evidence]) -> list[_Cited]:
    """Return the cited pages in the order of the best hit on each."""
    ranks: dict[tuple[int, int], list[int]] = {}
    for one in evidence:
        hit = one.hit
        for page in range(hit.first_page, hit.last_page + 1):
            ranks.setdefault((hit.document, page), []).append(hit.rank)
    return [_Cited(document, page, tuple(found)) for (document, page), found in ranks.items()]


def _cover(
    cover: Iterable[str],
    evidence: Iterable[Evidence],
    starts: dict[tuple[int, int], int],
    sheets: int,
) -> list[Line]:
    """Write the cover: what was asked, and of each hit where it stands, in its file and in this.

    ``starts`` are the pages' places behind the cover, which has so many ``sheets``.
    """
    lines = ["Cited pages, found by recordsearch", "", *cover, ""]
    for one in evidence:
        hit = one.hit
        here = [
            starts[hit.document, page] + sheets
            for page in range(hit.first_page, hit.last_page + 1)
            if (hit.document, page) in starts
        ]
        pages = f"p. {hit.first_page}" + (
            f"-{hit.last_page}" if hit.last_page > hit.first_page else ""
        )
        where = f"{hit.rank}. {hit.release}/{hit.file}, {pages}"
        where += f", {hit.bates}" if hit.bates else ""
        if here:
            where += f": page{'s' * (len(here) > 1)} {', '.join(map(str, here))} here"
        lines += [where, f"   SHA-256 {one.sha256}"]
    return [fitted for line in lines for fitted in _wrapped(line)]


def _add(
    connection: sqlite3.Connection, book: EvidenceBook, cited: _Cited, marking: Marking
) -> None:
    """Add a page as it lies in its file, or its text where a page of it has no look of its own.

    :raises UnreadableError: the file is gone, has changed, or the page cannot be taken over.
    """
    kind = documents.media_type(connection, cited.document)
    if kind is not MediaType.PDF and kind not in _PICTURES:
        _add_text(connection, book, cited, marking)
        return
    source = places.source_of(connection, cited.document)
    page = stored_page(connection, cited.document, cited.page)
    if source is None or page is None:
        raise UnreadableError("open", "the file is gone, so the text is set as it was read")
    with local(source) as path:
        _check(connection, cited.document, path)
        if kind is MediaType.PDF:
            from recordsearch.extract.page_words import pdf_page_words

            words = page.words or pdf_page_words(path, cited.page)
            book.add_pdf_page(path, cited.page, page.rotation, _boxes(words, marking))
        else:
            from recordsearch.extract.image import upright_picture

            picture, dpi = upright_picture(path, cited.page, page.rotation)
            book.add_picture(picture, dpi, _boxes(page.words, marking))


def _check(connection: sqlite3.Connection, document: int, path: str) -> None:
    from recordsearch.catalogue.reading import hashes
    from recordsearch.sources.fingerprint import fingerprint

    if fingerprint(path).sha256 != hashes(connection, [document]).get(document):
        raise UnreadableError("open", "the file has changed, so the text is set as it was read")


def _boxes(words: Sequence[Word], marking: Marking) -> list[Box]:
    """Return the boxes of the words that a query matches."""
    starts = []
    text = ""
    for word in words:
        starts.append(len(text))
        text += word.text + " "
    boxes = []
    found = marking.in_text(text)
    at = 0
    for start, word in zip(starts, words, strict=True):
        while at < len(found) and found[at][1] <= start:
            at += 1
        if at < len(found) and found[at][0] < start + len(word.text):
            boxes.append((word.x0, word.top, word.x1, word.bottom))
    return boxes


def _add_text(
    connection: sqlite3.Connection, book: EvidenceBook, cited: _Cited, marking: Marking
) -> None:
    page = stored_page(connection, cited.document, cited.page)
    text = "" if page is None or page.method is Method.NONE else page.text
    title = f"Text of document {cited.document}, page {cited.page}, as it was read:"
    book.add_text([(title, []), ("", []), *_set(text, marking)])


def _set(text: str, marking: Marking) -> Iterator[Line]:
    """Break a text into lines that fit, with the ranges in each that a query matches."""
    found = marking.in_text(text)
    place = 0
    for line in text.split("\n"):
        inside = [
            (max(low, place) - place, min(high, place + len(line)) - place)
            for low, high in found
            if low < place + len(line) and high > place
        ]
        yield from _fitted(line, inside)
        place += len(line) + 1


def _fitted(line: str, ranges: Sequence[tuple[int, int]]) -> Iterator[Line]:
    """Cut a line where it is too long; what the fonts do not know becomes longer."""
    shown: list[str] = []
    marked: list[bool] = []
    for place, character in enumerate(line):
        piece = printable(" " if _CONTROL.match(character) else character)
        is_marked = any(low <= place < high for low, high in ranges)
        shown.extend(piece)
        marked.extend([is_marked] * len(piece))
    for start in range(0, max(1, len(shown)), LINE_CHARACTERS):
        end = start + LINE_CHARACTERS
        yield "".join(shown[start:end]), _runs(marked[start:end])


def _runs(marked: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place, is_marked in enumerate(marked):
        if is_marked and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif is_marked:
            runs.append((place, place + 1))
    return runs


def _wrapped(line: str) -> Iterator[Line]:
    """Break a line between words, where it has any."""
    shown = printable(_CONTROL.sub(" ", line))
    for piece in wrap(shown, LINE_CHARACTERS, subsequent_indent="   ") or [""]:
        yield piece, []

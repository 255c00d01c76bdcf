"""Where the signatories of a letter stand: from the closing on, over page breaks, to their end.

They end at a list of copies or enclosures, at prose, where another document begins, or where a
page has something else than lines that are like signatures.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from recordsearch.records import Word
from recordsearch.understand.letter_furniture import (
    is_furniture,
    is_note,
    repeated_lines,
    row_text,
    skeleton,
    without_furniture,
    without_notes,
)
from recordsearch.understand.letter_lines import HEADER_FIELD, STOP, WROTE
from recordsearch.understand.signator_entries import Entry, entries_of
from recordsearch.understand.signator_headings import heading_kind
from recordsearch.understand.signator_ink import printed
from recordsearch.understand.signator_layout import bands_of
from recordsearch.understand.signator_likeness import END_OF_NAME, continues, is_prose, is_stop
from recordsearch.understand.signator_parse import is_marked
from recordsearch.understand.signator_rows import Row, rows_of
from recordsearch.understand.signator_setting import Sheet
from recordsearch.understand.signator_typed import rows_of_text

WordsOf = Callable[[int], Sequence[Word]]

PAGES = 30
"""Pages that a list of signatories may run over; the longest known letters have some twenty."""

_ENTRIES = 2_000
_CHARACTERS = 100_000
"""Characters looked at on one page without boxes: twenty full pages of print."""
_NOTE_ROWS = 12
_NOTE_WORDS = 5
_CONTACT = re.compile(
    r"(?:for (?:further|more|additional) information|please contact|contact:|questions)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """Where what follows begins: the page, the place in its text, and the line itself."""

    page: int
    place: int
    line: str


@dataclass(frozen=True, slots=True)
class Zone:
    """What was found below a closing: entries, the last page, and where on it the zone is cut.

    ``rows`` are those read, and ``cut`` is the text of the row that no longer belongs to the
    letter, empty at a page's end.
    """

    entries: tuple[Entry, ...]
    last_page: int
    cut: str
    rows: tuple[Row, ...]


def read_zone(
    pages: Sequence[str],
    words_of: WordsOf,
    first: int,
    page: int,
    below: tuple[str, int],
    limit: Limit,
) -> Zone:
    """Read the signatories below a line of ``page`` (from 1), of a letter from page ``first`` on.

    ``below`` is that line's text and its place in the page's text; nothing is read beyond
    ``limit``. Headers and footers repeat on the letter's own pages: on those before it stand the
    last lines of other letters, which the same person may have signed.
    """
    last = min(len(pages), page + PAGES, limit.page)
    running = repeated_lines(pages[max(first, page - 12) - 1 : last])
    seen: list[Entry] = []
    sheets: list[Sheet] = []
    read: list[Row] = []
    measure = 0.0
    zone_end, cut, headed = page, "", False
    for number in range(page, last + 1):
        end = limit.place if number == limit.page else len(pages[number - 1])
        start = below[1] + len(below[0]) if number == page else 0
        text = pages[number - 1][start : min(end, start + _CHARACTERS)]
        words = words_of(number)
        rows = _rows_on(words, running, read) if words else []
        measure = max(measure, _measure(rows))
        if number == page:
            rows = _rows_below(rows, pages[number - 1], text, below, running)
        elif not words:
            rows = _rows_typed(text, 0, running)
        if number == limit.page:
            rows = _before(rows, limit.line)
        if number > page and not continues(rows, seen, text, running, headed):
            break
        kept, stop, cut = _until_end(rows)
        headed = bool(kept) and heading_kind(row_text(kept[-1])) is not None
        sheets.append((number, bands_of(kept)))
        read += kept
        seen += entries_of(sheets[-1:], measure)
        zone_end = number
        if stop or len(seen) > _ENTRIES:
            break
    return Zone(tuple(entries_of(sheets, measure)), zone_end, cut, tuple(read))


def _measure(rows: Sequence[Row]) -> float:
    """Return the width of a page's text: that of its longest line without a gap."""
    return max((row[0].x1 - row[0].x0 for row in rows if len(row) == 1), default=0.0)


def _before(rows: Sequence[Row], line: str) -> list[Row]:
    """Return the rows above the one that is ``line``."""
    key = skeleton(line)
    for number, row in enumerate(rows):
        if key and skeleton(row_text(row)) == key:
            return list(rows[:number])
    return list(rows)


def _rows_below(
    rows: Sequence[Row],
    page_text: str,
    text: str,
    below: tuple[str, int],
    running: frozenset[str],
) -> list[Row]:
    """Return the rows below a line of a page, where ``text`` is what stands below it.

    ``rows`` are those of the page; they are made of the text where these do not have that line.
    """
    line, place = below
    key = skeleton(line)
    found = [
        number
        for number, row in enumerate(rows)
        if skeleton(row_text(row)) == key or any(skeleton(part.text) == key for part in row)
    ]
    if found:  # the same closing may stand higher on the page, in another letter
        before = sum(skeleton(other) == key for other in page_text[:place].split("\n"))
        return list(rows[found[min(before, len(found) - 1)] + 1 :])
    above = page_text.count("\n", max(0, place - _CHARACTERS), place)
    return _rows_typed(text, above, running)


def _rows_on(words: Sequence[Word], running: frozenset[str], read: Sequence[Row]) -> list[Row]:
    """Return a page's rows of text; ``read`` are those of a list that goes on there.

    Where the list's last lines stand over footnotes, these are most of the page.
    """
    every = rows_of(printed(words))
    size = max(_size(every), _size(read)) if read else _size(every)
    return without_notes(without_furniture(every, running), size)


def _rows_typed(text: str, above: int, running: frozenset[str]) -> list[Row]:
    rows = without_furniture(rows_of_text(text, above), running)
    return _without_leading_notes(rows, running)


def _without_leading_notes(rows: Sequence[Row], running: frozenset[str]) -> list[Row]:
    """Leave out what stands first in a text because it was drawn first: footer and footnotes."""
    number = 0
    while number < min(len(rows), _NOTE_ROWS):
        text = row_text(rows[number])
        noted = is_note(text) and len(text.split()) > _NOTE_WORDS and not _is_listed(text)
        if not noted and not is_furniture(text, running) and not (number and is_prose(text)):
            break
        number += 1
    return list(rows[number:])


def _is_listed(text: str) -> bool:
    """Tell whether a line is an entry with a bullet or number in front, and no footnote."""
    return (
        is_marked(text)
        and not is_prose(text)
        and (text[-1] != "." or END_OF_NAME.search(text) is not None)
    )


def _size(rows: Sequence[Row]) -> float:
    sizes = [part.size for row in rows for part in row]
    return median(sizes) if sizes else 11.0


def _until_end(rows: Sequence[Row]) -> tuple[list[Row], bool, str]:
    """Return the rows before the end, whether an end was found, and the row of prose if it was."""
    kept: list[Row] = []
    gone: float | None = None
    for number, row in enumerate(rows):
        stops = [part for part in row if is_stop(part.text)]
        if stops and stops[0] is row[0]:
            return kept, True, ""
        if stops:
            gone = stops[0].x0 - 5 if gone is None else min(gone, stops[0].x0 - 5)
        if gone is not None:
            row = tuple(part for part in row if part.x1 < gone)
            if not row:
                continue
        text = " ".join(part.text for part in row)
        if HEADER_FIELD.match(text) and not STOP.match(text):
            return kept, True, text
        if WROTE.match(text) or (len(row) == 1 and is_prose(text)):
            if _is_remark(text):
                continue
            near_end = number >= len(rows) - _NOTE_ROWS
            if is_note(text) and near_end and (kept or _all_notes(rows[number:])):
                return kept, False, ""
            after = rows[number + 1 : number + 3]
            if (
                _CONTACT.search(text)
                or not number
                or any(is_prose(row_text(r)) for r in after)
                or len(text) > 60
            ):
                return kept, True, text
            continue
        kept.append(row)
    return kept, False, ""


def _all_notes(rows: Sequence[Row]) -> bool:
    """Tell whether rows are footnotes, the last of which may go on over some lines."""
    texts = [row_text(row) for row in rows]
    return all(is_note(text) or is_prose(text) for text in texts[:-1]) and (
        len(texts) == 1 or is_note(texts[-1]) or is_prose(texts[-1]) or texts[-1][0].islower()
    )


def _is_remark(text: str) -> bool:
    return "identif" in text.lower() or "affiliation" in text.lower()

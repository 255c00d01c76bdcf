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
from recordsearch.understand.letter_lines import HEADER_FIELD, STOP, WROTE, salutation
from recordsearch.understand.signator_entries import Entry, entries_of
from recordsearch.understand.signator_headings import heading_kind, is_remark
from recordsearch.understand.signator_ink import printed
from recordsearch.understand.signator_layout import Row, bands_of, rows_of
from recordsearch.understand.signator_names import has_group_word, is_title
from recordsearch.understand.signator_parse import is_marked
from recordsearch.understand.signator_setting import Sheet
from recordsearch.understand.signator_typed import rows_of_text

WordsOf = Callable[[int], Sequence[Word]]

PAGES = 30
"""Pages that a list of signatories may run over; the longest known letters have some twenty."""

_CHARACTERS = 100_000
"""Characters looked at on one page without boxes: twenty full pages of print."""
_NOTE_ROWS = 12
_NOTE_WORDS = 5
_LIKE = 0.85
_MANY = 3
_END = re.compile(r"(?:Inc|Jr|Sr|Ph\.?D|M\.?D|J\.?D|Esq|Co|Ltd|LL\.?C|N\.?A|[A-Z])\.$")
_CONTACT = re.compile(
    r"(?:for (?:further|more|additional) information|please contact|contact:|questions)",
    re.IGNORECASE,
)
_TITLE_OF_MORE = re.compile(
    r"(?:exhibit|attachment|appendix|annex|enclosure|table|figure|section|chapter|schedule"
    r"|contents|part [\dIV])\b",
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

    ``cut`` is the text of the row that no longer belongs to the letter, empty at a page's end.
    """

    entries: tuple[Entry, ...]
    last_page: int
    cut: str


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
    entries: list[Entry] = []
    sheets: list[Sheet] = []
    zone_end, cut = page, ""
    for number in range(page, last + 1):
        end = limit.place if number == limit.page else len(pages[number - 1])
        start = below[1] + len(below[0]) if number == page else 0
        text = pages[number - 1][start : min(end, start + _CHARACTERS)]
        words = words_of(number)
        if number == page:
            rows = _rows_below(pages[number - 1], text, words, below, running)
        else:
            rows = _rows_on(words, running) if words else _rows_typed(text, 0, running)
        if number == limit.page:
            rows = _before(rows, limit.line)
        if number > page and not _continues(rows, entries, text, running):
            break
        kept, stop, cut = _until_end(rows)
        sheets.append((number, bands_of(kept)))
        entries = entries_of(sheets)
        zone_end = number
        if stop or len(entries) > 2000:
            break
    return Zone(tuple(entries), zone_end, cut)


def _before(rows: Sequence[Row], line: str) -> list[Row]:
    """Return the rows above the one that is ``line``."""
    key = skeleton(line)
    for number, row in enumerate(rows):
        if key and skeleton(row_text(row)) == key:
            return list(rows[:number])
    return list(rows)


def _rows_below(
    page_text: str,
    text: str,
    words: Sequence[Word],
    below: tuple[str, int],
    running: frozenset[str],
) -> list[Row]:
    """Return the rows below a line of a page, where ``text`` is what stands below it.

    They are made of the text where the words do not have that line.
    """
    line, place = below
    rows = _rows_on(words, running) if words else []
    key = skeleton(line)
    found = [
        number
        for number, row in enumerate(rows)
        if skeleton(row_text(row)) == key or any(skeleton(part.text) == key for part in row)
    ]
    if found:  # the same closing may stand higher on the page, in another letter
        before = sum(skeleton(other) == key for other in page_text[:place].split("\n"))
        return rows[found[min(before, len(found) - 1)] + 1 :]
    above = page_text.count("\n", max(0, place - _CHARACTERS), place)
    return _rows_typed(text, above, running)


def _rows_on(words: Sequence[Word], running: frozenset[str]) -> list[Row]:
    every = rows_of(printed(words))
    return without_notes(without_furniture(every, running), _size(every))


def _rows_typed(text: str, above: int, running: frozenset[str]) -> list[Row]:
    rows = without_furniture(rows_of_text(text, above), running)
    return _without_leading_notes(rows, running)


def _without_leading_notes(rows: Sequence[Row], running: frozenset[str]) -> list[Row]:
    """Leave out what stands first in a text because it was drawn first: footer and footnotes."""
    number = 0
    while number < min(len(rows), _NOTE_ROWS):
        text = row_text(rows[number])
        noted = is_note(text) and len(text.split()) > _NOTE_WORDS and not _is_listed(text)
        if not noted and not is_furniture(text, running) and not (number and _is_prose(text)):
            break
        number += 1
    return list(rows[number:])


def _is_listed(text: str) -> bool:
    """Tell whether a line is an entry with a bullet or number in front, and no footnote."""
    return (
        is_marked(text)
        and not _is_prose(text)
        and (text[-1] != "." or _END.search(text) is not None)
    )


def _size(rows: Sequence[Row]) -> float:
    sizes = [part.size for row in rows for part in row]
    return median(sizes) if sizes else 11.0


def _until_end(rows: Sequence[Row]) -> tuple[list[Row], bool, str]:
    """Return the rows before the end, whether an end was found, and the row of prose if it was."""
    kept: list[Row] = []
    gone: float | None = None
    for number, row in enumerate(rows):
        stops = [part for part in row if _is_stop(part.text)]
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
        if WROTE.match(text) or (len(row) == 1 and _is_prose(text)):
            if _is_remark(text):
                continue
            if kept and number >= len(rows) - _NOTE_ROWS and is_note(text):
                return kept, False, ""
            after = rows[number + 1 : number + 3]
            if (
                _CONTACT.search(text)
                or not number
                or any(_is_prose(row_text(r)) for r in after)
                or len(text) > 60
            ):
                return kept, True, text
            continue
        kept.append(row)
    return kept, False, ""


def _is_stop(text: str) -> bool:
    return STOP.match(text) is not None


def _is_remark(text: str) -> bool:
    return "identif" in text.lower() or "affiliation" in text.lower()


def _is_prose(text: str) -> bool:
    words = text.split()
    if len(words) < 6:
        return False
    small = sum(word[0].islower() for word in words)
    if text.endswith(".") and not _END.search(text) and small >= 0.4 * len(words):
        return heading_kind(text) is None
    return len(words) >= 9 and small > 0.55 * len(words) and heading_kind(text) is None


def _continues(
    rows: Sequence[Row], entries: Sequence[Entry], text: str, running: frozenset[str]
) -> bool:
    """Tell whether a following page goes on with the list of signatories."""
    if not rows or any(salutation(line.strip()) for line in text.split("\n")[:60]):
        return False
    first = row_text(rows[0])
    if any(heading_kind(row_text(row)) for row in rows[:2]):
        return _share(rows) >= 0.6
    if _TITLE_OF_MORE.match(first) or (
        len(first.split()) > 1
        and first.isupper()
        and entries
        and not entries[-1].lines[-1].isupper()
    ):
        return False
    headed = any(
        skeleton(line) in running and len(skeleton(line)) > 8 for line in text.split("\n")[:3]
    )
    if entries and len(entries) < _MANY and not headed and not _names_groups(rows):
        return False
    return _share(rows) >= _LIKE


def _names_groups(rows: Sequence[Row]) -> bool:
    """Tell whether most of a page's lines have words that names of groups or titles have."""
    parts = [part.text for row in rows for part in row if not _is_stop(part.text)]
    sure = sum(has_group_word(part) or is_title(part) for part in parts)
    return 2 * sure >= len(parts) and (sure >= _MANY or sure == len(parts))


def _share(rows: Sequence[Row]) -> float:
    """Return the share of segments, up to the end of the list, that are like signatures."""
    parts: list[str] = []
    for row in rows:
        if _is_stop(row[0].text) and parts:
            break
        parts += [part.text for part in row if not is_remark(part.text)]
    like = sum(_is_like(part) for part in parts)
    return like / len(parts) if parts else 0.0


def _is_like(text: str) -> bool:
    words = text.split()
    if len(words) > 16 or _is_prose(text) or HEADER_FIELD.match(text):
        return False
    figures = sum(letter.isdigit() for letter in text)
    if figures > 0.3 * len(text) or (
        text.endswith((".", "?", ";")) and not _END.search(text) and len(words) > 4
    ):
        return False
    return (
        text[0].isupper() or text[0] in "\"'“‘•●·▪*-–(/_&" or text[0].isdigit() or len(words) <= 4
    )

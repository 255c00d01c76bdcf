"""What stands on a page and is none of its text: page numbers, headers, stamps, footnotes."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from recordsearch.understand.signator_rows import Row

_EDGE = 3
_EDGE_CHARACTERS = 1_000
_PAGE_NUMBER = re.compile(
    r"[\W_]{0,4}(?:p(?:age|g\.?|\.)?[ \t]{0,2})?(?:\d{1,4}|[ivxl]{1,5})(?:[ \t]{0,2}"
    r"(?:of|/|\|)[ \t]{0,2}(?:\d{1,4}|page))?[\W_]{0,4}$",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"\bpage[ \t]{0,2}\d{1,4}(?:[ \t]{0,2}(?:of|/)[ \t]{0,2}\d{1,4})?\b", re.IGNORECASE
)
_PAGE_MISREAD = re.compile(r"\W{0,3}page(?:[ \t]\S{1,3}){0,3}\W{0,4}$", re.IGNORECASE)
"""What OCR makes of ``Page 1 of 1``: figures are taken for letters or strokes, or left out."""
_STAMP = re.compile(
    r"(?:CONFIDENTIAL[ -]{0,3})?[A-Z][A-Z0-9&.]{0,14}(?:[-_ ]{1,2}[A-Z][A-Z0-9&.]{0,14}){0,3}"
    r"[-_ ]{0,2}\d{4,10}$|CONFIDENTIAL$|Case:? [\d:]|Appellate Case|Filed:? \d|\d{3,10}$"
)
_NOTE = re.compile(r"(?:\[?\d{1,3}\]?[.)]?|[*†‡§]{1,3}|[¹²³⁰-⁹]{1,3})[ \t]*(?=\S)")
_TOP = 120.0
"""Points from the page's top within which a page number belongs to a running header."""
_SMALL = 0.9
_APART = 1.7
_PLAIN = 1.2
"""In type sizes from base line to base line. Wider lines stand apart from wider ones."""


def is_page_number(text: str) -> bool:
    """Tell whether a line is a page's number: ``3``, ``- 3 -``, ``Page 3 of 9``."""
    return len(text) <= 24 and _PAGE_NUMBER.match(text) is not None


def is_stamp(text: str) -> bool:
    """Tell whether a line is a Bates stamp, a court's stamp, or a mere number."""
    return len(text) <= 120 and _STAMP.match(text) is not None


def is_note(text: str) -> bool:
    """Tell whether a line begins as footnotes do: a number or mark, then words."""
    return _NOTE.match(text) is not None


def repeated_lines(pages: Sequence[str]) -> frozenset[str]:
    """Return the lines, figures left out, that stand at one edge of two pages or more."""
    seen: Counter[tuple[bool, str]] = Counter()
    for text in pages:
        top = [line for line in text[:_EDGE_CHARACTERS].split("\n") if line.strip()]
        end = [line for line in text[-_EDGE_CHARACTERS:].split("\n") if line.strip()]
        seen.update({(True, key) for line in top[:_EDGE] if (key := skeleton(line))})
        seen.update({(False, key) for line in end[-_EDGE:] if (key := skeleton(line))})
    return frozenset(key for (_, key), count in seen.items() if count > 1)


def skeleton(line: str) -> str:
    """Return a line without figures, blanks and case, by which running headers are the same."""
    return re.sub(r"[\d\W_]+", "", line[:200]).lower()


def is_furniture(text: str, running: frozenset[str]) -> bool:
    """Tell whether a line is a page number, a stamp or a running header or footer."""
    if is_page_number(text) or is_stamp(text) or _PAGE_MISREAD.match(text):
        return True
    if _RUNNING.search(text) and (re.search(r"[-–—|,]|\d{4}", text) or len(text) < 60):
        return True
    key = skeleton(text)
    return len(key) > 3 and key in running


def without_furniture(rows: Sequence[Row], running: frozenset[str]) -> list[Row]:
    """Leave out furniture from a page's rows: at its edges, whole rows or single segments.

    What stands above a page number at a page's top is its running header. Repeated lines go only
    where space parts them from the text, because a title may end two pages of a list.
    """
    first, last = 0, len(rows)
    for number in range(min(2 * _EDGE, len(rows))):
        text = row_text(rows[number])
        marked = is_page_number(text) or is_stamp(text) or _is_page_line(text)
        if (marked and number <= _EDGE and rows[number][0].base < _TOP) or (
            number == first and skeleton_in(text, running) and _apart(rows, number, 1)
        ):
            first = number + 1
    while last > first and last > len(rows) - 2 * _EDGE:
        text = row_text(rows[last - 1])
        parts = tuple(part for part in rows[last - 1] if not is_furniture(part.text, frozenset()))
        marked = not parts or is_furniture(text, frozenset())
        if not marked and not (skeleton_in(text, running) and _apart(rows, last - 1, -1)):
            break
        last -= 1
    return list(rows[first:last])


def row_text(row: Row) -> str:
    """Return the text of a row."""
    return " ".join(segment.text for segment in row)


def skeleton_in(text: str, running: frozenset[str]) -> bool:
    """Tell whether a line is one of those that repeat."""
    key = skeleton(text)
    return len(key) > 3 and key in running


def _is_page_line(text: str) -> bool:
    return _RUNNING.search(text) is not None and len(text) < 120


def _apart(rows: Sequence[Row], number: int, step: int) -> bool:
    """Tell whether space parts a row at the edge from the next one inwards."""
    inner = number + step
    if not 0 <= inner < len(rows):
        return True
    gap = abs(rows[inner][0].base - rows[number][0].base)
    steps = [below[0].base - above[0].base for above, below in pairwise(rows)]
    size = max(rows[inner][0].size, rows[number][0].size)
    return gap > max(_APART * size, _APART / _PLAIN * median(steps))


def without_notes(rows: Sequence[Row], size: float) -> list[Row]:
    """Leave out the footnotes at a page's end, set smaller than the text's ``size`` in points.

    They begin with a row that has a number or mark in front; what stands below belongs to them.
    """
    for number, row in enumerate(rows):
        small = all(segment.size < _SMALL * size for segment in row)
        rest = rows[number:]
        if (
            small
            and _NOTE.match(row[0].text)
            and len(row[0].text.split()) > 1
            and sum(any(part.size < 0.93 * size for part in other) for other in rest)
            >= 0.7 * len(rest)
        ):
            return list(rows[:number])
    return list(rows)

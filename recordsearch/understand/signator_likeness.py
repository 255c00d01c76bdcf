"""What is like a list of signatories, and what is not: prose, copies, the start of other papers."""

import re
from collections.abc import Sequence

from recordsearch.understand.letter_furniture import row_text, skeleton
from recordsearch.understand.letter_lines import HEADER_FIELD, STOP, salutation
from recordsearch.understand.signator_entries import Entry
from recordsearch.understand.signator_headings import heading_kind, is_remark
from recordsearch.understand.signator_names import Kind, has_group_word, is_title, kind_of
from recordsearch.understand.signator_parse import tidy
from recordsearch.understand.signator_rows import Row

END_OF_NAME = re.compile(r"(?:Inc|Jr|Sr|Ph\.?D|M\.?D|J\.?D|Esq|Co|Ltd|LL\.?C|N\.?A|[A-Z])\.$")
"""A full stop that ends a name, and no sentence."""

_LIKE = 0.85
_MANY = 3
_FEW_LINES = 12
_TITLE_OF_MORE = re.compile(
    r"(?:exhibit|attachment|appendix|annex|enclosure|table|figure|section|chapter|schedule"
    r"|contents|part [\dIV])\b",
    re.IGNORECASE,
)


def is_stop(text: str) -> bool:
    """Tell whether a line begins a list of copies or enclosures."""
    return STOP.match(text) is not None


def is_prose(text: str) -> bool:
    """Tell whether a line is one of running text."""
    words = text.split()
    if len(words) < 6:
        return False
    small = sum(word[0].islower() for word in words)
    if text.endswith(".") and not END_OF_NAME.search(text) and small >= 0.4 * len(words):
        return heading_kind(text) is None
    return len(words) >= 9 and small > 0.55 * len(words) and heading_kind(text) is None


def continues(
    rows: Sequence[Row], entries: Sequence[Entry], text: str, running: frozenset[str], headed: bool
) -> bool:
    """Tell whether a following page goes on with the list of signatories.

    ``headed`` tells that the page before ends with a heading of such a list.
    """
    if not rows or any(salutation(line.strip()) for line in text.split("\n")[:60]):
        return False
    first = row_text(rows[0])
    if headed or any(heading_kind(row_text(row)) for row in rows[:2]):
        return _share(rows) >= 0.6
    if _TITLE_OF_MORE.match(first) or (
        len(first.split()) > 1
        and first.isupper()
        and entries
        and not entries[-1].lines[-1].isupper()
    ):
        return False
    runs_on = any(
        skeleton(line) in running and len(skeleton(line)) > 8 for line in text.split("\n")[:3]
    )
    if entries and len(entries) < _MANY and not runs_on and not _names_groups(rows):
        return False
    return _share(rows) >= _LIKE


def _names_groups(rows: Sequence[Row]) -> bool:
    """Tell whether most of a page's lines have words of groups or titles, or are people's names."""
    parts = [part.text for row in rows for part in row if not is_stop(part.text)]
    if (
        2 <= len(parts) <= _FEW_LINES
        and kind_of(tidy(parts[0])) is Kind.PERSON
        and is_title(parts[1])
    ):
        return True
    sure = sum(
        has_group_word(part) or is_title(part) or kind_of(tidy(part)) is Kind.PERSON
        for part in parts
    )
    return 2 * sure >= len(parts) and (sure >= _MANY or sure == len(parts))


def _share(rows: Sequence[Row]) -> float:
    """Return the share of segments, up to the end of the list, that are like signatures."""
    parts: list[str] = []
    for row in rows:
        if is_stop(row[0].text) and parts:
            break
        parts += [part.text for part in row if not is_remark(part.text)]
    like = sum(_is_like(part) for part in parts)
    return like / len(parts) if parts else 0.0


def _is_like(text: str) -> bool:
    words = text.split()
    if len(words) > 16 or is_prose(text) or HEADER_FIELD.match(text):
        return False
    figures = sum(letter.isdigit() for letter in text)
    if figures > 0.3 * len(text) or (
        text.endswith((".", "?", ";")) and not END_OF_NAME.search(text) and len(words) > 4
    ):
        return False
    return (
        text[0].isupper() or text[0] in "\"'“‘•●·▪*-–(/_&" or text[0].isdigit() or len(words) <= 4
    )

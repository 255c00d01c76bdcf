"""What stands among a message's lines and is none of them: marks of offices, stamps, ``>``.

Only what a page's edge or its words show to be put there by a printer or an office is left out: a
figure by itself may be a line of a table.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from recordsearch.understand.letter_furniture import is_page_number, is_stamp

_EDGE_LINES = 4
_MARKING_CHARACTERS = 200
# What an office prints on the pages that it releases.
_MARKING = re.compile(
    r"(?:UNCLASSIFIED|SENSITIVE BUT UNCLASSIFIED|CONFIDENTIAL|SECRET|RELEASED? IN (?:PART|FULL)"
    r"|FOR OFFICIAL USE ONLY|APPROVED FOR RELEASE|PRODUCED (?:TO|BY)|OBTAINED (?:VIA|BY))\b"
    r"(?:[^a-z\n]|(?<=[A-Z])[a-z]|U\.S\. Department of [A-Z][a-z]+|Case No|Doc No|Date){0,140}"
)
_QUOTE_MARKS = re.compile(r"[ \t]{0,8}(?:>[ \t]{0,2}){1,40}")


def is_marking(line: str) -> bool:
    """Tell whether a line, stripped, is a classification or says how it was released."""
    return (
        line[:1].isupper()
        and len(line) <= _MARKING_CHARACTERS
        and _MARKING.fullmatch(line) is not None
    )


def is_edge_mark(line: str, *, number: bool) -> bool:
    """Tell whether a line at a page's edge is a stamp, or, if ``number``, a page's number.

    A mere figure of four digits or more may be an amount, unless it begins with 0 as stamps do.
    """
    if line[:1] == ">":
        return False
    short = number and (len(line) <= 3 or line[:1] in "0-–")
    return (short or any(map(str.isalpha, line[:120]))) and (is_page_number(line) or is_stamp(line))


def edge_lines(pages: Sequence[str]) -> frozenset[str]:
    """Return the lines, stripped, that stand among the first or last four of a page."""
    found: set[str] = set()
    for page in pages:
        lines = _full_lines(page)
        found.update(lines[:_EDGE_LINES])
        found.update(lines[-_EDGE_LINES:])
    return frozenset(found)


def without_furniture(text: str, pages: Sequence[str]) -> str:
    """Return a printed message's own text without markings, stamps and page numbers.

    ``pages`` are the texts of the pages on which it stands. Nor are there the marks of quotation
    that all of it has.
    """
    printed = {
        line
        for page in pages
        for lines in (_full_lines(page), _full_lines(page)[::-1])
        for line in takewhile(_is_printed, lines[:_EDGE_LINES])
    }
    kept = [
        line
        for line in text.split("\n")
        if (bare := line.strip()) not in printed and not is_marking(bare)
    ]
    return "\n".join(_unquoted(kept)).strip("\n")


def _full_lines(page: str) -> list[str]:
    return [stripped for line in page.split("\n") if (stripped := line.strip())]


def _is_printed(line: str) -> bool:
    """Tell whether a line at the very edge of a page is none of its text."""
    return is_marking(line) or is_edge_mark(line, number=True)


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    """Take away as many marks of quotation as the lines of a message have in common."""
    full = [line for line in lines if line.strip()]
    marks = [found[0].count(">") for line in full if (found := _QUOTE_MARKS.match(line))]
    # A line that a mail program broke has no mark of its own.
    if not marks or 2 * len(marks) <= len(full):
        return lines
    depth = min(marks)
    marked = re.compile(rf"(?:[ \t]{{0,8}}>[ ]?){{1,{min(depth, 40)}}}")
    return [marked.sub("", line, count=1) if marked.match(line) else line for line in lines]

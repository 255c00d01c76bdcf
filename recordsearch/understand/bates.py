"""Find the Bates number that a production stamped on each page.

A stamp is a prefix with a letter and a number of fixed width, in the first or last lines of a
page, and it counts up by one from page to page. A number on a page is taken only when another
page's stamp bears it out, or, on a document of one page, when it is shaped like nothing else: what
is not on the page is absent, never invented.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

# How far from the top and the bottom of a page a stamp is looked for, in printed lines.
_EDGE_LINES = 4
# PREFIX-000123, PREFIX_000123, PREFIX 000123, PREFIX000123, PRE-FIX-000123. OCR puts blanks
# between the digits of a stamp; they are taken out again where the run of pages bears it out.
_STAMP = re.compile(
    r"(?<![\w-])(?P<prefix>[A-Z][A-Z0-9&.]{0,14}(?:[-_ ][A-Z][A-Z0-9&.]{0,14}){0,3})"
    r"[-_ ]{0,2}(?P<number>\d(?: ?\d){3,9})(?![\w-])"
)
# Words before a number that is something else: a docket, a year, a form, a statute, a place.
_NOT_A_PREFIX = re.compile(
    r"\b(?:NO|CASE|FORM|PAGE|BOX|SUITE|ROOM|TEL|FAX|PHONE|DOC|DOCUMENT|ECF|FILED|REV|OMB|PUB|"
    r"JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|"
    r"AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|DC|CA|NY|TX|FL|WA|MD|VA|PA|IL|MA|SEC|SECTION)$"
)
_LONE_STAMP_DIGITS = 5


@dataclass(frozen=True, slots=True)
class _Stamp:
    written: str
    prefix: str
    number: int
    digits: int


def find_bates(pages: Sequence[str]) -> list[str]:
    """Return the Bates number of each page as it is printed, or an empty string.

    ``pages`` are the texts of a document's pages in order.
    """
    seen = [_stamps(text) for text in pages]
    if len(pages) == 1:
        lone = [
            stamp
            for stamp in seen[0]
            if stamp.digits >= _LONE_STAMP_DIGITS and stamp.written.find(" ") < 0
        ]
        return [lone[-1].written if lone else ""]
    # Stamps of one run share prefix, width, and the difference between number and page.
    runs = Counter(
        (stamp.prefix, stamp.digits, stamp.number - page)
        for page, stamps in enumerate(seen)
        for stamp in set(stamps)
    )
    found = []
    for page, stamps in enumerate(seen):
        best, support = "", 1
        for stamp in stamps:
            count = runs[stamp.prefix, stamp.digits, stamp.number - page]
            if count > support:
                best, support = stamp.written, count
        found.append(best)
    return found


def _stamps(text: str) -> list[_Stamp]:
    lines = [line for line in text.splitlines() if line.strip()]
    edge = lines if len(lines) <= 2 * _EDGE_LINES else lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]
    stamps = []
    for line in edge:
        for match in _STAMP.finditer(line[:400]):
            prefix, digits = match["prefix"], match["number"].replace(" ", "")
            if not _NOT_A_PREFIX.search(prefix):
                before = match[0][: -len(match["number"])]
                stamps.append(_Stamp(before + digits, prefix, int(digits), len(digits)))
    return stamps

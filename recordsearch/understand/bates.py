"""Find the Bates number that a production stamped on each page.

A stamp is a prefix with a letter and a number of fixed width, in the first or last lines of a
page, and it counts up by one from page to page. A number on a page is taken only when other
pages' stamps bear it out, or, on a document of one page, when it is shaped like nothing else: what
is not on the page is absent, never invented. A page that holds several stamps of one series, as
one does that a text without page breaks was cut into, has no one number, and none is given.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# How far from the top and the bottom of a page a stamp is looked for, in printed lines.
_EDGE_LINES = 4
# PREFIX-000123, PREFIX_000123, PREFIX 000123, PREFIX000123, PRE-FIX-000123. OCR puts blanks
# between the digits of a stamp; they are taken out again where the run of pages bears it out.
_FORM = (
    r"(?P<prefix>[A-Z][A-Z0-9&.]{0,14}(?:[-_ ][A-Z][A-Z0-9&.]{0,14}){0,3})"
    r"[-_ ]{0,2}(?P<number>\d(?: ?\d){3,9})"
)
_STAMP = re.compile(rf"(?<![\w-]){_FORM}(?![\w-])")
_ALONE = re.compile(rf"^[ \t]*{_FORM}[ \t\r]*$", re.MULTILINE)
# Words before a number that is something else: a docket, a year, a form, a statute, a place.
_NOT_A_PREFIX = re.compile(
    r"\b(?:NO|CASE|FORM|PAGE|BOX|SUITE|ROOM|TEL|FAX|PHONE|DOC|DOCUMENT|ECF|FILED|REV|OMB|PUB|"
    r"JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|"
    r"AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|DC|CA|NY|TX|FL|WA|MD|VA|PA|IL|MA|SEC|SECTION)$"
)
_LONE_STAMP_DIGITS = 5
_LEAST_STEPS = 3
"""Pages on which a series must have counted up by one before its gaps are believed."""

_Series = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A stamp; ``alone`` on its line, ``foot`` among a page's last lines."""

    written: str
    prefix: str
    number: int
    digits: int
    alone: bool
    foot: bool

    @property
    def series(self) -> _Series:
        """What all stamps of a production share."""
        return self.prefix, self.digits


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
        return [lone[-1].written if lone and not _has_several(pages[0], lone[-1]) else ""]
    run_on = _read_runs(pages, seen)
    with_gaps = _read_gaps(seen)
    return [
        found or (gap.written if gap and not _has_several(pages[page], gap) else "")
        for page, (found, gap) in enumerate(
            zip(run_on, (with_gaps.get(page) for page in range(len(pages))), strict=True)
        )
    ]


def _read_runs(pages: Sequence[str], seen: Sequence[Sequence[_Stamp]]) -> list[str]:
    """Return each page's stamp that counts up with the pages as another page's does."""
    # Stamps of one run share prefix, width, and the difference between number and page.
    runs = Counter(
        (stamp.series, stamp.number - page)
        for page, stamps in enumerate(seen)
        for stamp in {(stamp.series, stamp.number): stamp for stamp in stamps}.values()
    )
    found = []
    for page, stamps in enumerate(seen):
        best: _Stamp | None = None
        support = 1
        for stamp in stamps:
            count = runs[stamp.series, stamp.number - page]
            if count > support:
                best, support = stamp, count
        if best and _has_several(pages[page], best) and not _is_between(best, page, seen):
            best = None
        found.append(best.written if best else "")
    return found


def _read_gaps(seen: Sequence[Sequence[_Stamp]]) -> Mapping[int, _Stamp]:
    """Return pages' stamps of series that count up by one on most pages, but not on all.

    Pages are left out of releases. Such a stamp is alone on its line, at the edge of the page at
    which the others are, and higher than the one before it or lower than the one after it.
    """
    series: dict[_Series, list[tuple[int, _Stamp]]] = {}
    for page, stamps in enumerate(seen):
        alone = {(stamp.series, stamp.number): stamp for stamp in stamps if stamp.alone}
        for stamp in alone.values():
            series.setdefault(stamp.series, []).append((page, stamp))
    found: dict[int, _Stamp] = {}
    for placed in sorted(series.values(), key=len):
        steps = [
            after.number - before.number == later - page > 0
            for (page, before), (later, after) in pairwise(placed)
        ]
        if sum(steps) < _LEAST_STEPS or 2 * sum(steps) < len(steps):
            continue
        foot = 2 * sum(stamp.foot for _, stamp in placed) >= len(placed)
        for place, (page, stamp) in enumerate(placed):
            before = placed[place - 1][1].number < stamp.number if place else False
            after = place + 1 < len(placed) and stamp.number < placed[place + 1][1].number
            if stamp.foot == foot and (before or after):
                found[page] = stamp
    return found


def _is_between(stamp: _Stamp, page: int, seen: Sequence[Sequence[_Stamp]]) -> bool:
    """Tell whether the pages before and after bear the numbers before and after a stamp's."""
    return all(
        0 <= page + step < len(seen)
        and any(
            other.series == stamp.series and other.number == stamp.number + step
            for other in seen[page + step]
        )
        for step in (-1, 1)
    )


def _has_several(text: str, stamp: _Stamp) -> bool:
    """Tell whether other stamps of a stamp's series stand on the page, alone on their lines."""
    for match in _ALONE.finditer(text):
        digits = match["number"].replace(" ", "")
        if (match["prefix"], len(digits)) == stamp.series and int(digits) != stamp.number:
            return True
    return False


def _stamps(text: str) -> list[_Stamp]:
    lines = [line for line in text.splitlines() if line.strip()]
    last = max(len(lines) - _EDGE_LINES, 0)
    edge = [*range(min(_EDGE_LINES, last)), *range(last, len(lines))]
    stamps = []
    for place in edge:
        line = lines[place][:400]
        for match in _STAMP.finditer(line):
            prefix, digits = match["prefix"], match["number"].replace(" ", "")
            if not _NOT_A_PREFIX.search(prefix):
                before = match[0][: -len(match["number"])]
                alone = match[0] == line.strip()
                stamps.append(
                    _Stamp(before + digits, prefix, int(digits), len(digits), alone, place >= last)
                )
    return stamps

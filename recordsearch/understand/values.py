"""Find values with a shape: addresses, telephone numbers, sums, case numbers, statutes.

Each kind has its finder in a module of its own; here their findings become values of the document,
bounded, in order, and none inside another; but a statute may be an exemption as well.
"""

from collections.abc import Sequence
from itertools import islice

from recordsearch.contents import Value, ValueKind
from recordsearch.passages import PAGE_SEPARATOR
from recordsearch.records import Adapter
from recordsearch.understand.exemptions import find_exemptions
from recordsearch.understand.value_case import find_cases
from recordsearch.understand.value_internet import find_emails, find_urls
from recordsearch.understand.value_money import find_money
from recordsearch.understand.value_phone import find_phones
from recordsearch.understand.value_shapes import Finder, Found
from recordsearch.understand.value_statute import find_statutes

ADAPTER = Adapter("values", "3")

# Per page and kind. A full page of a directory holds some 200 addresses.
MOST_VALUES = 500
# A page is a printed page; what is far longer is data, of which the first part is looked at.
_MOST_CHARACTERS = 2_000_000
_MOST_LINE_BREAKS = 1

_DIGITS = frozenset("0123456789")
# The kinds that have a digit, apart from those that have other marks.
_WITHOUT_DIGIT: tuple[tuple[ValueKind, Finder], ...] = (
    (ValueKind.EMAIL, find_emails),
    (ValueKind.URL, find_urls),
)
_WITH_DIGIT: tuple[tuple[ValueKind, Finder], ...] = (
    (ValueKind.PHONE, find_phones),
    (ValueKind.MONEY, find_money),
    (ValueKind.CASE, find_cases),
    (ValueKind.STATUTE, find_statutes),
)


def find_values(pages: Sequence[str]) -> list[Value]:
    """Return the values on a document's pages, in order of their place.

    ``pages`` are the texts of the pages in order; places are in the document's text. A value lies
    on one page, on two lines at most. Of each kind a page gives at most ``MOST_VALUES``.
    """
    values: list[Value] = []
    offset = 0
    for number, text in enumerate(pages, 1):
        values += _values_of_page(text[:_MOST_CHARACTERS], number, offset)
        offset += len(text) + len(PAGE_SEPARATOR)
    return values


def _values_of_page(text: str, page: int, offset: int) -> list[Value]:
    finders = _WITHOUT_DIGIT if _DIGITS.isdisjoint(text) else _WITHOUT_DIGIT + _WITH_DIGIT
    values: list[Value] = []
    statutes: list[Found] = []
    for kind, finder in finders:
        found = list(islice(finder(text), 4 * MOST_VALUES))
        values += _kept(found, kind, text, page, offset)
        if kind is ValueKind.STATUTE:
            statutes = found
    values.sort(key=lambda value: (value.start, -value.end))
    values = _outermost(values)
    if finders is not _WITHOUT_DIGIT:
        exemptions = find_exemptions(text, statutes)
        if exemptions:
            values += _kept(exemptions, ValueKind.EXEMPTION, text, page, offset)
            values.sort(key=lambda value: (value.start, -value.end))
    return values


def _kept(found: list[Found], kind: ValueKind, text: str, page: int, offset: int) -> list[Value]:
    """Return the findings of a kind as values, in order and without overlaps."""
    # A finder's patterns each run over the page, so its findings come in several orders.
    found = sorted(found, key=lambda one: (one.start, -one.end))
    values: list[Value] = []
    free = 0
    for start, end, value in found:
        if start < free or text.count("\n", start, end) > _MOST_LINE_BREAKS:
            continue
        free = end
        values.append(Value(kind, value, text[start:end], page, offset + start, offset + end))
        if len(values) == MOST_VALUES:
            break
    return values


def _outermost(values: list[Value]) -> list[Value]:
    """Leave out what lies inside another value: the number of a law, the digits of an address."""
    kept: list[Value] = []
    for value in values:
        if not kept or value.end > kept[-1].end:
            kept.append(value)
    return kept

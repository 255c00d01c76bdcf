"""The fields of an index, the same in every engine, and what of a passage goes into each.

An index has these fields of tokens, all made by :mod:`recordsearch.query.analysis`:

    exact        the joined reading, with positions
    parted       the parted reading, with positions; empty for most passages
    stemmed      the stems of both readings
    boilerplate  both readings of the parts of the text that are repeated all over the release,
                 with positions; the three fields above are without them
    file, release, from …  a field for each of :data:`recordsearch.query.fields.INDEXED`, with
                 positions

and the numbers ``passage``, ``first_page``, ``last_page`` and ``sent``.

Boilerplate is found by a phrase alone, and never counts for the score: a word that stands in the
footer of every message says nothing about any of them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from recordsearch.query.analysis import Streams, streams
from recordsearch.query.fields import INDEXED
from recordsearch.records import IndexEntry

# Raised when a field or its content changes, in whichever engine.
FIELDS_VERSION = "3"

EXACT, PARTED, STEMMED, BOILERPLATE = "exact", "parted", "stemmed", "boilerplate"
PASSAGE, FIRST_PAGE, LAST_PAGE, SENT = "passage", "first_page", "last_page", "sent"

POSITIONED = (EXACT, PARTED, BOILERPLATE, *INDEXED)
"""The fields of tokens with positions; :data:`STEMMED` is the one without."""
NUMBERS = (PASSAGE, FIRST_PAGE, LAST_PAGE, SENT)
"""The fields of numbers."""

# Stands between two values of a field, and where boilerplate was taken out of a text, so that no
# phrase crosses it. No token is like it, and it is further from each than a fuzzy word may be.
_BREAK = " ||| "
_KNOWN = frozenset(INDEXED)


class FieldTexts(NamedTuple):
    """The content of the fields of tokens for one passage, tokens joined by single spaces.

    ``others`` are pairs of a field and its content, for those that have any.
    """

    exact: str
    stemmed: str
    others: list[tuple[str, str]]


class FieldTextsOf:
    """Makes field texts from entries; remembers values of fields, which mostly repeat."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, ...], str] = {}

    def of(self, entry: IndexEntry) -> FieldTexts:
        """Make the field texts of an entry.

        :raises KeyError: the entry has a field that no index holds.
        """
        text, boilerplate = _apart(entry) if entry.boilerplate else (streams(entry.text), "")
        others = []
        if text.parted:
            others.append((PARTED, text.parted))
        if boilerplate:
            others.append((BOILERPLATE, boilerplate))
        for name, values in entry.fields.items():
            if name not in _KNOWN:
                raise KeyError(name)
            found = self._values.get(values)
            if found is None:
                found = self._analyse(values)
            if found:
                others.append((name, found))
        return FieldTexts(text.exact, text.stemmed, others)

    def _analyse(self, values: tuple[str, ...]) -> str:
        if len(self._values) > 1_000:
            self._values.clear()
        found = self._values[values] = _joined(streams(value).exact for value in values)
        return found


def _apart(entry: IndexEntry) -> tuple[Streams, str]:
    """Analyse the text without its boilerplate, and the boilerplate."""
    kept, repeated = [], []
    place = 0
    for start, end in entry.boilerplate:
        kept.append(streams(entry.text[place : max(start, place)]))
        repeated.append(streams(entry.text[max(start, place) : end]))
        place = max(place, end)
    kept.append(streams(entry.text[place:]))
    text = Streams(
        _joined(part.exact for part in kept),
        # A part in which no word is broken reads the same in the exact field.
        _joined(part.parted for part in kept),
        " ".join(part.stemmed for part in kept if part.stemmed),
    )
    return text, _joined(reading for part in repeated for reading in (part.exact, part.parted))


def _joined(contents: Iterable[str]) -> str:
    return _BREAK.join(filter(None, contents))

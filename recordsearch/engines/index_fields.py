"""The fields of an index, the same in every engine, and what of a passage goes into each.

An index has these fields of tokens, all made by :mod:`recordsearch.query.analysis`:

    exact        the joined reading, with positions
    parted       the parted reading, with positions; empty for most passages
    stemmed      the stems of both readings
    boilerplate  both readings of the parts of the text that are repeated all over the release,
                 with positions; the three fields above are without them
    title        the stems of the subject of its message or letter, or of its document's title
    file, release, from …  a field for each of :data:`recordsearch.query.fields.INDEXED`, with
                 positions

and the numbers ``passage``, ``first_page``, ``last_page``, ``sent`` and ``confidence``, which
is stored as :func:`as_stored` says.

Boilerplate is found by a phrase alone, and never counts for the score: a word that stands in the
footer of every message says nothing about any of them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from recordsearch.query.analysis import APART, Streams, streams
from recordsearch.query.fields import INDEXED
from recordsearch.records import IndexEntry

# Raised when a field or its content changes, in whichever engine.
FIELDS_VERSION = "5"

EXACT, PARTED, STEMMED, BOILERPLATE = "exact", "parted", "stemmed", "boilerplate"
TITLE = "title"
PASSAGE, FIRST_PAGE, LAST_PAGE = "passage", "first_page", "last_page"
SENT, CONFIDENCE = "sent", "confidence"

POSITIONED = (EXACT, PARTED, BOILERPLATE, *INDEXED)
"""The fields of tokens with positions."""
COUNTED = (STEMMED, TITLE)
"""The fields of tokens without positions."""
NUMBERS = (PASSAGE, FIRST_PAGE, LAST_PAGE, SENT, CONFIDENCE)
"""The fields of numbers."""

# Stands between two values of a field, and where boilerplate was taken out of a text, so that no
# phrase crosses it; where words are only near each other, it is one word between them.
_BREAK = f" {APART} "
_KNOWN = frozenset(INDEXED)
_NORMAL_FORMS = ("bates", "exemption")


def as_stored(confidence: float) -> int:
    """Return the number above 0 that stands for a confidence: whole hundredths, and one."""
    # What is 59.99 to a person is a little less to the machine.
    return int(confidence * 100 + 1e-6) + 1


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
        self._values: dict[tuple[str, tuple[str, ...]], str] = {}

    def of(self, entry: IndexEntry) -> FieldTexts:
        """Make the field texts of an entry.

        :raises KeyError: the entry has a field that no index holds.
        """
        text, boilerplate = (
            _apart(entry) if entry.boilerplate else (streams(entry.text, entry.language), "")
        )
        others = []
        if text.parted:
            others.append((PARTED, text.parted))
        if boilerplate:
            others.append((BOILERPLATE, boilerplate))
        for name, values in entry.fields.items():
            if name not in _KNOWN:
                raise KeyError(name)
            form = name if name in _NORMAL_FORMS else ""
            found = self._values.get((form, values))
            if found is None:
                found = self._analyse(form, values)
            if found:
                others.append((name, found))
        title = self._titled(entry)
        if title:
            others.append((TITLE, title))
        return FieldTexts(text.exact, text.stemmed, others)

    def _titled(self, entry: IndexEntry) -> str:
        values = (entry.title,) if entry.title else entry.fields.get("subject", ())
        found = self._values.get((TITLE + entry.language, values))
        if found is None:
            found = " ".join(streams(value, entry.language).stemmed for value in values)
            self._values[TITLE + entry.language, values] = found
        return found

    def _analyse(self, form: str, values: tuple[str, ...]) -> str:
        from recordsearch.query.normal import content  # a search has no need of it

        if len(self._values) > 1_000:
            self._values.clear()
        found = _joined(content(form, value) for value in values)
        self._values[form, values] = found
        return found


def _apart(entry: IndexEntry) -> tuple[Streams, str]:
    """Analyse the text without its boilerplate, and the boilerplate."""
    kept, repeated = [], []
    place = 0
    for start, end in entry.boilerplate:
        kept.append(streams(entry.text[place : max(start, place)], entry.language))
        repeated.append(streams(entry.text[max(start, place) : end]))
        place = max(place, end)
    kept.append(streams(entry.text[place:], entry.language))
    text = Streams(
        _joined(part.exact for part in kept),
        # A part in which no word is broken reads the same in the exact field.
        _joined(part.parted for part in kept),
        " ".join(part.stemmed for part in kept if part.stemmed),
    )
    return text, _joined(reading for part in repeated for reading in (part.exact, part.parted))


def _joined(contents: Iterable[str]) -> str:
    return _BREAK.join(filter(None, contents))

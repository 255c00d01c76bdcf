"""Lower a tree to the few forms that every engine compiles, so that engines cannot diverge.

An index has these fields of tokens, all made by :mod:`recordsearch.query.analysis`:

    exact    the joined reading, with positions
    parted   the parted reading, with positions; empty for most passages
    stemmed  the stems of both readings
    file     the paths at which the document lies, with positions
    release  the names of its releases, with positions

and the numbers ``passage``, ``first_page`` and ``last_page``.

After lowering a negation stands only in :attr:`All.excluded`, beside something to exclude from.

The forms are named tuples because a dataclass takes longer to define, and every start pays it.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from recordsearch.query.analysis import stem, streams
from recordsearch.query.tree import (
    And,
    Fuzzy,
    InFile,
    InRelease,
    Node,
    Not,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Word,
)
from recordsearch.records import IndexEntry

# Raised when a field or its content changes, in whichever engine.
FIELDS_VERSION = "1"

EXACT, PARTED, STEMMED, FILE, RELEASE = "exact", "parted", "stemmed", "file", "release"
PASSAGE, FIRST_PAGE, LAST_PAGE = "passage", "first_page", "last_page"

# Stands between two values of a field; no token is like it, so that no phrase crosses it.
_VALUE_BREAK = " | "

# A word as it was typed counts twice as much as an inflection of it.
_EXACT_WEIGHT = 2.0

# A prefix stands for at most this many words of the index, a query's prefixes for at most that
# many together: 10,000 terms take some hundredths of a second to look up.
MOST_EXPANDED = 10_000
MOST_EXPANDED_IN_ALL = 50_000


class Terms(NamedTuple):
    """Any of these terms (field, token, weight); those with weight 0 do not add to the score."""

    terms: tuple[tuple[str, str, float], ...]


class Sequence(NamedTuple):
    """These two or more tokens one after another, in any of the fields (name, weight)."""

    words: tuple[str, ...]
    fields: tuple[tuple[str, float], ...]


class Begins(NamedTuple):
    """Any term of these fields that begins so; replaced by :class:`OneOf` in :func:`expand`."""

    text: str
    fields: tuple[str, ...]
    weight: float


class OneOf(NamedTuple):
    """Any of these terms in any of these fields, each passage with the same score ``weight``."""

    texts: tuple[str, ...]
    fields: tuple[str, ...]
    weight: float


class Near(NamedTuple):
    """Any term of these fields at most ``distance`` edits away, with the same score ``weight``."""

    text: str
    distance: int
    fields: tuple[str, ...]
    weight: float


class Pages(NamedTuple):
    """Passages whose pages overlap ``low`` to ``high``, both included; None is no bound."""

    low: int
    high: int | None


class Everything(NamedTuple):
    """Every passage."""


class Either(NamedTuple):
    """Any of these, of which there are two or more."""

    plans: "tuple[Plan, ...]"


class All(NamedTuple):
    """All of ``required``, of which there is one or more, and none of ``excluded``."""

    required: "tuple[Plan, ...]"
    excluded: "tuple[Plan, ...]" = ()


Plan = Terms | Sequence | Begins | OneOf | Near | Pages | Everything | Either | All


class FieldTexts(NamedTuple):
    """The content of the fields of tokens for one passage, tokens joined by single spaces."""

    exact: str
    parted: str
    stemmed: str
    file: str
    release: str


class FieldTextsOf:
    """Makes field texts from entries; remembers the last file and release, which repeat."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}

    def of(self, entry: IndexEntry) -> FieldTexts:
        """Make the field texts of an entry."""
        text = streams(entry.text)
        return FieldTexts(
            text.exact,
            text.parted,
            text.stemmed,
            self._name(entry.files),
            self._name(entry.releases),
        )

    def _name(self, values: tuple[str, ...]) -> str:
        found = self._names.get(values)
        if found is None:
            if len(self._names) > 1_000:
                self._names.clear()
            found = _VALUE_BREAK.join(streams(value).exact for value in values)
            self._names[values] = found
        return found


def lower(tree: Node) -> Plan:
    """Lower a tree."""
    match tree:
        case And(children):
            required = tuple(lower(child) for child in children if not isinstance(child, Not))
            excluded = tuple(lower(child.child) for child in children if isinstance(child, Not))
            return All(required or (Everything(),), excluded)
        case Or(children):
            return Either(tuple(lower(child) for child in children))
        case Not(child):
            return All((Everything(),), (lower(child),))
        case InFile(text):
            return _in_field(text, FILE)
        case InRelease(text):
            return _in_field(text, RELEASE)
        case PageRange(low, high):
            return Pages(low, high)
        case _:
            return _in_text(tree)


def _in_text(leaf: Word | Phrase | Prefix | Fuzzy) -> Plan:
    match leaf:
        case Word(text):
            # Every token of either reading has its stem in the stemmed field, so the stem alone
            # decides whether a passage matches.
            return Terms(((STEMMED, stem(text), 1.0), (EXACT, text, _EXACT_WEIGHT)))
        case Phrase(words) if len(words) == 1:
            return Terms(((EXACT, words[0], _EXACT_WEIGHT), (PARTED, words[0], _EXACT_WEIGHT)))
        case Phrase(words):
            return Sequence(words, ((EXACT, _EXACT_WEIGHT), (PARTED, _EXACT_WEIGHT)))
        case Prefix(text):
            return Begins(text, (EXACT, PARTED), 1.0)
        case Fuzzy(text, distance):
            return Near(text, distance, (EXACT, PARTED), 1.0)


def _in_field(text: Word | Phrase | Prefix, field: str) -> Plan:
    match text:
        case Word(word) | Phrase((word,)):
            return Terms(((field, word, 0.0),))
        case Phrase(words):
            return Sequence(words, ((field, 0.0),))
        case Prefix(beginning):
            return Begins(beginning, (field,), 0.0)


def expand(
    plan: Plan, terms_of: Callable[[str, str], Iterable[str]]
) -> tuple[Plan, tuple[str, ...]]:
    """Replace each prefix by the terms that it stands for; return also a note for each limit met.

    ``terms_of(field, prefix)`` gives an index's terms. The first in the order of their code points
    (which is that of their UTF-8 bytes) are taken, so every engine takes the same.
    """
    expansion = _Expansion(terms_of)
    return expansion.of(plan), tuple(expansion.notes)


class _Expansion:
    def __init__(self, terms_of: Callable[[str, str], Iterable[str]]) -> None:
        self._terms_of = terms_of
        self._left = MOST_EXPANDED_IN_ALL
        self.notes: dict[str, None] = {}

    def of(self, plan: Plan) -> Plan:
        match plan:
            case Begins():
                return self._terms(plan)
            case Either(plans):
                return Either(tuple(map(self.of, plans)))
            case All(required, excluded):
                return plan._replace(
                    required=tuple(map(self.of, required)),
                    excluded=tuple(map(self.of, excluded)),
                )
        return plan

    def _terms(self, plan: Begins) -> OneOf:
        found = {term for field in plan.fields for term in self._terms_of(field, plan.text)}
        texts = sorted(found)
        most = min(MOST_EXPANDED, self._left)
        if len(texts) > most:
            texts = texts[:most]
            self.notes[
                f"{plan.text}* stands for {len(found):,} words; only the first {most:,} in "
                "alphabetical order were looked for: give a longer beginning"
            ] = None
        self._left -= len(texts)
        return OneOf(tuple(texts), plan.fields, plan.weight)


def is_tied(plan: Plan) -> bool:
    """Tell whether all passages that match have the same score, by the form of the plan alone."""
    match plan:
        case Terms() | Sequence():
            return _is_weightless(plan)
        case Either():
            return _is_weightless(plan)
        case All(required):
            return all(map(is_tied, required))
    return True


def _is_weightless(plan: Plan) -> bool:
    match plan:
        case Terms(terms):
            return not any(weight for _, _, weight in terms)
        case Sequence(_, fields):
            return not any(weight for _, weight in fields)
        case OneOf() | Near() | Begins():
            return not plan.weight
        case Either(plans) | All(plans):
            return all(map(_is_weightless, plans))
    return True

"""Lower a tree to the few forms that every engine compiles, so that engines cannot diverge.

After lowering a negation stands only in :attr:`All.excluded`, beside something to exclude from.

The forms are named tuples because a dataclass takes longer to define, and every start pays it.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from recordsearch.engines.index_fields import BOILERPLATE, EXACT, PARTED, STEMMED
from recordsearch.query.analysis import stem
from recordsearch.query.fields import PARTICIPANTS
from recordsearch.query.tree import (
    And,
    Fuzzy,
    InField,
    Node,
    Not,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Sent,
    Word,
)

# A word as it was typed counts twice as much as an inflection of it.
_EXACT_WEIGHT = 2.0
_PHRASE_FIELDS = ((EXACT, _EXACT_WEIGHT), (PARTED, _EXACT_WEIGHT), (BOILERPLATE, 0.0))

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


class Days(NamedTuple):
    """Passages sent from day ``low`` to ``high`` (YYYYMMDD), both included; None is no bound.

    A passage without a day is never among them, also where an engine holds 0 for it.
    """

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


Plan = Terms | Sequence | Begins | OneOf | Near | Pages | Days | Everything | Either | All


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
        case InField(name, text):
            return _in_fields(text, PARTICIPANTS if name == "participant" else (name,))
        case PageRange(low, high):
            return Pages(low, high)
        case Sent(first, last):
            return Days(first or 1, last)
        case _:
            return _in_text(tree)


def _in_text(leaf: Word | Phrase | Prefix | Fuzzy) -> Plan:
    match leaf:
        case Word(text):
            # Every token of either reading has its stem in the stemmed field, so the stem alone
            # decides whether a passage matches.
            return Terms(((STEMMED, stem(text), 1.0), (EXACT, text, _EXACT_WEIGHT)))
        case Phrase(words) if len(words) == 1:
            return Terms(tuple((field, words[0], weight) for field, weight in _PHRASE_FIELDS))
        case Phrase(words):
            return Sequence(words, _PHRASE_FIELDS)
        case Prefix(text):
            return Begins(text, (EXACT, PARTED), 1.0)
        case Fuzzy(text, distance):
            return Near(text, distance, (EXACT, PARTED), 1.0)


def _in_fields(text: Word | Phrase | Prefix, fields: tuple[str, ...]) -> Plan:
    match text:
        case Word(word) | Phrase((word,)):
            return Terms(tuple((field, word, 0.0) for field in fields))
        case Phrase(words):
            return Sequence(words, tuple((field, 0.0) for field in fields))
        case Prefix(beginning):
            return Begins(beginning, fields, 0.0)


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

"""Lower a tree to the few forms that every engine compiles, so that engines cannot diverge.

After lowering a negation stands only in :attr:`All.excluded`, beside something to exclude from.

The forms are named tuples because a dataclass takes longer to define, and every start pays it.
"""

from collections.abc import Sequence as Series
from typing import TYPE_CHECKING, NamedTuple

from recordsearch.engines.index_fields import (
    BOILERPLATE,
    CONFIDENCE,
    EXACT,
    PARTED,
    SENT,
    STEMMED,
    TITLE,
    as_stored,
)
from recordsearch.errors import UsageError
from recordsearch.query.analysis import stems
from recordsearch.query.fields import PARTICIPANTS
from recordsearch.query.tree import (
    And,
    BatesRange,
    Boost,
    Confidence,
    Favoured,
    Fuzzy,
    InField,
    Leaf,
    Node,
    Not,
    Numbered,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Regex,
    Sent,
    Text,
    Tolerant,
    Wildcard,
    Word,
)

if TYPE_CHECKING:
    from recordsearch.query.patterns import Part

# The weights of a match. A word as it was typed counts a quarter more than an inflection of it; of
# what stands for many words, each passage that has any of them counts the same. Measured by
# tests/benchmarks/bench_ranking.py.
_STEM_WEIGHT = 2.4
_EXACT_WEIGHT = 0.6
_WORD_WEIGHT = _STEM_WEIGHT + _EXACT_WEIGHT
_MANY_WEIGHT = 1.0
_PHRASE_FIELDS = ((EXACT, _WORD_WEIGHT), (PARTED, _WORD_WEIGHT), (BOILERPLATE, 0.0))
_WORD_FIELDS = (EXACT, PARTED)


class Terms(NamedTuple):
    """Any of these terms (field, token, weight); those with weight 0 do not add to the score."""

    terms: tuple[tuple[str, str, float], ...]


class Sequence(NamedTuple):
    """These two or more tokens one after another, in any of the fields (name, weight)."""

    words: tuple[str, ...]
    fields: tuple[tuple[str, float], ...]


class Together(NamedTuple):
    """These two or more tokens, in any one of the fields (name, weight), near each other.

    Each two of them stand somewhere at most ``distance`` places apart, at two places where they are
    the same token.
    """

    words: tuple[str, ...]
    distance: int
    fields: tuple[tuple[str, float], ...]

    def pairs(self) -> list[tuple[str, str]]:
        """Return the different pairs, each in its order."""
        words = self.words
        return sorted(
            {
                (min(one, other), max(one, other))
                for place, one in enumerate(words)
                for other in words[place + 1 :]
            }
        )


class Begins(NamedTuple):
    """Any term of these fields that begins so; replaced by :class:`OneOf` when expanded."""

    text: str
    fields: tuple[str, ...]
    weight: float


class Alike(NamedTuple):
    """Any term of these fields that a pattern matches; ``written`` is how it was typed.

    Replaced by :class:`OneOf` when expanded, where an engine does not know such patterns itself.
    """

    pattern: "Part"
    written: str
    fields: tuple[str, ...]
    weight: float


class Misread(NamedTuple):
    """A word and what OCR may have made of it; replaced when expanded.

    ``before`` and ``after`` are its neighbours in the query, which it may be joined with, or empty.
    """

    text: str
    itself: Terms
    weight: float
    before: str = ""
    after: str = ""


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


class Between(NamedTuple):
    """Any Bates number from ``low`` to ``high``, in normal form; replaced when expanded."""

    low: str
    high: str


class Pages(NamedTuple):
    """Passages whose pages overlap ``low`` to ``high``, both included; None is no bound."""

    low: int
    high: int | None


class Within(NamedTuple):
    """Passages whose number in ``field`` is from ``low`` to ``high``, both included.

    ``low`` is above 0; None is no bound. A passage without a number is never among them, also where
    an engine holds 0 for it.
    """

    field: str
    low: int
    high: int | None


class These(NamedTuple):
    """The passages with these numbers."""

    passages: tuple[int, ...]


class Everything(NamedTuple):
    """Every passage."""


class Either(NamedTuple):
    """Any of these, of which there are two or more."""

    plans: "tuple[Plan, ...]"


class All(NamedTuple):
    """All of ``required``, of which there is one or more, and none of ``excluded``.

    ``preferred`` adds to the score of what they match, and never decides whether something matches.
    """

    required: "tuple[Plan, ...]"
    excluded: "tuple[Plan, ...]" = ()
    preferred: "tuple[Plan, ...]" = ()


Plan = (
    Terms
    | Sequence
    | Together
    | Begins
    | Alike
    | Misread
    | OneOf
    | Near
    | Between
    | Pages
    | Within
    | These
    | Everything
    | Either
    | All
)


def lower(tree: Node, languages: Series[str] = ("en",)) -> Plan:
    """Lower a tree; ``languages`` (ISO 639-1) are those of the passages.

    :raises UsageError: a condition on ``tag`` was not replaced.
    """
    match tree:
        case And(children):
            required = tuple(
                lower(child, languages) for child in children if not isinstance(child, Not)
            )
            excluded = tuple(
                lower(child.child, languages) for child in children if isinstance(child, Not)
            )
            if len(children) > 1 and any(isinstance(child, Tolerant) for child in children):
                required = _beside(tree, required)
            return All(required or (Everything(),), excluded)
        case Or(children):
            return Either(tuple(lower(child, languages) for child in children))
        case Not(child):
            return All((Everything(),), (lower(child, languages),))
        case Boost(child, weight):
            return boosted(lower(child, languages), weight)
        case Favoured():
            return _favoured(tree, languages)
        case Numbered(passages):
            return These(passages)
        case InField() | PageRange() | Sent() | Confidence() | BatesRange():
            return _condition(tree)
    return _in_text(tree, languages)


def _beside(tree: And, required: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """Tell words that are looked for tolerantly which of the same kind stand beside them."""
    children = [child for child in tree.children if not isinstance(child, Not)]
    texts = ["", *(one.text if isinstance(one, Tolerant) else "" for one in children), ""]
    return tuple(
        plan._replace(before=texts[place], after=texts[place + 2])
        if isinstance(plan, Misread)
        else plan
        for place, plan in enumerate(required)
    )


def _favoured(tree: Favoured, languages: Series[str]) -> Plan:
    terms = [
        (TITLE, stem, weight * _WORD_WEIGHT)
        for word, weight in tree.titles
        for stem in stems(word, languages)
    ]
    terms += [(STEMMED, stem, weight * _WORD_WEIGHT) for stem, weight in tree.stems]
    preferred: list[Plan] = [
        Sequence((one, other), ((EXACT, weight * _WORD_WEIGHT),))
        for one, other, weight in tree.pairs
    ]
    if terms:
        preferred.append(Terms(tuple(terms)))
    return All((lower(tree.child, languages),), (), tuple(preferred))


def _condition(tree: InField | PageRange | Sent | Confidence | BatesRange) -> Plan:
    match tree:
        case InField("tag"):
            raise UsageError("tag: cannot be used here", "use it with: recordsearch search")
        case InField(name, text):
            fields = PARTICIPANTS if name == "participant" else (name,)
            return _of_text(text, tuple((field, 0.0) for field in fields), 0.0)
        case PageRange(low, high):
            return Pages(low, high)
        case Sent(first, last):
            return Within(SENT, first or 1, last)
        case Confidence(least, most):
            return Within(
                CONFIDENCE, as_stored(least or 0), None if most is None else as_stored(most)
            )
        case BatesRange(start, end):
            return Between(start, end)


def _in_text(leaf: Leaf, languages: Series[str]) -> Plan:
    match leaf:
        case Word(text):
            return _word(text, languages)
        case Tolerant(text):
            return Misread(text, _word(text, languages), 1.0)
        case Wildcard("*"):
            return Everything()
        case Phrase():
            return _of_text(leaf, _PHRASE_FIELDS, 1.0)
    return _of_text(leaf, tuple((field, 1.0) for field in _WORD_FIELDS), _MANY_WEIGHT)


def _word(text: str, languages: Series[str]) -> Terms:
    # Every token of either reading has its stem in the stemmed field, so the stems alone decide
    # whether a passage matches.
    return Terms(
        (
            *((STEMMED, stem, _STEM_WEIGHT) for stem in stems(text, languages)),
            (EXACT, text, _EXACT_WEIGHT),
        )
    )


def _of_text(text: Text, fields: tuple[tuple[str, float], ...], weight: float) -> Plan:
    names = tuple(name for name, _ in fields)
    match text:
        case Word(word) | Phrase((word,)):
            return Terms(tuple((name, word, one) for name, one in fields))
        case Phrase(words, 0):
            return Sequence(words, fields)
        case Phrase(words, slop):
            return Together(words, slop + len(words) - 1, fields)
        case Prefix(beginning):
            return Begins(beginning, names, weight)
        case Wildcard(form):
            # Only a query with patterns pays for the import.
            from recordsearch.query.patterns import wildcard

            return Alike(wildcard(form), form, names, weight)
        case Regex(expression):
            from recordsearch.query.patterns import regex

            return Alike(regex(expression), f"/{expression}/", names, weight)
        case Fuzzy(word, distance):
            return Near(word, distance, names, weight)


def boosted(plan: Plan, factor: float) -> Plan:
    """Return a plan that matches the same, with ``factor`` times the score."""
    match plan:
        case Terms(terms):
            return Terms(tuple((field, term, weight * factor) for field, term, weight in terms))
        case Sequence(_, fields) | Together(_, _, fields):
            return plan._replace(fields=tuple((name, one * factor) for name, one in fields))
        case Begins() | Alike() | OneOf() | Near():
            return plan._replace(weight=plan.weight * factor)
        case Misread(_, itself, weight, _, _):
            scaled = Terms(tuple((field, term, one * factor) for field, term, one in itself.terms))
            return plan._replace(itself=scaled, weight=weight * factor)
        case Either(plans):
            return Either(tuple(boosted(one, factor) for one in plans))
        case All(required, _, preferred):
            return plan._replace(
                required=tuple(boosted(one, factor) for one in required),
                preferred=tuple(boosted(one, factor) for one in preferred),
            )
    return plan


def is_tied(plan: Plan) -> bool:
    """Tell whether all passages that match have the same score, by the form of the plan alone."""
    match plan:
        case Terms() | Sequence() | Together() | Either() | Misread():
            return _is_weightless(plan)
        case All(required, _, preferred):
            return all(map(is_tied, required)) and all(map(_is_weightless, preferred))
    return True


def _is_weightless(plan: Plan) -> bool:
    match plan:
        case Terms(terms):
            return not any(weight for _, _, weight in terms)
        case Sequence(_, fields) | Together(_, _, fields):
            return not any(weight for _, weight in fields)
        case OneOf() | Near() | Begins() | Alike():
            return not plan.weight
        case Misread():
            return False
        case Either(plans):
            return all(map(_is_weightless, plans))
        case All(required, _, preferred):
            return all(map(_is_weightless, (*required, *preferred)))
    return True

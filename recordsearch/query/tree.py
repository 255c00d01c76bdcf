"""The tree of a query: what the parser makes, engines compile and the highlighter reads.

Texts in the tree are tokens of :mod:`recordsearch.query.analysis`. Each leaf knows its place in
the query as typed (characters, half open); places do not count when trees are compared.

A tree in normal form has no :class:`And` directly inside an And, no :class:`Or` directly inside
an Or, and at least two children in each; :func:`both` and :func:`either` build that form.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

Place = tuple[int, int]
NOWHERE: Place = (0, 0)


# Classes that derive from a dataclass are made much quicker than one is, which every start pays.
# Two of different classes are never equal.
@dataclass(frozen=True, slots=True)
class _OfText:
    text: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class _OfSeveral:
    children: "tuple[Node, ...]"


class Word(_OfText):
    """A word or one of its inflections."""

    __slots__ = ()


class Prefix(_OfText):
    """Any word that begins with ``text``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word at most ``distance`` (1 or 2) edits away; see :mod:`recordsearch.query.distance`."""

    text: str
    distance: int = 1
    place: Place = field(default=NOWHERE, compare=False)


class Tolerant(_OfText):
    """A word, its inflections, and what OCR may have made of it."""

    __slots__ = ()


class Wildcard(_OfText):
    """Any word of this form: ``*`` is any letters or none, ``?`` is one.

    ``*`` alone is every passage, or in a field every passage that has anything there.
    """

    __slots__ = ()


class Regex(_OfText):
    """Any word that this expression matches whole; see :mod:`recordsearch.query.patterns`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words, as they are and in this order, with nothing between.

    With a ``slop`` it is these words near each other, in any order: each two of them stand in one
    stretch that is at most ``slop`` words longer than the phrase. (So of two words, at most
    ``slop`` others stand between them.) A word that the phrase has twice stands at two places.
    """

    words: tuple[str, ...]
    slop: int = 0
    place: Place = field(default=NOWHERE, compare=False)


Text = Word | Phrase | Prefix | Wildcard | Regex | Fuzzy
"""What may be asked of a field of text."""


@dataclass(frozen=True, slots=True)
class InField:
    """A condition on a field of text; a :class:`Word` stands for itself alone here.

    ``name`` is one of :data:`recordsearch.query.fields.FIELDS`, ``participant`` included. The field
    ``tag`` is known to no index: :func:`recordsearch.query.tags.resolve` takes it out of a tree.
    """

    name: str
    text: Text
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """Passages of messages and letters of these days, both included; None is no bound.

    Days are numbers, YYYYMMDD; at least one of the two is given. A passage without a date is never
    among them.
    """

    low: int | None
    high: int | None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PageRange:
    """Passages with a page from ``low`` to ``high``, both included; ``high`` None is no bound."""

    low: int
    high: int | None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Confidence:
    """Passages whose worst page was read by OCR with this confidence, both bounds included.

    0 to 100, at most two decimals; None is no bound. A passage without OCR is never among them.
    """

    low: float | None
    high: float | None
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class BatesRange:
    """Passages on a page with a Bates number from ``low`` to ``high``, both included.

    Both are normal forms of :mod:`recordsearch.query.normal`, with the same prefix.
    """

    low: str
    high: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The passages with these numbers; nobody types it, it takes the place of ``tag:``."""

    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Boost:
    """What its child matches, each match counting ``weight`` times as much (0.01 to 100)."""

    child: "Node"
    weight: float


@dataclass(frozen=True, slots=True)
class Favoured:
    """What its child matches, ranked by more than that; nobody types it.

    Nothing but the child decides what matches. In weights, a word that is found as it was typed
    counts 1.

    ``pairs``   two words, and what it counts that they follow one another.
    ``titles``  a word, and what it counts that it or an inflection stands in the title.
    ``stems``   a stem, and what it counts that it stands in the text.
    """

    child: "Node"
    pairs: tuple[tuple[str, str, float], ...] = ()
    titles: tuple[tuple[str, float], ...] = ()
    stems: tuple[tuple[str, float], ...] = ()


class And(_OfSeveral):
    """All of these."""

    __slots__ = ()


class Or(_OfSeveral):
    """Any of these."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    child: "Node"


Leaf = Word | Prefix | Fuzzy | Tolerant | Wildcard | Regex | Phrase
"""What is looked for in the text."""
Condition = InField | Sent | PageRange | Confidence | BatesRange | Numbered
"""What narrows a search and is not looked for in the text."""
Node = Leaf | Condition | Boost | Favoured | And | Or | Not


def both(children: Iterable[Node]) -> Node:
    """Join one or more trees so that all are required, in normal form."""
    flat: list[Node] = []
    for child in children:
        flat.extend(child.children if isinstance(child, And) else (child,))
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def either(children: Iterable[Node]) -> Node:
    """Join one or more trees so that any suffices, in normal form."""
    flat: list[Node] = []
    for child in children:
        flat.extend(child.children if isinstance(child, Or) else (child,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat))

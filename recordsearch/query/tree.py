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


@dataclass(frozen=True, slots=True)
class Word:
    """A word or one of its inflections."""

    text: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins with ``text``."""

    text: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word at most ``distance`` (1 or 2) edits away; see :mod:`recordsearch.query.distance`."""

    text: str
    distance: int = 1
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """These words, as they are and in this order, with nothing between."""

    words: tuple[str, ...]
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class InField:
    """A condition on a field of text; a :class:`Word` stands for itself alone here.

    ``name`` is one of :data:`recordsearch.query.fields.FIELDS`, ``participant`` included.
    """

    name: str
    text: Word | Phrase | Prefix
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
class And:
    """All of these."""

    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    children: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    child: "Node"


Node = Word | Prefix | Fuzzy | Phrase | InField | Sent | PageRange | And | Or | Not


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

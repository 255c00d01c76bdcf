"""Put passages in the place of ``tag:``, which the catalogue knows and no index does."""

from collections.abc import Callable, Iterable

from recordsearch.query.tree import And, Boost, Favoured, InField, Node, Not, Numbered, Or


def resolve(tree: Node, tagged: Callable[[InField], Iterable[int]]) -> Node:
    """Return ``tree`` with each condition on ``tag`` replaced by the passages that it holds for.

    ``tagged`` gives their numbers.
    """
    match tree:
        case InField("tag"):
            return Numbered(tuple(sorted(set(tagged(tree)))))
        case Not(child):
            return Not(resolve(child, tagged))
        case Boost(child, weight):
            return Boost(resolve(child, tagged), weight)
        case Favoured(child, pairs, titles, stems):
            return Favoured(resolve(child, tagged), pairs, titles, stems)
        case And(children):
            return And(tuple(resolve(child, tagged) for child in children))
        case Or(children):
            return Or(tuple(resolve(child, tagged) for child in children))
    return tree

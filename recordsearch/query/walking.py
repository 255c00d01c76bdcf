"""Going through a tree: its leaves, and the same tree with other leaves."""

from collections.abc import Callable, Iterator

from recordsearch.query.tree import And, Boost, Favoured, Node, Not, Or, both, either


def sought(tree: Node) -> Iterator[Node]:
    """Yield the leaves and conditions that a passage may match, none of those under a negation."""
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from sought(child)
        case Boost(child) | Favoured(child):
            yield from sought(child)
        case Not():
            return
        case _:
            yield tree


def leaves(tree: Node) -> Iterator[Node]:
    """Yield all leaves and conditions, those under a negation included."""
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Boost(child) | Favoured(child) | Not(child):
            yield from leaves(child)
        case _:
            yield tree


def replaced(tree: Node, replace: Callable[[Node], Node]) -> Node:
    """Put ``replace(leaf)`` in the place of each leaf and condition, those negated included."""
    match tree:
        case And(children):
            return both(replaced(child, replace) for child in children)
        case Or(children):
            return either(replaced(child, replace) for child in children)
        case Not(child):
            return Not(replaced(child, replace))
        case Boost(child, weight):
            return Boost(replaced(child, replace), weight)
        case Favoured(child, pairs, titles, stems):
            return Favoured(replaced(child, replace), pairs, titles, stems)
    return replace(tree)

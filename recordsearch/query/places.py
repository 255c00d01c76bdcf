"""Which of the places of a document a query speaks of."""

from collections.abc import Iterator, Sequence

from recordsearch.query.highlight import matches
from recordsearch.query.tree import And, Boost, Favoured, InField, Node, Or, Phrase, Word

Place = tuple[str, str]


def cited_place(tree: Node, places: Sequence[Place]) -> Place:
    """Choose the place, a release and a file in it, that fits the query's conditions best.

    ``places`` is not empty; where several fit alike it is the first of them. Conditions under a
    negation do not count.
    """
    conditions = list(_conditions(tree))
    if not conditions or len(places) == 1:
        return places[0]
    return max(places, key=lambda place: sum(_holds(one, place) for one in conditions))


def _conditions(tree: Node) -> Iterator[InField]:
    if isinstance(tree, And | Or):
        for child in tree.children:
            yield from _conditions(child)
    elif isinstance(tree, Boost | Favoured):
        yield from _conditions(tree.child)
    elif isinstance(tree, InField) and tree.name in ("file", "release"):
        yield tree


def _holds(condition: InField, place: Place) -> bool:
    release, file = place
    text = condition.text
    # In a field a word stands for itself alone, without its inflections.
    tree = Phrase((text.text,)) if isinstance(text, Word) else text
    return bool(matches(tree, file if condition.name == "file" else release))

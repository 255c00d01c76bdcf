"""Why a hit ranks where it does: what each part of the query adds to its score."""

from collections.abc import Iterator
from dataclasses import dataclass

from recordsearch.engines.protocol import Reader
from recordsearch.query.language import write
from recordsearch.query.tree import And, Boost, Favoured, Node, Not, Numbered, Or, both

# Below this a share is an error of rounding.
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Share:
    """What a part of the query, as it is written, adds to a hit's score."""

    part: str
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The shares of a hit's score, the greatest first.

    ``absent`` are the parts that the hit does not match, and ``together`` what its words add by
    standing near each other or in a title, and what the best hits speak of.
    """

    shares: tuple[Share, ...]
    absent: tuple[str, ...]
    together: float


def explain(reader: Reader, tree: Node, passage: int, score: float) -> Explanation:
    """Explain the score that ``tree`` gives a passage.

    Each part is asked for alone, of this one passage, so that every engine explains itself.
    """
    shares = []
    absent = []
    for part in _parts(tree):
        found = reader.search(both([part, Numbered((passage,))]), 1).ranked
        if found:
            shares.append(Share(write(part), found[0].score))
        else:
            absent.append(write(part))
    # A part that only narrows has the same score for whatever it finds, which the engine need not
    # have counted.
    counted = [share for share in shares if share.score > _NOTHING]
    together = score - sum(share.score for share in counted)
    return Explanation(
        tuple(sorted(counted, key=lambda share: -share.score)),
        tuple(absent),
        together if together > _NOTHING * max(1.0, score) else 0.0,
    )


def _parts(tree: Node) -> Iterator[Node]:
    """Yield the parts that count: the leaves, with the weight that was typed."""
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from _parts(child)
        case Favoured(child):
            yield from _parts(child)
        case Boost(child, weight):
            yield from (Boost(part, weight) for part in _parts(child))
        case Not() | Numbered():
            return
        case _:
            yield tree

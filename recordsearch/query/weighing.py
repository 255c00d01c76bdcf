"""What of a query counts for the ranking beside its words alone.

Two words of the query that follow one another count more where they do so in the text, and words
count more where they stand in the title. With *any of the words*, a query of some length is a
question in plain language: its function words are not looked for, a word that it says twice counts
twice, and a compound such as ``real-time`` is looked for by its parts, too.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from recordsearch.query.stop_words import is_stop
from recordsearch.query.tree import (
    NOWHERE,
    And,
    Boost,
    Favoured,
    Node,
    Or,
    Phrase,
    Place,
    Tolerant,
    Word,
    both,
    either,
)

QUESTION_WORDS = 4
"""Words, those without meaning of their own aside, from which on a query is a question."""

# In weights, a word as it was typed counts 1. Over many settings of the rest, the title gains .01
# of mean average precision on two of the collections of tests/benchmarks/bench_ranking.py and loses
# .005 on the third; the pairs gain .009 and .005, and lose .002.
_TITLE = 0.25
_PAIR = 0.2
# A question of more words has enough to be ranked by.
_MOST_PAIRS = 32
_MOST_TITLES = 64

_QUOTES = "\"'“”„«»‟＂"


class Weighed(NamedTuple):
    """A query as it is looked for, and as it is ranked.

    ``sought``    what a passage matches: the tree itself, or that of a question.
    ``ranked``    the same for the engine; both match the same passages.
    ``question``  whether it is a question.
    """

    sought: Node
    ranked: Node
    question: bool


class _Said(NamedTuple):
    """A word of the query, what it counts, and where it is typed."""

    word: str
    weight: float
    place: Place


def weigh(
    tree: Node, query: str, *, any_word: bool = False, languages: Sequence[str] = ("en",)
) -> Weighed:
    """Weigh the tree of ``query``; ``languages`` (ISO 639-1) are those of the passages."""
    runs = [run for run in _runs(tree, query, any_word) if run]
    meaning = [said for run in runs for said in run if not _says_nothing(said.word, languages)]
    question = any_word and len({said.place for said in meaning}) >= QUESTION_WORDS
    if question:
        tree = _asked(tree, query, languages)
    if not meaning:
        return Weighed(tree, tree, False)
    titles: defaultdict[str, float] = defaultdict(float)
    for said in meaning:
        titles[said.word] += _TITLE * said.weight
    ranked = Favoured(
        tree,
        tuple(_pairs(runs, languages))[:_MOST_PAIRS],
        tuple(titles.items())[:_MOST_TITLES],
    )
    return Weighed(tree, ranked, question)


def _runs(tree: Node, query: str, any_word: bool, weight: float = 1.0) -> Iterator[list[_Said]]:
    """Yield the words that are typed one after another and are looked for together."""
    match tree:
        case And(children) | Or(children):
            run: list[_Said] = []
            last = NOWHERE
            for child in children:
                own = _words(child, query, weight)
                if own and own[0].place == last != NOWHERE:
                    continue  # another reading of the same compound
                if not own or not (any_word or isinstance(tree, And)):
                    yield run
                    run = []
                run += own
                last = own[0].place if own else NOWHERE
                if not own:
                    yield from _runs(child, query, any_word, weight)
            yield run
        case Boost(child, factor) if isinstance(child, And | Or):
            yield from _runs(child, query, any_word, weight * factor)
        case _:
            yield _words(tree, query, weight)


def _words(node: Node, query: str, weight: float = 1.0) -> list[_Said]:
    """Return the words of a leaf; none if it is quoted, or is no plain word."""
    match node:
        case Word(text, place) | Tolerant(text, place):
            return [_Said(text, weight, place)]
        case Phrase(words, 0, place) if _is_compound(place, query):
            return [_Said(word, weight, place) for word in words]
        case Boost(child, factor) if not isinstance(child, Boost):
            return _words(child, query, weight * factor)
    return []


def _is_compound(place: Place, query: str) -> bool:
    """Tell whether a phrase was typed as one word, such as ``real-time``, and not quoted."""
    start, end = place
    return start < end <= len(query) and query[start] not in _QUOTES


def _says_nothing(word: str, languages: Sequence[str]) -> bool:
    return len(word) < 2 or is_stop(word, languages)


def _pairs(
    runs: Sequence[Sequence[_Said]], languages: Sequence[str]
) -> Iterator[tuple[str, str, float]]:
    seen = set()
    for run in runs:
        for one, other in pairwise(run):
            words = (one.word, other.word)
            if one.word == other.word or words in seen:
                continue
            if not any(_says_nothing(word, languages) for word in words):
                seen.add(words)
                yield (*words, _PAIR * min(one.weight, other.weight))


def _asked(tree: Node, query: str, languages: Sequence[str]) -> Node:
    """Return what a question looks for: its words with a meaning of their own, each once."""
    match tree:
        case Or(children):
            weights: defaultdict[Node, float] = defaultdict(float)
            for child in children:
                for part, weight in _parts(child, query, languages):
                    weights[part] += weight
            if not weights:
                return tree
            return either(
                part if weight == 1 else Boost(part, weight) for part, weight in weights.items()
            )
        case And(children):
            return both(_asked(child, query, languages) for child in children)
    return tree


def _parts(child: Node, query: str, languages: Sequence[str]) -> Iterator[tuple[Node, float]]:
    """Yield what is looked for in the place of a part of a question, with its weight."""
    leaf = child.child if isinstance(child, Boost) else child
    own = _words(child, query)
    if not own:
        yield child, 1.0
    for said in own:
        if not _says_nothing(said.word, languages):
            part = leaf if isinstance(leaf, Tolerant) else Word(said.word, said.place)
            yield part, said.weight

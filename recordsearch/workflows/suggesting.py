"""What to say when nothing is found: which part finds nothing, and what was perhaps meant.

Suggestions come from the index's own words, so each of them finds something.
"""

from dataclasses import dataclass
from itertools import islice

from recordsearch.engines.index_fields import EXACT
from recordsearch.engines.protocol import Reader
from recordsearch.query.distance import within
from recordsearch.query.language import write
from recordsearch.query.tree import And, Fuzzy, InField, Node, Not, Numbered, Tolerant, Word
from recordsearch.query.walking import sought

MOST_SUGGESTIONS = 3
# Words of the index that are compared with one of the query's: those that begin alike.
_MOST_COMPARED = 200_000
_SHORTEST = 3
_MOST_PARTS = 20
# A word further away must be so many times as frequent to come before a nearer one.
_A_STEP = 50


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of a query, as it is written, that finds nothing, and words that were perhaps meant.

    ``words`` are pairs of a word and the number of passages that have it.
    """

    part: str
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why nothing was found.

    ``missing`` are the parts that find nothing by themselves. Where there are none, all occur but
    not together; ``excluded`` tells that something is found without what the query excludes, and
    ``words`` that plain words were looked for.
    """

    missing: tuple[Missing, ...]
    excluded: int
    words: bool


def why_nothing(reader: Reader, tree: Node) -> Why:
    """Find out why a tree matches nothing."""
    missing = [
        Missing(_written(part), _suggestions(reader, part))
        for part in islice(dict.fromkeys(sought(tree)), _MOST_PARTS)
        if not reader.search(part, 0).total
    ]
    excluded = 0
    if not missing and isinstance(tree, And):
        kept = tuple(child for child in tree.children if not isinstance(child, Not))
        if 0 < len(kept) < len(tree.children):
            excluded = reader.search(And(kept) if len(kept) > 1 else kept[0], 0).total
    words = any(isinstance(part, Word) for part in sought(tree))
    return Why(tuple(missing), excluded, words)


def _written(part: Node) -> str:
    # What is tagged has become numbers by now.
    return "the tag (see: recordsearch tags)" if isinstance(part, Numbered) else write(part)


def _suggestions(reader: Reader, part: Node) -> tuple[tuple[str, int], ...]:
    match part:
        case Word(text) | Fuzzy(text) | Tolerant(text):
            return nearest(reader, EXACT, text)
        case InField(name, Word(text)) if name not in ("tag", "participant"):
            return nearest(reader, name, text)
    return ()


def nearest(reader: Reader, field: str, word: str) -> tuple[tuple[str, int], ...]:
    """Return words of a field that are at most two edits away, the likeliest first.

    The frequency counts, and more so how near it is: a slip of one key is the likelier. Words that
    begin with another letter are found only where the first letter alone is wrong.
    """
    if len(word) < _SHORTEST:
        return ()
    found: dict[str, tuple[float, int]] = {}
    for term, count in islice(reader.vocabulary(field, word[:1]), _MOST_COMPARED):
        if abs(len(term) - len(word)) > 2 or term == word:
            continue
        distance = 1 if within(word, term, 1) else 2 if within(word, term, 2) else 0
        if distance and (distance == 1 or len(word) > _SHORTEST + 1):
            found[term] = (count * (_A_STEP if distance == 1 else 1), count)
    others = [first + word[1:] for first in "abcdefghijklmnopqrstuvwxyz0123456789"]
    others += [word[1:], word[1] + word[0] + word[2:]]
    for term, count in reader.frequencies(field, others).items():
        if term != word:
            found[term] = (count * _A_STEP, count)
    best = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:MOST_SUGGESTIONS]
    return tuple((term, count) for term, (_, count) in best)

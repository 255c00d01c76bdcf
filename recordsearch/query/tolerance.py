"""OCR-tolerant search: as what a word may stand in an index of what OCR has read.

The misreadings of a word that the index holds are weighed by how likely each is a misreading rather
than a word of its own. The weight is a logistic function of four things, fitted on scans with known
text by ``tests/benchmarks/learn_tolerance.py``: how much the misreading costs
(:mod:`recordsearch.query.misreading`), how many letters there are to recognise the word by, how
much more often it stands in the index than misreading would explain, and whether the index holds
inflections of it, which misreadings seldom have.

Inflections of the word itself are no variants: plain search finds them.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from recordsearch.query.analysis import LONGEST_TOKEN, stem
from recordsearch.query.confusions import BROKEN, JOINED, REPLACED
from recordsearch.query.misreading import Misreadings

Held = Callable[[Iterable[str]], Mapping[str, int]]
"""In how many passages each of these terms stands; those in none are left out."""

SHORTEST = 4
"""Letters and digits of the shortest word with variants: nearly every misreading of a shorter one
is another word."""
LEAST = 0.1
"""Variants of less weight are wrong nine times in ten."""
MOST = 100
"""Variants of one word; a common word has about 10 in an index of 500,000 terms."""

_TRIED = 3_000
"""Sets of edits tried a word; of 8,000 none more was found. They take 10 ms."""
_DEAREST = 20.0
_COMMONER = 3
"""An inflection in fewer passages may itself be misread."""
_USUAL_SHARE = 0.3
"""How many misreadings an archive has, beside the bad scans that the costs were learnt from."""

ODDS = (5.99, -3.94, -1.50, 0.36, -1.93)
"""Fitted by ``learn_tolerance.py``: the constant, then a coefficient for each of
:class:`Features`."""

_ANYWHERE = 0.9
_ON_SCANS = ((0.6, math.inf), (0.2, 92.0), (0.0, 80.0))
"""The least weight, and the OCR confidence under which it suffices."""

_ENDINGS = (
    "", "s", "es", "ed", "d", "ing", "e", "er", "ers", "ly", "y", "ies", "ion", "al",
)  # fmt: skip
_NEIGHBOURS = (
    "all", "also", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "do", "for",
    "from", "had", "has", "have", "he", "her", "his", "if", "is", "it", "its", "may", "more",
    "not", "of", "on", "our", "shall", "she", "such", "than", "that", "the", "their", "them",
    "then", "these", "they", "this", "those", "to", "was", "we", "were", "which", "who", "will",
    "with", "would", "you", "your",
)  # fmt: skip
"""Words that a word is most often joined with, because they most often stand beside it; without
those that make another word of it: ``in`` makes an opposite, ``or`` a person."""


class Variant(NamedTuple):
    """What a word may stand as: one word, or two for one that was broken in two.

    ``weight`` is the chance that it stands for the word, in (0, 1]; that of the word itself is 1.
    """

    words: tuple[str, ...]
    weight: float


class Joint(NamedTuple):
    """Two neighbours of a query, at ``place`` and after it, that may stand as one word."""

    place: int
    variant: Variant


class Features(NamedTuple):
    """What a candidate is weighed by.

    ``cost``      natural logarithm of the misreading's cost.
    ``surprise``  natural logarithm of how many times oftener it stands in the index than misreading
                  explains, at least 0.
    ``letters``   of the shorter of word and candidate.
    ``known``     1 where the index holds inflections of the candidate, else 0.
    """

    cost: float
    surprise: float
    letters: float
    known: float


def highest_confidence(weight: float) -> float | None:
    """Return the OCR confidence under which a passage's page may be found by such a variant.

    None: any page, those with a text layer too, which have no confidence; infinity: any page read
    by OCR. A page of the confidence 92 or more has one word in a hundred misread, one of 80 to 92
    one in forty, one of less one in twelve; a text layer may be bad OCR, and mostly is not.
    """
    if weight >= _ANYWHERE:
        return None
    return next(below for least, below in _ON_SCANS if weight >= least)


def variants(word: str, held: Held) -> tuple[Variant, ...]:
    """Return the word itself and what else it may stand as, the likeliest first.

    ``word`` is a token of :mod:`recordsearch.query.analysis`.
    """
    itself = Variant((word,), 1.0)
    found = {words: weigh(features) for words, features in candidates(word, held)}
    likely = [Variant(words, weight) for words, weight in found.items() if weight >= LEAST]
    return (itself, *sorted(likely, key=lambda one: (-one.weight, one.words))[:MOST])


def joined(words: Sequence[str], held: Held) -> tuple[Joint, ...]:
    """Return which neighbours of a query may stand as one word, as ``facerecognition`` does."""
    terms = held(one + two for one, two in pairwise(words) if len(one + two) >= SHORTEST)
    joints = []
    for place, (one, two) in enumerate(pairwise(words)):
        frequency = terms.get(one + two, 0)
        if frequency:
            features = _features(JOINED, 1, frequency, len(one + two))
            joints.append(Joint(place, Variant((one + two,), weigh(features))))
    return tuple(joint for joint in joints if joint.variant.weight >= LEAST)


def weigh(features: Features) -> float:
    """Return the chance that a candidate stands for the word."""
    odds = ODDS[0] + sum(map(float.__mul__, ODDS[1:], features))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def candidates(word: str, held: Held) -> Iterator[tuple[tuple[str, ...], Features]]:
    """Yield each misreading of the word that the index holds, and what to weigh it by."""
    if not SHORTEST <= len(word) <= LONGEST_TOKEN:
        return
    usual = held((word, *_NEIGHBOURS))
    stands = usual.get(word, 1)
    yield from _misread(word, stands, held)
    yield from _joined_with_usual(word, stands, held)
    yield from _broken(word, stands, max(usual.values(), default=1), held)


def _misread(word: str, stands: int, held: Held) -> Iterator[tuple[tuple[str, ...], Features]]:
    costs: dict[str, float] = {}
    for read, cost in Misreadings(word).likeliest(_dearest(len(word)), _TRIED):
        if len(read) >= SHORTEST and cost < costs.get(read, math.inf):
            costs[read] = cost
    root = stem(word)
    for read, frequency in held(costs).items():
        if stem(read) == root:
            continue
        features = _features(costs[read], stands, frequency, min(len(read), len(word)))
        if weigh(features) >= LEAST:
            known = any(many >= _COMMONER for many in held(_inflections(read)).values())
            yield (read,), features._replace(known=float(known))


def _dearest(letters: int) -> float:
    """Return the cost of the dearest misreading that can have the least weight."""
    least = math.log(LEAST / (1 - LEAST))
    return min(_DEAREST, math.exp((least - ODDS[0] - ODDS[3] * letters) / ODDS[1]))


def _joined_with_usual(
    word: str, stands: int, held: Held
) -> Iterator[tuple[tuple[str, ...], Features]]:
    pairs = [word + one for one in _NEIGHBOURS] + [one + word for one in _NEIGHBOURS]
    root = stem(word)
    for read, frequency in held(pairs).items():
        if stem(read) != root:
            yield (read,), _features(JOINED, stands, frequency, len(word))


def _broken(
    word: str, stands: int, passages: int, held: Held
) -> Iterator[tuple[tuple[str, ...], Features]]:
    """Yield the word broken in two, also where a letter was lost in the break."""
    places = range(1, len(word))
    pieces = held({word[:place] for place in places} | {word[place:] for place in places})
    for cost, lost in ((BROKEN, 0), (REPLACED, 1)):
        for place in range(1, len(word) - lost):
            one, two = word[:place], word[place + lost :]
            if one in pieces and two in pieces:
                # So often they would stand in one passage by chance.
                chance = pieces[one] * pieces[two] / max(1, passages)
                yield (one, two), _features(cost, stands, chance, len(word) - lost)


def _features(cost: float, stands: int, frequency: float, letters: int) -> Features:
    explained = 1 + stands * math.exp(-cost) * _USUAL_SHARE
    return Features(math.log(cost), math.log(max(1.0, frequency / explained)), float(letters), 0.0)


def _inflections(word: str) -> set[str]:
    root = stem(word)
    forms = {root + ending for ending in _ENDINGS}
    forms |= {root + root[-1:] + "ed", root + root[-1:] + "ing"}
    if root.endswith("i"):
        forms.add(root[:-1] + "y")
    return {form for form in forms if form != word and len(form) >= SHORTEST}

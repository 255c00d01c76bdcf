"""Work out what a plan matches, and how well, from lists of postings alone.

For an engine that can list the documents of a term and no more. Documents are known by numbers
that the engine gives them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Protocol

from recordsearch.engines.lowering import (
    All,
    Either,
    Everything,
    Near,
    OneOf,
    Pages,
    Plan,
    Sequence,
    Terms,
    These,
    Together,
    Within,
)
from recordsearch.query.distance import within


class Postings(Protocol):
    """What an index must be able to tell."""

    def everything(self) -> set[int]:
        """Return all documents."""

    def holding(self, field: str, term: str) -> set[int]:
        """Return the documents that hold a term."""

    def positions(self, field: str, term: str, among: set[int]) -> dict[int, list[int]]:
        """Return where a term stands in each of these documents that holds it, in order."""

    def scores(self, field: str, term: str, among: set[int]) -> dict[int, float]:
        """Return how well a term fits each of these documents that holds it."""

    def terms(self, field: str) -> Iterable[str]:
        """Return all terms of a field, in any order and perhaps several times."""

    def overlapping(self, low: int, high: int | None, among: set[int]) -> set[int]:
        """Return those of the documents whose pages overlap ``low`` to ``high``."""

    def within(self, field: str, low: int, high: int | None, among: set[int]) -> set[int]:
        """Return those of the documents whose number in ``field`` is from ``low`` to ``high``."""

    def numbered(self, passages: Collection[int], among: set[int]) -> set[int]:
        """Return those of the documents that are these passages."""


class Evaluation:
    """One evaluation of one plan: first :meth:`match`, then :meth:`score` what matched."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        # By the identity of a plan, which lives as long as the evaluation of its tree.
        self._matched: dict[int, set[int]] = {}

    def match(self, plan: Plan, among: set[int]) -> set[int]:
        """Return those of the documents ``among`` that ``plan`` matches."""
        self._matched[id(plan)] = found = self._match(plan, among)
        return found

    def _match(self, plan: Plan, among: set[int]) -> set[int]:
        match plan:
            case Everything():
                return among
            case Pages(low, high):
                return self._postings.overlapping(low, high, among)
            case Within(field, low, high):
                return self._postings.within(field, low, high, among)
            case These(passages):
                return self._postings.numbered(frozenset(passages), among)
            case Either(plans):
                return set().union(*(self.match(one, among) for one in plans))
            case All():
                return self._all(plan, among)
            case Sequence(words, fields):
                return set().union(*(self._in_order(words, field, among) for field, _ in fields))
            case Together(_, _, fields):
                return set().union(*(self._together(plan, field, among) for field, _ in fields))
        return self._holding_any(_terms(plan, self._postings), among)

    def _all(self, plan: All, among: set[int]) -> set[int]:
        # Numbers are looked up document by document, so they come when few are left.
        for one in sorted(plan.required, key=lambda one: isinstance(one, Pages | Within | These)):
            among = self.match(one, among)
        for one in plan.excluded:
            among = among - self.match(one, among)
        for one in plan.preferred:
            self.match(one, among)
        return among

    def _holding_any(self, terms: Iterable[tuple[str, str]], among: set[int]) -> set[int]:
        found: set[int] = set()
        for field, term in terms:
            found |= self._postings.holding(field, term)
        return found & among

    def _places(
        self, words: tuple[str, ...], field: str, among: set[int]
    ) -> tuple[set[int], dict[str, dict[int, list[int]]]]:
        """Return the documents that hold all words in ``field``, and where each word stands."""
        for word in set(words):
            among = among & self._postings.holding(field, word)
            if not among:
                return among, {}
        return among, {word: self._postings.positions(field, word, among) for word in set(words)}

    def _together(self, plan: Together, field: str, among: set[int]) -> set[int]:
        """Return the documents in which each two of the words are near each other in ``field``."""
        among, places = self._places(plan.words, field, among)
        return {
            document
            for document in among
            if all(
                are_near(places[one][document], places[other][document], plan.distance)
                for one, other in plan.pairs()
            )
        }

    def _in_order(self, words: tuple[str, ...], field: str, among: set[int]) -> set[int]:
        """Return the documents in which the words follow one another in ``field``."""
        among, places = self._places(words, field, among)
        found = set()
        for document in among:
            starts = set(places[words[0]][document])
            for offset, word in enumerate(words[1:], 1):
                starts.intersection_update([at - offset for at in places[word][document]])
                if not starts:
                    break
            if starts:
                found.add(document)
        return found

    def score(self, plan: Plan, documents: set[int]) -> dict[int, float]:
        """Score documents that ``plan`` matched; one that is missing in the answer scores 0."""
        total: dict[int, float] = defaultdict(float)
        match plan:
            case OneOf() | Near():
                return dict.fromkeys(documents, plan.weight)
            case Terms(terms):
                for field, term, weight in terms:
                    self._add(total, field, term, weight, documents)
            case Sequence(words, fields) | Together(words, _, fields):
                for field, weight in fields:
                    for word in dict.fromkeys(words):
                        self._add(total, field, word, weight, documents)
            case Either() | All():
                parts = plan.plans if isinstance(plan, Either) else plan.required + plan.preferred
                for one in parts:
                    inside = documents & self._matched[id(one)]
                    for document, score in self.score(one, inside).items():
                        total[document] += score
        return total

    def _add(
        self, total: dict[int, float], field: str, term: str, weight: float, documents: set[int]
    ) -> None:
        if not weight:
            return
        for document, score in self._postings.scores(field, term, documents).items():
            total[document] += weight * score


def are_near(places: list[int], others: list[int], distance: int) -> bool:
    """Tell whether two tokens stand at most ``distance`` apart; both lists are in order.

    They are the same list where both are the same token, which then stands at two places.
    """
    if places is others:
        return any(later - earlier <= distance for earlier, later in pairwise(places))
    merged = sorted([(place, 0) for place in places] + [(place, 1) for place in others])
    return any(
        one != other and later - earlier <= distance
        for (earlier, one), (later, other) in pairwise(merged)
    )


def _terms(plan: Plan, postings: Postings) -> Iterable[tuple[str, str]]:
    """List the terms (field, term) that a leaf stands for."""
    match plan:
        case Terms(terms):
            return [(field, term) for field, term, _ in terms]
        case OneOf(texts, fields):
            return [(field, text) for field in fields for text in texts]
        case Near(text, distance, fields):
            return [
                (field, term)
                for field in fields
                for term in set(postings.terms(field))
                if within(text, term, distance)
            ]
    raise TypeError(f"not expanded: {plan}")

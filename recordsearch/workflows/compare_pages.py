"""Align the pages of two versions of a document by their text, and say what differs on each.

Pages that are the same and stand once in each version are the first anchors, then those with the
same Bates number, then those that share most runs of words; between anchors pages are paired in
order. Anchors keep the order of pages (the longest increasing subsequence, as in Bram Cohen's
"patience diff"), so the time is that of sorting, also for thousands of pages.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from recordsearch.understand.differing import Difference, DifferenceKind, compare_texts
from recordsearch.workflows.compare_words import PageWords, likeness, words_of

# A run of words says little of a page if more pages than this have it.
_MOST_PAGES_A_RUN = 4
_FEWEST_SHARED = 2
# Between two anchors pages are paired in order where they are this much alike; what stands on a
# page of fewer words than the second figure is mostly that it is withheld.
_ALIKE = 0.2
_FEW_WORDS = 25
_MOST_PAIRS_LOOKED_AT = 2_500
# Pages compared word by word; of further ones the share that differs is told.
_MOST_COMPARED = 1_000

_MARK = re.compile(
    r"[█■▇▆]+|\(\s?b\s?\)\s?\(\s?\d\s?\)|\bredacted\b|\bwithheld\b|\bexemption\s\d", re.IGNORECASE
)


class PageKind(StrEnum):
    """What became of a page."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that is not the same: its number in the first and in the other version.

    ``differs`` is the share of words that differ, 0 to 1. ``differences`` say where, 50 at most;
    they are left out of a long document's last pages.
    """

    kind: PageKind
    first: int | None
    other: int | None
    differs: float
    differences: tuple[Difference, ...] = ()

    def count(self, kind: DifferenceKind) -> int:
        """Count the differences of a kind."""
        return sum(one.kind is kind for one in self.differences)


Pair = tuple[int, int]


def changes(first: Sequence[PageWords], other: Sequence[PageWords]) -> list[PageChange]:
    """Return the pages that are not the same in two versions, in the order of the other one."""
    found = []
    compared = 0
    left, right = 0, 0
    for a, b in [*align(first, other), (len(first), len(other))]:
        found += [PageChange(PageKind.REMOVED, page.number, None, 1.0) for page in first[left:a]]
        found += [PageChange(PageKind.ADDED, None, page.number, 1.0) for page in other[right:b]]
        left, right = a + 1, b + 1
        if a < len(first) and first[a].key != other[b].key:
            found.append(_compare(first[a], other[b], closely=compared < _MOST_COMPARED))
            compared += 1
    return found


def align(first: Sequence[PageWords], other: Sequence[PageWords]) -> list[Pair]:
    """Return which pages of two versions belong together, as places in them, in order."""
    pairs: list[Pair] = []
    for anchors in (_same, _same_bates, _alike):
        pairs = _between(pairs, first, other, anchors)
    return _between(pairs, first, other, _in_order)


Anchors = Callable[[Sequence[PageWords], Sequence[PageWords]], list[Pair]]


def _between(
    pairs: list[Pair], first: Sequence[PageWords], other: Sequence[PageWords], anchors: Anchors
) -> list[Pair]:
    """Look for pairs between those that are known."""
    found = []
    a, b = 0, 0
    for left, right in [*pairs, (len(first), len(other))]:
        if left > a and right > b:
            found += [(a + i, b + j) for i, j in anchors(first[a:left], other[b:right])]
        if left < len(first):
            found.append((left, right))
        a, b = left + 1, right + 1
    return found


def _same(first: Sequence[PageWords], other: Sequence[PageWords]) -> list[Pair]:
    """Pair pages of the same words: from both ends, then those that stand once in each."""
    start, most = 0, min(len(first), len(other))
    while start < most and first[start].key == other[start].key:
        start += 1
    end = 0
    while end < most - start and first[-1 - end].key == other[-1 - end].key:
        end += 1
    inner = _once_in_each(
        [page.key if page.words else None for page in first[start : len(first) - end]],
        [page.key if page.words else None for page in other[start : len(other) - end]],
    )
    return [
        *((place, place) for place in range(start)),
        *((start + a, start + b) for a, b in inner),
        *((len(first) - place, len(other) - place) for place in range(end, 0, -1)),
    ]


def _same_bates(first: Sequence[PageWords], other: Sequence[PageWords]) -> list[Pair]:
    return _once_in_each([page.bates or None for page in first], [p.bates or None for p in other])


def _once_in_each(first: Sequence[Hashable], other: Sequence[Hashable]) -> list[Pair]:
    """Pair what stands once in each; None is nothing."""
    counts, other_counts = Counter(first), Counter(other)
    places = {one: place for place, one in enumerate(other) if other_counts[one] == 1}
    return _increasing(
        (place, places[one])
        for place, one in enumerate(first)
        if one is not None and counts[one] == 1 and one in places
    )


def _alike(first: Sequence[PageWords], other: Sequence[PageWords]) -> list[Pair]:
    """Pair each page with the one that shares most runs of words with it, if it shares enough."""
    holders: dict[int, list[int]] = {}
    for place, page in enumerate(other):
        for run in page.sketch:
            holders.setdefault(run, []).append(place)
    best: dict[int, Pair] = {}
    for place, page in enumerate(first):
        votes = Counter(
            holder
            for run in page.sketch
            if len(holders.get(run, ())) <= _MOST_PAGES_A_RUN
            for holder in holders.get(run, ())
        )
        for holder, shared in votes.most_common(1):
            if shared >= _FEWEST_SHARED and shared > best.get(holder, (0, 0))[0]:
                best[holder] = (shared, place)
    return _increasing(sorted((place, holder) for holder, (_, place) in best.items()))


def _in_order(first: Sequence[PageWords], other: Sequence[PageWords]) -> list[Pair]:
    """Pair what is left: one for one where there are as many, else the first that are alike."""
    if len(first) == len(other):
        pairs = [*enumerate(range(len(other)))]
        return [pair for pair in pairs if _may_be_the_same(first[pair[0]], other[pair[1]])]
    if len(first) * len(other) > _MOST_PAIRS_LOOKED_AT:
        return []
    words = [words_of(page.text) for page in other]
    found: list[Pair] = []
    start = 0
    for place, page in enumerate(first):
        own = words_of(page.text)
        for candidate in range(start, len(other)):
            if own and words[candidate] and likeness(own, words[candidate]) >= _ALIKE:
                found.append((place, candidate))
                start = candidate + 1
                break
    return found


def _may_be_the_same(first: PageWords, other: PageWords) -> bool:
    if min(first.words, other.words) < _FEW_WORDS or (first.bates and first.bates == other.bates):
        return True
    return likeness(words_of(first.text), words_of(other.text)) >= _ALIKE


def _increasing(pairs: Iterable[Pair]) -> list[Pair]:
    """Keep the most pairs of which both places increase; they come by their first place."""
    ends: list[int] = []
    chains: list[tuple[Pair, int]] = []
    last: list[int] = []
    for pair in pairs:
        length = bisect_left(ends, pair[1])
        before = last[length - 1] if length else -1
        chains.append((pair, before))
        if length == len(ends):
            ends.append(pair[1])
            last.append(len(chains) - 1)
        else:
            ends[length] = pair[1]
            last[length] = len(chains) - 1
    found = []
    place = last[-1] if last else -1
    while place >= 0:
        pair, place = chains[place]
        found.append(pair)
    return found[::-1]


def _compare(first: PageWords, other: PageWords, *, closely: bool) -> PageChange:
    differs = 1 - likeness(words_of(first.text), words_of(other.text))
    differences: tuple[Difference, ...] = ()
    if closely:
        found = compare_texts(first.text, other.text).differences
        differences = tuple(_withheld_or_disclosed(one) for one in found)
    return PageChange(PageKind.CHANGED, first.number, other.number, differs, differences)


def _withheld_or_disclosed(difference: Difference) -> Difference:
    """Tell marks of redaction also where they stand among other words that changed."""
    if difference.kind is not DifferenceKind.REPLACED:
        return difference
    marks, other_marks = len(_MARK.findall(difference.first)), len(_MARK.findall(difference.other))
    if other_marks > marks:
        return replace(difference, kind=DifferenceKind.REDACTED)
    if marks > other_marks:
        return replace(difference, kind=DifferenceKind.DISCLOSED)
    return difference

"""Which hits of a query are shown, in which order: folded, sorted or grouped.

Near-identical passages are folded into the best of them: a memo that was released five times is
one hit that says so. An order other than relevance, and groups, are over all hits.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from recordsearch.catalogue.near_duplicates import Kind, cluster_members, clusters_of
from recordsearch.catalogue.ordering import Group, Sort, groups_of, ordered
from recordsearch.engines.protocol import Reader
from recordsearch.query.matcher import Variants
from recordsearch.query.tree import Node, Numbered, both
from recordsearch.records import Ranked, Ranking

# Hits looked at beyond those wanted, where folding leaves too few of them.
_SPARE = 20
# Of a cluster with more members, such as an empty form, so many are told.
_MOST_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A hit in its place: ``near_identical`` are passages that match too and are folded into it.

    ``in_group`` is how many hits its group has, itself among them; 0 without groups.
    """

    ranked: Ranked
    near_identical: tuple[int, ...] = ()
    in_group: int = 0


@dataclass(frozen=True, slots=True)
class Placing:
    """The hits wanted, how many match in all, and how many groups they are in; notes on limits.

    ``more`` tells that there are others after these. ``variants`` are the forms that each word
    was looked for in, where it was looked for tolerantly.
    """

    placed: tuple[Placed, ...]
    total: int
    more: bool
    notes: tuple[str, ...]
    groups: int = 0
    variants: Variants = field(default_factory=dict)


def place_hits(
    connection: sqlite3.Connection,
    reader: Reader,
    tree: Node,
    limit: int,
    offset: int,
    *,
    sort: Sort = Sort.RELEVANCE,
    group: Group | None = None,
    fold: bool = True,
) -> Placing:
    """Place the hits of ``tree`` from the one after the first ``offset``, at most ``limit``."""
    if group is not None:
        return _grouped(connection, reader, tree, limit, offset, sort, group)
    if sort is not Sort.RELEVANCE:
        return _sorted(connection, reader, tree, limit, offset, sort)
    if fold and limit:
        return _folded(connection, reader, tree, limit, offset)
    ranking = reader.search(tree, limit, offset)
    more = offset + len(ranking.ranked) < ranking.total
    return _placing(tuple(map(Placed, ranking.ranked)), ranking, more)


def _placing(placed: tuple[Placed, ...], ranking: Ranking, more: bool, groups: int = 0) -> Placing:
    return Placing(placed, ranking.total, more, ranking.notes, groups, ranking.variants)


def _folded(
    connection: sqlite3.Connection, reader: Reader, tree: Node, limit: int, offset: int
) -> Placing:
    wanted = offset + limit
    looked = wanted + 1  # one more tells whether there are others
    while True:
        ranking = reader.search(tree, looked)
        clusters = clusters_of(
            connection, Kind.PASSAGE, [ranked.passage for ranked in ranking.ranked]
        )
        best = _first_of_each(ranking.ranked, clusters)
        if len(best) > wanted or len(ranking.ranked) >= ranking.total:
            break
        looked = 3 * looked + _SPARE
    shown = best[offset:wanted]
    more = len(best) > wanted or len(ranking.ranked) < ranking.total
    others = _others(connection, reader, tree, shown, clusters)
    placed = tuple(Placed(ranked, others.get(ranked.passage, ())) for ranked in shown)
    return _placing(placed, ranking, more)


def _first_of_each(ranked: Sequence[Ranked], clusters: dict[int, int]) -> list[Ranked]:
    seen: set[int] = set()
    best = []
    for one in ranked:
        cluster = clusters.get(one.passage)
        if cluster is None or cluster not in seen:
            best.append(one)
        if cluster is not None:
            seen.add(cluster)
    return best


def _others(
    connection: sqlite3.Connection,
    reader: Reader,
    tree: Node,
    shown: Sequence[Ranked],
    clusters: dict[int, int],
) -> dict[int, tuple[int, ...]]:
    """Return the passages that match too, of the clusters of those that are shown."""
    members = {
        ranked.passage: cluster_members(connection, Kind.PASSAGE, clusters[ranked.passage])
        for ranked in shown
        if ranked.passage in clusters
    }
    for passage, cluster in members.items():
        members[passage] = [other for other in cluster[:_MOST_TOLD] if other != passage]
    everything = {other for cluster in members.values() for other in cluster}
    if not everything:
        return {}
    narrowed = both([tree, Numbered(tuple(sorted(everything)))])
    found = reader.search(narrowed, len(everything))
    matching = {ranked.passage for ranked in found.ranked}
    return {
        passage: tuple(other for other in cluster if other in matching)
        for passage, cluster in members.items()
    }


def _sorted(
    connection: sqlite3.Connection, reader: Reader, tree: Node, limit: int, offset: int, sort: Sort
) -> Placing:
    ranking = reader.search(tree, reader.count())
    scores = {ranked.passage: ranked for ranked in ranking.ranked}
    order = ordered(connection, scores, sort)
    placed = tuple(Placed(scores[passage]) for passage in order[offset : offset + limit])
    return _placing(placed, ranking, offset + limit < len(order))


def _grouped(
    connection: sqlite3.Connection,
    reader: Reader,
    tree: Node,
    limit: int,
    offset: int,
    sort: Sort,
    group: Group,
) -> Placing:
    """Place the best hit of each group, or with another order the first."""
    ranking = reader.search(tree, reader.count())
    scores = {ranked.passage: ranked for ranked in ranking.ranked}
    order: Iterable[int] = scores
    if sort is not Sort.RELEVANCE:
        order = ordered(connection, scores, sort)
    group_of = groups_of(connection, scores, group)
    first: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for passage in order:
        number = group_of.get(passage)
        if number is not None:
            first.setdefault(number, passage)
            sizes[number] = sizes.get(number, 0) + 1
    placed = tuple(
        Placed(scores[passage], in_group=sizes[number])
        for number, passage in list(first.items())[offset : offset + limit]
    )
    more = offset + limit < len(first)
    return _placing(placed, ranking, more, len(first))

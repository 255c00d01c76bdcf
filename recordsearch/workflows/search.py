"""Answer a query: parse, rank, fetch from the catalogue, highlight."""

import sqlite3
from dataclasses import dataclass

from recordsearch.catalogue import reading
from recordsearch.catalogue.facets import Facet, facets
from recordsearch.engines.protocol import Reader
from recordsearch.query.highlight import matches, snippet
from recordsearch.query.language import parse
from recordsearch.query.places import cited_place
from recordsearch.query.tree import Node
from recordsearch.records import Coverage, Hit, Ranked

SNIPPET_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits asked for, how many there are in all, and how far this can be relied on.

    ``notes`` says, a line each, where a limit was reached. ``facets`` are those of all hits, where
    they were asked for.
    """

    hits: tuple[Hit, ...]
    total: int
    offset: int
    notes: tuple[str, ...]
    coverage: Coverage
    facets: tuple[Facet, ...] = ()


def search(
    connection: sqlite3.Connection,
    reader: Reader,
    query: str,
    limit: int,
    offset: int = 0,
    *,
    any_word: bool = False,
    facet_values: int = 0,
) -> Answer:
    """Answer ``query`` with at most ``limit`` hits after the first ``offset``.

    With ``any_word`` one of the query's words suffices; passages with more of them come first.
    ``facet_values`` is how many values of each field are counted over all hits.

    :raises QueryError: the query cannot be understood.
    """
    tree = parse(query, any_word)
    ranking = reader.search(tree, limit, offset)
    stored = reading.passages(connection, [ranked.passage for ranked in ranking.ranked])
    hits = tuple(
        _hit(offset + place, ranked, stored[ranked.passage], tree)
        for place, ranked in enumerate(ranking.ranked, 1)
        # A passage that was replaced since the index was opened has nothing to show.
        if ranked.passage in stored
    )
    counted: tuple[Facet, ...] = ()
    if facet_values:
        everything = reader.search(tree, ranking.total).ranked
        passages = (ranked.passage for ranked in everything)
        counted = tuple(facets(connection, passages, facet_values))
    coverage = reading.coverage(connection)
    return Answer(hits, ranking.total, offset, ranking.notes, coverage, counted)


def _hit(rank: int, ranked: Ranked, passage: reading.StoredPassage, tree: Node) -> Hit:
    release, file = cited_place(tree, passage.places)
    excerpt, marks = snippet(passage.text, matches(tree, passage.text), SNIPPET_CHARACTERS)
    return Hit(
        rank=rank,
        score=ranked.score,
        passage=passage.passage,
        document=passage.document,
        release=release,
        file=file,
        first_page=passage.first_page,
        last_page=passage.last_page,
        bates=reading.bates_range(passage.first_bates, passage.last_bates),
        confidence=passage.confidence,
        snippet=excerpt,
        matches=marks,
        text=passage.text,
    )

"""Answer a query: parse, rank, fetch from the catalogue, highlight."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recordsearch.catalogue import reading
from recordsearch.catalogue.facets import Facet, facets
from recordsearch.catalogue.languages import languages
from recordsearch.catalogue.ordering import Group, Sort
from recordsearch.engines.protocol import Reader
from recordsearch.query.highlight import snippet
from recordsearch.query.places import cited_place
from recordsearch.query.tree import Numbered
from recordsearch.records import Coverage, Hit
from recordsearch.workflows.asking import tree_of
from recordsearch.workflows.feedback import prepared
from recordsearch.workflows.marking import Marking
from recordsearch.workflows.ranking import Placed, place_hits

if TYPE_CHECKING:
    from recordsearch.workflows.explaining import Explanation
    from recordsearch.workflows.suggesting import Why

SNIPPET_CHARACTERS = 240
# Passages with most of the words, where none has all.
_PARTIAL = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a search.

    ``any_word``      one of the query's words suffices; passages with more of them come first.
    ``tolerant``      words are looked for in the forms, too, that OCR makes of them.
    ``expand``        what the best hits speak of counts for the ranking; None leaves that to the
                      query: it does for a question of many words.
    ``sort, group``   see :mod:`recordsearch.catalogue.ordering`.
    ``fold``          show near-identical passages once.
    ``facet_values``  how many values of each field are counted over all hits; 0 for no facets.
    ``explain``       say of each hit what the parts of the query add to its score.
    """

    limit: int = 10
    offset: int = 0
    any_word: bool = False
    tolerant: bool = False
    expand: bool | None = None
    sort: Sort = Sort.RELEVANCE
    group: Group | None = None
    fold: bool = True
    facet_values: int = 0
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits asked for, how many there are in all, and how far this can be relied on.

    ``more`` tells that there are hits after these, and ``marking`` what is marked in a text.
    ``group`` is what the hits are grouped by, and ``groups`` how many groups all of them are in.
    ``notes`` says, a line each, where a limit was reached and what else was looked for. ``facets``
    are those of all hits, where they were asked for; so is an explanation for each hit.

    Where nothing is found, ``why`` says why, and ``partial`` are the passages with most of the
    query's words, where none has all of them. ``added`` are words of the best hits that count for
    the ranking, too.
    """

    hits: tuple[Hit, ...]
    total: int
    offset: int
    notes: tuple[str, ...]
    coverage: Coverage
    facets: tuple[Facet, ...] = ()
    group: Group | None = None
    groups: int = 0
    more: bool = False
    marking: Marking = field(default_factory=lambda: Marking(Numbered(())))
    why: "Why | None" = None
    partial: tuple[Hit, ...] = ()
    explanations: "tuple[Explanation, ...]" = ()
    added: tuple[str, ...] = ()


def search(
    connection: sqlite3.Connection,
    reader: Reader,
    query: str,
    wanted: Wanted,
    coverage: Callable[[sqlite3.Connection], Coverage] = reading.coverage,
    spoken: Sequence[str] = (),
) -> Answer:
    """Answer ``query``; ``coverage`` tells how far the archive was read.

    ``spoken`` are the archive's languages, which are looked up where they are not given.

    :raises QueryError: the query cannot be understood.
    """
    spoken = spoken or languages(connection)
    parsed = tree_of(connection, query, any_word=wanted.any_word, tolerant=wanted.tolerant)
    asked = prepared(
        connection,
        reader,
        parsed,
        query,
        any_word=wanted.any_word,
        expand=wanted.expand,
        languages=spoken,
    )
    tree = asked.sought
    placing = place_hits(
        connection,
        reader,
        asked.ranked if wanted.sort is Sort.RELEVANCE else tree,
        wanted.limit,
        wanted.offset,
        sort=wanted.sort,
        group=wanted.group,
        fold=wanted.fold,
    )
    marking = Marking(tree, spoken, placing.variants)
    hits = hits_of(connection, placing.placed, marking, wanted.offset)
    why = None
    partial: tuple[Hit, ...] = ()
    if not placing.total:
        from recordsearch.workflows.suggesting import why_nothing

        why = why_nothing(reader, tree)
        if not wanted.any_word:
            looser = tree_of(connection, query, any_word=True, tolerant=wanted.tolerant)
            best = place_hits(connection, reader, looser, min(_PARTIAL, wanted.limit), 0)
            partial = hits_of(connection, best.placed, Marking(looser, spoken, best.variants), 0)
    explanations: tuple[Explanation, ...] = ()
    if wanted.explain:
        from recordsearch.workflows.explaining import explain

        explanations = tuple(explain(reader, asked.ranked, hit.passage, hit.score) for hit in hits)
    notes = placing.notes
    if asked.added:
        notes = (*notes, f"the best hits also speak of: {', '.join(asked.added)}")
    counted: tuple[Facet, ...] = ()
    if wanted.facet_values:
        counted = tuple(facets(connection, reader.matching(tree), wanted.facet_values))
    return Answer(
        hits,
        placing.total,
        wanted.offset,
        notes,
        coverage(connection),
        counted,
        wanted.group,
        placing.groups,
        placing.more,
        marking,
        why,
        partial,
        explanations,
        asked.added,
    )


def hits_of(
    connection: sqlite3.Connection,
    placed: Sequence[Placed],
    marking: Marking,
    offset: int,
) -> tuple[Hit, ...]:
    """Fetch the hits that stand at these places, with what is marked in them."""
    stored = reading.passages(connection, [one.ranked.passage for one in placed])
    return tuple(
        _hit(offset + place, one, stored[one.ranked.passage], marking)
        for place, one in enumerate(placed, 1)
        # A passage that was replaced since the index was opened has nothing to show.
        if one.ranked.passage in stored
    )


def _hit(rank: int, placed: Placed, passage: reading.StoredPassage, marking: Marking) -> Hit:
    release, file = cited_place(marking.tree, passage.places)
    excerpt, marks = snippet(passage.text, marking.in_text(passage.text), SNIPPET_CHARACTERS)
    return Hit(
        rank=rank,
        score=placed.ranked.score,
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
        near_identical=placed.near_identical,
        in_group=placed.in_group,
    )

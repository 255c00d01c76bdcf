"""Passages that are about the same as a passage or a document, by its distinctive words."""

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Callable

from recordsearch.catalogue import reading
from recordsearch.catalogue.languages import languages
from recordsearch.engines.index_fields import EXACT
from recordsearch.engines.protocol import Reader
from recordsearch.errors import UsageError
from recordsearch.query.analysis import streams
from recordsearch.query.stop_words import is_stop
from recordsearch.query.tree import And, Boost, Node, Not, Numbered, Word, either
from recordsearch.records import Coverage
from recordsearch.workflows.marking import Marking
from recordsearch.workflows.ranking import place_hits
from recordsearch.workflows.search import Answer, hits_of
from recordsearch.workflows.show import find_wanted

_PASSAGE = re.compile(r"p([0-9]{1,15})")
# So many of the most distinctive words are looked for; more add time and little else.
MOST_WORDS = 25
# A word that stands in one passage alone finds nothing else; one shorter than this says little.
_FEWEST_PASSAGES = 2
_SHORTEST = 3
# A word in more than this share of all passages tells none from another.
_COMMONEST = 0.1
_MOST_TEXT = 200_000


def similar(
    connection: sqlite3.Connection,
    reader: Reader,
    name: str,
    limit: int,
    offset: int,
    coverage: Callable[[sqlite3.Connection], Coverage] = reading.coverage,
) -> Answer:
    """Answer what is similar to what ``name`` names; the words looked for are in the notes.

    :raises UsageError: there is no such passage, or nothing goes by that name.
    """
    tree, words = similar_tree(connection, reader, _named(connection, name))
    if tree is None:
        notes: tuple[str, ...] = ("it has no word that distinguishes it and stands elsewhere, too",)
        return Answer((), 0, offset, notes, coverage(connection))
    placing = place_hits(connection, reader, tree, limit, offset)
    hits = hits_of(connection, placing.placed, Marking(tree, languages(connection)), offset)
    notes = (f"looked for: {', '.join(words)}", *placing.notes)
    return Answer(hits, placing.total, offset, notes, coverage(connection), more=placing.more)


def _named(connection: sqlite3.Connection, name: str) -> list[int]:
    match = _PASSAGE.fullmatch(name)
    if match is None:
        wanted = find_wanted(connection, name)
        return reading.passages_of(connection, wanted.document.document, wanted.first, wanted.last)
    number = int(match[1])
    if not reading.passages(connection, [number]):
        raise UsageError(
            f"there is no passage {number}",
            "passages have new numbers when a file is read anew: search again",
        )
    return [number]


def similar_tree(
    connection: sqlite3.Connection, reader: Reader, passages: list[int]
) -> tuple[Node | None, tuple[str, ...]]:
    """Return a tree that finds what is similar to some passages, but not themselves; and its words.

    None where they have no distinctive word. A word counts by how often it stands in them and how
    seldom elsewhere (tf-idf).
    """
    spoken = languages(connection)
    stored = reading.passages(connection, passages)
    text = "\n\n".join(stored[number].text for number in passages if number in stored)
    counted = Counter(
        token
        for token in streams(text[:_MOST_TEXT]).exact.split()
        if len(token) >= _SHORTEST and not token.isdigit() and not is_stop(token, spoken)
    )
    held = reader.frequencies(EXACT, counted)
    everything = max(1, reader.count())
    most = max(_FEWEST_PASSAGES, everything * _COMMONEST)
    weights = {
        token: (1 + math.log(times)) * math.log(everything / held[token] + 1)
        for token, times in counted.items()
        if _FEWEST_PASSAGES <= held.get(token, 0) <= most
    }
    words = sorted(weights, key=lambda token: (-weights[token], token))[:MOST_WORDS]
    if not words:
        return None, ()
    greatest = weights[words[0]]
    any_of = either(
        Boost(Word(word), max(0.01, round(weights[word] / greatest, 2))) for word in words
    )
    return And((any_of, Not(Numbered(tuple(sorted(passages)))))), tuple(words)

"""Find the records that were published again under another name, by their texts."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence

from recordsearch.catalogue import publications
from recordsearch.catalogue.publications import PublishedFile
from recordsearch.workflows.compare_words import (
    sketch_of,
    sketches_likeness,
    without_stamps,
    words_of,
)

# Half of all runs of three words: of texts that differ by some redactions most are the same, of
# two letters on one form few.
_ALIKE = 0.5
_SIZE = 96
_MOST_CHARACTERS = 100_000
_FEWEST_WORDS = 8
# What so many texts share is a form's; and so many are compared with each at most.
_MOST_HOLDERS = 50
_MOST_CANDIDATES = 20

Pair = tuple[PublishedFile, PublishedFile]


def most_alike(
    connection: sqlite3.Connection, left: list[PublishedFile], right: list[PublishedFile]
) -> tuple[list[Pair], list[PublishedFile], list[PublishedFile]]:
    """Pair files whose texts are much alike, the most alike first; return what is left, too.

    Files with fewer than 8 words are never paired. Texts are read one at a time.
    """
    if not left or not right:
        return [], left, right
    sketches = [_sketch(connection, one) for one in left]
    others = [_sketch(connection, one) for one in right]
    scored = sorted(_candidates(sketches, others), key=lambda one: (-one[0], one[1], one[2]))
    taken: set[int] = set()
    taken_there: set[int] = set()
    pairs = []
    for _, place, other in scored:
        if place not in taken and other not in taken_there:
            taken.add(place)
            taken_there.add(other)
            pairs.append((left[place], right[other]))
    return (
        pairs,
        [one for place, one in enumerate(left) if place not in taken],
        [one for place, one in enumerate(right) if place not in taken_there],
    )


def _candidates(
    sketches: Sequence[tuple[int, ...]], others: Sequence[tuple[int, ...]]
) -> Iterator[tuple[float, int, int]]:
    """Yield pairs that are alike enough, as likeness and places."""
    holders: dict[int, list[int]] = {}
    for place, sketch in enumerate(others):
        for run in sketch:
            holders.setdefault(run, []).append(place)
    for place, sketch in enumerate(sketches):
        votes = Counter(
            holder
            for run in sketch
            if len(holders.get(run, ())) <= _MOST_HOLDERS
            for holder in holders.get(run, ())
        )
        for other, _ in votes.most_common(_MOST_CANDIDATES):
            found = sketches_likeness(sketch, others[other], _SIZE)
            if found >= _ALIKE:
                yield found, place, other


def _sketch(connection: sqlite3.Connection, one: PublishedFile) -> tuple[int, ...]:
    text = ""
    for page in publications.pages_of(connection, one.document):
        text += without_stamps(page.text) + "\n"
        if len(text) > _MOST_CHARACTERS:
            break
    words = words_of(text[:_MOST_CHARACTERS])
    return sketch_of(words, _SIZE) if len(words) >= _FEWEST_WORDS else ()

"""Hits as evidence: each with what proves where it stands, and a record that repeats the search."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from recordsearch.catalogue import reading
from recordsearch.catalogue.tags import tags_of
from recordsearch.records import Coverage, Hit
from recordsearch.workflows.marking import Marking
from recordsearch.workflows.search import Answer


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit with the SHA-256 (hex) of its document, and the tags and notes that it bears.

    ``marks`` are the character ranges of its text that the query matches, and ``marking`` tells
    those of its pages. ``places`` are all releases and files in them at which the document lies.
    """

    hit: Hit
    sha256: str
    marks: tuple[tuple[int, int], ...]
    marking: Marking
    places: tuple[tuple[str, str], ...]
    tags: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """What it takes to repeat a search and get the same answer.

    ``asked``    when it was asked (ISO 8601, UTC).
    ``options``  how it was asked, by name.
    ``archive``  the archive's own number, ``state`` the SHA-256 of what it held, ``index`` what its
                 index was made by.
    ``total``    how many passages match; ``exported`` how many hits were written, near-identical
                 passages being folded into one.
    """

    program: str
    query: str
    options: Mapping[str, object]
    asked: str
    archive: str
    state: str
    index: str
    total: int
    exported: int
    notes: tuple[str, ...]
    coverage: Coverage


def gather(connection: sqlite3.Connection, answer: Answer) -> list[Evidence]:
    """Fetch what proves the hits of an answer."""
    passages = [hit.passage for hit in answer.hits]
    sha256_of = reading.hashes(connection, {hit.document for hit in answer.hits})
    stored = reading.passages(connection, passages)
    tags = tags_of(connection, passages)
    return [
        Evidence(
            hit,
            sha256_of.get(hit.document, ""),
            tuple(answer.marking.in_text(hit.text)),
            answer.marking,
            stored[hit.passage].places if hit.passage in stored else ((hit.release, hit.file),),
            tuple((one.tag, one.note) for one in tags.get(hit.passage, ())),
        )
        for hit in answer.hits
    ]

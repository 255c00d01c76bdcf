"""Clusters of near-duplicates keep their numbers while their texts come and go."""

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordsearch.catalogue import documents, near_duplicates, pages
from recordsearch.catalogue.connection import open_for_writing
from recordsearch.catalogue.near_duplicates import Kind, NearCopies, SharedText
from recordsearch.passages import split_passages
from recordsearch.records import Identity, MediaType, ReadOptions
from recordsearch.understand.near_clusters import find_groups

A, B, C, D = (random.Random(seed).randbytes(64) for seed in range(4))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_for_writing(str(tmp_path / "catalogue.sqlite3"))
    yield connection
    connection.close()


def add(connection: sqlite3.Connection, name: str, *sketches: bytes, whole: bytes = b"") -> int:
    document = documents.add_document(
        connection, Identity(name * 8, 5, MediaType.PDF, 1), ReadOptions()
    )
    text = "\n\n".join("word" for _ in sketches)
    bounds = [6 * at for at in range(len(sketches))]
    passages = [(passage, None, None) for passage in split_passages([text], bounds)]
    pages.store_passages(connection, document, [], [], passages)
    near_duplicates.add_sketches(connection, document, sketches, whole)
    return document


def compare(connection: sqlite3.Connection, kind: Kind = Kind.PASSAGE) -> None:
    groups = find_groups(
        near_duplicates.new_sketches(connection, kind),
        alone=near_duplicates.alone_sketches(connection, kind),
        clusters=near_duplicates.cluster_sketches(connection, kind),
    )
    near_duplicates.set_groups(connection, kind, groups)


def passage(connection: sqlite3.Connection, document: int, ordinal: int = 1) -> int:
    row = connection.execute(
        "SELECT id FROM passage WHERE document = ? AND ordinal = ?", (document, ordinal)
    )
    return int(row.fetchone()[0])


def cluster(connection: sqlite3.Connection, document: int, ordinal: int = 1) -> int | None:
    number = passage(connection, document, ordinal)
    found = near_duplicates.near_copies(connection, Kind.PASSAGE, [number])
    return found[number].cluster if found else None


def test_copies_are_counted_with_their_cluster(connection: sqlite3.Connection) -> None:
    one, other = add(connection, "a", A, b"", B), add(connection, "b", A)
    compare(connection)
    numbers = [passage(connection, one, at) for at in (1, 2, 3)]
    found = near_duplicates.near_copies(connection, Kind.PASSAGE, numbers)
    assert list(found) == numbers[:1]
    assert found[numbers[0]].members == 2
    members = near_duplicates.cluster_members(connection, Kind.PASSAGE, found[numbers[0]].cluster)
    assert members == [numbers[0], passage(connection, other)]
    assert list(near_duplicates.new_sketches(connection, Kind.PASSAGE)) == []


def test_a_cluster_outlives_the_text_that_founded_it(connection: sqlite3.Connection) -> None:
    first, second, third = (add(connection, name, A) for name in "abc")
    compare(connection)
    number = cluster(connection, second)
    documents.understand_again(connection, first)
    fourth = add(connection, "d", A)
    compare(connection)
    assert number is not None
    assert {cluster(connection, each) for each in (second, third, fourth)} == {number}


def test_a_text_that_is_read_again_comes_back_to_its_cluster(
    connection: sqlite3.Connection,
) -> None:
    first, second = add(connection, "a", A), add(connection, "b", A)
    compare(connection)
    number = cluster(connection, first)
    documents.understand_again(connection, second)
    again = add(connection, "c", A)
    compare(connection)
    assert cluster(connection, again) == cluster(connection, first) == number


def test_the_last_of_a_cluster_is_alone_and_can_found_another(
    connection: sqlite3.Connection,
) -> None:
    first, second = add(connection, "a", A), add(connection, "b", A)
    compare(connection)
    documents.understand_again(connection, second)
    compare(connection)
    assert cluster(connection, first) is None
    assert list(near_duplicates.cluster_sketches(connection, Kind.PASSAGE)) == []
    third = add(connection, "c", A)
    compare(connection)
    assert cluster(connection, first) == cluster(connection, third) is not None


def test_documents_are_clustered_apart_from_passages(connection: sqlite3.Connection) -> None:
    one = add(connection, "a", A, whole=C)
    other = add(connection, "b", B, whole=C)
    add(connection, "c", C)
    compare(connection, Kind.DOCUMENT)
    compare(connection)
    found = near_duplicates.near_copies(connection, Kind.DOCUMENT, [one, other])
    assert found[one] == found[other] == NearCopies(found[one].cluster, 2)
    assert near_duplicates.near_copies(connection, Kind.PASSAGE, [passage(connection, one)]) == {}


def test_a_message_is_held_by_the_chain_that_quotes_it(connection: sqlite3.Connection) -> None:
    message, chain = add(connection, "a", A), add(connection, "b", B, A, C, D)
    add(connection, "c", random.Random(9).randbytes(64))
    compare(connection)
    assert near_duplicates.shared_text(connection, message) == [SharedText(chain, 1.0, 0.25)]
    assert near_duplicates.shared_text(connection, chain) == [SharedText(message, 0.25, 1.0)]


def test_what_stands_everywhere_relates_no_documents(connection: sqlite3.Connection) -> None:
    form = add(connection, "a", *[A] * 600)
    other = add(connection, "b", A, B)
    third = add(connection, "c", B)
    compare(connection)
    assert near_duplicates.shared_text(connection, form) == []
    assert near_duplicates.shared_text(connection, other) == [SharedText(third, 0.5, 1.0)]

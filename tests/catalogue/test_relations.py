"""What documents have to do with each other: numbers that were given once stay."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordsearch.catalogue import contents, documents, listing, places, relations
from recordsearch.catalogue.connection import open_for_writing
from recordsearch.contents import Mailbox, Message
from recordsearch.records import Identity, MediaType, ReadOptions, SourceFile

ROE = Mailbox("Roe, Jane", "jroe@fairbrook.example")
LIMB = Mailbox("Ivo Limb", "")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_for_writing(str(tmp_path / "catalogue.sqlite3"))
    yield connection
    connection.close()


def message(ordinal: int, subject: str, sent: str, quoted_in: int | None = None) -> Message:
    return Message(
        ordinal=ordinal, first_page=1, last_page=1, ranges=((10 * ordinal, 10 * ordinal + 9),),
        body_start=10 * ordinal + 4, sender=ROE, to=(LIMB,), cc=(), bcc=(), sent=sent,
        sent_as_written=sent, subject=subject, attachments=("plan.pdf",), quoted_in=quoted_in,
        confidence=90.0,
    )  # fmt: skip


def add_document(connection: sqlite3.Connection, name: str, *messages: Message) -> list[int]:
    document = documents.add_document(
        connection, Identity(name * 8, 5, MediaType.PDF, 1), ReadOptions()
    )
    places.set_location(connection, SourceFile(f"/r/{name}", name, "r", 5, 7), document)
    add_messages(connection, document, *messages)
    rows = connection.execute("SELECT id FROM copy WHERE document = ? ORDER BY id", (document,))
    return [row[0] for row in rows]


def add_messages(connection: sqlite3.Connection, document: int, *messages: Message) -> None:
    nothing: list[tuple[()]] = [() for _ in messages]
    contents.add_messages(connection, document, messages, nothing, nothing)


def numbers(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    return {one.copy: (one.message, one.thread) for one in listing.messages(connection)}


def test_copies_of_one_message_share_its_number_and_know_where_it_is_quoted(
    connection: sqlite3.Connection,
) -> None:
    first, quoted = add_document(
        connection, "a", message(1, "RE: dogs", "2017-02-02T10:00"),
        message(2, "dogs", "2017-02-01T10:00", quoted_in=1),
    )  # fmt: skip
    (alone,) = add_document(connection, "b", message(1, "dogs", "2017-02-01T10:00"))
    relations.set_messages(
        connection, [(first, "x", [first]), (alone, "y", [quoted, alone])], {first: 1, alone: 1}
    )
    listed = {one.copy: one for one in listing.messages(connection)}
    assert listed[quoted].message == listed[alone].message != listed[first].message
    assert listed[alone].quoted_in == (listed[first].message,)
    assert (listed[alone].is_best, listed[quoted].is_best) == (True, False)
    assert listed[alone].places == 2
    assert len({one.thread for one in listed.values()}) == 1
    assert listed[alone].sender == ROE
    assert listed[alone].to == (LIMB,)
    assert [one.copy for one in listing.messages(connection)] == [quoted, alone, first]


def test_numbers_stay_when_more_is_known_and_when_all_is_read_anew(
    connection: sqlite3.Connection,
) -> None:
    (first,) = add_document(connection, "a", message(1, "dogs", "2017-02-01T10:00"))
    (second,) = add_document(connection, "b", message(1, "cats", "2017-02-01T10:00"))
    groups = [(first, "dogs", [first]), (second, "cats", [second])]
    relations.set_messages(connection, groups, {first: first, second: second})
    before = numbers(connection)
    (third,) = add_document(connection, "c", message(1, "dogs", "2017-02-01T10:00"))
    groups = [(third, "dogs", [first, third]), (second, "cats", [second])]
    relations.set_messages(connection, groups, {third: second, second: second})
    after = numbers(connection)
    assert after[first][0] == after[third][0] == before[first][0]
    assert after[second][0] == before[second][0]
    # One thread took in the other, and keeps one of the two numbers.
    assert after[first][1] == after[second][1] in {before[first][1], before[second][1]}
    document = connection.execute("SELECT document FROM copy WHERE id = ?", (second,)).fetchone()[0]
    contents.forget_contents(connection, document)
    add_messages(connection, document, message(1, "cats", "2017-02-01T10:00"))
    new = connection.execute("SELECT id FROM copy WHERE document = ?", (document,)).fetchone()[0]
    groups = [(third, "dogs", [first, third]), (new, "cats", [new])]
    relations.set_messages(connection, groups, {third: new, new: new})
    assert numbers(connection)[new] == after[second]


def test_text_that_sqlite_cannot_keep_is_replaced(connection: sqlite3.Connection) -> None:
    (copy,) = add_document(connection, "a", message(1, "dogs \ud800", "2017-02-01T10:00"))
    relations.set_messages(connection, [(copy, "x", [copy])], {copy: copy})
    assert [one.subject for one in listing.messages(connection)] == ["dogs ?"]


def test_a_document_that_is_gone_takes_its_messages_along(connection: sqlite3.Connection) -> None:
    (copy,) = add_document(connection, "a", message(1, "dogs", "2017-02-01T10:00"))
    relations.set_messages(connection, [(copy, "x", [copy])], {copy: copy})
    places.set_location(connection, SourceFile("/r/a", "a", "r", 6, 8), None)
    assert relations.is_unrelated(connection)
    assert list(listing.messages(connection)) == []
    relations.set_messages(connection, [], {})
    assert connection.execute("SELECT count(*) FROM message").fetchone()[0] == 0
    assert connection.execute("SELECT count(*) FROM thread").fetchone()[0] == 0

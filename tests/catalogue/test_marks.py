"""What pages show beside their text: stored with the page, gone with it, found by ``has:``."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordsearch.catalogue import contents, documents, entries, marks, page_list, pages
from recordsearch.catalogue.connection import open_for_writing
from recordsearch.contents import Value, ValueKind
from recordsearch.passages import page_starts, split_passages
from recordsearch.records import (
    Adapter,
    Identity,
    Mark,
    MarkKind,
    MediaType,
    Method,
    Page,
    ReadOptions,
)

TEXT = Adapter("pypdfium2", "1")
REDACTED = Mark(MarkKind.REDACTION, 100.0, 400.0, 260.5, 413.0)
TABLE = Mark(MarkKind.TABLE, 0.0, 0.0, 612.0, 792.0)
LONG = "The second page speaks of dogs and of those who keep them. " * 30


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_for_writing(str(tmp_path / "catalogue.sqlite3"))
    yield connection
    connection.close()


def store(connection: sqlite3.Connection) -> int:
    made = [
        Page(1, "Call (b)(6) today.", Method.TEXT, TEXT, "", marks=(REDACTED, TABLE)),
        Page(2, LONG, Method.TEXT, TEXT, ""),
    ]
    identity = Identity("0" * 64, 9, MediaType.PDF, 2)
    document = documents.add_document(connection, identity, ReadOptions())
    pages.add_pages(connection, document, made)
    texts = [page.text for page in made]
    passages = [(passage, None, None) for passage in split_passages(texts)]
    pages.store_passages(connection, document, page_starts(texts), ["", ""], passages)
    value = Value(ValueKind.EXEMPTION, "(b)(6)", "(b)(6)", 1, 5, 11)
    contents.add_values(connection, document, [value])
    return document


def test_marks_are_read_as_they_were_stored(connection: sqlite3.Connection) -> None:
    document = store(connection)
    assert marks.marks_of_page(connection, document, 1) == (REDACTED, TABLE)
    assert marks.marks_of_page(connection, document, 2) == ()
    assert marks.kinds_by_page(connection, document) == {1: ("redaction", "table")}


def test_a_passage_has_what_its_pages_show(connection: sqlite3.Connection) -> None:
    first, *rest = entries.index_entries(connection, store(connection))
    assert set(first.fields["has"]) == {"redaction", "table"}
    assert "(b)(6)" in first.fields["exemption"]
    assert "b6" in first.fields["exemption"]
    alone = [entry for entry in rest if entry.first_page == 2]
    assert alone
    assert all("has" not in entry.fields for entry in alone)


def test_marks_go_with_their_page(connection: sqlite3.Connection) -> None:
    document = store(connection)
    documents.read_again(connection, document, ReadOptions())
    assert marks.kinds_by_page(connection, document) == {}
    assert connection.execute("SELECT count(*) FROM page_mark").fetchone() == (0,)


def test_another_reading_of_a_page_keeps_its_marks(connection: sqlite3.Connection) -> None:
    document = store(connection)
    again = Page(1, "Call (b)(6) to-day.", Method.OCR, TEXT, "", 90.0)
    page_list.replace_page(connection, document, again)
    assert marks.marks_of_page(connection, document, 1) == (REDACTED, TABLE)

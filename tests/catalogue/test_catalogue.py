"""The catalogue: what goes in comes out, and what is gone leaves no trace but a removal."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordsearch.catalogue import documents, entries, pages, pending, places, reading
from recordsearch.catalogue.connection import open_for_reading, open_for_writing
from recordsearch.catalogue.schema import SCHEMA_VERSION, schema_version
from recordsearch.errors import ArchiveError
from recordsearch.passages import page_starts, split_passages
from recordsearch.records import (
    Adapter,
    Identity,
    MediaType,
    Method,
    Page,
    Problem,
    ReadOptions,
    SourceFile,
    Word,
)

TEXT = Adapter("pypdfium2", "1")
OCR = Adapter("tesserocr", "2")
PAGES = (
    Page(1, "The first page speaks of cameras.", Method.TEXT, TEXT, "text layer"),
    Page(2, "The second\nspeaks of dogs.", Method.OCR, OCR, "no text layer", 91.0, 612, 792),
    Page(
        3,
        "Tbe tbird",
        Method.OCR,
        OCR,
        "no text layer",
        41.0,
        words=(Word("Tbe", 72.04, 70, 90, 80, 41.0),),
        poor="OCR confidence 41 of 100",
        mend="scan it again",
        other_text="layer",
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "catalogue.sqlite3")


@pytest.fixture
def connection(file: str) -> Iterator[sqlite3.Connection]:
    connection = open_for_writing(file)
    yield connection
    connection.close()


def source(name: str, release: str = "r", size: int = 5, modified_ns: int = 7) -> SourceFile:
    return SourceFile(f"/data/{release}/{name}", name, release, size, modified_ns)


def store(connection: sqlite3.Connection, name: str, sha256: str = "ab" * 32) -> int:
    document = documents.add_document(
        connection, Identity(sha256, 5, MediaType.PDF, len(PAGES)), ReadOptions()
    )
    places.set_location(connection, source(name), document)
    pages.add_pages(connection, document, PAGES)
    texts = pages.page_texts(connection, document)
    passages = [(passage, None, None) for passage in split_passages(texts)]
    bates = ["B-001", "B-002", ""]
    pages.store_passages(connection, document, page_starts(texts), bates, passages)
    return document


def test_a_new_catalogue_has_the_newest_schema_and_a_name(connection: sqlite3.Connection) -> None:
    assert schema_version(connection) == SCHEMA_VERSION
    assert len(reading.archive_id(connection)) == 32
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_opening_again_changes_nothing(file: str, connection: sqlite3.Connection) -> None:
    store(connection, "a.pdf")
    before = reading.archive_id(connection)
    connection.close()
    again = open_for_writing(file)
    assert reading.archive_id(again) == before
    assert reading.counts(again).documents == 1
    again.close()


def test_a_newer_catalogue_is_refused(file: str, connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    for opening in (open_for_reading, open_for_writing):
        with pytest.raises(ArchiveError, match="newer version"):
            opening(file)


def test_what_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite3"
    path.write_bytes(b"this is no database at all, but long enough to look at" * 100)
    for opening in (open_for_reading, open_for_writing):
        with pytest.raises(ArchiveError, match="cannot be opened"):
            opening(str(path))


def test_a_reader_cannot_change_anything(file: str, connection: sqlite3.Connection) -> None:
    reader = open_for_reading(file)
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("DELETE FROM document")
    reader.close()


def test_a_passage_comes_back_with_its_citation(connection: sqlite3.Connection) -> None:
    document = store(connection, "a.pdf")
    (number,) = pending.passage_numbers(connection, document)
    passage = reading.passages(connection, [number, 999])[number]
    assert passage.text == "\f".join(page.text for page in PAGES)
    assert passage.places == (("r", "a.pdf"),)
    assert (passage.first_page, passage.last_page) == (1, 3)
    assert (passage.first_bates, passage.last_bates) == ("B-001", "")
    assert passage.confidence == 41.0


def test_pages_come_back_with_what_was_decided(connection: sqlite3.Connection) -> None:
    document = store(connection, "a.pdf")
    one, two, three = reading.pages(connection, document, 1, 9)
    assert (one.method, one.adapter, one.reason) == (Method.TEXT, "pypdfium2", "text layer")
    assert (two.method, two.confidence, two.text) == (Method.OCR, 91.0, PAGES[1].text)
    assert three.poor
    assert connection.execute("SELECT text FROM other_reading").fetchall() == [("layer",)]


def test_poor_pages_are_problems_and_are_counted(connection: sqlite3.Connection) -> None:
    store(connection, "a.pdf")
    assert [problem for _, problem in reading.problems(connection)] == [
        Problem("a.pdf", 3, "ocr", "OCR confidence 41 of 100", "scan it again")
    ]
    counts = reading.counts(connection)
    assert (counts.pages, counts.pages_text, counts.pages_ocr, counts.pages_poor) == (3, 1, 2, 1)
    coverage = reading.coverage(connection)
    assert (coverage.pages, coverage.pages_poor, coverage.files_unread) == (3, 1, 0)
    assert coverage.passages_pending == 1


def test_a_file_without_a_document_is_a_problem_until_it_is_read(
    connection: sqlite3.Connection,
) -> None:
    location = places.set_location(connection, source("b.bin"), None)
    documents.add_location_problem(connection, location, "detect", "unknown", "ask")
    assert reading.coverage(connection).files_unread == 1
    known = places.known_file(connection, source("b.bin"))
    assert known is not None
    assert (known.document, known.failed_at, known.size) == (None, "detect", 5)
    store(connection, "b.bin")
    assert reading.coverage(connection).files_unread == 0


def test_a_changed_file_replaces_what_it_was(connection: sqlite3.Connection) -> None:
    before = store(connection, "a.pdf")
    gone = pending.passage_numbers(connection, before)
    after = store(connection, "a.pdf", "cd" * 32)
    assert reading.counts(connection).documents == 1
    assert pending.passage_numbers(connection, before) == []
    assert pending.removed_passages(connection) == gone
    assert not set(gone) & set(pending.passage_numbers(connection, after))


def test_a_document_stays_while_it_lies_anywhere(connection: sqlite3.Connection) -> None:
    document = store(connection, "a.pdf")
    places.set_location(connection, source("copy.pdf", "other"), document)
    store(connection, "a.pdf", "cd" * 32)
    assert reading.counts(connection).documents == 2
    (entry,) = entries.index_entries(connection, document)
    assert entry.fields["file"] == ("copy.pdf",)
    assert entry.fields["release"] == ("other",)


def test_a_new_place_means_that_the_index_must_learn_it(connection: sqlite3.Connection) -> None:
    document = store(connection, "a.pdf")
    pending.mark_indexed(connection, [(document, "")])
    places.set_location(connection, source("copy.pdf"), document)
    assert pending.documents_in_state(connection, "stored") == [document]


def test_reading_again_starts_from_nothing(connection: sqlite3.Connection) -> None:
    document = store(connection, "a.pdf")
    documents.read_again(connection, document, ReadOptions(language="deu"))
    assert pages.missing_pages(connection, document) == [1, 2, 3]
    assert documents.read_options(connection, document).language == "deu"
    assert list(reading.problems(connection)) == []
    assert len(pending.removed_passages(connection)) == 1


def test_pages_still_missing_are_known(connection: sqlite3.Connection) -> None:
    document = documents.add_document(
        connection, Identity("ef" * 32, 5, MediaType.PDF, 3), ReadOptions()
    )
    pages.add_pages(connection, document, [PAGES[1]])
    assert pages.missing_pages(connection, document) == [1, 3]


@pytest.mark.parametrize(
    "name", ["1", "box 3/50%_done.pdf", "r/box 3/50%_done.pdf", "50%_done.pdf", "ab" * 5]
)
def test_a_document_goes_by_many_names(connection: sqlite3.Connection, name: str) -> None:
    store(connection, "box 3/50%_done.pdf")
    store(connection, "box 3/50xxdone.pdf", "cd" * 32)
    assert [found.document for found in reading.documents_named(connection, name)] == [1]


def test_an_ambiguous_name_gives_all(connection: sqlite3.Connection) -> None:
    store(connection, "one/a.pdf")
    store(connection, "two/a.pdf", "cd" * 32)
    assert len(reading.documents_named(connection, "a.pdf")) == 2
    assert reading.documents_named(connection, "b.pdf") == []


def test_a_path_that_is_no_text_is_kept_apart_from_others(connection: sqlite3.Connection) -> None:
    import os

    strange = [
        SourceFile(os.fsdecode(b"/data/caf" + byte), os.fsdecode(b"caf" + byte), "r", 1, 1)
        for byte in (b"\xe9", b"\xea")
    ]
    for one in strange:
        places.set_location(connection, one, None)
    assert reading.counts(connection).locations == 2
    rows = connection.execute("SELECT file FROM location ORDER BY file").fetchall()
    assert rows == [("caf\\xe9",), ("caf\\xea",)]

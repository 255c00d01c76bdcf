"""The language of documents in the catalogue."""

import sqlite3

import pytest

from recordsearch.catalogue import documents, languages
from recordsearch.catalogue.schema import migrate
from recordsearch.records import Identity, MediaType, ReadOptions


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:")
    migrate(connection)
    yield connection
    connection.close()


def add(connection, *codes):
    numbers = []
    for code in codes:
        identity = Identity(f"{len(numbers):064x}", 1, MediaType.PDF, 1)
        numbers.append(documents.add_document(connection, identity, ReadOptions()))
        languages.set_language(connection, numbers[-1], code)
    return numbers


def test_an_archive_without_documents_is_english(connection):
    assert languages.languages(connection) == ("en",)


def test_languages_come_most_documents_first_and_unknown_is_english(connection):
    add(connection, "de", "", "en", "", "de", "fr")
    assert languages.languages(connection) == ("en", "de", "fr")


def test_english_is_not_among_them_where_no_document_is(connection):
    add(connection, "de", "de")
    assert languages.languages(connection) == ("de",)


def test_the_language_of_a_document_is_not_that_of_its_ocr(connection):
    first, second = add(connection, "de", "")
    assert languages.language_of(connection, first) == "de"
    assert languages.language_of(connection, second) == ""
    assert languages.language_of(connection, 99) == ""
    assert documents.read_options(connection, first) == ReadOptions()

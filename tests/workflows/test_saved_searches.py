"""What is new to a saved search is shown once, and nothing is ever hidden."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from recordsearch.errors import QueryError, UsageError
from recordsearch.workflows.saved_searches import (
    Looked,
    Options,
    find,
    mark_looked_at,
    news,
    remove,
    save,
)
from tests.catalogue.kept_archive import MadeCatalogue, StubReader

CRANE = "The crane stood still."
OTHER = "The nets were cleared."


@pytest.fixture
def made(tmp_path: Path) -> MadeCatalogue:
    return MadeCatalogue(tmp_path)


@pytest.fixture
def connection(made: MadeCatalogue) -> Iterator[sqlite3.Connection]:
    with made.reading() as connection:
        yield connection


def look(
    connection: sqlite3.Connection,
    names: Sequence[str] = (),
    limit: int | None = None,
    before: Callable[[], object] = lambda: None,
) -> Looked:
    """Look at what is new; ``before`` happens between the moment and the opening of the index."""

    def reader() -> StubReader:
        before()
        return StubReader(connection)

    return news(connection, reader, names, limit)  # type: ignore[arg-type]


def shown(
    connection: sqlite3.Connection, name: str = "crane", limit: int | None = None
) -> list[int]:
    """Look, mark as looked at, and return the documents of the hits that were shown."""
    looked = look(connection, [name], limit)
    mark_looked_at(connection, looked)
    return [hit.document for one in looked.told for hit in one.hits]


def test_what_was_there_is_not_new_and_what_comes_is_new_once(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    made.add("a", CRANE)
    save(connection, "crane", "crane", Options())
    assert shown(connection) == []
    second = made.add("b", CRANE)
    made.add("c", OTHER)
    assert shown(connection) == [second]
    assert shown(connection) == []


def test_without_a_mark_it_stays_new(made: MadeCatalogue, connection: sqlite3.Connection) -> None:
    save(connection, "crane", "crane", Options())
    made.add("a", CRANE)
    for _ in range(2):
        (one,) = look(connection).told
        assert (one.new, one.total, len(one.hits)) == (1, 1, 1)


def test_what_an_unfinished_run_has_found_is_new_when_it_is_indexed(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    save(connection, "crane", "crane", Options())
    first = made.find("slow", 1)
    second = made.add("quick", CRANE)
    assert shown(connection) == [second], "its number is greater than that of the unfinished one"
    made.read(first, [CRANE])
    made.store(first)
    assert shown(connection) == []
    made.index(first)
    made.relate()
    assert shown(connection) == [first]


def test_what_is_read_moved_or_taken_in_again_is_not_new(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("a", CRANE)
    save(connection, "crane", "crane", Options())
    made.read_anew(document, CRANE)
    assert shown(connection) == []
    made.understand_anew(document)
    assert shown(connection) == []
    made.connection.execute("UPDATE location SET file = 'moved.txt'")
    assert shown(connection) == []
    made.forget(document)
    assert made.add("a", CRANE) != document
    assert shown(connection) == []


def test_what_was_forgotten_before_anybody_saw_it_is_new_when_it_comes_again(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    save(connection, "crane", "crane", Options())
    save(connection, "nets", "nets", Options())
    made.forget(made.add("a", CRANE))
    assert shown(connection) == []
    again = made.add("a", CRANE)
    assert shown(connection, "nets") == [], "this look notes it for the other search"
    made.forget(again)
    assert shown(connection) == []
    third = made.add("a", CRANE)
    assert shown(connection) == [third]
    assert shown(connection) == []


def test_a_page_that_can_be_read_at_last_is_new(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    filler = "Read and approved without any change by all. " * 60
    document = made.add("scan", f"{CRANE} {filler}", None, None)
    save(connection, "crane", "crane", Options())
    assert shown(connection) == []
    made.read_anew(document, f"{CRANE} {filler}", f"{filler} {CRANE}", None)
    looked = look(connection)
    mark_looked_at(connection, looked)
    assert [hit.last_page for hit in looked.told[0].hits] == [2]
    assert looked.told[0].total == 2
    made.read_anew(document, None, f"{filler} {CRANE}", None)
    made.read_anew(document, f"{CRANE} {filler}", f"{filler} {CRANE}", None)
    assert shown(connection) == [], "both pages have been read before"


def test_a_document_that_was_locked_is_new_when_it_can_be_opened(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("locked")
    save(connection, "crane", "crane", Options())
    made.read_anew(document, CRANE, OTHER)
    assert shown(connection) == [document]
    assert shown(connection) == []


def test_until_all_is_related_hits_may_come_and_none_is_shown_twice(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    save(connection, "crane", "crane", Options())
    first = made.add("a", CRANE)
    second = made.add("b", OTHER)
    made.connection.execute("INSERT INTO about VALUES ('unrelated', 'yes')")
    assert shown(connection) == [first]
    assert shown(connection) == []
    # What relating lends to a document makes it a hit, here by a change of its text.
    made.connection.execute("UPDATE page SET text = ? WHERE document = ?", (CRANE, second))
    made.relate()
    assert shown(connection) == [second]
    assert shown(connection) == []


def test_what_is_indexed_between_the_moment_and_the_look_is_new_the_next_time(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    save(connection, "crane", "crane", Options())
    first = made.add("a", CRANE)
    looked = look(connection, before=lambda: made.add("late", CRANE))
    mark_looked_at(connection, looked)
    assert [hit.document for hit in looked.told[0].hits] == [first]
    assert len(shown(connection)) == 1


def test_what_is_being_read_again_during_a_look_stays_new(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    save(connection, "crane", "crane", Options())
    save(connection, "nets", "nets", Options())
    document = made.add("a", CRANE)
    assert shown(connection, "nets") == []
    made.connection.execute("UPDATE document SET state = 'found'")
    assert shown(connection) == []
    made.index(document)
    assert shown(connection) == [document]
    made.add("b", CRANE)
    # Its passages are replaced after the moment, before the index is opened.
    mark_looked_at(connection, look(connection, before=lambda: made.understand_anew(document + 1)))
    assert shown(connection) == [document + 1]


def test_what_another_process_notes_during_a_look_stays_new(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    save(connection, "crane", "crane", Options())
    save(connection, "nets", "nets", Options())
    looked = look(connection, ["crane"])
    document = made.add("a", CRANE)
    with made.reading() as other:
        assert shown(other, "nets") == []
    mark_looked_at(connection, looked)
    assert shown(connection) == [document]
    assert shown(connection) == []


def test_what_a_limit_leaves_out_stays_new(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    save(connection, "crane", "crane", Options())
    numbers = [made.add(f"a{number}", f"{CRANE} {number}") for number in range(5)]
    told = [shown(connection, limit=2) for _ in range(4)]
    assert told == [numbers[:2], numbers[2:4], numbers[4:], []]


def test_each_search_has_its_own_mark(made: MadeCatalogue, connection: sqlite3.Connection) -> None:
    save(connection, "crane", "crane", Options())
    save(connection, "nets", "nets", Options())
    first = made.add("a", f"{CRANE} {OTHER}")
    assert shown(connection) == [first]
    assert shown(connection) == []
    second = made.add("b", f"{CRANE} {OTHER}")
    assert shown(connection, "nets") == [first, second]
    assert shown(connection) == [second]


def test_marks_outlive_a_catalogue_that_is_made_anew(tmp_path: Path) -> None:
    made = MadeCatalogue(tmp_path)
    made.add("a", CRANE)
    with made.reading() as connection:
        save(connection, "crane", "crane", Options())
    made.connection.close()
    for file in tmp_path.glob("catalogue*"):
        file.unlink()
    made = MadeCatalogue(tmp_path)
    second = made.add("b", CRANE)
    made.add("a", CRANE)
    with made.reading() as connection:
        assert shown(connection) == [second]


def test_a_name_is_taken_once(made: MadeCatalogue, connection: sqlite3.Connection) -> None:
    made.add("a", CRANE)
    save(connection, "Crane", "crane", Options(any_word=True))
    with pytest.raises(UsageError, match="saved already"):
        save(connection, "crane", "nets", Options())
    assert find(connection, "CRANE").query == "crane"
    assert find(connection, "crane").options == Options(any_word=True)
    save(connection, "crane", "nets", Options(tolerant=True), replace=True)
    assert find(connection, "crane").query == "nets"
    assert remove(connection, "cRane").name == "crane"
    with pytest.raises(UsageError, match="no saved search"):
        find(connection, "crane")
    with pytest.raises(UsageError, match="no saved search"):
        look(connection, ["crane"])


def test_a_query_that_cannot_be_understood_is_not_saved(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    with pytest.raises(QueryError):
        save(connection, "crane", '"crane', Options())
    assert look(connection).told == ()


def test_a_query_of_another_version_does_not_stop_the_others(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    save(connection, "crane", "crane", Options())
    save(connection, "older", "nets", Options())
    connection.execute("UPDATE kept.saved SET query = '(' WHERE name = 'older'")
    document = made.add("a", CRANE)
    looked = look(connection)
    mark_looked_at(connection, looked)
    crane, older = looked.told
    assert [hit.document for hit in crane.hits] == [document]
    assert older.fault
    connection.execute("UPDATE kept.saved SET query = 'crane' WHERE name = 'older'")
    assert shown(connection, "older") == [document], "it was not marked as looked at"


def test_nothing_is_noted_for_nobody(made: MadeCatalogue, connection: sqlite3.Connection) -> None:
    made.add("a", CRANE)
    save(connection, "crane", "crane", Options())
    made.add("b", CRANE)
    assert len(shown(connection)) == 1
    assert connection.execute("SELECT count(*) FROM kept.arrival").fetchone()[0] == 0
    remove(connection, "crane")
    for table in ("seen", "arrival", "owed", "shown"):
        assert connection.execute(f"SELECT count(*) FROM kept.{table}").fetchone()[0] == 0  # noqa: S608

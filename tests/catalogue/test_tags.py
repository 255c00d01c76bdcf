"""Tags stay on what was tagged, however often it is read, understood, moved or forgotten."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.catalogue.kept import FILE, attach
from recordsearch.catalogue.tags import tagged_passages, tags_of
from recordsearch.errors import ArchiveError, RecordsearchError, UsageError
from recordsearch.query.tree import (
    Fuzzy,
    InField,
    Phrase,
    Prefix,
    Regex,
    Text,
    Wildcard,
    Word,
)
from recordsearch.workflows.keeping import LONGEST_NAME, LONGEST_NOTE, checked_name
from recordsearch.workflows.tagging import (
    MOST_HITS,
    list_tagged,
    remove_tag,
    tag,
    tag_counts,
    untag,
)
from tests.catalogue.kept_archive import MadeCatalogue

ABOUT_CRANES = (
    "The harbor board met on Tuesday to hear why three of its four cranes had stood still since"
    " the autumn storm, and what a new gearbox would cost the district."
)
ABOUT_NETS = (
    "Fishermen asked that the nets left on the north mole be cleared before the herring come in,"
    " as two boats had fouled their screws there within a single week."
)
FILLER = "Minutes were read and approved without a change by all who were present. " * 25


@pytest.fixture
def made(tmp_path: Path) -> MadeCatalogue:
    return MadeCatalogue(tmp_path)


@pytest.fixture
def connection(made: MadeCatalogue) -> Iterator[sqlite3.Connection]:
    with made.reading() as connection:
        yield connection


def found(connection: sqlite3.Connection, text: Text) -> set[int]:
    return tagged_passages(connection, InField("tag", text))


def by_word(connection: sqlite3.Connection, word: str) -> set[int]:
    return found(connection, Word(word))


def test_a_tag_on_a_document_a_page_and_a_passage(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("minutes", FILLER, f"{ABOUT_CRANES}\n\n{FILLER}", ABOUT_NETS)
    other = made.add("other", ABOUT_NETS)
    passages = made.passages(document)
    assert len(passages) == 4
    tag(connection, [str(document)], "whole")
    tag(connection, [f"{document}:3"], "page")
    tag(connection, [f"p{passages[1]}"], "passage")
    assert by_word(connection, "whole") == set(passages)
    assert by_word(connection, "page") == {passages[-1]}
    assert by_word(connection, "passage") == {passages[1]}
    assert by_word(connection, "nothing") == set()
    assert not set(made.passages(other)) & by_word(connection, "whole")
    borne = tags_of(connection, [passages[1], passages[0], *made.passages(other)])
    assert {number: {one.tag for one in tags} for number, tags in borne.items()} == {
        passages[0]: {"whole"},
        passages[1]: {"whole", "passage"},
    }


def test_a_passage_is_found_again_under_its_new_number(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("minutes", FILLER, f"{ABOUT_CRANES}\n\n{FILLER}")
    before = made.passages(document)
    tag(connection, [f"p{before[2]}"], "cranes", "ask the board")
    made.understand_anew(document)
    after = made.passages(document)
    assert not set(before) & set(after)
    assert by_word(connection, "cranes") == {after[2]}
    (listed,) = list_tagged(connection, "cranes")
    assert (listed.hit, listed.state, listed.note) == (f"p{after[2]}", "same", "ask the board")


def test_a_passage_is_found_again_when_an_earlier_page_is_read_longer(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("scan", "A short and faulty page.", FILLER, f"{ABOUT_NETS}\n\n{FILLER}")
    hit = made.passages(document)[-1]
    tagged = text_of(connection, hit)
    assert tagged in ABOUT_NETS + FILLER
    tag(connection, [f"p{hit}"], "end")
    made.read_anew(document, FILLER, FILLER, f"{ABOUT_NETS}\n\n{FILLER}")
    present = sorted(by_word(connection, "end"))
    assert present
    assert len(present) < len(made.passages(document))
    assert tagged in " ".join(text_of(connection, number) for number in present)
    assert [one.state for one in list_tagged(connection, "end")] == ["same"]


def test_a_passage_whose_page_was_read_otherwise_says_so(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    garbled = ABOUT_CRANES.replace("harbor", "harb0r").replace("storm", "stonn")
    document = made.add("scan", f"{garbled}\n\n{FILLER}{ABOUT_NETS}")
    first, last = made.passages(document)[0], made.passages(document)[-1]
    tag(connection, [f"p{first}"], "cranes")
    made.read_anew(document, f"{ABOUT_CRANES}\n\n{FILLER}{ABOUT_NETS}")
    assert by_word(connection, "cranes")
    assert made.passages(document)[-1] != last
    assert made.passages(document)[0] in by_word(connection, "cranes")
    (listed,) = list_tagged(connection, "cranes")
    assert listed.state == "changed"
    tag(connection, [listed.hit], "cranes")
    (listed,) = list_tagged(connection, "cranes")
    assert listed.state == "same", "who tags it again has seen how it is now"


def test_a_page_whose_text_changed_says_so(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("scan", ABOUT_CRANES, ABOUT_NETS)
    tag(connection, [f"{document}:1", f"{document}:2"], "look")
    made.read_anew(document, ABOUT_CRANES, ABOUT_NETS + " Agreed.")
    states = {one.first_page: one.state for one in list_tagged(connection, "look")}
    assert states == {1: "same", 2: "changed"}


def test_of_two_passages_with_the_same_text_the_tagged_one_is_found(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("form", "Seen and agreed. Seen and agreed. Seen and agreed.")
    made.connection.execute("DELETE FROM passage")
    for ordinal in range(3):
        made.connection.execute(
            "INSERT INTO passage (document, ordinal, first_page, last_page, start, end)"
            " VALUES (?, ?, 1, 1, ?, ?)",
            (document, ordinal + 1, ordinal * 17, ordinal * 17 + 16),
        )
    middle = made.passages(document)[1]
    tag(connection, [f"p{middle}"], "seen")
    assert by_word(connection, "seen") == {middle}
    made.connection.execute("UPDATE page SET text = 'A ' || text")
    made.connection.execute("UPDATE passage SET start = start + 2, end = end + 2")
    assert by_word(connection, "seen") == {middle}


def test_a_forgotten_document_keeps_its_tags_until_it_comes_again(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("minutes", ABOUT_CRANES)
    tag(connection, [f"p{made.passages(document)[0]}"], "cranes", "gearbox")
    made.forget(document)
    assert by_word(connection, "cranes") == set()
    (gone,) = list_tagged(connection, "cranes")
    assert (gone.state, gone.document, gone.file) == ("gone", None, "minutes.txt")
    again = made.add("minutes", ABOUT_CRANES)
    assert again != document
    assert by_word(connection, "cranes") == set(made.passages(again))
    made.forget(again)
    assert untag(connection, [gone.hit], "cranes").all == 1
    assert tag_counts(connection) == []


def test_a_document_that_is_read_again_keeps_its_tags(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("minutes", ABOUT_CRANES)
    tag(connection, [str(document)], "cranes")
    made.connection.execute("UPDATE document SET state = 'found'")
    assert by_word(connection, "cranes") == set()
    assert [one.state for one in list_tagged(connection, "cranes")] == ["unread"]


def test_tags_outlive_a_catalogue_that_is_made_anew(tmp_path: Path) -> None:
    made = MadeCatalogue(tmp_path)
    made.add("first", ABOUT_NETS)
    document = made.add("minutes", ABOUT_CRANES)
    with made.reading() as connection:
        tag(connection, [f"{document}:1"], "cranes")
    made.connection.close()
    for file in tmp_path.glob("catalogue*"):
        file.unlink()
    made = MadeCatalogue(tmp_path)
    document = made.add("minutes", ABOUT_CRANES)
    with made.reading() as connection:
        assert by_word(connection, "cranes") == set(made.passages(document))


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        (Word("ask"), {"Ask the board"}),
        (Word("asks"), set()),
        (Prefix("im"), {"Impörtant", "to-do imports"}),
        (Phrase(("the", "board")), {"Ask the board"}),
        (Phrase(("board", "the")), set()),
        (Phrase(("board", "ask"), 1), {"Ask the board"}),
        (Phrase(("to", "do")), {"to-do imports"}),
        (Word("important"), {"Impörtant"}),
        (Fuzzy("inportant", 1), {"Impörtant"}),
        (Wildcard("imp*s"), {"to-do imports"}),
        (Wildcard("*"), {"Ask the board", "Impörtant", "to-do imports"}),
        (Regex("b.{3}d"), {"Ask the board"}),
    ],
)
def test_what_a_query_can_ask_of_tags(
    made: MadeCatalogue, connection: sqlite3.Connection, text: Text, tags: set[str]
) -> None:
    names = ["Ask the board", "Impörtant", "to-do imports"]
    numbers = {}
    for name in names:
        document = made.add(name, ABOUT_CRANES)
        tag(connection, [str(document)], name)
        numbers.update(dict.fromkeys(made.passages(document), name))
    assert {numbers[number] for number in found(connection, text)} == tags


def test_names_that_a_query_cannot_tell_apart_are_one_tag(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("minutes", ABOUT_CRANES, ABOUT_NETS)
    tag(connection, [f"{document}:1"], "To-Do")
    assert tag(connection, [f"{document}:2"], "to  do").name == "To-Do"
    assert [(one.name, one.places) for one in tag_counts(connection)] == [("To-Do", 2)]


def test_a_note_stays_until_another_is_given(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("minutes", ABOUT_CRANES)
    for note, kept in (("why?", "why?"), (None, "why?"), ("oh", "oh"), ("", "")):
        tag(connection, [f"{document}:1"], "look", note)
        assert [one.note for one in list_tagged(connection, "look")] == [kept]


def test_all_hits_are_tagged_or_none(made: MadeCatalogue, connection: sqlite3.Connection) -> None:
    document = made.add("minutes", ABOUT_CRANES)
    with pytest.raises(UsageError, match="no passage 999"):
        tag(connection, [f"{document}:1", "p999"], "look")
    with pytest.raises(UsageError, match="has no page 7"):
        tag(connection, [f"{document}:1", f"{document}:7"], "look")
    assert tag_counts(connection) == []
    tag(connection, [f"{document}:1"], "look")
    with pytest.raises(UsageError, match="does not bear"):
        untag(connection, [f"{document}:1", str(document)], "look")
    assert len(list_tagged(connection, "look")) == 1
    assert remove_tag(connection, "LOOK").all == 1
    with pytest.raises(UsageError, match="there is no tag"):
        list_tagged(connection, "look")


def test_limits_are_said(made: MadeCatalogue, connection: sqlite3.Connection) -> None:
    document = made.add("minutes", ABOUT_CRANES)
    hit = f"{document}:1"
    for name in (
        "",
        "  ",
        "-",
        "x" * (LONGEST_NAME + 1),
        "a\x1b[31m",
        "a\u202eb",
        "\ud800x",
        "3:2",
    ):
        with pytest.raises(UsageError):
            tag(connection, [hit], name)
    with pytest.raises(UsageError, match="a note has at most"):
        tag(connection, [hit], "look", "x" * (LONGEST_NOTE + 1))
    with pytest.raises(UsageError, match="no text"):
        tag(connection, [hit], "look", "a\ud800")
    with pytest.raises(UsageError, match="too many"):
        tag(connection, [hit] * (MOST_HITS + 1), "look")
    assert tag_counts(connection) == []


@given(st.text())
def test_a_name_is_kept_in_one_form_or_refused(name: str) -> None:
    try:
        kept = checked_name(name, "a tag")
    except UsageError:
        return
    assert kept == checked_name(kept, "a tag")
    assert kept.isprintable()
    assert len(kept) <= LONGEST_NAME


def test_tagging_goes_on_beside_an_ingest(
    made: MadeCatalogue, connection: sqlite3.Connection
) -> None:
    document = made.add("minutes", ABOUT_CRANES)
    made.connection.execute("BEGIN IMMEDIATE")
    made.find("more", 1)
    tag(connection, [f"{document}:1"], "look")
    made.connection.execute("COMMIT")
    assert by_word(connection, "look") == set(made.passages(document))


def test_nothing_is_written_by_looking(made: MadeCatalogue, tmp_path: Path) -> None:
    document = made.add("minutes", ABOUT_CRANES)
    with made.reading() as connection:
        assert tag_counts(connection) == []
        assert by_word(connection, "look") == set()
        assert not (tmp_path / FILE).exists()
        # Another process makes the file while this one has the archive open.
        with made.reading() as other:
            tag(other, [f"{document}:1"], "look")
        assert by_word(connection, "look") == set(made.passages(document))


def test_inside_a_transaction_that_is_rolled_back(made: MadeCatalogue) -> None:
    made.add("minutes", ABOUT_CRANES)
    with made.reading() as connection:
        connection.execute("BEGIN")
        assert by_word(connection, "look") == set()
        connection.rollback()
        assert by_word(connection, "look") == set()


def test_a_file_that_is_damaged_or_newer_is_one_clear_line(
    made: MadeCatalogue, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with made.reading() as connection, pytest.raises(ArchiveError, match=FILE) as caught:
        tag_counts(connection)
    assert caught.value.mend
    (tmp_path / FILE).unlink()
    with made.reading() as connection:
        attach(connection, writing=True)
        connection.execute("PRAGMA kept.user_version = 99")
    with made.reading() as connection, pytest.raises(RecordsearchError, match="newer version"):
        tag_counts(connection)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_tags_are_read_where_nobody_can_write(made: MadeCatalogue, tmp_path: Path) -> None:
    document = made.add("minutes", ABOUT_CRANES)
    with made.reading() as connection:
        tag(connection, [f"{document}:1"], "look")
    made.connection.close()
    tmp_path.chmod(0o555)
    try:
        with made.reading() as connection:
            assert len(by_word(connection, "look")) == 1
            with pytest.raises(ArchiveError, match="cannot be written") as caught:
                tag(connection, [f"{document}:1"], "other")
            assert "may write" in caught.value.mend
    finally:
        tmp_path.chmod(0o755)


def text_of(connection: sqlite3.Connection, passage: int) -> str:
    from recordsearch.catalogue.reading import passages

    return passages(connection, [passage])[passage].text

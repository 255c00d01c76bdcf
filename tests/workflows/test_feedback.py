"""What the first hits speak of counts for the ranking, and never for what is found."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from recordsearch import wiring
from recordsearch.catalogue.connection import open_for_reading
from recordsearch.engines.protocol import Reader
from recordsearch.query.language import parse
from recordsearch.settings import Archive
from recordsearch.workflows.feedback import bo1, prepared
from tests.conftest import Run

QUESTION = "which camera contract did the council renew in spring"
_TEXTS = {
    "one": "The council did renew the camera contract in spring. Quillfeather sold the lenses.",
    "two": "In spring the camera contract was up, and the council heard Quillfeather on lenses.",
    "three": "Quillfeather delivers lenses; a contract is in the file.",
    "four": "The pool is shut; a contract is in the file.",
    "five": "Lenses and more lenses by Quillfeather, Quillfeather says.",
}


@pytest.fixture
def archive(run: Run, tmp_path: Path) -> Archive:
    release = tmp_path / "release"
    release.mkdir()
    for name, text in _TEXTS.items():
        (release / f"{name}.txt").write_text(text)
    assert run("index", str(release)).status == 0
    return Archive(str(tmp_path / ".recordsearch"))


@pytest.fixture
def opened(archive: Archive) -> Iterator[tuple[object, Reader]]:
    connection = open_for_reading(archive.catalogue)
    reader = wiring.open_reader(archive, connection, lambda _: None)
    yield connection, reader
    reader.close()
    connection.close()


def found(opened, query, *, any_word=True, expand=None):  # type: ignore[no-untyped-def]
    connection, reader = opened
    made = prepared(
        connection, reader, parse(query, any_word), query, any_word=any_word, expand=expand
    )
    names = dict(
        connection.execute(
            "SELECT passage.id, file FROM passage"
            " JOIN location ON location.document = passage.document"
        )
    )
    ranking = reader.search(made.ranked, 10)
    assert ranking.total == reader.search(made.sought, 0).total
    return made, [names[ranked.passage].removesuffix(".txt") for ranked in ranking.ranked]


def test_a_question_is_ranked_by_what_its_first_hits_speak_of(opened) -> None:  # type: ignore[no-untyped-def]
    made, names = found(opened, QUESTION)
    assert {"quillfeather", "lenses"} <= set(made.added)
    assert names == ["one", "two", "three", "four"]
    _, plain = found(opened, QUESTION, expand=False)
    assert set(plain) == set(names)


def test_nothing_is_found_that_the_question_does_not_find(opened) -> None:  # type: ignore[no-untyped-def]
    _, names = found(opened, QUESTION)
    assert "five" not in names


def test_few_words_are_left_alone_unless_asked_for(opened) -> None:  # type: ignore[no-untyped-def]
    made, _ = found(opened, "camera contract", any_word=False)
    assert made.added == ()
    made, names = found(opened, "camera contract", any_word=False, expand=True)
    assert "quillfeather" in made.added
    assert names == ["one", "two"] or names == ["two", "one"]


def test_function_words_and_numbers_are_not_added(opened) -> None:  # type: ignore[no-untyped-def]
    made, _ = found(opened, QUESTION)
    assert not {"the", "in", "was", "and", "on"} & set(made.added)


def test_a_question_without_an_answer_stays_as_it_is(opened) -> None:  # type: ignore[no-untyped-def]
    made, names = found(opened, "zeppelin mooring masts rusted everywhere")
    assert names == []
    assert made.added == ()


def test_only_narrowing_conditions_rank_nothing(opened) -> None:  # type: ignore[no-untyped-def]
    made, names = found(opened, "type:other", expand=True)
    assert made.added == ()
    assert len(names) == len(_TEXTS)


def test_weights_are_those_of_bo1() -> None:
    weights = bo1(
        {"lens": 3, "camera": 3, "alone": 9, "gone": 2}, {"lens": 2, "camera": 50, "alone": 1}, 100
    )
    assert weights["lens"] == pytest.approx(3 * math.log2(1.02 / 0.02) + math.log2(1.02))
    assert weights["lens"] > weights["camera"] > 0
    assert set(weights) == {"lens", "camera"}

"""What counts for the ranking beside the words: titles, neighbours, and questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.errors import QueryError
from recordsearch.query.language import parse
from recordsearch.query.tree import And, Boost, Favoured, Node, Or, Tolerant, Word
from recordsearch.query.walking import replaced
from recordsearch.query.weighing import Weighed, weigh

QUESTION = "what is the policy of the clerk on camera footage and camera storage"


def weighed(query: str, any_word: bool = False) -> Weighed:
    return weigh(parse(query, any_word), query, any_word=any_word)


def favoured(query: str, any_word: bool = False) -> Favoured:
    ranked = weighed(query, any_word).ranked
    assert isinstance(ranked, Favoured)
    return ranked


def pairs(query: str, any_word: bool = False) -> list[tuple[str, str]]:
    return [(one, other) for one, other, _ in favoured(query, any_word).pairs]


def titles(query: str) -> dict[str, float]:
    return dict(favoured(query).titles)


def words(tree: Node) -> dict[str, float]:
    assert isinstance(tree, Or)
    return {
        part.child.text if isinstance(part, Boost) else part.text: (  # type: ignore[union-attr]
            part.weight if isinstance(part, Boost) else 1
        )
        for part in tree.children
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("face recognition", [("face", "recognition")]),
        ("camera footage storage", [("camera", "footage"), ("footage", "storage")]),
        ("chief of police", []),
        ("face OR facial", []),
        ("(face OR facial) recognition", []),
        ("camera -footage storage", []),
        ('"camera footage" storage', []),
        ("from:chief camera footage", [("camera", "footage")]),
        ("camera camera", []),
    ],
)
def test_words_that_are_typed_one_after_another_are_a_pair(
    query: str, expected: list[tuple[str, str]]
) -> None:
    assert pairs(query) == expected


def test_what_is_not_a_plain_word_counts_in_no_title() -> None:
    query = 'camera "the footage" recogni* from:chief -pilot of'
    assert set(titles(query)) == {"camera"}


def test_a_weight_that_was_typed_counts_in_the_title_too() -> None:
    found = titles("camera^4 footage")
    assert found["camera"] == pytest.approx(4 * found["footage"])


@pytest.mark.parametrize("query", ["from:chief", "page:3", "-camera", "the of", '"face pilot"'])
def test_a_query_without_plain_words_stays_as_it_is(query: str) -> None:
    found = weighed(query)
    assert found == Weighed(parse(query), parse(query), False)


@pytest.mark.parametrize("query", ["the camera of the clerk", "camera footage storage", "a b c d"])
def test_few_words_are_no_question_and_all_of_them_are_looked_for(query: str) -> None:
    found = weighed(query, any_word=True)
    assert not found.question
    assert found.sought == parse(query, any_word=True)


def test_a_question_is_asked_without_function_words_and_each_word_once() -> None:
    found = weighed(QUESTION, any_word=True)
    assert found.question
    assert words(found.sought) == {
        "policy": 1, "clerk": 1, "camera": 2, "footage": 1, "storage": 1,
    }  # fmt: skip


def test_a_question_needs_any_word() -> None:
    found = weighed(QUESTION)
    assert not found.question
    assert found.sought == parse(QUESTION)


def test_a_compound_of_a_question_is_looked_for_by_its_parts() -> None:
    query = "storage of real-time footage for the clerk"
    found = weighed(query, any_word=True)
    assert {"real", "time", "realtime"} <= set(words(found.sought))
    assert ("real", "time") in pairs(query, any_word=True)


def test_a_phrase_in_a_question_stays_a_phrase() -> None:
    query = 'clerk camera footage storage "real time"'
    assert parse('"real time"') in weighed(query, any_word=True).sought.children  # type: ignore[union-attr]


def test_conditions_and_exclusions_of_a_question_stay() -> None:
    query = f"{QUESTION} from:chief -pilot"
    sought = weighed(query, any_word=True).sought
    assert isinstance(sought, And)
    assert parse("from:chief") in sought.children
    assert parse("-pilot") in sought.children


def test_words_that_are_looked_for_tolerantly_stay_so() -> None:
    tree = replaced(
        parse(QUESTION, True), lambda leaf: Tolerant(leaf.text) if isinstance(leaf, Word) else leaf
    )
    placed = replaced(
        parse(QUESTION, True),
        lambda leaf: Tolerant(leaf.text, leaf.place) if isinstance(leaf, Word) else leaf,
    )
    assert tree == placed
    sought = weigh(placed, QUESTION, any_word=True).sought
    assert Tolerant("policy") in sought.children  # type: ignore[union-attr]
    assert Boost(Tolerant("camera"), 2) in sought.children  # type: ignore[union-attr]
    assert Word("policy") not in sought.children  # type: ignore[union-attr]


@given(st.text(max_size=120), st.booleans())
def test_every_query_that_can_be_read_can_be_weighed(query: str, any_word: bool) -> None:
    try:
        tree = parse(query, any_word)
    except QueryError:
        return
    found = weigh(tree, query, any_word=any_word)
    assert found.question or found.sought == tree
    if isinstance(found.ranked, Favoured):
        assert found.ranked.child == found.sought
    else:
        assert found.ranked == found.sought

"""Which words OCR-tolerant search looks for, and which it must not."""

from collections.abc import Callable, Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.query.tolerance import (
    LEAST,
    Held,
    highest_confidence,
    joined,
    variants,
)

USUAL = {"the": 6_000, "and": 5_500, "of": 5_900, "for": 4_200, "to": 5_400}


def index_of(**terms: int) -> Held:
    """Return an index in which these terms stand in so many passages."""
    held = USUAL | terms

    def look_up(asked: Iterable[str]) -> Mapping[str, int]:
        return {term: held[term] for term in asked if term in held}

    return look_up


def words_for(word: str, held: Held) -> set[str]:
    """Return the variants of a word without itself, two words with a space."""
    return {" ".join(variant.words) for variant in variants(word, held)[1:]}


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("modern", "modem"),
        ("surveillance", "surveiliance"),
        ("recognition", "recoguition"),
        ("dispatch", "dispatcb"),
        ("camera", "camora"),
        ("council", "councii"),
        ("evidence", "evidenee"),
        ("listening", "hstening"),
        ("window", "wirdow"),
        ("telephone", "te1ephone"),
        ("footage", "f0otage"),
        ("contracting", "contractmg"),
        ("enforcement", "enforcernent"),
    ],
)
def test_a_misreading_that_the_index_holds_is_a_variant(word: str, read: str) -> None:
    assert read in words_for(word, index_of(**{word: 40, read: 1}))


def test_a_word_that_was_never_read_rightly_has_its_variants_too() -> None:
    assert words_for("pseudonym", index_of(pseudonyn=1)) == {"pseudonyn"}


def test_the_word_itself_comes_first_and_counts_fully_whatever_the_index_holds() -> None:
    for word in ("harbor", "to", "", "x" * 500):
        first = variants(word, index_of())[0]
        assert (first.words, first.weight) == ((word,), 1.0)


def test_what_the_index_does_not_hold_is_no_variant() -> None:
    assert variants("recognition", index_of(recognition=40))[1:] == ()


@pytest.mark.parametrize(
    ("word", "other", "often"),
    [("from", "form", 900), ("come", "corne", 400), ("house", "horse", 200), ("case", "ease", 120)],
)
def test_a_common_word_is_more_probably_itself(word: str, other: str, often: int) -> None:
    assert words_for(word, index_of(**{word: 1_000, other: often})) == set()


def test_a_misreading_may_be_common_where_the_word_is_far_more_common() -> None:
    assert "modem" in words_for("modern", index_of(modern=100_000, modem=500))
    assert "modem" not in words_for("modern", index_of(modern=100, modem=500))


def test_a_word_with_inflections_of_its_own_counts_less() -> None:
    alone = variants("contrast", index_of(contrast=9, contract=1))
    inflected = variants("contrast", index_of(contrast=9, contract=1, contracts=8, contracted=5))
    weight = {variant.words: variant.weight for variant in alone}
    assert weight[("contract",)] > dict(inflected).get(("contract",), 0.0)


def test_an_inflection_is_left_to_plain_search() -> None:
    assert words_for("contract", index_of(contract=9, contracts=1, contracted=1)) == set()


@pytest.mark.parametrize("word", ["an", "the", "tom"])
def test_a_short_word_has_no_variants(word: str) -> None:
    assert words_for(word, index_of(arn=1, tbe=1, torn=1, an=3, tom=1)) == set()


def test_a_word_broken_in_two_is_found_as_neighbours() -> None:
    held = index_of(recognition=40, recog=1, nition=1)
    assert "recog nition" in words_for("recognition", held)


def test_a_letter_may_be_lost_in_the_break() -> None:
    held = index_of(paragraphs=5, parag=1, aphs=1)
    assert "parag aphs" in words_for("paragraphs", held)


def test_two_words_that_often_meet_are_no_broken_word() -> None:
    assert words_for("forward", index_of(forward=40, ward=700)) == set()


def test_a_word_may_be_joined_with_a_usual_neighbour() -> None:
    held = index_of(surveillance=40, ofsurveillance=1, surveillancethe=1)
    assert words_for("surveillance", held) == {"ofsurveillance", "surveillancethe"}


def test_a_word_is_not_taken_for_its_opposite() -> None:
    assert words_for("complete", index_of(complete=40, incomplete=2)) == set()


def test_neighbours_of_a_query_may_be_joined() -> None:
    held = index_of(face=40, recognition=40, facerecognition=1)
    (joint,) = joined(("use", "face", "recognition"), held)
    assert joint.place == 1
    assert joint.variant.words == ("facerecognition",)
    assert LEAST <= joint.variant.weight < 1


def test_a_common_compound_is_not_two_neighbours_joined() -> None:
    assert joined(("work", "force"), index_of(workforce=300)) == ()


@pytest.mark.parametrize("number", ["2018", "2019", "2o1b"])
def test_a_number_is_not_taken_for_another(number: str) -> None:
    assert words_for("2015", index_of(**{"2015": 9, number: 1})) == set()


@pytest.mark.parametrize(("number", "read"), [("20150", "2o150"), ("20150", "2015o")])
def test_a_digit_may_be_read_as_the_letter_like_it(number: str, read: str) -> None:
    assert words_for(number, index_of(**{number: 9, read: 1})) == {read}


def test_surer_variants_are_looked_for_on_surer_pages() -> None:
    highest = [highest_confidence(weight) for weight in (0.1, 0.2, 0.5, 0.7, 0.89)]
    assert None not in highest
    assert highest == sorted(highest, key=float)
    assert highest_confidence(0.1) == 80.0
    assert highest_confidence(1.0) is None


@pytest.fixture
def everything() -> Callable[[Iterable[str]], Mapping[str, int]]:
    """Return an index that holds whatever is asked for."""
    return lambda terms: dict.fromkeys(terms, 1)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(word: str) -> None:
    found = variants(word, lambda terms: dict.fromkeys(terms, 1))
    assert found[0].words == (word,)
    assert all(LEAST <= variant.weight <= 1 for variant in found[1:])
    assert len({variant.words for variant in found}) == len(found)


@given(st.text(alphabet="il1mnrcevwo0", min_size=4, max_size=40))
def test_variants_are_bounded_and_in_the_order_of_their_weight(word: str) -> None:
    asked = 0

    def held(terms: Iterable[str]) -> Mapping[str, int]:
        nonlocal asked
        listed = list(terms)
        asked += len(listed)
        return dict.fromkeys(listed, 1)

    found = variants(word, held)
    weights = [variant.weight for variant in found]
    assert weights == sorted(weights, reverse=True)
    assert len(found) <= 101
    assert asked < 120_000


def test_the_same_index_gives_the_same_variants(
    everything: Callable[[Iterable[str]], Mapping[str, int]],
) -> None:
    assert variants("illumination", everything) == variants("illumination", everything)

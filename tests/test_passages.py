"""Passages: bounded, at natural bounds, and exactly where they say they are."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.passages import (
    LEAST_WORDS,
    MOST_WORDS,
    document_text,
    page_starts,
    split_passages,
)

SENTENCE = "The department asked the vendor about the pilot and waited for an answer."

pieces = st.one_of(
    st.sampled_from(
        [" ", "\n", "\n\n", ". ", "? ", "Mr. ", "word ", "x" * 60, "東京 ", "\t", "\f"]
    ),
    st.text(max_size=30),
)
page_lists = st.lists(
    st.builds(
        lambda parts, times: "".join(parts) * times,
        st.lists(pieces, max_size=12),
        st.integers(1, 60),
    ),
    max_size=5,
)


@given(page_lists)
def test_a_passage_is_the_text_at_its_range(pages: list[str]) -> None:
    text = document_text(pages)
    for passage in split_passages(pages):
        assert passage.text == text[passage.start : passage.end]
        assert passage.text.strip() == passage.text != ""


@given(page_lists)
def test_passages_are_in_order_and_hold_everything_printed(pages: list[str]) -> None:
    text = document_text(pages)
    position = 0
    for number, passage in enumerate(split_passages(pages), 1):
        assert passage.ordinal == number
        assert not text[position : passage.start].strip()
        position = passage.end
    assert not text[position:].strip()


@given(page_lists)
def test_a_passage_knows_its_pages(pages: list[str]) -> None:
    starts = page_starts(pages)
    for passage in split_passages(pages):
        first, last = passage.first_page - 1, passage.last_page - 1
        assert starts[first] <= passage.start <= starts[first] + len(pages[first])
        assert starts[last] < passage.end <= starts[last] + len(pages[last])


@given(page_lists)
def test_no_passage_is_longer_than_a_screen_can_hold(pages: list[str]) -> None:
    for passage in split_passages(pages):
        assert len(passage.text.split()) <= MOST_WORDS
        assert sum(not char.isspace() for char in passage.text) <= MOST_WORDS * 24


def test_passages_end_with_sentences() -> None:
    passages = split_passages([" ".join([SENTENCE] * 60)])
    assert len(passages) > 3
    for passage in passages[:-1]:
        assert passage.text.endswith("answer.")
        assert LEAST_WORDS <= len(passage.text.split()) <= MOST_WORDS


def test_a_paragraph_end_is_preferred_to_a_sentence_end() -> None:
    paragraph = " ".join([SENTENCE] * 10)
    passages = split_passages(["\n\n".join([paragraph] * 4)])
    assert [passage.text for passage in passages] == [paragraph] * 4


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    # The only full stop near the 150th word is that of "Sgt."; the lines end elsewhere.
    words = ["word"] * 148 + ["Sgt."] + ["Doe"] + ["word"] * 5 + ["end."] + ["word"] * 100
    first, _ = split_passages([" ".join(words)])
    assert first.text.endswith("end.")


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    before = " ".join(["word"] * 120)
    passages = split_passages([before, "and so it ended. " + " ".join(["next"] * 140)])
    assert passages[0].text.endswith("ended.")
    assert (passages[0].first_page, passages[0].last_page) == (1, 2)


def test_an_empty_document_has_no_passages() -> None:
    assert split_passages([]) == []
    assert split_passages(["", " \n", "\t"]) == []


@given(page_lists, st.lists(st.integers(-5, 4000), max_size=12))
def test_no_passage_runs_over_a_bound(pages: list[str], bounds: list[int]) -> None:
    text = document_text(pages)
    position = 0
    for number, passage in enumerate(split_passages(pages, bounds), 1):
        assert passage.ordinal == number
        assert passage.text == text[passage.start : passage.end]
        assert passage.text.strip() == passage.text != ""
        assert not any(passage.start < bound < passage.end for bound in bounds)
        assert not text[position : passage.start].strip()
        assert len(passage.text.split()) <= MOST_WORDS
        position = passage.end
    assert not text[position:].strip()


@given(page_lists, st.randoms(use_true_random=False))
def test_bounds_where_passages_end_anyway_change_nothing(pages: list[str], chance: Random) -> None:
    passages = split_passages(pages)
    bounds = [passage.start for passage in passages] * 2
    chance.shuffle(bounds)
    assert split_passages(pages, bounds) == passages


def test_a_short_message_is_a_short_passage() -> None:
    long = " ".join([SENTENCE] * 40)
    short = "Yes, go ahead. Jane"
    pages = [f"{short}\n{long}", f"{long}\n{short}"]
    text = document_text(pages)
    bounds = [text.index(long), text.rindex(short)]
    passages = split_passages(pages, bounds)
    assert passages[0].text == short
    assert passages[-1].text == short
    assert passages[-1].first_page == 2
    inside = split_passages([text[bounds[0] : bounds[1]]])
    assert [passage.text for passage in passages[1:-1]] == [passage.text for passage in inside]


def test_a_bound_inside_a_word_cuts_it() -> None:
    assert [passage.text for passage in split_passages(["recordsearch"], [6])] == [
        "record",
        "search",
    ]

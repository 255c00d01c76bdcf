"""A text's sketch says what it says, not how it was set, scanned or stamped."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.understand.near_documents import Relation, relation
from recordsearch.understand.near_sketches import (
    LANES,
    near_likeness,
    near_sketch,
    near_sketches,
    same_lanes,
    share_held,
    word_pairs,
)

MEMO = (
    "The samples from the Fairbrook wells came back this morning and two of them are above the "
    "limit that the council set in March. I'd like to tell the residents before the paper does, "
    "but the laboratory asks for a second reading of the north-eastern well, which can be had by "
    "Thursday. Until then nobody should drink from it. Please have the signs put up today, and "
    "call me when it has been done."
)
OTHER = (
    "Minutes of the parks committee: the chair opened the meeting at seven. The budget for the "
    "playground was moved to the autumn session, and the contract for mowing goes to the lowest "
    "bidder. Members asked that the benches along the river be mended before the summer fair."
)


def test_a_sketch_is_the_same_on_every_machine_and_python() -> None:
    assert near_sketch(MEMO).hex() == (
        "a5b607e4fadb9237dbd8304b09bad8fd1dabd482ce0ca5b5b6825017d55364ce"
        "fbd7fb2d58e692e7e1a52ef34e4b4b58e458170017bae2db04b61d923717c4ed"
    )


@pytest.mark.parametrize(
    "again",
    [
        MEMO.upper(),
        MEMO.replace(" ", "  \n"),
        "\n".join("> " + line for line in MEMO.replace(". ", ".\n").split("\n")),
        MEMO.replace("residents", "resi-\ndents").replace("nobody", "no\u00ad\nbody"),
        MEMO.replace("north-eastern", "north\u2010eastern").replace("I'd", "I\u2019d"),
        MEMO.replace(",", " ;").replace(".", " \u2026 "),
        MEMO.replace("north-eastern", "north\u2013eastern").replace("be had", "be\u2003had"),
        MEMO.replace("e", "e\u0301"),
        unicodedata.normalize("NFC", MEMO.replace("o", "o\u0308")),
        MEMO.replace("fi", "\ufb01"),
        f"Page 3 of 9\n{MEMO}\nFBW-000123\n",
        f"{MEMO}\n- 12 -",
        MEMO.replace(" Until", "\n7\nFBW 000124\n\f FBW 000125\n Until"),
    ],
)
def test_how_a_text_is_set_makes_no_difference(again: str) -> None:
    assert near_sketch(again) == near_sketch(MEMO)


def test_two_scans_agree_and_two_texts_do_not() -> None:
    one = MEMO.replace("morning", "moming").replace("March", "Marcb").replace("second", "sec0nd")
    other = MEMO.replace("wells", "we11s").replace("signs", "slgns").replace("which", "wh ich")
    assert near_likeness(near_sketch(one), near_sketch(other)) > 0.6
    assert near_likeness(near_sketch(MEMO), near_sketch(OTHER)) < 0.1


def test_another_order_of_the_same_words_is_another_text() -> None:
    assert near_likeness(near_sketch(MEMO), near_sketch(" ".join(sorted(MEMO.split())))) < 0.3


def test_numbers_in_a_table_count() -> None:
    first = "\n".join(f"well {at} lead {at * 37 % 91} iron {at * 53 % 97}" for at in range(30))
    second = "\n".join(f"well {at} lead {at * 29 % 89} iron {at * 41 % 83}" for at in range(30))
    assert near_likeness(near_sketch(first), near_sketch(second)) < 0.5


def test_a_text_of_a_few_words_has_no_sketch() -> None:
    assert near_sketch("Thanks, will do. Jane Roe, Fairbrook County") == b""
    assert near_sketch("") == b""
    assert near_sketch("\f\n 12 \n FBW-000123") == b""
    assert same_lanes(b"", b"") == 0
    assert near_likeness(b"", near_sketch(MEMO)) == 0.0


def test_script_without_spaces_has_a_sketch() -> None:
    text = "今朝、井戸の水の検査結果が届きました。二つの井戸で基準値を超えています。"
    assert near_sketch(text)
    assert near_sketch(text.replace("。", "。\n")) == near_sketch(text)


def test_a_document_is_sketched_from_its_passages() -> None:
    sketches, whole = near_sketches([MEMO, "Thanks.", OTHER])
    assert sketches == [near_sketch(MEMO), b"", near_sketch(OTHER)]
    assert near_likeness(whole, near_sketch(f"{MEMO} Thanks. {OTHER}")) > 0.85
    assert near_sketches(["Thanks."]) == ([b""], b"")
    assert near_sketches([]) == ([], b"")


def test_many_short_passages_make_a_document_that_says_something() -> None:
    sketches, whole = near_sketches([OTHER[at : at + 40] for at in range(0, len(OTHER), 40)])
    assert not any(sketches)
    assert len(whole) == LANES


def test_a_message_lies_in_its_chain() -> None:
    one, chain = word_pairs(MEMO), word_pairs(f"{OTHER}\n\n> {MEMO}")
    held, holding = share_held(one, chain), share_held(chain, one)
    assert held == 1.0
    assert relation(held, holding) is Relation.PART
    assert relation(holding, held) is Relation.WHOLE
    assert relation(share_held(one, one), 1.0) is Relation.LIKE
    # Misread words lessen both shares.
    assert relation(0.65, 0.33) is Relation.PART
    assert relation(0.65, 0.6) is Relation.LIKE
    other = word_pairs(OTHER)
    assert relation(share_held(one, other), share_held(other, one)) is Relation.APART
    assert share_held(word_pairs("Thanks"), one) == 0.0


@given(st.text())
def test_any_text_is_sketched(text: str) -> None:
    sketch = near_sketch(text)
    assert len(sketch) in (0, LANES)
    assert near_sketch(text) == sketch
    assert all(0 <= lane < 256 for lane in near_sketches([text, text])[1])


@given(st.lists(st.sampled_from(MEMO.split()), min_size=12, max_size=80))
def test_case_and_line_breaks_never_matter(words: list[str]) -> None:
    assert near_sketch("\n".join(words).upper()) == near_sketch(" ".join(words))


@pytest.mark.parametrize(
    "text",
    [
        "A " * 5_000_000,
        "-\n" * 2_000_000,
        "\f" * 3_000_000,
        "A1 " * 2_000_000 + "\n1",
        "\n " * 3_000_000 + "1",
        "x" * 10_000_000,
        "\u0301" * 3_000_000,
        "\ud800 \x00" * 1_000_000,
        "\ufdfa " * 1_000_000,
    ],
)
def test_hostile_text_is_sketched_like_any_other(text: str) -> None:
    assert len(near_sketch(text)) in (0, LANES)
    assert len(near_sketches([text, MEMO])[1]) == LANES

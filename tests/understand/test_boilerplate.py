"""Boilerplate: what many messages repeat, however it is wrapped, and nothing that few share."""

import re
import textwrap
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.understand.boilerplate import LineCounter, boilerplate_ranges, least_repeats

FOOTER = (
    "NOTICE: This message and whatever is attached to it is meant only for those it is addressed "
    "to. It may hold material that the city is bound by law to protect. If it reached you by "
    "mistake, tell the sender at once, keep no copy, and do not pass on what it says."
)
SIGNATURE = (
    "Jane Q. Roehampton\nRecords Officer\nHarbor City Clerk's Office\n1 Pier Road, Harbor City"
)
WORDS = re.findall(r"\w{6,}", FOOTER)


def prose(chance: Random, words: int = 60) -> str:
    text = " ".join(f"{chance.choice(WORDS)}{chance.randrange(50)}" for _ in range(words))
    return textwrap.fill(text, 80)


def counted(bodies: list[str]) -> LineCounter:
    counter = LineCounter()
    for body in bodies:
        counter.add(body)
    return counter


def marked(body: str, counter: LineCounter, least: int) -> str:
    return "|".join(body[start:end] for start, end in boilerplate_ranges(body, counter, least))


def test_a_footer_is_found_however_it_is_wrapped() -> None:
    chance = Random(1)
    texts = [prose(chance) for _ in range(30)]
    bodies = [
        f"{text}\n{textwrap.fill(FOOTER, 40 + 3 * number)}" for number, text in enumerate(texts)
    ]
    counter = counted(bodies)
    for text, body in zip(texts, bodies, strict=True):
        # The sample may miss a run at either end, less the word that the next run begins with.
        found = marked(body, counter, 10).split()
        assert " ".join(found) in FOOTER
        assert len(found) >= len(FOOTER.split()) - 14
        assert not set(found) & set(text.split())


def test_a_misread_word_does_not_break_a_footer() -> None:
    chance = Random(2)
    counter = counted([f"{prose(chance)}\n{FOOTER}" for _ in range(20)])
    body = f"{prose(chance)}\n{FOOTER.replace('bound by law', 'hound hy Iaw')}"
    counter.add(body)
    assert "hound hy Iaw" in marked(body, counter, 10)
    assert "|" not in marked(body, counter, 10)


def test_quoted_lines_count_as_the_same() -> None:
    chance = Random(3)
    footer = textwrap.fill(FOOTER, 70)
    counter = counted([f"{prose(chance)}\n{footer}" for _ in range(20)])
    quoted = textwrap.indent(footer, "> ")
    found = marked(f"> {prose(chance)}\n{quoted}", counter, 10)
    assert "keep no copy" in found
    assert "material that the city" in found


def test_a_signature_of_short_lines_is_found() -> None:
    chance = Random(4)
    bodies = [f"{prose(chance)}\n\n{SIGNATURE}" for _ in range(12)]
    counter = counted(bodies)
    assert all(marked(body, counter, 10) == SIGNATURE for body in bodies)


def test_two_short_lines_are_enough() -> None:
    chance = Random(5)
    bodies = [f"{prose(chance)}\nJane Roe, Clerk\n\nHarbor City Hall" for _ in range(12)]
    assert marked(bodies[0], counted(bodies), 10) == "Jane Roe, Clerk\n\nHarbor City Hall"


def test_one_short_line_is_not_enough() -> None:
    chance = Random(6)
    bodies = [f"{prose(chance)}\nSent from my telephone\n{prose(chance)}" for _ in range(30)]
    assert marked(bodies[0], counted(bodies), 10) == ""


def test_what_few_share_is_never_boilerplate() -> None:
    chance = Random(7)
    bodies = [f"{prose(chance)}\n{FOOTER}" for _ in range(9)]
    bodies += [prose(chance) for _ in range(300)]
    counter = counted(bodies)
    assert not any(boilerplate_ranges(body, counter, 10) for body in bodies)


def test_a_line_repeated_within_one_body_counts_once() -> None:
    body = "\n".join(["The minutes were approved as read", "The meeting was adjourned"] * 50)
    assert boilerplate_ranges(body, counted([body]), 2) == []


def test_a_short_message_above_a_signature_is_not_part_of_it() -> None:
    chance = Random(8)
    bodies = [f"{prose(chance)}\n{SIGNATURE}" for _ in range(60)]
    bodies += [f"Please advise me.\n{prose(chance)}" for _ in range(12)]
    counter = counted(bodies)
    assert marked(f"Please advise me.\n{SIGNATURE}", counter, 10) == SIGNATURE


def test_a_letter_that_hundreds_sent_is_no_boilerplate() -> None:
    letter = prose(Random(9), words=800)
    bodies = [letter] * 50
    assert boilerplate_ranges(letter, counted(bodies), 10) == []


def test_the_least_number_of_repeats_grows_with_the_release() -> None:
    assert least_repeats(0) == least_repeats(500) == 10
    assert least_repeats(100_000) == 200


bodies_of_any_text = st.lists(
    st.lists(st.sampled_from([*FOOTER.split(), "\n", "> ", "İ", "\ud800"]) | st.text(max_size=5))
    .map(" ".join),
    min_size=1,
    max_size=8,
)  # fmt: skip


@given(bodies_of_any_text)
def test_ranges_of_any_text_are_in_order_and_apart(bodies: list[str]) -> None:
    counter = counted(bodies)
    for body in bodies:
        end = 0
        for start, finish in boilerplate_ranges(body, counter, 1):
            assert end <= start < finish <= len(body)
            assert body[start:finish].strip() == body[start:finish]
            end = finish


@given(bodies_of_any_text)
def test_the_order_of_the_bodies_makes_no_difference_here(bodies: list[str]) -> None:
    forward, backward = counted(bodies), counted(bodies[::-1])
    for body in bodies:
        assert boilerplate_ranges(body, forward, 2) == boilerplate_ranges(body, backward, 2)

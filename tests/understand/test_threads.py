"""Messages of one conversation are found, and two conversations stay two."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import Mailbox
from recordsearch.understand.copies import Copy, merge_copies
from recordsearch.understand.subjects import (
    is_answer,
    is_generic,
    same_subject,
    subject_key,
    without_prefixes,
)
from recordsearch.understand.threads import find_threads, thread_order

ROE, POE, LEE = (Mailbox(name, "") for name in ("Roe, Jane", "Poe, Alan", "Lee, Ann"))


def make(number: int, subject: str, day: int, **changes: object) -> Copy:
    copy = Copy(
        number=number,
        document=number,
        ordinal=1,
        quoted_in=None,
        sender=ROE,
        recipients=(POE,),
        sent=f"2019-03-{day:02}T10:{number:02}" if day else "",
        subject=subject,
    )
    return replace(copy, **changes)  # type: ignore[arg-type]


def threads(*copies: Copy) -> list[set[int]]:
    found: dict[int, set[int]] = {}
    for number, thread in find_threads(copies, merge_copies(copies)).items():
        found.setdefault(thread, set()).add(number)
    assert all(thread == min(members) for thread, members in found.items())
    return [found[thread] for thread in sorted(found)]


def test_an_answer_is_of_the_thread_of_its_subject_and_people() -> None:
    first = make(1, "Well samples in Fairbrook", 4)
    answer = make(2, "RE: Well samples in Fairbrook", 5, sender=POE, recipients=(ROE,))
    forward = make(3, "FW: Well samples in Fairbrook", 6, sender=POE, recipients=(LEE,))
    assert threads(first, answer, forward) == [{1, 2, 3}]


def test_a_subject_that_recurs_is_not_one_thread() -> None:
    reports = [make(day, "Daily situation report", day) for day in range(1, 9)]
    assert threads(*reports) == [{day} for day in range(1, 9)]


def test_an_answer_joins_the_latest_of_a_recurring_subject() -> None:
    reports = [make(day, "Daily situation report", day) for day in range(1, 5)]
    answer = make(9, "Re: Daily situation report", 3, sender=POE, recipients=(ROE,))
    assert {3, 9} in threads(*reports, answer)


def test_answers_to_two_originals_stay_apart() -> None:
    copies = [
        make(1, "FW: Well samples in town", 5, recipients=(LEE,)),
        make(2, "Well samples in town", 4, document=1, quoted_in=1, sender=POE, recipients=(ROE,)),
        make(3, "FW: Well samples in town", 6, recipients=(LEE,)),
        make(4, "Well samples in town", 5, document=3, quoted_in=3, sender=LEE, recipients=(ROE,)),
    ]
    assert threads(*copies) == [{1, 2}, {3, 4}]


def test_other_people_and_long_gaps_are_other_threads() -> None:
    first = make(1, "Well samples", 4)
    other = make(2, "RE: Well samples", 5, sender=LEE, recipients=(Mailbox("Doe, Sam", ""),))
    late = make(3, "RE: Well samples", 4, sent="2019-05-20T10:00", sender=POE, recipients=(ROE,))
    assert threads(first, other, late) == [{1}, {2}, {3}]


def test_a_generic_subject_needs_the_same_people_within_days() -> None:
    first = make(1, "Question", 4)
    soon = make(2, "RE: question", 5, sender=POE, recipients=(ROE,))
    assert threads(first, soon) == [{1, 2}]
    assert threads(first, replace(soon, recipients=(ROE, LEE))) == [{1}, {2}]
    assert threads(first, replace(soon, sent="2019-03-09T10:00")) == [{1}, {2}]


def test_quotation_joins_whatever_the_subject() -> None:
    outer = make(1, "Something else", 9, sender=LEE, recipients=())
    quoted = make(2, "Question", 4, document=1, quoted_in=1)
    assert threads(outer, quoted) == [{1, 2}]


def test_references_join_also_over_a_message_that_is_missing() -> None:
    one = make(1, "a", 4, message_id="m1@doh.example")
    two = make(2, "b", 5, message_id="m2@doh.example", references=("gone@doh.example",))
    three = make(3, "c", 6, in_reply_to="gone@doh.example")
    four = make(4, "d", 7, in_reply_to="m1@doh.example")
    assert threads(one, two, three, four) == [{1, 4}, {2, 3}]


def test_an_identifier_that_two_messages_bear_joins_neither() -> None:
    one = make(1, "Lunch", 4, message_id="shared@doh.example")
    two = make(2, "The payment", 9, sender=LEE, recipients=(), message_id="shared@doh.example")
    three = make(3, "Else", 10, in_reply_to="shared@doh.example", recipients=())
    assert threads(one, two, three) == [{1}, {2}, {3}]


def test_an_original_in_another_zone_may_seem_to_come_after_its_answer() -> None:
    answer = make(1, "RE: Well samples in Fairbrook", 4, sender=POE, recipients=(ROE,))
    original = make(2, "Well samples in Fairbrook", 4, sent="2019-03-04T14:00")
    assert threads(answer, original) == [{1, 2}]


def test_the_order_of_the_copies_makes_no_difference() -> None:
    rng = random.Random(5)
    copies = [
        make(
            number,
            rng.choice(["RE: Well samples in town", "Well samples in town", "FW: hello", "hello"]),
            rng.randrange(0, 28),
            sender=rng.choice([ROE, POE, LEE]),
            recipients=tuple(rng.sample([ROE, POE, LEE], 2)),
        )
        for number in range(1, 60)
    ]
    expected = threads(*copies)
    for _ in range(5):
        rng.shuffle(copies)
        assert threads(*copies) == expected


def test_a_thread_is_read_by_time_and_what_is_quoted_first() -> None:
    copies = [make(1, "a", 6), make(2, "a", 4), make(3, "a", 0), make(4, "a", 5)]
    assert thread_order(copies) == [2, 4, 1, 3]
    assert thread_order(copies, {4: frozenset({3})}) == [2, 3, 4, 1]
    assert thread_order(copies, {2: frozenset({4})}) == [4, 2, 1, 3]
    circle = {1: frozenset({2}), 2: frozenset({1})}
    assert sorted(thread_order(copies, circle)) == [1, 2, 3, 4]
    assert thread_order([]) == []


def test_the_marks_of_answers_are_no_part_of_a_subject() -> None:
    for subject in (
        "RE: Well samples",
        "Fwd: RE: Well samples",
        "[EXTERNAL] AW: WG: Well samples",
        "RE[2]: FW; Well  samples",
        "Re:Well sam ples",
        "[EXTERNAL) RE: Well samples",
    ):
        assert subject_key(subject) == subject_key("well samples"), subject
        assert is_answer(subject), subject
    assert not is_answer("Report on wells")
    assert without_prefixes("Report: reform") == "Report: reform"


def test_subjects_cut_short_or_misread_are_the_same() -> None:
    long = subject_key("Well samples in Fairbrook and what to do")
    assert same_subject(long, subject_key("Well samples in Fairbrook and"))
    assert same_subject(long, subject_key("We1l sarnples in Fairbrook and what to clo"))
    assert not same_subject(subject_key("Well one"), subject_key("Well two"))
    assert is_generic(subject_key("RE: Thank you!"))
    assert not is_generic(long)


@given(st.text())
def test_any_text_can_be_a_subject(text: str) -> None:
    assert isinstance(is_answer(text), bool)
    assert subject_key(text) == subject_key(f"RE: {text}") or text.lstrip()[:1] in ":;·[({"


def test_hostile_subjects_are_bounded() -> None:
    for text in ("re:" * 2_000_000, "[external" * 1_000_000, " " * 5_000_000, "(b" * 3_000_000):
        assert len(subject_key(text)) <= 400

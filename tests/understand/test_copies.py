"""Copies of one message are found, and nothing else is taken for one."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import Mailbox
from recordsearch.understand.copies import (
    Copy,
    body_sketch,
    differences,
    likeness_of,
    merge_copies,
    quotations,
    sketch_likeness,
)
from recordsearch.understand.differing import DifferenceKind, compare_texts, without_running_lines

ROE = Mailbox("Roe, Jane A. (DOH/EPI) [E]", "")
POE = Mailbox("Poe, Alan", "")
BODY = (
    "The samples from the Fairbrook wells came back this morning and two of them are above the "
    "limit. I would like to tell the council before the paper does. Can you call me at noon?"
)


def make(number: int, **changes: object) -> Copy:
    copy = Copy(
        number=number,
        document=number,
        ordinal=1,
        quoted_in=None,
        sender=ROE,
        recipients=(POE,),
        sent="2019-03-05T10:29",
        subject="Well samples in Fairbrook",
        confidence=90.0,
        sketch=body_sketch(BODY),
    )
    return replace(copy, **changes)  # type: ignore[arg-type]


def together(*copies: Copy) -> bool:
    return len(set(merge_copies(copies).values())) == 1


def test_a_printed_and_a_quoted_copy_are_one_message() -> None:
    quoted = make(2, quoted_in=3, subject="RE: Well samples in Fairbr ook", sender=POE)
    top = make(3, document=2, sent="2019-03-05T11:00", sender=POE, sketch=body_sketch("Will do"))
    assert merge_copies([make(1), replace(quoted, sender=ROE), top]) == {1: 1, 2: 1, 3: 3}


def test_the_same_message_id_is_enough() -> None:
    one = make(1, message_id="a1@doh.example", sent="", subject="")
    other = make(2, message_id="a1@doh.example", subject="[list] Well samples", sender=None)
    assert together(one, other)


def test_different_message_ids_are_two_messages_however_alike() -> None:
    assert not together(make(1, message_id="a1@doh.example"), make(2, message_id="a2@doh.example"))


def test_a_copy_without_an_id_does_not_bring_two_ids_together() -> None:
    merged = merge_copies(
        [make(1, message_id="a1@doh.example"), make(2), make(3, message_id="a2@doh.example")]
    )
    assert merged[1] != merged[3]


def test_another_zone_is_allowed_only_where_all_else_agrees() -> None:
    top = make(1, sent="2019-03-05T15:29:00+00:00")
    quoted = make(2, sent="2019-03-05T10:29")
    assert together(top, quoted)
    assert together(top, replace(quoted, sketch=body_sketch(BODY[:110])))
    assert not together(top, replace(quoted, sketch=()))
    assert not together(top, replace(quoted, sender=POE))
    assert not together(top, replace(quoted, subject="Lunch"))
    assert not together(top, replace(quoted, sketch=body_sketch("Nothing else is known of it.")))
    assert not together(top, replace(quoted, sent="2019-03-05T10:44"))
    assert not together(top, replace(quoted, sent="2019-03-06T09:29"))


def test_times_that_both_name_their_zone_must_be_the_same() -> None:
    first = make(1, sent="2019-03-05T15:29:00+00:00")
    assert together(first, make(2, sent="2019-03-05T10:29:00-05:00"))
    assert not together(first, make(2, sent="2019-03-05T10:29:00+00:00"))


def test_the_same_minute_with_other_words_is_another_message() -> None:
    other = make(2, sketch=body_sketch("Please send the invoice for the chairs to the office."))
    assert not together(make(1), other)


def test_the_same_minute_with_another_sender_is_another_message() -> None:
    assert not together(make(1, sketch=()), make(2, sender=POE, sketch=()))


def test_senders_may_be_written_in_any_way() -> None:
    for sender in (
        Mailbox("Jane Roe", ""),
        Mailbox("", "jane.roe@doh.example"),
        Mailbox("", "roej@doh.example"),
        Mailbox("ROE, JANE", "jroe@doh.example"),
        None,
    ):
        assert together(make(1), make(2, sender=sender)), sender


def test_blank_headers_are_no_evidence() -> None:
    blank = {"sender": None, "subject": "", "recipients": (), "sketch": ()}
    assert not together(make(1, **blank), make(2, **blank))


def test_a_date_without_a_time_needs_the_same_words() -> None:
    assert together(make(1, sent="2019-03-05"), make(2, sent="2019-03-05"))
    assert not together(make(1, sent="2019-03-05", sketch=()), make(2, sent="2019-03-05"))


def test_a_message_and_its_quotation_are_never_one() -> None:
    outer = make(1)
    assert not together(outer, make(2, document=1, ordinal=2, quoted_in=1))
    inner = [make(2, document=1, quoted_in=1, subject="Other"), make(3, document=1, quoted_in=2)]
    assert merge_copies([outer, *inner])[3] == 3
    shared = {"message_id": "a1@doh.example"}
    assert not together(make(1, **shared), make(2, document=1, quoted_in=1, **shared))


def test_the_best_copy_stands_for_the_message() -> None:
    printed, quoted = make(1, confidence=50.0), make(2, quoted_in=9, confidence=99.0)
    surer, native = make(3, confidence=95.0), make(4, native=True, confidence=10.0)
    outer = make(9, document=2, subject="RE: x", sent="2019-03-06T10:00")
    assert merge_copies([printed, quoted, surer, native, outer])[1] == 4
    assert merge_copies([printed, quoted, surer, outer])[2] == 3
    assert merge_copies([printed, quoted, outer])[2] == 1


def test_the_order_of_the_copies_makes_no_difference() -> None:
    rng = random.Random(7)
    copies = [
        make(
            number,
            sender=rng.choice([ROE, POE, None, Mailbox("Jane Roe", "")]),
            sent=rng.choice(["2019-03-05T10:29", "2019-03-05T15:29:00+00:00", "2019-03-05", ""]),
            subject=rng.choice(["Well samples", "RE: Well samples", "", "Lunch on Friday"]),
            sketch=rng.choice([body_sketch(BODY), body_sketch(BODY[40:]), ()]),
        )
        for number in range(1, 120)
    ]
    expected = merge_copies(copies)
    for _ in range(5):
        rng.shuffle(copies)
        assert merge_copies(copies) == expected


def test_thousands_of_the_same_copy_are_one_message() -> None:
    copies = [make(number) for number in range(1, 20_001)]
    assert set(merge_copies(copies).values()) == {1}


def test_thousands_of_one_minute_and_subject_take_no_comparison_of_all_pairs() -> None:
    copies = [
        make(
            number, sender=Mailbox(f"Roe{number}, Jane", ""), sketch=body_sketch(f"{BODY} {number}")
        )
        for number in range(1, 3_001)
    ]
    assert len(merge_copies(copies)) == 3_000


def test_a_circle_of_quotations_ends() -> None:
    circle = [make(1, quoted_in=2), make(2, quoted_in=1), make(3, quoted_in=3)]
    assert set(merge_copies(circle)) == {1, 2, 3}


def test_quotations_are_those_of_all_copies() -> None:
    copies = [make(1), make(2, quoted_in=3), make(3, document=2, subject="RE: x", sender=POE)]
    assert quotations(copies, {1: 1, 2: 1, 3: 3}) == {3: frozenset({1})}


def test_a_message_is_known_again() -> None:
    assert likeness_of(make(1)) == likeness_of(make(9, sender=None))
    assert likeness_of(make(1)) != likeness_of(make(1, sent="2019-03-05T10:30"))
    assert "a1@doh" in likeness_of(make(1, message_id="a1@doh.example"))


sents = st.sampled_from(["", "2019-03-05T10:29", "2019-03-05", "0001-01-01T00:00+14:00", "x"])
boxes = st.one_of(st.none(), st.builds(Mailbox, st.text(max_size=20), st.text(max_size=20)))


@given(
    st.lists(
        st.tuples(boxes, sents, st.text(max_size=12), st.text(max_size=30), st.integers(0, 9)),
        max_size=9,
    )
)
def test_any_copies_can_be_merged(
    rows: list[tuple[Mailbox | None, str, str, str, int]],
) -> None:
    copies = [
        make(n, sender=sender, sent=sent, subject=subject, sketch=body_sketch(body), quoted_in=at)
        for n, (sender, sent, subject, body, at) in enumerate(rows, 1)
    ]
    merged = merge_copies(copies)
    assert set(merged) == {copy.number for copy in copies}
    assert all(merged[best] == best for best in merged.values())
    assert all(likeness_of(copy) for copy in copies)


def test_what_runs_along_the_pages_makes_no_difference() -> None:
    pages = (f"{BODY[:60]}\nFor release by the county\nDOH-000104", "Limb, Ivo\nmore\nDOH-000105",
             "Limb, Ivo\nFor release by the county\nDOH-000106")  # fmt: skip
    printed = f"{BODY[:60]}\nFor release by the county\nDOH-000104\nLimb, Ivo\n{BODY[60:]}"
    assert compare_texts(BODY, without_running_lines(printed, pages)).differences == ()
    assert without_running_lines(BODY, ()) == BODY


def test_a_sketch_tells_a_part_from_another_text() -> None:
    rng = random.Random(1)
    words = [f"word{number}" for number in range(2_000)]
    text = " ".join(rng.choices(words, k=400))
    other = " ".join(rng.choices(words, k=400))
    assert sketch_likeness(body_sketch(text), body_sketch("> " + text.replace(" ", "\n> "))) == 1
    assert sketch_likeness(body_sketch(text), body_sketch(text[:300])) > 0.9
    assert sketch_likeness(body_sketch(text), body_sketch(other)) < 0.1
    assert sketch_likeness(body_sketch(""), body_sketch("")) == 0
    assert body_sketch("(b)(6)") == ()


def test_a_sketch_is_bounded() -> None:
    assert len(body_sketch("a b " * 1_000_000)) <= 17
    assert len(body_sketch(BODY * 1_000)) <= 17


@given(st.text(), st.text())
def test_any_texts_can_be_sketched(one: str, other: str) -> None:
    assert 0 <= sketch_likeness(body_sketch(one), body_sketch(other)) <= 1


def test_what_is_withheld_in_one_copy_is_shown() -> None:
    first = "Please call Jane Roe at 555 0100 before noon."
    other = "> Please call (b)(6) at 555 0100\n> before noon."
    ((found,),) = differences([first, other])
    assert (found.kind, found.first, found.other) == (
        DifferenceKind.REDACTED,
        "Jane Roe",
        "(b)(6)",
    )
    ((back,),) = differences([other, first])
    assert back.kind is DifferenceKind.DISCLOSED


def test_white_space_quotation_marks_and_slips_are_no_differences() -> None:
    first = "The council will receive the results on Monday,\nas agreed."
    other = ">> The  councll will\n>> re ceive the results on Monday as agreed"
    assert differences([first, other]) == [()]
    assert compare_texts(first, other).slips == 2


def test_figures_and_short_words_are_never_slips() -> None:
    (found,) = differences(["Pay 12345 now.", "Pay 12346 now."])
    assert [(one.first, one.other) for one in found] == [("12345", "12346")]
    assert differences(["It is not so.", "It is now so."])[0]


def test_what_only_one_copy_has_is_shown() -> None:
    ((gone,),) = differences(["We met at noon and agreed.", "We met and agreed."])
    assert (gone.kind, gone.first, gone.other) == (DifferenceKind.MISSING, "at noon", "")
    ((new,),) = differences(["We met and agreed.", "We met at noon and agreed."])
    assert (new.kind, new.first, new.other) == (DifferenceKind.ADDED, "", "at noon")
    assert len(differences([BODY, BODY, BODY + " Yes."])) == 2


@given(st.lists(st.text(alphabet="ab(6)> \n█", max_size=60), min_size=1, max_size=3))
def test_any_texts_can_be_compared(texts: list[str]) -> None:
    assert len(differences(texts)) == len(texts) - 1
    assert compare_texts(texts[0], texts[0]).differences == ()


def test_long_texts_are_bounded() -> None:
    one, other = "word " * 1_000_000, "x" * 10_000_000
    assert len(compare_texts(one, other).differences) <= 50
    many = " ".join(f"left{n} same" for n in range(3_000))
    assert len(compare_texts(many, many.replace("left", "rightly")).differences) <= 50

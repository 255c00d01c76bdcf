"""Copies of one message are found, and nothing else is taken for one."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import Mailbox
from recordsearch.understand.body_furniture import without_furniture
from recordsearch.understand.copies import (
    Copy,
    body_sketch,
    differences,
    likeness_of,
    merge_copies,
    quotations,
    sketch_likeness,
)
from recordsearch.understand.differing import (
    DifferenceKind,
    Field,
    compare_texts,
    without_running_lines,
)
from recordsearch.understand.header_differences import Heading, header_differences
from recordsearch.understand.sketches import figures_contradict, greetings_contradict
from recordsearch.understand.subjects import read_title, same_title

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


LUNCH = make(
    1,
    sender=Mailbox("Ann Limb", "ann@harbor.example"),
    recipients=(Mailbox("Bob Poe", "bob@harbor.example"),),
    subject="Lunch",
    sent="2019-03-05T10:29:00+00:00",
    message_id="shared@id",
    native=True,
    sketch=body_sketch("Shall we have lunch at the harbor at noon?"),
)


def test_a_message_id_that_a_program_gives_twice_is_no_proof() -> None:
    other = replace(
        LUNCH,
        number=2,
        sender=Mailbox("Zed Quill", "zed@quarry.example"),
        recipients=(Mailbox("Yan Roe", "yan@quarry.example"),),
        subject="The payment",
        sent="2019-11-09T18:00:00+00:00",
        sketch=body_sketch("The envelope lies where you asked me to leave it."),
    )
    assert not together(LUNCH, other)
    again = replace(LUNCH, number=3)
    assert merge_copies([LUNCH, other, again]) == {1: 1, 2: 2, 3: 1}
    assert not together(LUNCH, replace(LUNCH, number=2, sender=other.sender))
    assert not together(LUNCH, replace(LUNCH, number=2, sent=other.sent))
    assert not together(LUNCH, replace(LUNCH, number=2, sketch=other.sketch))
    assert not together(LUNCH, replace(LUNCH, number=2, subject="Lunch on 12 May"))
    assert together(LUNCH, replace(LUNCH, number=2, subject="[harbor-list] Lunch", recipients=()))


NOTICE = (
    "Your permit application {0} was received on March 5 and is with the Fairbrook desk. The fee "
    "of ${1}.00 is due within thirty days of this notice. Please bring two copies of the plan."
)
DESK = Mailbox("Permit Desk", "desk@fairbrook.example")


def notice(number: int, **changes: object) -> Copy:
    given: dict[str, object] = {
        "sender": DESK,
        "recipients": (Mailbox("", f"applicant{number}@mail.example"),),
        "subject": f"Permit application {1000 + number}",
        "sketch": body_sketch(NOTICE.format(1000 + number, 120 + 10 * number)),
    }
    return make(number, **(given | changes))


def apart(*copies: Copy) -> bool:
    return len(set(merge_copies(copies).values())) == len(copies)


def test_notices_of_one_minute_from_one_desk_are_as_many_messages() -> None:
    numbers = range(1, 11)
    same = {"subject": "Permit application", "sketch": body_sketch(BODY)}
    to_one = {"recipients": (POE,)}
    for native in (True, False):
        assert apart(*(notice(number, native=native) for number in numbers))
        # Each of the three that they differ by is enough.
        assert apart(*(notice(n, native=native, **same) for n in numbers))
        subjects = {"sketch": body_sketch(BODY), **to_one}
        assert apart(*(notice(n, native=native, **subjects) for n in numbers))
        bodies = {"subject": "Permit application", **to_one}
        assert apart(*(notice(n, native=native, **bodies) for n in numbers))
        assert apart(*(notice(n, native=native, **(bodies | {"recipients": ()})) for n in numbers))


def test_a_quotation_of_a_notice_is_that_notice() -> None:
    quoted = notice(3, recipients=(), quoted_in=99)
    merged = merge_copies([*(notice(n) for n in range(1, 11)), replace(quoted, number=50)])
    assert merged[50] == 3


def test_a_quotation_that_may_be_of_two_messages_is_of_neither() -> None:
    beginning = body_sketch(NOTICE[len("Your permit application {0} ") : 90])
    first, second = (
        notice(n, subject="Permits", sketch=body_sketch(NOTICE.format("", n)[25:])) for n in (1, 2)
    )
    cut = notice(3, subject="Permits", recipients=(), sketch=beginning)
    assert together(first, cut)
    assert apart(first, second, cut)


def test_senders_numbered_in_a_series_are_different() -> None:
    for name in ("", "Officer {}", "Officer"):
        copies = [
            make(
                number,
                sender=Mailbox(name.format(number), f"officer{number}@pd.example"),
                subject="Shift report",
            )
            for number in (1, 2, 3)
        ]
        assert apart(*copies), name


def test_an_address_and_another_with_one_name_may_be_one_sender() -> None:
    one, other = Mailbox("R", "rcode17@mail.example"), Mailbox("R", "RC22@mail.example")
    assert together(make(1, sender=one), make(2, sender=other))
    full = Mailbox("Jane Roe", "jane.roe@doh.example"), Mailbox("John Roe", "john.roe@doh.example")
    assert not together(make(1, sender=full[0]), make(2, sender=full[1]))


def test_who_is_greeted_tells_messages_of_one_template_apart() -> None:
    bodies = [f"Dear {name},\n\n{BODY}" for name in ("Ms. Alvarado", "Mr. Okonski", "Mr Ok0nski")]
    copies = [make(n, sketch=body_sketch(body)) for n, body in enumerate(bodies, 1)]
    assert not together(copies[0], copies[1])
    assert together(copies[1], copies[2])
    assert greetings_contradict(body_sketch("Hi Ann,\nyes"), body_sketch("Hi Bob,\nyes"))
    assert not greetings_contradict(body_sketch("Hi Ann,\nyes"), body_sketch("Yes"))


def test_other_attachments_make_another_message() -> None:
    one = make(1, attachments=("lot-7.pdf", "map.png"))
    assert together(one, make(2, attachments=("map.png",)))
    assert together(one, make(2))
    assert not together(one, make(2, attachments=("lot-8.pdf",)))


def test_recipients_that_share_nobody_contradict_and_a_missing_list_does_not() -> None:
    several = tuple(Mailbox(f"Person {n}", "") for n in range(40))
    one = make(1, recipients=several)
    assert together(one, make(2, recipients=several[::-1]))
    assert together(one, make(2, recipients=several[39:]))
    assert together(one, make(2, recipients=()))
    assert together(one, make(2, recipients=(Mailbox("undisclosed-recipients", ""),)))
    assert not together(one, make(2, recipients=(Mailbox("Lee, Ann", ""),)))
    native = [
        make(n, native=True, recipients=(POE, Mailbox("", f"box{n}@doh.example"))) for n in (1, 2)
    ]
    assert not together(*native)


def test_a_reminder_that_is_sent_twice_a_day_is_two_messages() -> None:
    assert not together(make(1), make(2, sent="2019-03-05T15:29"))
    assert together(make(1), make(2, sent="2019-03-05T15:29", quoted_in=9))


def test_short_answers_of_one_minute_under_one_long_disclaimer_are_two() -> None:
    disclaimer = "\n" + " ".join(f"This notice has clause word{n}" for n in range(60))
    yes, no = "Yes, please go ahead with the harbor dredging", "No, hold the quarry until we spoke"
    copies = [make(n, sketch=body_sketch(text + disclaimer)) for n, text in enumerate((yes, no), 1)]
    assert not together(*copies)
    assert not together(make(1, sketch=body_sketch("Yes.")), make(2, sketch=body_sketch("No no.")))
    votes = ["I approve the Fairbrook contract", "I reject the Fairbrook contract"]
    assert not together(*(make(n, sketch=body_sketch(vote)) for n, vote in enumerate(votes, 1)))


def test_figures_are_compared_as_they_are_and_not_as_ocr_writes_them() -> None:
    paid = body_sketch(f"{BODY} We paid $1,250.00 for 10 of them.")
    for same in ("$1,25O.0O for l0", "$1, 250.00 for 10", "(b)(4) for 10"):
        assert not figures_contradict(paid, body_sketch(f"{BODY} We paid {same} of them.")), same
    for other in ("$1,260.00 for 10", "$1,250.00 for 12"):
        assert figures_contradict(paid, body_sketch(f"{BODY} We paid {other} of them.")), other
    assert not figures_contradict(paid, body_sketch(BODY))
    assert figures_contradict(paid, body_sketch(BODY), whole=True)


def test_what_is_printed_on_pages_is_no_part_of_a_sketch() -> None:
    marking = (
        "UNCLASSIFIED U.S. Department of Harbors Case No. F-2014-2043 Doc No. C0576{} Date: 06/30"
    )
    printed = [f"{BODY} Lot 12.\n 3\n{marking.format(n)}\fDOH-00010{n}\n" for n in (1206, 1207)]
    assert body_sketch(printed[0]) == body_sketch(printed[1]) == body_sketch(f"{BODY} Lot 12.")
    # In a table a figure stands by itself.
    assert figures_contradict(body_sketch("Permit\n1000\nfee"), body_sketch("Permit\n1001\nfee"))


def test_the_identifiers_of_an_older_sketch_are_no_figures() -> None:
    new = body_sketch(BODY)
    heads, size = new[0] & 7, new[0] >> 3
    older = (4, *new[1:5], *new[1 + heads : 1 + heads + size])
    assert sketch_likeness(older, new) == 1
    assert not figures_contradict(older, body_sketch(NOTICE))


def test_subjects_differ_by_a_figure_or_a_word_and_not_by_a_slip() -> None:
    def same(first: str, second: str) -> bool:
        return same_title(read_title(first), read_title(second), slips=2, quoted=True)

    for other in (
        "RE: Well samples in Fairbrook, lot 12",
        "Well sarnples in Fairbr ook, lot 12",
        "lRE Well samples in Falrbrook, lot l2",
        "Well samples in Fairbrook,",
    ):
        assert same("Well samples in Fairbrook, lot 12", other), other
    for other in (
        "Well samples in Fairbrook, lot 13",
        "Well samples in Fairbrook, lot 21",
        "Well samples for Fairbrook, lot 12",
        "Well samples in Fairbrook, 12",
        "Tank samples in Fairbrook, lot 12",
    ):
        assert not same("Well samples in Fairbrook, lot 12", other), other
    assert not same("Reference for Jane Roe", "Reference for Joan Roe")
    assert not same("Report from Iran", "Report from Iraq")


@given(st.text(), st.text(), st.booleans())
def test_any_titles_can_be_compared(one: str, other: str, quoted: bool) -> None:
    first, second = read_title(one), read_title(other)
    assert same_title(first, second, quoted=quoted) == same_title(second, first, quoted=quoted)
    assert same_title(first, first, quoted=quoted)


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
    assert len(body_sketch("a b " * 1_000_000)) <= 38
    assert len(body_sketch(BODY * 1_000)) <= 38
    numbers = body_sketch(" ".join(f"item {n} costs {3 * n}" for n in range(5_000)))
    assert len(numbers) <= 38
    assert all(0 <= number < 2**30 for number in numbers)


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


def test_a_mark_in_the_margin_is_no_difference() -> None:
    assert differences(["We met at noon. B6 It rained.", "We met at noon. It rained."]) == [()]
    assert differences(["Take vitamin B6 now.", "Take vitamin C now."])[0]


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


HEADING = Heading(ROE, (POE,), "2019-03-05T10:29", "Well samples", ("map.png",))


def test_headers_are_compared_field_by_field() -> None:
    lee = Mailbox("Lee, Ann", "ann.lee@doh.example")
    other = Heading(
        Mailbox("Poe, Alan", ""), (POE, lee), "2019-03-05T10:44", "Well 7 samples", ("plan.pdf",)
    )
    found = header_differences(HEADING, other)
    assert [(one.field, one.kind, one.first, one.other) for one in found] == [
        (Field.SENDER, DifferenceKind.REPLACED, "Roe, Jane A. (DOH/EPI) [E]", "Poe, Alan"),
        (Field.RECIPIENTS, DifferenceKind.ADDED, "", "Lee, Ann <ann.lee@doh.example>"),
        (Field.SENT, DifferenceKind.REPLACED, "2019-03-05T10:29", "2019-03-05T10:44"),
        (Field.SUBJECT, DifferenceKind.REPLACED, "Well samples", "Well 7 samples"),
        (Field.ATTACHMENTS, DifferenceKind.REPLACED, "map.png", "plan.pdf"),
    ]
    assert header_differences(HEADING, HEADING) == ()


def test_what_a_quotation_leaves_out_is_no_difference() -> None:
    quoted = Heading(None, (), "", "", (), is_quoted=True)
    assert header_differences(HEADING, quoted) == header_differences(quoted, HEADING) == ()
    bare = replace(quoted, is_quoted=False)
    assert len(header_differences(HEADING, bare)) == 5


def test_the_same_header_written_otherwise_is_no_difference() -> None:
    zoned = replace(HEADING, sent="2019-03-05T10:29:00+00:00", sender=Mailbox("Jane Roe", ""))
    assert header_differences(HEADING, zoned) == ()
    there = replace(zoned, sent="2019-03-05T05:29:00-05:00", subject="Well sarnples")
    assert header_differences(zoned, there) == ()
    withheld = header_differences(HEADING, replace(HEADING, recipients=(Mailbox("(b)(6)", ""),)))
    assert all(one.kind is DifferenceKind.REDACTED for one in withheld)


def test_what_an_office_printed_is_left_out_of_a_message() -> None:
    page = (
        "CONFIDENTIAL\nFrom: Roe\n\n> Please pay 1000 to the harbor.\n> 4711\n"
        "> CONFIDENTIAL matters\nDOH-000104\nPage 3 of 9\nRELEASE IN PART B6\nDOH-000105"
    )
    body = page.partition("\n\n")[2]
    assert without_furniture(body, [page]) == (
        "Please pay 1000 to the harbor.\n4711\nCONFIDENTIAL matters"
    )
    assert without_furniture("We met.\n1000\nand 3", ()) == "We met.\n1000\nand 3"


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_can_be_freed_of_furniture(text: str, pages: list[str]) -> None:
    assert len(without_furniture(text, pages)) <= len(text)
    assert len(without_running_lines(text, [*pages, text])) <= len(text)

"""Copies are merged only where nothing speaks against it; conversations hold together."""

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import Mailbox
from recordsearch.understand.conversations import (
    Copy,
    bare_subject,
    find_threads,
    merge_copies,
)

ROE = Mailbox("Roe, Jane (CITY/PD) [E]", "jroe@fairbrook.example")
ROE_TURNED = Mailbox("Jane Roe", "")
LIMB = Mailbox("Ivo Limb", "ilimb@brook.example")


def copy(
    number: int,
    sender: Mailbox | None = ROE,
    sent: str = "2017-02-01T10:00",
    subject: str = "Camera contract renewal",
    quoted_in: int | None = None,
    confidence: float = 90.0,
) -> Copy:
    return Copy(number, quoted_in, sender, (LIMB,), sent, subject, confidence)


def test_the_same_minute_sender_and_subject_are_one_message() -> None:
    copies = [
        copy(1, quoted_in=9),
        copy(2, ROE_TURNED, subject="Camera contract renewal "),
        copy(9, LIMB, "2017-02-01T11:00", "RE: Camera contract renewal"),
    ]
    assert merge_copies(copies) == {1: 2, 2: 2, 9: 9}


def test_another_minute_sender_or_subject_is_another_message() -> None:
    copies = [
        copy(1),
        copy(2, sent="2017-02-01T10:01"),
        copy(3, LIMB),
        copy(4, subject="Cameras"),
        copy(5, None),
        copy(6, None),
        copy(7, sent="2017-02-01"),
        copy(8, sent="2017-02-01"),
    ]
    assert set(merge_copies(copies).values()) == set(range(1, 9))


def test_a_message_is_never_merged_with_one_that_quotes_it() -> None:
    assert merge_copies([copy(1), copy(2, quoted_in=1), copy(3, quoted_in=2)]) == {1: 1, 2: 2, 3: 3}


def test_a_conversation_is_held_together_by_quotation_and_by_subject() -> None:
    copies = [
        copy(1),
        copy(2, LIMB, "2017-02-03T09:00", "RE: [EXTERNAL] Fwd: Camera contract renewal"),
        copy(3, LIMB, "2017-08-03T09:00", "RE: Camera contract renewal"),
        copy(4, LIMB, "2017-02-04T09:00", "Something else", quoted_in=2),
        copy(5, ROE, "2017-02-01T12:00", "FYI"),
        copy(6, ROE, "2017-02-01T13:00", "FYI"),
    ]
    best_of = merge_copies(copies)
    assert find_threads(copies, best_of) == {1: 1, 2: 1, 3: 3, 4: 1, 5: 5, 6: 6}


def test_reply_marks_are_taken_off_a_subject() -> None:
    for subject in ("RE: FW: Plan B", "Fwd: [EXTERNAL] AW: plan  b", "Plan B"):
        assert bare_subject(subject) == "planb"
    assert bare_subject("re:" * 10_000)


COPIES = st.lists(
    st.builds(
        Copy,
        number=st.integers(1, 9),
        quoted_in=st.none() | st.integers(1, 12),
        sender=st.none() | st.sampled_from([ROE, ROE_TURNED, LIMB]),
        recipients=st.lists(st.sampled_from([ROE, LIMB])).map(tuple),
        sent=st.sampled_from(
            ["", "2017", "2017-02-31T10:00", "2017-02-01T10:00", "nonsense of 16"]
        ),
        subject=st.text(max_size=5) | st.just("Camera contract renewal"),
        confidence=st.floats(0, 100),
    ),
    unique_by=lambda one: one.number,
)


@given(COPIES)
def test_every_copy_has_a_message_and_every_message_a_thread(copies: list[Copy]) -> None:
    best_of = merge_copies(copies)
    assert set(best_of) == {one.number for one in copies}
    assert all(best_of[best] == best for best in best_of.values())
    assert set(find_threads(copies, best_of)) == set(best_of.values())
    assert merge_copies(copies[::-1]) == best_of

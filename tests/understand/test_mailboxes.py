"""Whom a header names: names and addresses apart, without what a black box left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import Mailbox
from recordsearch.understand.mailboxes import MOST_MAILBOXES, parse_mailbox, parse_mailboxes


def pairs(text: str) -> list[tuple[str, str]]:
    return [(box.name, box.address) for box in parse_mailboxes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Odell Brightwater <odell@marsh.example>", [("Odell Brightwater", "odell@marsh.example")]),
        ("odell@marsh.example", [("", "odell@marsh.example")]),
        ("'odell@marsh.example' <odell@marsh.example>", [("", "odell@marsh.example")]),
        ("Odell [mailto:odell@marsh.example]", [("Odell", "odell@marsh.example")]),
        ("'Brightwater, Odell'", [("Brightwater, Odell", "")]),
        ("Brightwater, Odell (WTR/LEVEE) [E]", [("Brightwater, Odell (WTR/LEVEE) [E]", "")]),
        ("Brightwater, Odell; Penhallow, Ro", [("Brightwater, Odell", ""), ("Penhallow, Ro", "")]),
        ("Brightwater, Odell, Penhallow, Ro", [("Brightwater, Odell", ""), ("Penhallow, Ro", "")]),
        ("Odell Brightwater, Ines Calloway", [("Odell Brightwater", ""), ("Ines Calloway", "")]),
        ("o@marsh.example, i@marsh.example", [("", "o@marsh.example"), ("", "i@marsh.example")]),
        (
            "Brightwater, Odell <o@marsh.example>, Calloway, Ines\n<i@marsh.example>",
            [("Brightwater, Odell", "o@marsh.example"), ("Calloway, Ines", "i@marsh.example")],
        ),
        ("Calloway, Ines, M.D., Ph.D.", [("Calloway, Ines, M.D., Ph.D.", "")]),
        ("Odell Brightwater/HQ/Marsh@Marsh", [("Odell Brightwater/HQ/Marsh", "")]),
        ("Calloway, Ines (Acme, Inc) <i@acme.example>",
         [("Calloway, Ines (Acme, Inc)", "i@acme.example")]),
    ],
)  # fmt: skip
def test_names_and_addresses_are_told_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Calloway, Ines (WTR/LEVEE) [E] yy wo@-", [("Calloway, Ines (WTR/LEVEE) [E]", "")]),
        ("Calloway, Ines (WTR/LEVEE) [EJ ee;", [("Calloway, Ines (WTR/LEVEE) [E]", "")]),
        ("Rory Penhallow yyy oe", [("Rory Penhallow", "")]),
        ("Rory Penhallow 9 9 @@-", [("Rory Penhallow", "")]),
        ("Rory Penhallow KOO)", [("Rory Penhallow", "")]),
        ("Rory Penhallow (b)(6); [REDACTED]; Calloway, Ines",
         [("Rory Penhallow", ""), ("Calloway, Ines", "")]),
        ("Calloway, Ines (WTR) [E] yyy, Brightwater, Odell (WTR) [E] >",
         [("Calloway, Ines (WTR) [E]", ""), ("Brightwater, Odell (WTR) [E]", "")]),
        ("Ines Calloway <icall @ marsh.example>", [("Ines Calloway", "icall@marsh.example")]),
        ("Calloway, Ines <icall©marsh.example>", [("Calloway, Ines", "icall@marsh.example")]),
        ("Rory Penhallow                             B6", [("Rory Penhallow", "")]),
        ("(b)(6)", []),
        ("██████", []),
        ("; ;", []),
        ("9 @@>", []),
    ],
)  # fmt: skip
def test_what_is_withheld_is_absent(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_a_message_sent_for_another_keeps_both() -> None:
    box = parse_mailbox("Calloway, Ines (WTR) [E] on behalf of Brightwater, Odell (WTR) [E]")
    assert box == Mailbox("Calloway, Ines (WTR) [E] on behalf of Brightwater, Odell (WTR) [E]", "")


def test_a_sender_with_a_comma_is_one() -> None:
    assert parse_mailbox("Calloway, Ines, Water Office <i@marsh.example>") == Mailbox(
        "Calloway, Ines, Water Office", "i@marsh.example"
    )


@pytest.mark.parametrize("text", ["", "(b)(6)", "ee", "O", "[REDACTED]", ">"])
def test_a_sender_that_is_withheld_is_none(text: str) -> None:
    assert parse_mailbox(text) is None


def test_a_thousand_recipients_are_the_most() -> None:
    assert len(parse_mailboxes("a@b.cc;" * 3_000)) == MOST_MAILBOXES


@given(st.text(alphabet="aA ,;<>@.()[]'\"E\n\x00"))
def test_any_text_is_read(text: str) -> None:
    for box in parse_mailboxes(text):
        assert box.name or box.address
        assert "\x00" not in box.name
    parse_mailbox(text)


@pytest.mark.parametrize(
    "piece", ["<", "a,", "Ab, Ac [E] ", "(b)(6)", "<a@", "on behalf of ", "> "]
)
def test_long_hostile_values_are_bounded(piece: str) -> None:
    assert len(parse_mailboxes(piece * 100_000)) <= MOST_MAILBOXES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Calloway, Ines (WTR) [E]iPenhallow, Rory (WTR) [E]",
         ["Calloway, Ines (WTR) [E]", "Penhallow, Rory (WTR) [E]"]),
        ("Calloway, Ines (WTR) (E]; Penhallow, Rory (WTR) {E]",
         ["Calloway, Ines (WTR) [E]", "Penhallow, Rory (WTR) [E]"]),
        ("Calloway, Ines (0S/WTR/10) PIG", ["Calloway, Ines (0S/WTR/10)"]),
        ("Calloway, Ines (WTR/OPS) NBG Zenner, Kyle (WTR/OPS)",
         ["Calloway, Ines (WTR/OPS)", "Zenner, Kyle (WTR/OPS)"]),
        ("Calloway, Ines; Penhallow, Rory; Calloway, Ines", ["Calloway, Ines", "Penhallow, Rory"]),
        ("Calloway, Ines (levee.gov) Sees", ["Calloway, Ines (levee.gov)"]),
        ("Calloway, Ines WTR/LEVEE) [E]", ["Calloway, Ines (WTR/LEVEE) [E]"]),
        ("yyy woe OAE", []),
        ("@@ (OS/WTR)", []),
        ("F6 (OS/WTR)", []),
        ("yyw", []),
    ],
)  # fmt: skip
def test_signs_that_ocr_misread_between_names(text: str, expected: list[str]) -> None:
    assert [box.name for box in parse_mailboxes(text)] == expected


def test_two_addresses_of_one_name_are_two_mailboxes() -> None:
    text = "Ines <i@marsh.example>; Ines <ines@delta.example>"
    assert len(parse_mailboxes(text)) == 2


def test_a_comma_in_an_address_is_a_misread_stop() -> None:
    assert pairs("Calloway, Ines <Ines.Calloway@MARSH,ORG>; Rory <r@marsh.example>") == [
        ("Calloway, Ines", "Ines.Calloway@MARSH.ORG"),
        ("Rory", "r@marsh.example"),
    ]


def test_a_semicolon_in_a_senders_name_is_a_misread_comma() -> None:
    assert parse_mailbox("Calloway; Ines (WTR) [E]") == Mailbox("Calloway, Ines (WTR) [E]", "")


@pytest.mark.parametrize("name", ["Tomas i Puig", "Jo MacDonald", "Ayyub Fayyad", "Bo Xi"])
def test_names_that_look_like_debris_are_kept(name: str) -> None:
    assert parse_mailboxes(f"{name}; Calloway, Ines")[0] == Mailbox(name, "")


@pytest.mark.parametrize(
    "name",
    ["Officer 1", "Conference Room 101", "District 12", "Class of 2019", "Brightwater, Odell 3rd"],
)
def test_names_keep_the_numbers_that_they_end_in(name: str) -> None:
    assert parse_mailbox(f"{name} <one@marsh.example>") == Mailbox(name, "one@marsh.example")
    assert pairs(f"Calloway, Ines <i@marsh.example>; {name} <one@marsh.example>")[1] == (
        name,
        "one@marsh.example",
    )


@pytest.mark.parametrize("name", ["Officer 1", "District 12", "Brightwater, Odell 3rd"])
def test_numbers_of_posts_and_ordinals_need_no_address(name: str) -> None:
    assert parse_mailbox(name) == Mailbox(name, "")


def test_figures_of_a_black_box_are_still_dropped() -> None:
    assert pairs("Brightwater, Odell 9 @@>; Calloway, Ines 7") == [
        ("Brightwater, Odell", ""),
        ("Calloway, Ines", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "undisclosed-recipients:;",
        "Undisclosed recipients",
        "Undisclosed recipients:",
        "'Undisclosed Recipients'",
        "Recipient list not shown:;",
    ],
)
def test_undisclosed_recipients_are_nobody(text: str) -> None:
    assert parse_mailboxes(text) == ()
    assert pairs(f"{text}; ines@marsh.example") == [("", "ines@marsh.example")]

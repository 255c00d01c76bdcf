"""Names seen clean in a document tell what OCR ran together with black boxes in the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import Mailbox
from recordsearch.understand.mailboxes import parse_mailboxes
from recordsearch.understand.message_debris import Beside, is_surely_debris
from recordsearch.understand.message_known import known_names
from recordsearch.understand.messages import find_messages

CLEAN = ["Calloway, Ines", "Penhallow, Rory (WTR/LEVEE) [E]", "Odell Brightwater", "Sy, Tilly"]
KNOWN = known_names([Mailbox(name, "") for name in CLEAN * 2])


def names(text: str) -> list[str]:
    return [box.name for box in parse_mailboxes(text, KNOWN)]


def page(to: str, minute: int = 0) -> str:
    return (
        "From: Sedgwarden, Tilly <tilly@marsh.example>\n"
        f"Sent: Monday, March 2, 2020 9:{minute:02} AM\n"
        f"To: {to}\nSubject: Levee survey\n\nSee below.\n"
    )


def test_a_name_is_known_that_stands_twice_or_with_an_address() -> None:
    known = known_names(
        [Mailbox("Calloway, Ines", ""), Mailbox("Rory Penhallow", "r@marsh.example")]
    )
    assert "Rory Penhallow" in known
    assert "Calloway, Ines" not in known


def test_what_two_names_begin_with_is_known() -> None:
    known = known_names([Mailbox("Calloway, Ines OG", ""), Mailbox("Calloway, Ines TI yee", "")])
    assert "Calloway, Ines" in known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Calloway, Ines Ty ee@; Odell Brightwater", ["Calloway, Ines", "Odell Brightwater"]),
        ("Odell Brightwater NN NNN 6 Calloway, Ines", ["Odell Brightwater", "Calloway, Ines"]),
        ("yyw; We Calloway, Ines", ["Calloway, Ines"]),
        ("Calloway, Ines PIG; Odell Brightwater OO", ["Calloway, Ines", "Odell Brightwater"]),
        ("Penhallow, Rory (WTR/LEVEE) [E]iCalloway, Ines",
         ["Penhallow, Rory (WTR/LEVEE) [E]", "Calloway, Ines"]),
        ("Calloway; Ines", ["Calloway, Ines"]),
        ("Odell Brightwateri Calloway, Ines", ["Odell Brightwater", "Calloway, Ines"]),
    ],
)  # fmt: skip
def test_debris_beside_known_names_is_left_out(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Calloway, Ines Jr",
        "Calloway, Ines (CVL) [E]",
        "Calloway, Ines (RIO DE LA PLATA)",
        "De Sy, Tilly",
        "Odell Brightwater and Ines",
        "Mary Odell Brightwater",
    ],
)
def test_what_belongs_to_a_name_stays_with_it(text: str) -> None:
    assert names(text) == [text]


def test_an_address_stays_with_its_name() -> None:
    assert parse_mailboxes("Calloway, Ines <i@marsh.example>", KNOWN) == (
        Mailbox("Calloway, Ines", "i@marsh.example"),
    )


def test_capitals_say_nothing_where_names_are_in_capitals() -> None:
    beside = Beside(["RAMSGATE,", "JAIME", "V"])
    assert not beside.is_debris("JAIME", False)
    assert is_surely_debris("JAIME")


def test_a_documents_headers_explain_each_other() -> None:
    pages = [
        page("Calloway, Ines <i@marsh.example>; Penhallow, Rory"),
        page("Penhallow, Rory OO @@>; Calloway, Ines OO Brightwater, Odell", 1),
        page("Brightwater, Odell; Penhallow, Rory TI yoe-; PYG; Harbinger, Wystan OO", 2),
    ]
    found = [[box.name for box in message.to] for message in find_messages(pages)]
    assert found == [
        ["Calloway, Ines", "Penhallow, Rory"],
        ["Penhallow, Rory", "Calloway, Ines", "Brightwater, Odell"],
        ["Brightwater, Odell", "Penhallow, Rory", "Harbinger, Wystan"],
    ]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("FW: For review: ili OO) SG", "FW: For review:"),
        ("Greetings from M Oo", "Greetings from"),
        ("RE OO", "RE"),
        ("Levee survey OO", "Levee survey OO"),
        ("Lunch with Kim on 3 May", "Lunch with Kim on 3 May"),
    ],
)
def test_what_black_boxes_leave_beside_names_they_leave_behind_subjects(
    subject: str, expected: str
) -> None:
    pages = [
        page("Calloway, Ines <i@marsh.example>; Penhallow, Rory <r@marsh.example>"),
        page("Calloway, Ines OO @@>; Penhallow, Rory OO @@>", 1).replace("Levee survey", subject),
    ]
    assert find_messages(pages)[1].subject == expected


def test_any_short_word_behind_units_is_debris_elsewhere() -> None:
    one, other = "Calloway, Ines (WTR/OPS) [E]", "Penhallow, Rory (WTR/OPS) [E]"
    pages = [
        page(f"{one}; {other}"),
        page(f"{one} Toe; {other} Toe @@>", 1),
        page("Odell Brightwater Toe; Ines Lee", 2),
    ]
    assert [box.name for box in find_messages(pages)[2].to] == ["Odell Brightwater", "Ines Lee"]


def test_a_group_in_capitals_stays_where_nothing_is_blacked_out() -> None:
    (message,) = find_messages([page("Calloway, Ines; OPS")])
    assert [box.name for box in message.to] == ["Calloway, Ines", "OPS"]


@given(st.text(alphabet="CalowyInesOdBrightwr, ;()[]<>@ij.OT\x00"))
def test_any_text_is_parted(text: str) -> None:
    for box in parse_mailboxes(text, KNOWN):
        assert box.name or box.address
        assert "\x00" not in box.name


@pytest.mark.parametrize("piece", ["Calloway, ", "Calloway, Ines OO ", "OO ", "Sy, Tilly i", "( "])
def test_long_hostile_lines_are_parted(piece: str) -> None:
    assert len(KNOWN.part(piece * 2_000)) < 20 * len(piece) * 2_000


def test_thousands_of_names_that_begin_alike_are_bounded() -> None:
    many = [Mailbox(f"Calloway, Ines {n}x", "i@marsh.example") for n in range(20_000)]
    known = known_names(many)
    assert len(known.names) <= 50
    assert known.part("Calloway, " * 2_000)

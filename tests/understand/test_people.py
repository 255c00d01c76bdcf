"""One person for all the ways in which headers write them, and never two for one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.understand.names import Name, display_name, local_parts, parse_name
from recordsearch.understand.organisations import (
    find_organisations,
    organisation_domain,
    signature_organisations,
)
from recordsearch.understand.people import Appearance, Person, find_people


def seen(name: str, address: str = "", count: int = 1, *, sender: bool = True) -> Appearance:
    return Appearance(name, address, sender, count, "2019-03-04", "2019-05-06")


def people(*forms: str | tuple[str, str] | Appearance) -> list[set[str]]:
    appearances = [
        form if isinstance(form, Appearance) else seen(*([form] if isinstance(form, str) else form))
        for form in forms
    ]
    found = find_people(appearances)
    return sorted(({form.name or form.address for form in one.forms} for one in found), key=min)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Roe, Jane A. (DOH/EPI) [E]", "Jane A. Roe"),
        ("Roe, Jane (DOH/EPI) [EJ", "Jane Roe"),
        ("roe, jane", "Jane Roe"),
        ("Dr. Jane A. Roe, MD, PhD", "Jane A. Roe"),
        ("JANE ROE", "Jane Roe"),
        ("Roe Jr., Alan", "Alan Roe Jr."),
        ("Alan Roe, Jr.", "Alan Roe Jr."),
        ("Roe, J.A.", "J. A. Roe"),
        ("Roe Jane A", "Jane A. Roe"),
        ("Roelofs. Jane A", "Jane A. Roelofs"),
        ("de la Cruz, Maria", "Maria de la Cruz"),
        ("Jan van der Roe", "Jan van der Roe"),
        ("O'ROE, ANN-MARIE", "Ann-Marie O'Roe"),
        ("jane.roe@doh.example", "Jane Roe"),
        ("jane_a_roe", "Jane A. Roe"),
        ("'Roe, Jane' <jroe@doh.example>", "Jane Roe"),
        ("Roe, Jane on behalf of Poe, Alan", "Jane Roe"),
        ("Roe, Jane (b) (6)", "Jane Roe"),
        ("Secretary Roe", "Roe"),
        ("Jane Chen@DOH (陳惠珍)", "Jane Chen"),
        ("Jane Roe@doh.example", "Jane Roe"),
        ('"Nick" Desk Roe', "Nick Desk Roe"),
        ("Person 111", "Person 111"),
        ("(b)(6)", ""),
        ("", ""),
    ],
)
def test_names_are_read_in_any_order(text: str, shown: str) -> None:
    assert display_name(parse_name(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "OD AM Distribution",
        "DOH Public Inquiries",
        "Fairbrook City Council",
        "DOH Epi",
        "press@doh.example",
        "no-reply@doh.example",
        "Records Request",
    ],
)
def test_groups_and_boxes_are_told_from_people(text: str) -> None:
    assert parse_name(text).is_group
    assert not parse_name("House, Adam").is_group
    assert not parse_name("Emily Post").is_group


def test_a_digit_makes_no_group() -> None:
    for text in ("Person 111", "Jane Roe1", "Officer 1"):
        assert not parse_name(text).is_group, text
    assert people("Officer 1", "Officer 2", "officer 1") == [
        {"Officer 1", "officer 1"},
        {"Officer 2"},
    ]
    assert len(people(*(f"Person {n}" for n in range(100, 120)))) == 20


def test_marks_of_quotation_are_balanced() -> None:
    for text in ('"Quoted" Nick', '"Quoted" Press Office', 'Press "Office', "Press\\ Office"):
        shown = display_name(parse_name(text))
        assert shown.count('"') % 2 == 0, text
        assert "\\" not in shown


def test_a_unit_is_kept() -> None:
    assert parse_name("Roe, Jane (DOH/EPI) [E]").unit == "DOH/EPI"
    assert parse_name("DOH/EPI: Roe, Jane").unit == "DOH/EPI"
    assert parse_name("Roe, Jane (b)(6)").unit == ""
    assert parse_name("Roe, Jane (Janie)").unit == ""


@given(st.text())
def test_any_text_can_be_a_name(text: str) -> None:
    assert len(display_name(parse_name(text))) <= 1_000
    assert isinstance(local_parts(parse_name(text)), frozenset)


def test_hostile_names_are_bounded() -> None:
    for text in ("(" * 3_000_000, "a," * 3_000_000, "a.b" * 3_000_000, "<" * 3_000_000):
        assert len(display_name(parse_name(text))) <= 1_000


def test_one_person_in_all_forms() -> None:
    found = find_people(
        [
            seen("Roe, Jane A. (DOH/EPI) [E]", "", 7),
            seen("Jane A. Roe", "jane.roe@doh.example", 2, sender=False),
            seen("roe, jane", "", 3),
            seen("", "roej@doh.example"),
            seen("J. Roe"),
        ]
    )
    (one,) = found
    assert (one.name, one.sent, one.received) == ("Jane A. Roe", 12, 2)
    assert (one.first, one.last, one.is_group) == ("2019-03-04", "2019-05-06", False)
    reasons = {form.name or form.address: form.reason for form in one.forms}
    assert reasons["J. Roe"] == "initial agrees"
    assert reasons["roej@doh.example"] == "address agrees with the name"
    assert one.forms[0].name == "Roe, Jane A. (DOH/EPI) [E]"


def test_two_middle_initials_are_two_people_and_none_is_neither() -> None:
    assert people("Roe, Jane A.", "Roe, Jane B.", "Roe, Jane") == [
        {"Roe, Jane"},
        {"Roe, Jane A."},
        {"Roe, Jane B."},
    ]


def test_a_rare_middle_initial_does_not_hide_the_common_one() -> None:
    assert people(seen("Roe, Jane A.", "", 40), seen("Roe, Jane B."), seen("Roe, Jane", "", 9)) == [
        {"Roe, Jane", "Roe, Jane A."},
        {"Roe, Jane B."},
    ]


def test_an_initial_that_two_may_have_is_neither() -> None:
    assert people("Roe, Jane", "Roe, John", "J. Roe") == [{"J. Roe"}, {"Roe, Jane"}, {"Roe, John"}]
    assert people("Roe, Jane", ("", "roej@doh.example"), "Roe, John") == [
        {"Roe, Jane"},
        {"Roe, John"},
        {"roej@doh.example"},
    ]


def test_father_and_son_are_two() -> None:
    assert len(people("Roe, Alan, Jr.", "Alan Roe Sr.")) == 2


def test_an_address_joins_what_names_leave_open() -> None:
    assert people(("Roe, Jane", "x7@doh.example"), ("Janie", "X7@doh.example"), "Roe, John") == [
        {"Janie", "Roe, Jane"},
        {"Roe, John"},
    ]


def test_a_shared_address_joins_nobody() -> None:
    assert len(people(("Roe, Jane", "desk7@doh.example"), ("Poe, Alan", "desk7@doh.example"))) == 2
    found = find_people([seen("Jane Roe", "info@doh.example"), seen("", "info@doh.example")])
    assert {one.name: one.is_group for one in found} == {"Jane Roe": False, "info": True}


def test_a_rare_misreading_does_not_keep_an_address_from_its_person() -> None:
    box = "poea@doh.example"
    found = people(seen("Poe, Alan", box, 40), seen("Poc, Aian", box, 1), seen("", box, 30))
    assert {"Poe, Alan", box} in found
    assert {"Poc, Aian"} in found


def test_one_stray_header_does_not_keep_a_mailbox_from_its_owner() -> None:
    found = find_people(
        [
            seen("H", "HDR7@mail.example", 130),
            seen("H", "hdr7@mail.example", 6),
            seen("", "hdr7@mail.example", 8, sender=False),
            seen("Jacob Limb ReplyTo", "hdr7@mail.example"),
            seen("H fmailto", "HDR7@mail.example"),
        ]
    )
    assert [(one.name, one.sent + one.received) for one in found] == [
        ("H", 144),
        ("H. Fmailto", 1),
        ("Jacob Limb ReplyTo", 1),
    ]
    assert found[0].forms[0].reason == "as written most"


def test_the_same_name_at_the_same_address_is_one_whoever_shares_it() -> None:
    found = people(
        ("Roe, Jane", "Desk7@doh.example"),
        ("Roe, Jane", "desk7@doh.example"),
        ("Poe, Alan", "desk7@doh.example"),
        ("Janie", "DESK7@doh.example"),
        ("janie", "desk7@doh.example"),
    )
    assert found == [{"Janie", "janie"}, {"Poe, Alan"}, {"Roe, Jane"}]
    held = find_people([seen("Roe, Jane", "A@x.example"), seen("Roe, Jane", "a@x.example")])
    assert len(held) == 1


def test_an_address_is_of_the_one_whose_name_it_bears_mostly() -> None:
    box = "limbij@doh.example"
    found = people(
        seen("Limb, Ivo J", "LimbIJ@doh.example", 14),
        seen("", box, 32),
        seen("quill.zed", box, 4),
        seen("roej", box, 3),
        seen("Roe, Jane", "", 5),
        seen("Ivo", box, 1),
    )
    assert found == [{"Ivo", "Limb, Ivo J", box}, {"Roe, Jane", "roej"}, {"quill.zed"}]


def test_a_misread_name_at_an_address_parts_nobody_from_the_right_one() -> None:
    found = people(
        seen("Limbert, Jacob J", "", 20),
        seen("Limbert, Jacob", "", 9),
        seen("Limbert, Jacob J", "LimbertJJ@doh.example", 14),
        seen("Limbert, Jacobi", "LimbertJJ@doh.example", 2),
    )
    assert found == [{"Limbert, Jacob", "Limbert, Jacob J", "Limbert, Jacobi"}]


def test_a_box_and_its_bare_address_are_one() -> None:
    found = find_people([seen("", "desk@paper.example", 3), seen("Desk", "desk@paper.example")])
    assert [(one.name, one.is_group, one.sent) for one in found] == [("Desk", True, 4)]


def test_the_name_shown_is_the_one_met_most() -> None:
    (person,) = find_people(
        [seen("Janie", "x7@doh.example", 30), seen("Roe, Jane", "x7@doh.example", 2)]
    )
    assert (person.name, person.forms[0].reason) == ("Janie", "as written most")
    (person,) = find_people(
        [seen("", "jane.roe@doh.example", 30), seen("Roe, Jane", "jane.roe@doh.example", 2)]
    )
    assert (person.name, person.forms[0].reason) == ("Jane Roe", "the name met most")


def test_undisclosed_recipients_are_nobody() -> None:
    assert not find_people(
        [seen("undisclosed-recipients"), seen("Undisclosed recipients:;"),
         seen("", "undisclosed-recipients@doh.example")]
    )  # fmt: skip


def test_the_middle_name_is_the_one_that_most_forms_have() -> None:
    (person,) = find_people([seen("Roe, Jane", count=40), seen("Roe, Jane DOH EPI")])
    assert person.name == "Jane Roe"
    (person,) = find_people([seen("Roe, Jane", count=3), seen("Roe, Jane Ann", count=2)])
    assert person.name == "Jane Ann Roe"


def test_a_single_word_is_not_joined_with_anyone() -> None:
    assert people("Jane", "Roe", "Jane Roe") == [{"Jane"}, {"Jane Roe"}, {"Roe"}]


def test_a_slip_of_ocr_is_joined_where_the_right_one_is_common() -> None:
    common = seen("Roelofsen, Jane", "", 9)
    (one,) = find_people([common, seen("Roelefsen, Jane", "", 1)])
    assert one.name == "Jane Roelofsen"
    assert one.forms[1].reason == "OCR slip of Jane Roelofsen"
    assert len(find_people([seen("Roelofsen, Jane"), seen("Roelefsen, Jane")])) == 2
    assert len(find_people([common, seen("Roelefsen, Alan", "", 1)])) == 2
    assert len(find_people([common, seen("Roelefsen, Jane", "", 6)])) == 2


def test_a_swapped_name_is_joined() -> None:
    assert people(seen("Jane, Roelofs"), seen("Roelofs, Jane", "", 5)) == [
        {"Jane, Roelofs", "Roelofs, Jane"}
    ]


def test_groups_are_joined_by_their_words_only() -> None:
    found = find_people([seen("DOH Press Office"), seen("DOH press office"), seen("DOH Press")])
    assert sorted(len(one.forms) for one in found) == [1, 2]
    assert all(one.is_group for one in found)


def test_what_the_user_split_off_stays_apart_and_lends_nothing() -> None:
    forms = [seen("Roe, Jane"), seen("Jane Roe", "x7@doh.example"), seen("Janie", "x7@doh.example")]
    assert len(find_people(forms)) == 1
    found = find_people(forms, [("Jane Roe", "x7@doh.example")])
    assert len(found) == 3
    assert [one.forms[0].reason for one in found if one.forms[0].name == "Jane Roe"] == [
        "split off"
    ]


def test_a_short_given_name_needs_the_same_middle_initial() -> None:
    assert people("Roe, Robert A.", "Roe, Bob A.") == [{"Roe, Bob A.", "Roe, Robert A."}]
    assert len(people("Roe, Robert", "Roe, Bob")) == 2


def test_the_order_of_appearances_makes_no_difference() -> None:
    rng = random.Random(3)
    names = [
        "Roe, Jane",
        "Jane A. Roe",
        "J. Roe",
        "roe, jane b",
        "Poe, Alan",
        "A. Poe",
        "Janie",
        "",
    ]
    boxes = ["", "roej@doh.example", "jane.roe@doh.example", "x@doh.example", "info@doh.example"]
    forms = [seen(name, box, rng.randrange(1, 9)) for name in names for box in boxes]
    expected = find_people(forms)
    for _ in range(5):
        rng.shuffle(forms)
        assert find_people(forms) == expected


words = st.sampled_from(
    ["Roe", "Jane", "J.", "A", "Jr.", "John", "Poe,", "@", "x.y", "Team", ",", ""]
)


@given(st.lists(st.tuples(st.lists(words, max_size=4), st.lists(words, max_size=2)), max_size=12))
def test_every_form_is_one_persons(forms: list[tuple[list[str], list[str]]]) -> None:
    given_forms = {(" ".join(name), "@".join(address)) for name, address in forms}
    found: list[Person] = find_people([seen(*form) for form in given_forms])
    kept = [(form.name, form.address) for one in found for form in one.forms]
    assert len(kept) == len(set(kept))
    assert set(kept) <= given_forms
    assert all(one.name for one in found)


def test_organisations_of_headers_addresses_and_letters() -> None:
    found = find_organisations(
        [
            ("Roe, Jane (DOH/EPI) [E]", "jane.roe@doh.example"),
            ("DOH Press Office", ""),
            ("Poe, Alan", "alan@gmail.com"),
            ("Lee, Ann", "ann@mail.fairbrook-pd.example"),
        ],
        ["The Fairbrook Tenants Union", "Fairbrook Tenants Union, Inc.", ""],
    )
    assert [one.name for one in found] == [
        "DOH Press Office",
        "doh.example",
        "DOH/EPI",
        "Fairbrook Tenants Union, Inc.",
        "fairbrook-pd.example",
    ]
    assert set(found[-2].forms) == {"The Fairbrook Tenants Union", "Fairbrook Tenants Union, Inc."}


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@doh.example", "doh.example"),
        ("a@EMAIL.doh.example", "doh.example"),
        ("a@yahoo.co.uk", ""),
        ("a@gmail.com", ""),
        ("a@10.0.0.1", ""),
        ("doh.example", ""),
        ("", ""),
        ("a@" + "x." * 1_000_000, ""),
    ],
)
def test_a_domain_is_an_organisations_own(address: str, domain: str) -> None:
    assert organisation_domain(address) == domain


def test_organisations_of_a_signature() -> None:
    body = """Alan,

The Department of Parks called me about the Office.

Jane A. Roe, MPH
Director, Office of Records
Fairbrook Department of Health
12 Water Street
Phone: 555-0100
jane.roe@doh.example
"""
    assert signature_organisations(body, parse_name("Roe, Jane")) == (
        "Office of Records",
        "Fairbrook Department of Health",
    )
    assert signature_organisations(body, parse_name("Poe, Sam")) == ()
    assert signature_organisations(body, Name()) == ()


def test_sentences_are_no_organisations() -> None:
    body = "Thanks,\nJane Roe\nWe will meet at the Department of Health to talk.\nOffice closed?\n"
    assert signature_organisations(body, parse_name("Jane Roe")) == ()


@given(st.text(), st.sampled_from(["Roe", "a", ""]))
def test_any_body_can_be_read_for_a_signature(body: str, family: str) -> None:
    assert len(signature_organisations(f"Roe\n{body} Office", Name(family=family))) <= 6


def test_hostile_bodies_are_bounded() -> None:
    for text in ("Office " * 1_000_000, "\n" * 5_000_000, "Roe, " * 1_000_000):
        assert len(signature_organisations(text, parse_name("Jane Roe"))) <= 6

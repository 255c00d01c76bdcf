"""Which law was named for a redaction, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import ValueKind
from recordsearch.understand.exemption_laws import exempting
from recordsearch.understand.exemptions import find_exemptions
from recordsearch.understand.value_statute import find_statutes
from recordsearch.understand.values import find_values

MAIL = "From: Nora Fenwright\nSent: Monday, March 6, 2017 9:53 AM\nTo: "


def names(text: str) -> list[str]:
    return [found.value for found in find_exemptions(text, list(find_statutes(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(b)(6)", ["(b)(6)"]),
        ("Phone: (b) (6) Fax: (b) (6)", ["(b)(6)", "(b)(6)"]),
        ("(b)(6) (b)(7)(C)", ["(b)(6)", "(b)(7)(C)"]),
        ("(b)(6)(b)(7)(c)", ["(b)(6)", "(b)(7)(C)"]),
        ("I spoke to (b)(6) at noon", ["(b)(6)"]),
        (MAIL + "(b)(6), (b)(7)(C)", ["(b)(6)", "(b)(7)(C)"]),
        (MAIL + "Ada Quill   B6", ["(b)(6)"]),
        ("RELEASE IN PART B5/B6", ["(b)(5)", "(b)(6)"]),
        ("RELEASE IN PART\nB3 INA, B4, B6", ["(b)(3)", "(b)(4)", "(b)(6)"]),
        ("b6 -1\nb7C -1,2", ["(b)(6)", "(b)(7)(C)"]),
        ("Withheld under b(3)", ["(b)(3)"]),
        ("FOIA Exemptions 6 and 7(C) apply", ["(b)(6)", "(b)(7)(C)"]),
        ("Ex. 6 - Personal Privacy", ["(b)(6)"]),
        ("FOIA exemptions (b)(3), (5) and (6)", ["(b)(3)", "(b)(5)", "(b)(6)"]),
        ("the Privacy Act, (j)(2) and (k)(2)", ["(j)(2)", "(k)(2)"]),
        ("Classified by the desk; reasons 1.4(B), 1.4( D)", ["1.4(b)", "1.4(d)"]),
        ("5 U.S.C. § 552(b)(6), (b)(7)(C)", ["(b)(6)", "(b)(7)(C)"]),
        ("5 U.S.C. 552a(k)(2)", ["(k)(2)"]),
        ("Cal. Gov. Code § 6254(f)", ["Cal. Gov. Code 6254(f)"]),
        ("Govt Code § 6254(f)", ["Cal. Gov. Code 6254(f)"]),
        ("withheld; see Section 6254(f)", ["Cal. Gov. Code 6254(f)"]),
        ("Government Code section 7922.000", ["Cal. Gov. Code 7922.000"]),
        ("excepted by section 552.108 of the Government Code", ["Tex. Gov. Code 552.108"]),
        ("Public Officers Law § 87(2)(b)", ["N.Y. Pub. Off. Law 87(2)(b)"]),
        ("section 119.071(2)(c), Florida Statutes", ["Fla. Stat. 119.071(2)(c)"]),
        ("5 ILCS 140/7(1)(c)", ["5 ILCS 140/7(1)(c)"]),
        ("RCW 42.56.240", ["RCW 42.56.240"]),
    ],
)
def test_named_exemptions_have_one_form(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "as Section 4(b)(6) of the Agreement says",
        "a motion under Rule 12(b)(6)",
        "Fed. R. Civ. P. 12 (b)(6)",
        "Rules 12(b)(1) and (b)(6)",
        "paragraphs (b)(5) and (b)(6) of this section",
        "42 C.F.R. § 1001.952(b)(6)",
        "(b) the tenant shall pay",
        "(b)(1) Except as this article provides, the board may act.",
        "(a) Rent\n(b)(2) The tenant shall pay\n(c) Term",
        "as defined in (b)(2)",
        "(b)(6)(ii) the owner",
        "vitamin B6",
        "Room B6",
        "03 630 B1 3/1/97 NEW YORK",
        "a B1/B2 visa",
        "B6",
        "see http://city.example/b6",
        "released in part: FOIA request for Table B6",
        "tax Exemption 4",
        "(Ex. 1 at p. 61 of 68; Ex. 2",
        "1.4(d) The Company shall indemnify",
        "(k)(2) of this part",
        "5 U.S.C. 552",
        "RCW 42.56.070",
        "Section 6254 of the manual",
    ],
)
def test_places_in_laws_and_other_numbers_are_none(text: str) -> None:
    assert names(text) == []


def test_a_statute_that_exempts_is_both() -> None:
    page = "Withheld under Cal. Gov. Code § 6254(f).\nSee 18 U.S.C. § 1030."
    found = [(value.kind, value.value) for value in find_values(["", page])]
    assert found == [
        (ValueKind.STATUTE, "Cal. Gov. Code 6254(f)"),
        (ValueKind.EXEMPTION, "Cal. Gov. Code 6254(f)"),
        (ValueKind.STATUTE, "18 U.S.C. 1030"),
    ]


def test_a_value_stands_at_its_place_on_its_page() -> None:
    pages = ["Nothing here.", "Call (b)(6) today"]
    (value,) = find_values(pages)
    assert (value.page, value.text) == (2, "(b)(6)")
    assert "\f".join(pages)[value.start : value.end] == "(b)(6)"


def test_the_act_as_a_whole_names_no_exemption() -> None:
    assert exempting("5 U.S.C. 552") == ""
    assert exempting("18 U.S.C. 1030(b)(6)") == ""


@given(
    st.lists(
        st.sampled_from(
            ["(b)", "(6)", "b6", "B7", "(C)", "Ex. ", "6254", "§ ", "1.4(", "\n", " ", "FOIA", "("]
        )
        | st.text(max_size=3),
        max_size=60,
    ).map("".join)
)
def test_any_text_gives_ordered_places_in_it(text: str) -> None:
    found = find_exemptions(text)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.value
        end = one.end


@pytest.mark.parametrize("piece", ["(b)(6) ", "B6,", "(b) ", "exemption 4 ", " \t", "section (a)"])
def test_a_page_of_nothing_else_gives_a_bounded_number(piece: str) -> None:
    assert len(find_exemptions("FOIA " + piece * 30_000 + "(b)(5)")) <= 12_000

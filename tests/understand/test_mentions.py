"""Mentions: every name wherever it is written, and no word that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.understand.mentions import Mentions, forms_of_person, usable_form

NAMES = [
    ("Jane Roe", 1),
    ("Roe, Jane", 1),
    ("Harbor City Police Department", 2),
    ("Harbor City", 3),
    ("HCPD", 2),
    ("Lakeview", 4),
    ("Pat O'Hara", 5),
    ("The WHO", 6),
]


def found(text: str, names: list[tuple[str, int]] = NAMES) -> list[tuple[str, int]]:
    return [(text[start:end], number) for start, end, number in Mentions(names).find(text)]


def test_names_are_found_in_any_case_and_over_line_breaks() -> None:
    text = "JANE ROE asked; Roe,\n  Jane answered. jane\r\n\troe."
    assert found(text) == [("JANE ROE", 1), ("Roe,\n  Jane", 1), ("jane\r\n\troe", 1)]


def test_the_longest_name_wins() -> None:
    text = "Harbor City pays the Harbor  City\nPolice Department."
    assert found(text) == [("Harbor City", 3), ("Harbor  City\nPolice Department", 2)]


@pytest.mark.parametrize("text", ["Harbor Cityscape", "xJane Roe", "Jane Roes", "Jane_Roe", "roe"])
def test_parts_of_words_are_no_mentions(text: str) -> None:
    assert found(text) == []


def test_one_word_must_be_written_as_it_is() -> None:
    assert found("HCPD, not hcpd; Lakeview, no lakeview; the WHO asks who, the who") == [
        ("HCPD", 2),
        ("Lakeview", 4),
        ("the WHO", 6),
    ]


def test_addresses_and_double_names_are_others() -> None:
    assert found("HCPD@x.org @HCPD Jane Roe-Smith, but HCPD-run and Jane Roe's") == [
        ("HCPD", 2),
        ("Jane Roe", 1),
    ]


def test_a_typographic_apostrophe_is_an_apostrophe() -> None:
    assert found("Ask Pat O’Hara") == [("Pat O’Hara", 5)]


def test_characters_that_fold_to_two_do_not_shift_places() -> None:
    assert found("İİİ ß Jane Roe") == [("Jane Roe", 1)]


def test_a_title_with_a_surname_that_two_have_is_left_out() -> None:
    names = [("Dr. Doe", 1), ("Dr. Doe", 2), ("Dr. Roe", 3), ("Ann Doe", 1), ("Ann Doe", 2)]
    assert found("Dr. Doe, Dr. Roe, dr. roe, Ann Doe", names) == [("Dr. Roe", 3), ("Ann Doe", 1)]


def test_no_names_find_nothing() -> None:
    assert Mentions([]).find("Jane Roe") == []
    assert Mentions([("May", 1), ("Will", 2), ("", 3)]).find("May Will ") == []
    assert Mentions(NAMES).find("") == []


@pytest.mark.parametrize(
    "form", ["HCPD", "FBI", "Lakeview", "Jane Roe", "Dr. Li", "Rose White", "The Harbor Group"]
)
def test_forms_that_say_who(form: str) -> None:
    assert usable_form(form)


@pytest.mark.parametrize(
    "form",
    ["", " ", "May", "Will", "Roe", "Jane", "Steve", "THE", "FYI", "PD", "the police", "12 34",
     "A. B.", "x" * 121, "…", "Staff", "legal department"],
)  # fmt: skip
def test_forms_that_do_not_say_who(form: str) -> None:
    assert not usable_form(form)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Jane Q. Roe", ("Jane Q. Roe", "Jane Roe", "Roe, Jane Q.", "Roe, Jane")),
        ("Roe, Jane (HC/PD) [C]", ("Jane Roe", "Roe, Jane")),
        ("'Roe, Jane'", ("Jane Roe", "Roe, Jane")),
        ("Dr. Jane Roe, MD, MPH", ("Jane Roe", "Roe, Jane", "Dr. Roe", "Dr Roe")),
        ("Roe, Sgt. Jane", ("Jane Roe", "Roe, Jane", "Sgt. Roe", "Sgt Roe")),
        ("Jane Roe Jr.", ("Jane Roe", "Roe, Jane")),
        ("J. Q. Roe", ("J. Q. Roe", "Roe, J. Q.")),
        ("Ana de la Vega", ("Ana de la Vega", "de la Vega, Ana")),
        ("Lakeview", ("Lakeview",)),
        ("jroe@harborcity.gov", ()),
        ("Records Unit 2", ()),
        ("", ()),
    ],
)
def test_forms_of_a_person(name: str, forms: tuple[str, ...]) -> None:
    assert forms_of_person(name) == forms


texts = st.lists(
    st.sampled_from(["Jane", "Roe", "Roe,", " ", "\n", "\t ", "HCPD", "-", "İ", "’", "Harbor City"])
    | st.text(max_size=4),
    max_size=40,
).map("".join)


@given(texts)
def test_mentions_are_in_order_and_say_the_name(text: str) -> None:
    end = 0
    forms = {" ".join(form.lower().split()) for form, _ in NAMES}
    for start, finish, number in Mentions(NAMES).find(text):
        assert end <= start < finish <= len(text)
        assert " ".join(text[start:finish].replace("’", "'").lower().split()) in forms
        assert number in range(1, 7)
        end = finish


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_may_be_a_name(name: str, text: str) -> None:
    mentions = Mentions([(form, 1) for form in (name, *forms_of_person(name))])
    for start, end, _ in mentions.find(f"{text} {name} {text}"):
        assert start < end


@given(st.lists(st.sampled_from(["Ann", "Bea", "Doe", "Roe", "Poe"]), min_size=2, max_size=2))
def test_a_person_is_found_under_each_form(words: list[str]) -> None:
    forms = forms_of_person(" ".join(words))
    mentions = Mentions([(form, 7) for form in forms])
    for form in forms:
        assert mentions.find(f"so {form}.") == [(3, 3 + len(form), 7)]

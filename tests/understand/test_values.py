"""Values: every kind in its normal form, at its place, and nothing that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import Value, ValueKind
from recordsearch.passages import document_text, page_starts
from recordsearch.understand.values import MOST_VALUES, find_values


def found(text: str, kind: ValueKind) -> list[str]:
    return [value.value for value in find_values([text]) if value.kind is kind]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Write to Jane.Roe@HarborCity.GOV.", ["jane.roe@harborcity.gov"]),
        ("<j_roe @ harborcity.gov>", ["j_roe@harborcity.gov"]),
        ("e-mail: jroe @harborcity.gov", ["jroe@harborcity.gov"]),
        ("jroe@ harborcity.gov", ["jroe@harborcity.gov"]),
        ("jroe@harborcity.\ngov", ["jroe@harborcity.gov"]),
        ("jroe@harbor-\ncity.gov or", ["jroe@harbor-city.gov"]),
        ("ask jroe@harborcity.gov.Please", ["jroe@harborcity.gov"]),
        ("a.doe@x.org;b.doe@x.org", ["a.doe@x.org", "b.doe@x.org"]),
        ("meet @ harborcity.gov", []),
        ("thanks @harborcity.gov", []),
        ("jroe@harborcity. Gov. Roe spoke", []),
        ("a@b @ @@ jroe@ @x", []),
    ],
)
def test_email_addresses(text: str, addresses: list[str]) -> None:
    assert found(text, ValueKind.EMAIL) == addresses


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(202) 555-0134", ["+12025550134"]),
        ("202.555.0134 / 202 555 0135", ["+12025550134", "+12025550135"]),
        ("(202)555-0134, ext. 45", ["+12025550134x45"]),
        ("1-800-555-0199x7", ["+18005550199x7"]),
        ("+44 20 7946 0018", ["+442079460018"]),
        ("011 44 20 7946 0018", ["+442079460018"]),
        ("Tel: 2025550134", ["+12025550134"]),
        ("Serial 2025550134", []),
        ("Tel. 555-0134 or fax 555-0135", ["555-0134", "555-0135"]),
        ("Please call Ms. Roe at 555-0134 x12", ["555-0134x12"]),
        ("Phone: 202-555-0134", ["+12025550134"]),
        ("Phone: 999-555-0134", []),
        ("pages 555-0134, part 555-0134, 555-0134", []),
        ("SSN 123-45-6789", []),
        ("140 202 555 0134 96", []),
        ("000-000-0000", []),
        ("202-555-01345", []),
        ("2017-03-06 09:53:12", []),
    ],
)
def test_telephone_numbers(text: str, numbers: list[str]) -> None:
    assert found(text, ValueKind.PHONE) == numbers


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("See https://www.HarborCity.gov/Pilot.", ["https://www.harborcity.gov/Pilot"]),
        ("(www.harborcity.gov/a_(b))", ["www.harborcity.gov/a_(b)"]),
        ("https://harborcity.gov/files/\n2017/memo.pdf", ["https://harborcity.gov/files/2017/memo.pdf"]),
        ("www.harborcity.gov/face-\nrecognition", ["www.harborcity.gov/face-recognition"]),
        ("https://harborcity.gov/\nThe council met", ["https://harborcity.gov"]),
        ("http: //harborcity.gov/", ["http://harborcity.gov"]),
        ("https:// and www. and http://nothing", []),
    ],
)  # fmt: skip
def test_web_addresses(text: str, addresses: list[str]) -> None:
    assert found(text, ValueKind.URL) == addresses


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("$18,400", ["USD 18400.00"]),
        ("US$ 1.2 million", ["USD 1200000.00"]),
        ("$1.5\nbillion", ["USD 1500000000.00"]),
        ("€18.400,50 and £5bn", ["EUR 18400.50", "GBP 5000000000.00"]),
        ("18,400 dollars, 500 USD", ["USD 18400.00", "USD 500.00"]),
        ("$1.2 to $1.5 million", ["USD 1200000.00", "USD 1500000.00"]),
        ("C$20 and a $5 fee", ["CAD 20.00", "USD 5.00"]),
        ("$.05 each; $500k", ["USD 0.05", "USD 500000.00"]),
        ("$5. Many", ["USD 5.00"]),
        ("R$ 9; $ 00000; $x; 18,400 visitors", []),
    ],
)
def test_amounts_of_money(text: str, amounts: list[str]) -> None:
    assert found(text, ValueKind.MONEY) == amounts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1:17-cv-01234-ABC", ["1:17-cv-01234"]),
        ("3:17-CV-257, 17 Civ. 1234 (ABC)", ["3:17-cv-00257", "17-cv-01234"]),
        ("Case No. F-2014-20439", ["F-2014-20439"]),
        ("FOIA Case\nNumber: 2017-00123", ["2017-00123"]),
        ("Nos. 17-1234, 17-1235 and 17-1236", ["17-1234", "17-1235", "17-1236"]),
        ("Docket No. EPA-HQ-OAR-2019-0001", ["EPA-HQ-OAR-2019-0001"]),
        ("request 2017-HQFO-00123", ["2017-HQFO-00123"]),
        ("Records Request #W012345-061820; request log 17-0482", []),
        ("Public records request No. 17-0482, PRA 17-0483", []),
        ("Public Records Request (PRR)\nNo. 17-0482", []),
        ("Our records show that in No. 17-0482 the court", ["17-0482"]),
        ("the request. Case No. 17-0482", ["17-0482"]),
        ("Index No. 101880/2015; Case No. CV 17-1234", ["101880/2015", "CV 17-1234"]),
        ("Room No. 123, Suite #08-03, pages 17-1234", []),
        ("Case No. 2017; FOIA request 3-6-2017; case 12", []),
        ("In no case 14 members; OMB Number: 4040-0004", []),
    ],
)
def test_case_numbers(text: str, numbers: list[str]) -> None:
    assert found(text, ValueKind.CASE) == numbers


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("5 U.S.C. § 552(b)(6)", ["5 U.S.C. 552(b)(6)"]),
        (
            "5 U.S.C. §§ 552(b)(6), (b)(7)(C) and (7)(E)",
            ["5 U.S.C. 552(b)(6)", "5 U.S.C. 552(b)(7)(C)", "5 U.S.C. 552(b)(7)(E)"],
        ),
        ("5 U.S.C.\n§ 552 (b) (6)", ["5 U.S.C. 552(b)(6)"]),
        ("5 U.S.C. $ 552", ["5 U.S.C. 552"]),
        ("42 USC 1983", ["42 U.S.C. 1983"]),
        ("28 C.F.R. § 16.4; 9 CFR Part 121", ["28 C.F.R. 16.4", "9 C.F.R. 121"]),
        ("Pub. L. 107-56; Public Law No. 107-56", ["Pub. L. 107-56", "Pub. L. 107-56"]),
        ("Cal. Gov. Code § 6254(f)", ["Cal. Gov. Code 6254(f)"]),
        ("California Government Code section 6254", ["Cal. Gov. Code 6254"]),
        ("Gov. Code 6254", ["Gov. Code 6254"]),
        ("section 832.7 of the California Penal Code", ["Cal. Penal Code 832.7"]),
        ("Tex. Gov't Code § 552.101", ["Tex. Gov. Code 552.101"]),
        ("RCW 42.56.240(1)", ["RCW 42.56.240(1)"]),
        ("Fla. Stat. § 119.07(1)", ["Fla. Stat. 119.07(1)"]),
        ("N.Y. Pub. Off. Law § 87(2)(b)", ["N.Y. Pub. Off. Law 87(2)(b)"]),
        ("Ohio Revised Code 149.43", ["Ohio Rev. Code 149.43"]),
        ("ARS § 39-121; C.R.S. 24-72-204", ["A.R.S. 39-121", "C.R.S. 24-72-204"]),
        ("5 ILCS 140/7(1)(c)", ["5 ILCS 140/7(1)(c)"]),
        ("G.L. c. 66, § 10", ["Mass. Gen. Laws ch. 66, 10"]),
        ("The Code of Conduct, zip code 90210, area code 202", []),
        ("the US Code, 17 U.S. cities, 1983", []),
    ],
)
def test_statutes(text: str, citations: list[str]) -> None:
    assert found(text, ValueKind.STATUTE) == citations


def test_a_value_knows_its_page_and_place() -> None:
    pages = ["Nothing here.", "Ask jroe@harborcity.gov,", "", "call 202-555-0134 or pay $5"]
    text = document_text(pages)
    values = find_values(pages)
    assert [(value.kind.value, value.page) for value in values] == [
        ("email", 2),
        ("phone", 4),
        ("money", 4),
    ]
    assert [text[value.start : value.end] for value in values] == [
        "jroe@harborcity.gov",
        "202-555-0134",
        "$5",
    ]


def test_what_is_part_of_another_value_is_not_told_again() -> None:
    values = find_values(["Pub. L. No. 107-56; https://x.org/case/17-cv-01234; 5 U.S.C. $ 552"])
    assert [value.kind for value in values] == [
        ValueKind.STATUTE,
        ValueKind.URL,
        ValueKind.STATUTE,
    ]


def test_a_page_gives_a_bounded_number_of_each_kind() -> None:
    page = "a.doe@x.org $5 www.x.org\n" * (MOST_VALUES + 50)
    values = find_values([page, page])
    for kind in (ValueKind.EMAIL, ValueKind.MONEY, ValueKind.URL):
        assert sum(value.kind is kind for value in values) == 2 * MOST_VALUES


@pytest.mark.parametrize(
    "piece",
    [
        "@",
        "a@",
        "a@b.",
        "http://a",
        "www.",
        "$1,",
        "1-",
        "202-555-",
        "No. 17-",
        "U.S.C. 1(a)",
        "1:",
    ],
)
def test_long_hostile_pages_come_to_an_end(piece: str) -> None:
    for value in find_values([piece * 20_000]):
        assert value.text.count("\n") <= 1


parts = (
    "@ . a@b.org $ 1,200 million www. http:// / ( ) § 5 U.S.C. Code 552(b)(6) No. 17-1234 "
    "1:17-cv- Case 202-555-0134 +44 ext. x12 € USD dollars Gov. Cal. section of the"
)
pieces = st.one_of(
    st.sampled_from(parts.split(" ")),
    st.sampled_from([" ", "\n", "", "-", "İ", "٣", "\x00", "\ud800"]),
    st.text(max_size=6),
)
documents = st.lists(st.builds(" ".join, st.lists(pieces, max_size=40)) | st.text(), max_size=4)


@given(documents)
def test_values_of_any_text_are_where_they_say(pages: list[str]) -> None:
    text, starts = document_text(pages), page_starts(pages)
    values = find_values(pages)
    for value in values:
        assert isinstance(value, Value)
        assert value.text == text[value.start : value.end]
        assert value.value
        assert value.text.count("\n") <= 1
        begin = starts[value.page - 1]
        assert begin <= value.start < value.end <= begin + len(pages[value.page - 1])
    assert [value.start for value in values] == sorted(value.start for value in values)


@given(st.lists(st.sampled_from(["$5", "a.doe@x.org", "17-cv-01234", "word", "\n"]), max_size=30))
def test_a_page_is_read_by_itself(words: list[str]) -> None:
    page = " ".join(words)
    alone = [(value.kind, value.value) for value in find_values([page])]
    again = [
        (value.kind, value.value) for value in find_values(["a page", page]) if value.page == 2
    ]
    assert alone == again

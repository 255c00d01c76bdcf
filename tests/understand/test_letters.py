"""Letters and those who sign them; the made letters are those of ``letter_maker``."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from recordsearch.contents import Letter, LetterPart
from recordsearch.errors import UnreadableError
from recordsearch.extract import read_pages
from recordsearch.extract.page_words import pdf_page_words
from recordsearch.passages import document_text
from recordsearch.records import MediaType, OcrMode, ReadOptions, Word
from recordsearch.understand.letter_dates import find_date
from recordsearch.understand.letters import find_letters
from recordsearch.understand.signator_names import Kind, kind_of
from tests.sample_release.letter_text import PEOPLE, SIGNATORIES
from tests.understand.letter_maker import LetterSpec, letter_for, letters, type_letter, write_letter

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_docs" / "letters" / "coalition_letter.pdf"

Key = tuple[str, str, str, bool]

LETTER = """\
Saltmarsh Legal Clinic
14 Wharf Street, Saltmarsh

March 4, 2019

Via e-mail

Ms. Perpetua Vane
Records Officer
City of Ostervale

Re: Request 19-0077

Dear Ms. Vane:

We asked for the contract in January. Nothing has come, and the time that the law allows is over.
Please send it within ten days.

Sincerely,

/s/ Isolde Marchbanks
Isolde Marchbanks
Staff Attorney

cc: Office of the Mayor
"""

MAIL = """\
From: Perpetua Vane <pvane@ostervale.example>
Sent: Monday, March 4, 2019 9:12 AM
To: Isolde Marchbanks
Subject: your request

Dear Ms. Marchbanks,

The contract is attached. I am sorry for the delay.

Best regards,
Perpetua Vane
Records Officer
"""


def no_words(_page: int) -> Sequence[Word]:
    return ()


def in_text(*pages: str) -> list[Letter]:
    return find_letters(pages, no_words)


def in_pdf(path: str) -> tuple[list[Letter], list[str]]:
    options = ReadOptions(ocr=OcrMode.NEVER)
    pages = [page.text for page in read_pages(path, MediaType.PDF, 1, 100, options)]
    return find_letters(pages, lambda number: pdf_page_words(path, number)), pages


def keys(letter: Letter) -> list[Key]:
    return [(one.name, one.title, one.organisation, one.is_group) for one in letter.signatories]


def made(spec: LetterSpec, folder: Path) -> Letter:
    path = str(folder / "letter.pdf")
    pages = write_letter(spec, path)
    found, texts = in_pdf(path)
    assert len(found) == 1
    assert len(texts) == pages
    return found[0]


def printed(
    lines: Sequence[Sequence[str]], path: Path, *, size: float, pitch: float, wide: float = 64.0
) -> Letter:
    """Print a letter whose signatories are ``lines`` of cells, ``pitch`` and ``wide`` in mm."""
    paper = FPDF(format="letter")
    paper.set_margins(15, 20, 15)
    paper.add_page()
    paper.set_font("Times", "", size)
    for text in ("March 4, 2019", "", "Members of the Council", "", "Dear Members of the Council:"):
        paper.cell(0, pitch, text)
        paper.ln(pitch)
    paper.multi_cell(0, pitch, "\n" + "We ask that the cameras be taken down. " * 9 + "\n\n")
    for cells in (["Sincerely,"], [""], *lines):
        for text in cells:
            paper.cell(wide, pitch, text)
        paper.ln(pitch)
    paper.output(str(path))
    (letter,), _ = in_pdf(str(path))
    return letter


def stacked(people: Sequence[Key], columns: int) -> list[list[str]]:
    """Return the lines of people in columns, name, title and group one below the other."""
    return [
        [person[part] for person in people[at : at + columns]]
        for at in range(0, len(people), columns)
        for part in (0, 1, 2)
    ]


def check_ranges(letter: Letter, pages: Sequence[str]) -> None:
    text = document_text(pages)
    assert letter.parts
    for _, start, end in letter.parts:
        assert 0 <= start < end <= len(text)
    for before, after in pairwise(letter.parts):
        assert before[2] == after[1]
    assert 1 <= letter.first_page <= letter.last_page <= len(pages)
    for signer in letter.signatories:
        assert letter.first_page <= signer.page <= len(pages)
        assert signer.name.strip()
    assert 0 <= letter.confidence <= 100


def test_sample_letter_has_two_people_and_forty_two_groups() -> None:
    found, pages = in_pdf(str(SAMPLE))
    assert len(found) == 1
    letter = found[0]
    assert keys(letter) == [
        (PEOPLE[0][0], "Director", "Lantern Coalition for Public Liberty", False),
        (PEOPLE[1][0], "", "Saltmarsh College School of Law", False),
        *((name, "", "", True) for name in SIGNATORIES),
    ]
    assert [one.page for one in letter.signatories].count(2) == 18
    assert (letter.first_page, letter.last_page) == (1, 3)
    assert (letter.date, letter.date_as_written) == ("2018-06-05", "June 5, 2018")
    assert letter.salutation == "Dear Members of the City Council:"
    assert letter.subject.startswith("Stop the use of face recognition")
    assert letter.addressee.split("\n")[0] == "The Honorable Members of the City Council"
    assert letter.closing == "Sincerely"
    check_ranges(letter, pages)
    text = document_text(pages)
    head, body, signatories = (text[start:end] for _, start, end in letter.parts)
    assert head.endswith("City Council:")
    assert body.strip().startswith("The undersigned groups")
    assert signatories.startswith("Sincerely,")


@pytest.mark.parametrize("seed", [2, 4, 5, 8, 9, 13, 17, 25, 28, 31])
def test_made_letter_is_read_exactly(seed: int, tmp_path: Path) -> None:
    spec = letter_for(seed)
    letter = made(spec, tmp_path)
    assert sorted(keys(letter)) == sorted(spec.signers)
    assert letter.date == spec.date[1]
    assert letter.salutation == spec.salutation
    assert letter.addressee == "\n".join(spec.addressee)
    assert letter.subject == spec.subject
    assert letter.closing == spec.closing.rstrip(",")


def test_made_letters_are_read_well(tmp_path: Path) -> None:
    right = found = true = 0
    for seed in range(100, 112):
        spec = letter_for(seed)
        read = set(keys(made(spec, tmp_path)))
        right += len(read & set(spec.signers))
        found += len(read)
        true += len(set(spec.signers))
    assert 2 * right / (found + true) > 0.97


@settings(max_examples=8, deadline=None)
@given(letters())
def test_any_made_letter_is_one_letter(
    tmp_path_factory: pytest.TempPathFactory, spec: LetterSpec
) -> None:
    path = str(tmp_path_factory.mktemp("letters") / "letter.pdf")
    write_letter(spec, path)
    found, pages = in_pdf(path)
    assert len(found) == 1
    check_ranges(found[0], pages)
    assert found[0].date == spec.date[1]


def test_letter_in_plain_text() -> None:
    (letter,) = in_text(LETTER)
    assert keys(letter) == [("Isolde Marchbanks", "Staff Attorney", "", False)]
    assert letter.addressee == "Ms. Perpetua Vane\nRecords Officer\nCity of Ostervale"
    assert (letter.date, letter.subject) == ("2019-03-04", "Request 19-0077")
    assert letter.confidence == 100
    check_ranges(letter, [LETTER])


def test_columns_in_plain_text_are_told_by_runs_of_blanks() -> None:
    listed = "Fairmantle Justice Fund          Wickfold Tenants Union\n"
    listed += "Gullhook Library Patrons         Ostervale Peace Meeting\n"
    text = LETTER.split("/s/")[0] + listed
    (letter,) = in_text(text)
    assert [one.name for one in letter.signatories] == [
        "Fairmantle Justice Fund",
        "Gullhook Library Patrons",
        "Wickfold Tenants Union",
        "Ostervale Peace Meeting",
    ]
    assert all(one.is_group for one in letter.signatories)


def test_copies_enclosures_and_footnotes_do_not_sign() -> None:
    text = LETTER.replace("cc: Office", "Enclosures (2)\ncc: Ottilie Marsh, City Clerk\nOffice")
    (letter,) = in_text(text)
    assert [one.name for one in letter.signatories] == ["Isolde Marchbanks"]


def test_letters_one_after_the_other_and_inside_a_longer_document() -> None:
    second = LETTER.replace("March 4, 2019", "April 9, 2019").replace("Isolde", "Ambrose")
    report = "Annual report\n\nThe office answered 211 requests in the year.\n"
    pages = [report, LETTER, second, report]
    first_letter, second_letter = in_text(*pages)
    assert (first_letter.first_page, first_letter.last_page) == (2, 2)
    assert (second_letter.first_page, second_letter.last_page) == (3, 3)
    assert [one.name for one in second_letter.signatories] == ["Ambrose Marchbanks"]
    assert (first_letter.ordinal, second_letter.ordinal) == (1, 2)
    assert first_letter.parts[-1][2] <= second_letter.parts[0][1]
    check_ranges(first_letter, pages)
    check_ranges(second_letter, pages)


def test_signatories_before_the_body() -> None:
    text = """\
May 2, 2018

Dear Members of the Council,

We, the undersigned organizations:

Fairmantle Justice Fund
Wickfold Tenants Union
Gullhook Library Patrons
Ostervale Peace Meeting

write to you about the cameras on the wharf, which were bought without a hearing or a vote.
They should be taken down, and what they recorded should be destroyed before the summer ends.

Respectfully,

Jane Roe
Fairmantle Justice Fund
"""
    (letter,) = in_text(text)
    assert [one.name for one in letter.signatories] == [
        "Fairmantle Justice Fund",
        "Wickfold Tenants Union",
        "Gullhook Library Patrons",
        "Ostervale Peace Meeting",
        "Jane Roe",
    ]
    assert [part for part, _, _ in letter.parts] == [
        LetterPart.HEAD,
        LetterPart.BODY,
        LetterPart.SIGNATORIES,
        LetterPart.BODY,
        LetterPart.SIGNATORIES,
    ]
    check_ranges(letter, [text])


def test_open_letter_without_addressee() -> None:
    text = """\
An Open Letter on the Cameras of Port Merrin
June 1, 2018

We, the undersigned organizations, ask the city to take down the cameras on the wharf.
Nobody voted for them, and nobody can say what they have recorded.

Signed,

Fairmantle Justice Fund
Wickfold Tenants Union
Gullhook Library Patrons
"""
    (letter,) = in_text(text)
    assert len(letter.signatories) == 3
    assert letter.salutation == ""
    assert letter.date == "2018-06-01"


def test_closing_that_ocr_misread() -> None:
    (letter,) = in_text(LETTER.replace("Sincerely,", "Simncerely,"))
    assert letter.closing == "Simncerely"


def test_signature_typed_below_is_listed_once() -> None:
    text = LETTER.replace("/s/ Isolde Marchbanks\n", "/s/ I. Marchbanks\n\n")
    assert keys(in_text(text)[0]) == [("Isolde Marchbanks", "Staff Attorney", "", False)]


def test_one_name_with_two_groups_may_be_two_people() -> None:
    listed = "Jane Roe, Fairmantle Justice Fund\n\nJane Roe, Wickfold Tenants Union\n"
    (letter,) = in_text(LETTER.split("/s/")[0] + listed)
    assert [one.organisation for one in letter.signatories] == [
        "Fairmantle Justice Fund",
        "Wickfold Tenants Union",
    ]


def test_letters_in_a_row_by_the_same_signer_keep_him() -> None:
    pages = [LETTER.split("\ncc:")[0].replace("March 4", f"March {day}") for day in (4, 5, 6)]
    found = in_text(*pages)
    assert [one.date for one in found] == ["2019-03-04", "2019-03-05", "2019-03-06"]
    assert all(len(one.signatories) == 1 for one in found)


def test_two_letters_on_one_page_have_their_own_signers() -> None:
    second = LETTER.replace("Isolde Marchbanks", "Ambrose Pike").replace("March 4", "May 9")
    text = LETTER + "\n" + second
    words = [
        Word(part, 60.0 + 7 * at, 14.0 * row, 60.0 + 7 * (at + len(part)) - 3, 14.0 * row + 9)
        for row, line in enumerate(text.split("\n"))
        for part, at in ((part, line.index(part)) for part in line.split())
    ]
    for words_of in (no_words, lambda _page: words):
        found = find_letters([text], words_of)
        assert [[one.name for one in letter.signatories] for letter in found] == [
            ["Isolde Marchbanks"],
            ["Ambrose Pike"],
        ]


def test_lines_without_space_between_entries() -> None:
    listed = """\
Jane Roe, Esq.
Executive Director
Fairmantle Justice Fund
Rev. Amadeo Pike
Pastor
Wickfold Meeting House
Tobias A. Dray
Organizer
Gullhook Library Patrons
"""
    (letter,) = in_text(LETTER.split("/s/")[0] + listed)
    assert keys(letter) == [
        ("Jane Roe, Esq.", "Executive Director", "Fairmantle Justice Fund", False),
        ("Rev. Amadeo Pike", "Pastor", "Wickfold Meeting House", False),
        ("Tobias A. Dray", "Organizer", "Gullhook Library Patrons", False),
    ]


def test_signatures_beside_each_other_in_plain_text() -> None:
    listed = """\
Jane Roe                           Benedict Hallow
Executive Director                 Legal Director
Merrin Sound Privacy Forum         Wickfold Tenants Union
"""
    (letter,) = in_text(LETTER.split("/s/")[0] + listed)
    assert keys(letter) == [
        ("Jane Roe", "Executive Director", "Merrin Sound Privacy Forum", False),
        ("Benedict Hallow", "Legal Director", "Wickfold Tenants Union", False),
    ]


def test_law_firm_signs_by_an_attorney_below_a_running_head() -> None:
    first = LETTER.split("Sincerely,", maxsplit=1)[0]
    second = """\
Ms. Perpetua Vane
March 4, 2019
Page 2

We look forward to your answer.

                              Very truly yours,

                              MERRIN LAW GROUP, LLP

                              By: ____________________
                                  Isolde Marchbanks
                                  Attorneys for Jane Roe

cc: Client
"""
    (letter,) = in_text(first, second)
    assert (letter.first_page, letter.last_page) == (1, 2)
    assert keys(letter) == [
        ("MERRIN LAW GROUP, LLP", "", "", True),
        ("Isolde Marchbanks", "Attorneys for Jane Roe", "", False),
    ]


def test_agency_letter_with_contact_lines() -> None:
    text = """\
DEPARTMENT OF PUBLIC WORKS
TELEPHONE
555-0100

04 MAR 2019

JANE ROE
14 WHARF STREET

SUBJECT: YOUR CLAIM

DEAR MS. ROE:

The claim was received on Monday and will be decided within thirty days of this letter.

SINCERELY,

PERPETUA VANE
CLAIMS OFFICER
DIRECT DIAL: 555-0144
"""
    (letter,) = in_text(text)
    assert keys(letter) == [("PERPETUA VANE", "CLAIMS OFFICER", "", False)]
    assert (letter.date, letter.subject) == ("2019-03-04", "YOUR CLAIM")
    assert letter.addressee == "JANE ROE\n14 WHARF STREET"


def test_what_ocr_reads_in_handwriting_does_not_sign() -> None:
    lines = LETTER.split("\n")
    scrawl = lines.index("/s/ Isolde Marchbanks")
    lines[scrawl] = "flea Se Navas"
    words = [
        Word(part, 60.0 + 7 * at, top, 60.0 + 7 * (at + len(part)) - 3, 14.0 * row + 9, sure)
        for row, line in enumerate(lines)
        for top, sure in ((14.0 * row - 30, 20.0) if row == scrawl else (14.0 * row, 96.0),)
        for part, at in ((part, line.index(part)) for part in line.split())
    ]
    (letter,) = find_letters(["\n".join(lines)], lambda _page: words)
    assert keys(letter) == [("Isolde Marchbanks", "Staff Attorney", "", False)]


def test_words_that_cannot_be_read_are_no_words() -> None:
    def words_of(_page: int) -> Sequence[Word]:
        raise UnreadableError("open", "the page is damaged")

    assert find_letters([LETTER], words_of) == in_text(LETTER)


def test_greeting_of_an_email_without_header_is_no_letter() -> None:
    assert in_text("Dear Isolde,\n\nThe contract is attached.\n\nBest regards,\nPerpetua\n") == []


def test_forwarded_mail_below_a_letter_on_the_same_page_is_no_letter() -> None:
    header = "From: Perpetua Vane\nDate: March 9, 2019 9:12 AM\nTo: Isolde\nSubject: Re: contract\n"
    (letter,) = in_text(
        LETTER + "\n" + header + "Dear Ms. Marchbanks,\n\nHere.\n\nSincerely,\nP.\n"
    )
    assert letter.date == "2019-03-04"
    assert [one.name for one in letter.signatories] == ["Isolde Marchbanks"]


def test_noise_of_a_scan_behind_a_closing() -> None:
    (letter,) = in_text(LETTER.replace("Sincerely,", "Sincerely, :"))
    assert letter.closing == "Sincerely"


@pytest.mark.parametrize("seed", [2, 4, 6, 10, 11, 18, 22, 24])
def test_typed_letters_are_read_well(seed: int) -> None:
    spec = letter_for(seed)
    pages = type_letter(spec)
    (letter,) = in_text(*pages)
    check_ranges(letter, pages)
    right = len(set(keys(letter)) & set(spec.signers))
    assert 2 * right / (len(letter.signatories) + len(spec.signers)) > 0.95
    assert (letter.date, letter.addressee) == (spec.date[1], "\n".join(spec.addressee))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=400), max_size=4), st.booleans())
def test_any_page_is_read_without_error(pages: list[str], closed: bool) -> None:
    head, tail = LETTER.split("/s/")
    texts = [head + page if closed else page + tail for page in pages]
    for letter in in_text(*texts):
        check_ranges(letter, texts)


CHIEF = ("Robert Dale", "Chief of Police", "Harbor City Police Department", False)
OFFICIALS = (
    CHIEF,
    ("Maria Ortiz", "Executive Director", "Harbor Justice Center", False),
    ("Omar Haddad", "Counsel", "Wickfold Legal Aid", False),
    ("Alan Pruitt", "Chair", "Tenants of Wharf Street", False),
    ("Judith Vane", "Professor", "Saltmarsh College of Law", False),
    ("Lena Brook", "Sheriff", "Dunmarrow County", False),
    ("Piers Holloway", "Attorney General", "State of Merrin", False),
    ("Nora Quill", "Chief Operating Officer", "Lantern Foundation", False),
    ("Cyrus Webb", "President", "Gullhook Union Local 12", False),
)
GROUPS = tuple(
    f"{place} {body}"
    for place in ("Bellhook", "Gullhook", "Ostervale", "Saltmarsh", "Tidewater", "Wickfold")
    for body in ("Justice Fund", "Tenants Union", "Peace Meeting")
)
PITCHES = [(11, 5), (11, 6), (10, 6), (12, 7), (12, 6), (10, 8), (12, 4.5)]
"""Type size in points, and distance of lines in mm: from 1.06 to 2.27 of it."""


@pytest.mark.parametrize(("size", "pitch"), PITCHES)
def test_wide_lines_of_one_signature_are_one_signatory(
    size: float, pitch: float, tmp_path: Path
) -> None:
    lines = [[part] for part in CHIEF[:3]]
    letter = printed(lines, tmp_path / "one.pdf", size=size, pitch=pitch)
    assert keys(letter) == [CHIEF]


@pytest.mark.parametrize(("size", "pitch"), PITCHES)
def test_wide_lines_in_columns_are_nine_people(size: float, pitch: float, tmp_path: Path) -> None:
    lines = stacked(OFFICIALS, 3)
    letter = printed(lines, tmp_path / "nine.pdf", size=size, pitch=pitch)
    assert sorted(keys(letter)) == sorted(OFFICIALS)


@pytest.mark.parametrize(("size", "pitch"), PITCHES)
def test_wide_lines_of_people_in_columns_above_groups(
    size: float, pitch: float, tmp_path: Path
) -> None:
    lines = [*stacked(OFFICIALS[:3], 3), [""], *([group] for group in GROUPS)]
    letter = printed(lines, tmp_path / "list.pdf", size=size, pitch=pitch)
    assert keys(letter) == [*OFFICIALS[:3], *((group, "", "", True) for group in GROUPS)]


def test_columns_a_space_apart_are_parted_at_their_edge(tmp_path: Path) -> None:
    # At 10 points the first column's longest line ends 2 mm before the second column.
    lines = stacked(OFFICIALS[:3], 3)
    letter = printed(lines, tmp_path / "near.pdf", size=10, pitch=5, wide=47.0)
    assert sorted(keys(letter)) == sorted(OFFICIALS[:3])


def test_title_on_a_line_far_below_its_name_does_not_sign() -> None:
    listed = "Lena Brook\n\nSheriff\n\nRobert Dale\n\nChief of Police\n"
    (letter,) = in_text(LETTER.split("/s/")[0] + listed)
    assert keys(letter) == [
        ("Lena Brook", "Sheriff", "", False),
        ("Robert Dale", "Chief of Police", "", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Executive Director",
        "Chair",
        "Professor",
        "Counsel",
        "Chief of Police",
        "Sheriff",
        "Attorney General",
        "Chief Justice",
        "Chief Operating Officer",
        "Professor Emeritus",
        "Records Custodian",
    ],
)
def test_titles(text: str) -> None:
    assert kind_of(text) is Kind.TITLE


@pytest.mark.parametrize("text", ["Robert Dean", "Chief Alan Bishop", "Professor Ottoline Szabo"])
def test_people_with_a_name_or_honorific_like_a_title(text: str) -> None:
    assert kind_of(text) is Kind.PERSON


@pytest.mark.parametrize(
    "signed",
    [
        "Patrice S. Dodswell\nClerk\n\nBy: s/Caitlyn\nCase Manager\n",
        "Patrice S. Dodswell, Clerk\nBy: s/Caitlyn\nCase Manager\n",
        "Patrice S. Dodswell, Clerk\n\nBy s/ Caitlyn Roe\n   Caitlyn Roe, Deputy Clerk\n",
        "s/ Patrice S. Dodswell\nPatrice S. Dodswell, Clerk\nBy: s/Caitlyn, Case Manager\n",
    ],
)
def test_who_signs_for_a_person_is_no_second_signatory(signed: str) -> None:
    (letter,) = in_text(LETTER.split("/s/")[0] + signed)
    assert keys(letter) == [("Patrice S. Dodswell", "Clerk", "", False)]


def test_who_signs_for_a_group_is_named() -> None:
    signed = "MERRIN LAW GROUP, LLP\n\nBy: s/Isolde Marchbanks\n    Isolde Marchbanks\n"
    (letter,) = in_text(LETTER.split("/s/")[0] + signed + "    Attorneys for Jane Roe\n")
    assert keys(letter) == [
        ("MERRIN LAW GROUP, LLP", "", "", True),
        ("Isolde Marchbanks", "Attorneys for Jane Roe", "", False),
    ]
    (letter,) = in_text(LETTER.split("/s/")[0] + "By: s/Caitlyn Roe\nCase Manager\n")
    assert keys(letter) == [("Caitlyn Roe", "Case Manager", "", False)]


def scanned(
    lines: Sequence[Sequence[str]], *, slope: float = 0.0, sure: float = 96.0
) -> tuple[str, list[Word]]:
    """Return the text and OCR's words of a page of cells 240 points wide, scanned askew.

    A cell's first word stands 17 points before the column where it is a mark.
    """
    words = []
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            x = 60.0 + 240 * column
            for place, part in enumerate(cell.split()):
                marked = not place and not any(map(str.isalnum, part))
                at = x - 17 if marked else x
                bottom = 60.0 + 18 * row + slope * at
                confidence = sure if any(map(str.isalnum, part)) else 0.0
                words.append(Word(part, at, bottom - 8, at + 5 * len(part), bottom, confidence))
                x += 0 if marked else 5 * len(part) + 3
    return "\n".join(" ".join(cells) for cells in lines), words


SCANNED = (
    *((line,) for line in LETTER.split("\n/s/", maxsplit=1)[0].split("\n") if line),
    ("Signing groups, continued,",),
    ("Bellhook Justice Fund", "Harbor Bench Legal Aid"),
    ("Corbel Hill Tenants Union :", "-. Elders of Lantern District"),
    ("Digital Commons of Merrin Sound", "Faces Are Not Evidence"),
    ("Dockside Workers Local 0118", "Fairmantle Justice Fund"),
    ("Dunmarrow Freedom Forum", "‘Sanctuary Network of Wickfold"),
    ("Keep Tidewater Public", "Friends of the Open Ledger"),
)


@pytest.mark.parametrize("slope", [0.0, 0.02, -0.02])
def test_scan_with_specks_and_a_heading_in_two_columns(slope: float) -> None:
    text, words = scanned(SCANNED, slope=slope)
    (letter,) = find_letters([text], lambda _: words)
    assert [one.name for one in letter.signatories] == [
        "Bellhook Justice Fund",
        "Corbel Hill Tenants Union",
        "Digital Commons of Merrin Sound",
        "Dockside Workers Local 0118",
        "Dunmarrow Freedom Forum",
        "Keep Tidewater Public",
        "Harbor Bench Legal Aid",
        "Elders of Lantern District",
        "Faces Are Not Evidence",
        "Fairmantle Justice Fund",
        "Sanctuary Network of Wickfold",
        "Friends of the Open Ledger",
    ]
    assert all(one.is_group for one in letter.signatories)


def test_confidence_falls_with_doubt_about_the_signatories() -> None:
    clean = [[cell.strip("-.: ‘") for cell in cells] for cells in SCANNED]
    by_text, by_words = scanned(clean)
    specked_text, specked_words = scanned(SCANNED)
    doubted_text, doubted_words = scanned(clean, sure=50.0)
    joined = "Nightshift Nurses for Dignity Office Cleaners United of Ostervale"
    joined_text, joined_words = scanned([*clean, [joined]])
    found = [
        find_letters([text], lambda _, words=words: words)[0].confidence
        for text, words in (
            (by_text, by_words),
            (specked_text, specked_words),
            (joined_text, joined_words),
            (doubted_text, doubted_words),
        )
    ]
    assert found[0] == 100
    assert all(found[0] > less > found[3] for less in found[1:3])
    assert found[3] >= 20


def test_last_lines_of_a_list_over_footnotes(tmp_path: Path) -> None:
    spec = letter_for(90284)  # one group stands by itself on the last page
    assert len(spec.signers) == len(made(spec, tmp_path).signatories)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(
            Word,
            st.sampled_from(["Jane", "Roe", "Fund", "of", "-", ".", "‘Fund", "&", "Chair", "1."]),
            st.floats(allow_nan=True),
            st.floats(-50, 800),
            st.floats(-50, 800),
            st.floats(allow_infinity=True),
            st.one_of(st.none(), st.floats(0, 100)),
        ),
        max_size=60,
    )
)
def test_any_boxes_are_read_without_error(words: list[Word]) -> None:
    _, head = scanned(SCANNED[:10])
    for letter in find_letters([LETTER], lambda _: [*head, *words]):
        check_ranges(letter, [LETTER])
        assert 20 <= letter.confidence <= 100


MEMO = """\
MEMORANDUM

TO: All staff
FROM: Perpetua Vane, Records Officer
DATE: March 4, 2019
RE: Retention

Please keep all e-mails of the pilot until further notice.
"""

FILING = """\
UNITED STATES DISTRICT COURT
FOR THE DISTRICT OF MERRIN

Jane Roe, Plaintiff,
v.
City of Ostervale, Defendant.

Plaintiff moves to compel the answers that the rules require of the city.

August 5, 2020 Respectfully submitted,

/s/ Isolde Marchbanks
Attorney for Plaintiff
"""

STATUTE = """\
Sec. 12. Notice
(a) The notice shall be sincerely given and shall be sent to the clerk.
(b) Signed copies are kept by the county.
"""


@pytest.mark.parametrize("text", [MAIL, MEMO, FILING, STATUTE, "", "Dear\n", "Sincerely,\n"])
def test_what_is_no_letter_makes_none(text: str) -> None:
    assert in_text(text) == []


def test_greeting_on_the_page_after_an_email_header_is_no_letter() -> None:
    header, body = MAIL.split("\n\n", 1)
    assert in_text(header, body) == []


def test_words_are_asked_for_only_below_a_closing() -> None:
    asked: list[int] = []

    def words_of(page: int) -> Sequence[Word]:
        asked.append(page)
        return ()

    prose = "The report was read and filed, and nothing more was said about it.\n" * 30
    assert find_letters([prose, MAIL, prose], words_of) == []
    assert asked == []
    assert len(find_letters([prose, LETTER, prose], words_of)) == 1
    assert 2 in asked
    assert 1 not in asked


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("June 5, 2018", "2018-06-05"),
        ("5 June 2018", "2018-06-05"),
        ("06/05/2018", "2018-06-05"),
        ("25/12/2018", "2018-12-25"),
        ("2018-06-05", "2018-06-05"),
        ("June 5th, 2018", "2018-06-05"),
        ("Iune 5, 2018", "2018-06-05"),
        ("May 15,2012", "2012-05-15"),
        ("5th day of June, 2018", "2018-06-05"),
    ],
)
def test_dates(written: str, iso: str) -> None:
    assert find_date(written) == (iso, written)


@pytest.mark.parametrize("text", ["February 30, 2018", "Room 2018", "June 2018", "", "1" * 1000])
def test_what_is_no_date(text: str) -> None:
    assert find_date(text) is None


def test_words_of_a_page_have_boxes_on_it() -> None:
    words = pdf_page_words(str(SAMPLE), 3)
    assert [word.text for word in words][:4] == ["Quillhaven", "City", "Council", "-"]
    assert all(0 <= word.x0 < word.x1 <= 612 and 0 <= word.top < word.bottom for word in words)
    assert pdf_page_words(str(SAMPLE), 99) == []


PIECES = st.sampled_from(
    [
        *LETTER.split("\n"),
        *MAIL.split("\n"),
        *FILING.split("\n"),
        "We, the undersigned organizations:",
        "Signatories",
        "Jane Roe, Director, Some Group",
        "1. Some Group",
        "\f",
        "  ",
        "Page 2 of 3",
        "Re:",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=60), st.booleans())
def test_any_text_gives_well_formed_letters(lines: list[str], boxed: bool) -> None:
    pages = "\n".join(lines).split("\f")

    def words_of(page: int) -> Sequence[Word]:
        return [
            Word(text, 50.0 * place % 600, 12.0 * row, 50.0 * place % 600 + 40, 12.0 * row + 9)
            for row, line in enumerate(pages[page - 1].split("\n"))
            for place, text in enumerate(line.split())
        ]

    found = find_letters(pages, words_of if boxed else no_words)
    for letter in found:
        check_ranges(letter, pages)
    for before, after in pairwise(found):
        assert before.parts[-1][2] <= after.parts[0][1]


@pytest.mark.parametrize(
    "filling",
    [
        "a" * 1_000_000,
        "A, " * 200_000,
        "Dear " * 100_000,
        "(" * 100_000,
        "Dear Sir,\nSincerely,\n" * 300,
        "Some Group\n" * 20_000,
        "1. 1. 1. 1. 1.\n" * 5_000,
        "June " * 50_000,
        "Sincerely,\n" * 20_000,
        "Dear Sir:\n" * 10_000,
        "March 4, 2019\nSincerely,\n" * 5_000,
        "We, the undersigned\n" * 10_000,
        ("a   " * 100 + "\n") * 300,
        " " * 300_000 + "x",
    ],
)
def test_hostile_text_comes_to_an_end(filling: str) -> None:
    head, tail = LETTER.split("We asked")
    for text in (filling, head + filling + "\nSincerely,\n" + filling, LETTER + filling):
        for letter in in_text(text, text):
            check_ranges(letter, [text, text])
    assert tail

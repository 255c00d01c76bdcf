"""What a page shows beside its text: redactions and not headings, tables and not pleading rules."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from recordsearch.extract import read_pages
from recordsearch.extract.marks import turned
from recordsearch.extract.pictures import pictures_shown
from recordsearch.extract.redactions import is_code, redacted
from recordsearch.extract.tables import (
    has_columns_of_numbers,
    has_rows_of_cells,
    ruled_tables,
)
from recordsearch.records import Mark, MarkKind, MediaType, OcrMode, ReadOptions, Word

if TYPE_CHECKING:
    from recordsearch.extract.runs import Box

PROSE = "The chief answered that the policy on recordings was being drafted by the committee. " * 12


@pytest.fixture
def letter() -> FPDF:
    pdf = FPDF(unit="pt", format="letter")
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(468, 14, PROSE)
    return pdf


def marks(pdf: FPDF, folder: Path, kind: MarkKind) -> list[Mark]:
    path = folder / "made.pdf"
    pdf.output(str(path))
    (page,) = read_pages(str(path), MediaType.PDF, 1, 1, ReadOptions(ocr=OcrMode.NEVER))
    assert page.text
    return [mark for mark in page.marks if mark.kind is kind]


def edges(mark: Mark) -> tuple[float, float, float, float]:
    return (mark.x0, mark.top, mark.x1, mark.bottom)


def box(pdf: FPDF, x: float, y: float, wide: float, high: float, gray: int = 0) -> None:
    pdf.set_fill_color(gray)
    pdf.rect(x, y, wide, high, style="F")


def test_a_black_box_is_a_redaction_with_its_place(letter: FPDF, tmp_path: Path) -> None:
    box(letter, 100, 400, 160, 13)
    (found,) = marks(letter, tmp_path, MarkKind.REDACTION)
    assert edges(found) == pytest.approx((100, 400, 260, 413), abs=0.2)


def test_text_left_under_a_box_is_still_text(letter: FPDF, tmp_path: Path) -> None:
    letter.text(104, 410, "Quillon Vardy")
    box(letter, 100, 400, 160, 13)
    assert len(marks(letter, tmp_path, MarkKind.REDACTION)) == 1
    options = ReadOptions(ocr=OcrMode.NEVER)
    (page,) = read_pages(str(tmp_path / "made.pdf"), MediaType.PDF, 1, 1, options)
    assert "Quillon Vardy" in page.text


def test_a_heading_white_on_black_is_none(letter: FPDF, tmp_path: Path) -> None:
    box(letter, 72, 400, 300, 16)
    letter.set_text_color(255)
    letter.text(80, 412, "Part 1: Who asks")
    assert marks(letter, tmp_path, MarkKind.REDACTION) == []


@pytest.mark.parametrize("under", [0, 255])
def test_a_box_with_the_number_of_an_exemption_in_it_is_one(
    letter: FPDF, tmp_path: Path, under: int
) -> None:
    box(letter, 100, 400, 160, 13, under)
    letter.set_text_color(255 - under)
    letter.text(150, 410, "(b)(6), (b)(7)(C)")
    assert len(marks(letter, tmp_path, MarkKind.REDACTION)) == 1


def test_white_boxes_rules_dots_and_what_lies_beneath_are_none(
    letter: FPDF, tmp_path: Path
) -> None:
    box(letter, 100, 400, 160, 13, 255)
    box(letter, 72, 430, 400, 1)
    box(letter, 72, 440, 8, 8)
    box(letter, 72, 460, 12, 12)
    box(letter, 100, 500, 60, 13)
    box(letter, 98, 498, 64, 17, 255)  # white paper pasted over a black box
    assert marks(letter, tmp_path, MarkKind.REDACTION) == []


def test_the_bars_of_a_chart_are_none(letter: FPDF, tmp_path: Path) -> None:
    for place, high in enumerate((120, 80, 40, 60)):
        box(letter, 100 + 40 * place, 600 - high, 20, high)
    assert marks(letter, tmp_path, MarkKind.REDACTION) == []


def test_a_ruled_table_is_found_and_pleading_rules_are_not(letter: FPDF, tmp_path: Path) -> None:
    letter.line(60, 20, 60, 770)
    letter.line(64, 20, 64, 770)
    letter.line(560, 20, 560, 770)
    assert marks(letter, tmp_path, MarkKind.TABLE) == []
    pdf = FPDF(unit="pt", format="letter")
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(468, 14, PROSE)
    for row in range(4):
        for column in range(3):
            pdf.rect(100 + 90 * column, 400 + 20 * row, 90, 20)
            pdf.text(104 + 90 * column, 414 + 20 * row, "dogs")
    (found,) = marks(pdf, tmp_path, MarkKind.TABLE)
    assert edges(found) == pytest.approx((100, 400, 370, 480), abs=1)


def test_a_picture_is_found_and_a_scan_is_none(letter: FPDF, tmp_path: Path) -> None:
    picture = Image.new("RGB", (60, 60), (90, 120, 200))
    letter.image(picture, 100, 400, 120, 120)
    letter.image(Image.new("RGB", (5, 5), (1, 2, 3)), 400, 400, 20, 20)
    (found,) = marks(letter, tmp_path, MarkKind.IMAGE)
    assert edges(found) == pytest.approx((100, 400, 220, 520), abs=0.2)
    pdf = FPDF(unit="pt", format="letter")
    pdf.add_page()
    pdf.image(Image.new("L", (61, 79), 250), 0, 0, 612, 792)
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(468, 14, PROSE)
    assert marks(pdf, tmp_path, MarkKind.IMAGE) == []


def test_a_scan_with_a_text_layer_that_names_exemptions_is_looked_at(tmp_path: Path) -> None:
    scan = Image.new("L", (850, 1100), 255)
    ImageDraw.Draw(scan).rectangle((200, 300, 399, 319), fill=10)
    pdf = FPDF(unit="pt", format="letter")
    pdf.add_page()
    pdf.image(scan, 0, 0, 612, 792)
    pdf.set_font("Helvetica", size=11)
    with pdf.local_context(text_mode="INVISIBLE"):
        pdf.multi_cell(468, 14, "RELEASE IN PART (b)(6)\n" + PROSE)
    (found,) = marks(pdf, tmp_path, MarkKind.REDACTION)
    assert edges(found) == pytest.approx((144, 216, 288, 230.4), abs=3)


def page_picture() -> "tuple[Image.Image, ImageDraw.ImageDraw]":
    picture = Image.new("L", (1700, 2200), 248)
    draw = ImageDraw.Draw(picture)
    for line in range(20):
        for word in range(12):
            x, y = 200 + 110 * word, 700 + 40 * line
            for stroke in range(0, 80, 10):
                draw.line((x + stroke, y, x + stroke, y + 20), fill=30, width=3)
    return picture, draw


def test_on_a_scan_boxes_are_found_and_shadows_holes_and_rules_are_not() -> None:
    picture, draw = page_picture()
    draw.rectangle((0, 0, 60, 2199), fill=5)  # the scanner's edge
    draw.ellipse((120, 300, 170, 350), fill=5)  # a punched hole
    draw.rectangle((200, 400, 1500, 404), fill=5)
    assert redacted(picture, 200) == []
    draw.rectangle((400, 500, 800, 535), fill=20)
    draw.polygon(((300, 600), (900, 608), (900, 640), (300, 632)), fill=20)  # scanned crooked
    found = sorted(redacted(picture, 200), key=lambda one: one[1])
    assert len(found) == 2
    assert found[0] == pytest.approx((144, 180, 288, 193), abs=3)


def test_a_heading_on_a_scan_is_none_and_a_stamped_box_is_one() -> None:
    picture, draw = page_picture()
    draw.rectangle((400, 500, 1000, 540), fill=5)
    for x in range(600, 800, 24):
        draw.rectangle((x, 508, x + 12, 532), fill=250)
    word = Word("x", 216, 182, 288, 193, 90.0)
    other = Word("y", 300, 700, 310, 710, 90.0)
    heading = [Word("Instructions", *word_box(word), 90.0), Word("(b)(6)", *word_box(other), 90.0)]
    assert redacted(picture, 200, heading) == []
    stamped = [Word("(b)(6)", *word_box(word), 90.0)]
    assert len(redacted(picture, 200, stamped)) == 1


def word_box(word: Word) -> "Box":
    return (word.x0, word.top, word.x1, word.bottom)


def test_a_turned_scan_gives_boxes_of_the_upright_page() -> None:
    picture, draw = page_picture()
    draw.rectangle((400, 500, 800, 535), fill=20)
    (upright,) = redacted(picture, 200)
    (found,) = redacted(picture.rotate(90, expand=True), 200, turn=90)
    assert found == pytest.approx(upright, abs=2)


@given(
    st.tuples(*[st.floats(0, 500)] * 4), st.floats(500, 800), st.floats(500, 800),
    st.sampled_from([0, 90, 180, 270]),
)  # fmt: skip
def test_turning_back_gives_the_box_again(
    corners: "Box", width: float, height: float, turn: int
) -> None:
    after = (height, width) if turn in (90, 270) else (width, height)
    there = turned(corners, width, height, turn)
    assert turned(there, *after, -turn) == pytest.approx(corners)


def test_columns_of_numbers_are_a_table_and_prose_with_numbers_is_none() -> None:
    rows = "\n".join(f"Precinct {n} {n * 731:,} {n * 17}.5% {n * 3}" for n in range(1, 9))
    assert has_columns_of_numbers("Results by precinct\n" + rows)
    assert not has_columns_of_numbers("1 The board met on March 6, 2017 at 9:53 and\n" * 20)
    assert not has_columns_of_numbers("Chapter 3 .......... 14\n" * 20)


def test_rows_with_as_many_tabs_are_a_table() -> None:
    assert has_rows_of_cells("Plan\nName\tCost\nDogs\t12\nCats\t9\n")
    assert not has_rows_of_cells("To:\tthe board\nand prose without any\nFrom:\tthe chief\n")


@given(
    st.lists(st.tuples(*[st.floats(-1e6, 1e6)] * 4), max_size=60),
    st.floats(0, 2000), st.floats(0, 2000),
)  # fmt: skip
def test_any_boxes_are_survived(boxes: "list[Box]", width: float, height: float) -> None:
    for found in ruled_tables(boxes):
        assert found[2] > found[0]
        assert found[3] > found[1]
    for x0, top, x1, bottom in pictures_shown(boxes, width, height):
        assert 0 <= x0 < x1 <= width
        assert 0 <= top < bottom <= height


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(b)(6)", True), ("b6, b7C", True), ("Ex. 6", True), ("REDACTED", True),
        ("", False), ("Budget", False), ("(b)(6) was added", False), ("(" * 5_000, False),
    ],
)  # fmt: skip
def test_what_is_only_the_number_of_an_exemption(text: str, expected: bool) -> None:
    assert is_code(text) is expected

"""The text of born-digital PDF pages, as a user will search and see it."""

from collections.abc import Callable

import pytest

from recordsearch.records import Method, OcrMode, Page

Read = Callable[..., list[Page]]
Pdf = Callable[..., bytes]
TextAt = Callable[..., str]

LEFT = [
    f"left column line {word} runs to its edge"
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
]
RIGHT = [
    f"right column line {word} runs to its edge"
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
]


def test_plain_page_keeps_its_lines(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    content = "".join(text_at(72, 700 - 16 * row, f"Printed line {row}") for row in range(20))
    (page,) = read(pdf([content]))
    assert page.text.split("\n") == [f"Printed line {row}" for row in range(20)]
    assert (page.number, page.method, page.poor) == (1, Method.TEXT, "")
    assert (page.width, page.height, page.rotation) == (612, 792, 0)
    assert page.adapter.name == "pypdfium2"
    assert page.reason == "good text layer"
    assert page.confidence is None
    assert page.words == ()


def test_pages_come_in_the_range_asked_for(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    data = pdf([text_at(72, 700, f"This is page number {page}") for page in range(1, 8)])
    pages = read(data, first=3, last=5)
    assert [page.number for page in pages] == [3, 4, 5]
    assert [page.text for page in pages] == [f"This is page number {n}" for n in (3, 4, 5)]
    assert read(data, first=7, last=20)[0].text == "This is page number 7"
    assert read(data, first=8, last=9) == []


def test_two_columns_drawn_row_by_row_are_read_column_by_column(
    read: Read, pdf: Pdf, text_at: TextAt
) -> None:
    rows = "".join(
        text_at(50, 650 - 14 * row, left) + text_at(320, 650 - 14 * row, right)
        for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
    )
    (page,) = read(pdf([text_at(50, 700, "A title that stands over both of the columns") + rows]))
    lines = page.text.split("\n")
    assert lines[0].startswith("A title")
    assert lines[1:] == LEFT + RIGHT
    assert page.adapter.name == "pdfplumber"
    assert "read again by position" in page.reason


def test_two_columns_drawn_column_by_column_stay_on_the_fast_path(
    read: Read, pdf: Pdf, text_at: TextAt
) -> None:
    content = "".join(text_at(50, 650 - 14 * row, line) for row, line in enumerate(LEFT))
    content += "".join(text_at(320, 650 - 14 * row, line) for row, line in enumerate(RIGHT))
    (page,) = read(pdf([content]))
    assert page.text.split("\n") == LEFT + RIGHT
    assert page.adapter.name == "pypdfium2"


def test_table_is_read_row_by_row(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    content = "".join(
        text_at(50 + 130 * column, 650 - 14 * row, f"r{row}c{column}")
        for row in range(12)
        for column in range(4)
    )
    (page,) = read(pdf([content]))
    assert page.text.split("\n") == [
        " ".join(f"r{row}c{column}" for column in range(4)) for row in range(12)
    ]


def test_lines_drawn_from_the_bottom_up_are_read_from_the_top_down(
    read: Read, pdf: Pdf, text_at: TextAt
) -> None:
    lines = [f"Sentence number {row} of the page stands here" for row in range(16)]
    content = "".join(
        text_at(72, 700 - 16 * row, line) for row, line in reversed(list(enumerate(lines)))
    )
    (page,) = read(pdf([content]))
    assert page.text.split("\n") == lines


def test_word_broken_by_a_hyphen_stays_as_printed(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    content = text_at(72, 700, "The agency asked for facial recog-")
    content += text_at(72, 684, "nition records from the county.")
    (page,) = read(pdf([content]))
    assert page.text == "The agency asked for facial recog-\nnition records from the county."


def test_ligatures_become_letters(read: Read, pdf: Pdf) -> None:
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        b"1 begincodespacerange <00> <FF> endcodespacerange "
        b"2 beginbfchar <41> <FB01> <42> <FB03> endbfchar endcmap end end"
    )
    objects = [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
        f"<< /Length {len(to_unicode)} >>\nstream\n".encode() + to_unicode + b"\nendstream",
    ]
    content = (
        "BT /F1 12 Tf 72 700 Td (the o) Tj /F2 12 Tf (B) Tj /F1 12 Tf (ce ) Tj "
        "/F2 12 Tf (A) Tj /F1 12 Tf (led it) Tj ET"
    )
    (page,) = read(
        pdf(
            [content], page_entries="", objects=objects, resources="/Font << /F1 3 0 R /F2 4 0 R >>"
        )
    )
    assert page.text == "the office filed it"


@pytest.mark.parametrize("shift", [0.4, 1.2, 2.4])
def test_text_drawn_twice_counts_once(read: Read, pdf: Pdf, text_at: TextAt, shift: float) -> None:
    lines = ["SUMMARY OF FINDINGS", "Rule Out Diagnoses", "All in all a bookkeeper"]
    content = "".join(
        text_at(72, 700 - 20 * row, line) + text_at(72 + shift, 700 - shift - 20 * row, line)
        for row, line in enumerate(lines)
    )
    (page,) = read(pdf([content]))
    assert page.text.split("\n") == lines


def test_letters_set_wide_apart_are_closed_up(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    (page,) = read(pdf([text_at(72, 700, "LIGHT BITES", extra="12 Tc", size=14)]))
    assert page.text == "LIGHT BITES"


def test_text_off_the_page_is_left_out(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    content = text_at(72, 700, "Shown to the reader") + text_at(72, 2000, "Far above the page")
    content += text_at(72, 300, "Also shown") + text_at(900, 300, "Far to the right")
    (page,) = read(pdf([content]))
    assert page.text.split() == ["Shown", "to", "the", "reader", "Also", "shown"]
    assert "off the page" in page.reason


def test_page_whose_text_is_all_off_the_page_is_blank(
    read: Read, pdf: Pdf, text_at: TextAt
) -> None:
    (page,) = read(pdf([text_at(72, 2000, "Far above the page")]), ocr=OcrMode.AUTO)
    assert (page.method, page.text, page.poor) == (Method.BLANK, "", "")


def test_text_outside_the_crop_box_is_left_out(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    content = text_at(72, 700, "Inside the crop") + text_at(72, 60, "Printer's slug")
    (page,) = read(pdf([content], page_entries="/CropBox [0 100 612 792]"))
    assert page.text == "Inside the crop"
    assert page.height == 692


def test_invisible_text_without_a_picture_is_kept_and_told(
    read: Read, pdf: Pdf, text_at: TextAt
) -> None:
    (page,) = read(pdf([text_at(72, 700, "Nobody can see these words", extra="3 Tr")]))
    assert page.text == "Nobody can see these words"
    assert "drawn invisibly" in page.reason


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotate_entry_gives_the_size_as_shown(read: Read, pdf: Pdf, rotate: int) -> None:
    # Text drawn sideways so that the page's own /Rotate rights it, as scanners write it.
    matrix = {90: "0 1 -1 0 300 72", 180: "-1 0 0 -1 540 400", 270: "0 -1 1 0 300 700"}[rotate]
    content = f"BT /F1 12 Tf {matrix} Tm (First line of text) Tj 0 -16 Td (Second line) Tj ET"
    (page,) = read(pdf([content], page_entries=f"/Rotate {rotate}"))
    assert page.text == "First line of text\nSecond line"
    assert page.rotation == rotate
    assert (page.width, page.height) == ((612, 792) if rotate == 180 else (792, 612))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_text_drawn_sideways_is_righted(read: Read, pdf: Pdf, turn: int) -> None:
    matrix = {90: "0 1 -1 0 300 72", 180: "-1 0 0 -1 540 400", 270: "0 -1 1 0 300 700"}[turn]
    lines = "".join(f"(Line {row} of the sideways page) Tj 0 -16 Td " for row in range(6))
    (page,) = read(pdf([f"BT /F1 12 Tf {matrix} Tm {lines} ET"]))
    assert page.text.split("\n") == [f"Line {row} of the sideways page" for row in range(6)]
    assert page.rotation == turn
    assert (page.width, page.height) == ((612, 792) if turn == 180 else (792, 612))


def test_filled_form_fields_are_read(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    appearance = b"BT /F1 12 Tf 2 4 Td (Jane Example) Tj ET"
    objects = [
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Jane Example) /F 4 "
        b"/Rect [150 690 300 710] /AP << /N 5 0 R >> >>",
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 150 20] /Resources << /Font << /F1 3 0 R >> "
        f">> /Length {len(appearance)} >>\nstream\n".encode()
        + appearance
        + b"\nendstream",
    ]
    (page,) = read(
        pdf([text_at(72, 694, "Your name:")], page_entries="/Annots [4 0 R]", objects=objects)
    )
    assert page.text.split() == ["Your", "name:", "Jane", "Example"]


def test_page_that_draws_nothing_is_blank(read: Read, pdf: Pdf) -> None:
    (page,) = read(pdf([""]))
    assert (page.method, page.text, page.poor) == (Method.BLANK, "", "")


def test_page_that_draws_only_white_is_blank(read: Read, pdf: Pdf) -> None:
    (page,) = read(pdf(["1 1 1 rg 0 0 612 792 re f"]), ocr=OcrMode.AUTO)
    assert (page.method, page.poor) == (Method.BLANK, "")


def test_vector_drawing_without_text_is_not_passed_over(read: Read, pdf: Pdf) -> None:
    strokes = "4 w " + " ".join(f"100 {y} m 500 {y + 40} l S" for y in range(100, 700, 60))
    (page,) = read(pdf([strokes]))
    assert page.method is Method.NONE
    assert page.poor == "no text layer, and OCR is off"
    assert page.mend == "index again with --ocr auto"


def test_control_characters_and_lone_surrogates_never_come_out(read: Read, pdf: Pdf) -> None:
    (page,) = read(pdf([b"BT /F1 12 Tf 72 700 Td (ab\\000c\\001\\033[31md\\177 e) Tj ET"]))
    assert not {chr(code) for code in {*range(32), 127} - {9, 10}} & set(page.text)
    page.text.encode()


def test_meaningless_characters_are_told_without_ocr(read: Read, pdf: Pdf) -> None:
    codes = "".join(f"\\{value:03o}" for value in (1, 2, 3, 4, 5, 6, 7)) * 20
    to_unicode = (
        b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"1 beginbfrange <01> <07> <E001> endbfrange endcmap"
    )
    objects = [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
        f"<< /Length {len(to_unicode)} >>\nstream\n".encode() + to_unicode + b"\nendstream",
    ]
    (page,) = read(
        pdf(
            [f"BT /F2 8 Tf 72 700 Td ({codes}) Tj ET"],
            objects=objects,
            resources="/Font << /F1 3 0 R /F2 4 0 R >>",
        )
    )
    assert "have no meaning" in page.poor
    assert page.poor.endswith("OCR is off")
    assert page.mend == "index again with --ocr auto"


def test_reading_twice_gives_the_same(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    data = pdf([text_at(72, 700, "The same every time"), "", text_at(72, 700, "And again")])
    assert read(data) == read(data)


def test_stamp_drawn_sideways_does_not_turn_the_page(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    content = "".join(text_at(72, 700 - 16 * row, f"Upright line {row}") for row in range(12))
    (page,) = read(pdf([content + "BT /F1 9 Tf 0 1 -1 0 30 300 Tm (AGENCY-000123) Tj ET"]))
    assert page.rotation == 0
    assert page.text.split("\n")[:2] == ["Upright line 0", "Upright line 1"]
    assert "AGENCY-000123" in page.text

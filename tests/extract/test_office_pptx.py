"""Presentations: a slide is a page, with all text on it and its notes."""

import io
from collections.abc import Callable
from pathlib import Path

import pptx
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from recordsearch.extract import count_pages
from recordsearch.records import MediaType, Method, Page

Read = Callable[..., list[Page]]

BOX = (Inches(1), Inches(1), Inches(4), Inches(1))


def presentation(*texts: str) -> pptx.presentation.Presentation:
    made = pptx.Presentation()
    for text in texts:
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = text
    return made


def saved(made: pptx.presentation.Presentation) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_all_text_of_a_slide_and_its_notes(read: Read) -> None:
    made = presentation("Dredging plan")
    slide = made.slides[0]
    slide.shapes.add_textbox(*BOX).text_frame.text = "First line\nSecond line"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(*BOX).text_frame.text = "In a group"
    table = slide.shapes.add_table(2, 2, *BOX).table
    for at, text in enumerate(("Year", "Cost", "2020", "17")):
        table.cell(at // 2, at % 2).text = text
    data = CategoryChartData()
    data.categories = ["East", "West"]
    data.add_series("Volumes", (1, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *BOX, data)
    slide.notes_slide.notes_text_frame.text = "Do not show this"
    (page,) = read(saved(made), MediaType.PPTX)
    assert page.text.split("\n") == [
        "Dredging plan",
        "First line",
        "Second line",
        "In a group",
        "Year\tCost",
        "2020\t17",
        "Volumes",
        "East",
        "West",
        "",
        "[notes: Do not show this]",
    ]
    assert page.reason == "slide 1 of a presentation"


def test_hidden_slides_are_read_and_say_so(read: Read) -> None:
    made = presentation("One", "Two")
    made.slides[1]._element.set("show", "0")
    pages = read(saved(made), MediaType.PPTX)
    assert [page.text for page in pages] == ["One", "[hidden slide]\nTwo"]


def test_slides_come_in_the_order_of_the_presentation(read: Read) -> None:
    made = presentation("One", "Two", "Three")
    listed = made.slides._sldIdLst
    listed.insert(0, listed[2])
    pages = read(saved(made), MediaType.PPTX)
    assert [page.text for page in pages] == ["Three", "One", "Two"]
    assert [page.text for page in read(saved(made), MediaType.PPTX, first=2, last=2)] == ["One"]


def test_comments_with_their_authors(read: Read) -> None:
    made = presentation("One")
    part = made.slides[0].part
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    space = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    uri = pptx.opc.packuri.PackURI
    comments = pptx.opc.package.Part(
        uri("/ppt/comments/comment1.xml"),
        "application/xml",
        made.part.package,
        f'<p:cmLst {space}><p:cm authorId="3" dt="2019-08-07T10:00:00"><p:text>Too vague</p:text>'
        "</p:cm></p:cmLst>".encode(),
    )
    authors = pptx.opc.package.Part(
        uri("/ppt/commentAuthors.xml"),
        "application/xml",
        made.part.package,
        f'<p:cmAuthorLst {space}><p:cmAuthor id="3" name="Tom Ash"/></p:cmAuthorLst>'.encode(),
    )
    part.relate_to(comments, f"{kind}/comments")
    made.part.relate_to(authors, f"{kind}/commentAuthors")
    (page,) = read(saved(made), MediaType.PPTX)
    assert page.text == "One\n[comment by Tom Ash on 2019-08-07: Too vague]"


def test_a_slide_with_only_a_picture_is_reported(read: Read, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "a.png"
    Image.new("RGB", (20, 20)).save(picture)
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_picture(str(picture), 0, 0)
    (page,) = read(saved(made), MediaType.PPTX)
    assert page.method is Method.NONE
    assert page.poor
    assert page.mend


def test_a_damaged_slide_is_reported_and_the_others_are_read(read: Read) -> None:
    made = presentation("One", "Two")
    data = saved(made)
    broken = data.replace(b"ppt/slides/slide1.xml", b"ppt/slides/slideX.xml")
    pages = read(broken, MediaType.PPTX)
    assert [page.text for page in pages] == ["", "Two"]
    assert pages[0].method is Method.NONE
    assert "missing" in pages[0].poor


def test_slides_are_counted_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(saved(presentation(*"abcdefg")))
    assert count_pages(str(path), MediaType.PPTX) == 7

"""Workbooks: cells as they are shown, every sheet, comments, long sheets in pages."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from recordsearch.extract.office_cells import format_of, shown
from recordsearch.extract.plain import PAGE_CHARACTERS
from recordsearch.records import MediaType, Page

Read = Callable[..., list[Page]]

X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(made: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def workbook(sheet: str, strings: str = "", **more: str) -> bytes:
    """Make a workbook of one sheet's XML; ``more`` are parts that the sheet names, by kind."""
    target = io.BytesIO()
    start = f'<Relationships xmlns="{RELATIONS}">'

    def relationship(kind: str, part: str) -> str:
        return f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{part}"/>'

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{X}" xmlns:r="{R}"><sheets>'
            '<sheet name="Log" r:id="worksheet"/></sheets></workbook>',
        )
        listed = relationship("worksheet", "sheet.xml") + relationship("sharedStrings", "s.xml")
        if "person" in more:
            listed += relationship("person", "person.xml")
        package.writestr("xl/_rels/workbook.xml.rels", f"{start}{listed}</Relationships>")
        package.writestr("xl/s.xml", f'<sst xmlns="{X}">{strings}</sst>')
        package.writestr(
            "xl/sheet.xml", f'<worksheet xmlns="{X}"><sheetData>{sheet}</sheetData></worksheet>'
        )
        listed = ""
        for kind, xml in more.items():
            package.writestr(f"xl/{kind}.xml", xml)
            listed += relationship(kind, f"{kind}.xml")
        package.writestr("xl/_rels/sheet.xml.rels", f"{start}{listed}</Relationships>")
    return target.getvalue()


def test_cells_are_as_they_are_shown(read: Read) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Spills"
    sheet.append(["Day", "Site", "Litres", "Share", "Closed", "At", "Took"])
    sheet.append(
        [
            date(2020, 3, 5),
            "Wharf 9\nnorth",
            0.1 + 0.2,
            0.256,
            True,
            datetime(2020, 3, 5, 14, 30),
            timedelta(hours=30, minutes=5),
        ]
    )
    sheet["D2"].number_format = "0.0%"
    sheet.append([None, None, 1234567.5, "=C2*2", None, time(8, 15)])
    sheet["C3"].number_format = '"$"#,##0.00'
    (page,) = read(saved(made), MediaType.XLSX)
    assert page.text.split("\n") == [
        "[sheet: Spills]",
        "Day\tSite\tLitres\tShare\tClosed\tAt\tTook",
        "2020-03-05\tWharf 9 north\t0.3\t25.6%\tTRUE\t2020-03-05 14:30:00\t30:05:00",
        "\t\t1234567.5\t=C2*2\t\t08:15:00",
    ]
    assert page.reason == "rows 1 to 3 of the sheet: Spills"


def test_every_sheet_is_a_page_and_hidden_ones_say_so(read: Read) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Shown"
    for name, state in (("Kept back", "hidden"), ("Deep", "veryHidden")):
        sheet = made.create_sheet(name)
        sheet["B2"] = f"secret {name}"
        sheet.sheet_state = state
    pages = read(saved(made), MediaType.XLSX)
    assert [page.text for page in pages] == [
        "[sheet: Shown]",
        "[hidden sheet: Kept back]\n\tsecret Kept back",
        "[very hidden sheet: Deep]\n\tsecret Deep",
    ]


def test_comments_and_charts_stand_below(read: Read) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (("Site", "Litres"), ("North", 5)):
        sheet.append(row)
    sheet["B2"].comment = Comment("Who measured\nthis?", "Ada Quill")
    chart = BarChart()
    chart.title = "Litres by site"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    sheet.add_chart(chart, "D1")
    (page,) = read(saved(made), MediaType.XLSX)
    assert page.text.split("\n")[3:] == [
        "[comment at B2 by Ada Quill: Who measured this?]",
        "Litres by site",
    ]


def test_threads_of_comments_instead_of_their_stand_ins(read: Read) -> None:
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    data = workbook(
        "<row r='1'><c r='A1'><v>1</v></c></row>",
        comments=f'<comments xmlns="{X}"><authors><author>tc={{1}}</author></authors><commentList>'
        '<comment ref="A1" authorId="0"><text><t>Your version allows you to read</t></text>'
        "</comment></commentList></comments>",
        threadedComment=f'<ThreadedComments xmlns="{threads}"><threadedComment ref="A1"'
        ' dT="2022-02-03T10:00:00" personId="{P}"><text>Is this right?</text></threadedComment>'
        "</ThreadedComments>",
        person=f'<personList xmlns="{threads}"><person displayName="Tom Ash" id="{{P}}"/>'
        "</personList>",
    )
    (page,) = read(data, MediaType.XLSX)
    assert page.text == (
        "[sheet: Log]\n1\n[comment at A1 by Tom Ash on 2022-02-03: Is this right?]"
    )


def test_strings_with_runs_readings_and_escapes(read: Read) -> None:
    data = workbook(
        "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>9</v></c>"
        "<c t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r></is></c>"
        "<c t='e'><v>#REF!</v></c><c t='str'><f>A1</f><v>got</v></c></row>",
        strings="<si><r><t>rich </t></r><r><t>text</t></r><rPh><t>spoken</t></rPh></si>"
        "<si><t>a_x000D_b\tc</t></si>",
    )
    (page,) = read(data, MediaType.XLSX)
    assert page.text == "[sheet: Log]\nrich text\ta b c\t[text missing]\tinline\t#REF!\tgot"


def test_a_long_sheet_takes_several_pages_and_loses_nothing(read: Read) -> None:
    rows = 30_000
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Long")
    for number in range(1, rows + 1):
        sheet.append([number, f"entry {number}"])
    pages = read(saved(made), MediaType.XLSX)
    assert len(pages) > 3
    assert all(len(page.text) < PAGE_CHARACTERS for page in pages)
    lines = [line for page in pages for line in page.text.split("\n")[1:]]
    assert lines == [f"{number}\tentry {number}" for number in range(1, rows + 1)]
    assert {page.text.split("\n")[0] for page in pages} == {"[sheet: Long]"}
    assert pages[0].reason.startswith("rows 1 to ")
    assert pages[-1].reason.endswith("to 30,000 of the sheet: Long")


def test_a_cell_far_away_costs_little(read: Read) -> None:
    (page,) = read(
        workbook("<row r='1048576'><c r='A1'><v>1</v></c><c r='XFD1048576'><v>2</v></c></row>"),
        MediaType.XLSX,
    )
    assert page.text.split() == ["[sheet:", "Log]", "1", "2"]
    assert len(page.text) < 200


def test_a_damaged_sheet_keeps_the_rows_before_and_other_sheets(read: Read) -> None:
    (page,) = read(workbook("<row><c><v>1</v></c></row><row><c><v>2"), MediaType.XLSX)
    assert page.text == "[sheet: Log]\n1"
    assert "damaged" in page.poor
    assert page.mend


@pytest.mark.parametrize(
    ("code", "raw", "expected"),
    [
        ("yyyy\\-mm\\-dd", "43895", "2020-03-05"),
        ("[$-409]d\\-mmm\\-yy;@", "43895.5", "2020-03-05 12:00:00"),
        ('"day" 0', "43895", "43895"),
        ("[Red]0.00", "2.50", "2.5"),
        ("[h]:mm:ss", "1.25", "30:00:00"),
        ("mm:ss.0", "0.5", "12:00:00"),
        ("0%", "0.07", "7%"),
        ("General", "1E+3", "1000"),
        ("@", "007", "007"),
        ("d", "1", "1900-01-01"),
        ("d", "60", "1900-02-29"),
        ("d", "61", "1900-03-01"),
    ],
)
def test_number_formats(code: str, raw: str, expected: str) -> None:
    if raw == "60":
        expected = "1900-03-01"  # 29 February 1900 never was
    assert shown(raw, format_of(200, code), since_1904=False) == expected


def test_the_1904_calendar() -> None:
    assert shown("0", format_of(14), since_1904=True) == "00:00:00"
    assert shown("42433", format_of(14), since_1904=True) == "2020-03-05"


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 200))
def test_any_format_and_any_number_give_text(raw: str, code: str, number: int) -> None:
    assert isinstance(shown(raw, format_of(number, code), since_1904=False), str)


@given(st.floats(allow_nan=True), st.sampled_from(["d", "[h]", "0.000%", "0"]))
def test_any_float_gives_text(number: float, code: str) -> None:
    assert shown(repr(number), format_of(200, code), since_1904=True)


def test_dates_agree_with_the_library_that_wrote_them(read: Read) -> None:
    days: Mapping[str, date] = {
        f"A{n}": date(1900, 3, 1) + timedelta(n * 911) for n in range(1, 60)
    }
    made = openpyxl.Workbook()
    for cell, day in days.items():
        made.active[cell] = day
    (page,) = read(saved(made), MediaType.XLSX)
    assert page.text.split("\n")[1:] == [day.isoformat() for day in days.values()]

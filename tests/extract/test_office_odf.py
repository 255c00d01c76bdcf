"""OpenDocument texts, spreadsheets and presentations."""

import io
import zipfile
from collections.abc import Callable

import pytest
from odfdo import Document, Header, Paragraph, Table

from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType, Method, Page

Read = Callable[..., list[Page]]

ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = (
    " ".join(
        f'xmlns:{name}="{ODF}:{uri}:1.0"'
        for name, uri in {
            **{name: name for name in ("office", "style", "text", "table", "presentation")},
            "draw": "drawing",
            "fo": "xsl-fo-compatible",
            "svg": "svg-compatible",
            "manifest": "manifest",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odf(body: str, automatic: str = "", **parts: str) -> bytes:
    """Make a document of the XML in its body and of its automatic styles."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body>{body}</office:body>"
            "</office:document-content>",
        )
        for name, xml in parts.items():
            part = {"manifest": "META-INF/manifest.xml"}.get(name, f"{name}.xml")
            package.writestr(part, xml.replace("SPACES", SPACES))
    return target.getvalue()


def text(body: str, automatic: str = "", **parts: str) -> bytes:
    return odf(f"<office:text>{body}</office:text>", automatic, **parts)


def p(said: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{said}</text:p>'


def saved(made: Document) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_a_text_as_a_program_writes_it(read: Read) -> None:
    made = Document("text")
    made.body.clear()
    made.body.append(Header(1, "Findings"))
    made.body.append(Paragraph("Two\tcolumns   and\nlines"))
    table = Table("T", width=2, height=2)
    for at, said in enumerate(("Day", "Result", "Monday", "wet")):
        table.set_value((at % 2, at // 2), said)
    made.body.append(table)
    (page,) = read(saved(made), MediaType.ODT)
    assert page.text == "Findings\nTwo\tcolumns   and\nlines\nDay\tResult\nMonday\twet"
    assert page.reason == "the only page: the document records no page breaks"


def test_notes_comments_and_text_boxes(read: Read) -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>{}</text:note-citation>'
        "<text:note-body><text:p>{}</text:p></text:note-body></text:note>"
    )
    (page,) = read(
        text(
            p(
                "Stated"
                + note.format("footnote", "1", "In a letter.")
                + " and denied"
                + note.format("endnote", "i", "At length.")
                + "<office:annotation><dc:creator>Ada Quill</dc:creator><dc:date>2020-03-04T10:00"
                "</dc:date><text:p>By whom?</text:p></office:annotation>."
            )
            + p(
                "Beside<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box>"
                "<svg:title>not said</svg:title></draw:frame> it"
            )
        ),
        MediaType.ODT,
    )
    assert page.text.split("\n") == [
        "Stated[1] and denied[endnote i].",
        "Beside it",
        "In the box",
        "[footnote 1: In a letter.]",
        "[comment by Ada Quill on 2020-03-04: By whom?]",
        "[endnote i: At length.]",
    ]


def test_deleted_text_is_told_where_it_stood(read: Read) -> None:
    (page,) = read(
        text(
            '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
            "<office:change-info><dc:creator>Tom Ash</dc:creator></office:change-info>"
            "<text:p>never </text:p></text:deletion></text:changed-region></text:tracked-changes>"
            + p('We <text:change text:change-id="c1"/>knew'),
        ),
        MediaType.ODT,
    )
    assert page.text == "We [deleted: never]knew"


def test_pages_of_a_text(read: Read) -> None:
    broken = (
        '<style:style style:name="B"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style>"
    )
    pages = read(
        text(
            p("one", "B") + p("still <text:soft-page-break/>two") + p("three", "B"),
            broken,
            styles="<office:document-styles SPACES><office:master-styles><style:master-page>"
            "<style:header><text:p>Permits</text:p></style:header></style:master-page>"
            "</office:master-styles></office:document-styles>",
        ),
        MediaType.ODT,
    )
    assert [page.text for page in pages] == ["[header: Permits]\none\nstill", "two", "three"]
    assert pages[0].reason == "pages as the program last laid them out"


def test_a_spreadsheet_as_a_program_writes_it(read: Read) -> None:
    from datetime import date

    made = Document("spreadsheet")
    made.body.clear()
    table = Table("Spills")
    for row in (["Day", "Site", "Litres"], [date(2020, 3, 5), None, 1.5], [None, None, True]):
        table.append_row()
        for column, held in enumerate(row):
            if held is not None:
                table.set_value((column, table.height - 1), held)
    made.body.append(table)
    made.body.append(Table("Empty"))
    pages = read(saved(made), MediaType.ODS)
    assert [page.text for page in pages] == [
        "[sheet: Spills]\nDay\tSite\tLitres\n2020-03-05\t\t1.5\n\t\ttrue",
        "[sheet: Empty]",
    ]


def sheet(rows: str, name: str = "S", style: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def cell(said: str = "", more: str = "") -> str:
    inner = f"<text:p>{said}</text:p>" if said else ""
    return f"<table:table-cell {more}>{inner}</table:table-cell>"


def test_repeated_rows_and_cells(read: Read) -> None:
    twice, many = (f'table:number-columns-repeated="{n}"' for n in (2, 16_000))
    rows = (
        f"<table:table-row>{cell('a', twice)}{cell('', twice)}{cell('b')}{cell('', many)}"
        "</table:table-row>"
        f'<table:table-row table:number-rows-repeated="3">{cell("c")}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048000">{cell()}</table:table-row>'
        f"<table:table-row>{cell('end')}</table:table-row>"
    )
    (page,) = read(odf(f"<office:spreadsheet>{sheet(rows)}</office:spreadsheet>"), MediaType.ODS)
    assert page.text == "[sheet: S]\na\ta\t\t\tb\nc\nc\nc\nend"
    assert page.reason == "rows 1 to 1,048,005 of the sheet: S"


def test_what_repeats_without_end_is_said_and_not_written(read: Read) -> None:
    many = 'table:number-columns-repeated="16000"'
    rows = (
        f'<table:table-row table:number-rows-repeated="1048576">{cell("x", many)}</table:table-row>'
    )
    pages = read(odf(f"<office:spreadsheet>{sheet(rows)}</office:spreadsheet>"), MediaType.ODS)
    assert sum(len(page.text) for page in pages) < 3_000_000
    assert pages[-1].text.endswith("[the same row 1,047,576 times more]")
    assert "[the same 15,000 times more]" in pages[0].text


def test_hidden_sheets_comments_and_values_that_are_not_shown(read: Read) -> None:
    hidden = (
        '<style:style style:name="H"><style:table-properties table:display="false"/></style:style>'
    )
    comment = (
        "<office:annotation><dc:creator>Tom Ash</dc:creator><text:p>Check</text:p>"
        "</office:annotation>"
    )
    rows = (
        f"<table:table-row>{cell('seen')}<table:table-cell office:value-type='float'"
        f" office:value='7'>{comment}</table:table-cell>"
        f"<table:table-cell table:formula='of:=A1'/>"
        "<table:table-cell office:value-type='date' office:date-value='2020-01-02T00:00:00'>"
        "<text:p>2 Jan</text:p></table:table-cell></table:table-row>"
    )
    (page,) = read(
        odf(f"<office:spreadsheet>{sheet(rows, 'Books', 'H')}</office:spreadsheet>", hidden),
        MediaType.ODS,
    )
    assert page.text == (
        "[hidden sheet: Books]\nseen\t7\tof:=A1\t2020-01-02\n[comment at B1 by Tom Ash: Check]"
    )


def test_slides_with_notes_tables_and_hidden_ones(read: Read) -> None:
    hidden = (
        '<style:style style:name="H"><style:drawing-page-properties'
        ' presentation:visibility="hidden"/></style:style>'
    )
    pages = read(
        odf(
            "<office:presentation><draw:page><draw:g><draw:frame><draw:text-box>"
            + p("Plan")
            + "</draw:text-box></draw:frame></draw:g><draw:custom-shape>"
            + p("In a shape")
            + "</draw:custom-shape><draw:frame><table:table><table:table-row>"
            + cell("a")
            + cell("b")
            + "</table:table-row></table:table></draw:frame><presentation:notes><draw:frame>"
            "<draw:text-box>"
            + p("Say less")
            + "</draw:text-box></draw:frame></presentation:notes></draw:page>"
            "<draw:page draw:style-name='H'><draw:frame><draw:text-box>"
            + p("Kept back")
            + "</draw:text-box></draw:frame></draw:page>"
            "<draw:page><draw:frame><draw:image/></draw:frame></draw:page></office:presentation>",
            hidden,
        ),
        MediaType.ODP,
    )
    assert [page.text for page in pages] == [
        "Plan\nIn a shape\na\tb\n\n[notes: Say less]",
        "[hidden slide]\nKept back",
        "",
    ]
    assert pages[2].method is Method.NONE
    assert "pictures" in pages[2].poor


def test_a_presentation_as_a_program_writes_it(read: Read) -> None:
    from odfdo import DrawPage, Frame

    made = Document("presentation")
    made.body.clear()
    for name in ("First", "Second"):
        page = DrawPage(name, name=name)
        page.append(Frame.text_frame([f"{name} point"], size=("7cm", "5cm")))
        made.body.append(page)
    pages = read(saved(made), MediaType.ODP)
    assert [page.text for page in pages] == ["First point", "Second point"]


def test_an_encrypted_document_says_so(read: Read) -> None:
    manifest = (
        "<manifest:manifest SPACES><manifest:file-entry><manifest:encryption-data/>"
        "</manifest:file-entry></manifest:manifest>"
    )
    for media_type in (MediaType.ODT, MediaType.ODS, MediaType.ODP):
        with pytest.raises(UnreadableError, match="encrypted") as caught:
            read(text(p("x"), manifest=manifest), media_type)
        assert "password" in caught.value.mend


@pytest.mark.parametrize("media_type", [MediaType.ODS, MediaType.ODP])
def test_what_stands_before_the_damage_is_kept_and_said(read: Read, media_type: MediaType) -> None:
    begun = (
        f"<table:table table:name='S'><table:table-row>{cell('kept')}</table:table-row>"
        if media_type is MediaType.ODS
        else f"<draw:page>{p('kept')}"
    )
    (page,) = read(odf(f"<office:spreadsheet>{begun}<broken"), media_type)
    assert page.text.endswith("kept")
    assert "damaged" in page.poor
    assert page.mend

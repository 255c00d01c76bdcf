"""Word documents: every kind of text in them, and pages as the document records them."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.enum.text import WD_BREAK

from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType, Method, Page

Read = Callable[..., list[Page]]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


RECORDED = "<w:r><w:lastRenderedPageBreak/></w:r>"
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def document(body: str, **parts: str) -> bytes:
    """Make a document of its body's XML; ``parts`` are others by the kind of relationship."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{R}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
        )
        listed = ""
        for number, (kind, xml) in enumerate(parts.items(), 1):
            package.writestr(f"word/part{number}.xml", xml.replace("SPACES", SPACES))
            listed += (
                f'<Relationship Id="{kind}" Type="{R}/{kind.rstrip("0123456789")}"'
                f' Target="part{number}.xml"/>'
            )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>',
        )
    return target.getvalue()


def saved(made: docx.document.Document) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_what_a_word_processor_writes(read: Read) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Office of Permits"
    made.sections[0].footer.paragraphs[0].text = "QRL-000017"
    made.add_heading("Findings", 1)
    first = made.add_paragraph("The culvert was inspected ")
    first.add_run("twice.")
    made.add_comment(first.runs, text="By whom?", author="Ada Quill", initials="AQ")
    table = made.add_table(rows=2, cols=3)
    for at, text in enumerate(("Date", "Place", "Result", "3 March", "", "passed")):
        table.cell(at // 3, at % 3).text = text
    (page,) = read(saved(made), MediaType.DOCX)
    lines = page.text.split("\n")
    assert lines[0] == "[header: Office of Permits]"
    assert lines[1:5] == [
        "Findings",
        "The culvert was inspected twice.",
        "Date\tPlace\tResult",
        "3 March\t\tpassed",
    ]
    assert "[footer: QRL-000017]" in lines
    assert "about “The culvert was inspected twice.”: By whom?]" in lines[-1]
    assert lines[-1].startswith("[comment by Ada Quill on 20")
    assert page.reason == "the only page: the document records no page breaks"


def test_pages_are_those_that_word_recorded(read: Read) -> None:
    pages = read(
        document(
            paragraph(RECORDED, run("one"))
            + paragraph(run("still one"), BREAK)
            + paragraph(RECORDED, run("two"))
            + paragraph(run("two, "), RECORDED, run("three"))
        ),
        MediaType.DOCX,
    )
    assert [page.text for page in pages] == ["one\nstill one", "two\ntwo,", "three"]
    assert {page.reason for page in pages} == {"pages as Word last laid them out"}


def test_a_picture_alone_makes_a_page_that_is_reported(read: Read) -> None:
    pages = read(
        document(
            paragraph(run("one"), BREAK)
            + paragraph(RECORDED, "<w:r><w:drawing/></w:r>")
            + paragraph(RECORDED, run("three"))
        ),
        MediaType.DOCX,
    )
    assert [page.text for page in pages] == ["one", "", "three"]
    assert pages[1].method is Method.NONE
    assert pages[1].poor
    assert pages[1].mend


def test_pages_by_the_documents_own_breaks(read: Read) -> None:
    made = docx.Document()
    made.add_paragraph("one").add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph("two")
    made.add_section(docx.enum.section.WD_SECTION.NEW_PAGE)
    made.add_paragraph("three")
    made.add_section(docx.enum.section.WD_SECTION.CONTINUOUS)
    made.add_paragraph("three too")
    made.add_paragraph("four").paragraph_format.page_break_before = True
    pages = read(saved(made), MediaType.DOCX)
    assert [page.text.split() for page in pages] == [
        ["one"],
        ["two"],
        ["three", "three", "too"],
        ["four"],
    ]
    assert "others are not recorded" in pages[0].reason


def test_a_break_in_a_tables_row_counts_once(read: Read) -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>{}</w:tr>"
    moved = row.format(
        cell.format(paragraph(RECORDED, run("a"))) + cell.format(paragraph(RECORDED, run("b")))
    )
    pages = read(document(paragraph(run("before")) + f"<w:tbl>{moved}</w:tbl>"), MediaType.DOCX)
    assert [page.text for page in pages] == ["before", "a\tb"]
    long = "word " * 80
    parted = row.format(
        cell.format(paragraph(run(long), RECORDED, run("rest")) + paragraph(run("end")))
        + cell.format(paragraph(run(long), RECORDED, run("more")))
    )
    pages = read(document(f"<w:tbl>{parted}</w:tbl>"), MediaType.DOCX)
    assert len(pages) == 2
    assert pages[1].text.startswith("rest\nend\nword")


def test_tracked_changes_are_told(read: Read) -> None:
    (page,) = read(
        document(
            paragraph(
                run("The levee "),
                '<w:del w:id="1"><w:r><w:delText>is </w:delText></w:r></w:del>',
                '<w:del w:id="2"><w:r><w:delText>unsafe</w:delText></w:r></w:del>',
                f'<w:ins w:id="3">{run("holds")}</w:ins>',
                f'<w:moveFrom w:id="4">{run(" today")}</w:moveFrom>',
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t> (we hope)</w:t></w:r>",
            )
            + '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs><w:rPr><w:del/></w:rPr>'
            "</w:pPr></w:p>"
        ),
        MediaType.DOCX,
    )
    assert page.text == "The levee [deleted: is unsafe]holds[moved away:  today] (we hope)"


def test_notes_stand_below_their_page(read: Read) -> None:
    note = '<w:{0} w:id="{1}" {3}><w:p><w:r><w:t>{2}</w:t></w:r></w:p></w:{0}>'
    separator = note.format("footnote", -1, "line", 'w:type="separator"')
    pages = read(
        document(
            paragraph(run("First"), '<w:r><w:footnoteReference w:id="7"/></w:r>', BREAK)
            + paragraph(
                run("second"),
                '<w:r><w:endnoteReference w:id="2"/></w:r>',
                '<w:r><w:footnoteReference w:id="3"/></w:r>',
                BREAK,
            )
            + paragraph(run("third")),
            footnotes=f"<w:footnotes SPACES>{separator}"
            f"{note.format('footnote', 7, 'See the log.', '')}"
            f"{note.format('footnote', 3, 'Ibid.', '')}"
            f"{note.format('footnote', 9, 'Forgotten.', '')}</w:footnotes>",
            endnotes=f"<w:endnotes SPACES>{note.format('endnote', 2, 'At last.', '')}</w:endnotes>",
        ),
        MediaType.DOCX,
    )
    assert [page.text for page in pages] == [
        "First[1]\n[footnote 1: See the log.]",
        "second[endnote 1][2]\n[footnote 2: Ibid.]",
        "third\n[endnote 1: At last.]\n[note: Forgotten.]",
    ]


def test_comments_name_their_author_and_what_they_are_on(read: Read) -> None:
    (page,) = read(
        document(
            paragraph(
                run("We "),
                '<w:commentRangeStart w:id="0"/>',
                run("cannot"),
                '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
                run(" comment."),
            ),
            comments='<w:comments SPACES><w:comment w:id="0" w:author="Tom Ash"'
            ' w:date="2021-04-05T10:00:00Z"><w:p><w:r><w:t>Why not?</w:t></w:r></w:p></w:comment>'
            "</w:comments>",
        ),
        MediaType.DOCX,
    )
    assert page.text == (
        "We cannot comment.\n[comment by Tom Ash on 2021-04-05, about “cannot”: Why not?]"
    )


def test_text_boxes_once_and_watermarks(read: Read) -> None:
    box = f"<w:txbxContent>{paragraph(run('In the box'))}</w:txbxContent>"
    (page,) = read(
        document(
            paragraph(
                run("Around "),
                "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
                f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
                f"<v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
                run("it"),
            )
            + paragraph('<w:r><w:pict><v:textpath string="DRAFT 2"/></w:pict></w:r>')
        ),
        MediaType.DOCX,
    )
    assert page.text.split("\n") == ["Around it", "In the box", "", "DRAFT 2"]


def test_charts_and_diagrams(read: Read) -> None:
    (page,) = read(
        document(
            paragraph('<w:r><w:drawing><c:chart r:id="chart"/></w:drawing></w:r>')
            + paragraph('<w:r><w:drawing><dgm:relIds r:dm="diagramData"/></w:drawing></w:r>'),
            chart="<c:chartSpace SPACES><c:title><a:p><a:r><a:t>Spills</a:t></a:r></a:p></c:title>"
            "<c:cat><c:strCache><c:pt><c:v>North</c:v></c:pt></c:strCache></c:cat>"
            "<c:val><c:numCache><c:pt><c:v>17</c:v></c:pt></c:numCache></c:val></c:chartSpace>",
            diagramData="<dgm:dataModel SPACES><dgm:t><a:p><a:r><a:t>Step one</a:t></a:r></a:p>"
            "</dgm:t></dgm:dataModel>",
        ),
        MediaType.DOCX,
    )
    assert page.text.split() == ["Spills", "North", "Step", "one"]


def test_fields_controls_and_small_things(read: Read) -> None:
    (page,) = read(
        document(
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>"
            + paragraph(run("Inside a control"))
            + "</w:sdtContent></w:sdt>"
            + paragraph(
                "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>",
                run("9"),
                "<w:hyperlink r:id='x'>" + run(" link") + "</w:hyperlink>",
                "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>",
            )
        ),
        MediaType.DOCX,
    )
    assert page.text == "Inside a control\n9 link\ta\nb-c"


def test_headers_once_a_section(read: Read) -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="{}"/>'
        '<w:footerReference r:id="footer1"/></w:sectPr>'
    )
    header = "<w:hdr SPACES><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:hdr>"
    pages = read(
        document(
            paragraph(run("one"))
            + f"<w:p><w:pPr>{section.format('header1')}</w:pPr></w:p>"
            + paragraph(run("two"))
            + section.format("header2"),
            header1=header.format("First part"),
            header2=header.format("Second part"),
            footer1=header.format("Page"),
        ),
        MediaType.DOCX,
    )
    assert [page.text for page in pages] == [
        "[header: First part]\none\n\n[footer: Page]",
        "[header: Second part]\ntwo",
    ]


def test_a_long_document_without_breaks_is_cut_and_says_so(read: Read) -> None:
    pages = read(document(paragraph(run("word " * 20)) * 3_000), MediaType.DOCX)
    assert len(pages) == 4
    assert all("cut where it grew too long" in page.reason for page in pages)
    assert sum(page.text.count("word") for page in pages) == 60_000


def test_strict_names_are_read(read: Read) -> None:
    strict = document(paragraph(run("Strict")))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(
                W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
            new.writestr(name, data)
    (page,) = read(target.getvalue(), MediaType.DOCX)
    assert page.text == "Strict"


def test_what_stands_before_the_damage_is_kept_and_said(read: Read) -> None:
    whole = document(paragraph(run("kept")) + "<broken")
    (page,) = read(whole, MediaType.DOCX)
    assert page.text == "kept"
    assert "damaged" in page.poor
    assert page.mend


def test_a_document_without_its_main_part_is_unreadable(read: Read) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "x")
    with pytest.raises(UnreadableError) as caught:
        read(target.getvalue(), MediaType.DOCX)
    assert caught.value.mend

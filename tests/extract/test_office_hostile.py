"""Office files that are meant to do harm, or are damaged: an UnreadableError or a poor page."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import docx
import openpyxl
import pptx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odfdo import Document

from recordsearch.errors import UnreadableError
from recordsearch.extract import count_pages, office_pages, office_zip, read_pages
from recordsearch.extract.office_xml import DEPTH, stream
from recordsearch.records import MediaType, Method, Page, ReadOptions

Read = Callable[..., list[Page]]

MAIN = {
    MediaType.DOCX: "word/document.xml",
    MediaType.XLSX: "xl/workbook.xml",
    MediaType.PPTX: "ppt/presentation.xml",
    MediaType.ODT: "content.xml",
    MediaType.ODS: "content.xml",
    MediaType.ODP: "content.xml",
}
ZIPPED = sorted(MAIN)
X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return target.getvalue()


def workbook(sheet: bytes, strings: bytes = b"") -> bytes:
    listed = (
        f'<Relationships {RELATIONS}><Relationship Id="s" Type="{R}/worksheet" Target="s.xml"/>'
        f'<Relationship Id="t" Type="{R}/sharedStrings" Target="t.xml"/></Relationships>'
    )
    book = f'<workbook {X} xmlns:r="{R}"><sheets><sheet name="S" r:id="s"/></sheets></workbook>'
    return package(
        {
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": listed.encode(),
            "xl/t.xml": f"<sst {X}>".encode() + strings + b"</sst>",
            "xl/s.xml": f"<worksheet {X}><sheetData>".encode()
            + sheet
            + b"</sheetData></worksheet>",
        }
    )


@pytest.mark.parametrize("media_type", ZIPPED)
@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and no more",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
        b"",
        package({}),
        package({"a/b": b"c"}),
    ],
)
def test_what_is_no_office_document(read: Read, media_type: MediaType, data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data, media_type)
    assert caught.value.mend


@pytest.mark.parametrize("media_type", ZIPPED)
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>',
        '<!DOCTYPE d SYSTEM "http://example.org/d.dtd"><d/>',
    ],
)
def test_entities_are_refused(read: Read, media_type: MediaType, declared: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        data = package({MAIN[media_type]: declared.encode(encoding)})
        with pytest.raises(UnreadableError, match="entities") as caught:
            read(data, media_type)
        assert caught.value.mend


@pytest.mark.parametrize("media_type", ZIPPED)
def test_deep_nesting_is_refused(read: Read, media_type: MediaType) -> None:
    data = package({MAIN[media_type]: b"<a>" * 300_000})
    with pytest.raises(UnreadableError, match=f"{DEPTH:,} deep"):
        read(data, media_type)


def test_a_tag_without_end_is_refused_before_it_is_whole() -> None:
    taken = 0

    def blocks() -> Iterator[bytes]:
        nonlocal taken
        yield b"<a"
        for _ in range(10_000):
            taken += 1
            yield b" " * 65_536

    class Nothing:
        def start(self, name: str, attributes: object) -> None: ...
        def end(self, name: str) -> None: ...
        def text(self, data: str) -> None: ...

    with pytest.raises(UnreadableError, match="too long"):
        stream(blocks(), Nothing())
    assert taken < 200


@pytest.mark.parametrize("media_type", ZIPPED)
def test_zip_bombs_are_refused_by_what_they_declare(read: Read, media_type: MediaType) -> None:
    bomb = package({MAIN[media_type]: b" " * (40 * 1024 * 1024)})
    assert len(bomb) < 100_000
    with pytest.raises(UnreadableError, match="zip bomb") as caught:
        read(bomb, media_type)
    assert caught.value.mend


def test_a_size_that_is_declared_too_small_ends_the_part(read: Read) -> None:
    data = bytearray(package({"content.xml": b"<a>" + b" " * 5_000_000 + b"</a>"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(UnreadableError):
        read(bytes(data), MediaType.ODT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_too_large_too_many_and_in_all(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = f"<w:document {W}>{'<w:p/>' * 500}</w:document>".encode()
    data = package({"word/document.xml": paragraphs, "x": b""})
    for name, limit in (("ENTRIES", 1), ("BYTES", 10), ("TOTAL_BYTES", 100)):
        with monkeypatch.context() as patch:
            patch.setattr(office_zip, name, limit)
            if name == "BYTES":
                patch.setattr("recordsearch.extract.office_docx.BYTES", limit)
            with pytest.raises(UnreadableError) as caught:
                read(data + name.encode(), MediaType.DOCX)
            assert caught.value.mend


def test_encrypted_parts_and_unusual_packing(read: Read) -> None:
    data = bytearray(package({"word/document.xml": b"<a/>"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(UnreadableError, match="encrypted") as caught:
        read(bytes(data), MediaType.DOCX)
    assert "password" in caught.value.mend
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("word/document.xml", b"<a/>")
    with pytest.raises(UnreadableError, match="damaged"):
        read(target.getvalue(), MediaType.DOCX)


def test_a_million_cells_in_a_row(read: Read) -> None:
    pages = read(workbook(b"<row>" + b"<c><v>1</v></c>" * 300_000 + b"</row>"), MediaType.XLSX)
    assert sum(page.text.count("1") for page in pages) == 300_000
    assert all(len(page.text) <= 100_000 for page in pages)


def test_a_string_that_is_named_without_end_is_cut_and_said(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_pages, "CHARACTERS", 2_000_000)
    string = b"<si><t>" + b"x" * 32_000 + b"</t></si>"
    pages = read(workbook(b"<row><c t='s'><v>0</v></c></row>" * 2_000, string), MediaType.XLSX)
    assert sum(len(page.text) for page in pages) < 2_200_000
    assert "only the first" in pages[-1].poor
    assert pages[-1].mend


def test_rows_of_long_strings_are_cut_and_said(read: Read) -> None:
    string = b"<si><t>" + b"x" * 32_000 + b"</t></si>"
    row = b"<row>" + b"<c t='s'><v>0</v></c>" * 1_000 + b"</row>"
    pages = read(workbook(row, string), MediaType.XLSX)
    assert sum(len(page.text) for page in pages) < 11_000_000
    assert "of a row, only the first" in pages[-1].poor


@cache
def whole(media_type: MediaType) -> bytes:
    target = io.BytesIO()
    if media_type is MediaType.DOCX:
        made = docx.Document()
        made.sections[0].header.paragraphs[0].text = "head"
        made.add_comment(made.add_paragraph("text").runs, text="why", author="A")
        made.add_table(2, 2)
        made.save(target)
    elif media_type is MediaType.XLSX:
        book = openpyxl.Workbook()
        book.active.append([1, "two", 3.5])
        book.save(target)
    elif media_type is MediaType.PPTX:
        show = pptx.Presentation()
        show.slides.add_slide(show.slide_layouts[5]).notes_slide.notes_text_frame.text = "n"
        show.save(target)
    else:
        kinds = {MediaType.ODT: "text", MediaType.ODS: "spreadsheet", MediaType.ODP: "presentation"}
        Document(kinds[media_type]).save(target)
    # Stored, so that damage reaches the XML and is not all found by the checksums of the zip.
    with zipfile.ZipFile(target) as old:
        parts = {name: old.read(name) for name in old.namelist() if not name.endswith(".jpeg")}
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return stored.getvalue()


def pages_or_reason(data: bytes, media_type: MediaType) -> None:
    """Read all pages; what cannot be read is told by an UnreadableError or by a poor page."""
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        failed = None
        pages: list[Page] = []
        try:
            pages = list(read_pages(file.name, media_type, 1, 100_000, ReadOptions()))
        except UnreadableError as error:
            failed = error
        if failed is None:
            assert len(pages) == count_pages(file.name, media_type) >= 1
        else:
            assert failed.message
            assert failed.mend
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert all(page.mend for page in pages if page.poor)
    assert all(page.poor for page in pages if page.method is Method.NONE)


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(st.sampled_from(ZIPPED), st.floats(0, 1))
def test_truncated_files(media_type: MediaType, share: float) -> None:
    data = whole(media_type)
    pages_or_reason(data[: int(len(data) * share)], media_type)


@QUICK
@given(
    st.sampled_from(ZIPPED),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=40),
)
def test_flipped_bits(media_type: MediaType, flips: list[tuple[float, int]]) -> None:
    data = bytearray(whole(media_type))
    for place, value in flips:
        data[int(place * len(data))] ^= value
    pages_or_reason(bytes(data), media_type)


@QUICK
@given(st.data(), st.sampled_from(ZIPPED))
def test_damaged_xml_in_a_sound_zip(data: st.DataObject, media_type: MediaType) -> None:
    with zipfile.ZipFile(io.BytesIO(whole(media_type))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, min(len(part), start + 200)))
    junk = data.draw(st.sampled_from([b"", b"<", b">", b"\0", b'"', b"&#0;", b"\xff", b"9" * 30]))
    parts[name] = part[:start] + junk + part[end:]
    pages_or_reason(package(parts), media_type)


TAGS = {
    MediaType.DOCX: (
        f"<w:document {W} xmlns:r='{R}'><w:body>",
        [
            *("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:txbxContent", "w:del", "w:pPr"),
            *("w:sectPr", "w:footnote", "w:comment", "w:commentRangeStart", "w:commentRangeEnd"),
            *("w:lastRenderedPageBreak", "w:footnoteReference", "w:br w:type='page'", "w:rPr"),
            "w:headerReference r:id='9'",
        ],
    ),
    MediaType.ODT: (None, ["text:p", "text:note", "text:note-body", "office:annotation"]),
    MediaType.ODS: (None, ["table:table", "table:table-row", "table:table-cell", "text:p"]),
    MediaType.ODP: (None, ["draw:page", "presentation:notes", "draw:text-box", "text:p"]),
}
MORE = [
    *("table:table-row", "table:table-cell", "text:deletion", "text:change", "dc:creator"),
    *("text:soft-page-break", "text:note-citation", "draw:frame", "office:annotation"),
    *("table:table-cell table:number-columns-repeated='99999'", "text:s text:c='999999999'"),
    "table:table-row table:number-rows-repeated='99999'",
]


@QUICK
@given(st.data(), st.sampled_from(sorted(TAGS)))
def test_any_nesting_of_elements(data: st.DataObject, media_type: MediaType) -> None:
    root, names = TAGS[media_type]
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
        for name, uri in [
            *((name, name) for name in ("office", "style", "text", "table", "presentation")),
            ("draw", "drawing"),
        ]
    )
    opened = root or f'<a {spaces} xmlns:dc="http://purl.org/dc/elements/1.1/">'
    xml, stack = [opened], []
    chosen = st.sampled_from([*names, *(MORE if root is None else []), "close", "close", "text"])
    for step in data.draw(st.lists(chosen, max_size=40)):
        if step == "close":
            if stack:
                xml.append(f"</{stack.pop()}>")
        elif step == "text":
            xml.append(" some text ")
        else:
            xml.append(f"<{step}>")
            stack.append(step.split()[0])
    xml += [f"</{name}>" for name in reversed(stack)]
    xml.append("</w:body></w:document>" if root else "</a>")
    pages_or_reason(package({MAIN[media_type]: "".join(xml).encode()}), media_type)


@pytest.mark.parametrize("depth", [3, 200])
def test_what_is_nested_in_itself_keeps_its_text(read: Read, depth: int) -> None:
    def nest(opening: str, closing: str) -> str:
        return opening * depth + "inmost" + closing * depth

    table = nest("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")
    boxes = nest("<w:p><w:txbxContent><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:txbxContent></w:p>")
    for body in (table, boxes):
        data = package({"word/document.xml": f"<w:body {W}>{body}</w:body>".encode()})
        (page,) = read(data, MediaType.DOCX)
        assert page.text.split() == ["inmost"]
    notes = r"{\rtf1 " + nest(r"{\shptxt ", "}") + "}"
    (page,) = read(notes.encode(), MediaType.RTF)
    assert page.text.split() == ["inmost"]


def test_a_binary_workbook_is_named(read: Read) -> None:
    listed = (
        f'<Relationships {RELATIONS}><Relationship Id="r" Type="{R}/officeDocument"'
        ' Target="xl/workbook.bin"/></Relationships>'
    )
    data = package({"_rels/.rels": listed.encode(), "xl/workbook.bin": b"\x83\x01\0"})
    with pytest.raises(UnreadableError, match="xlsb") as caught:
        read(data, MediaType.XLSX)
    assert "xlsx" in caught.value.mend


def test_pages_are_known_by_what_is_in_the_file(tmp_path: Path) -> None:
    """Files that come out of an archive may lie at the same place one after another."""
    path = tmp_path / "a.ods"
    for said in (b"one", b"two"):
        path.write_bytes(workbook(b"<row><c t='str'><v>" + said + b"</v></c></row>"))
        (page,) = read_pages(str(path), MediaType.XLSX, 1, 9, ReadOptions())
        assert page.text.endswith(said.decode())

"""Files attached to pages are found, however the PDF names them, and other PDFs cost no look."""

import zlib
from pathlib import Path

import pytest
from fpdf import FPDF

from recordsearch.sources.member_pdf import list_pdf
from recordsearch.sources.pdf_bytes import may_have_notes_with_files


def _with_note(tmp_path: Path) -> bytes:
    attached = tmp_path / "roster.csv"
    attached.write_text("name,badge\nOdalys,12\n")
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.cell(text="See the roster.")
    pdf.file_attachment_annotation(attached, 30, 30)
    return bytes(pdf.output())


@pytest.mark.parametrize("name", [b"/FileAttachment", b"/File#41ttachment", b"/#46ile#41ttachment"])
def test_a_file_on_a_page_is_looked_for(tmp_path: Path, name: bytes) -> None:
    content = _with_note(tmp_path)
    assert content.count(b"/FileAttachment") == 1
    file = tmp_path / "noted.pdf"
    file.write_bytes(content.replace(b"/FileAttachment", name))
    assert may_have_notes_with_files(str(file), 1)
    assert "p0.0" in [member.locator for member in list_pdf(str(file)).members]


@pytest.mark.parametrize(
    ("dictionary", "content", "expected"),
    [
        (b"/Filter /FlateDecode", zlib.compress(b"1 0 <</Subtype /FileAttachment>>"), True),
        (b"/Filter [/FlateDecode]", zlib.compress(b"1 0 <</Subtype /File#41ttachment>>"), True),
        (b"/Filter /FlateDecode", zlib.compress(b"1 0 <</Subtype /Link>>"), False),
        # Whatever cannot be unpacked is a reason to look.
        (b"/Filter /LZWDecode", b"\x80\x0b", True),
        (b"/Filter /FlateDecode", b"damaged", True),
        (b"/Filter /FlateDecode", zlib.compress(b"1 0 <</Subtype /Link>>")[:-6], True),
        (b"/Filter /FlateDecode /DecodeParms <</Predictor 12>>", zlib.compress(b"x"), True),
    ],
)
def test_object_streams_are_unpacked(
    tmp_path: Path, dictionary: bytes, content: bytes, expected: bool
) -> None:
    file = tmp_path / "packed.pdf"
    file.write_bytes(
        b"%PDF-1.5\n5 0 obj <</Type /ObjStm /N 1 /First 4 "
        + dictionary
        + b">> stream\n"
        + content
        + b"\nendstream endobj"
    )
    assert may_have_notes_with_files(str(file), 1) is expected


def test_scans_and_files_that_are_gone_are_looked_at(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.4\n" + bytes(400_000))
    assert may_have_notes_with_files(str(file), 1)
    assert not may_have_notes_with_files(str(file), 2)
    assert may_have_notes_with_files(str(tmp_path / "gone.pdf"), 1)

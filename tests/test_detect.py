"""Types are recognised by content; what is not read is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.errors import NO_DOCUMENT, UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources.detect import detect_type
from recordsearch.sources.fingerprint import fingerprint
from tests.archive_maker import tar_of, zip_of


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"%PDF-1.4\n...", MediaType.PDF),
        (b"junk before\n%PDF-1.7\n1 0 obj", MediaType.PDF),
        (b"\0\0junk\n%PDF-1.7\n", MediaType.PDF),
        (b"A memo on formats.\n%PDF-1.7 is what files begin with.\n", MediaType.TEXT),
        (b"<!---->" * 5000 + b"x", MediaType.TEXT),
        (b"<!-- a --><!-- b -->\n<?php", MediaType.TEXT),
        (b"From me to you, 2017:\nall the best", MediaType.TEXT),
        (b"\x89PNG\r\n\x1a\n....", MediaType.PNG),
        (b"\xff\xd8\xff\xe0..JFIF", MediaType.JPEG),
        (b"II*\x00....", MediaType.TIFF),
        (b"MM\x00*....", MediaType.TIFF),
        (b"<!DOCTYPE html><html>", MediaType.HTML),
        (b"\xef\xbb\xbf  <html lang=en>", MediaType.HTML),
        (b"<!-- saved --><HTML>", MediaType.HTML),
        (b"Dear council,\n", MediaType.TEXT),
        ("Señor".encode("latin-1"), MediaType.TEXT),
        ("wide".encode("utf-16"), MediaType.TEXT),
        (b"BMW sent us a letter", MediaType.TEXT),
        (b"MIME-Version: 1.0\r\nFrom: a@b.example\r\nSubject: x\r\n\r\nhi", MediaType.EMAIL),
        (b"Received: from x\n by y\nTo: a@b.example\n\nhi", MediaType.EMAIL),
        (b"From: a@b.example\nDate: Tue, 3 Mar 2020 10:11:12 -0800\nTo: b\n\nhi", MediaType.EMAIL),
        (b"From: A\nDate: Tue, 3 Mar 2020 at 10:11 AM\nTo: B\nSubject: x\n\nhi", MediaType.TEXT),
        (b"From a@b.example Sat Jan  3 01:05:34 1996\nSubject: x\n\nhi", MediaType.MBOX),
        (b"From a@b.example Sat Jan  3 01:05:34 1996\n\nhi", MediaType.MBOX),
        (b"From a@b.example Sat Jan  3 01:05:34 1996\nwent home\n", MediaType.TEXT),
        (b"!BDN....", MediaType.PST),
        (b"\x78\x9f\x3e\x22\x01\x00", MediaType.TNEF),
        (b"{\\rtf1\\ansi Dear council", MediaType.RTF),
        (b"PK\x03\x04....", MediaType.ZIP),
        (b"PK\x05\x06" + bytes(18), MediaType.ZIP),
        (b"\x1f\x8b\x08\x00....", MediaType.GZIP),
        (b"BZh91AY&SY....", MediaType.BZIP2),
        (b"BZh9 is what such files begin with.\n", MediaType.TEXT),
        (b"\xfd7zXZ\x00....", MediaType.XZ),
        (b"7z\xbc\xaf\x27\x1c....", MediaType.SEVENZIP),
        # A print-out of a message shows no header that only mail programs write.
        (b"From: A\nSent: Monday\nTo: B\nSubject: x\n\nhi", MediaType.TEXT),
    ],
)
def test_known_kinds(head: bytes, expected: MediaType) -> None:
    assert detect_type(head) is expected


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (b"\x28\xb5\x2f\xfd....", "Zstandard"),
        (b"MSCF\0\0\0\0", "cabinet"),
        (bytes(range(256)), "not a kind"),
    ],
)
def test_other_kinds_are_named(head: bytes, named: str) -> None:
    with pytest.raises(UnreadableError, match=named) as caught:
        detect_type(head)
    assert caught.value.stage == "detect"
    assert caught.value.mend


@pytest.mark.parametrize(
    ("head", "named"), [(b"OTTO\0\x0b\0\x80", "font"), (b"\x7fELF\2\1", "program")]
)
def test_what_holds_no_text_is_no_document(head: bytes, named: str) -> None:
    with pytest.raises(UnreadableError, match=named) as caught:
        detect_type(head)
    assert caught.value.stage == NO_DOCUMENT


@pytest.mark.parametrize("start", [512, 200_000])
def test_an_outlook_message_is_told_by_its_directory(tmp_path: Path, start: int) -> None:
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(start, b"\0"))
    head[30:32] = (9).to_bytes(2, "little")
    head[48:52] = (start // 512 - 1).to_bytes(4, "little")
    path = tmp_path / "m"
    for name, expected in (("__properties_version1.0", MediaType.MSG), ("WordDocument", None)):
        path.write_bytes(head[: start // 512 * 512] + bytes(128) + name.encode("utf-16-le"))
        if expected is not None:
            assert detect_type(path.read_bytes()[:65_536], str(path)) is expected
        else:
            with pytest.raises(UnreadableError, match="Office"):
                detect_type(path.read_bytes()[:65_536], str(path))


@pytest.mark.parametrize(
    ("name", "named", "mend"),
    [
        ("WordDocument", r"Word \(doc\)", "docx"),
        ("Workbook", r"Excel \(xls\)", "xlsx"),
        ("PowerPoint Document", r"PowerPoint \(ppt\)", "pptx"),
        ("EncryptedPackage", "encrypted", "without its password"),
    ],
)
def test_old_office_documents_are_named(name: str, named: str, mend: str) -> None:
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    head[30:32] = (9).to_bytes(2, "little")
    with pytest.raises(UnreadableError, match=named) as caught:
        detect_type(bytes(head) + bytes(128) + name.encode("utf-16-le") + bytes(20))
    assert mend in caught.value.mend


MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        (MAIN.format("wordprocessingml.document"), MediaType.DOCX),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", MediaType.DOCX),
        (MAIN.format("spreadsheetml.sheet"), MediaType.XLSX),
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", MediaType.XLSX),
        (MAIN.format("presentationml.presentation"), MediaType.PPTX),
        (MAIN.format("presentationml.slideshow"), MediaType.PPTX),
        ("application/vnd.ms-package.xps-fixeddocument+xml", MediaType.ZIP),
    ],
)
@pytest.mark.parametrize("last", [False, True])
def test_office_documents_are_told_by_their_content_types(
    tmp_path: Path, main: str, expected: MediaType, last: bool
) -> None:
    types = f'<Types><Override PartName="/x.xml" ContentType="{main}"/></Types>'.encode()
    others = [(f"word/media/{one}.bin", bytes(20_000)) for one in range(8)]
    files = [("[Content_Types].xml", types), *others]
    path = tmp_path / "document"
    path.write_bytes(zip_of(files[::-1] if last else files, 0))
    assert detect_type(path.read_bytes()[:65_536], str(path)) is expected


def test_a_workbook_in_binary_form_is_named(tmp_path: Path) -> None:
    types = b'<Override ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    path = tmp_path / "document"
    path.write_bytes(zip_of([("[Content_Types].xml", types)]))
    with pytest.raises(UnreadableError, match="xlsb"):
        detect_type(path.read_bytes(), str(path))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("vnd.oasis.opendocument.text", MediaType.ODT),
        ("vnd.oasis.opendocument.text-template", MediaType.ODT),
        ("vnd.oasis.opendocument.spreadsheet", MediaType.ODS),
        ("vnd.oasis.opendocument.presentation", MediaType.ODP),
        ("vnd.oasis.opendocument.graphics", MediaType.ZIP),
        ("epub+zip", MediaType.ZIP),
    ],
)
def test_open_documents_are_told_by_their_first_file(kind: str, expected: MediaType) -> None:
    made = zip_of([("mimetype", f"application/{kind}".encode()), ("content.xml", b"<x/>")], 0)
    assert detect_type(made) is expected


def test_a_zip_file_of_office_documents_is_a_zip_file(tmp_path: Path) -> None:
    types = f'<Override ContentType="{MAIN.format("wordprocessingml.document")}"/>'.encode()
    inner = zip_of([("[Content_Types].xml", types), ("word/document.xml", b"<x/>")], 0)
    path = tmp_path / "dump.zip"
    path.write_bytes(zip_of([("letter.docx", inner)], 0))
    assert detect_type(path.read_bytes(), str(path)) is MediaType.ZIP
    assert detect_type(path.read_bytes()) is MediaType.ZIP


def test_a_tar_archive_is_told_by_its_checksum() -> None:
    made = tar_of([("scan.pdf", b"\n%PDF-1.4\n1 0 obj")])
    assert detect_type(made) is MediaType.TAR
    assert detect_type(made.replace(b"ustar", b"\0\0\0\0\0", 1)) is not MediaType.TAR
    old = bytearray(made[:512])
    old[257:265] = bytes(8)
    old[148:156] = b"%06o\0 " % (sum(old[:148]) + 256 + sum(old[156:]))
    assert detect_type(bytes(old) + made[512:]) is MediaType.TAR


ROWS = "".join(f'{one},Ada Quill,"1 Main St, Salem",2020-03-{one:02}\n' for one in range(1, 13))
PROSE = "The permits, the letters, and the minutes\n"


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        ("Id,Name,Address,Day\n" + ROWS, "", MediaType.CSV),
        ("\ufeffId,Name,Address,Day\n" + ROWS, "", MediaType.CSV),
        (("Id,Name,Address,Day\n" + ROWS).replace(",", ";"), "", MediaType.CSV),
        ("Id\tName\tDay\n" + "1\tAda Quill\t2020\n" * 9, "", MediaType.CSV),
        ("a,b\n1,2\n", "box/table.CSV", MediaType.CSV),
        ("one column\n1\n", "dump.zip!/table.tsv", MediaType.CSV),
        ("a,b\n1,2\n", "table.txt", MediaType.TEXT),
        (PROSE * 20, "", MediaType.TEXT),
        ("\n".join(f"{one}\t{one + 1}\t{one + 2}" for one in range(20)), "", MediaType.TEXT),
        ("Dear A,B,C,\n" + PROSE * 9, "", MediaType.TEXT),
        ('x,"y' * 20_000, "", MediaType.TEXT),
        ("<html><body>a,b,c</body></html>", "table.csv", MediaType.HTML),
    ],
)
def test_a_table_is_told_from_a_text(content: str, name: str, expected: MediaType) -> None:
    assert detect_type(content.encode()[:65_536], "", name) is expected


def test_a_table_in_wide_characters() -> None:
    content = ("Id\tName\tDay\r\n" + "1\tAda Quill\t2020\r\n" * 9).encode("utf-16")
    assert detect_type(content) is MediaType.CSV


@given(st.binary(max_size=3000))
def test_any_bytes_have_a_type_or_a_reason(head: bytes) -> None:
    try:
        found: MediaType | UnreadableError = detect_type(head)
    except UnreadableError as error:
        found = error
    assert isinstance(found, MediaType) or (found.message and found.mend)


def test_a_fingerprint_is_the_hash_of_the_whole_file(tmp_path: Path) -> None:
    import hashlib

    content = b"line of text\n" * 300_000
    path = tmp_path / "large.txt"
    path.write_bytes(content)
    found = fingerprint(str(path))
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)
    assert found.media_type is MediaType.TEXT


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be opened") as caught:
        fingerprint(str(tmp_path / "gone"))
    assert caught.value.stage == "open"


def test_a_file_without_the_right_to_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a secret")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(UnreadableError, match="permission denied") as caught:
        fingerprint(str(path))
    assert caught.value.stage == "open"
    assert "right to read" in caught.value.mend

"""Types are recognised by content; what is not read is named."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources.detect import detect_type
from recordsearch.sources.fingerprint import fingerprint


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
        (b"PK\x03\x04....", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"{\\rtf1", "RTF"),
        (bytes(range(256)), "not a kind"),
    ],
)
def test_other_kinds_are_named(head: bytes, named: str) -> None:
    with pytest.raises(UnreadableError, match=named) as caught:
        detect_type(head)
    assert caught.value.stage == "detect"
    assert caught.value.mend


@pytest.mark.parametrize("start", [512, 200_000])
def test_an_outlook_message_is_told_by_its_directory(tmp_path: Path, start: int) -> None:
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(start, b"\0"))
    head[30:32] = (9).to_bytes(2, "little")
    head[48:52] = (start // 512 - 1).to_bytes(4, "little")
    path = tmp_path / "m"
    for name, expected in (("__properties_version1.0", MediaType.MSG), ("WordDocument", None)):
        path.write_bytes(head[: start // 512 * 512] + bytes(128) + name.encode("utf-16-le"))
        if expected:
            assert detect_type(path.read_bytes()[:65_536], str(path)) is expected
        else:
            with pytest.raises(UnreadableError, match="Office"):
                detect_type(path.read_bytes()[:65_536], str(path))


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

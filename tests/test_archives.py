"""Archives as containers: their files listed, read, and bounded, whatever their bytes say."""

import bz2
import gzip
import io
import lzma
import os
import random
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import fpdf
import pytest
import pyzipper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recordsearch.errors import UnreadableError
from recordsearch.records import CONTAINERS, HOLDERS, MediaType
from recordsearch.sources import (
    member_7z,
    member_expansion,
    member_spool,
    member_store,
    member_tar,
    member_types,
    member_zip,
)
from recordsearch.sources.detect import detect_type
from recordsearch.sources.member_expansion import Expansion
from recordsearch.sources.members import (
    MemberList,
    list_members,
    member_at,
    read_member,
    taking_out,
    taking_out_beside,
)
from tests.archive_maker import (
    KINDS,
    Files,
    Raw,
    archive,
    overlapping_bomb,
    raw_zip,
    seven_zip,
    seven_zip_with_header,
    tar_of,
    with_checksums,
    with_name,
    zip_of,
)

FILES = [
    ("box 1/letter.txt", b"Dear council,\n" * 50),
    ("box 1/scan.pdf", b"%PDF-1.4 " + bytes(range(256)) * 30),
    ("box 2/Ärger/note ü.txt", b"note"),
]
PACKED = {MediaType.GZIP: gzip.compress, MediaType.BZIP2: bz2.compress, MediaType.XZ: lzma.compress}


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test's own, and no member at hand."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.delenv(member_store.FOLDER_VARIABLE, raising=False)
    monkeypatch.delenv(member_store.KEEPER_VARIABLE, raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(member_store, "_folders", [])
    return folder


def save(folder: Path, content: bytes, name: str = "file") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def contents(path: str, media_type: MediaType) -> list[tuple[str, bytes]]:
    listed = list_members(path, media_type)
    assert not listed.cut
    return [(one.name, read_member(path, media_type, one.locator)) for one in listed.members]


def attempt(path: str, media_type: MediaType, locator: str, *passwords: str) -> bytes | str:
    """Read a member; return why not, if it cannot be read."""
    try:
        return read_member(path, media_type, locator, passwords)
    except UnreadableError as error:
        return error.message


def names(listed: MemberList) -> list[str]:
    return [one.name for one in listed.members]


def put(monkeypatch: pytest.MonkeyPatch, name: str, value: int, *modules: ModuleType) -> None:
    for module in (member_types, *modules):
        monkeypatch.setattr(module, name, value)


# --- every kind ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_files_of_archives_are_members_with_their_bytes(tmp_path: Path, kind: str) -> None:
    path = save(tmp_path, archive(kind, FILES))
    media_type = detect_type(Path(path).read_bytes()[:65_536], path)
    assert media_type is KINDS[kind]
    assert media_type in CONTAINERS
    listed = list_members(path, media_type)
    assert [one.size for one in listed.members] == [len(content) for _, content in FILES]
    assert (listed.cut, listed.skipped) == ("", 0)
    assert contents(path, media_type) == FILES
    for one, (_, content) in reversed(list(zip(listed.members, FILES, strict=True))):
        with member_at(path, media_type, [one.locator]) as taken:
            assert Path(taken).read_bytes() == content


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_document_is_counted_with_its_reason(tmp_path: Path, kind: str) -> None:
    files = [
        ("box/.DS_Store", b"x"), ("__MACOSX/box/._a.txt", b"x"), ("box/._a.txt", b"x"),
        ("box/Thumbs.db", b"x"), (".git/config", b"x"), ("Fonts/ARIAL.TTF", b"x"),
        ("setup.exe", b"MZ"), ("lib/a.dll", b"MZ"), ("box/empty.txt", b""), ("box/a.txt", b"x"),
        ("so", b"a file without a suffix"),
    ]  # fmt: skip
    listed = list_members(save(tmp_path, archive(kind, files)), KINDS[kind])
    assert names(listed) == ["box/a.txt", "so"]
    assert listed.skipped == 9
    assert listed.skipped_reason == (
        "1 a font, 2 a program or a shortcut, 1 empty, 5 left by a file manager"
    )


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_folders_are_counted(tmp_path: Path, kind: str) -> None:
    listed = list_members(save(tmp_path, archive(kind, [("a/", b""), ("a/b", b"x")])), KINDS[kind])
    assert (names(listed), listed.skipped_reason) == (["a/b"], "1 a folder")


@pytest.mark.parametrize("kind", KINDS)
def test_an_archive_of_nothing(tmp_path: Path, kind: str) -> None:
    path = save(tmp_path, archive(kind, []))
    media_type = KINDS[kind]
    if kind == "tar":
        assert list_members(path, media_type) == MemberList(())
        return
    assert detect_type(Path(path).read_bytes(), path) is media_type
    assert not list_members(path, media_type).members or kind.startswith("tar.")


HOSTILE_NAMES = [
    ("../../etc/passwd", "etc/passwd"),
    ("/etc/passwd", "etc/passwd"),
    ("C:\\Users\\me\\scan.pdf", "Users/me/scan.pdf"),
    ("\\\\server\\share\\a.pdf", "server/share/a.pdf"),
    ("..", "file 1"),
    ("./.", "file 1"),
    ("a\x1b[31m/b\r\n.pdf", "a[31m/b .pdf"),
    ("\u202egnp.exe.txt", "gnp.exe.txt"),
    ("dump.zip!/real.pdf", "dump.zip_/real.pdf"),
    ("x" * 10_000 + ".pdf", "x" * 196 + ".pdf"),
    ("ü" * 300 + "/a.txt", "ü" * 200 + "/a.txt"),
]


@pytest.mark.parametrize("kind", ["zip", "tar", "7z"])
@pytest.mark.parametrize(("name", "shown"), HOSTILE_NAMES)
def test_names_are_places_for_reading(tmp_path: Path, kind: str, name: str, shown: str) -> None:
    path = save(tmp_path, with_name(kind, name))
    assert contents(path, KINDS[kind]) == [(shown, b"content")]
    assert sorted(os.listdir(tmp_path)) == ["file", "temporary"]


@pytest.mark.parametrize("kind", ["zip", "tar", "7z"])
def test_a_name_of_many_folders_is_cut_in_its_middle(tmp_path: Path, kind: str) -> None:
    (name,) = names(list_members(save(tmp_path, with_name(kind, "abcdef/" * 2_000 + "end.txt")),
                                 KINDS[kind]))  # fmt: skip
    assert len(name) <= 1_000
    assert name.startswith("abcdef/")
    assert "/…/" in name
    assert name.endswith("/end.txt")


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_repeat_or_differ_in_case_are_members_of_their_own(
    tmp_path: Path, kind: str
) -> None:
    files = [("a.txt", b"first"), ("A.TXT", b"other"), ("a.txt", b"second")]
    with pytest.warns(UserWarning, match="Duplicate name") if kind == "zip" else nullcontext():
        made = archive(kind, files)
    assert contents(save(tmp_path, made), KINDS[kind]) == files


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "locator", ["", "x", "-1", "²", "9" * 30, "999999", "../x", "5+", "0+99999"]
)
def test_a_locator_that_finds_nothing(tmp_path: Path, kind: str, locator: str) -> None:
    path = save(tmp_path, archive(kind, FILES))
    with pytest.raises(UnreadableError) as caught:
        read_member(path, KINDS[kind], locator)
    assert caught.value.message


def test_what_holds_files_is_known() -> None:
    assert set(KINDS.values()) <= CONTAINERS <= HOLDERS
    assert MediaType.PDF in HOLDERS - CONTAINERS


# --- limits ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_more_files_than_are_listed_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    put(monkeypatch, "ENTRIES", 10, member_zip, member_tar, member_7z)
    path = save(tmp_path, archive(kind, [(f"{one}.txt", b"x") for one in range(15)]))
    listed = list_members(path, KINDS[kind])
    assert len(listed.members) == 10
    assert "more than 10 files" in listed.cut


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_litter_without_end_is_cut_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    put(monkeypatch, "ENTRIES_SEEN", 10, member_zip, member_tar)
    files = [(f"{one}.ttf", b"x") for one in range(15)] + [("a.txt", b"x")]
    listed = list_members(save(tmp_path, archive(kind, files)), KINDS[kind])
    assert (names(listed), listed.skipped) == ([], 10)
    assert "more than 10 entries" in listed.cut


def test_a_seven_zip_with_too_many_entries_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(monkeypatch, "ENTRIES_SEEN", 10, member_7z)
    path = save(tmp_path, seven_zip([(f"{one}.txt", b"x") for one in range(15)]))
    with pytest.raises(UnreadableError, match="more than 10 entries"):
        list_members(path, MediaType.SEVENZIP)


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_that_is_too_large_is_told_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = save(tmp_path, archive(kind, [("large.txt", b"x" * 5_000), ("a.txt", b"x")]))
    locators = [one.locator for one in list_members(path, KINDS[kind]).members]
    put(monkeypatch, "MEMBER_BYTES", 1_000, member_zip, member_tar, member_7z)
    listed = list_members(path, KINDS[kind])
    assert (names(listed), listed.cut) == (["a.txt"], "large.txt is larger than 1,000 bytes")
    with pytest.raises(UnreadableError, match="5,000 bytes"):
        read_member(path, KINDS[kind], locators[0])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "tar"])
def test_a_flat_bomb_expands_no_further_than_it_may(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    put(monkeypatch, "EXPANDED_ALWAYS", 1_000_000)
    put(monkeypatch, "EXPANSION", 2)
    files = [(f"{one}.txt", bytes(100_000)) for one in range(30)]
    path = save(tmp_path, archive(kind, files))
    listed = list_members(path, KINDS[kind])
    assert 5 <= len(listed.members) <= 10
    assert "expands to more than 1,000,000 bytes" in listed.cut
    with member_at(path, KINDS[kind], [listed.members[-1].locator]) as taken:
        assert Path(taken).read_bytes() == bytes(100_000)
    written = sum(one.stat().st_size for one in temporary.rglob("*") if one.is_file())
    assert written < 1_200_000


@pytest.mark.parametrize("media_type", PACKED)
def test_one_packed_file_expands_no_further_than_it_may(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, media_type: MediaType
) -> None:
    put(monkeypatch, "EXPANDED_ALWAYS", 1_000_000)
    put(monkeypatch, "EXPANSION", 2)
    path = save(tmp_path, PACKED[media_type](bytes(20_000_000)))
    (one,) = list_members(path, media_type).members
    refused = pytest.raises(UnreadableError, match="expands to more than 1,000,000")
    with refused as caught, member_at(path, media_type, [one.locator]):
        pass
    assert caught.value.mend
    assert left_in(temporary) == []


def test_an_overlapping_bomb_unpacks_once(tmp_path: Path) -> None:
    path = save(tmp_path, overlapping_bomb(200, 1_000_000))
    assert os.path.getsize(path) < 20_000
    listed = list_members(path, MediaType.ZIP)
    assert names(listed) == ["0"]
    assert "199 of its files overlap others" in listed.cut


def test_files_that_quote_the_headers_of_others_overlap(tmp_path: Path) -> None:
    inner = raw_zip([Raw(b"b.txt", b"x" * 1_000)])
    outer = Raw(b"a.txt", inner[:1_035])
    path = save(tmp_path, raw_zip([outer, Raw(b"b.txt", b"x" * 1_000, header=35)]))
    listed = list_members(path, MediaType.ZIP)
    assert names(listed) == ["a.txt"]
    assert "overlap" in listed.cut


@pytest.mark.parametrize("place", [1 << 31, (1 << 32) - 1])
@pytest.mark.parametrize("far", [1 << 40, (1 << 64) - 1])
def test_a_file_that_cannot_be_where_it_is_told_hides_no_other(
    tmp_path: Path, place: int, far: int
) -> None:
    extra = struct.pack("<2H3Q", 1, 24, far, far, far)
    raws = [
        Raw(b"a.txt", header=place),
        Raw(b"b.txt", b"read"),
        Raw(b"c.txt", size=(1 << 32) - 1, header=(1 << 32) - 1, extra=extra),
        Raw(b"d.txt", header=(1 << 32) - 1, extra=extra),
    ]
    path = save(tmp_path, raw_zip(raws))
    listed = list_members(path, MediaType.ZIP)
    found = {one.name: attempt(path, MediaType.ZIP, one.locator) for one in listed.members}
    assert found.pop("b.txt") == b"read"
    assert "c.txt is larger than" in listed.cut
    assert all("damaged" in str(told) for told in found.values())


def test_a_file_that_holds_itself_ends_by_its_depth(tmp_path: Path) -> None:
    content = b"end"
    for _ in range(12):
        content = zip_of([("r.zip", content)])
    path = save(tmp_path, content)
    locators: list[str] = []
    for _ in range(member_types.DEPTH):
        with member_at(path, MediaType.ZIP, locators) as taken:
            (one,) = list_members(taken, MediaType.ZIP).members
        locators.append(one.locator)
    with member_at(path, MediaType.ZIP, locators) as taken:
        (one,) = list_members(taken, MediaType.ZIP).members
    deeper = member_at(path, MediaType.ZIP, [*locators, one.locator])
    with pytest.raises(UnreadableError, match="nested more than 8 deep"), deeper:
        pass


def test_containers_in_containers_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_expansion, "MEMBERS", 100)
    put(monkeypatch, "EXPANDED_ALWAYS", 1_000)
    put(monkeypatch, "EXPANSION", 2)
    count = Expansion()
    assert not count.take("/a.zip", 10, 60, 0)
    assert not count.take("/b.zip", 10, 60, 0)
    assert "more than 100 files" in count.take("/a.zip", 10, 60, 500)
    assert not count.take("/a.zip", 10, 40, 500)
    assert "expand to more than 4,000 bytes" in count.take("/a.zip", 10, 0, 3_500)


def test_copies_of_a_container_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(member_expansion, "COPIES", 3)
    count = Expansion()
    taken = [count.take("/a.zip", 10, 5, 1, "one") for _ in range(4)]
    assert taken[:3] == [""] * 3
    assert "more than 3 times" in taken[3]
    assert not count.take("/a.zip", 10, 5, 1, "another")
    assert not count.take("/b.zip", 10, 5, 1, "one")
    assert not any(count.take("/a.zip", 10, 0, 1, "holds nothing") for _ in range(9))


def test_a_container_may_expand_by_its_size() -> None:
    assert member_types.allowance(10) == member_types.EXPANDED_ALWAYS
    assert member_types.allowance(100 << 20) == member_types.EXPANSION * (100 << 20)
    assert member_types.allowance(10 << 30) == member_types.EXPANDED_BYTES
    assert member_types.allowance(100 << 30) == 400 << 30


# --- zip -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "flags", "shown"),
    [
        ("café.txt".encode(), 0x800, "café.txt"),
        ("café.txt".encode(), 0, "café.txt"),
        ("café.txt".encode("cp437"), 0, "café.txt"),
        ("café.txt".encode("cp437"), 0x800, "café.txt"),
        (b"box\\deep\\a.txt", 0, "box/deep/a.txt"),
    ],
)
def test_names_in_zip_files_are_decoded(tmp_path: Path, raw: bytes, flags: int, shown: str) -> None:
    path = save(tmp_path, raw_zip([Raw(raw, flags=flags)]))
    assert contents(path, MediaType.ZIP) == [(shown, b"content")]


def test_a_unicode_name_beside_the_name_is_taken_where_it_is_meant(tmp_path: Path) -> None:
    def extra(of: bytes) -> bytes:
        told = b"\1" + struct.pack("<L", zlib.crc32(of)) + "щит.txt".encode()
        return struct.pack("<2H", 0x7075, len(told)) + told

    raws = [Raw(b"1.txt", extra=extra(b"1.txt")), Raw(b"2.txt", extra=extra(b"renamed"))]
    path = save(tmp_path, raw_zip(raws))
    assert names(list_members(path, MediaType.ZIP)) == ["щит.txt", "2.txt"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_in_zip_files(tmp_path: Path, method: int) -> None:
    assert contents(save(tmp_path, zip_of(FILES, method)), MediaType.ZIP) == FILES


@pytest.mark.parametrize(
    ("method", "named"), [(9, "deflate64"), (93, "Zstandard"), (6, "imploding"), (77, "method 77")]
)
def test_ways_of_packing_that_are_not_read_are_named(
    tmp_path: Path, method: int, named: str
) -> None:
    path = save(tmp_path, raw_zip([Raw(b"a.txt", method=method), Raw(b"b.txt", b"read")]))
    first, second = list_members(path, MediaType.ZIP).members
    with pytest.raises(UnreadableError, match=named) as caught:
        read_member(path, MediaType.ZIP, first.locator)
    assert caught.value.mend
    assert read_member(path, MediaType.ZIP, second.locator) == b"read"


def test_a_zip_file_behind_other_bytes(tmp_path: Path) -> None:
    path = save(tmp_path, raw_zip([Raw(b"a.txt"), Raw(b"b.txt", b"other")], b"junk" * 100))
    assert contents(path, MediaType.ZIP) == [("a.txt", b"content"), ("b.txt", b"other")]


def test_a_zip_file_before_other_bytes(tmp_path: Path) -> None:
    path = save(tmp_path, zip_of(FILES) + b"\0" * 1_000)
    assert contents(path, MediaType.ZIP) == FILES


def test_a_zip_file_of_more_entries_than_its_old_form_counts(tmp_path: Path) -> None:
    path = save(tmp_path, zip_of([(f"{one}.txt", b"x") for one in range(66_000)], 0))
    listed = list_members(path, MediaType.ZIP)
    assert len(listed.members) == 66_000
    assert not listed.cut
    assert read_member(path, MediaType.ZIP, listed.members[-1].locator) == b"x"


def test_links_and_devices_in_zip_files_are_counted(tmp_path: Path) -> None:
    raws = [
        Raw(b"link.txt", b"/etc/passwd", attributes=0o120777 << 16),
        Raw(b"pipe", attributes=0o010644 << 16),
        Raw(b"a.txt", attributes=0o100644 << 16),
    ]
    listed = list_members(save(tmp_path, raw_zip(raws)), MediaType.ZIP)
    assert (names(listed), listed.skipped_reason) == (["a.txt"], "1 a device, 1 a link")


def test_a_size_that_lies_is_damage_unless_the_checksum_fits(tmp_path: Path) -> None:
    for size in (100, 1 << 20):
        path = save(tmp_path, raw_zip([Raw(b"a.txt", b"content", size=size)]))
        assert contents(path, MediaType.ZIP) == [("a.txt", b"content")]
    path = save(tmp_path, raw_zip([Raw(b"a.txt", b"content", size=3)]))
    (one,) = list_members(path, MediaType.ZIP).members
    with pytest.raises(UnreadableError, match="damaged"):
        read_member(path, MediaType.ZIP, one.locator)


def test_a_zip_file_without_its_end_is_damaged(tmp_path: Path) -> None:
    made = zip_of(FILES)
    with pytest.raises(UnreadableError, match="no directory") as caught:
        list_members(save(tmp_path, made[:-40]), MediaType.ZIP)
    assert caught.value.mend


def test_a_directory_that_breaks_off_keeps_what_it_has(tmp_path: Path) -> None:
    made = bytearray(raw_zip([Raw(b"a.txt"), Raw(b"b.txt")]))
    second = made.rindex(b"PK\x01\x02")
    made[second : second + 4] = b"XXXX"
    listed = list_members(save(tmp_path, bytes(made)), MediaType.ZIP)
    assert names(listed) == ["a.txt"]
    assert "breaks off" in listed.cut


# --- tar -------------------------------------------------------------------------------------


def tar_with(*headers: tuple[tarfile.TarInfo, bytes], form: int = tarfile.GNU_FORMAT) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as opened:
        for header, content in headers:
            header.size = len(content)
            opened.addfile(header, io.BytesIO(content))
    return made.getvalue()


def header(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type = kind
    made.linkname = link
    return made


def test_links_devices_and_holes_in_tar_archives_are_counted(tmp_path: Path) -> None:
    made = tar_with(
        (header("hard", tarfile.LNKTYPE, "/etc/passwd"), b""),
        (header("soft", tarfile.SYMTYPE, "/etc/passwd"), b""),
        (header("pipe", tarfile.FIFOTYPE), b""),
        (header("null", tarfile.CHRTYPE), b""),
        (header("hole", tarfile.GNUTYPE_SPARSE), b""),
        (header("a.txt"), b"read"),
    )
    path = save(tmp_path, made)
    listed = list_members(path, MediaType.TAR)
    assert names(listed) == ["a.txt"]
    assert listed.skipped_reason == "2 a device, 2 a link, 1 with holes in it (sparse)"
    assert contents(path, MediaType.TAR) == [("a.txt", b"read")]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_forms_of_tar_archives(tmp_path: Path, form: int) -> None:
    files = [("f" * 90 + "/" + "n" * 90 + ".txt", b"one"), ("a.txt", b"two" * 1_000)]
    assert contents(save(tmp_path, tar_of(files, form)), MediaType.TAR) == files


def test_a_name_in_another_encoding(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT, encoding="cp1252") as to:
        one = tarfile.TarInfo("café.txt")
        one.size = 1
        to.addfile(one, io.BytesIO(b"x"))
    assert names(list_members(save(tmp_path, made.getvalue()), MediaType.TAR)) == ["café.txt"]


def test_a_tar_archive_that_is_damaged_in_its_middle_is_told(tmp_path: Path) -> None:
    made = bytearray(tar_of([("a.txt", b"one"), ("b.txt", b"two"), ("c.txt", b"three")]))
    made[1024:1030] = b"XXXXXX"
    listed = list_members(save(tmp_path, bytes(made)), MediaType.TAR)
    assert names(listed) == ["a.txt"]
    assert "damaged from byte 1,024 on" in listed.cut


def test_what_follows_the_end_of_a_tar_archive_is_told(tmp_path: Path) -> None:
    listed = list_members(
        save(tmp_path, tar_of([("a.txt", b"one")]) + tar_of([("b.txt", b"two")])), MediaType.TAR
    )
    assert names(listed) == ["a.txt"]
    assert "more after the mark of its end" in listed.cut


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE])
def test_a_header_that_wants_the_memory_is_refused(tmp_path: Path, kind: bytes) -> None:
    long = header("x", kind)
    made = tar_with((header("a.txt"), b"one"), (long, b"x" * (3 << 20)), (header("b.txt"), b"two"))
    listed = list_members(save(tmp_path, made), MediaType.TAR)
    assert names(listed) == ["a.txt"]
    assert "damaged" in listed.cut


# --- packed streams --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media_type", "name", "inner"),
    [
        (MediaType.GZIP, "minutes.txt.gz", "minutes.txt"),
        (MediaType.BZIP2, "dump.zip!/box/minutes.txt.BZ2", "minutes.txt"),
        (MediaType.XZ, "minutes.xz", "minutes"),
        (MediaType.GZIP, "minutes", "content"),
        (MediaType.XZ, "minutes.tgz", "minutes.tar"),
        (MediaType.GZIP, "../.gz", "content"),
    ],
)
def test_one_packed_file_is_named_after_it(
    tmp_path: Path, media_type: MediaType, name: str, inner: str
) -> None:
    path = save(tmp_path, PACKED[media_type](b"Minutes of May.\n"))
    assert detect_type(Path(path).read_bytes(), path) is media_type
    (one,) = list_members(path, media_type, name=name).members
    assert (one.name, one.size) == (inner, None)
    assert read_member(path, media_type, one.locator) == b"Minutes of May.\n"


def test_a_gzip_file_tells_the_name_of_its_file(tmp_path: Path) -> None:
    path = str(tmp_path / "x.gz")
    with open(path, "wb") as file, gzip.GzipFile("../Bericht ü.txt", "wb", 9, file) as packed:
        packed.write(b"x")
    assert names(list_members(path, MediaType.GZIP)) == ["Bericht ü.txt"]


@pytest.mark.parametrize("media_type", PACKED)
def test_streams_one_after_the_other_are_one_file(tmp_path: Path, media_type: MediaType) -> None:
    parts = [b"one\n" * 50_000, b"", b"two\n", random.Random(7).randbytes(300_000)]
    packed = b"".join(map(PACKED[media_type], parts)) + bytes(512)
    path = save(tmp_path, packed)
    (one,) = list_members(path, media_type).members
    assert read_member(path, media_type, one.locator) == b"".join(parts)


@pytest.mark.parametrize("media_type", PACKED)
@pytest.mark.parametrize("damage", ["cut", "junk"])
def test_a_damaged_packed_file_is_told(tmp_path: Path, media_type: MediaType, damage: str) -> None:
    packed = PACKED[media_type](random.Random(7).randbytes(1_500_000))
    made = packed[:-20] if damage == "cut" else packed + b"something else " * 10
    path = save(tmp_path, made)
    (one,) = list_members(path, media_type).members
    match = "truncated" if damage == "cut" else "something else follows"
    with pytest.raises(UnreadableError, match=match):
        read_member(path, media_type, one.locator)


def test_a_packed_file_of_nothing(tmp_path: Path) -> None:
    listed = list_members(save(tmp_path, gzip.compress(b"")), MediaType.GZIP)
    assert (listed.members, listed.skipped_reason) == ((), "1 empty")


@pytest.mark.parametrize("kind", ["tar.gz", "tar.bz2", "tar.xz", "7z"])
def test_an_archive_that_breaks_off_gives_what_it_has(tmp_path: Path, kind: str) -> None:
    source = random.Random(7)
    files = [(f"{one}.bin", source.randbytes(400_000)) for one in range(10)]
    made = bytearray(archive(kind, files))
    if kind == "7z":
        made[2_500_000] ^= 0xFF
    else:
        del made[2_500_000:]
    path = save(tmp_path, bytes(made))
    listed = list_members(path, KINDS[kind])
    assert listed.cut or kind == "7z"
    found = {one.name: attempt(path, KINDS[kind], one.locator) for one in listed.members}
    good = [name for name, content in found.items() if content == dict(files)[name]]
    told = [name for name, content in found.items() if isinstance(content, str)]
    assert len(good) + len(told) == len(listed.members)
    assert all("damaged" in str(found[name]) for name in told)
    assert 3 <= len(good) <= 6


# --- encrypted -------------------------------------------------------------------------------


def zip_with_password(password: str, kind: str) -> bytes:
    made = io.BytesIO()
    if kind == "AES":
        with pyzipper.AESZipFile(made, "w", zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as to:
            to.setpassword(password.encode())
            for name, content in FILES:
                to.writestr(name, content)
        return made.getvalue()
    return zip_crypto(password.encode())


def zip_crypto(password: bytes) -> bytes:
    """Encrypt as the first zip programs did (APPNOTE.TXT, 6.1)."""
    table = []
    for one in range(256):
        value = one
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
        table.append(value)
    raws = []
    for name, content in FILES:
        keys = [0x12345678, 0x23456789, 0x34567890]

        def update(byte: int, keys: list[int] = keys) -> None:
            keys[0] = keys[0] >> 8 ^ table[(keys[0] ^ byte) & 0xFF]
            keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
            keys[2] = keys[2] >> 8 ^ table[(keys[2] ^ keys[1] >> 24) & 0xFF]

        for byte in password:
            update(byte)
        packed = bytearray()
        for byte in bytes(11) + bytes([zlib.crc32(content) >> 24]) + content:
            key = keys[2] | 2
            packed.append(byte ^ (key * (key ^ 1) >> 8 & 0xFF))
            update(byte)
        raws.append(Raw(name.encode(), content, flags=1, packed=bytes(packed)))
    return raw_zip(raws)


def encrypted(kind: str) -> tuple[bytes, MediaType]:
    if kind == "7z":
        return seven_zip(FILES, "sesame"), MediaType.SEVENZIP
    return zip_with_password("sesame", kind), MediaType.ZIP


@pytest.mark.parametrize("kind", ["AES", "ZipCrypto", "7z"])
def test_encrypted_members_are_listed_and_need_the_password(tmp_path: Path, kind: str) -> None:
    made, media_type = encrypted(kind)
    path = save(tmp_path, made)
    listed = list_members(path, media_type)
    assert names(listed) == [name for name, _ in FILES]
    for passwords, told in (
        ((), "encrypted"),
        (("wrong", "also wrong"), "none of the 2 passwords"),
    ):
        for one in listed.members:
            with pytest.raises(UnreadableError, match=told) as caught:
                read_member(path, media_type, one.locator, passwords)
            assert caught.value.stage == "unlock"
            assert "--password-file" in caught.value.mend
    for one, (_, content) in zip(listed.members, FILES, strict=True):
        assert read_member(path, media_type, one.locator, ("wrong", "sesame")) == content
        with member_at(path, media_type, [one.locator], ("sesame",)) as taken:
            assert Path(taken).read_bytes() == content


def test_an_archive_that_cannot_be_expanded_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, seven_zip([(f"{one}.txt", b"x") for one in range(20)], "sesame"))
    members = list_members(path, MediaType.SEVENZIP).members
    opened = Counter[str]()
    expand = member_7z._expand

    def counting(path: str, passwords: Sequence[str], spool: member_spool.Bounded) -> str:
        opened[path] += 1
        return expand(path, passwords, spool)

    monkeypatch.setattr(member_7z, "_expand", counting)
    told = {attempt(path, MediaType.SEVENZIP, one.locator, "wrong") for one in members}
    assert len(told) == 1
    assert opened[path] == 1
    assert attempt(path, MediaType.SEVENZIP, members[3].locator, "sesame") == b"x"


def test_a_seven_zip_may_hide_its_list_of_files(tmp_path: Path) -> None:
    path = save(tmp_path, seven_zip(FILES, "sesame", hidden=True))
    for passwords in ((), ("wrong",)):
        with pytest.raises(UnreadableError, match="encrypted") as caught:
            list_members(path, MediaType.SEVENZIP, passwords)
        assert "--password-file" in caught.value.mend
    listed = list_members(path, MediaType.SEVENZIP, ("wrong", "sesame"))
    content = read_member(path, MediaType.SEVENZIP, listed.members[1].locator, ("sesame",))
    assert content == FILES[1][1]


# --- PDFs ------------------------------------------------------------------------------------


def portfolio(*files: tuple[str, bytes], note: bytes = b"") -> bytes:
    pdf = fpdf.FPDF()
    pdf.add_page()
    folder = Path(tempfile.mkdtemp())
    for name, content in files:
        pdf.embed_file(bytes=content, basename=name)
    if note:
        (folder / "n").write_bytes(note)
        pdf.file_attachment_annotation(folder / "n", 50, 50)
    return bytes(pdf.output())


def test_files_attached_to_a_pdf_are_members(tmp_path: Path) -> None:
    files = [("Budget ä.xlsx", b"PK\x03\x04 sheet"), ("letter.txt", b"Dear council,\n")]
    path = save(tmp_path, portfolio(*files, ("Thumbs.db", b"x")))
    listed = list_members(path, MediaType.PDF)
    assert sorted(names(listed)) == sorted(name for name, _ in files)
    assert listed.skipped_reason == "1 left by a file manager"
    assert dict(contents(path, MediaType.PDF)) == dict(files)


def test_a_file_attached_to_a_page_is_a_member(tmp_path: Path) -> None:
    path = save(tmp_path, portfolio(note=b"beside the text"))
    assert b"beside the text" in [content for _, content in contents(path, MediaType.PDF)]


def test_a_pdf_without_attached_files(tmp_path: Path) -> None:
    path = save(tmp_path, portfolio())
    assert list_members(path, MediaType.PDF) == MemberList(())
    for locator in ("0", "p0.0", "p9.0", "x", "p.1"):
        with pytest.raises(UnreadableError):
            read_member(path, MediaType.PDF, locator)


def test_a_pdf_that_is_encrypted_needs_the_password(tmp_path: Path) -> None:
    pdf = fpdf.FPDF()
    pdf.set_encryption("owner", "sesame")
    pdf.add_page()
    pdf.embed_file(save(tmp_path, b"inside", "a.txt"))
    path = save(tmp_path, bytes(pdf.output()))
    with pytest.raises(UnreadableError, match="encrypted") as caught:
        list_members(path, MediaType.PDF)
    assert "--password-file" in caught.value.mend
    (one,) = list_members(path, MediaType.PDF, ("wrong", "sesame")).members
    assert read_member(path, MediaType.PDF, one.locator, ("sesame",)) == b"inside"


# --- nesting and temporary files -------------------------------------------------------------


def nested() -> tuple[bytes, list[str]]:
    """Make a zip of a tar.gz of a PDF with a 7z attached, with an e-mail, with a zip, with a text.

    Return it and the names on the way.
    """
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "Ada Quill <ada@example.gov>"
    message["Date"] = "Tue, 03 Mar 2020 10:11:12 -0800"
    message["Subject"] = "The permits"
    message.set_content("See attached.\n")
    packed = zip_of([("box/deep.txt", b"the innermost text\n")])
    message.add_attachment(packed, maintype="application", subtype="zip", filename="box.zip")
    seven = seven_zip([("mail.eml", bytes(message)), ("other.txt", b"x")])
    tar = tar_of([("a.txt", b"x"), ("portfolio.pdf", portfolio(("mails.7z", seven)))])
    made = zip_of([("dump.tar.gz", gzip.compress(tar)), ("b.txt", b"x")])
    return made, ["dump.tar.gz", "portfolio.pdf", "mails.7z", "mail.eml", "box.zip", "box/deep.txt"]


def walk_down(path: str, way: list[str]) -> list[str]:
    locators: list[str] = []
    for name in way:
        with member_at(path, MediaType.ZIP, locators) as taken:
            media_type = detect_type(Path(taken).read_bytes()[:65_536], taken, name)
            found = {one.name: one for one in list_members(taken, media_type).members}
        locators.append(found[name].locator)
    return locators


def left_in(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file() and one.name != ".lock"]


def test_a_member_is_found_through_all_kinds(tmp_path: Path, temporary: Path) -> None:
    made, way = nested()
    path = save(tmp_path, made)
    locators = walk_down(path, way)
    with member_at(path, MediaType.ZIP, locators) as taken:
        assert Path(taken).read_bytes() == b"the innermost text\n"
        assert Path(taken).is_relative_to(temporary)
    assert len(left_in(temporary)) <= member_types.DEPTH + 1


@pytest.mark.parametrize("kind", ["tar.gz", "tar.xz", "7z"])
def test_an_archive_is_expanded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    files = [(f"{one}.txt", b"text %d" % one) for one in range(50)]
    path = save(tmp_path, zip_of([("inner", archive(kind, files)), ("other.txt", b"x")]))
    inner, other = (one.locator for one in list_members(path, MediaType.ZIP).members)
    made: Counter[str] = Counter()
    make = member_store._make

    def counting(path: str, write: Callable[[str], None]) -> None:
        made[os.path.basename(path)] += 1
        make(path, write)

    monkeypatch.setattr(member_store, "_make", counting)
    with member_at(path, MediaType.ZIP, [inner]) as taken:
        members = list_members(taken, KINDS[kind]).members
    for one in [*members, *reversed(members)]:
        with member_at(path, MediaType.ZIP, [inner, one.locator]) as taken:
            assert Path(taken).read_bytes() == dict(files)[one.name]
        with member_at(path, MediaType.ZIP, [other]):
            pass
    times = Counter(made.values())
    assert times == {1: 2, 2: 50, 100: 1}, "the inner archive and what it expands to, once"


CHILD = """
import os, sys
from recordsearch.records import MediaType
from recordsearch.sources.members import list_members, member_at
path = sys.argv[1]
one = list_members(path, MediaType.GZIP).members[0]
with member_at(path, MediaType.GZIP, [one.locator]) as taken:
    folder = os.path.dirname(taken)
    print(folder, *(os.stat(os.path.join(folder, name)).st_ino for name in os.listdir(folder)))
    sys.stdout.flush()
    if sys.argv[2] == "killed":
        os.kill(os.getpid(), 9)
"""


GRANDCHILD = """
import os, sys
from recordsearch.records import MediaType
from recordsearch.sources.members import member_at
with member_at(sys.argv[1], MediaType.ZIP, [sys.argv[2], "0"]) as taken:
    folder = os.path.dirname(taken)
    print(folder, *(os.stat(os.path.join(folder, name)).st_ino for name in os.listdir(folder)))
"""


def child(path: str, end: str, script: str = CHILD) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", script, path, end],
        env={**os.environ, "TMPDIR": tempfile.gettempdir()},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    return ran.stdout.split()


def test_processes_share_what_an_archive_expands_to(tmp_path: Path, temporary: Path) -> None:
    path = save(tmp_path, archive("tar.gz", FILES))
    locators = [one.locator for one in list_members(path, MediaType.GZIP).members]
    here = {str(one.stat().st_ino): one for one in left_in(temporary)}
    folder, *there = child(path, "ended")
    assert set(here) & set(there)
    assert not Path(folder).exists()
    with member_at(path, MediaType.GZIP, [locators[1]]) as taken:
        assert Path(taken).read_bytes() == FILES[1][1], "it lasts for those that are alive"


def test_what_workers_expand_is_kept_for_those_that_follow(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(member_store.KEEPER_VARIABLE, "put back when the test ends")
    monkeypatch.setattr(member_store, "_SHARED", 2)
    large = random.Random(7).randbytes(9 << 20)
    path = save(tmp_path, zip_of([("a.gz", gzip.compress(tar_of([("a.bin", large)]), 1))]))
    (inner,) = list_members(path, MediaType.ZIP).members
    member_store.keep_for_workers()
    for _ in range(2):
        folder, *made = child(path, inner.locator, GRANDCHILD)
        assert not Path(folder).exists()
        kept = {str(one.stat().st_ino) for one in left_in(temporary)}
        assert len(kept) == 2, "the inner archive and what it expands to"
        assert kept <= set(made)


def test_what_a_killed_process_was_making_is_made_again(tmp_path: Path, temporary: Path) -> None:
    path = save(tmp_path, archive("tar.gz", FILES))
    dead = temporary / "recordsearch-members-0"
    dead.mkdir()
    listed = list_members(path, MediaType.GZIP)
    (spool,) = left_in(temporary)
    spool.unlink()
    left = dead / f"{spool.name}.making"
    left.touch()
    assert list_members(path, MediaType.GZIP) == listed, "its maker was killed"
    assert not left.exists()


def test_temporary_files_lie_where_it_is_said_and_go(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, archive("tar.gz", FILES))
    (one, *_) = list_members(path, MediaType.GZIP).members
    before = left_in(temporary)
    said = tmp_path / "archive" / "members"
    monkeypatch.setenv(member_store.FOLDER_VARIABLE, "put back when the test ends")
    member_store.set_folder(str(said))
    with member_at(path, MediaType.GZIP, [one.locator]) as taken:
        assert Path(taken).is_relative_to(said)
    assert before
    assert list(temporary.iterdir()) == [], "what was elsewhere is not needed any more"
    killed = Path(child(path, "killed")[0])
    assert killed.is_relative_to(said)
    assert killed.exists()
    os.utime(killed, (1, 1))
    member_store.remove_leftovers()
    assert not killed.exists()
    folder = child(path, "ended")[0]
    assert Path(folder).parent == said
    assert not Path(folder).exists()
    member_store.set_folder(None)
    with member_at(path, MediaType.GZIP, [one.locator]) as taken:
        assert Path(taken).is_relative_to(temporary)
    assert list(said.iterdir()) == []


def test_nothing_is_left_of_what_was_taken_out(tmp_path: Path, temporary: Path) -> None:
    path = save(tmp_path, archive("tar.gz", FILES))
    (one, *_) = list_members(path, MediaType.GZIP).members
    said = tmp_path / "archive" / "members"
    with taking_out(str(said)):
        with member_at(path, MediaType.GZIP, [one.locator]) as taken:
            assert Path(taken).is_relative_to(said)
        assert said.exists()
    assert not said.exists()
    with member_at(path, MediaType.GZIP, [one.locator]) as taken:
        assert Path(taken).is_relative_to(temporary)


def test_what_is_taken_out_beside_another_process_leaves_that_ones_files(tmp_path: Path) -> None:
    path = save(tmp_path, archive("tar.gz", FILES))
    (one, *_) = list_members(path, MediaType.GZIP).members
    said = tmp_path / "archive" / "members"
    other = said / "recordsearch-members-new"
    other.mkdir(parents=True)
    killed = said / "recordsearch-members-old"
    killed.mkdir()
    os.utime(killed, (1, 1))
    with taking_out_beside(str(said)):
        with member_at(path, MediaType.GZIP, [one.locator]) as taken:
            assert Path(taken).is_relative_to(said)
        assert not killed.exists()
    assert list(said.iterdir()) == [other]
    other.rmdir()
    with taking_out_beside(str(said)):
        pass
    assert not said.exists()


def test_what_is_taken_out_lies_elsewhere_where_the_archive_cannot_be_written(
    tmp_path: Path, temporary: Path
) -> None:
    path = save(tmp_path, archive("tar.gz", FILES))
    (one, *_) = list_members(path, MediaType.GZIP).members
    (tmp_path / "archive").write_bytes(b"a file, so that no folder can be made in it")
    for folder in (str(tmp_path / "archive" / "members"), None):
        with (
            taking_out_beside(folder),
            member_at(path, MediaType.GZIP, [one.locator]) as taken,
        ):
            assert Path(taken).is_relative_to(temporary)
        assert left_in(temporary) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_is_nearly_full_is_told(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = save(tmp_path, archive(kind, FILES))
    (one, *_) = list_members(path, KINDS[kind]).members
    monkeypatch.setattr(member_store, "_folders", [])
    for left in temporary.iterdir():
        for file in left.iterdir():
            file.unlink()
    monkeypatch.setattr(member_spool, "_LOOKED_AT_DISK", 1)
    monkeypatch.setattr(member_spool, "KEPT_FREE", 1 << 60)
    full = pytest.raises(UnreadableError, match="nearly full")
    with full as caught, member_at(path, KINDS[kind], [one.locator]):
        pass
    assert "make room" in caught.value.mend
    assert left_in(temporary) == []


FULL = """
import resource, sys
from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources.members import list_members, member_at
path = sys.argv[1]
one = list_members(path, MediaType.ZIP).members[0]
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with member_at(path, MediaType.ZIP, [one.locator]):
        pass
except UnreadableError as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = save(tmp_path, zip_of([("a.txt", b"x" * 3_000_000)]))
    assert " ".join(child(path, "", FULL)).startswith("the member cannot be taken out: file too")


# --- anything at all -------------------------------------------------------------------------

FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SMALL: Files = [("a/one.txt", b"one" * 30), ("b.txt", b"two"), ("c.txt", bytes(range(100)))]
MADE = {kind: archive(kind, SMALL) for kind in KINDS}
MADE["gz"] = gzip.compress(b"one" * 100)
MADE["ZipCrypto"] = zip_crypto(b"sesame")
TYPES = {**KINDS, "gz": MediaType.GZIP, "ZipCrypto": MediaType.ZIP}


def read_all(content: bytes, media_type: MediaType) -> None:
    """List and read all; anything but a told problem fails the test."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        try:
            listed = list_members(file.name, media_type, ("sesame",))
        except UnreadableError:
            return
        for one in listed.members:
            attempt(file.name, media_type, one.locator, "sesame")


@pytest.mark.parametrize("kind", TYPES)
@settings(FUZZ, max_examples=80)
@given(data=st.data())
def test_a_damaged_archive_is_read_or_told(kind: str, data: st.DataObject) -> None:
    made = bytearray(MADE[kind])
    for _ in range(data.draw(st.integers(0, 6))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(made)) | st.just(len(made)))
    read_all(bytes(made[:end]), TYPES[kind])


CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4)


def changed(made: bytes, changes: list[tuple[int, int]]) -> bytes:
    content = bytearray(made)
    for place, value in changes:
        content[place % len(content)] = value
    return bytes(content)


@settings(FUZZ, max_examples=120)
@given(CHANGES)
def test_a_seven_zip_with_any_list_of_files_is_read_or_told(changes: list[tuple[int, int]]) -> None:
    made = seven_zip_with_header(SMALL, lambda header: changed(header, changes))
    read_all(made, MediaType.SEVENZIP)


@settings(FUZZ, max_examples=120)
@given(CHANGES)
def test_a_tar_archive_with_any_header_is_read_or_told(changes: list[tuple[int, int]]) -> None:
    made = changed(tar_of(SMALL, tarfile.PAX_FORMAT), changes)
    read_all(with_checksums(made), MediaType.TAR)


@pytest.mark.parametrize("media_type", sorted(set(TYPES.values())))
@settings(FUZZ, max_examples=60)
@given(content=st.binary(max_size=2_000))
def test_any_bytes_are_read_or_told(media_type: MediaType, content: bytes) -> None:
    read_all(content, media_type)


@settings(FUZZ, max_examples=80)
@given(st.lists(st.builds(
    Raw, st.binary(max_size=20), st.binary(max_size=50), st.sampled_from([0, 8, 12, 14, 99]),
    st.integers(0, 65_535), st.none() | st.integers(0, 2**32 - 1), st.binary(max_size=30),
    st.integers(0, 2**32 - 1), st.none(), st.none() | st.integers(0, 2**32 - 1),
), max_size=5))  # fmt: skip
def test_zip_files_with_any_claim_are_read_or_told(raws: list[Raw]) -> None:
    read_all(raw_zip(raws), MediaType.ZIP)

"""Hostile archives through the command line: bounded and told, and what follows them is read."""

import bz2
import gzip
import io
import json
import lzma
import os
import random
import stat
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fpdf
import pytest
import pyzipper

from tests.archive_maker import (
    Raw,
    archive,
    overlapping_bomb,
    raw_zip,
    seven_zip,
    tar_of,
    with_name,
    zip_of,
)
from tests.conftest import program
from tests.quine_maker import zip_quine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders are others")

TEXT = "The towpath lamps of box {} are lit."
SESAME = "sesame"


def text(name: str) -> bytes:
    return TEXT.format(name).encode()


def flat_gzip_bomb() -> bytes:
    """Pack 1.2 GB of nothing, as streams one after the other."""
    return gzip.compress(bytes(12_000_000)) * 100


def nested_bomb(levels: int, width: int) -> bytes:
    content = zip_of([("end.txt", text("nestedbomb")), ("zeros.bin", bytes(1_000_000))])
    for _ in range(levels):
        content = zip_of([(f"{one}.zip", content) for one in range(width)])
    return content


def million_entries() -> bytes:
    """Name a file a million times, and another one once, in the list of a zip file."""
    entry = raw_zip([Raw(b"a.txt", text("million")), Raw(b"b.txt", text("millionth"))])
    begin = entry.index(b"PK\x01\x02")
    first, second, end = (
        entry[begin : begin + 51], entry[begin + 51 : begin + 102], bytearray(entry[-22:])
    )  # fmt: skip
    directory = second + first * 1_000_000
    end[8:12] = b"\xff" * 4
    end[12:16] = len(directory).to_bytes(4, "little")
    return entry[:begin] + directory + bytes(end)


def zip_links() -> bytes:
    return raw_zip(
        [
            Raw(b"link", b"../../../outside.txt", attributes=(stat.S_IFLNK | 0o777) << 16),
            Raw(b"link/below.txt", text("ziplinks")),
        ]
    )


def tar_links() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as opened:
        for name, kind, target in (
            ("link", tarfile.SYMTYPE, "/tmp"),  # noqa: S108 - it must lead out
            ("hard", tarfile.LNKTYPE, "../../outside.txt"),
            ("pipe", tarfile.FIFOTYPE, ""),
            ("disk", tarfile.BLKTYPE, ""),
            ("screen", tarfile.CHRTYPE, ""),
        ):
            header = tarfile.TarInfo(name)
            header.type, header.linkname = kind, target
            opened.addfile(header)
        header = tarfile.TarInfo("link/below.txt")
        header.size = len(text("tarlinks"))
        opened.addfile(header, io.BytesIO(text("tarlinks")))
    return made.getvalue()


def locked_zip(name: str) -> bytes:
    made = io.BytesIO()
    with pyzipper.AESZipFile(made, "w", zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as to:
        to.setpassword(SESAME.encode())
        to.writestr("a.txt", text(name))
    return made.getvalue()


def locked_pdf(name: str) -> bytes:
    made = fpdf.FPDF()
    made.set_encryption("owner", SESAME)
    made.add_page()
    made.set_font("helvetica", size=12)
    made.cell(text=TEXT.format(name))
    return bytes(made.output())


def truncated(kind: str) -> bytes:
    """Break an archive off behind its first file, which is whole."""
    noise = random.Random(7).randbytes(1_500_000)
    made = archive(kind, [("a.txt", text("cut" + kind.replace(".", ""))), ("noise.bin", noise)])
    return made[:1_200_000]


NAMES = {
    "up": "../../../../escaped.txt",
    "absolute": "/escaped.txt",
    "drive": "C:\\escaped.txt",
    "nul": "a\0b.txt",
    "control": "a\x1b]0;x\x07b\r\n.txt",
    "bidi": "\u202etxt.exe\u2066.txt",
}
CUT = ("zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "7z")
PACKED = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}

HOSTILE: dict[str, bytes] = {
    "flat.gz": flat_gzip_bomb(),
    "nested.zip": nested_bomb(levels=3, width=4),
    "overlapping.zip": overlapping_bomb(500, 1_000_000),
    "million.zip": million_entries(),
    "quine.zip": zip_quine(),
    "links.zip": zip_links(),
    "links.tar": tar_links(),
    "case.zip": zip_of([("a.txt", text("lower")), ("A.TXT", text("upper"))]),
    "locked.zip": locked_zip("lockedzip"),
    "locked.7z": seven_zip([("a.txt", text("lockedseven"))], SESAME),
    "hidden.7z": seven_zip([("a.txt", text("hiddenseven"))], SESAME, hidden=True),
    "locked.pdf": locked_pdf("lockedpdf"),
    "names.zip": zip_of([
        (f"{kind}-{name}.{kind}", with_name(kind, given))
        for kind in ("zip", "tar", "7z") for name, given in NAMES.items()
        if (kind, name) != ("tar", "nul")
    ]),
    **{f"cut.{kind}": truncated(kind) for kind in CUT},
    **{
        f"cut.txt.{kind}": pack(random.Random(7).randbytes(100_000))[:50_000]
        for kind, pack in PACKED.items()
    },
    "zz last.tar": tar_of([("a.txt", text("last"))]),
}  # fmt: skip


@dataclass(frozen=True)
class Indexed:
    """What ``index`` said, and what the archive says then; ``made`` are files outside it."""

    folder: Path
    status: int
    said: str
    problems: dict[str, str]
    made: list[str]

    def found(self, word: str) -> list[str]:
        return sorted(hit["file"] for hit in lines(self.folder, "search", "--json", word))


def lines(folder: Path, *arguments: str) -> list[Any]:
    ran = program(*arguments, folder=folder)
    assert "Traceback" not in ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def outside(folder: Path) -> list[str]:
    """Return the files of the test's folder and of the system's for temporary files."""
    found = [one for one in os.listdir("/tmp") if "recordsearch" in one or "escaped" in one]  # noqa: S108
    for at, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if (at, one) != (str(folder), "archive")]
        found += [os.path.join(at, name) for name in names]
    return sorted(found)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    folder = tmp_path_factory.mktemp("hostile")
    records = folder / "r"
    records.mkdir()
    for name, content in HOSTILE.items():
        (records / name).write_bytes(content)
    before = outside(folder)
    ran = program("--archive", "archive", "index", "r", folder=folder)
    made = sorted(set(outside(folder)) ^ set(before))
    (folder / "archive").rename(folder / ".recordsearch")
    problems: dict[str, str] = {}
    for one in lines(folder, "problems", "--json"):
        problems[one["file"]] = f"{problems.get(one['file'], '')}{one['stage']}: {one['cause']}\n"
    return Indexed(folder, ran.returncode, ran.stdout + ran.stderr, problems, made)


def test_the_run_ends_in_order_and_writes_nowhere_else(indexed: Indexed) -> None:
    assert indexed.status == 3
    assert "Traceback" not in indexed.said
    assert "\x1b" not in indexed.said
    assert indexed.made == []
    kept = {"catalogue.sqlite3", "index", "lock", "settings.json"}
    assert kept == set(os.listdir(indexed.folder / ".recordsearch")) - {
        "catalogue.sqlite3-wal", "catalogue.sqlite3-shm"
    }  # fmt: skip


def test_what_follows_is_read(indexed: Indexed) -> None:
    assert indexed.found("last") == ["zz last.tar!/a.txt"]


def test_bombs_expand_no_further_than_they_may(indexed: Indexed) -> None:
    assert "expands to more than 1,073,741,824 bytes" in indexed.problems["flat.gz!/flat"]
    assert "499 of its files overlap others" in indexed.problems["overlapping.zip"]
    assert len(indexed.found("nestedbomb")) == 1, "64 places of one document"
    assert indexed.found("millionth") == ["million.zip!/b.txt"]
    assert indexed.problems["million.zip"]


def test_a_file_that_holds_itself_is_read_once(indexed: Indexed) -> None:
    (told,) = (cause for file, cause in indexed.problems.items() if file.startswith("quine.zip!/"))
    assert "nested more than 8 deep" in told


def test_names_are_places_for_reading(indexed: Indexed) -> None:
    found = indexed.found("content")
    assert found
    assert not any(one for one in found if ".." in one or "\x1b" in one or "\u202e" in one)


def test_names_that_differ_in_case_alone_are_files_of_their_own(indexed: Indexed) -> None:
    assert indexed.found("lower") == ["case.zip!/a.txt"]
    assert indexed.found("upper") == ["case.zip!/A.TXT"]


def test_links_and_devices_are_counted_and_lead_nowhere(indexed: Indexed) -> None:
    assert indexed.found("ziplinks") == ["links.zip!/link/below.txt"]
    assert indexed.found("tarlinks") == ["links.tar!/link/below.txt"]
    assert "a link" in indexed.said
    assert "a device" in indexed.said


@pytest.mark.parametrize("kind", CUT)
def test_an_archive_that_breaks_off_gives_what_it_has(indexed: Indexed, kind: str) -> None:
    told = "".join(cause for file, cause in indexed.problems.items() if f"cut.{kind}" in file)
    assert "truncated or damaged" in told
    whole = indexed.found("cut" + kind.replace(".", ""))
    # The lists of zip and 7z stand at their ends.
    assert bool(whole) == (kind not in ("zip", "7z"))


@pytest.mark.parametrize("kind", PACKED)
def test_a_packed_file_that_breaks_off_is_told(indexed: Indexed, kind: str) -> None:
    told = "".join(cause for file, cause in indexed.problems.items() if f"cut.txt.{kind}" in file)
    assert "truncated or damaged" in told


def test_what_is_encrypted_needs_its_password(indexed: Indexed) -> None:
    locked = ["locked.zip!/a.txt", "locked.7z!/a.txt", "hidden.7z", "locked.pdf"]
    assert [indexed.problems[one].split(":")[0] for one in locked] == ["unlock"] * 4
    words = ("lockedzip", "lockedseven", "hiddenseven", "lockedpdf")
    assert [indexed.found(word) for word in words] == [[]] * 4
    (indexed.folder / "words").write_text(f"wrong\n{SESAME}\n")
    ran = program("index", "--password-file", "words", "r", folder=indexed.folder)
    assert "encrypted" not in ran.stderr
    assert [len(indexed.found(word)) for word in words] == [1] * 4

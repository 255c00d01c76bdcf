"""Hostile files through the command line: each is accounted for, and nothing is left behind."""

import os
import struct
import sys
import zlib
from pathlib import Path

import fpdf
import pytest

from tests.archive_maker import overlapping_bomb
from tests.benchmarks.hostile_run import HostileRun, index_hostile

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


def pdf_of(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Put objects, numbered from 1, the first of them the catalogue, together to a PDF."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )


def one_page(entries: bytes, content: bytes, coding: bytes = b"") -> bytes:
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R %s /Contents 4 0 R /Resources << /Font << /F << /Type /Font"
        b" /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>" % entries,
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), coding, content),
    )


def png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        )

    header = struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def encrypted_pdf() -> bytes:
    made = fpdf.FPDF()
    made.set_encryption("owner", "sesame")
    made.add_page()
    return bytes(made.output())


def nested_mail(levels: int) -> bytes:
    lines = [b"From: a@example.gov", b"Subject: nested", b"MIME-Version: 1.0"]
    for level in range(levels):
        lines += [b'Content-Type: multipart/mixed; boundary="b%d"' % level, b"", b"--b%d" % level]
    return b"\n".join([*lines, b"Content-Type: text/plain", b"", b"the end", b""])


BOX = b"/MediaBox [0 0 612 792]"
SHOWN = b"BT /F 12 Tf 72 700 Td (The towpath lamps) Tj ET"

HOSTILE: dict[str, bytes] = {
    "pages that hold themselves.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 2000000000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    ),
    "a table before itself.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        trailer=b"/Prev 9",
    ),
    "a bomb.pdf": one_page(BOX, zlib.compress(bytes(50_000_000), 9), b"/Filter /FlateDecode"),
    "deep.pdf": one_page(BOX + b" /Deep " + b"[" * 100_000 + b"]" * 100_000, SHOWN),
    "200 inches.pdf": one_page(b"/MediaBox [0 0 14400 14400] /UserUnit 75", SHOWN),
    "upside down.pdf": one_page(b"/MediaBox [612 792 nan -1e39]", SHOWN),
    "half.pdf": one_page(BOX, SHOWN)[:300],
    "locked.pdf": encrypted_pdf(),
    "empty.pdf": b"",
    "noise.pdf": bytes(range(256)) * 40,
    "huge.png": png_claiming(60_000, 60_000),
    "one line.txt": b"lamp \0\x1b[31m\xff " * 100_000,
    "deep.html": b"<div>" * 50_000 + b"a lamp",
    "nested.eml": nested_mail(3_000),
    "a bomb.zip": overlapping_bomb(200, 1_000_000),
    "font.ttf": b"\0\1\0\0 no record",
    ".DS_Store": b"\0\0\0\1Bud1",
    "good.txt": b"The towpath lamps are paid for.",
}
SKIPPED = 2


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "release"
    folder.mkdir()
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    (folder / os.fsdecode(b"n\xffo \x1b]0;text.txt")).write_bytes(b"The lamps were moved.")
    return folder


def test_hostile_files_are_accounted_for_and_nothing_is_left(hostile: Path) -> None:
    ran = index_hostile(hostile)
    assert ran.wrong == ()
    assert ran.status == 3
    assert ran.files == len(HOSTILE) + 1 == ran.documents + ran.unread + ran.skipped
    assert ran.skipped == SKIPPED
    assert ran.problems >= 8


def test_what_is_wrong_with_a_run_is_found(hostile: Path) -> None:
    ran: HostileRun = index_hostile(hostile, "--workers", "none")
    assert "the run ended with 2" in ran.wrong
    assert sum("not accounted for" in one for one in ran.wrong) == len(HOSTILE) + 1 - SKIPPED

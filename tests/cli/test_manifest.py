"""``recordsearch manifest``: every document with its hash and where it came from."""

import csv
import hashlib
import io
import json
import os
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest
from fpdf import FPDF

from tests.conftest import Run


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Jane Roe <roe@harbor.example>"
    message["To"] = "Ivo Limb <limb@harbor.example>"
    message["Date"] = "Thu, 02 Mar 2017 09:53:00 -0500"
    message["Subject"] = "Camera contract"
    message.set_content("The renewal is due on Friday.")
    message.add_attachment("zebra crossing counts\n", filename="counts.txt")
    return message


def stamped(numbers: list[int]) -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for number in numbers:
        pdf.add_page()
        pdf.multi_cell(0, 6, f"Page of the council's papers, the one numbered {number}.")
        pdf.text(150, 285, f"HARBOR-{number:06}")
    return bytes(pdf.output())


def release(folder: Path) -> Path:
    (folder / "box").mkdir(parents=True)
    (folder / "box" / "mail.eml").write_bytes(mail().as_bytes())
    (folder / "paper.pdf").write_bytes(stamped([41, 42, 43]))
    (folder / "note.txt").write_bytes(b"The vote is on Monday.\n")
    (folder / "copy.txt").write_bytes(b"The vote is on Monday.\n")
    (folder / "empty.pdf").write_bytes(b"")
    return folder


def test_every_document_is_listed_with_where_it_came_from(run: Run, tmp_path: Path) -> None:
    folder = release(tmp_path / "harbor")
    assert run("index", str(folder), "--ocr", "never").status == 3
    header, *lines = run("manifest").lines
    documents = {place["file"]: one for one in lines for place in one["locations"]}
    assert header["kind"] == "manifest"
    assert (header["documents"], header["unread"]) == (4, 1)

    paper = documents["paper.pdf"]
    content = (folder / "paper.pdf").read_bytes()
    assert (paper["sha256"], paper["size"]) == (sha256(content), len(content))
    assert (paper["media_type"], paper["pages"]) == ("application/pdf", 3)
    assert (paper["first_bates"], paper["last_bates"]) == ("HARBOR-000041", "HARBOR-000043")
    assert sum(one["pages"] for one in paper["read_by"]) == 3
    assert all(one["name"] and one["version"] for one in paper["read_by"])
    assert (paper["ocr"], paper["language"], paper["problems"]) == ("never", "eng", 0)
    assert paper["ingested"].endswith("+00:00")
    (place,) = paper["locations"]
    assert place["path"] == str(folder / "paper.pdf")
    assert (place["inside"], place["parent"], place["path_bytes"]) == ([], None, None)
    assert place["file_modified_ns"] == (folder / "paper.pdf").stat().st_mtime_ns

    assert documents["note.txt"] is documents["copy.txt"]
    assert len(documents["note.txt"]["locations"]) == 2

    member = documents["box/mail.eml!/counts.txt"]
    assert member["sha256"] == sha256(b"zebra crossing counts\n")
    (place,) = member["locations"]
    assert place["path"] == str(folder / "box" / "mail.eml")
    assert place["parent"] == documents["box/mail.eml"]["sha256"]
    assert place["inside"]

    unread = documents["empty.pdf"]
    assert unread["kind"] == "unread"
    assert "empty" in unread["cause"]


def test_a_manifest_proves_itself_and_is_the_same_each_time(run: Run, tmp_path: Path) -> None:
    run("index", str(release(tmp_path / "harbor")))
    written = run("manifest", "--output", "m.jsonl")
    assert written.status == 0
    assert written.out == ""
    first, rest = (tmp_path / "m.jsonl").read_bytes().split(b"\n", 1)
    header = json.loads(first)
    assert header["sha256"] == sha256(rest)
    assert header["sha256"] in written.err
    assert len(rest.splitlines()) == header["documents"] + header["unread"]
    printed = run("manifest")
    assert printed.out.split("\n", 1)[1].encode() == rest
    assert printed.lines[0]["sha256"] == header["sha256"]
    assert rest.isascii()


def test_a_release_is_listed_alone(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "shared.txt").write_text("The same in both.")
        (tmp_path / name / f"{name}.txt").write_text(f"Only in {name}.")
    run("index", "one", "two")
    header, *lines = run("manifest", "--release", "two").lines
    assert (header["release"], header["documents"]) == ("two", 2)
    places = [place for one in lines for place in one["locations"]]
    assert {(place["release"], place["file"]) for place in places} == {
        ("two", "shared.txt"),
        ("two", "two.txt"),
    }
    unknown = run("manifest", "--release", "tow")
    assert unknown.status == 2
    assert "did you mean two?" in unknown.err
    assert len(unknown.err.splitlines()) == 1


HOSTILE = [
    b"=1+1.txt",
    b"@SUM(A1).txt",
    b"-2+3.txt",
    b"+1.txt",
    b"\tcmd.txt",
    b"a\nb,\"c\".txt",
    b"red\x1b[31m.txt",
    "turned\u202efdp.txt".encode(),
    b"bad\xff\xfebytes.txt",
    b" =1.txt",
]  # fmt: skip


def test_hostile_names_do_no_harm(run: Run, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "r")
    os.mkdir(folder)
    for number, name in enumerate(HOSTILE):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"Paper number %d of the box.\n" % number)
    assert run("index", "r").status == 0
    printed = run("manifest")
    assert printed.out.isascii()
    keys = set()
    for line in printed.lines[1:]:
        (place,) = line["locations"]
        raw = bytes.fromhex(place["path_bytes"]) if place["path_bytes"] else place["path"].encode()
        keys.add(raw)
    assert keys == {os.path.join(folder, name) for name in HOSTILE}

    table = run("manifest", "--csv")
    assert "\x1b" not in table.out
    assert "\u202e" not in table.out
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert len(rows) == len(HOSTILE)
    names = {row["file"] for row in rows}
    assert {"'=1+1.txt", "'@SUM(A1).txt", "'-2+3.txt", "'+1.txt", "' =1.txt"} <= names
    assert "'\\tcmd.txt" in names
    assert 'a\\nb,"c".txt' in names
    for row in rows:
        for value in row.values():
            assert not value.lstrip().startswith(("=", "+", "-", "@"))
            assert not any(ord(letter) < 32 for letter in value)
    assert run("verify").status == 0


def test_csv_has_a_line_for_each_location(run: Run, tmp_path: Path) -> None:
    folder = release(tmp_path / "harbor")
    run("index", str(folder))
    assert run("manifest", "--csv", "--output", "m.csv").status == 0
    with open(tmp_path / "m.csv", newline="", encoding="utf-8") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    assert set(rows) == {
        "box/mail.eml", "box/mail.eml!/counts.txt", "paper.pdf", "note.txt", "copy.txt",
        "empty.pdf",
    }  # fmt: skip
    assert rows["note.txt"]["sha256"] == rows["copy.txt"]["sha256"]
    assert rows["box/mail.eml!/counts.txt"]["parent"] == rows["box/mail.eml"]["sha256"]
    assert rows["paper.pdf"]["last_bates"] == "HARBOR-000043"
    assert "empty" in rows["empty.pdf"]["cause"]
    assert rows["paper.pdf"]["cause"] == ""


def test_the_output_is_whole_or_as_before(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index", str(release(tmp_path / "harbor")))
    target = tmp_path / "m.jsonl"
    target.write_text("an earlier manifest")
    from recordsearch.workflows import manifest

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(manifest, "_fields", fail)
        assert run("manifest", "--output", "m.jsonl").status == 1
    assert target.read_text() == "an earlier manifest"
    assert sorted(os.listdir(tmp_path)) == [".recordsearch", "harbor", "m.jsonl"]
    assert run("manifest", "--output", "m.jsonl").status == 0
    assert stat.S_IMODE(target.stat().st_mode) & 0o400
    assert target.read_text().startswith('{"kind":"manifest"')


def test_records_are_never_written_to(run: Run, tmp_path: Path) -> None:
    folder = release(tmp_path / "harbor")
    run("index", str(folder))
    before = (folder / "note.txt").read_bytes()
    (tmp_path / "link").symlink_to(folder / "note.txt")
    for target in (str(folder / "note.txt"), "link"):
        ran = run("manifest", "--output", target)
        assert ran.status == 2
        assert "is one of the records" in ran.err
    assert (folder / "note.txt").read_bytes() == before
    catalogue = str(tmp_path / ".recordsearch" / "catalogue.sqlite3")
    assert run("manifest", "--output", catalogue).status == 2
    assert run("status").status == 0
    assert run("manifest", "--output", str(folder)).status == 2
    assert run("manifest", "--output", "nowhere/m.jsonl").status == 2


def test_a_long_list_is_fetched_a_part_at_a_time(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recordsearch.catalogue import custody

    run("index", str(release(tmp_path / "harbor")))
    whole = run("manifest").out.split("\n", 1)[1]
    monkeypatch.setattr(custody, "_ROWS_A_TURN", 1)
    assert run("manifest").out.split("\n", 1)[1] == whole
    assert len(list(csv.reader(io.StringIO(run("manifest", "--csv").out)))) == 1 + 6
    assert run("verify").out.startswith("5 of 6 files as they were read, 1 without a hash")

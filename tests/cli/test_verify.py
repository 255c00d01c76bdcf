"""``recordsearch verify``: what was tampered with is told, with status 3."""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from recordsearch.engines import engine
from recordsearch.sources import member_store
from tests.archive_maker import seven_zip
from tests.cli.test_manifest import mail, sha256, stamped
from tests.cli.test_terminal import ALLOWED, on_terminal
from tests.conftest import Ran, Run


@pytest.fixture
def harbor(run: Run, tmp_path: Path) -> Path:
    """Index a small release; return its folder."""
    folder = tmp_path / "harbor"
    (folder / "box").mkdir(parents=True)
    (folder / "box" / "mail.eml").write_bytes(mail().as_bytes())
    (folder / "paper.pdf").write_bytes(stamped([41, 42]))
    (folder / "note.txt").write_text("The vote is on Monday.\n")
    assert run("index", str(folder)).status == 0
    return folder


def differences(ran: Ran) -> list[tuple[str, str, str]]:
    return [(one["part"], one["finding"], one["file"]) for one in ran.lines[:-1]]


def flip_a_byte(path: Path) -> None:
    """Change a byte and nothing that a folder's listing shows."""
    before = path.stat()
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def catalogue(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder.parent / ".recordsearch" / "catalogue.sqlite3")


def test_what_is_as_it_was_read_differs_nowhere(run: Run, harbor: Path) -> None:
    ran = run("verify")
    assert ran.status == 0
    assert ran.out == "4 of 4 files as they were read. No difference.\n"
    (line,) = run("verify", "--json").lines
    assert (line["summary"]["there"], line["summary"]["differences"]) == (4, 0)
    run("manifest", "--output", "m.jsonl")
    assert run("verify", "m.jsonl").status == 0


def test_the_sample_release_is_sound(run: Run, sample_archives: dict[str, Path]) -> None:
    for folder in sample_archives.values():
        ran = run("--archive", str(folder), "verify", "--json")
        assert differences(ran) == []
        assert ran.status == 0


def test_a_byte_flipped_with_its_time_kept(run: Run, harbor: Path) -> None:
    before = sha256((harbor / "paper.pdf").read_bytes())
    run("manifest", "--output", "m.jsonl")
    flip_a_byte(harbor / "paper.pdf")
    for arguments in (("verify",), ("verify", "m.jsonl")):
        ran = run(*arguments, "--json")
        assert ran.status == 3
        assert differences(ran) == [("file", "changed", "paper.pdf")]
        assert ran.lines[0]["sha256"] == before
        assert sha256((harbor / "paper.pdf").read_bytes()) in ran.lines[0]["cause"]
    quick = run("verify", "--quick")
    assert quick.status == 0, "size and time are as they were"
    assert "not the bytes" in quick.out


def test_files_missing_changed_and_touched(run: Run, harbor: Path) -> None:
    (harbor / "note.txt").unlink()
    with open(harbor / "paper.pdf", "ab") as file:
        file.write(b"\n%more")
    for arguments in (("verify", "--json"), ("verify", "--json", "--quick")):
        ran = run(*arguments)
        assert ran.status == 3
        found = {(finding, file) for _, finding, file in differences(ran)}
        assert found == {("missing", "note.txt"), ("changed", "paper.pdf")}
        assert all(one["cause"] and one["mend"] for one in ran.lines[:-1])
    mail_file = harbor / "box" / "mail.eml"
    os.utime(mail_file, ns=(0, 0))
    assert ("file", "changed", "box/mail.eml") in differences(run("verify", "--quick", "--json"))
    assert ("file", "changed", "box/mail.eml") not in differences(run("verify", "--json"))


def test_what_lies_in_a_container_is_taken_out_and_hashed(run: Run, harbor: Path) -> None:
    file = harbor / "box" / "mail.eml"
    other = mail()
    other.get_payload()[1].set_payload("zebra crossing COUNTS\n")  # type: ignore[union-attr, index]
    file.write_bytes(other.as_bytes())
    found = {(finding, name) for _, finding, name in differences(run("verify", "--json"))}
    assert ("changed", "box/mail.eml") in found
    assert ("changed", "box/mail.eml!/counts.txt") in found
    file.write_bytes(b"From: nobody@harbor.example\nSubject: nothing\n\nNothing attached.\n")
    found = {(finding, name) for _, finding, name in differences(run("verify", "--json"))}
    assert ("unreadable", "box/mail.eml!/counts.txt") in found
    file.unlink()
    found = {(finding, name) for _, finding, name in differences(run("verify", "--json"))}
    assert ("missing", "box/mail.eml!/counts.txt") in found


def test_what_lies_in_an_encrypted_container_needs_the_password(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(member_store, "_folders", [])
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "box.7z").write_bytes(seven_zip([("a.txt", b"The lamps.")], "sesame"))
    (tmp_path / "words").write_text("wrong\nsesame\n")
    assert run("index", "--password-file", "words", "r").status == 0
    seen = []
    take = member_store.own_folder

    @contextmanager
    def watched(base: str | None) -> Iterator[str]:
        with take(base) as folder:
            seen.append(Path(folder))
            yield folder

    monkeypatch.setattr(member_store, "own_folder", watched)
    ran = run("verify")
    assert ran.status == 3
    assert "box.7z!/a.txt" in ran.out
    assert "encrypted" in ran.out
    assert "(give its password with --password-file FILE)" in ran.out
    ran = run("verify", "--password-file", "words")
    assert (ran.status, ran.out) == (0, "2 of 2 files as they were read. No difference.\n")
    assert {folder.parent for folder in seen} == {tmp_path / ".recordsearch" / "temporary"}
    assert not (tmp_path / ".recordsearch" / "temporary").exists()
    assert list(temporary.iterdir()) == []
    assert run("verify", "--password-file", "nowhere").status == 2


def test_something_else_lies_where_a_file_was(run: Run, harbor: Path) -> None:
    (harbor / "note.txt").unlink()
    os.mkfifo(harbor / "note.txt")
    (harbor / "paper.pdf").unlink()
    (harbor / "paper.pdf").mkdir()
    found = {(finding, file) for _, finding, file in differences(run("verify", "--json"))}
    assert found == {("changed", "note.txt"), ("changed", "paper.pdf")}


def test_a_file_known_to_be_gone_is_no_difference(run: Run, harbor: Path) -> None:
    (harbor / "note.txt").unlink()
    assert run("index", str(harbor)).status == 0
    ran = run("verify")
    assert ran.status == 0
    assert "1 known to be gone" in ran.out
    assert [
        place["gone"] is None
        for one in run("manifest").lines[1:]
        for place in one["locations"]
        if place["file"] == "note.txt"
    ] == [False]


def test_a_release_is_verified_alone(run: Run, harbor: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.txt").write_text("Another paper.")
    run("index", "other")
    (harbor / "note.txt").unlink()
    assert run("verify", "--release", "other").status == 0
    assert run("verify", "--release", "harbor").status == 3
    assert run("verify", "--release", "harbour").status == 2
    run("manifest", "--output", "m.jsonl")
    assert run("verify", "m.jsonl", "--release", "other").status == 0
    assert run("verify", "m.jsonl", "--release", "harbor").status == 3
    assert run("verify", "m.jsonl", "--release", "harbour").status == 2


def test_a_manifest_that_was_edited_is_found_out(run: Run, harbor: Path, tmp_path: Path) -> None:
    run("manifest", "--output", "m.jsonl")
    path = tmp_path / "m.jsonl"
    whole = path.read_text()
    true = sha256((harbor / "note.txt").read_bytes())
    path.write_text(whole.replace(true, "0" * 64))
    found = differences(run("verify", "m.jsonl", "--json"))
    assert ("manifest", "changed", "") in found
    assert ("file", "changed", "note.txt") in found
    assert ("catalogue", "missing", "note.txt") in found
    path.write_text("".join(whole.splitlines(keepends=True)[:-1]))
    found = differences(run("verify", "m.jsonl", "--json"))
    assert found == [("manifest", "changed", "")] * 2, "its hash, and its number of lines"
    path.write_text(whole + "[[[[\n" + '{"kind":"document"}\n' + '{"kind":"unread"}\n')
    ran = run("verify", "m.jsonl", "--json")
    assert [one["finding"] for one in ran.lines[:-1]].count("damaged") == 3
    assert ran.status == 3


def test_a_manifest_needs_no_archive(run: Run, harbor: Path, tmp_path: Path) -> None:
    run("manifest", "--output", "m.jsonl")
    shutil.rmtree(tmp_path / ".recordsearch")
    ran = run("verify", "m.jsonl")
    assert ran.status == 0
    assert "files alone" in ran.err
    flip_a_byte(harbor / "note.txt")
    assert run("verify", "m.jsonl").status == 3
    assert run("verify").status == 2


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", b"sha256,size\n", b"\xff\xfe", b"[" * 100_000, b'{"kind":"manifest"}']
)
def test_what_is_no_manifest_is_wrong_usage(
    run: Run, harbor: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "m.jsonl").write_bytes(content)
    ran = run("verify", "m.jsonl")
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 1


def test_no_such_manifest(run: Run, harbor: Path) -> None:
    for name in ("nowhere.jsonl", str(harbor)):
        assert run("verify", name).status == 2


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_an_index_that_was_tampered_with(run: Run, harbor: Path, tmp_path: Path, name: str) -> None:
    assert run("reindex", "--engine", name).status == 0
    assert run("verify").status == 0
    index = tmp_path / ".recordsearch" / "index"
    (generation,) = (one for one in index.iterdir() if one.is_dir())
    with catalogue(harbor) as connection:
        (passage,) = connection.execute(
            "SELECT passage.id FROM passage JOIN location USING (document) WHERE file = 'note.txt'"
        ).fetchone()
    with engine(name).writer(str(generation)) as writer:
        writer.remove([passage])
        writer.commit()
    ran = run("verify", "--json")
    assert differences(ran) == [("index", "missing", "note.txt")]
    assert ran.status == 3
    from recordsearch.records import IndexEntry

    with engine(name).writer(str(generation)) as writer:
        writer.add([IndexEntry(one, "Slipped in.", 1, 1, {}) for one in (passage, 9_999)])
        writer.commit()
    assert differences(run("verify", "--json")) == [("index", "left over", "")]
    assert run("reindex").status == 0
    assert run("verify").status == 0


def test_fields_that_are_not_those_of_the_index(run: Run, harbor: Path) -> None:
    with catalogue(harbor) as connection:
        connection.execute("UPDATE location SET file = 'renamed.txt' WHERE file = 'note.txt'")
    connection.close()
    assert differences(run("verify", "--json")) == [("index", "outdated", "renamed.txt")]
    assert differences(run("verify", "--json", "--quick")) == []


def test_an_index_that_is_gone_or_of_something_else(run: Run, harbor: Path, tmp_path: Path) -> None:
    index = tmp_path / ".recordsearch" / "index"
    (generation,) = (one for one in index.iterdir() if one.is_dir())
    stamp = generation / "stamp.json"
    changed = json.loads(stamp.read_text()) | {"analyser_version": "another"}
    stamp.write_text(json.dumps(changed))
    ran = run("verify", "--json")
    assert differences(ran) == [("index", "damaged", "")]
    assert "analyser_version" in ran.lines[0]["cause"]
    shutil.rmtree(index)
    ran = run("verify", "--json")
    assert differences(ran) == [("index", "damaged", "")]
    assert "reindex" in ran.lines[0]["mend"]


@pytest.mark.parametrize(
    ("sql", "cause"),
    [
        ("DELETE FROM page WHERE number = 2", "1 of its 2 pages"),
        ("UPDATE page SET text = text || ' slipped in' WHERE number = 1", "does not begin where"),
        ('UPDATE passage SET "end" = 100000', "lie outside the text"),
    ],
)
def test_a_catalogue_that_contradicts_itself(run: Run, harbor: Path, sql: str, cause: str) -> None:
    with catalogue(harbor) as connection:
        connection.execute(sql)
    connection.close()
    ran = run("verify", "--json")
    assert ran.status == 3
    told = [one for one in ran.lines[:-1] if one["part"] == "catalogue" and cause in one["cause"]]
    assert told
    assert told[0]["file"]


def test_rows_that_name_what_is_not_there(run: Run, harbor: Path) -> None:
    with catalogue(harbor) as connection:
        connection.execute("UPDATE location SET release = 77 WHERE file = 'note.txt'")
    connection.close()
    causes = [one["cause"] for one in run("verify", "--json").lines[:-1]]
    assert any("names a release that is not there" in cause for cause in causes)


def test_a_damaged_catalogue_is_told(run: Run, harbor: Path, tmp_path: Path) -> None:
    connection = catalogue(harbor)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'passage'"
    ).fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with open(tmp_path / ".recordsearch" / "catalogue.sqlite3", "r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
    ran = run("verify", "--json")
    assert ran.status == 3
    assert {part for part, _, _ in differences(ran)} == {"catalogue"}
    assert "Traceback" not in ran.err


def test_an_archive_that_is_being_written_to(run: Run, harbor: Path, tmp_path: Path) -> None:
    with FileLock(tmp_path / ".recordsearch" / "lock"):
        ran = run("verify")
    assert ran.status == 0
    assert "another process writes to this archive" in ran.err
    assert ran.out.endswith("No difference; the index was not verified.\n")


def test_names_in_the_answer_steer_no_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    name = tmp_path / "r" / "red\x1b[31m\u202e\n.txt"
    name.write_text("A paper with a name that does harm.")
    run("index", "r")
    name.unlink()
    ran = run("verify")
    assert ran.status == 3
    assert len(ran.out.splitlines()) == 2
    assert "\\x1b[31m\\u202e\\n.txt" in ran.out


def test_documents_that_came_later_are_remarked_on(run: Run, harbor: Path, tmp_path: Path) -> None:
    run("manifest", "--output", "m.jsonl")
    (harbor / "later.txt").write_text("A paper that came later.")
    run("index", str(harbor))
    ran = run("verify", "m.jsonl")
    assert ran.status == 0
    assert "documents in the archive that the manifest does not list: 1" in ran.err


def test_on_a_terminal_differences_stand_above_the_progress(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    for number in range(3):
        (tmp_path / "r" / f"{number}\x1b]0;owned\x07.txt").write_text(f"Paper number {number}.")
    run("index", "r")
    (tmp_path / "r" / "1\x1b]0;owned\x07.txt").unlink()
    for command in (("verify",), ("verify", "--quick")):
        sent = on_terminal(tmp_path, *command, columns=200)
        assert b"missing     r/1\\x1b]0;owned\\x07.txt: the file is gone" in sent
        assert b"1 difference" in sent
        assert b"\x1b" not in ALLOWED.sub(b"", sent)

"""A user takes documents out of the archive; files are never touched."""

from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "release"
    folder.mkdir()
    for name, text in (("a.txt", "zebra ledger"), ("b.txt", "walrus ledger")):
        (folder / name).write_text(text)
    (folder / "twin.txt").write_text("zebra ledger")
    assert run("index", str(folder)).status == 0
    return folder


def files(run: Run, query: str) -> set[str]:
    return {hit["file"] for hit in run("search", "--json", query).lines}


def test_a_file_that_is_gone_stays_until_it_is_forgotten(run: Run, folder: Path) -> None:
    (folder / "b.txt").unlink()
    ran = run("index", str(folder))
    assert ran.status == 0
    assert "1 file is gone from the disk" in ran.err
    assert "recordsearch forget --gone" in ran.err
    assert files(run, "walrus") == {"b.txt"}
    asked = run("forget", "--gone")
    assert asked.status == 2
    assert "1 file with 1 document and 1 page" in asked.err
    assert run("forget", "--gone", "--yes").status == 0
    assert files(run, "walrus") == set()
    assert files(run, "zebra") == {"a.txt"}
    assert run("status", "--json").lines[0]["documents"] == 1
    assert run("forget", "--gone", "--yes").out == "Nothing to forget.\n"


def test_a_file_that_comes_back_is_gone_no_more(run: Run, folder: Path) -> None:
    text = (folder / "b.txt").read_text()
    (folder / "b.txt").rename(folder.parent / "b.txt")
    run("index", str(folder))
    (folder.parent / "b.txt").rename(folder / "b.txt")
    assert "gone" not in run("index", str(folder)).err
    assert run("forget", "--gone", "--yes").out == "Nothing to forget.\n"
    assert (folder / "b.txt").read_text() == text


def test_a_document_is_forgotten_at_all_its_places(run: Run, folder: Path) -> None:
    ran = run("forget", "twin.txt", "--yes")
    assert ran.status == 0
    assert "2 files with 1 document" in ran.out
    assert files(run, "zebra") == set()
    assert (folder / "a.txt").exists()
    again = run("index", str(folder))
    assert again.status == 0
    assert files(run, "zebra"), "it is still on the disk, and was read again"


def test_a_release_is_forgotten(run: Run, folder: Path) -> None:
    other = folder.parent / "other"
    other.mkdir()
    (other / "c.txt").write_text("walrus ledger")
    assert run("index", str(other)).status == 0
    assert run("forget", "--release", "release", "--yes").status == 0
    assert files(run, "ledger") == {"c.txt"}
    assert run("status", "--json").lines[0]["releases"] == 1
    unknown = run("forget", "--release", "release", "--yes")
    assert unknown.status == 2
    assert "no release 'release'" in unknown.err


def test_what_to_forget_must_be_said(run: Run, folder: Path) -> None:
    ran = run("forget")
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 1

"""The walk: everything once, in order, and a reason for whatever it passes over."""

import os
from pathlib import Path

from recordsearch.records import SourceFile
from recordsearch.sources.walk import Litter, PassedOver, release_name, walk


def names(folder: Path, leave_out: str = "/nowhere") -> list[str]:
    found = walk(str(folder), "r", leave_out)
    return [one.name for one in found if isinstance(one, SourceFile)]


def passed_over(folder: Path) -> list[PassedOver]:
    return [one for one in walk(str(folder), "r", "/nowhere") if isinstance(one, PassedOver)]


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert names(tmp_path) == ["b.txt", "c.txt", "a/z.txt", "a/b/c.txt"]


def test_size_and_time_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("four")
    os.utime(path, ns=(1, 2_000_000_007))
    (found,) = walk(str(path), "r", "/nowhere")
    assert found == SourceFile(str(path), "a.txt", "r", 4, 2_000_000_007)


def test_a_loop_of_links_ends_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("x")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == ["a/one.txt"]
    (told,) = passed_over(tmp_path)
    assert told.name == "a/again"
    assert "read once" in told.cause
    assert not told.recorded


def test_a_link_to_itself_and_a_dead_link_are_problems(tmp_path: Path) -> None:
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "dead").symlink_to(tmp_path / "nothing")
    assert [(one.name, one.recorded) for one in passed_over(tmp_path)] == [
        ("dead", True),
        ("self", True),
    ]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (told,) = passed_over(tmp_path)
    assert told.cause == "the folder is empty"


def test_a_pipe_is_a_problem_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (told,) = passed_over(tmp_path)
    assert told.recorded
    assert "regular file" in told.cause


def test_the_archive_is_left_out_and_litter_is_counted(tmp_path: Path) -> None:
    archive = tmp_path / ".recordsearch"
    archive.mkdir()
    (archive / "catalogue.sqlite3").write_text("x")
    (tmp_path / ".DS_Store").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    found = list(walk(str(tmp_path), "r", str(archive)))
    assert [type(one) for one in found] == [Litter, SourceFile]


def test_a_name_that_is_no_text_is_kept(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(raw)).write_text("x")
    (found,) = walk(str(tmp_path), "r", "/nowhere")
    assert isinstance(found, SourceFile)
    assert os.fsencode(found.path) == raw


def test_deep_folders_are_no_matter(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("x")
    assert len(names(tmp_path)) == 1


def test_a_release_is_named_after_its_folder_or_file() -> None:
    assert release_name("/data/FOIA 2018/") == "FOIA 2018"
    assert release_name("/data/letter.pdf") == "letter.pdf"


def test_an_archive_is_never_taken_for_records(tmp_path: Path) -> None:
    for name in ("other", ".recordsearch"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "catalogue.sqlite3").write_text("x")
    (tmp_path / "a.txt").write_text("x")
    assert names(tmp_path) == ["a.txt"]
    assert names(tmp_path / ".recordsearch") == []
    (told,) = passed_over(tmp_path / ".recordsearch")
    assert "archive" in told.cause


def test_a_folder_is_no_litter_for_its_name(tmp_path: Path) -> None:
    (tmp_path / "._box").mkdir()
    (tmp_path / "._box" / "a.txt").write_text("x")
    (tmp_path / "._a.txt").write_text("x")
    assert names(tmp_path) == ["._box/a.txt"]

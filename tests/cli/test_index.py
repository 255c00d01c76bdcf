"""``recordsearch index``: what is read, what is skipped, and what bad input becomes."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

SAMPLE_DOCS = Path(__file__).resolve().parents[2] / "sample_docs"
LETTER = SAMPLE_DOCS / "letters" / "coalition_letter.pdf"


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def found(run, query: str) -> list[str]:
    return [hit["file"] for hit in run("search", "--json", "--limit", "100", query).lines]


def test_all_was_read(run, tmp_path: Path) -> None:
    write(tmp_path / "r" / "a.txt", "The council met about cameras.")
    write(tmp_path / "r" / "b.html", "<html><body><p>Dogs &amp; <b>cameras</b></p></body></html>")
    ran = run("index", "r")
    assert ran.status == 0
    assert "Documents  2" in ran.out
    assert "Problems   0" in ran.out
    assert ran.err == ""
    assert sorted(found(run, "cameras")) == ["a.txt", "b.html"]


def test_the_type_is_told_by_content(run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    shutil.copy(LETTER, tmp_path / "r" / "letter.txt")
    write(tmp_path / "r" / "note.pdf", "A plain note about recognition.")
    assert run("index", "r").status == 0
    assert set(found(run, "recognition")) == {"letter.txt", "note.pdf"}
    (page,) = run("search", "--json", "--limit", "1", "file:letter page:3").lines
    assert page["last_page"] == 3


def test_bad_files_are_problems_and_the_run_goes_on(run, tmp_path: Path) -> None:
    folder = tmp_path / "r"
    letter = LETTER.read_bytes()
    write(folder / "empty.pdf", b"")
    write(folder / "half.pdf", letter[: len(letter) // 3])
    write(folder / "locked.pdf", encrypted_pdf())
    write(folder / "sheet.xls.pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (folder / "dead.pdf").symlink_to(folder / "nothing")
    write(folder / "good.txt", "Something worth finding.")
    ran = run("index", "r")
    assert ran.status == 3
    assert "Traceback" not in ran.err
    problems = {one["file"]: one for one in run("problems", "--json").lines}
    assert set(problems) == {"empty.pdf", "half.pdf", "locked.pdf", "sheet.xls.pdf", "dead.pdf"}
    for file, word in (
        ("empty.pdf", "empty"),
        ("locked.pdf", "password"),
        ("sheet.xls.pdf", "Office"),
        ("dead.pdf", "link"),
    ):
        assert word in problems[file]["cause"]
        assert problems[file]["mend"]
    for line in ran.err.splitlines():
        assert line.startswith("problem: ")
    assert len(ran.err.splitlines()) == 5
    assert found(run, "worth finding") == ["good.txt"]


def encrypted_pdf() -> bytes:
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password="user")  # noqa: S106 - a test's
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.cell(text="nobody may read this")
    return bytes(pdf.output())


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_is_tried_again(run, tmp_path: Path) -> None:
    path = write(tmp_path / "r" / "a.txt", "a secret")
    path.chmod(0)
    assert run("index", "r").status == 3
    assert "cannot be opened" in run("problems", "--json").lines[0]["cause"]
    path.chmod(0o600)
    assert run("index", "r").status == 0
    assert found(run, "secret") == ["a.txt"]


def test_missing_paths(run, tmp_path: Path) -> None:
    nothing = run("index", "nowhere")
    assert nothing.status == 2
    assert nothing.err.splitlines() == [
        "recordsearch: no such file or folder: nowhere (check the spelling)"
    ]
    assert not (tmp_path / ".recordsearch").exists()
    write(tmp_path / "a.txt", "here")
    some = run("index", "nowhere", "a.txt")
    assert some.status == 3
    assert "no such file or folder: nowhere" in some.err
    assert found(run, "here") == ["a.txt"]


def test_an_empty_folder_and_a_loop_are_a_line_each(run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "loop" / "a.txt", "once")
    (tmp_path / "loop" / "again").symlink_to(tmp_path / "loop", target_is_directory=True)
    ran = run("index", "empty", "loop")
    assert ran.status == 0
    empty, loop = ran.err.splitlines()
    assert "empty" in empty
    assert "read once" in loop
    assert found(run, "once") == ["a.txt"]


def test_unchanged_files_are_not_read_again(run, tmp_path: Path) -> None:
    path = write(tmp_path / "r" / "a.txt", "the first words")
    bad = write(tmp_path / "r" / "bad.pdf", b"")
    assert run("index", "r").status == 3
    before = path.stat()
    # Other words behind the same size and time: who reads the file again will see them.
    write(path, "the other words")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    again = run("index", "r")
    assert again.status == 3
    assert "Documents  0 (files: 2 unchanged)" in again.out
    assert "Problems   1" in again.out
    assert found(run, "first") == ["a.txt"]
    assert found(run, "other") == []
    bad.unlink()


def test_a_changed_file_replaces_its_text(run, tmp_path: Path) -> None:
    path = write(tmp_path / "r" / "a.txt", "the first words")
    run("index", "r")
    write(path, "altogether other words")
    assert run("index", "r").status == 0
    assert found(run, "first") == []
    assert found(run, "other") == ["a.txt"]
    assert run("status", "--json").lines[0]["documents"] == 1


def test_the_same_content_is_one_document_with_its_places(run, tmp_path: Path) -> None:
    write(tmp_path / "r" / "a.txt", "the very same words")
    write(tmp_path / "r" / "copy" / "b.txt", "the very same words")
    ran = run("index", "r")
    assert "1 with the content of another" in ran.out
    assert found(run, "same") == ["a.txt"]
    assert found(run, "same file:copy") == ["copy/b.txt"], "cited by the place that was asked for"
    write(tmp_path / "s" / "c.txt", "the very same words")
    run("index", "s")
    (hit,) = run("search", "--json", "same release:s").lines
    assert (hit["release"], hit["file"]) == ("s", "c.txt")
    assert run("status", "--json").lines[0]["documents"] == 1


def test_other_choices_read_a_file_again(run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    shutil.copy(SAMPLE_DOCS / "fax" / "port_merrin_request.tif", tmp_path / "r")
    never = run("index", "--ocr", "never", "r")
    assert never.status == 3
    assert found(run, "recognition") == []
    assert len(run("problems", "--json").lines) == 2
    assert "auto" in run("problems", "--json").lines[0]["mend"]
    assert run("index", "r").status == 3
    auto = run("index", "--ocr", "auto", "r")
    assert auto.status == 0
    assert found(run, "recognition")
    assert run("problems", "--json").lines == []


def test_a_language_without_a_model_is_wrong_usage(run, tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "words")
    ran = run("index", "--language", "tlh", "a.txt")
    assert ran.status == 2
    assert "tlh" in ran.err
    assert "eng" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_the_engine_of_an_archive_is_switched_by_reindex(run, tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "words to find")
    assert run("index", "--engine", "whoosh", "a.txt").status == 0
    assert run("status", "--json").lines[0]["engine"] == "whoosh"
    other = run("index", "--engine", "tantivy", "a.txt")
    assert other.status == 2
    assert "reindex --engine tantivy" in other.err
    assert run("reindex", "--engine", "tantivy").status == 0
    assert run("status", "--json").lines[0]["engine"] == "tantivy"
    assert found(run, "find") == ["a.txt"]


def test_an_index_that_is_gone_or_strange_is_mended(run, tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "words to find")
    run("index", "a.txt")
    shutil.rmtree(tmp_path / ".recordsearch" / "index")
    assert found(run, "find") == ["a.txt"]
    (stamp,) = (tmp_path / ".recordsearch" / "index").glob("*/stamp.json")
    stamp.write_text(stamp.read_text().replace("tantivy", "another"))
    ran = run("search", "find")
    assert "building the index" in ran.err
    assert "a.txt" in ran.out
    stamp = next((tmp_path / ".recordsearch" / "index").glob("*/stamp.json"))
    stamp.unlink()
    assert run("index", "a.txt").status == 0
    assert found(run, "find") == ["a.txt"]


def test_a_second_run_says_who_holds_the_archive(run, tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "words")
    run("index", "a.txt")
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\n"
            "from recordsearch.settings import Archive\n"
            "from recordsearch.wiring import writing_catalogue\n"
            "with writing_catalogue(Archive(sys.argv[1])):\n"
            "    print('held', flush=True)\n"
            "    sys.stdin.read()\n",
            str(tmp_path / ".recordsearch"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    started = time.monotonic()
    ran = run("index", "a.txt")
    assert ran.status == 1
    assert f"process {holder.pid}" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert time.monotonic() - started >= 1, "it waits briefly first"
    assert found(run, "words") == ["a.txt"], "searching goes on meanwhile"
    holder.communicate(b"")
    assert run("index", "a.txt").status == 0


def test_names_with_escape_sequences_do_not_reach_the_terminal(run, tmp_path: Path) -> None:
    write(tmp_path / "r" / "a\x1b[31mred\n.txt", "words \x1b]0;title\x07 to find")
    write(tmp_path / "r" / "b\x1b[31m.bin", bytes(range(256)))
    ran = run("index", "r")
    assert "\x1b" not in ran.err + ran.out
    for command in (["search", "find"], ["show", "1"], ["problems"], ["search", "--json", "find"]):
        assert "\x1b" not in run(*command).out
    assert "\\x1b[31mred\\n.txt" in run("search", "find").out


def test_a_name_that_is_no_text(run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/r/caf\xe9.txt")).write_text("words to find")
    assert run("index", "r").status == 0
    assert found(run, "find") == ["caf\\xe9.txt"]


def test_a_named_archive_is_never_strewn_among_records(run, tmp_path: Path) -> None:
    write(tmp_path / "r" / "a.txt", "words to find")
    before = sorted(os.listdir(tmp_path / "r"))
    assert run("--archive", "r", "index", "r").status == 0
    assert sorted(os.listdir(tmp_path / "r")) == sorted([*before, ".recordsearch"])
    assert run("--archive", "r", "index", "r").status == 0
    assert run("--archive", "r", "status", "--json").lines[0]["documents"] == 1
    assert run("--archive", "fresh/one", "index", "r").status == 0
    assert (tmp_path / "fresh" / "one" / "catalogue.sqlite3").exists()


def test_a_release_can_be_renamed(run, tmp_path: Path) -> None:
    write(tmp_path / "r" / "a.txt", "words to find")
    run("index", "r")
    assert found(run, "release:harbor") == []
    assert "1 unchanged" in run("index", "--release", "Harbor City", "r").out
    assert found(run, "release:harbor") == ["a.txt"]
    run("index", "r")
    assert found(run, "release:harbor") == ["a.txt"], "no option keeps what was chosen"


def test_a_run_goes_on_when_nobody_watches(tmp_path: Path) -> None:
    for number in range(300):
        write(tmp_path / "r" / f"{number}.txt", f"words of file {number}")
        write(tmp_path / "r" / f"{number}.bin", b"")
    command = f"{sys.executable} -m recordsearch index r 2>&1 | head -n 1"
    ran = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], cwd=tmp_path, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 3
    status = subprocess.run(
        [sys.executable, "-m", "recordsearch", "status", "--json"],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert '"documents": 300' in status.stdout


@pytest.mark.parametrize("output", [">/dev/full", ">&-"])
def test_output_that_cannot_be_written(tmp_path: Path, output: str) -> None:
    write(tmp_path / "a.txt", "words to find")
    program = f"{sys.executable} -m recordsearch"
    ran = subprocess.run(
        ["bash", "-c", f"{program} index a.txt && {program} search find {output}"],
        cwd=tmp_path, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in ran.stderr
    assert ran.returncode == (1 if "full" in output else 0)


def test_a_terminal_without_the_characters_gets_escapes(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "the café of words " * 40)
    for command in (["index", "a.txt"], ["search", "cafe"]):
        ran = subprocess.run(
            [sys.executable, "-m", "recordsearch", *command],
            cwd=tmp_path, check=False, capture_output=True, env={"PYTHONIOENCODING": "ascii"},
        )  # fmt: skip
        assert ran.returncode == 0
        assert b"Traceback" not in ran.stderr
    assert b"caf\\xe9" in ran.stdout


def test_a_stopped_run_leaves_a_trace(run, tmp_path: Path) -> None:
    write(tmp_path / "r" / "a.txt", "words to find")
    run("index", "r")
    assert "not finished" not in run("search", "find").out
    connection = sqlite3.connect(tmp_path / ".recordsearch" / "catalogue.sqlite3")
    with connection:
        connection.execute("INSERT INTO about VALUES ('unfinished run', 'yes')")
    connection.close()
    assert "The last run is not finished" in run("search", "find").out
    run("index", "r")
    assert "not finished" not in run("search", "find").out


def test_a_part_of_a_release_stays_a_part_of_it(run, tmp_path: Path) -> None:
    path = write(tmp_path / "r" / "box" / "a.txt", "words to find")
    run("index", "r")
    write(path, "other words to find")
    run("index", "r/box")
    (hit,) = run("search", "--json", "find").lines
    assert (hit["release"], hit["file"]) == ("r", "box/a.txt")


def test_a_document_without_a_word_is_listed(run, tmp_path: Path) -> None:
    write(tmp_path / "r" / "blank.txt", " \n \n")
    ran = run("index", "r")
    assert ran.status == 3
    (problem,) = run("problems", "--json").lines
    assert (problem["file"], problem["cause"]) == ("blank.txt", "no page shows any words")
    assert run("index", "r").status == 3
    assert len(run("problems", "--json").lines) == 1


def test_programs_and_fonts_are_counted_whatever_their_names(run, tmp_path: Path) -> None:
    release = tmp_path / "release"
    release.mkdir()
    (release / "report.pdf").write_bytes(b"\x7fELF" + bytes(200))
    (release / "typeface").write_bytes(b"OTTO" + bytes(200))
    (release / "memo.txt").write_text("The hearing is on Monday.")
    ran = run("index", str(release))
    assert ran.status == 0, ran.err
    assert "1 a program, 1 a font" in ran.out or "1 a font, 1 a program" in ran.out
    assert run("problems", "--json").lines == []
    # What takes the place of a record takes the record's text away.
    (release / "memo.txt").write_bytes(b"MZ" + bytes(300))
    assert run("index", str(release)).status == 0
    assert run("search", "--json", "hearing").lines == []

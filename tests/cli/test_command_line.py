"""The command line: help, errors of usage, pipes, and what each command may import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recordsearch.cli import COMMANDS, cli

README = Path(__file__).resolve().parents[2] / "README.md"


def modules_after(arguments: list[str], folder: Path) -> set[str]:
    """Run a command in a new process and return the modules that it has imported."""
    code = (
        "import json, sys\n"
        "before = set(sys.modules)\n"
        "from recordsearch.__main__ import run\n"
        f"run({arguments!r})\n"
        "sys.stderr.write(json.dumps(sorted(set(sys.modules) - before)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(json.loads(ran.stderr.splitlines()[-1]))


HEAVY = {
    "PIL", "Stemmer", "charset_normalizer", "concurrent.futures", "difflib", "email", "filelock",
    "hashlib", "logging", "multiprocessing", "numpy", "pathlib", "pdfminer", "pdfplumber", "pebble",
    "pypdfium2", "rich", "sqlite3", "tantivy", "tempfile", "tesserocr", "whoosh",
}  # fmt: skip


def test_help_imports_click_and_nothing_heavy(tmp_path: Path) -> None:
    imported = modules_after(["--help"], tmp_path)
    assert "click" in imported
    assert not imported & HEAVY
    assert not any(name.startswith("recordsearch.workflows") for name in imported)


def test_search_imports_its_engine_and_nothing_of_ingest(sample_archives: dict[str, Path]) -> None:
    imported = modules_after(["search", "face recognition"], sample_archives["tantivy"])
    assert imported & HEAVY <= {"tantivy", "sqlite3", "Stemmer"}
    assert not any(
        name.startswith(("recordsearch.extract", "recordsearch.executors", "recordsearch.sources"))
        for name in imported
    )


def test_every_command_is_documented() -> None:
    text = README.read_text(encoding="utf-8")
    for name, summary in COMMANDS.items():
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.get_short_help_str(200) == summary.rstrip(".") or (
            command.help or ""
        ).startswith(summary)
        assert f"recordsearch {name}" in text
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert option in text, f"{name} {option}"


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((README.parent / "pyproject.toml").read_text(encoding="utf-8"))
    text = README.read_text(encoding="utf-8").lower()
    reasons = text[text.index("## what it stands on") :]
    for dependency in project["project"]["dependencies"]:
        name = dependency.split(">")[0].split("=")[0].lower()
        assert name in reasons


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_of_every_command(run, name: str | None) -> None:
    ran = run(*([name] if name else []), "--help")
    assert ran.status == 0
    assert ran.out.startswith("Usage: recordsearch")


def test_wrong_usage_is_one_line_and_status_2(run) -> None:
    for arguments in (["frobnicate"], ["search"], ["index"], ["search", "--limit", "x", "a"]):
        assert run(*arguments).status == 2
    misspelt = run("search", "--jsn", "face")
    assert misspelt.status == 2
    assert "no such option: --jsn" in misspelt.err


@pytest.mark.parametrize("command", [["search", "a"], ["show", "1"], ["status"], ["problems"]])
def test_without_an_archive_the_way_to_one_is_shown(run, command: list[str]) -> None:
    ran = run(*command)
    assert ran.status == 2
    assert "recordsearch index PATH" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_an_error_in_a_query_points_at_its_place(run, sample_archives: dict[str, Path]) -> None:
    ran = run("--archive", str(sample_archives["tantivy"]), "search", 'face fiel:letter "x y"')
    assert ran.status == 2
    query, pointer, message = ran.err.splitlines()
    assert query.strip() == 'face fiel:letter "x y"'
    assert query[pointer.index("^") :].startswith("fiel")
    assert "file" in message


def test_a_word_may_begin_with_a_minus(run, sample_archives: dict[str, Path]) -> None:
    archive = str(sample_archives["tantivy"])
    with_it = run("--archive", archive, "search", "--json", "recognition", "camera").lines
    without = run("--archive", archive, "search", "--json", "recognition", "-camera").lines
    assert with_it
    assert without
    assert not {h["passage"] for h in with_it} & {h["passage"] for h in without}


@pytest.mark.parametrize("word", ["-hearing", "-photo", "-jj", "-archive"])
def test_any_word_may_be_excluded(run, sample_archives: dict[str, Path], word: str) -> None:
    ran = run("--archive", str(sample_archives["tantivy"]), "search", "recognition", word)
    assert ran.status == 0
    assert "Searched 25 pages" in ran.out


def test_a_closed_pipe_ends_quietly(sample_archives: dict[str, Path]) -> None:
    command = f"{sys.executable} -m recordsearch search --limit 1000 --json the | head -n 1"
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=sample_archives["tantivy"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["rank"] == 1


def test_the_archive_is_found_from_a_folder_below(
    run, sample_archives: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    below = sample_archives["tantivy"] / "a" / "b"
    below.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(below)
    assert run("status").status == 0
    monkeypatch.chdir("/")
    monkeypatch.setenv("RECORDSEARCH_ARCHIVE", str(below.parents[1]))
    assert run("status").status == 0

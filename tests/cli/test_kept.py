"""A user tags what he finds, and is told what is new to the searches that he has saved."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, program


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "harbor"
    folder.mkdir()
    (folder / "cranes.txt").write_text("The crane stood still.\fThe crane moved again.")
    (folder / "nets.txt").write_text("The nets were cleared.")
    assert run("index", str(folder)).status == 0
    return folder


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set what comes from the standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def files(run: Run, query: str) -> set[str]:
    return {hit["file"] for hit in run("search", "--json", query).lines}


def test_tags_are_found_by_a_query(run: Run, folder: Path) -> None:
    ran = run("tag", "cranes.txt:2", "nets.txt", "important", "--note", "ask the board")
    assert ran.status == 0
    assert ran.out == "2 places tagged important.\n"
    assert files(run, "tag:important") == {"cranes.txt", "nets.txt"}
    assert files(run, "tag:important crane") == {"cranes.txt"}
    assert files(run, "the -tag:important") == set()
    assert files(run, "tag:other") == set()
    listed = run("tags", "important").out
    assert "harbor/cranes.txt  p. 2  [1:2]" in listed
    assert listed.count("note: ask the board") == 2


def test_hits_of_a_search_are_tagged_and_untagged(
    run: Run, folder: Path, give: Callable[[str], None]
) -> None:
    give(run("search", "--json", "crane").out)
    assert run("tag", "-", "crane").status == 0
    assert files(run, "tag:crane") == {"cranes.txt"}
    places = run("tags", "crane", "--json")
    assert {line["hit"] for line in places.lines} == {
        f"p{hit['passage']}" for hit in run("search", "--json", "crane").lines
    }
    give(places.out)
    assert run("tag", "--remove", "-", "crane").status == 0
    assert run("tags").out.startswith("No tags.")
    give("")
    assert run("tag", "-", "crane").out == "No hits came from the standard input: nothing to do.\n"


def test_tags_stay_through_reindexing_refresh_and_forgetting(run: Run, folder: Path) -> None:
    (passage,) = {hit["passage"] for hit in run("search", "--json", "nets").lines}
    assert run("tag", f"p{passage}", "nets").status == 0
    assert run("reindex", "--engine", "whoosh").status == 0
    assert files(run, "tag:nets") == {"nets.txt"}
    assert run("forget", "nets.txt", "--yes").status == 0
    assert "not in the archive any more" in run("tags", "nets").out
    assert files(run, "tag:nets") == set()
    assert run("index", str(folder)).status == 0
    assert files(run, "tag:nets") == {"nets.txt"}
    assert run("tags", "nets", "--json").lines[0]["state"] == "same"


def test_what_a_user_wrote_cannot_steer_terminal_or_spreadsheet(run: Run, folder: Path) -> None:
    assert run("tag", "cranes.txt", "=1+1", "--note", '=HYPERLINK("x")\x1b[31m\u202e').status == 0
    assert "\x1b" not in run("tags", "=1+1").out
    assert "\\x1b" in run("tags", "=1+1").out
    rows = list(csv.reader(io.StringIO(run("tags", "--csv").out)))
    cells = dict(zip(rows[0], rows[1], strict=True))
    assert cells["tag"][0] == "'"
    assert cells["note"][0] == "'"
    refused = run("tag", "cranes.txt", "a\x1b[31m")
    assert refused.status == 2
    assert "\x1b" not in refused.err
    assert run("tags", "--json").lines == [{"tag": "=1+1", "places": 1, "documents": 1}]


@pytest.mark.parametrize(
    "arguments",
    [
        ["tag", "cranes.txt"],
        ["tag", "nowhere.txt", "x"],
        ["tag", "p99", "x"],
        ["tag", "--remove", "cranes.txt", "x"],
        ["tag", "--remove", "--note", "x", "cranes.txt", "x"],
        ["tags", "x"],
        ["tags", "--remove"],
        ["tags", "--remove", "x"],
        ["tags", "--json", "--csv"],
        ["saved", "x"],
        ["saved", "--remove"],
        ["saved", "--remove", "x"],
        ["news", "x"],
        ["save", "x"],
        ["save", "x", '"crane'],
        ["save", "", "crane"],
        ["save", "x", "--ayn", "crane"],
    ],
)
def test_wrong_usage_is_one_clear_line(run: Run, folder: Path, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert ran.err.splitlines()[-1].startswith(("recordsearch: ", "Error: "))
    assert not (Path(".recordsearch") / "kept.sqlite3").exists(), "nothing was kept"


def test_news_are_told_once(run: Run, folder: Path) -> None:
    assert run("save", "cranes", "crane", "-word").status == 0
    assert "0 new of 1 hit" in run("news").out
    (folder / "more.txt").write_text("A second crane was bought.")
    (folder / "other.txt").write_text("No word of a crane here.")
    assert run("index", str(folder)).status == 0
    (listed,) = run("saved", "--json").lines
    assert (listed["hits"], listed["new"], listed["query"]) == (2, 1, "crane -word")
    kept = run("news", "--keep", "--json").lines
    told = run("news", "--json").lines
    assert kept == told
    assert [(hit["saved"], hit["file"]) for hit in told] == [("cranes", "more.txt")]
    assert run("news", "--json").lines == []
    assert "2 hits, 0 new" in run("saved").out


def test_a_saved_search_can_be_run_and_removed(run: Run, folder: Path) -> None:
    assert run("save", "both", "--any", "nets", "moved").status == 0
    assert {hit["file"] for hit in run("saved", "both", "--json").lines} == {
        "cranes.txt",
        "nets.txt",
    }
    assert run("save", "both", "nets").status == 2
    assert run("save", "both", "nets", "--replace").status == 0
    assert "Removed both: nets" in run("saved", "--remove", "both").out
    assert run("saved").out.startswith("No searches are saved.")
    assert run("news").status == 0


def test_a_file_that_is_read_again_is_no_news(run: Run, folder: Path) -> None:
    assert run("save", "cranes", "crane").status == 0
    (folder / "cranes.txt").rename(folder / "moved.txt")
    assert run("index", "--language", "eng", "--ocr", "always", str(folder)).status == 0
    assert run("news", "--json").lines == []
    assert run("forget", "moved.txt", "--yes").status == 0
    assert run("index", str(folder)).status == 0
    assert run("news", "--json").lines == []


def test_news_that_are_not_shown_stay_news(run: Run, folder: Path) -> None:
    assert run("save", "all", "the").status == 0
    (folder / "a.txt").write_text("The dredger came back from the yard with a new pump.")
    (folder / "b.txt").write_text("Rent for the lower quay is due on the first of the month.")
    assert run("index", str(folder)).status == 0
    first = run("news", "--limit", "1").out
    assert "2 new of 4 hits" in first
    assert "the others stay new" in first
    (left,) = run("news", "--json").lines
    assert left["file"] not in first
    assert run("news", "--json").lines == []


def test_near_identical_news_are_shown_once_or_one_by_one(run: Run, folder: Path) -> None:
    assert run("save", "all", "the").status == 0
    text = "The crane stood still, and nobody on the quay could say why that was so. " * 10
    for number in range(3):
        (folder / f"more{number}.txt").write_text(f"{number} {text}")
    assert run("index", str(folder)).status == 0
    assert "and 2 near-identical" in run("news", "--keep").out
    assert len(run("news", "--unfold", "--json").lines) == 3
    assert run("news", "--json").lines == []


def test_a_word_may_begin_with_a_minus_and_help_tells_it(folder: Path, tmp_path: Path) -> None:
    saved = program("save", "x", "crane", "-h", folder=tmp_path)
    assert saved.returncode == 0, saved.stderr
    assert "crane -h" in saved.stdout
    lines = program("saved", "--json", folder=tmp_path).stdout.splitlines()
    assert [json.loads(line)["query"] for line in lines] == ["crane -h"]

"""What an answer says beside its hits: why nothing was found, why a hit ranks, what is similar."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture(params=["tantivy", "whoosh"])
def ask(request: pytest.FixtureRequest, run: Run, sample_archives: dict[str, Path]) -> Run:
    archive = str(sample_archives[request.param])

    def asked(*arguments: str):  # type: ignore[no-untyped-def]
        return run("--archive", archive, *arguments)

    return asked


def test_a_misspelt_word_is_named_with_what_was_meant(ask: Run) -> None:
    told = ask("search", "recogniton camera").out
    assert "No hits." in told
    assert "Nothing matches recogniton; did you mean recognition (" in told
    assert "camera (" not in told
    assert "These passages have most of it" in told
    assert "coverage" not in told
    assert "1 file not read at all" in told


def test_each_suggestion_finds_something(ask: Run) -> None:
    for word in ("recogniton", "camra", "retenton", "policee"):
        (line,) = [line for line in ask("search", word).out.splitlines() if "Nothing" in line]
        for found in line.partition("mean ")[2].rstrip("?").split(" or "):
            suggestion, _, count = found.partition(" (")
            exact = ask("search", "--json", "--unfold", "--limit", "500", f'"{suggestion}"').lines
            assert len(exact) == int(count.rstrip(")")), found


def test_words_that_never_stand_together_are_said_so(ask: Run) -> None:
    told = ask("search", "fax pharmacy* lantern quorum* camera").out
    assert "No hits." in told
    told = ask("search", "camera -police -camera").out
    assert "Without what the query excludes there are" in told


def test_the_parts_of_a_score_are_told(ask: Run) -> None:
    hits = ask("search", "--json", "--explain", "--limit", "3", "face^2 recognition -zebra").lines
    for hit in hits:
        explanation = hit["explanation"]
        shares = {share["part"]: share["score"] for share in explanation["shares"]}
        assert set(shares) == {"face^2", "recognition"}
        assert explanation["absent"] == []
        assert sum(shares.values()) + explanation["together"] == pytest.approx(
            hit["score"], rel=1e-3
        )
    told = ask("search", "--explain", "--any", "--limit", "1", "recognition xylophone").out
    assert "absent: xylophone" in told


def test_what_is_similar_is_not_the_thing_itself(ask: Run) -> None:
    first = ask("search", "--json", "--limit", "1", "face recognition").lines[0]
    for name in (f"p{first['passage']}", str(first["document"])):
        ran = ask("similar", name, "--json", "--limit", "5")
        assert ran.status == 0, ran.err
        assert ran.lines
        assert first["passage"] not in {hit["passage"] for hit in ran.lines}
        assert "looked for: " in ran.err
    assert ask("similar", "p999999").status == 2
    assert ask("similar", "no such file").status == 2


def test_a_timeline_counts_every_hit_once(ask: Run) -> None:
    hits = ask("search", "--json", "--unfold", "--limit", "500", "camera").lines
    rows = list(csv.DictReader(io.StringIO(ask("timeline", "--csv", "camera").out)))
    assert sum(int(row["hits"]) for row in rows) == len(hits)
    months = [row["period"] for row in rows if row["period"]]
    assert months == sorted(months)
    assert months[0] == "2017-03"
    assert "2017-04" in months, "a month without hits stands between those with some"
    days = list(csv.DictReader(io.StringIO(ask("timeline", "--by", "day", "--csv", "camera").out)))
    by_month: dict[str, int] = {}
    for row in days:
        by_month[row["period"][:7]] = by_month.get(row["period"][:7], 0) + int(row["hits"])
    assert {row["period"]: int(row["hits"]) for row in rows} == by_month
    assert "hits from 2017-03 to 2018-06" in ask("timeline", "camera").out
    assert ask("timeline", "nothing_at_all").out == "No hits.\n"


LIST = 'query\ncamera\n"face recognition"\nfrom:dunquist\nxylophone\n"never closed\ncamera\n'


def test_a_list_of_queries_counts_what_search_finds(ask: Run, tmp_path: Path) -> None:

    (tmp_path / "list.txt").write_text(LIST.partition("\n")[2])
    lines = ask("terms", "list.txt", "--json", "--cite", "2").lines
    assert [line["query"] for line in lines] == [
        "camera", '"face recognition"', "from:dunquist", "xylophone", '"never closed', "camera",
    ]  # fmt: skip
    for line in lines:
        if line["error"]:
            assert line["query"] == '"never closed'
            continue
        hits = ask("search", "--json", "--unfold", "--limit", "500", line["query"]).lines
        assert line["hits"] == len(hits)
        assert line["documents"] == len({hit["document"] for hit in hits})
        assert len(line["cited"]) == min(2, len(hits))
    told = ask("terms", "list.txt").out
    assert "6 queries, 1 without a hit, 1 that cannot be understood." in told


def test_the_first_column_of_a_csv_is_asked(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text('Term,who\ncamera,x\n"face OR facial",y\n,z\n')
    assert [line["query"] for line in ask("terms", "names.csv", "--json").lines] == [
        "camera", "face OR facial",
    ]  # fmt: skip
    for content in ("", "\n\n", "query\n"):
        (tmp_path / "names.csv").write_text(content)
        assert ask("terms", "names.csv").status == 2
    assert ask("terms", "missing.txt").status == 2
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9\n")
    assert "not UTF-8" in ask("terms", "latin.txt").err


def test_a_stopped_list_is_gone_on_with(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.txt").write_text("alpha beta gamma delta")
    assert run("index", "r").status == 0
    words = ["alpha", "beta", "gamma", "delta", "epsilon"]
    (tmp_path / "list.txt").write_text("\n".join(words))
    whole = tmp_path / "whole.csv"
    assert run("terms", "list.txt", "--output", "whole.csv").status == 0
    assert not list(tmp_path.glob("*.part*"))
    content = whole.read_text()
    lines = content.splitlines(keepends=True)
    # As a run leaves it that is stopped in the middle of the fourth row.
    part = tmp_path / "again.csv.part"

    def stop(name: str) -> None:
        part.write_text("".join(lines[:4]) + lines[4][: len(lines[4]) // 2])
        part.with_name("again.csv.part.for").write_text(name)

    stop("another question")
    ran = run("terms", "list.txt", "--output", "again.csv")
    assert "were done before" not in ran.err
    assert (tmp_path / "again.csv").read_text() == content
    # The question is that of the first run: let it begin, and fail at its end.
    (tmp_path / "again.csv").unlink()
    (tmp_path / "again.csv").mkdir()
    assert run("terms", "list.txt", "--output", "again.csv").status == 2
    (tmp_path / "again.csv").rmdir()
    question = json.dumps("")
    answers = part.with_name("again.csv.part.for")
    if answers.exists():
        question = answers.read_text()
    stop(question)
    ran = run("terms", "list.txt", "--output", "again.csv")
    assert ran.status == 0
    assert "2 were done before" in ran.err
    assert (tmp_path / "again.csv").read_text() == content

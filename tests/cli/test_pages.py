"""Pages by how they were read, and pages that are read again by another engine."""

from pathlib import Path

import pytest

from recordsearch.executors.serial import SerialExecutor
from recordsearch.extract.ocr_choice import Choice
from recordsearch.records import Adapter, Method, Page, Word
from recordsearch.workflows import units
from tests.conftest import Run


def test_the_worst_pages_come_first(run: Run, sample_archives: dict[str, Path]) -> None:
    archive = str(sample_archives["tantivy"])
    ran = run("--archive", archive, "pages", "--where", "conf:<100", "--json")
    assert len(ran.lines) == 12
    sure = [page["confidence"] for page in ran.lines]
    assert sure == sorted(sure)
    assert {page["method"] for page in ran.lines} == {"ocr"}
    fax = run("--archive", archive, "pages", "--where", "file:fax page:2..9", "--json").lines
    assert [(page["file"], page["page"]) for page in fax] == [("fax/port_merrin_request.tif", 2)]
    assert "No such pages" in run("--archive", archive, "pages", "--where", "method:none").out
    text = run("--archive", archive, "pages", "--where", "method:text release:sample").out
    assert text.splitlines()[-1] == "13 pages."


@pytest.mark.parametrize("where", ["conf:<x", "page:..", "method:fax", "is:good", "x", "conf:"])
def test_what_is_no_condition_is_one_line(
    run: Run, sample_archives: dict[str, Path], where: str
) -> None:
    ran = run("--archive", str(sample_archives["tantivy"]), "pages", "--where", where)
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 1
    assert "conf:<60" in ran.err


class SecondReader:
    """Reads a page again with a word that the first reading has not."""

    def __init__(self, *, better: bool) -> None:
        self._better = better

    def __call__(self, unit: units.WorkUnit) -> units.WorkResult:
        if not isinstance(unit, units.RereadUnit):
            return units.Worker()(unit)
        page = Page(
            number=unit.page.number,
            text="the okapi stands here in full",
            method=Method.OCR,
            adapter=Adapter("second", "1"),
            reason="read again",
            confidence=99.0,
            words=(Word("okapi", 1.0, 1.0, 9.0, 9.0, 99.0),),
        )
        return units.Reread(page, Choice(self._better, "it has more words that are right"))


@pytest.mark.parametrize("better", [True, False])
def test_the_better_reading_is_found_and_the_other_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, better: bool
) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.txt").write_text("zebra ledger\fwalrus ledger")
    assert run("index", "r").status == 0
    monkeypatch.setattr("recordsearch.extract.ocr_rapid.check_rapid", lambda language: None)
    reader = SecondReader(better=better)
    monkeypatch.setattr(
        "recordsearch.executors.pool.PoolExecutor", lambda *_, **__: SerialExecutor(reader)
    )
    ran = run("ocr", "a.txt:2")
    assert ran.status == 0, ran.err
    assert ("read better (" in ran.out) == better
    assert ran.out.splitlines()[-1] == f"{int(better)} of 1 page read better."
    assert len(run("search", "--json", "okapi").lines) == int(better)
    assert len(run("search", "--json", "walrus").lines) == int(not better)
    assert len(run("search", "--json", "zebra").lines) == 1
    assert "more words that are right" in run("show", "a.txt:2").out
    assert run("status", "--json").lines[0]["passages_pending"] == 0
    assert run("verify").status == 0


def test_pages_to_read_again_must_be_named(run: Run, sample_archives: dict[str, Path]) -> None:
    archive = str(sample_archives["tantivy"])
    assert run("--archive", archive, "ocr").status == 2
    assert run("--archive", archive, "ocr", "nothing.pdf:3").status == 2


def test_problems_come_worst_first(run: Run, sample_archives: dict[str, Path]) -> None:
    archive = str(sample_archives["tantivy"])
    problems = run("--archive", archive, "problems", "--json").lines
    pages = {
        (line["file"], line["page"]): line["confidence"] or 50.0
        for line in run("--archive", archive, "pages", "--json").lines
        if line["method"] != "none"
    }
    whole = [problem["page"] is None for problem in problems]
    assert whole == sorted(whole, reverse=True)
    told = [pages.get((one["file"], one["page"]), -1.0) for one in problems if one["page"]]
    assert told == sorted(told)

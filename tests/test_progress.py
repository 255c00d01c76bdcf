"""Progress where there is no terminal, and what the lines say."""

import io
import json
from dataclasses import replace

import pytest

from recordsearch.present.progress import PlainDisplay, progress_line, summary_lines
from recordsearch.present.run_log import RunLog
from recordsearch.records import Problem
from recordsearch.workflows.events import Notice, ProblemFound, Progress, Rebuilding, Summary
from recordsearch.workflows.rates import Rates

HALFWAY = Progress(files=20, files_found=40, pages=100, pages_known=100, pages_ocr=60, problems=1)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_line_comes_at_intervals_and_not_between() -> None:
    clock, written = Clock(), []
    display = PlainDisplay(written.append, clock)
    for second in range(0, 91, 5):
        clock.seconds = second
        display.update(HALFWAY)
    assert len(written) == 3
    assert all(line.endswith("\n") and "100 pages" in line for line in written)


def test_problems_and_notices_come_at_once() -> None:
    written: list[str] = []
    display = PlainDisplay(written.append, Clock())
    display.update(ProblemFound(Problem("a.pdf", 3, "ocr", "too faint", "scan it again")))
    display.update(Notice("x: the folder is empty"))
    assert written == [
        "problem: a.pdf, p. 3: too faint (scan it again)\n",
        "x: the folder is empty\n",
    ]


def test_rate_and_remaining_time() -> None:
    running = replace(HALFWAY, duplicates=2, rate=2.0, recent_rate=4.0, memory=310 << 20)
    assert progress_line(running) == (
        "20 of 40 files, 100 pages (60 by OCR), 2 copies, 1 problem,"
        " 2.0 pages/s (4.0 in the last minute), 25 s left, 310 MB"
    )
    assert "pages/s" not in progress_line(HALFWAY)
    assert progress_line(Rebuilding(5, 1000)) == "indexing: 5 of 1,000 passages"


def test_rates_are_those_of_the_whole_run_and_of_the_last_minute() -> None:
    clock = Clock()
    rates = Rates(clock)
    assert (rates.overall(), rates.recent()) == (0.0, 0.0)
    for second in range(1, 601):
        clock.seconds = second
        rates.look(second if second <= 300 else 300 + 5 * (second - 300))
    assert rates.overall() == 3.0
    assert rates.recent() == pytest.approx(5.0, rel=0.02)


def test_the_log_has_a_line_for_each_event_and_for_progress_now_and_then() -> None:
    clock, file = Clock(), io.StringIO()
    log = RunLog(file, clock)
    for second in range(0, 61, 5):
        clock.seconds = second
        log.update(replace(HALFWAY, rate=1 / 3))
    log.update(ProblemFound(Problem("a\x1b.pdf", 3, "ocr", "too faint", "scan it again")))
    log.update(Notice("x: the folder is empty"))
    lines = [json.loads(line) for line in file.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["progress"] * 3 + ["problem", "notice"]
    assert lines[0]["rate"] == 0.33
    assert lines[0]["seconds_left"] == 300
    assert lines[3]["file"] == "a\x1b.pdf"
    assert "\x1b" not in file.getvalue()
    assert lines[4]["message"] == "x: the folder is empty"


def test_the_summary_says_everything() -> None:
    summary = Summary(
        documents=3, unchanged=2, duplicates=1, skipped=(), pages=9, pages_text=4, pages_ocr=3,
        pages_blank=1, pages_none=1, passages=20, messages=0, letters=0, problems=2, stopped=True,
    )  # fmt: skip
    assert summary_lines(summary, 200) == [
        "Documents  3 (files: 2 unchanged, 1 with the content of another)",
        "Pages      9 (4 by text layer, 3 by OCR, 1 blank, 1 not read)",
        "Passages   20",
        "Problems   2 (list them: recordsearch problems)",
        "Time       3 min 20 s",
        "Stopped before the end: run the same command again to go on.",
    ]

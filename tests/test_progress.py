"""Progress where there is no terminal, and what the lines say."""

from recordsearch.present.progress import PlainDisplay, progress_line, summary_lines
from recordsearch.records import Problem
from recordsearch.workflows.events import Notice, ProblemFound, Progress, Rebuilding, Summary

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
    line = progress_line(HALFWAY, 50.0)
    assert line == ("20 of 40 files, 100 pages (60 by OCR), 1 problem, 2.0 pages/s, 50 s left")
    assert "pages/s" not in progress_line(HALFWAY, 1.0)
    assert progress_line(Rebuilding(5, 1000), 9.0) == "indexing: 5 of 1,000 passages"


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

"""How an ingest goes: a live line on a terminal, a plain line at intervals elsewhere.

All of it goes to standard error, so that standard output holds the summary alone.
"""

import os
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from recordsearch.present.console import make_console
from recordsearch.present.safe import safe_line
from recordsearch.present.words import by_method, duration, many, problem_line
from recordsearch.workflows.events import (
    Event,
    Notice,
    ProblemFound,
    Progress,
    Rebuilding,
    Relating,
    Summary,
)

if TYPE_CHECKING:
    from rich.progress import TaskID

_INTERVAL_SECONDS = 30.0


class PlainDisplay:
    """Problems as they come, and a line of progress every half minute."""

    def __init__(
        self,
        write: Callable[[str], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write = write or sys.stderr.write
        self._reader_is_gone = False
        self._clock = clock
        self._next = clock() + _INTERVAL_SECONDS

    def update(self, event: Event) -> None:
        """Take an event."""
        line = event_line(event)
        if isinstance(event, Progress | Rebuilding | Relating) and self._clock() >= self._next:
            self._next = self._clock() + _INTERVAL_SECONDS
            line = progress_line(event)
        if line is None or self._reader_is_gone:
            return
        try:
            self._write(line + "\n")
        except BrokenPipeError:
            # A run is not ended because nobody watches it any more.
            self._reader_is_gone = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        """Nothing to put back."""


class LiveDisplay:
    """A bar with rate and remaining time, below the problems as they come."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, SpinnerColumn, TextColumn
        from rich.progress import Progress as RichProgress

        self._bars = RichProgress(
            SpinnerColumn(),
            BarColumn(bar_width=24),
            TextColumn("{task.description}"),
            console=make_console(stderr=True),
            transient=True,
        )
        self._bar: TaskID | None = None

    def update(self, event: Event) -> None:
        """Take an event."""
        if (line := event_line(event)) is not None:
            from rich.text import Text

            style = "yellow" if isinstance(event, ProblemFound) else "dim"
            self._bars.console.print(Text(line, style=style), soft_wrap=True)
        elif isinstance(event, Progress | Rebuilding | Relating):
            self._show(event)

    def _show(self, event: Progress | Rebuilding | Relating) -> None:
        if self._bar is None:
            self._bar = self._bars.add_task("", total=None)
        text = progress_line(event)
        if isinstance(event, Rebuilding):
            done, total = event.passages, event.of
        elif isinstance(event, Relating):
            done, total = event.documents, event.of
        else:
            done, total = event.pages, round(event.pages_expected)
        self._bars.update(self._bar, description=text, completed=done, total=max(total, 1))

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()


def make_display() -> PlainDisplay | LiveDisplay:
    """Make the display that suits standard error."""
    return LiveDisplay() if sys.stderr.isatty() else PlainDisplay()


def event_line(event: Event) -> str | None:
    """Write an event that deserves a line of its own."""
    if isinstance(event, ProblemFound):
        return f"problem: {problem_line(event.problem)}"
    return safe_line(event.message) if isinstance(event, Notice) else None


def progress_line(event: Progress | Rebuilding | Relating) -> str:
    """Write how far a run is, its rates, the time that the pages left will take, its memory."""
    if isinstance(event, Rebuilding):
        return f"indexing: {event.passages:,} of {many(event.of, 'passage')}"
    if isinstance(event, Relating):
        return event.step + (f": {event.documents:,} of {event.of:,}" if event.of else "")
    parts = [
        f"{event.files:,} of {many(event.files_found, 'file')}",
        many(event.pages, "page") + (f" ({event.pages_ocr:,} by OCR)" if event.pages_ocr else ""),
    ]
    if event.duplicates:
        parts.append(many(event.duplicates, "copy", "copies"))
    if event.problems:
        parts.append(many(event.problems, "problem"))
    if event.rate and event.pages:
        parts.append(f"{event.rate:.1f} pages/s ({event.recent_rate:.1f} in the last minute)")
    if event.seconds_left is not None:
        parts.append(f"{duration(event.seconds_left)} left")
    if event.memory:
        parts.append(f"{event.memory >> 20:,} MB")
    return ", ".join(parts)


def _skipped(summary: Summary) -> str:
    """Write how many files are no records, and why."""
    total = sum(count for _, count in summary.skipped)
    reasons = ", ".join(f"{count:,} {safe_line(reason)}" for reason, count in summary.skipped)
    return f"{many(total, 'file')} that are no records ({reasons})"


def summary_lines(summary: Summary, seconds: float) -> list[str]:
    """Write what a run did."""
    beside = [
        f"{count:,} {name}"
        for count, name in (
            (summary.unchanged, "unchanged"),
            (summary.duplicates, "with the content of another"),
        )
        if count
    ]
    lines = [
        f"Documents  {summary.documents:,}" + (f" (files: {', '.join(beside)})" if beside else ""),
        f"Pages      {summary.pages:,}"
        + by_method(summary.pages_text, summary.pages_ocr, summary.pages_blank, summary.pages_none),
        f"Passages   {summary.passages:,}",
        *([f"Skipped    {_skipped(summary)}"] if summary.skipped else []),
        *([f"Messages   {summary.messages:,}, copies included"] if summary.messages else []),
        *([f"Letters    {summary.letters:,}"] if summary.letters else []),
        f"Problems   {summary.problems:,}"
        + (" (list them: recordsearch problems)" if summary.problems else ""),
        f"Time       {duration(seconds)}",
    ]
    if summary.stopped:
        lines.append("Stopped before the end: run the same command again to go on.")
    return lines

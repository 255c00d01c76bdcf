"""``recordsearch index``: read files and folders of records into the archive."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from recordsearch.cli.passwords import read_passwords
from recordsearch.engines import ENGINES
from recordsearch.errors import UsageError
from recordsearch.records import OcrMode

if TYPE_CHECKING:
    from recordsearch.workflows.events import Event

PROBLEMS_STATUS = 3
_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_LEAST_MEMORY = 256 << 20


@click.command("index")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--release", metavar="NAME", help="Name of the release. Default: each PATH's name.")
@click.option(
    "--ocr",
    type=click.Choice([mode.value for mode in OcrMode]),
    help="Read pages by OCR where the text layer fails (auto, the default), always, or never.",
)
@click.option(
    "--language",
    metavar="CODES",
    help="Languages of the scans, as Tesseract names them: eng (the default), eng+deu.",
)
@click.option(
    "--custodian",
    metavar="NAME",
    help="Whose mailbox the release is: the sender of its e-mails that show none.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="The engine of a new archive. Default: tantivy.",
)
@click.option("--workers", type=click.IntRange(1, 1024), help="Processes. Default: one a core.")
@click.option(
    "--timeout",
    type=click.FloatRange(1, 86_400),
    metavar="SECONDS",
    help="How long a few pages may take before they are given up. [300]",
)
@click.option(
    "--memory",
    metavar="SIZE",
    help="Most memory a process may take, such as 2G. Default: its share of three quarters of the"
    " machine's, 1 to 4 GB.",
)
@click.option(
    "--refresh",
    is_flag=True,
    help="Read again what an older version has read, and files of which pages were lost.",
)
@click.option(
    "--log",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Add problems, progress and the summary to FILE, as JSON Lines.",
)
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Passwords, one a line, tried in their order on files that need one.",
)
@click.pass_obj
def command(
    archive: str | None,
    paths: tuple[str, ...],
    release: str | None,
    ocr: str | None,
    language: str | None,
    custodian: str | None,
    engine: str | None,
    workers: int | None,
    timeout: float | None,
    memory: str | None,
    refresh: bool,
    log: str | None,
    password_file: str | None,
) -> int:
    """Read files and folders of records into the archive.

    Takes PDF, TIFF, PNG, JPEG, text, HTML, e-mails and mailboxes, whatever their names. Files that
    have not changed are not read again. A file that cannot be read is reported and does not stop
    the run.

    Exit status: 0 when all was read, 3 when there were problems, 2 for wrong usage, 1 when the
    run itself failed.
    """
    from recordsearch.present.progress import make_display, summary_lines
    from recordsearch.settings import Choices
    from recordsearch.wiring import UNIT_SECONDS, Job, ingest
    from recordsearch.workflows.events import Summary

    there = _existing(paths)
    choices = Choices(OcrMode(ocr) if ocr else None, language)
    if language and choices.ocr is not OcrMode.NEVER:
        from recordsearch.extract import check_language

        check_language(language)
    stopping = StopAsked()
    job = Job(
        paths=there,
        choices=choices,
        release=release,
        engine=engine,
        workers=workers,
        custodian=custodian,
        passwords=read_passwords(password_file),
        refresh=refresh,
        timeout=timeout or UNIT_SECONDS,
        memory=_bytes(memory) if memory else None,
    )
    started = time.monotonic()
    summary = None
    with stopping, make_display() as display, _logging(log) as note:
        for event in ingest(archive, job, stopping):
            display.update(event)
            note(event)
            if isinstance(event, Summary):
                summary = event
    if summary is None:  # the last event of a run is its summary
        raise RuntimeError("the run ended without a summary")
    try:
        for line in summary_lines(summary, time.monotonic() - started):
            click.echo(line)
    except BrokenPipeError:
        # Nobody reads it any more, but whether all was read is still told by the exit status.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if summary.stopped:
        return 128 + signal.SIGINT
    return PROBLEMS_STATUS if summary.problems or len(there) < len(paths) else 0


@contextmanager
def _logging(path: str | None) -> "Iterator[Callable[[Event], None]]":
    """Give what writes a run's events to a log, which is added to; without a path, to none.

    :raises UsageError: the log cannot be written to.
    """
    if path is None:
        yield lambda event: None
        return
    from recordsearch.present.run_log import RunLog

    try:
        file = open(path, "a", encoding="ascii")  # noqa: SIM115 - closed below
    except OSError as error:
        raise UsageError(
            f"cannot write to {path}: {(error.strerror or str(error)).lower()}",
            "name a file in a folder of yours",
        ) from error
    with file:
        yield RunLog(file).update


def _bytes(size: str) -> int:
    """Return the bytes that ``512M``, ``2G`` or ``1.5g`` says.

    :raises UsageError: it says none, or too few for a process to read anything.
    """
    text = size.strip().upper().removesuffix("B").removesuffix("I")
    unit = _UNITS.get(text[-1:], 0)
    try:
        found = int(float(text[:-1]) * unit)
    except (ValueError, OverflowError):
        found = 0
    if found < _LEAST_MEMORY:
        raise UsageError(f"--memory {size} is no size", "give at least 256M, such as 512M or 2G")
    return found


def _existing(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out paths that do not exist, with a line for each.

    :raises UsageError: none exists.
    """
    there = tuple(path for path in paths if os.path.lexists(path))
    missing = [path for path in paths if not os.path.lexists(path)]
    from recordsearch.present.safe import safe_line

    lines = [f"no such file or folder: {safe_line(path)}" for path in missing]
    if not there:
        raise UsageError("; ".join(lines), "check the spelling")
    for line in lines:
        click.echo(f"recordsearch: {line}", err=True)
    return there


class StopAsked:
    """True once the user has asked to stop: the run then ends in order; a second time ends at once.

    Used as a context manager, which puts the signals' former handlers back.
    """

    def __init__(self) -> None:
        self._asked = False
        self._former: dict[int, object] = {}

    def __call__(self) -> bool:
        """Tell whether the user has asked."""
        return self._asked

    def __enter__(self) -> "StopAsked":
        for number in (signal.SIGINT, signal.SIGTERM):
            self._former[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *details: object) -> None:
        for number, former in self._former.items():
            signal.signal(number, former)  # type: ignore[arg-type]

    def _ask(self, number: int, frame: object) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        sys.stderr.write("stopping: what is being read is finished first; again to stop at once\n")

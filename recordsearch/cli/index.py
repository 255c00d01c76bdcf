"""``recordsearch index``: read files and folders of records into the archive."""

import os
import signal
import sys
import time

import click

from recordsearch.engines import ENGINES
from recordsearch.errors import UsageError
from recordsearch.records import OcrMode

PROBLEMS_STATUS = 3


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
    from recordsearch.wiring import Job, ingest
    from recordsearch.workflows.events import Summary

    there = _existing(paths)
    choices = Choices(OcrMode(ocr) if ocr else None, language)
    if language and choices.ocr is not OcrMode.NEVER:
        from recordsearch.extract import check_language

        check_language(language)
    stopping = _StopAsked()
    job = Job(there, choices, release, engine, workers, custodian)
    started = time.monotonic()
    summary = None
    with stopping, make_display() as display:
        for event in ingest(archive, job, stopping):
            display.update(event)
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


class _StopAsked:
    """True once the user has asked to stop: the run then ends in order; a second time ends at once.

    Used as a context manager, which puts the signals' former handlers back.
    """

    def __init__(self) -> None:
        self._asked = False
        self._former: dict[int, object] = {}

    def __call__(self) -> bool:
        return self._asked

    def __enter__(self) -> "_StopAsked":
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

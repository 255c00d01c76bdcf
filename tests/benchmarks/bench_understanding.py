"""What does it cost to understand the pages, beside all else that ``index`` does without OCR?

    python tests/benchmarks/bench_understanding.py FOLDER… [--rounds 3]

Each round indexes the folders twice into new archives, in one process and without OCR: as ``index``
does it, and with nothing looked for in the texts, which are only split into passages. Printed is
processor time, the reading of files included.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from unittest import mock

from recordsearch import wiring
from recordsearch.contents import Understood
from recordsearch.executors.serial import SerialExecutor
from recordsearch.records import OcrMode
from recordsearch.settings import Choices
from recordsearch.workflows import understanding, units
from recordsearch.workflows.events import Relating, Summary
from recordsearch.workflows.units import UnderstandUnit

TARGET = 0.25


def split_alone(unit: UnderstandUnit, passwords: object) -> Understood:
    return understanding.passages_alone(unit.pages)


def relate_nothing(connection: object, stopping: object) -> Iterator[Relating]:
    return iter(())


def index(paths: list[str]) -> tuple[float, Summary]:
    """Index into a new archive; return processor seconds, and what was done."""
    with tempfile.TemporaryDirectory() as folder:
        job = wiring.Job(paths=tuple(paths), choices=Choices(ocr=OcrMode.NEVER), workers=1)
        started = time.process_time()
        archive = os.path.join(folder, ".recordsearch")
        *_, last = wiring.ingest(archive, job, lambda: False)
        assert isinstance(last, Summary)
        return time.process_time() - started, last


def main() -> None:
    """Print seconds with and without, and the share that understanding adds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    paths = [os.path.abspath(folder) for folder in options.folders]

    def serial(work: object, *_: object, **__: object) -> SerialExecutor:
        return SerialExecutor(units.Worker())

    shares = []
    with mock.patch("recordsearch.executors.pool.PoolExecutor", serial):
        index(paths)  # the first run pays for imports
        for _ in range(options.rounds):
            whole, done = index(paths)
            with (
                mock.patch.object(units, "_understand", split_alone),
                mock.patch("recordsearch.workflows.ingest.relate", relate_nothing),
                mock.patch("recordsearch.workflows.ingest.needs_relating", return_value=False),
            ):
                alone, _ = index(paths)
            shares.append(whole / alone - 1)
            print(
                f"{done.documents} documents, {done.pages} pages, {done.passages} passages: "
                f"{whole:.2f} s, {alone:.2f} s without understanding: {shares[-1]:+.1%}"
            )
    print(f"understanding adds {statistics.median(shares):.1%} (wanted: at most {TARGET:.0%})")


if __name__ == "__main__":
    main()

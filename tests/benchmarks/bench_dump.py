"""What does ``index`` take on a big dump: time, memory, a run with nothing new, a second worker?

    python tests/benchmarks/bench_dump.py [--files 20000] [--pages 100000] [--ocr] [--keep FOLDER]

A dump of PDFs and texts is made and indexed, its first fifth and then all of it, each into a new
archive; then all of it again, unchanged. Wanted: 1.2 times the memory for five times the pages and
400 MB at most, a time in proportion to the pages (within a tenth), 20,000 unchanged files a second.
``--ocr`` measures made scans with one worker and with two, alternately: wanted 1.8 times the pages.

Processor time is that of all processes together and says less of what else the machine did.
"""

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_index_ocr import make_scans
from made_dump import make_large
from watched_run import Taken, index, load, watch

MOST_MEMORY, MOST_GROWTH = 400e6, 1.2
MOST_BENT = 0.1
UNCHANGED_A_SECOND = 20_000
SECOND_WORKER = 1.8


def measure(archive: Path, what: str, pages: int, *arguments: str) -> Taken:
    """Index once and print what it took."""
    taken = watch(index(str(archive), "--ocr", "never", *arguments))
    print(
        f"{what}: {pages:,} pages, {taken.seconds:.1f} s ({taken.processor:.1f} s of processor),"
        f" {pages / taken.seconds:.0f} pages/s, memory {taken.peak / 1e6:.0f} MB,"
        f" own {taken.peak_own / 1e6:.0f} MB, status {taken.status}; {load()}",
        flush=True,
    )
    return taken


def bench_size(work: Path, files: int, pages: int) -> bool:
    """Measure a fifth, all, and all again without changes."""
    dump = work / "dump"
    if not dump.exists():
        size = make_large(dump, files, pages)
        print(f"made {files:,} files, {pages:,} pages, {size / 1e6:.0f} MB", flush=True)
    boxes = sorted(dump.iterdir())
    part = [str(box) for box in boxes[: max(1, len(boxes) // 5)]]
    share = sum(1 for box in part for _ in Path(box).iterdir()) / files
    name = ("--release", "dump")
    with tempfile.TemporaryDirectory(dir=work) as folder:
        small = measure(Path(folder) / "part", "a part", round(pages * share), *name, *part)
        whole = measure(Path(folder) / "whole", "all", pages, *name, str(dump))
        again = measure(Path(folder) / "whole", "again", pages, *name, str(dump))
    growth = whole.peak / small.peak
    bent = whole.seconds / small.seconds * share - 1
    bent_processor = whole.processor / small.processor * share - 1
    a_second = files / again.seconds
    print(f"memory: {growth:.2f} times, {whole.peak / 1e6:.0f} MB (wanted {MOST_GROWTH}, 400)")
    print(
        f"time beyond proportion: {bent:+.1%}, of the processor {bent_processor:+.1%}"
        f" (wanted {MOST_BENT:.0%} at most)"
    )
    print(f"unchanged: {a_second:,.0f} files a second (wanted {UNCHANGED_A_SECOND:,})")
    return (
        growth <= MOST_GROWTH
        and whole.peak <= MOST_MEMORY
        and min(bent, bent_processor) <= MOST_BENT
        and a_second >= UNCHANGED_A_SECOND
    )


def bench_workers(work: Path, copies: int, rounds: int) -> bool:
    """Measure one worker and two on scans."""
    scans = work / "scans"
    scans.mkdir(exist_ok=True)
    pages = make_scans(scans, copies)
    ratios = []
    for turn in range(rounds):
        seconds = []
        for workers in (1, 2):
            with tempfile.TemporaryDirectory(dir=work) as archive:
                taken = watch(index(archive, "--workers", str(workers), str(scans)))
            seconds.append(taken.seconds)
            print(
                f"round {turn + 1}, {workers} workers: {pages / taken.seconds:.2f} pages/s,"
                f" {taken.processor:.1f} s of processor; {load()}",
                flush=True,
            )
        ratios.append(seconds[0] / seconds[1])
    ratio = statistics.median(ratios)
    print(f"two workers read {ratio:.2f} times what one reads (wanted {SECOND_WORKER})")
    return ratio >= SECOND_WORKER


def main() -> int:
    """Run the measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--ocr", action="store_true", help="measure a second worker on scans only")
    parser.add_argument("--copies", type=int, default=3, help="with --ocr: scans of ten pages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="folder that the made files stay in")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        work = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        work.mkdir(parents=True, exist_ok=True)
        if arguments.ocr:
            return int(not bench_workers(work, arguments.copies, arguments.rounds))
        return int(not bench_size(work, arguments.files, arguments.pages))


if __name__ == "__main__":
    sys.exit(main())

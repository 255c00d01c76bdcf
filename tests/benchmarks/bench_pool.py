"""What does the pool cost beside the work, and what do its workers take?

    python tests/benchmarks/bench_pool.py [--units 5000] [--pdf FILE ...]

Units of no work and of large results go through the pool and, where it is installed, through
pebble's, with the same number of waiting units. Then: the seconds until the first unit comes back;
the parent's memory while results are written slowly; what a worker takes that reads the
first page of each PDF by OCR, as the kernel counts it: ``VmData`` is what the limit is kept by.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from recordsearch.executors.limits import in_words, resident
from recordsearch.executors.pool import PoolExecutor

WORKERS = 2
KIB = 1 << 10


def give(size: int) -> bytes:
    """Work of which only the result's size counts."""
    return b"x" * size


def read_by_ocr(path: str) -> dict[str, int]:
    """Read a first page; return the KiB that this process takes."""
    from recordsearch.extract import read_pages
    from recordsearch.records import MediaType, OcrMode, ReadOptions

    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")  # forget the peak so far
    list(read_pages(path, MediaType.PDF, 1, 1, ReadOptions(ocr=OcrMode.ALWAYS)))
    wanted = ("VmPeak", "VmHWM", "VmData", "RssAnon")
    with open("/proc/self/status", encoding="ascii") as file:
        lines = (line.split() for line in file)
        return {words[0][:-1]: int(words[1]) for words in lines if words[0][:-1] in wanted}


def through_ours(size: int, units: int) -> float:
    """Return the seconds for so many units when all workers run."""
    with PoolExecutor(give, WORKERS, 60) as executor:
        for _ in range(4 * WORKERS):
            executor.submit(1)
        while executor.pending():
            executor.collect(10)
        began = time.perf_counter()
        left = units
        while left or executor.pending():
            while left and executor.room():
                executor.submit(size)
                left -= 1
            executor.collect(10)
        return time.perf_counter() - began


def through_pebble(size: int, units: int) -> float:
    """Return the seconds for so many units when all workers run."""
    import queue

    from pebble import ProcessPool

    pool = ProcessPool(max_workers=WORKERS, context=multiprocessing.get_context("spawn"))
    done: queue.SimpleQueue[Any] = queue.SimpleQueue()
    for future in [pool.schedule(give, args=(1,), timeout=60) for _ in range(4 * WORKERS)]:
        future.result()
    began = time.perf_counter()
    left, waiting = units, 0
    while left or waiting:
        while left and waiting < 4 * WORKERS:
            pool.schedule(give, args=(size,), timeout=60).add_done_callback(done.put)
            left, waiting = left - 1, waiting + 1
        done.get().result()
        waiting -= 1
    seconds = time.perf_counter() - began
    pool.stop()
    pool.join()
    return seconds


def first_unit() -> float:
    """Return the seconds from the pool's making to the first result."""
    began = time.perf_counter()
    with PoolExecutor(give, WORKERS, 60) as executor:
        executor.submit(1)
        executor.collect(60)
        return time.perf_counter() - began


def slow_writer(size: int, units: int) -> int:
    """Return the most bytes that the parent takes beside a writer of 50 results a second."""
    most = 0
    with PoolExecutor(give, WORKERS, 60) as executor:
        left = units
        while left or executor.pending():
            while left and executor.room():
                executor.submit(size)
                left -= 1
            for outcome in executor.collect(10):
                time.sleep(0.02)
                most = max(most, resident(os.getpid()) or 0)
                del outcome
    return most


def median(measure: Callable[[], float], times: int = 5) -> float:
    """Return the middle one of several measurements."""
    return sorted(measure() for _ in range(times))[times // 2]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=5_000)
    parser.add_argument("--pdf", nargs="*", default=[])
    chosen = parser.parse_args()
    pools = {"ours": through_ours}
    try:
        import pebble  # noqa: F401

        pools["pebble"] = through_pebble
    except ImportError:
        pass
    for size, units in ((10, chosen.units), (300 * KIB, chosen.units // 10)):
        for name, through in pools.items():
            seconds = median(lambda run=through, s=size, n=units: run(s, n), 3)
            print(f"{name}: {seconds / units * 1e6:.0f} µs a unit with a result of {size:,} bytes")
    print(f"first result after {median(first_unit):.2f} s")
    before = resident(os.getpid()) or 0
    for units in (50, 200):
        taken = slow_writer(8 << 20, units) - before
        print(f"parent, slow writer, {units} results of 8 MB: {in_words(taken)} more")
    if chosen.pdf and sys.platform.startswith("linux"):
        with PoolExecutor(read_by_ocr, 1, 300) as executor:
            for path in chosen.pdf:
                executor.submit(path)
                for outcome in executor.collect(300):
                    print(os.path.basename(path), outcome.error or outcome.result, "KiB")


if __name__ == "__main__":
    main()

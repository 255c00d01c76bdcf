"""How long do commands take from a cold shell, beside starting Python?

    python tests/benchmarks/bench_startup.py [--passages 100000] [--runs 21]

Each command is run in turn with ``python -c pass``, so that the ratio holds when the machine
drifts in speed. The search runs twice: into a pipe, and in a pseudo-terminal, where it is drawn.
"""

import argparse
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from made_archive import index_all, made_documents, vocabulary

from recordsearch.settings import ARCHIVE_FOLDER, Archive

SEARCH_TARGET = 8.0
HELP_TARGET = 4.0


def piped(command: list[str], folder: str) -> float:
    """Run a command into a pipe; return the seconds until it has ended."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - started


def on_terminal(command: list[str], folder: str) -> float:
    """Run a command in a pseudo-terminal; return the seconds until it has ended."""
    started = time.perf_counter()
    screen, inside = pty.openpty()
    child = subprocess.Popen(
        command, cwd=folder, stdin=inside, stdout=inside, stderr=inside, start_new_session=True
    )
    os.close(inside)
    while True:
        try:
            if not os.read(screen, 65_536):
                break
        except OSError:  # the last process has closed its end
            break
    os.close(screen)
    if child.wait():
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return time.perf_counter() - started


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=21)
    arguments = parser.parse_args()
    words = vocabulary()
    program = str(Path(sys.executable).with_name("recordsearch"))
    query = [program, "search", f"{words[20]} {words[300]}"]
    cases = {
        "search, piped": (query, piped, SEARCH_TARGET),
        "search, terminal": (query, on_terminal, SEARCH_TARGET),
        "--help": ([program, "--help"], piped, HELP_TARGET),
    }
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(os.path.join(folder, ARCHIVE_FOLDER))
        os.mkdir(archive.folder)
        index_all(archive, list(made_documents(arguments.passages)))
        for name, (command, run, target) in cases.items():
            run(command, folder)
            pairs = [
                (run(command, folder), piped([sys.executable, "-c", "pass"], folder))
                for _ in range(arguments.runs)
            ]
            ours = statistics.median(one for one, _ in pairs)
            python = statistics.median(other for _, other in pairs)
            ratio = statistics.median(one / other for one, other in pairs)
            missed = missed or ratio > target
            print(
                f"{name:<18} {ours * 1000:6.1f} ms, python -c pass {python * 1000:5.1f} ms:"
                f" {ratio:.2f} times (target {target:.0f})"
            )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

"""Does ``index`` lose anything, whatever happens to it? Disturb it, run it again, compare.

    python tests/benchmarks/bench_faults.py [--runs 50] [--seed 1] [--size 10] [--kind disk]

A release with files of every kind is indexed without disturbance. Then, as often as asked, into a
new archive: at a random moment the parent or a worker is killed, the run is interrupted, the disk
is full (a small file system of its own where that may be mounted, else a limit on the size of
files), or another process holds the catalogue. The command is run again until it ends by itself,
and the archive must then say the same as the undisturbed one: documents, pages, passages, messages,
threads, people, letters, values, mentions, near-duplicates, problems, and hits with their places.
No process and no temporary file may be left, and no page that was committed may be read twice.
"""

import argparse
import contextlib
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from archive_content import ORDER, Content, content_of, differences
from made_dump import make_small
from watched_run import index, load

from recordsearch.settings import Archive
from recordsearch.workflows.room import KEPT_FREE

MARK = "RECORDSEARCH_FAULTS"
_MOST_RUNS = 4
_ENDED = (0, 3)
_LEAVE_SECONDS = 10.0
_BUSY_SECONDS = 10.0


@dataclass
class Attempt:
    """One disturbed run: the archive, when it is disturbed, and what was seen on the way.

    ``usual`` and ``usual_size`` are the seconds and bytes of an undisturbed one.
    """

    records: str
    archive: Path
    mark: str
    chance: random.Random
    usual: float
    usual_size: int
    said: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    last: str = ""
    reordered: bool = False

    def start(self, limit: int = 0) -> "subprocess.Popen[str]":
        def lower() -> None:
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        return subprocess.Popen(
            index(str(self.archive), self.records),
            env={**os.environ, MARK: self.mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lower,  # this process has no threads
        )

    def wait_a_while(self) -> None:
        seconds = self.chance.uniform(0.1, 0.95 * self.usual)
        self.said.append(f"after {seconds:.2f} s")
        time.sleep(seconds)

    def end(self, process: "subprocess.Popen[str]") -> None:
        output, _ = process.communicate(timeout=600)
        self.statuses.append(process.returncode)
        if "Traceback" in output:
            self.wrong.append("a traceback: " + output[output.index("Traceback") :][-600:])
        elif process.returncode not in (*_ENDED, -signal.SIGKILL):
            self.said.append(output.strip().splitlines()[-1] if output.strip() else "no word")
        self.last = output


def processes(mark: str) -> list[int]:
    """Return the processes of a run, which are known by their environment."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in os.listdir("/proc"):
        with contextlib.suppress(OSError), open(f"/proc/{entry}/environ", "rb") as file:
            if entry.isdigit() and wanted in file.read().split(b"\0"):
                found.append(int(entry))
    return found


def workers(mark: str) -> list[int]:
    found = []
    for pid in processes(mark):
        with contextlib.suppress(OSError), open(f"/proc/{pid}/cmdline", "rb") as file:
            if b"spawn_main" in file.read():
                found.append(pid)
    return found


def kill_parent(attempt: Attempt) -> None:
    process = attempt.start()
    attempt.wait_a_while()
    process.kill()
    attempt.end(process)


def kill_worker(attempt: Attempt) -> None:
    process = attempt.start()
    attempt.wait_a_while()
    for _ in range(attempt.chance.randint(1, 3)):
        found = workers(attempt.mark)
        if found:
            with contextlib.suppress(OSError):
                os.kill(attempt.chance.choice(found), signal.SIGKILL)
            attempt.said.append("a worker killed")
        time.sleep(attempt.chance.uniform(0, 0.5))
    attempt.end(process)
    if attempt.statuses[-1] not in _ENDED:
        attempt.wrong.append(f"the run ended with {attempt.statuses[-1]}")


def interrupt(attempt: Attempt) -> None:
    process = attempt.start()
    attempt.wait_a_while()
    process.send_signal(signal.SIGINT)
    if attempt.chance.random() < 0.3:
        time.sleep(attempt.chance.uniform(0.05, 1))
        attempt.said.append("twice")
        process.send_signal(signal.SIGINT)
    attempt.end(process)


def fill_disk(attempt: Attempt) -> None:
    """Give the archive less room than it needs; more for the next run."""
    if attempt.archive.is_mount():
        size = int(attempt.usual_size * attempt.chance.uniform(0.05, 1.1))
        # A run stops while so much is left, or at once.
        size += attempt.chance.choice((0, KEPT_FREE, KEPT_FREE))
        attempt.said.append(f"{size:,} bytes of room")
        _mount("-o", f"remount,size={size}", str(attempt.archive))
        attempt.end(attempt.start())
        _mount("-o", f"remount,size={KEPT_FREE + 100 * attempt.usual_size}", str(attempt.archive))
        return
    size = int(attempt.usual_size * attempt.chance.uniform(0.01, 0.5))
    attempt.said.append(f"files of {size:,} bytes at most")
    attempt.end(attempt.start(limit=size))


def lock_catalogue(attempt: Attempt) -> None:
    """Hold the catalogue for less than ``index`` waits, or for longer."""
    process = attempt.start()
    attempt.wait_a_while()
    short = attempt.chance.random() < 0.5
    seconds = attempt.chance.uniform(0.5, 4) if short else _BUSY_SECONDS + 4
    attempt.said.append(f"locked for {seconds:.1f} s")
    catalogue = Path(Archive(str(attempt.archive)).catalogue)
    if catalogue.exists():
        with closing(sqlite3.connect(catalogue, timeout=0, isolation_level=None)) as connection:
            if _lock(connection, process):
                time.sleep(seconds)
                connection.execute("ROLLBACK")
            else:
                attempt.said.append("never got it")
    attempt.end(process)
    if short and attempt.statuses[-1] not in _ENDED:
        attempt.wrong.append(f"a short lock ended the run with {attempt.statuses[-1]}")


def _lock(connection: sqlite3.Connection, process: "subprocess.Popen[str]") -> bool:
    """Take the lock in one of the short moments in which ``index`` has no transaction open."""
    while process.poll() is None:
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute("BEGIN EXCLUSIVE")
            return True
    return False


KINDS: dict[str, Callable[[Attempt], None]] = {
    "parent": kill_parent,
    "worker": kill_worker,
    "interrupt": interrupt,
    "disk": fill_disk,
    "lock": lock_catalogue,
}


def committed_pages(archive: Path) -> set[tuple[int, str, int, str]]:
    """Return the pages that the catalogue holds, with their rows' numbers."""
    catalogue = Path(Archive(str(archive)).catalogue)
    if not catalogue.exists():
        return set()
    with closing(sqlite3.connect(catalogue)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'page'").fetchone():
            return set()
        return set(
            connection.execute(
                "SELECT page.id, sha256, number, page.text FROM page"
                " JOIN document ON document.id = document"
            )
        )


def pages_told(output: str) -> int:
    """Return how many pages a run says that it has read."""
    found = re.search(r"^Pages +([\d,]+)", output, re.MULTILINE)
    return int(found[1].replace(",", "")) if found else -1


def run_again(attempt: Attempt) -> None:
    """Run the command until it ends by itself, and see that it reads nothing twice."""
    for _ in range(_MOST_RUNS):
        before = committed_pages(attempt.archive)
        attempt.end(attempt.start())
        after = committed_pages(attempt.archive)
        lost = before - after
        if lost:
            attempt.wrong.append(f"{len(lost)} committed pages were read again")
        told, new = pages_told(attempt.last), len(after) - len(before)
        if attempt.statuses[-1] in _ENDED:
            if told != new:
                attempt.wrong.append(f"{told} pages read for {new} missing")
            return
    attempt.wrong.append(f"no end after {_MOST_RUNS} runs: {attempt.last[-300:]}")


def look_for_processes(attempt: Attempt) -> None:
    until = time.monotonic() + _LEAVE_SECONDS
    while processes(attempt.mark) and time.monotonic() < until:
        time.sleep(0.1)
    if found := processes(attempt.mark):
        attempt.wrong.append(f"{len(found)} processes left")
        for pid in found:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def _mount(*arguments: str) -> bool:
    command = shutil.which("mount")
    if not command or os.geteuid():
        return False
    return not subprocess.run([command, *arguments], capture_output=True, check=False).returncode


@contextlib.contextmanager
def archive_folder(work: Path, kind: str) -> Iterator[Path]:
    """Give an empty folder, of a file system of its own where the disk is to be full."""
    folder = Path(tempfile.mkdtemp(dir=work)) / ".recordsearch"
    folder.mkdir()
    mounted = kind == "disk" and _mount("-t", "tmpfs", "-o", "size=1g", "none", str(folder))
    try:
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=False)
        shutil.rmtree(folder.parent, ignore_errors=True)


def attempt_one(
    work: Path, records: Path, kind: str, seed: str, usual: tuple[float, int], expected: Content
) -> Attempt:
    """Disturb one run, and look at what is wrong afterwards."""
    with archive_folder(work, kind) as folder:
        mark = f"{os.getpid()}-{seed}"
        attempt = Attempt(str(records), folder, mark, random.Random(seed), *usual)
        KINDS[kind](attempt)
        look_for_processes(attempt)
        run_again(attempt)
        look_for_processes(attempt)
        said = "; ".join(attempt.said)
        print(f"  {kind}: {said}; ended with {attempt.statuses}", flush=True)
        if attempt.statuses[-1] in _ENDED:
            attempt.wrong += compare(attempt, expected)
        return attempt


def compare(attempt: Attempt, expected: Content) -> list[str]:
    """Say in what an archive differs from the undisturbed one.

    Where it is the order of hits alone, both are compared as their index is when it is built anew:
    what was removed from an index still counts for its scores until its segments are merged.
    """
    archive, records = str(attempt.archive), attempt.records
    wrong = differences(expected, content_of(archive, records))
    if len(wrong) == 1 and wrong[0].startswith(ORDER):
        command = [sys.executable, "-m", "recordsearch", "--archive", archive, "reindex"]
        subprocess.run(command, capture_output=True, check=True)
        attempt.reordered = True
        wrong = differences(expected, content_of(archive, records))
        if not wrong:
            print("    the order of some hits was another until reindex", flush=True)
    return wrong


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=10, help="a release of 15 files each")
    parser.add_argument("--kind", choices=KINDS, help="only this kind of disturbance")
    arguments = parser.parse_args()
    same: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    reordered = 0
    with tempfile.TemporaryDirectory() as name:
        work, records = Path(name), Path(name) / "release"
        files = make_small(records, arguments.seed, arguments.size)
        undisturbed = work / "undisturbed"
        started = time.perf_counter()
        subprocess.run(index(str(undisturbed), str(records)), capture_output=True, check=False)
        usual = time.perf_counter() - started
        size = sum(file.stat().st_size for file in undisturbed.rglob("*"))
        expected = content_of(str(undisturbed), str(records))
        print(
            f"{files} files, {expected['pages'].total()} pages, {usual:.1f} s,"
            f" {size:,} bytes; {load()}",
            flush=True,
        )
        for number in range(arguments.runs):
            kind = arguments.kind or list(KINDS)[number % len(KINDS)]
            seed = f"{arguments.seed}-{number}"
            attempt = attempt_one(work, records, kind, seed, (usual, size), expected)
            tried[kind] += 1
            same[kind] += not attempt.wrong
            reordered += attempt.reordered
            for line in attempt.wrong:
                print(f"    run {number}: {line}", flush=True)
    for kind, count in tried.items():
        print(f"{kind}: {same[kind]} of {count} the same")
    print(f"{reordered} of them ranked some hits in another order until reindex")
    print(f"{same.total()} of {tried.total()} disturbed runs end as an undisturbed one; {load()}")
    return int(same.total() < tried.total())


if __name__ == "__main__":
    sys.exit(main())

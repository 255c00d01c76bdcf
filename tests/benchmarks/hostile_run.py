"""Index a folder of hostile files, and find whatever is wrong with how that went.

Each file must be accounted for: it is a document, a recorded problem, or counted as skipped. The
run must end in order, and nothing may be left of it but the archive.
"""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from bench_faults import MARK, processes
from watched_run import index

from recordsearch.sources.walk import Litter, walk

ENDED = (0, 3)
# What a new archive holds once a run has ended.
_KEPT = {"catalogue.sqlite3", "index", "lock", "settings.json"}
_LEAVE_SECONDS = 5.0
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class HostileRun:
    """What became of a folder's files; ``wrong`` says what should not be so, and is empty at best.

    ``documents``, ``unread`` and ``skipped`` are counts of files on the disk; ``members`` are the
    documents in containers; ``problems`` are all that are recorded.
    """

    files: int
    documents: int
    unread: int
    skipped: int
    members: int
    problems: int
    status: int
    seconds: float
    wrong: tuple[str, ...]


def index_hostile(records: Path, *options: str, seconds: float = 600) -> HostileRun:
    """Index ``records`` into a new archive, which is removed again, and look at everything."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        temporary, folder = work / "temporary", work / "beside" / "archive"
        temporary.mkdir()
        folder.parent.mkdir()
        mark = f"hostile-{os.getpid()}-{time.monotonic_ns()}"
        environment = {
            **os.environ, MARK: mark, "TMPDIR": str(temporary), "PYTHONPATH": str(_ROOT)
        }  # fmt: skip
        before = _contents(records)
        started = time.monotonic()
        status, said = _run(index(str(folder), *options, str(records)), environment, seconds)
        took = time.monotonic() - started
        wrong = [f"the run ended with {status}"] if status not in ENDED else []
        outputs = [said]
        wrong += _left_running(mark)
        wrong += [f"left in the temporary folder: {one}" for one in _names(temporary)]
        kept = set(os.listdir(folder)) if folder.is_dir() else set()
        wrong += [f"left in the archive: {one}" for one in sorted(kept - _KEPT)]
        wrong += [f"made: {one}" for one in _names(work / "beside") if one != "archive"]
        after = _contents(records)
        wrong += [f"a source file changed: {one}" for one in sorted(before.items() ^ after.items())]
        listed = _asked(folder, environment, outputs, "manifest")
        problems = _asked(folder, environment, outputs, "problems", "--json")
        if status in ENDED and (status == 3) != bool(problems):
            wrong.append(f"status {status} for {len(problems)} problems")
        wrong += ["a traceback: " + one[-600:] for one in outputs if "Traceback" in one]
        found = _account(records, listed)
        wrong += [f"not accounted for: {os.fsdecode(one)}" for one in sorted(found["lost"])]
        return HostileRun(
            files=len(before),
            documents=len(found["document"]),
            unread=len(found["unread"]),
            skipped=len(found["skipped"]),
            members=sum(bool(place["inside"]) for one in listed for place in _places(one)),
            problems=len(problems),
            status=status,
            seconds=took,
            wrong=tuple(wrong),
        )


def _run(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> tuple[int, str]:
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    return process.returncode, said.decode("utf-8", "backslashreplace")


def _asked(
    archive: Path, environment: Mapping[str, str], outputs: list[str], *arguments: str
) -> list[dict[str, Any]]:
    """Return the JSON Lines that a command prints; what else it says is added to ``outputs``."""
    command = [sys.executable, "-m", "recordsearch", "--archive", str(archive), *arguments]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    outputs.append(ran.stderr.decode("utf-8", "backslashreplace"))
    return [json.loads(line) for line in ran.stdout.splitlines()]


def _places(line: dict[str, Any]) -> list[dict[str, Any]]:
    return [place for place in line.get("locations", ()) if place["gone"] is None]


def _account(records: Path, listed: Sequence[dict[str, Any]]) -> dict[str, set[bytes]]:
    """Sort the paths of all files by what the manifest and the walk say of them."""
    found: dict[str, set[bytes]] = {"document": set(), "unread": set(), "skipped": set()}
    for line in listed:
        for place in _places(line):
            if not place["inside"]:
                as_bytes = place["path_bytes"]
                path = bytes.fromhex(as_bytes) if as_bytes else place["path"].encode()
                found[line["kind"]].add(path)
    for one in walk(str(records), "", ""):
        if isinstance(one, Litter):
            found["skipped"].add(os.fsencode(one.path))
    found["lost"] = set(_contents(records)).difference(*found.values())
    return found


def _contents(folder: Path) -> dict[bytes, tuple[int, str]]:
    """Return time of change and hash of all files below a folder, links not followed."""
    found = {}
    for at, _, names in os.walk(os.fsencode(folder.absolute())):
        for name in names:
            path = os.path.join(at, name)
            digest = ""
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path] = (os.lstat(path).st_mtime_ns, digest)
    return found


def _names(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.iterdir())


def _left_running(mark: str) -> list[str]:
    until = time.monotonic() + _LEAVE_SECONDS
    while (found := processes(mark)) and time.monotonic() < until:
        time.sleep(0.1)
    for pid in found:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    return [f"{len(found)} processes left"] if found else []

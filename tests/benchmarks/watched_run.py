"""Run a command and tell what it took: seconds, processor time, memory of the process itself."""

import contextlib
import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LOOK = 0.05
# From Linux's <sys/prctl.h>.
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Taken:
    """What a run took.

    ``processor`` are seconds of all processes together; ``peak`` and ``peak_own`` are bytes that
    the parent process was seen to hold at most, with and without the files that it has mapped.
    """

    status: int
    seconds: float
    processor: float
    peak: int
    peak_own: int
    output: str


def index(archive: str, *arguments: str) -> list[str]:
    """Give the command line of ``recordsearch index`` for an archive of its own."""
    return [sys.executable, "-m", "recordsearch", "--archive", archive, "index", *arguments]


def watch(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Taken:
    """Run a command to its end; its own memory is looked at in ``/proc``, else it stays 0."""
    _adopt_orphans()
    started = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=nowhere, env=environment, text=True
        )
    peak = peak_own = 0
    while True:
        found = _status(process.pid)
        peak = max(peak, found.get("VmHWM", 0))
        peak_own = max(peak_own, found.get("RssAnon", 0))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(_LOOK)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    output = process.stdout.read() if process.stdout else ""
    process.communicate()
    processor = usage.ru_utime + usage.ru_stime + _of_orphans()
    return Taken(process.returncode, seconds, processor, peak, peak_own, output)


def _adopt_orphans() -> None:
    """Become the parent of what a run leaves behind, so that its processor time is counted too."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _of_orphans() -> float:
    """Wait for what a run left behind; return the seconds of processor time that it took."""
    seconds = 0.0
    with contextlib.suppress(ChildProcessError):
        while True:
            _, _, usage = os.wait4(-1, 0)
            seconds += usage.ru_utime + usage.ru_stime
    return seconds


def _status(pid: int) -> dict[str, int]:
    found = {}
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status", encoding="ascii") as file:
        for line in file:
            name, _, value = line.partition(":")
            if name in ("VmHWM", "RssAnon"):
                found[name] = int(value.split()[0]) << 10
    return found


def load() -> str:
    """Tell how busy the machine was in the last minute."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"

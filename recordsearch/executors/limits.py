"""How much memory a worker may take, how much it takes, and how it is held to that.

On Linux the kernel refuses what is too much: ``RLIMIT_DATA`` counts what a process may write to of
its own, which is what it really uses; a normal OCR page needs 100 MiB of it. ``RLIMIT_AS`` would
also count libraries, mapped files and eight megabytes or more for each thread. Elsewhere neither
is kept to, and the parent looks at how much is resident, several times a second.
"""

import contextlib
import importlib
import os
import sys

GIB = 1 << 30
# The rest is for the parent, the index that it builds, and the user's other programs.
_SHARE = 0.75
# Tables of figures and large pictures have been seen to take 600 MB; 64 MB of plain text, the
# largest that is read, takes 2 GB while it is understood.
_LEAST, _MOST = 1 * GIB, 4 * GIB
_MOST_ALONE = 8 * GIB
# Of a machine that does not tell its memory.
_UNKNOWN = 4 * GIB


def machine_memory() -> int:
    """Return the bytes of memory that this process may use: the machine's, or its container's."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        memory = _told_by_psutil()
    # Version 2 and 1 of control groups, as a container sees its own; "max" where there is none.
    for file in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with contextlib.suppress(OSError, ValueError), open(file, encoding="ascii") as stream:
            memory = min(memory, int(stream.read(30)))
    return memory if memory > 0 else _UNKNOWN


def _told_by_psutil() -> int:
    try:
        return int(importlib.import_module("psutil").virtual_memory().total)
    except ImportError:
        return _UNKNOWN


def default_memory(workers: int) -> int:
    """Return the bytes that each of ``workers`` may take: its share of the machine's memory."""
    share = int(machine_memory() * _SHARE) // max(1, workers)
    return min(_MOST, max(_LEAST, share))


def default_memory_alone() -> int:
    """Return the bytes that a worker may take beside which none other works."""
    return min(_MOST_ALONE, max(_LEAST, int(machine_memory() * _SHARE)))


def resident(pid: int) -> int | None:
    """Return the bytes of memory that a process has taken, without files that it only reads.

    None where it is gone, or the system does not tell.
    """
    if sys.platform.startswith("linux"):
        try:
            with open(f"/proc/{pid}/statm", "rb", buffering=0) as file:
                fields = file.read(200).split()
            return (int(fields[1]) - int(fields[2])) * _PAGE_BYTES
        except (OSError, IndexError, ValueError):
            return None
    try:
        return int(importlib.import_module("psutil").Process(pid).memory_info().rss)
    except Exception:
        return None  # there is no psutil, or no such process


_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def limit_own_memory(limit: int) -> None:
    """Let the kernel refuse this process more than ``limit`` bytes, where it can."""
    try:
        import resource
    except ImportError:
        return
    _lower(resource.RLIMIT_DATA, limit)
    # A worker that dies must not leave gigabytes in the working folder.
    _lower(resource.RLIMIT_CORE, 0)


def _lower(what: int, limit: int) -> None:
    import resource

    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (limit, limit))


def in_words(size: int) -> str:
    """Write a number of bytes as ``1.5 GB`` or ``300 MB``, in the units that ``--memory`` takes."""
    return f"{size / GIB:.3g} GB" if size >= GIB else f"{size >> 20} MB"

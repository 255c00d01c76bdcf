"""Whether the disk has room for the archive to grow, and how much of it the rest will take.

A run stops while there is still room to end in order: what was read is committed, and indexed.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable

from recordsearch.errors import DiskFullError, RecordsearchError

KEPT_FREE = 64 << 20
"""Bytes that are to stay free: what one commit of catalogue and index takes, and more."""
_LEAST_A_PAGE = 8 << 10
"""Bytes that a page takes at least, index included: 7,100 on a dump of 9,000 pages of text."""
_LOOK_SECONDS = 1.0
_MEND = "free some disk, and run the same command again: it goes on where it stopped"


class Room:
    """Watches the disk of the archive in ``folder`` for one run."""

    def __init__(self, folder: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._next = 0.0
        self._before = _size(folder)
        self.short = False
        """The run was, or is to be, stopped for want of room."""

    def is_short(self) -> bool:
        """Tell whether too little is free to go on; the disk is looked at once a second."""
        if not self.short and self._clock() >= self._next:
            self._next = self._clock() + _LOOK_SECONDS
            self.short = _free(self._folder) < KEPT_FREE
        return self.short

    def is_to_blame(self, error: Exception) -> bool:
        """Tell whether an error in a run is that of a disk which has become full."""
        writing = isinstance(error, OSError | sqlite3.Error | RecordsearchError)
        return writing and _free(self._folder) < KEPT_FREE

    def error(self, pages: int, expected: float) -> DiskFullError:
        """Make the error that says how much is needed, after ``pages`` of about ``expected``."""
        grown = max(0, _size(self._folder) - self._before)
        a_page = max(_LEAST_A_PAGE, grown / pages if pages else 0)
        needed = KEPT_FREE + max(0.0, expected - pages) * a_page
        free = _free(self._folder)
        return DiskFullError(
            f"the disk of {self._folder} is nearly full: {_told(free)} are free, and about"
            f" {_told(needed)} are needed for what is left to read",
            _MEND,
        )


def _free(folder: str) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return KEPT_FREE  # nobody can tell


def _told(size: float) -> str:
    """Write a size in bytes as MB, or as GB from a thousand on."""
    megabytes = size / 1e6
    return f"{megabytes / 1e3:,.1f} GB" if megabytes >= 1e3 else f"{megabytes:,.0f} MB"


def _size(folder: str) -> int:
    """Return the bytes of all files below a folder, as far as they can be seen."""
    total = 0
    for at, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(at, name)).st_size
            except OSError:
                continue  # it was removed meanwhile
    return total

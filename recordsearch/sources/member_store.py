"""Members of containers as temporary files: the last one taken out stays at hand, none remain.

A large attachment is read in ranges of pages, a call each, and is taken out only once. The files
lie in a folder of this process in the system's folder for temporary files, behind a lock that dies
with the process, so that what a killed process left is found and removed by the next one.
"""

import atexit
import contextlib
import glob
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from filelock import FileLock, Timeout

_PREFIX = "recordsearch-members-"
_LOCK = ".lock"
_BEING_MADE_SECONDS = 60
"""Between a folder's making and its locking it looks like one that was left."""


@dataclass(slots=True)
class _Entry:
    key: Hashable
    path: str
    users: int = 0
    stale: bool = False


@dataclass(slots=True)
class _Folder:
    """The folder of one process: a fork must neither use nor remove its parent's."""

    process: int
    path: str
    lock: FileLock
    count: int = 0
    last: _Entry | None = None


_folders: list[_Folder] = []
"""Process-local, at most one of this process."""


@contextmanager
def kept(key: Hashable, write: Callable[[str], None]) -> Iterator[str]:
    """Give the path of the file that ``write`` makes for ``key``, made anew unless at hand.

    The file is there while the context lasts, and after it until another key is asked for.
    """
    folder = _folder()
    entry = folder.last
    if entry is None or entry.key != key or not os.path.exists(entry.path):
        path = new_path()
        try:
            write(path)
        except BaseException:
            discard(path)
            raise
        entry = _Entry(key, path)
        _replace(folder, entry)
    entry.users += 1
    try:
        yield entry.path
    finally:
        entry.users -= 1
        if entry.stale and not entry.users:
            discard(entry.path)


def new_path() -> str:
    """Return a path for a new temporary file of this process; the file is not there yet."""
    folder = _folder()
    folder.count += 1
    return os.path.join(folder.path, str(folder.count))


def discard(path: str) -> None:
    """Remove a temporary file, if it is there."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def remove_leftovers() -> None:
    """Remove what processes that were killed have left."""
    pattern = os.path.join(glob.escape(tempfile.gettempdir()), f"{_PREFIX}*")
    for path in glob.glob(pattern):
        if any(folder.path == path for folder in _folders) or not _is_ours(path):
            continue
        lock = FileLock(os.path.join(path, _LOCK))
        try:
            with lock.acquire(timeout=0):
                pass
        except (Timeout, OSError):
            continue
        shutil.rmtree(path, ignore_errors=True)


def _is_ours(path: str) -> bool:
    """Tell an older folder of this user from one being made, or one that another user laid here."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    aged = time.time() - status.st_mtime > _BEING_MADE_SECONDS
    return mine and aged and stat.S_ISDIR(status.st_mode)


def _replace(folder: _Folder, entry: _Entry) -> None:
    last, folder.last = folder.last, entry
    if last is not None:
        last.stale = True
        if not last.users:
            discard(last.path)


def _folder() -> _Folder:
    if _folders and _folders[-1].process == os.getpid() and os.path.isdir(_folders[-1].path):
        return _folders[-1]
    _folders.clear()
    remove_leftovers()
    path = tempfile.mkdtemp(prefix=_PREFIX)
    lock = FileLock(os.path.join(path, _LOCK))
    lock.acquire()
    folder = _Folder(os.getpid(), path, lock)
    _folders.append(folder)
    _at_exit(folder)
    return folder


def _at_exit(folder: _Folder) -> None:
    """Remove the folder at the end of this process, also of one that multiprocessing started."""
    from multiprocessing.util import Finalize

    def remove() -> None:
        if folder.process == os.getpid():
            with contextlib.suppress(OSError):
                folder.lock.release()
            shutil.rmtree(folder.path, ignore_errors=True)

    atexit.register(remove)
    Finalize(None, remove, exitpriority=0)

"""Members of containers as temporary files, kept at hand while they may be asked for again.

A large attachment is read in ranges of pages, a call each, and is taken out only once: the last
member stays. What members are taken out of, an inner container or an archive that was expanded,
stays longer and is shared: a process takes over by a hard link what another one has made, so that
it lasts as long as any of them needs it.

Workers that are replaced now and then would expand a large archive anew, so the process that starts
them may keep what they make until it ends itself.

The files lie in a folder of this process, behind a lock that dies with the process, so that what a
killed process left is found and removed by the next one. Nothing is written elsewhere.
"""

import atexit
import contextlib
import glob
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from filelock import FileLock, Timeout

from recordsearch.sources.member_types import DEPTH, EXPANDED_BYTES

FOLDER_VARIABLE = "RECORDSEARCH_TEMPORARY"
KEEPER_VARIABLE = "RECORDSEARCH_KEEPER"
_PREFIX = "recordsearch-members-"
_LOCK = ".lock"
_MAKING = ".making"
_BEING_MADE_SECONDS = 60
"""Between a folder's making and its locking it looks like one that was left."""
_WORTH_KEEPING = 8 << 20
"""What is smaller is made again in a moment."""
_TRIES = 100
"""How often a process that was waited for may turn out to be gone."""
_SHARED = DEPTH
"""How many files that members are taken out of stay at hand: those of the deepest nesting."""


@dataclass(slots=True)
class _Entry:
    name: str
    path: str
    shared: bool
    users: int = 0


@dataclass(slots=True)
class _Folder:
    """The folder of one process: a fork must neither use nor remove its parent's.

    ``entries`` are by name, the one used last at the end.
    """

    process: int
    base: str
    path: str
    lock: FileLock
    count: int = 0
    entries: dict[str, _Entry] = field(default_factory=dict)


_folders: list[_Folder] = []
"""Process-local, at most one of this process."""


def set_folder(path: str | None) -> None:
    """Say in which folder temporary files are kept from now on; None is the system's.

    Processes that are started later keep theirs there, too: it is told by an environment variable.
    """
    if path is None:
        os.environ.pop(FOLDER_VARIABLE, None)
    else:
        os.environ[FOLDER_VARIABLE] = os.path.abspath(path)


@contextmanager
def own_folder(base: str | None) -> Iterator[str]:
    """Make a folder in ``base`` (None: the system's), which is removed when the context ends.

    It looks like that of a process, so that it is found where this one was killed.

    :raises OSError: none can be made there.
    """
    remove_leftovers(base or tempfile.gettempdir())
    path = _made_in(base or tempfile.gettempdir())
    try:
        with FileLock(os.path.join(path, _LOCK)):
            yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if base is not None:
            with contextlib.suppress(OSError):
                os.rmdir(base)


def keep_for_workers() -> None:
    """Keep what processes that this one starts later expand until this one ends.

    They are told by an environment variable.
    """
    os.environ[KEEPER_VARIABLE] = _folder().path


def remove_own() -> None:
    """Remove the temporary files of this process, and tell no other process of them any more."""
    os.environ.pop(KEEPER_VARIABLE, None)
    for folder in _folders:
        _remove(folder)
    _folders.clear()


@contextmanager
def kept(key: object, write: Callable[[str], None], *, shared: bool = False) -> Iterator[str]:
    """Give the path of the file that ``write`` makes for ``key``, made anew unless at hand.

    ``key`` is known by its ``repr``. The file is there while the context lasts, and after it until
    another key is asked for; one that is ``shared`` stays longer, and other processes may use it.
    """
    name = hashlib.sha256(repr(key).encode("utf-8", "surrogateescape")).hexdigest()[:40]
    folder = _folder()
    entry = folder.entries.pop(name, None)
    if entry is not None and not os.path.exists(entry.path):
        entry = None
    if entry is None:
        path = os.path.join(folder.path, name)
        if shared:
            _make_once(folder, name, path, write)
            _leave_with_keeper(folder, name, path)
        else:
            _make(path, write)
        entry = _Entry(name, path, shared)
    entry.shared = entry.shared or shared
    folder.entries[name] = entry
    entry.users += 1
    try:
        _discard_others(folder)
        yield entry.path
    finally:
        entry.users -= 1
        _discard_others(folder)


def discard(path: str) -> None:
    """Remove a temporary file, if it is there."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def remove_leftovers(base: str | None = None, *, aged: bool = True) -> None:
    """Remove what processes that were killed have left in ``base``, None for where files are kept.

    Those still running keep theirs. Unless ``aged`` also what is new, where no other process can be
    making a folder just now.
    """
    for path in _folders_in(base or _base()):
        if any(folder.path == path for folder in _folders) or not _is_ours(path, aged=aged):
            continue
        lock = FileLock(os.path.join(path, _LOCK))
        try:
            with lock.acquire(timeout=0):
                pass
        except (Timeout, OSError):
            continue
        shutil.rmtree(path, ignore_errors=True)


def _make(path: str, write: Callable[[str], None]) -> None:
    # A name is the file's own once all of it is there.
    unfinished = f"{path}.part"
    discard(unfinished)
    try:
        write(unfinished)
        os.replace(unfinished, path)
    except BaseException:
        discard(unfinished)
        raise


def _make_once(folder: _Folder, name: str, path: str, write: Callable[[str], None]) -> None:
    """Take over another process's file, waiting for one that is making it, or make it here.

    Of several that begin at the same time, the first by its folder's name makes it.
    """
    for _ in range(_TRIES):
        if _take_over(folder, name, path):
            return
        try:
            with FileLock(_making(folder.path, name)):
                before = [one for one in _siblings(folder) if os.path.exists(_making(one, name))]
                if not before or before[0] > folder.path:
                    if not _take_over(folder, name, path):
                        _make(path, write)
                    return
        finally:
            discard(_making(folder.path, name))
        with contextlib.suppress(OSError), FileLock(_making(before[0], name)):
            # It is made, or its maker was killed.
            discard(_making(before[0], name))
    _make(path, write)


def _leave_with_keeper(folder: _Folder, name: str, path: str) -> None:
    """Link a file of some size into the keeper's folder, and those linked longest ago out of it."""
    keeper = os.environ.get(KEEPER_VARIABLE, "")
    if not keeper or keeper == folder.path or _size(path) < _WORTH_KEEPING:
        return
    with contextlib.suppress(OSError):
        os.link(path, os.path.join(keeper, name))
    room, left = EXPANDED_BYTES, _SHARED
    # A link sets the time of change, so this is the order in which workers took the files.
    for _, size, other in sorted(_kept_in(keeper), reverse=True):
        room, left = room - size, left - 1
        if left < 0 or (room < 0 and left < _SHARED - 1):
            discard(other)


def _kept_in(keeper: str) -> Iterator[tuple[int, int, str]]:
    with contextlib.suppress(OSError), os.scandir(keeper) as scan:
        for entry in scan:
            status = entry.stat()
            if "." not in entry.name:
                yield status.st_ctime_ns, status.st_size, entry.path


def _making(folder: str, name: str) -> str:
    return os.path.join(folder, name + _MAKING)


def _take_over(folder: _Folder, name: str, path: str) -> bool:
    for other in _siblings(folder):
        try:
            os.link(os.path.join(other, name), path)
        except FileExistsError:
            return True
        except OSError:
            continue
        return True
    return False


def _siblings(folder: _Folder) -> list[str]:
    found = _folders_in(folder.base)
    return [path for path in sorted(found) if path != folder.path and _is_ours(path, aged=False)]


def _folders_in(base: str) -> list[str]:
    return glob.glob(os.path.join(glob.escape(base), f"{_PREFIX}*"))


def _is_ours(path: str, *, aged: bool) -> bool:
    """Tell a folder of this user from one that another user laid here, or that is being made."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    old = not aged or time.time() - status.st_mtime > _BEING_MADE_SECONDS
    return mine and old and stat.S_ISDIR(status.st_mode)


def _discard_others(folder: _Folder) -> None:
    """Remove all but the last file of its kind that is not shared, and the shared ones used last.

    Those that are shared go also where they are too large together.
    """
    left = {True: _SHARED, False: 1}
    room = EXPANDED_BYTES
    for entry in list(reversed(folder.entries.values())):
        size = _size(entry.path) if entry.shared else 0
        if left[entry.shared] > 0 and (size <= room or left[True] == _SHARED):
            left[entry.shared] -= 1
            room -= size
        elif not entry.users:
            del folder.entries[entry.name]
            discard(entry.path)


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def _base() -> str:
    return os.environ.get(FOLDER_VARIABLE) or tempfile.gettempdir()


def _folder() -> _Folder:
    base = _base()
    if _folders:
        folder = _folders[-1]
        at_hand = folder.process == os.getpid() and folder.base == base
        if at_hand and os.path.isdir(folder.path):
            return folder
        if folder.process == os.getpid() and not at_hand:
            _remove(folder)
    _folders.clear()
    remove_leftovers()
    path = _made_in(base)
    lock = FileLock(os.path.join(path, _LOCK))
    lock.acquire()
    folder = _Folder(os.getpid(), base, path, lock)
    _folders.append(folder)
    _at_exit(folder)
    return folder


def _made_in(base: str) -> str:
    os.makedirs(base, exist_ok=True)
    return tempfile.mkdtemp(prefix=_PREFIX, dir=base)


def _remove(folder: _Folder) -> None:
    if folder.process == os.getpid():
        with contextlib.suppress(OSError):
            folder.lock.release()
        shutil.rmtree(folder.path, ignore_errors=True)


def _at_exit(folder: _Folder) -> None:
    """Remove the folder at the end of this process, also of one that multiprocessing started."""
    from multiprocessing.util import Finalize

    atexit.register(_remove, folder)
    Finalize(None, _remove, args=(folder,), exitpriority=0)

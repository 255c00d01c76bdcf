"""Walk files and folders in a fixed order, each folder once, and say what was passed over."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from recordsearch.records import SourceFile
from recordsearch.settings import ARCHIVE_FOLDER, Archive
from recordsearch.sources.litter import LEFT_BEHIND, is_litter, passed_over

_CATALOGUE = os.path.basename(Archive("").catalogue)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A path that the walk did not take, and why.

    ``recorded`` tells that it is a file or folder which could not be read, hence a problem;
    otherwise it is only worth a line (an empty folder, a folder met twice).
    """

    path: str
    name: str
    release: str
    cause: str
    mend: str
    recorded: bool


@dataclass(frozen=True, slots=True)
class Litter:
    """A file that is no record by its name, such as ``.DS_Store``: counted by reason, not read."""

    path: str
    reason: str


Found = SourceFile | PassedOver | Litter


def release_name(path: str) -> str:
    """Name the release that a path given by the user makes: the folder's or the file's name."""
    path = os.path.abspath(path)
    return os.path.basename(path) or path


def walk(path: str, release: str, leave_out: str) -> Iterator[Found]:
    """Yield every file at or below ``path``, in the order of their names.

    Folders behind symbolic links are followed, each folder once, so a loop ends. ``leave_out``, the
    archive in use, is never entered, nor is another archive.
    """
    path = os.path.abspath(path)
    if not os.path.isdir(path):
        yield _look_at(path, os.path.basename(path), release)
        return
    if os.path.basename(path) == ARCHIVE_FOLDER or _same_folder(path, leave_out):
        yield PassedOver(path, ".", release, "this is an archive, not records", "", recorded=False)
        return
    count = 0
    for found in _walk_folder(path, "", release, leave_out, {}):
        count += 1
        yield found
    if not count:
        yield PassedOver(path, ".", release, "the folder is empty", "", recorded=False)


def count_files(path: str) -> Iterator[int]:
    """Yield, folder by folder, how many files lie in it, at and below ``path``: a quick look."""
    if not os.path.isdir(path):
        yield 1
        return
    seen: set[tuple[int, int]] = set()
    folders = [path]
    while folders:
        folder = folders.pop()
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            files = 0
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not _is_folder(entry):
                        files += 1
                    elif entry.name != ARCHIVE_FOLDER:
                        folders.append(entry.path)
        except OSError:
            continue  # the walk tells
        yield files


def _walk_folder(
    folder: str, name: str, release: str, leave_out: str, seen: dict[tuple[int, int], str]
) -> Iterator[Found]:
    """Walk one folder with a stack of its own, so that depth is no matter."""
    stack = [(folder, name)]
    while stack:
        folder, name = stack.pop()
        try:
            status = os.stat(folder)
            known = seen.setdefault((status.st_dev, status.st_ino), folder)
            if known is not folder:
                yield PassedOver(
                    folder, name, release, f"the same folder as {known}, read once", "", False
                )
                continue
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield _cannot_open(folder, name or os.path.basename(folder), release, error)
            continue
        if any(entry.name == _CATALOGUE for entry in entries):
            yield PassedOver(folder, name, release, "this is an archive, not records", "", False)
            continue
        folders = []
        for entry in entries:
            inner = f"{name}/{entry.name}" if name else entry.name
            folder_entry = _is_folder(entry)
            if is_litter(entry.name, folder=folder_entry):
                yield Litter(entry.path, LEFT_BEHIND)
            elif folder_entry:
                if entry.name != ARCHIVE_FOLDER and not _same_folder(entry.path, leave_out):
                    folders.append((entry.path, inner))
            elif reason := passed_over(entry.name):
                yield Litter(entry.path, reason)
            else:
                yield _look_at(entry.path, inner, release)
        stack.extend(reversed(folders))


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _same_folder(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _look_at(path: str, name: str, release: str) -> Found:
    try:
        status = os.stat(path)
    except OSError as error:
        return _cannot_open(path, name, release, error)
    if not stat.S_ISREG(status.st_mode):
        # A pipe or a device would block the reader or never end.
        return PassedOver(
            path, name, release, "not a regular file", "copy its content to a file", True
        )
    return SourceFile(path, name, release, status.st_size, status.st_mtime_ns)


def _cannot_open(path: str, name: str, release: str, error: OSError) -> PassedOver:
    if os.path.islink(path) and not os.path.exists(path):
        loop = "a symbolic link that leads nowhere or to itself"
        return PassedOver(path, name, release, loop, "mend or remove the link", True)
    cause = (error.strerror or str(error)).lower()
    mend = "give yourself the right to read it" if isinstance(error, PermissionError) else ""
    return PassedOver(path, name, release, f"cannot be opened: {cause}", mend, True)

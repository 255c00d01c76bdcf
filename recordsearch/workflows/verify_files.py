"""Look at a file of the disk, or in a container, and tell whether it is what was read.

A worker process imports this module: what is in a container is taken out there.
"""

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recordsearch.catalogue.custody import KeptFile, Place
from recordsearch.errors import UNLOCK, UnreadableError

_CHUNK = 1 << 20
_RESTORE = "restore it from a copy"
_UNLOCK = "give its password with --password-file FILE"
_REPLACED = "restore it from a copy, or take the new one in: recordsearch index"


class Finding(StrEnum):
    """What was found where a file should lie."""

    THERE = "there"
    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    GONE = "gone"
    """It is not there, and the archive has known that for some time."""
    UNKNOWN = "unknown"
    """There is no hash to compare with, as it could not be read when it was taken in."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found at a place, with the cause and what to do; both empty where all is well."""

    finding: Finding
    cause: str = ""
    mend: str = ""


_THERE = Seen(Finding.THERE)


def is_member(place: Place) -> bool:
    """Tell whether a file lies in a container."""
    return b"\0" in place.key


def path_of(place: Place) -> str:
    """Return the path of the file on the disk: the container's, for one inside."""
    return os.fsdecode(place.key.split(b"\0", 1)[0])


def look(kept: KeptFile, passwords: Sequence[str] = ()) -> Seen:
    """Compare a file with what was read of it, by its bytes; what is in a container is taken out.

    ``passwords`` are tried, in their order, on containers that need one. Never raises for what it
    finds.
    """
    early = _status(kept)
    if isinstance(early, Seen):
        return early
    if kept.sha256 is None:
        return _unread(kept, early)
    try:
        if is_member(kept.place):
            return _look_inside(kept, passwords)
        if early.st_size != kept.document_size:
            return _other_size(kept, early.st_size)
        return _compare(kept, path_of(kept.place))
    except UnreadableError as error:
        mend = _UNLOCK if error.stage == UNLOCK else error.mend
        return Seen(Finding.UNREADABLE, error.message, mend)
    except OSError as error:
        return _cannot_open(error)


def look_quickly(kept: KeptFile) -> Seen:
    """Compare a file's size and time with those of when it was read, of a member its container's.

    A member that has not been looked at yet is unknown. Never raises for what it finds.
    """
    early = _status(kept)
    if isinstance(early, Seen):
        return early
    if kept.place.size < 0:
        return Seen(Finding.UNKNOWN)
    inside = "the container's " if is_member(kept.place) else "its "
    if early.st_size != kept.place.size and (kept.sha256 is not None or kept.place.size):
        cause = f"{inside}size is {early.st_size:,} bytes, not {kept.place.size:,}"
        return Seen(Finding.CHANGED, cause, _REPLACED)
    if kept.sha256 is None:
        return Seen(Finding.UNKNOWN)
    if early.st_mtime_ns != kept.place.modified_ns:
        cause = f"{inside}time of change is another, at the same size"
        mend = "compare the bytes: recordsearch verify, without --quick"
        return Seen(Finding.CHANGED, cause, mend)
    return _THERE


def _status(kept: KeptFile) -> os.stat_result | Seen:
    """Look at what lies at a place, without opening it."""
    try:
        status = os.stat(path_of(kept.place))
    except (FileNotFoundError, NotADirectoryError):
        if kept.place.gone is not None:
            return Seen(Finding.GONE, f"known to be gone since {kept.place.gone}")
        if kept.sha256 is None and os.path.islink(path_of(kept.place)):
            return Seen(Finding.UNKNOWN)  # a link that led nowhere then, too
        what = "its container is gone" if is_member(kept.place) else "the file is gone"
        return Seen(Finding.MISSING, what, f"{_RESTORE}, or find where it was moved to")
    except (OSError, ValueError) as error:
        return Seen(Finding.UNKNOWN) if kept.sha256 is None else _cannot_open(error)
    # A pipe or a device would block the reader or never end.
    if not stat.S_ISREG(status.st_mode):
        if kept.sha256 is None:
            return Seen(Finding.UNKNOWN)
        return Seen(Finding.CHANGED, "what lies there is not a file any more", _REPLACED)
    return status


def _unread(kept: KeptFile, status: os.stat_result) -> Seen:
    """Of a file that could not be read, only a size may be known; 0: not even that."""
    if is_member(kept.place) or kept.place.size in (0, status.st_size):
        return Seen(Finding.UNKNOWN)
    return _other_size(kept, status.st_size)


def _look_inside(kept: KeptFile, passwords: Sequence[str]) -> Seen:
    from recordsearch.sources.detect import HEAD_BYTES, detect_type
    from recordsearch.sources.members import member_at

    path = path_of(kept.place)
    with open(path, "rb") as file:
        media_type = detect_type(file.read(HEAD_BYTES), path)
    locators = [
        locator.decode("utf-8", "surrogateescape") for locator in kept.place.key.split(b"\0")[1:]
    ]
    with member_at(path, media_type, locators, passwords) as taken:
        size = os.stat(taken).st_size
        return _other_size(kept, size) if size != kept.document_size else _compare(kept, taken)


def _compare(kept: KeptFile, path: str) -> Seen:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    found = digest.hexdigest()
    if found == kept.sha256:
        return _THERE
    cause = f"its SHA-256 is {found}, not {kept.sha256}, at the same size"
    return Seen(Finding.CHANGED, cause, _REPLACED)


def _other_size(kept: KeptFile, size: int) -> Seen:
    before = kept.place.size if kept.document_size is None else kept.document_size
    return Seen(Finding.CHANGED, f"its size is {size:,} bytes, not {before:,}", _REPLACED)


def _cannot_open(error: OSError | ValueError) -> Seen:
    told = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    mend = "give yourself the right to read it" if isinstance(error, PermissionError) else ""
    return Seen(Finding.UNREADABLE, f"cannot be opened: {told.lower()}", mend)

"""What a container expands to, as one temporary file in which each member is found by its offset.

Compressed tar files and 7z archives give their members in their order only. Each is expanded once,
into a file that all processes share; how much of it is good and why no more stands at its end.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from recordsearch.errors import UnreadableError
from recordsearch.sources import member_store
from recordsearch.sources.member_types import (
    KEPT_FREE,
    MEMBER_BYTES,
    NoRoomError,
    nearly_full,
    no_room,
    too_large,
)

CHUNK = 1 << 20
_LOOKED_AT_DISK = 64 << 20
_MARK = b"\nexpanded "
_CAUSE_CHARACTERS = 1_000
_FAILED = 100


class FullError(Exception):
    """More bytes come than are allowed."""


@dataclass(slots=True)
class Bounded:
    """A file that is written to up to ``limit`` bytes and as long as the disk has room.

    :raises FullError: from :meth:`write`, at the limit, up to which all is written.
    :raises UnreadableError: from :meth:`write`: the disk is nearly full, or it cannot be written.
    """

    file: BinaryIO
    folder: str
    limit: int = MEMBER_BYTES
    written: int = 0
    looked: int = 0

    def write(self, data: bytes) -> None:
        """Write at the file's place."""
        over = self.written + len(data) > self.limit
        data = data[: self.limit - self.written] if over else data
        if self.written + len(data) - self.looked >= _LOOKED_AT_DISK:
            self.looked = self.written + len(data)
            free = shutil.disk_usage(self.folder).free if self.folder else KEPT_FREE
            if free < KEPT_FREE:
                raise nearly_full(self.folder, free, self.written)
        try:
            self.file.write(data)
        except OSError as error:
            raise no_room(error) from error
        self.written += len(data)
        if over:
            raise FullError

    def back_to(self, place: int) -> None:
        """Take back what was written after ``place``."""
        self.file.seek(place)
        self.file.truncate()
        self.written = self.looked = place


def take(chunks: Iterator[bytes], to: BinaryIO, folder: str) -> None:
    """Write a member, given in pieces, to ``to``, a file in ``folder``, or one in memory.

    :raises UnreadableError: it is larger than a member may be, or there is no room.
    """
    bounded = Bounded(to, folder)
    try:
        for chunk in chunks:
            bounded.write(chunk)
    except FullError:
        raise too_large(MEMBER_BYTES + 1) from None


@dataclass(frozen=True, slots=True)
class Spool:
    """An expanded container: the file, how many bytes of it are good, and why no more, if so."""

    path: str
    length: int
    cause: str


_failed: dict[tuple[object, ...], UnreadableError] = {}
"""Process-local: what could not be expanded is not tried again for each of its members."""


@contextmanager
def expanded(
    path: str,
    how: str,
    write: Callable[[Bounded], str],
    limit: int,
    passwords: Sequence[str] = (),
) -> Iterator[Spool]:
    """Give what the container at ``path`` expands to, which ``write`` writes unless at hand.

    ``write`` returns why it could not write all, or an empty text; ``how`` is its name, and
    ``passwords`` are those it tries. What is beyond ``limit`` bytes is left out, and told.

    :raises UnreadableError: the container cannot be opened, ``write`` says so, or there is no room.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    key = (how, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    attempt = (*key, *passwords)
    if attempt in _failed:
        known = _failed[attempt]
        raise UnreadableError(known.stage, known.message, known.mend)
    with ExitStack() as stack:
        try:
            kept = member_store.kept(key, lambda to: _write(to, write, limit), shared=True)
            spool = _read_end(stack.enter_context(kept))
        except NoRoomError:
            raise
        except UnreadableError as error:
            if len(_failed) >= _FAILED:
                _failed.clear()
            _failed[attempt] = error
            raise
        yield spool


def _write(path: str, write: Callable[[Bounded], str], limit: int) -> None:
    with open(path, "xb") as file:
        bounded = Bounded(file, os.path.dirname(path), limit)
        try:
            cause = write(bounded)
        except FullError:
            cause = f"it expands to more than {limit:,} bytes"
        told = json.dumps(cause[:_CAUSE_CHARACTERS]).encode()
        try:
            file.seek(0, os.SEEK_END)
            file.write(_MARK + b"%16d %16d " % (bounded.written, len(told)) + told)
            file.write(b"%8d" % (len(told) + len(_MARK) + 34))
            file.flush()
        except OSError as error:
            raise no_room(error) from error


def _read_end(path: str) -> Spool:
    with open(path, "rb") as file:
        file.seek(-8, os.SEEK_END)
        size = int(file.read(8))
        file.seek(-8 - size, os.SEEK_END)
        end = file.read(size)[len(_MARK) :]
    return Spool(path, int(end[:16]), str(json.loads(end[34:])))

"""A file of rows that an interrupted run goes on with.

Until it is complete it is named ``FILE.part``, and ``FILE.part.for`` names the question that it
answers: a part that answers another question is begun anew. Each row is a line of its own and
begins with the number of what it belongs to and a comma. After an interruption the rows of the last
number are thrown away, as some of them may be missing; all before it are kept.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

from recordsearch.errors import UsageError


class Part:
    """A file that is being written: ``done`` are the numbers whose rows it has already."""

    def __init__(self, file: IO[bytes], done: frozenset[int], *, anew: bool) -> None:
        self._file = file
        self.done = done
        self.anew = anew
        """What another run began answers another question, and is begun anew."""

    def write(self, rows: Iterable[str]) -> None:
        """Write all rows of one number; each ends with its line end."""
        self._file.write("".join(rows).encode())


@contextmanager
def resuming(path: str, question: str, heading: str) -> Iterator[Part]:
    """Give the part of a file that is to be at ``path``, below ``heading``.

    The part takes the file's place when the context ends well; else it stays, to be gone on with.

    :raises UsageError: the file cannot be written.
    """
    part, answers = f"{path}.part", f"{path}.part.for"
    try:
        before = _read(answers)
        same = before == question.encode()
        end, done = _kept(part, heading) if same else (0, frozenset())
        with open(part, "r+b" if end else "w+b") as file:
            file.truncate(end)
            file.seek(end)
            if not end:
                file.write(heading.encode())
                with open(answers, "wb") as other:
                    other.write(question.encode())
            yield Part(file, done, anew=bool(before) and not same)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        with suppress(FileNotFoundError):
            os.unlink(answers)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}",
            "name a file in a folder that you may write to",
        ) from error


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(4_096)
    except FileNotFoundError:
        return b""


def _kept(part: str, heading: str) -> tuple[int, frozenset[int]]:
    """Return where the rows of the last number begin, and the numbers before it."""
    done: list[int] = []
    last = place = 0
    try:
        with open(part, "rb") as file:
            if file.readline() != heading.encode():
                return 0, frozenset()
            place = last = file.tell()
            for line in file:
                number = line.partition(b",")[0]
                if not number.isdigit() or not line.endswith(b"\n"):
                    break
                if not done or int(number) != done[-1]:
                    done.append(int(number))
                    last = place
                place += len(line)
    except FileNotFoundError:
        return 0, frozenset()
    return last, frozenset(done[:-1])

"""Where each unit of a pool stands: waiting, at work, suspected, or finished and not collected.

A unit that died is a suspect. Suspects are tried again one by one when nothing else waits or runs,
or when they have become so many that nothing more is taken before them.
"""

import threading
import time
from collections import deque
from typing import Generic

from recordsearch.errors import RecordsearchError
from recordsearch.executors.protocol import Unit, WorkFailedError
from recordsearch.executors.slot import Answer, Lost

# While this many bytes of answers lie unread no unit is begun.
_MOST_UNREAD = 64 << 20

Finished = Answer | WorkFailedError


class Ledger(Generic[Unit]):
    """Shared by the caller's thread and those that keep the workers; ``most`` units in flight."""

    def __init__(self, most: int) -> None:
        self._most = most
        lock = threading.Lock()
        self._to_do = threading.Condition(lock)
        self._done = threading.Condition(lock)
        self._waiting: deque[Unit] = deque()
        self._suspects: deque[Unit] = deque()
        self._finished: deque[tuple[Unit, Finished]] = deque()
        self._unread = 0
        self._running = 0
        self._idle = 0
        # Whether suspects are being tried, which is done with all that there are.
        self._trying = False
        self._dropped = False
        self._closed = False
        self._unable: RecordsearchError | None = None

    # For the caller.

    def add(self, unit: Unit) -> bool:
        """Take a unit; tell whether fewer threads wait for units than there are units."""
        with self._to_do:
            self._waiting.append(unit)
            self._to_do.notify()
            return self._idle < len(self._waiting)

    def room(self) -> bool:
        """Tell whether another unit may be added."""
        with self._to_do:
            in_flight = len(self._waiting) + self._running + len(self._finished)
            # Suspects do not keep others waiting, until they are too many.
            return in_flight < self._most and len(self._suspects) < self._most

    def in_hand(self) -> int:
        """Return the number of all units that are not collected."""
        with self._to_do:
            return self._in_hand()

    def _in_hand(self) -> int:
        return len(self._waiting) + len(self._suspects) + self._running + len(self._finished)

    def drop(self) -> None:
        """Forget all units that are not at work."""
        with self._to_do:
            self._dropped = True
            self._waiting.clear()
            self._suspects.clear()
            self._done.notify_all()

    def close(self) -> None:
        """Give out no more units."""
        with self._to_do:
            self._closed = True
            self._to_do.notify_all()

    def collect(self, seconds: float) -> list[tuple[Unit, Finished]]:
        """Return what is finished; wait at most ``seconds`` for the first, if there is any.

        :raises RecordsearchError: as told to :meth:`give_up`.
        """
        until = time.monotonic() + seconds
        with self._done:
            while not (self._finished or self._unable) and self._in_hand():
                if not self._done.wait(until - time.monotonic()):
                    break
            if self._unable is not None:
                raise self._unable
            finished = list(self._finished)
            self._finished.clear()
            self._unread = 0
            self._to_do.notify_all()
        return finished

    # For the threads that keep the workers.

    def take(self) -> tuple[Unit, bool] | None:
        """Wait for a unit; tell whether it is to be tried alone. None where there are no more."""
        with self._to_do:
            self._idle += 1
            try:
                while not self._closed and self._unable is None:
                    taken = self._next() if self._unread <= _MOST_UNREAD else None
                    if taken is not None:
                        self._running += 1
                        return taken
                    self._to_do.wait()
            finally:
                self._idle -= 1
        return None

    def _next(self) -> tuple[Unit, bool] | None:
        if self._suspects and not self._running and (self._trying or not self._waiting):
            self._trying = True
            return self._suspects.popleft(), True
        if self._waiting and not self._trying:
            return self._waiting.popleft(), False
        return None

    def finish(self, unit: Unit, answer: Finished | Lost | None, *, alone: bool) -> None:
        """Enter what became of a unit; None where nobody wants to know any more."""
        with self._to_do:
            self._running -= 1
            self._trying = self._trying and bool(self._suspects)
            if isinstance(answer, Lost) and answer.again and not alone:
                # Where all is being stopped it is forgotten: the next run reads it again.
                if not self._dropped:
                    self._suspects.append(unit)
            elif isinstance(answer, Lost):
                self._finished.append((unit, _alone_too(answer.error) if alone else answer.error))
            elif answer is not None:
                self._finished.append((unit, answer))
                self._unread += 0 if isinstance(answer, WorkFailedError) else len(answer[1])
            self._to_do.notify_all()
            self._done.notify_all()

    def give_up(self, error: RecordsearchError) -> None:
        """Give out no more units, and tell the caller why."""
        with self._to_do:
            self._unable = error
            self._to_do.notify_all()
            self._done.notify_all()


def _alone_too(error: WorkFailedError) -> WorkFailedError:
    cause = f"{error.cause}, also when nothing else was read"
    return WorkFailedError(cause, fatal=True, killed=error.killed)

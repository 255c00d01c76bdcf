"""A worker's place in the pool: holds at most one process, renews it, and keeps it to its limits.

The process is started when there is a unit for it. :meth:`Slot.work` is called by the one thread
that keeps this place; :meth:`Slot.look` by the one that looks after all of them.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from recordsearch.executors.limits import in_words
from recordsearch.executors.process import Ended, WorkerLostError, WorkerProcess
from recordsearch.executors.protocol import WorkFailedError
from recordsearch.executors.worker import Kind, WorkerSettings

# A worker is replaced after this many units, which bounds what its libraries leak,
_UNITS_BEFORE_RENEWAL = 1000
# or where it keeps more than this share of the memory that it may take.
_KEPT_BEFORE_RENEWAL = 0.5
# How long a worker may take to start, in seconds, and how often that is tried.
_START_SECONDS = 120.0
_STARTS = 3


class CannotStartError(Exception):
    """No worker can be started; the words say why."""


class StoppedError(Exception):
    """The unit's worker was ended because nobody wants its answer any more."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A unit that cost its worker; ``again`` tells that it may be the fault of others."""

    error: WorkFailedError
    again: bool


Answer = tuple[Kind, memoryview]


class Slot:
    """Starts processes with ``start``; an alone one may take ``memory_alone`` bytes."""

    def __init__(
        self,
        start: Callable[[WorkerSettings], WorkerProcess],
        settings: WorkerSettings,
        memory_alone: int,
    ) -> None:
        self._start = start
        self._settings = settings
        self._memory_alone = memory_alone
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._until: float | None = None
        self._closed = False

    def memory(self) -> int:
        """Return the bytes that the process takes now; 0 where there is none."""
        worker = self._worker
        return 0 if worker is None else worker.memory_now()

    def work(self, unit: bytes, *, alone: bool) -> Answer | Lost:
        """Work on a pickled unit; ``alone`` in a process of its own.

        :raises CannotStartError: there is no worker for it.
        :raises StoppedError: it was ended by :meth:`close` or at the time told to :meth:`look`.
        """
        if alone:
            self.clear()
        worker = self._ready(self._memory_alone if alone else self._settings.memory)
        self._limit(self._settings.seconds)
        try:
            answer = worker.ask(unit)
        except WorkerLostError as lost:
            return self._lost(lost, worker)
        finally:
            self._limit(None)
            if alone:
                self.clear()
        if answer[0] is Kind.NO_MEMORY:
            # What it kept may be broken by the want of memory.
            self.clear()
            return self._too_large(worker)
        self._renew(worker)
        return answer

    def _ready(self, memory: int) -> WorkerProcess:
        worker = self._worker
        if worker is not None and worker.is_alive():
            return worker
        for attempt in range(_STARTS):
            try:
                return self._new(replace(self._settings, memory=memory))
            except WorkerLostError as error:
                if error.ended is Ended.STOPPED:
                    raise StoppedError from None
                cause = f"a worker process {error.how}" if error.ended is None else "no answer"
            except OSError as error:
                cause = error.strerror or str(error)
            # It may be for want of memory that others will give back.
            time.sleep(0.2 * attempt)
        raise CannotStartError(cause)

    def _new(self, settings: WorkerSettings) -> WorkerProcess:
        with self._lock:
            if self._closed:
                raise StoppedError
            self._worker = worker = self._start(settings)
            self._until = time.monotonic() + _START_SECONDS
        try:
            worker.wait_until_ready()
        finally:
            self._limit(None)
        return worker

    def _limit(self, seconds: float | None) -> None:
        with self._lock:
            self._until = None if seconds is None else time.monotonic() + seconds

    def _lost(self, lost: WorkerLostError, worker: WorkerProcess) -> Lost:
        if lost.ended is Ended.STOPPED:
            raise StoppedError
        if lost.ended is Ended.TIME:
            # A second try would cost as much again, with every other worker waiting for it.
            cause = f"reading took more than {self._settings.seconds:g} seconds"
            return Lost(WorkFailedError(cause, fatal=True), again=False)
        if lost.ended is Ended.MEMORY:
            return self._too_large(worker)
        cause = f"the reading process {lost.how}"
        return Lost(WorkFailedError(cause, fatal=True, killed=lost.killed), again=True)

    def _too_large(self, worker: WorkerProcess) -> Lost:
        cause = f"reading took more than {in_words(worker.memory)} of memory (--memory)"
        again = worker.memory < self._memory_alone
        return Lost(WorkFailedError(cause, fatal=True), again=again)

    def _renew(self, worker: WorkerProcess) -> None:
        kept = worker.memory_now()
        old = worker.asked >= _UNITS_BEFORE_RENEWAL
        if old or kept > worker.memory * _KEPT_BEFORE_RENEWAL:
            self.clear()

    def clear(self) -> None:
        """End the process, which works on nothing."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def look(self, late: float, stop_at: float | None) -> None:
        """End the process if it is over a limit, or works after ``stop_at``.

        ``late`` is how many seconds nobody looked, for which no unit can be blamed.
        """
        with self._lock:
            worker = self._worker
            if worker is None:
                return
            if self._until is None:
                worker.is_alive()
                return
            self._until += late
            now = time.monotonic()
            if stop_at is not None and now > stop_at:
                worker.kill(Ended.STOPPED)
            elif now > self._until:
                worker.kill(Ended.TIME)
            elif worker.asked and worker.memory_now() > worker.memory:
                worker.kill(Ended.MEMORY)

    def close(self) -> None:
        """End the process now if it works, and start no other."""
        with self._lock:
            self._closed = True
            if self._worker is not None and self._until is not None:
                self._worker.kill(Ended.STOPPED)

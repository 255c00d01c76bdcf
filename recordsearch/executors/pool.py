"""Work in a pool of processes, in which a crash or a hang costs one unit and nothing else.

Each worker has a connection of its own and a thread in the parent that keeps it: the thread
hands over a unit, waits for the answer, and starts another process where there is none. One more
thread ends what is over its limit of time or memory. A pool whose workers share a queue cannot
promise this: a worker that dies while it writes takes the queue with it.

A unit that died is tried once more when nothing else is left to do, in a fresh process beside
which no other works, so that it is not blamed for what others did to the machine.

Workers are spawned, not forked: the parent runs threads (the engine's, the progress display's),
and a forked copy of a process with threads may hang.
"""

import multiprocessing
import os
import pickle
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self

from recordsearch.errors import RecordsearchError
from recordsearch.executors.ledger import Finished, Ledger
from recordsearch.executors.limits import default_memory, default_memory_alone
from recordsearch.executors.process import WorkerProcess
from recordsearch.executors.protocol import Outcome, Result, Unit, WorkFailedError, failed
from recordsearch.executors.slot import (
    CannotStartError,
    Lost,
    Slot,
    StoppedError,
)
from recordsearch.executors.worker import Kind, WorkerSettings

# Enough waiting units that no worker idles while the parent writes.
_UNITS_A_WORKER = 4
# Most bytes of one answer, pickled: 64 MB of plain text give as much.
_MOST_RESULT = 512 << 20
# How often workers are looked at, in seconds.
_TICK = 0.1
# How long units may go on after the user wants to stop, in seconds: OCR of a page takes one to ten.
_GRACE = 10.0
# How long the kernel may take to end what was killed, in seconds; it takes milliseconds.
_LEAVE = 5.0
_MEND = "close other programs, or use fewer --workers or a larger --memory"


def usable_cores() -> int:
    """Return the number of processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class PoolExecutor(Generic[Unit, Result]):
    """A pool of at most ``workers`` processes; a unit may take ``timeout`` seconds.

    ``work`` must be a function at the top level of a module. ``memory`` is the bytes that a worker
    may take, None its share of the machine's, where a unit that is tried alone may take all.
    ``retry_alone`` tells which units are tried again, None all: a unit that the caller would
    rather cut into parts need not be. After :meth:`drop_waiting` units may go on for ``grace``
    seconds.
    """

    def __init__(
        self,
        work: Callable[[Unit], Result],
        workers: int,
        timeout: float,
        *,
        memory: int | None = None,
        retry_alone: Callable[[Unit], bool] | None = None,
        grace: float = _GRACE,
        most_result: int = _MOST_RESULT,
        nice: bool = True,
    ) -> None:
        self._work = pickle.dumps(work)
        self._workers = workers
        self._settings = WorkerSettings(
            memory or default_memory(workers), most_result, timeout, nice
        )
        self._memory_alone = memory or max(default_memory_alone(), self._settings.memory)
        self._retry_alone = retry_alone
        self._grace = grace
        self._context = multiprocessing.get_context("spawn")
        self._slots: list[Slot] = []
        self._threads: list[threading.Thread] = []
        self._closed = threading.Event()
        self._stop_at: float | None = None
        self._units: Ledger[Unit] = Ledger(workers * _UNITS_A_WORKER)

    def submit(self, unit: Unit) -> None:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        if self._units.add(unit) and len(self._slots) < self._workers:
            self._add_worker()

    def _add_worker(self) -> None:
        slot = Slot(
            lambda settings: WorkerProcess(self._context, self._work, settings),
            self._settings,
            self._memory_alone,
        )
        if not self._slots:
            self._begin_thread(self._look_after)
        self._slots.append(slot)
        self._begin_thread(lambda: self._keep(slot))

    def _begin_thread(self, function: Callable[[], None]) -> None:
        thread = threading.Thread(target=function, name="recordsearch-pool", daemon=True)
        thread.start()
        self._threads.append(thread)

    def room(self) -> bool:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return self._units.room()

    def memory(self) -> int:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return sum(slot.memory() for slot in list(self._slots))

    def pending(self) -> int:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return self._units.in_hand()

    def drop_waiting(self) -> None:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        self._units.drop()
        if self._stop_at is None:
            self._stop_at = time.monotonic() + self._grace

    def collect(self, seconds: float) -> list[Outcome[Unit, Result]]:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return [_outcome(unit, answer) for unit, answer in self._units.collect(seconds)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed.set()
        self._units.close()
        until = time.monotonic() + _LEAVE
        for slot in self._slots:
            slot.close()
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    # In threads of their own.

    def _keep(self, slot: Slot) -> None:
        try:
            while (taken := self._units.take()) is not None:
                unit, alone = taken
                self._units.finish(unit, self._try(slot, unit, alone=alone), alone=alone)
        finally:
            slot.clear()

    def _try(self, slot: Slot, unit: Unit, *, alone: bool) -> Finished | Lost | None:
        """Have a unit worked on; raises nothing, as every unit must have its outcome."""
        try:
            if alone:
                for idle in self._slots:
                    idle.clear()  # what they keep is memory that may be missing
            answer = slot.work(pickle.dumps(unit, pickle.HIGHEST_PROTOCOL), alone=alone)
            if isinstance(answer, Lost) and self._retry_alone and not self._retry_alone(unit):
                return answer.error
            return answer
        except StoppedError:
            return None
        except CannotStartError as error:
            cause = f"no worker process can be started: {error}"
            self._units.give_up(RecordsearchError(cause, _MEND))
            return None
        except BaseException as error:
            return failed(error)

    def _look_after(self) -> None:
        looked = time.monotonic()
        while not self._closed.wait(_TICK):
            # This process may have been suspended, or starved of time.
            late = time.monotonic() - looked - _TICK
            looked += _TICK + late
            for slot in list(self._slots):
                slot.look(late if late > 1 else 0.0, self._stop_at)


def _outcome(unit: Unit, answer: Finished) -> Outcome[Unit, Result]:
    if isinstance(answer, WorkFailedError):
        return Outcome(unit, None, answer)
    kind, content = answer
    try:
        value = pickle.loads(content)  # noqa: S301 - from a worker
    except Exception as error:
        return Outcome(unit, None, failed(error))
    if kind is Kind.ERROR:
        return Outcome(unit, None, value)
    return Outcome(unit, value, None)

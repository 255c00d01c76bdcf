"""Work in a pool of processes, in which a crash or a hang costs one unit and nothing else.

Workers are spawned, not forked: the parent runs threads (the engine's, the progress display's),
and a forked copy of a process with threads may hang.
"""

import multiprocessing
import os
import queue
import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Self

from recordsearch.errors import RecordsearchError
from recordsearch.executors.protocol import Outcome, Result, Unit, WorkFailedError, failed

if TYPE_CHECKING:
    from pebble import ProcessPool

# Enough waiting units that no worker idles while the parent writes.
_UNITS_A_WORKER = 4
# A worker is replaced after this many units, which bounds what its libraries leak.
_UNITS_BEFORE_RENEWAL = 1000
# How often a unit is tried again that was lost with a whole pool.
_TRIES = 2


def usable_cores() -> int:
    """Return the number of processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


class PoolExecutor(Generic[Unit, Result]):
    """A pool of ``workers`` processes; a unit may take ``timeout`` seconds.

    ``work`` must be a function at the top level of a module.
    """

    def __init__(self, work: Callable[[Unit], Result], workers: int, timeout: float) -> None:
        self._work = _Contained(work)
        self._workers = workers
        self._timeout = timeout
        self._most = workers * _UNITS_A_WORKER
        self._pending = 0
        self._tries: Counter[int] = Counter()
        self._futures: set[Future[Result]] = set()
        self._dropping = False
        self._finished: queue.SimpleQueue[tuple[Unit, Future[Result]]] = queue.SimpleQueue()
        self._pool = self._new_pool()

    def _new_pool(self) -> "ProcessPool":
        from pebble import ProcessPool

        return ProcessPool(
            max_workers=self._workers,
            max_tasks=_UNITS_BEFORE_RENEWAL,
            context=multiprocessing.get_context("spawn"),
            initializer=_prepare_worker,
            initargs=(os.getpid(),),
        )

    def submit(self, unit: Unit) -> None:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        self._pending += 1
        self._schedule(unit)

    def _schedule(self, unit: Unit) -> None:
        try:
            future = self._pool.schedule(self._work, args=(unit,), timeout=self._timeout)
        except RuntimeError:
            # The pool broke: a worker was killed from outside while it had nothing to do.
            self._end_pool()
            self._pool = self._new_pool()
            future = self._pool.schedule(self._work, args=(unit,), timeout=self._timeout)
        self._futures.add(future)
        future.add_done_callback(lambda done: self._finished.put((unit, done)))

    def _end_pool(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def room(self) -> bool:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return self._pending < self._most

    def pending(self) -> int:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return self._pending

    def drop_waiting(self) -> None:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        self._dropping = True
        for future in list(self._futures):
            if not future.running():
                future.cancel()

    def collect(self, seconds: float) -> list[Outcome[Unit, Result]]:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        outcomes: list[Outcome[Unit, Result]] = []
        try:
            finished = self._finished.get(timeout=seconds)
            while True:
                outcome = self._outcome(*finished)
                if outcome is not None:
                    outcomes.append(outcome)
                finished = self._finished.get_nowait()
        except queue.Empty:
            self._pending -= len(outcomes)
            return outcomes

    def _outcome(self, unit: Unit, future: "Future[Result]") -> Outcome[Unit, Result] | None:
        """Return what became of a unit; None where it was dropped, or is tried in a new pool."""
        from pebble import ProcessExpired

        self._futures.discard(future)
        if self._dropping and future.cancelled():
            self._pending -= 1
            return None
        try:
            return Outcome(unit, future.result(), None)
        except (RecordsearchError, WorkFailedError) as error:
            return Outcome(unit, None, error)
        except TimeoutError:
            cause = f"reading took more than {self._timeout:.0f} seconds"
            return Outcome(unit, None, WorkFailedError(cause, fatal=True))
        except ProcessExpired as error:
            cause = f"the reading process died ({_how_it_died(error.exitcode)})"
            return Outcome(unit, None, WorkFailedError(cause, fatal=True))
        except (BrokenProcessPool, CancelledError) as error:
            # Not this unit's fault; but a unit that is there each time may be the cause after all.
            key = hash(unit)
            self._tries[key] += 1
            if self._tries[key] > _TRIES:
                return Outcome(unit, None, WorkFailedError(f"the pool broke: {error}", fatal=True))
            self._schedule(unit)
            return None
        except Exception as error:
            return Outcome(unit, None, failed(error))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_pool()


class _Contained(Generic[Unit, Result]):
    """A function of which only the program's own errors leave the worker.

    Any other error is put into words there: one that cannot be pickled would break the pool, and
    a ``SystemExit`` out of a library would end the parent.
    """

    def __init__(self, work: Callable[[Unit], Result]) -> None:
        self._work = work

    def __call__(self, unit: Unit) -> Result:
        try:
            return self._work(unit)
        except (RecordsearchError, WorkFailedError):
            raise
        except BaseException as error:
            raise failed(error) from None


def _how_it_died(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            return f"signal {-exit_code}"
    return f"exit status {exit_code}"


def _prepare_worker(parent: int) -> None:
    """End this worker when its parent is gone, which it would otherwise outlive if killed."""
    import threading
    import time

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    if hasattr(os, "getppid"):
        threading.Thread(target=watch, daemon=True).start()

"""Work in a pool of processes, in which a crash or a hang costs one unit and nothing else.

Workers are spawned, not forked: the parent runs threads (the engine's, the progress display's),
and a forked copy of a process with threads may hang.
"""

import multiprocessing
import os
import queue
import signal
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Generic, Self

from recordsearch.errors import RecordsearchError
from recordsearch.executors.protocol import Outcome, Result, Unit, WorkFailedError

# Enough waiting units that no worker idles while the parent writes.
_UNITS_A_WORKER = 4
# A worker is replaced after this many units, which bounds what its libraries leak.
_UNITS_BEFORE_RENEWAL = 1000


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
        from pebble import ProcessPool

        self._work = work
        self._timeout = timeout
        self._most = workers * _UNITS_A_WORKER
        self._pending = 0
        self._finished: queue.SimpleQueue[tuple[Unit, Future[Result]]] = queue.SimpleQueue()
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_UNITS_BEFORE_RENEWAL,
            context=multiprocessing.get_context("spawn"),
            initializer=_prepare_worker,
            initargs=(os.getpid(),),
        )

    def submit(self, unit: Unit) -> None:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        self._pending += 1
        future = self._pool.schedule(self._work, args=(unit,), timeout=self._timeout)
        future.add_done_callback(lambda done: self._finished.put((unit, done)))

    def room(self) -> bool:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return self._pending < self._most

    def pending(self) -> int:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return self._pending

    def collect(self, seconds: float) -> list[Outcome[Unit, Result]]:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        outcomes: list[Outcome[Unit, Result]] = []
        try:
            outcomes.append(self._outcome(*self._finished.get(timeout=seconds)))
            while True:
                outcomes.append(self._outcome(*self._finished.get_nowait()))
        except queue.Empty:
            self._pending -= len(outcomes)
            return outcomes

    def _outcome(self, unit: Unit, future: "Future[Result]") -> Outcome[Unit, Result]:
        from pebble import ProcessExpired

        try:
            return Outcome(unit, future.result(), None)
        except RecordsearchError as error:
            return Outcome(unit, None, error)
        except TimeoutError:
            cause = f"reading took more than {self._timeout:.0f} seconds"
            return Outcome(unit, None, WorkFailedError(cause, fatal=True))
        except ProcessExpired as error:
            cause = f"the reading process died ({_how_it_died(error.exitcode)})"
            return Outcome(unit, None, WorkFailedError(cause, fatal=True))
        except Exception as error:
            failed = WorkFailedError(f"{type(error).__name__}: {error}", fatal=False)
            return Outcome(unit, None, failed)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


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

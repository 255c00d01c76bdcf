"""One worker process, seen from the parent: start it, ask it, end it, say how it died."""

import contextlib
import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from enum import Enum
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext

from recordsearch.executors.limits import in_words, resident
from recordsearch.executors.worker import HEADER, Kind, WorkerSettings, run_worker

# How long a worker that was told to end may take before it is killed, in seconds.
_FAREWELL = 0.5
# How often a silent worker is looked at, in seconds.
_LOOK = 0.5
_SOON = 0.002
# How long the kernel may take to end a killed process, which waits for its disk at worst.
_BURIAL = 5.0


class Ended(Enum):
    """Why the parent ended a worker."""

    TIME = "time"
    MEMORY = "memory"
    STOPPED = "stopped"


class WorkerLostError(Exception):
    """The worker gave no answer and is no more; ``ended`` is None where it died by itself.

    ``how`` is a few words; ``killed`` tells that neither it nor the parent ended it.
    """

    def __init__(self, how: str, ended: Ended | None, *, killed: bool = False) -> None:
        super().__init__(how)
        self.how = how
        self.ended = ended
        self.killed = killed


class WorkerProcess:
    """A process of its own group, with a connection of its own, that nothing else shares.

    So whatever a worker writes, breaks or holds when it dies concerns no other. One thread may
    ask; :meth:`kill` may be called by any.

    :raises OSError: no process can be started.
    """

    def __init__(self, context: SpawnContext, work: bytes, settings: WorkerSettings) -> None:
        self.memory = settings.memory
        self.peak = 0
        self.asked = 0
        self._most = HEADER.size + settings.most_result
        self._ended: Ended | None = None
        self._killed = False
        self._gone = False
        self._killing = threading.Lock()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=run_worker, args=(theirs, work, settings), name="recordsearch", daemon=True
        )
        try:
            with _uninterrupted():
                self._process.start()
        except BaseException:
            self._connection.close()
            raise
        finally:
            theirs.close()

    def wait_until_ready(self) -> None:
        """Wait until the worker can take units.

        :raises WorkerLostError: it ended first.
        """
        kind, content = self._receive(0)
        if kind is Kind.CANNOT_START:
            self.end()
            words = pickle.loads(content)  # noqa: S301 - from a worker
            raise WorkerLostError(f"failed at its start: {words}", None)

    def ask(self, unit: bytes) -> tuple[Kind, memoryview]:
        """Have the worker work on a pickled unit; return its pickled answer.

        :raises WorkerLostError: it ended first, or was ended because what it sent is no answer.
        """
        self.asked += 1
        # Where this fails the worker is gone, which the receiving tells.
        with contextlib.suppress(OSError):
            self._connection.send_bytes(HEADER.pack(self.asked, 0) + unit)
        return self._receive(self.asked)

    def _receive(self, number: int) -> tuple[Kind, memoryview]:
        try:
            while not self._connection.poll(_LOOK):
                # A process that a unit started may hold the connection open.
                if self._process.exitcode is not None and not self._connection.poll():
                    raise EOFError
            message = self._connection.recv_bytes(self._most)
            told, kind = HEADER.unpack_from(message)
            if told == number:
                return Kind(kind), memoryview(message)[HEADER.size :]
            how = "sent what is no answer"
        except EOFError:
            how = "closed its connection"
        except Exception:  # garbage is told by many errors
            how = "sent what is no answer"
        how = self._post_mortem(how)
        raise WorkerLostError(how, self._ended, killed=self._killed)

    def _post_mortem(self, how: str) -> str:
        """End what is left of the worker; say how it died, or ``how`` where it still lives."""
        exit_code = self._exit_code(_FAREWELL)
        # The kernel where memory is short, or the user: no unit ends itself so.
        self._killed = exit_code == -signal.SIGKILL and self._ended is None
        if exit_code is None:
            self.kill()
        else:
            how = f"died ({_in_words(exit_code)})"
            if self.peak > self.memory // 2:
                how += (
                    f", having taken {in_words(self.peak)} of memory"
                    f" where {in_words(self.memory)} are allowed (--memory)"
                )
        self._bury()
        return how

    def kill(self, why: Ended | None = None) -> None:
        """End the worker at once, and every process that a unit started."""
        with self._killing:
            if self._gone:
                return
            self._ended = self._ended or why
            with contextlib.suppress(OSError):
                self._process.kill()
            self._kill_group()

    def _kill_group(self) -> None:
        if hasattr(os, "killpg") and self._process.pid is not None:
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Let an idle worker end as it would by itself; kill it if it does not."""
        with contextlib.suppress(OSError):
            self._connection.close()
        self._exit_code(_FAREWELL)
        self.kill()
        self._bury()

    def _bury(self) -> None:
        with contextlib.suppress(OSError):
            self._connection.close()
        self._exit_code(_BURIAL)
        with self._killing:
            if not self._gone:
                self._kill_group()
            self._gone = True

    def _exit_code(self, seconds: float) -> int | None:
        """Wait at most ``seconds`` for the process to end; return None where it does not.

        It is asked for again and again, as what ``join`` waits for is a pipe, which a unit may
        have written to, and as another thread that starts a process may take the answer.
        """
        until = time.monotonic() + seconds
        while (exit_code := self._process.exitcode) is None and time.monotonic() < until:
            time.sleep(_SOON)
        return exit_code

    def is_alive(self) -> bool:
        """Tell whether the process runs; one that died leaves nothing behind after this."""
        if self._process.exitcode is None:
            return True
        self._bury()
        return False

    def memory_now(self) -> int:
        """Return the bytes of memory that the worker has taken; 0 where nobody knows."""
        pid = self._process.pid
        now = 0 if self._gone or pid is None else (resident(pid) or 0)
        self.peak = max(self.peak, now)
        return now


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Have this thread's children start deaf to Ctrl-C, which they would not survive so early."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Starting this with the first child would let interrupts in again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _in_words(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            return f"signal {-exit_code}"
    return f"exit status {exit_code}"

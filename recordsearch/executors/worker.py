"""What runs in a worker process: units come in and answers go out over its own connection.

A message is a header (:data:`HEADER`: the unit's number, the :class:`Kind`) and pickled bytes.
The program's own errors are sent as they are. Any other is put into words here: it may not be
picklable, and a ``SystemExit`` out of a library would end the parent.
"""

import contextlib
import ctypes
import enum
import faulthandler
import io
import multiprocessing
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from recordsearch.errors import RecordsearchError
from recordsearch.executors.limits import in_words, limit_own_memory
from recordsearch.executors.protocol import WorkFailedError, failed

HEADER = struct.Struct("!QB")

# Bytes of an error, pickled.
_MOST_ERROR = 1 << 20
_NICE = 10
# From Linux's <sys/prctl.h>.
_PR_SET_PDEATHSIG = 1
# Of 1,000: the kernel, out of memory, ends a worker sooner than the parent.
_FIRST_TO_GO = b"500"
# From Windows' <winbase.h>.
_BELOW_NORMAL_PRIORITY_CLASS = 0x4000


class Kind(enum.IntEnum):
    """What a message is."""

    READY = 0
    CANNOT_START = 1
    RESULT = 2
    ERROR = 3
    NO_MEMORY = 4


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """How a worker works; ``memory`` and ``most_result`` are bytes, ``seconds`` a unit's limit."""

    memory: int
    most_result: int
    seconds: float
    nice: bool


def run_worker(connection: Connection, work: bytes, settings: WorkerSettings) -> None:
    """Serve until the parent closes the connection or is gone; ``work`` is a pickled function."""
    with contextlib.suppress(EOFError, OSError):
        try:
            dies_with_parent = _prepare(connection, settings)
            function = pickle.loads(work)  # noqa: S301 - from the parent
        except BaseException as error:
            connection.send_bytes(_message(0, Kind.CANNOT_START, str(failed(error)), _MOST_ERROR))
            return
        connection.send_bytes(HEADER.pack(0, Kind.READY))
        while True:
            message = connection.recv_bytes()
            if not dies_with_parent:
                # Ends also a unit that never lets another thread run.
                faulthandler.dump_traceback_later(2 * settings.seconds + 10, exit=True, file=2)
            answer = _answer(function, message, settings.most_result)
            if not dies_with_parent:
                faulthandler.cancel_dump_traceback_later()
            connection.send_bytes(answer)
            del message, answer


def _answer(work: Callable[[Any], Any], message: bytes, most: int) -> memoryview | bytes:
    number, _ = HEADER.unpack_from(message)
    try:
        unit = pickle.loads(memoryview(message)[HEADER.size :])  # noqa: S301 - from the parent
        return _message(number, Kind.RESULT, work(unit), most)
    except MemoryError:
        return HEADER.pack(number, Kind.NO_MEMORY)
    except BaseException as error:
        return _message(number, Kind.ERROR, _sendable(error), _MOST_ERROR)


def _sendable(error: BaseException) -> Exception:
    """Return the error itself if it is the program's own and arrives whole, or its words."""
    if isinstance(error, RecordsearchError | WorkFailedError):
        with contextlib.suppress(Exception):
            sent = pickle.dumps(error)
            pickle.loads(sent)  # noqa: S301 - made here
            if len(sent) < _MOST_ERROR // 2:
                return error
    return failed(error)


class _Bounded(io.BytesIO):
    """Bytes that may not become more than ``most``."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise WorkFailedError(
                f"what was found is more than {in_words(self._most)}", fatal=False
            )
        return super().write(data)


def _message(number: int, kind: Kind, content: Any, most: int) -> memoryview:
    stream = _Bounded(most)
    stream.write(HEADER.pack(number, kind))
    pickle.dump(content, stream, pickle.HIGHEST_PROTOCOL)
    return stream.getbuffer()


def _prepare(connection: Connection, settings: WorkerSettings) -> bool:
    """Set up this process; tell whether the kernel ends it when its parent is gone."""
    # The parent decides when to stop. It ends what a unit may have started, by the group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgid"):
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _be_silent(connection)
    # One process a core is all that the machine can use.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if settings.nice:
        _lower_priority()
    limit_own_memory(settings.memory)
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "wb") as file:
        file.write(_FIRST_TO_GO)
    return _die_with_parent()


def _be_silent(connection: Connection) -> None:
    """Lose what libraries print: they quote documents, and control characters with them."""
    parent = multiprocessing.parent_process()
    in_use = {connection.fileno(), parent.sentinel if parent is not None else -1}
    with open(os.devnull, "r+b", buffering=0) as nowhere:
        for stream in {0, 1, 2} - in_use:
            os.dup2(nowhere.fileno(), stream)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    try:
        if parent is not None:
            parent.join()
    finally:
        os._exit(1)


def _die_with_parent() -> bool:
    try:
        libc = ctypes.CDLL(None)
        return bool(libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) == 0)
    except (AttributeError, OSError):
        return False


def _lower_priority() -> None:
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICE)
    elif sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL_PRIORITY_CLASS)

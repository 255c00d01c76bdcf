"""What an executor must do. A worker computes from picklable values to picklable values."""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

Unit = TypeVar("Unit")
Result = TypeVar("Result")

# Most characters of a foreign error's own words: some quote the whole document.
_MOST_WORDS = 300


class WorkFailedError(Exception):
    """A unit that gave no result: its worker died, ran out of time or memory, or raised.

    ``cause`` is a few words for the user. ``fatal`` tells that the worker was lost with it, so
    that a smaller part of the unit may still succeed alone; ``killed`` that something else than
    the unit or the pool ended it.
    """

    def __init__(self, cause: str, *, fatal: bool, killed: bool = False) -> None:
        super().__init__(cause)
        self.cause = cause
        self.fatal = fatal
        self.killed = killed

    def __reduce__(self) -> "tuple[Callable[..., WorkFailedError], tuple[str, bool, bool]]":
        return _work_failed, (self.cause, self.fatal, self.killed)


def _work_failed(cause: str, fatal: bool, killed: bool) -> WorkFailedError:
    """Make the error anew on the other side of a process's border."""
    return WorkFailedError(cause, fatal=fatal, killed=killed)


def failed(error: BaseException) -> WorkFailedError:
    """Say in words what a unit raised; the error itself may not survive being sent."""
    if isinstance(error, MemoryError):
        return WorkFailedError("it needs more memory than there is", fatal=False)
    try:
        words = str(error)[:_MOST_WORDS]
    except Exception:
        words = "it cannot be told"
    return WorkFailedError(f"{type(error).__name__}: {words}", fatal=False)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Unit, Result]):
    """A unit that has been worked on: its result, or the error that it raised."""

    unit: Unit
    result: Result | None
    error: Exception | None


class Executor(Protocol[Unit, Result]):
    """Works on units with the one function that it was made with.

    Leaving the ``with`` block ends all workers at once; what was not collected is lost.
    """

    def submit(self, unit: Unit) -> None:
        """Take a unit. The caller asks :meth:`room` first, so that memory stays bounded."""

    def room(self) -> bool:
        """Tell whether another unit may be submitted now."""

    def memory(self) -> int:
        """Return the bytes of memory that its processes take now, as far as can be told."""

    def pending(self) -> int:
        """Return how many units were submitted and not collected yet."""

    def drop_waiting(self) -> None:
        """Forget the units that no worker has begun; nothing more is submitted after this.

        Units under way may be forgotten too where they take long: these never come back.
        """

    def collect(self, seconds: float) -> list[Outcome[Unit, Result]]:
        """Return finished units, waiting at most ``seconds`` for the first.

        :raises RecordsearchError: no unit can be worked on at all.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

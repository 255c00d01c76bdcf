"""Work in this process, one unit after the other: for tests, and for looking at one failure."""

from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self

from recordsearch.errors import RecordsearchError
from recordsearch.executors.protocol import Outcome, Result, Unit, WorkFailedError, failed


class SerialExecutor(Generic[Unit, Result]):
    """Runs a unit when it is collected."""

    def __init__(self, work: Callable[[Unit], Result]) -> None:
        self._work = work
        self._waiting: deque[Unit] = deque()

    def submit(self, unit: Unit) -> None:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        self._waiting.append(unit)

    def room(self) -> bool:
        """One unit at a time."""
        return not self._waiting

    def memory(self) -> int:
        """All is done in the caller's own process."""
        return 0

    def pending(self) -> int:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        return len(self._waiting)

    def drop_waiting(self) -> None:
        """See :class:`~recordsearch.executors.protocol.Executor`."""
        self._waiting.clear()

    def collect(self, seconds: float) -> list[Outcome[Unit, Result]]:
        """Work on the next unit; ``seconds`` cannot be kept here."""
        if not self._waiting:
            return []
        unit = self._waiting.popleft()
        try:
            return [Outcome(unit, self._work(unit), None)]
        except (RecordsearchError, WorkFailedError) as error:
            return [Outcome(unit, None, error)]
        except Exception as error:
            return [Outcome(unit, None, failed(error))]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._waiting.clear()

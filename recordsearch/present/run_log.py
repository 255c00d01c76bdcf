"""A run's log as JSON Lines: problems and notices as they come, progress every half minute.

Everything outside ASCII is written as an escape, as in :mod:`recordsearch.present.jsonl`.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TextIO

from recordsearch.workflows.events import (
    Event,
    Notice,
    ProblemFound,
    Progress,
    Rebuilding,
    Relating,
)

_INTERVAL_SECONDS = 30.0


class RunLog:
    """Writes events to a text file, a line each, complete and flushed."""

    def __init__(self, file: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._next = 0.0

    def update(self, event: Event) -> None:
        """Take an event.

        :raises OSError: the file cannot be written to any more.
        """
        if isinstance(event, Progress | Rebuilding | Relating):
            now = self._clock()
            if now < self._next:
                return
            self._next = now + _INTERVAL_SECONDS
        line = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "event": _name(event),
            **_fields(event),
        }
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def _name(event: Event) -> str:
    match event:
        case ProblemFound():
            return "problem"
        case _:
            return type(event).__name__.lower()


def _fields(event: Event) -> dict[str, object]:
    match event:
        case Notice():
            return {"message": event.message}
        case ProblemFound():
            return asdict(event.problem)
        case Progress():
            left = event.seconds_left
            return {
                **asdict(event),
                "rate": round(event.rate, 2),
                "recent_rate": round(event.recent_rate, 2),
                "seconds_left": None if left is None else round(left),
            }
        case _:
            return asdict(event)

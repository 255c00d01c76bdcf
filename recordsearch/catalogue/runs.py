"""How far the run is that is under way, so that another process can tell.

Every function that changes something does so inside the transaction that the caller has begun, or
by itself where there is none.
"""

import json
import sqlite3
from dataclasses import asdict, dataclass

_KEY = "unfinished run"


@dataclass(frozen=True, slots=True)
class RunState:
    """A run that has not come to its end. Times are ISO 8601, UTC.

    ``recent_rate`` is in pages a second over the last minute, ``seconds_left`` None while nobody
    can tell, ``memory`` in bytes.
    """

    started: str = ""
    updated: str = ""
    step: str = ""
    files: int = 0
    files_found: int = 0
    pages: int = 0
    pages_ocr: int = 0
    duplicates: int = 0
    problems: int = 0
    recent_rate: float = 0.0
    seconds_left: float | None = None
    memory: int = 0


def set_run(connection: sqlite3.Connection, state: RunState) -> None:
    """Note that a run is under way, and how far it is."""
    connection.execute(
        "INSERT INTO about VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_KEY, json.dumps(asdict(state))),
    )


def end_run(connection: sqlite3.Connection) -> None:
    """Note that the run has come to its end."""
    connection.execute("DELETE FROM about WHERE key = ?", (_KEY,))


def unfinished_run(connection: sqlite3.Connection) -> RunState | None:
    """Return how far a run is, or was when it broke off; None where the last came to its end."""
    row = connection.execute("SELECT value FROM about WHERE key = ?", (_KEY,)).fetchone()
    if row is None:
        return None
    try:
        return RunState(**json.loads(row[0]))
    except (ValueError, TypeError):
        return RunState()  # noted by an older version

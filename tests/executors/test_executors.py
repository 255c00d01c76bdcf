"""Executors: every unit comes back once, and a worker that dies costs only its own unit."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recordsearch.errors import UnreadableError
from recordsearch.executors.pool import PoolExecutor
from recordsearch.executors.protocol import Executor, Outcome, WorkFailedError
from recordsearch.executors.serial import SerialExecutor


class CannotTravelError(Exception):
    """Cannot be made again from its arguments on the other side."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one)


def perform(unit: int | str) -> int:
    """Work that fails in every way that real work may."""
    if unit == "unreadable":
        raise UnreadableError("extract", "the page is torn", "mend it")
    if unit == "bug":
        raise ZeroDivisionError("a bug")
    if unit == "unpicklable":
        raise CannotTravelError("a", "b")
    if unit == "leave":
        raise SystemExit(3)
    if unit == "pid":
        return os.getpid()
    if unit == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if unit == "exit":
        os._exit(7)
    if isinstance(unit, str) and unit.startswith("/"):
        Path(unit).touch()  # tells the test that the unit has begun
        time.sleep(0.5)
        return 0
    if unit == "hang":
        time.sleep(600)
    return int(unit) * 2


def pool() -> PoolExecutor[int | str, int]:
    return PoolExecutor(perform, workers=2, timeout=60)


def work_through(
    executor: Executor[int | str, int], units: list[int | str]
) -> dict[int | str, Outcome[int | str, int]]:
    outcomes = {}
    waiting = list(units)
    while waiting or executor.pending():
        while waiting and executor.room():
            executor.submit(waiting.pop(0))
        for outcome in executor.collect(60):
            outcomes[outcome.unit] = outcome
    return outcomes


@pytest.mark.parametrize("make", [pool, lambda: SerialExecutor(perform)])
def test_every_unit_comes_back_with_its_result_or_its_error(
    make: Callable[[], Executor[int | str, int]],
) -> None:
    with make() as executor:
        outcomes = work_through(executor, [*range(50), "unreadable", "bug"])
    assert [outcomes[number].result for number in range(50)] == [n * 2 for n in range(50)]
    torn = outcomes["unreadable"].error
    assert isinstance(torn, UnreadableError)
    assert (torn.stage, torn.message, torn.mend) == ("extract", "the page is torn", "mend it")
    bug = outcomes["bug"].error
    assert isinstance(bug, WorkFailedError)
    assert "ZeroDivisionError: a bug" in bug.cause


def test_a_worker_that_dies_costs_its_own_unit() -> None:
    with pool() as executor:
        outcomes = work_through(executor, [1, "crash", 2, "exit", 3, 4, 5])
    assert [outcomes[number].result for number in (1, 2, 3, 4, 5)] == [2, 4, 6, 8, 10]
    for unit, word in (("crash", "SIGKILL"), ("exit", "exit status 7")):
        error = outcomes[unit].error
        assert isinstance(error, WorkFailedError)
        assert error.fatal
        assert word in error.cause


def test_a_unit_that_hangs_is_ended_at_its_time_limit() -> None:
    with PoolExecutor(perform, workers=1, timeout=1) as executor:
        outcomes = work_through(executor, ["hang", 4])
    assert outcomes[4].result == 8
    error = outcomes["hang"].error
    assert isinstance(error, WorkFailedError)
    assert "more than 1 seconds" in error.cause


def test_no_more_units_are_taken_than_memory_should_hold() -> None:
    with pool() as executor:
        taken = 0
        while executor.room():
            executor.submit("hang")
            taken += 1
        assert taken == executor.pending() == 8


def test_errors_that_cannot_travel_cost_their_unit_alone() -> None:
    with pool() as executor:
        outcomes = work_through(executor, [1, "unpicklable", "leave", 2, 3])
    assert [outcomes[number].result for number in (1, 2, 3)] == [2, 4, 6]
    for unit, word in (("unpicklable", "CannotTravelError"), ("leave", "SystemExit")):
        error = outcomes[unit].error
        assert isinstance(error, WorkFailedError)
        assert word in error.cause


def test_a_worker_killed_while_it_is_idle_costs_nothing() -> None:
    with PoolExecutor(perform, workers=1, timeout=60) as executor:
        worker = work_through(executor, ["pid"])["pid"].result
        assert worker is not None
        os.kill(worker, signal.SIGKILL)
        for number in range(20):
            outcomes = work_through(executor, [number])
            assert outcomes[number].result == number * 2


def test_units_that_no_worker_has_begun_can_be_dropped(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with PoolExecutor(perform, workers=1, timeout=60) as executor:
        for unit in (str(begun), "hang", "hang"):
            executor.submit(unit)
        while not begun.exists():
            assert executor.collect(0.05) == []
        executor.drop_waiting()
        outcomes = []
        while executor.pending():
            outcomes.extend(executor.collect(60))
    assert [outcome.unit for outcome in outcomes] == [str(begun)]

"""The pool under attack: whatever a unit does to its worker, it costs that unit alone."""

import contextlib
import ctypes
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from recordsearch.errors import QueryError, RecordsearchError
from recordsearch.executors.ledger import Ledger
from recordsearch.executors.limits import default_memory, default_memory_alone, resident
from recordsearch.executors.pool import PoolExecutor
from recordsearch.executors.protocol import Outcome, WorkFailedError
from recordsearch.executors.worker import Kind

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

MEMORY = 300 << 20
Unit = tuple[str, Any]


class CannotTravelError(Exception):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(one)


class ComesBackBroken:
    """Can be pickled and not be made again."""

    def __reduce__(self) -> tuple[Any, ...]:
        return int, ("not a number",)


class CannotLeave:
    def __reduce__(self) -> tuple[Any, ...]:
        raise RuntimeError("it stays here")


def connections() -> Iterator[int]:
    for descriptor in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            if os.readlink(f"/proc/self/fd/{descriptor}").startswith("socket:"):
                yield int(descriptor)


def hang_in_c(_: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    re.match(r"(a+)+$", "a" * 64 + "b")  # never lets another thread run


def write_garbage(garbage: bytes) -> None:
    for descriptor in list(connections()):
        os.write(descriptor, garbage)


def close_connection(_: Any) -> None:
    for descriptor in list(connections()):
        os.close(descriptor)
    time.sleep(600)


def leak(_: Any) -> None:
    kept = []
    while True:
        kept.append(bytearray(1 << 20))


def start_another(file: str) -> None:
    """Leave a process behind that holds on to everything, and die."""
    child = os.fork()
    if child == 0:
        time.sleep(600)
    Path(file).write_text(str(child))
    os.kill(os.getpid(), signal.SIGKILL)


def die_the_first_time(file: str) -> str:
    if not os.path.exists(file):
        Path(file).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "survived"


def touch_and_hang(file: str) -> None:
    Path(file).write_text(str(os.getpid()))
    hang_in_c(None)


def raise_error(error: BaseException) -> None:
    raise error


ACTS: dict[str, Callable[[Any], Any]] = {
    "double": lambda number: number * 2,
    "segv": lambda _: ctypes.string_at(0),
    "kill": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "exit": os._exit,
    "abort": lambda _: os.abort(),
    "leave": sys.exit,
    "bug": lambda _: 1 // 0,
    "raise": raise_error,
    "raise unpicklable": lambda _: raise_error(CannotTravelError("a", "b")),
    "raise unpicklable of ours": lambda _: raise_error(QueryError("bad", "q", 0, 1)),
    "return unpicklable": lambda _: CannotLeave(),
    "return broken": lambda _: ComesBackBroken(),
    "return": lambda size: b"x" * size,
    "allocate": lambda size: len(bytearray(size)),
    "leak": leak,
    "garbage": write_garbage,
    "close": close_connection,
    "hang": hang_in_c,
    "start another": start_another,
    "die the first time": die_the_first_time,
    "touch and hang": touch_and_hang,
    "pid": lambda _: os.getpid(),
    "environment": lambda name: os.environ.get(name),
    "nice": lambda _: os.nice(0),
    "ignores": lambda number: signal.getsignal(number) == signal.SIG_IGN,
    "print": lambda words: os.write(1, words) + os.write(2, words),
}


def perform(unit: Unit) -> Any:
    return ACTS[unit[0]](unit[1])


def children() -> dict[int, str]:
    """Return this process's children by number with their state; not multiprocessing's own."""
    found = {}
    for name in os.listdir("/proc"):
        with contextlib.suppress(OSError, ValueError):
            state, parent = (
                Path(f"/proc/{int(name)}/stat").read_text().rpartition(")")[2].split()[:2]
            )
            command = Path(f"/proc/{name}/cmdline").read_bytes()
            if int(parent) == os.getpid() and b"resource_tracker" not in command:
                found[int(name)] = state
    return found


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = set(children())
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield
    assert set(children()) <= before
    assert os.listdir(temporary) == []


def pool(workers: int = 2, timeout: float = 60, **options: Any) -> PoolExecutor[Unit, Any]:
    options.setdefault("memory", MEMORY)
    return PoolExecutor(perform, workers, timeout, **options)


def work_through(executor: PoolExecutor[Unit, Any], units: list[Unit]) -> list[Outcome[Unit, Any]]:
    outcomes: list[Outcome[Unit, Any]] = []
    waiting = list(units)
    while waiting or executor.pending():
        while waiting and executor.room():
            executor.submit(waiting.pop(0))
        outcomes.extend(executor.collect(60))
    return outcomes


def cause_of(outcome: Outcome[Unit, Any]) -> str:
    assert isinstance(outcome.error, WorkFailedError), outcome
    return outcome.error.cause


HARMLESS: list[tuple[Unit, str]] = [
    (("leave", 3), "SystemExit"),
    (("bug", 0), "ZeroDivisionError"),
    (("raise", KeyboardInterrupt()), "KeyboardInterrupt"),
    (("raise unpicklable", 0), "CannotTravelError: a"),
    (("return unpicklable", 0), "it stays here"),
    (("return broken", 0), "invalid literal"),
    (("raise", ValueError("x" * 5_000_000)), "ValueError: xxx"),
    (("raise unpicklable of ours", 0), "bad"),
]
FATAL: list[tuple[Unit, str]] = [
    (("segv", 0), "SIGSEGV"),
    (("kill", 0), "SIGKILL"),
    (("abort", 0), "SIGABRT"),
    (("exit", 7), "exit status 7"),
    (("exit", 0), "exit status 0"),
    (("allocate", 10 << 30), "more than 300 MB of memory (--memory)"),
    (("leak", 0), "more than 300 MB of memory (--memory)"),
    (("garbage", b"\x00\x00\x00\x04abcd"), "sent what is no answer"),
    (("garbage", b"\x7f\xff\xff\xff"), "sent what is no answer"),
    (("garbage", b"\xff" * 99), "sent what is no answer"),
    (("close", 0), "closed its connection"),
]


@pytest.mark.parametrize(("unit", "words"), HARMLESS)
def test_a_unit_that_fails_in_its_worker_is_told_in_words(unit: Unit, words: str) -> None:
    with pool(1) as executor:
        before, outcome, after = work_through(executor, [("pid", 1), unit, ("pid", 2)])
    assert words in cause_of(outcome)
    assert len(cause_of(outcome)) < 1_000
    assert before.result == after.result  # it cost no worker


@pytest.mark.parametrize(("unit", "words"), FATAL)
def test_a_unit_that_costs_its_worker_costs_no_other(unit: Unit, words: str) -> None:
    with pool() as executor:
        outcomes = work_through(executor, [("double", 1), unit, ("double", 2), ("double", 3)])
    by_unit = {outcome.unit: outcome for outcome in outcomes}
    assert [by_unit["double", number].result for number in (1, 2, 3)] == [2, 4, 6]
    assert words in cause_of(by_unit[unit])
    error = by_unit[unit].error
    assert isinstance(error, WorkFailedError)
    assert error.fatal
    assert len(outcomes) == 4


def test_a_hang_in_c_that_ignores_signals_is_ended_at_its_time_limit() -> None:
    with pool(1, 0.5) as executor:
        (outcome,) = work_through(executor, [("hang", 0)])
    assert cause_of(outcome) == "reading took more than 0.5 seconds"


def test_two_hundred_units_of_all_kinds_have_one_outcome_each() -> None:
    chance = random.Random(20170601)
    bad = [unit for unit, _ in HARMLESS + FATAL]
    innocent: list[Unit] = [("double", number) for number in range(150)]
    innocent += [("return", size) for size in (10, 100_000, 5_000_000)]
    units = [*innocent, *chance.choices(bad, k=45), ("hang", 1), ("hang", 2)]
    chance.shuffle(units)
    with pool(3, 8) as executor:
        outcomes = work_through(executor, units)
    assert len(outcomes) == len(units) == 200
    assert sorted(map(repr, units)) == sorted(repr(outcome.unit) for outcome in outcomes)
    for outcome in outcomes:
        kind, number = outcome.unit
        if kind == "double":
            assert outcome.result == number * 2
        elif kind == "return":
            assert outcome.result == b"x" * number
        else:
            assert isinstance(outcome.error, RecordsearchError | WorkFailedError)


def test_a_unit_that_died_is_tried_alone_after_the_rest(tmp_path: Path) -> None:
    with pool() as executor:
        units: list[Unit] = [("die the first time", str(tmp_path / "file"))]
        units += [("double", number) for number in range(6)]
        outcomes = work_through(executor, units)
    assert outcomes[-1].unit[0] == "die the first time"
    assert outcomes[-1].result == "survived"


def test_a_unit_that_its_caller_cuts_into_parts_is_not_tried_again(tmp_path: Path) -> None:
    with pool(retry_alone=lambda unit: unit[0] == "segv") as executor:
        units: list[Unit] = [("die the first time", str(tmp_path / "file")), ("segv", 0)]
        outcomes = {outcome.unit[0]: outcome for outcome in work_through(executor, units)}
    assert cause_of(outcomes["die the first time"]) == "the reading process died (SIGKILL)"
    assert "also when nothing else was read" in cause_of(outcomes["segv"])


def test_units_that_died_do_not_keep_others_from_being_taken(tmp_path: Path) -> None:
    units: list[Unit] = [("die the first time", str(tmp_path / str(n))) for n in range(6)]
    units += [("double", number) for number in range(20)]
    with pool(1) as executor:
        outcomes = work_through(executor, units)
    assert len(outcomes) == 26
    assert all(outcome.error is None for outcome in outcomes)


def test_alone_a_unit_may_take_more_memory_than_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recordsearch.executors.pool.default_memory", lambda _: MEMORY)
    monkeypatch.setattr("recordsearch.executors.pool.default_memory_alone", lambda: 2 * MEMORY)
    with pool(memory=None) as executor:
        units: list[Unit] = [("allocate", MEMORY), ("allocate", 2 * MEMORY), ("double", 1)]
        outcomes = {outcome.unit[1]: outcome for outcome in work_through(executor, units)}
    assert outcomes[MEMORY].result == MEMORY
    assert "more than 600 MB of memory" in cause_of(outcomes[2 * MEMORY])


def test_the_kernel_refuses_memory_without_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recordsearch.executors.process.resident", lambda _: 0)
    with pool(1) as executor:
        units: list[Unit] = [("allocate", 10 << 30), ("leak", 0), ("double", 4)]
        large, leaking, small = work_through(executor, units)
    assert "more than 300 MB of memory (--memory)" in cause_of(large)
    assert "more than 300 MB of memory (--memory)" in cause_of(leaking)
    assert small.result == 8


def test_memory_that_the_kernel_does_not_refuse_is_seen_by_the_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As where there is no such limit: all is more than allowed while a unit is at work.
    monkeypatch.setattr("recordsearch.executors.process.resident", lambda _: MEMORY + 1)
    with pool(1) as executor:
        (outcome,) = work_through(executor, [("hang", 0)])
    assert "more than 300 MB of memory (--memory)" in cause_of(outcome)


def test_a_worker_that_keeps_much_memory_is_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    with pool(1) as executor:
        lean = [outcome.result for outcome in work_through(executor, [("pid", 1), ("pid", 2)])]
        monkeypatch.setattr("recordsearch.executors.process.resident", lambda _: MEMORY * 3 // 4)
        fat = [outcome.result for outcome in work_through(executor, [("pid", 1), ("pid", 2)])]
    assert len(set(lean)) == 1
    assert len(set(fat)) == 2


def test_a_result_larger_than_its_limit_costs_its_unit() -> None:
    with pool(1, most_result=1 << 20) as executor:
        large, small = work_through(executor, [("return", 2 << 20), ("return", 1_000_000)])
    assert cause_of(large) == "what was found is more than 1 MB"
    assert len(small.result) == 1_000_000


def test_large_results_do_not_pile_up_before_a_slow_writer() -> None:
    large = memoryview(bytes(40 << 20))
    ledger: Ledger[str] = Ledger(10)
    for unit in "abcd":
        ledger.add(unit)
    for _ in range(2):
        taken = ledger.take()
        assert taken is not None
        ledger.finish(taken[0], (Kind.RESULT, large), alone=False)
    worker = threading.Thread(target=ledger.take, daemon=True)
    worker.start()
    worker.join(0.2)
    assert worker.is_alive()  # 80 MB lie unread: no third unit is begun
    assert [unit for unit, _ in ledger.collect(60)] == ["a", "b"]
    worker.join(60)
    assert not worker.is_alive()


def test_processes_that_a_unit_started_end_with_it(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    with pool(1) as executor:
        (outcome,) = work_through(executor, [("start another", str(file))])
        assert "SIGKILL" in cause_of(outcome)
    wait_for_the_end_of(int(file.read_text()))


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def wait_for_the_end_of(pid: int) -> None:
    deadline = time.monotonic() + 60
    while is_running(pid):
        assert time.monotonic() < deadline


def test_an_idle_worker_that_is_killed_leaves_no_zombie() -> None:
    with pool(1) as executor:
        (outcome,) = work_through(executor, [("pid", 0)])
        os.kill(outcome.result, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while outcome.result in children():
            assert time.monotonic() < deadline
        assert work_through(executor, [("double", 4)])[0].result == 8


def test_no_more_processes_are_started_than_there_are_units() -> None:
    with pool(64) as executor:
        assert children() == {}
        work_through(executor, [("double", 4)])
        assert len(children()) == 1


def test_stopping_ends_what_is_under_way_after_a_grace_period(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with pool(1, grace=0.2) as executor:
        executor.submit(("touch and hang", str(begun)))
        executor.submit(("double", 1))
        while not begun.exists():
            assert executor.collect(0.05) == []
        executor.drop_waiting()
        while executor.pending():
            assert executor.collect(60) == []


def test_leaving_ends_workers_that_hang_in_c(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    with pool(1) as executor:
        executor.submit(("touch and hang", str(begun)))
        while not begun.exists():
            assert executor.collect(0.05) == []
    # Now the fixture looks for what is left.


def test_a_worker_ends_with_its_parent_though_it_hangs_in_c(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    program = f"""
import sys
sys.path[:0] = [{str(Path(__file__).parent)!r}]
from test_workers_that_die import perform, PoolExecutor
if __name__ == "__main__":
    with PoolExecutor(perform, 1, 600) as executor:
        executor.submit(("touch and hang", {str(begun)!r}))
        executor.collect(600)
"""
    parent = subprocess.Popen([sys.executable, "-c", program])
    while not (begun.exists() and begun.read_text()):
        assert parent.poll() is None
    worker = int(begun.read_text())
    assert is_running(worker)
    parent.kill()
    parent.wait()
    wait_for_the_end_of(worker)


def test_workers_are_polite_silent_and_deaf_to_interrupts(
    capfd: pytest.CaptureFixture[str],
) -> None:
    units: list[Unit] = [
        ("nice", 0),
        ("environment", "OMP_THREAD_LIMIT"),
        ("ignores", signal.SIGINT),
        ("print", b"\x1b[2J"),
    ]
    here = os.nice(0)
    with pool(1) as executor:
        results = [outcome.result for outcome in work_through(executor, units)]
    with pool(1, nice=False) as executor:
        (hasty,) = work_through(executor, [("nice", 0)])
    assert results == [min(19, here + 10), "1", True, 8]
    assert hasty.result == here
    assert capfd.readouterr() == ("", "")


def test_workers_go_on_when_the_terminal_interrupts_all(tmp_path: Path) -> None:
    program = f"""
import signal, sys
sys.path[:0] = [{str(Path(__file__).parent)!r}]
from test_workers_that_die import pool, work_through
if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: None)
    print("go", flush=True)
    with pool(2) as executor:
        units = [("exit" if n % 20 == 0 else "double", n) for n in range(100)]
        print(sum(outcome.error is None for outcome in work_through(executor, units)))
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "go\n"
    while parent.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(parent.pid, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            parent.wait(0.01)
    assert parent.stdout.read() == "95\n"
    parent.stdout.close()


def test_a_pool_that_can_start_no_worker_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pool(2) as executor:
        executor._work = b"not a pickled function"
        for number in range(8):
            executor.submit(("double", number))
        with pytest.raises(RecordsearchError, match="no worker process can be started"):
            executor.collect(600)


def test_default_limits_leave_the_machine_some_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    gib = 1 << 30
    for machine, workers, share, alone in (
        (24 * gib, 2, 4 * gib, 8 * gib),
        (8 * gib, 2, 3 * gib, 6 * gib),
        (8 * gib, 8, gib, 6 * gib),
        (gib, 1, gib, gib),
    ):
        monkeypatch.setattr("recordsearch.executors.limits.machine_memory", lambda m=machine: m)
        assert default_memory(workers) == share
        assert default_memory_alone() == alone


def test_memory_of_a_process_is_told() -> None:
    before = resident(os.getpid())
    kept = bytearray(b"x") * (200 << 20)
    after = resident(os.getpid())
    assert before is not None
    assert after is not None
    assert after - before > len(kept) // 2
    assert resident(2**22 + 1) is None

"""A run that is disturbed at a known moment and then run again ends as an undisturbed one.

``tests/benchmarks/bench_faults.py`` does the same at random moments.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.benchmarks.archive_content import Content, content_of, differences
from tests.benchmarks.made_dump import make_small

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

PROBLEMS = 3
ROOT = Path(__file__).resolve().parents[2]

# Runs the command line; when so many pages are committed it does what its first argument says.
DISTURBED = """
import os, resource, shutil, signal, sqlite3, sys

from recordsearch.catalogue import connection as opening, pending
from recordsearch.workflows import ingest, room

held = []
room._LOOK_SECONDS = 0.0


def kill_worker():
    for entry in os.listdir("/proc/self/task"):
        with open(f"/proc/self/task/{entry}/children") as file:
            children = file.read().split()
        for child in children:
            with open(f"/proc/{child}/cmdline", "rb") as file:
                if b"spawn_main" in file.read():
                    os.kill(int(child), signal.SIGKILL)
                    return


def fill_disk():
    size = os.path.getsize(catalogue + "-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def lock_catalogue():
    held.append(sqlite3.connect(catalogue, isolation_level=None))
    held[0].execute("BEGIN EXCLUSIVE")


def kill_parent():
    os.kill(os.getpid(), signal.SIGKILL)


def kill_before_the_catalogue_knows():
    pending.mark_indexed = lambda connection, documents: kill_parent()


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def nearly_fill_disk():
    shutil.disk_usage = lambda folder: shutil._ntuple_diskusage(10**9, 10**9 - 10**7, 10**7)


def unplug():
    os.rename(sys.argv[-1], sys.argv[-1] + ".away")


def commit(self):
    real(self)
    found = self._connection.execute("SELECT count(*) FROM page").fetchone()[0]
    if found >= moment and not done:
        done.append(found)
        disturb()


if __name__ == "__main__":
    disturb, moment, catalogue = globals()[sys.argv[1]], int(sys.argv[2]), sys.argv[3]
    done = []
    opening._BUSY_SECONDS = 0.2
    ingest._COMMIT_SECONDS = 0.0
    real, ingest.Ingest._commit = ingest.Ingest._commit, commit
    from recordsearch.__main__ import run

    status = run(sys.argv[4:])
    sys.exit(status if done else "nothing was disturbed")
"""


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "release"
    make_small(folder, size=1, scans=0)
    return folder


@pytest.fixture(scope="module")
def undisturbed(records: Path, tmp_path_factory: pytest.TempPathFactory) -> Content:
    archive = tmp_path_factory.mktemp("undisturbed") / ".recordsearch"
    assert index(archive, records).returncode == PROBLEMS
    content = content_of(str(archive), str(records))
    assert not content["not as indexed"]
    assert not content["files left behind"]
    return content


def index(archive: Path, records: Path, *before: str) -> "subprocess.CompletedProcess[str]":
    program = before or ("-m", "recordsearch")
    return subprocess.run(
        [sys.executable, *program, "--archive", str(archive), "index", str(records)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def committed(catalogue: Path) -> set[tuple[int, str, int]]:
    with closing(sqlite3.connect(catalogue)) as connection:
        return set(
            connection.execute(
                "SELECT page.id, sha256, number FROM page JOIN document ON document.id = document"
            )
        )


@pytest.mark.parametrize(
    ("disturbance", "pages", "statuses"),
    [
        ("kill_parent", 12, (-9,)),
        ("kill_before_the_catalogue_knows", 1, (-9,)),
        ("kill_worker", 5, (PROBLEMS,)),
        ("interrupt", 20, (130,)),
        ("fill_disk", 16, (1,)),
        ("nearly_fill_disk", 10, (1,)),
        ("lock_catalogue", 8, (1,)),
        ("unplug", 12, (PROBLEMS,)),
    ],
)
def test_a_disturbed_run_is_finished_by_the_next(
    tmp_path: Path,
    records: Path,
    undisturbed: Content,
    disturbance: str,
    pages: int,
    statuses: tuple[int, ...],
) -> None:
    archive = tmp_path / ".recordsearch"
    catalogue = archive / "catalogue.sqlite3"
    script = tmp_path / "disturbed.py"
    script.write_text(DISTURBED)
    first = index(archive, records, str(script), disturbance, str(pages), str(catalogue))
    if disturbance == "nearly_fill_disk":
        assert "is nearly full: 10 MB are free, and about " in first.stderr
        assert "free some disk" in first.stderr
    if disturbance == "unplug":
        records.with_name("release.away").rename(records)
        assert "could not be reached any more" in first.stderr
        assert f"{records} went away" in first.stderr
    assert first.returncode in statuses, first.stderr
    assert "Traceback" not in first.stderr
    before = committed(catalogue)
    assert len(before) >= pages
    second = index(archive, records)
    assert second.returncode == PROBLEMS, second.stderr
    after = committed(catalogue)
    assert before <= after, "pages that were committed were read again"
    missing = len(after) - len(before)
    assert f"Pages      {missing:,}" in second.stdout
    if disturbance == "unplug":
        # What is indexed twice counts for the order of hits until segments are merged.
        again = [sys.executable, "-m", "recordsearch", "--archive", str(archive), "reindex"]
        subprocess.run(again, capture_output=True, check=True)
    assert differences(undisturbed, content_of(str(archive), str(records))) == []

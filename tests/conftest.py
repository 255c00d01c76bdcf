"""What many tests share: running the command line, and an archive of the sample release."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_DOCS = ROOT / "sample_docs"


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """The output read as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run ``recordsearch`` in this process, in the test's own folder."""
    from recordsearch.__main__ import run as run_program

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RECORDSEARCH_ARCHIVE", raising=False)

    def run_it(*arguments: str) -> Ran:
        capfd.readouterr()
        status = run_program(list(arguments))
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return run_it


@pytest.fixture(scope="session")
def sample_archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Index the sample release once; return a folder with its archive for each engine."""
    first = tmp_path_factory.mktemp("tantivy")
    ran = program("index", str(SAMPLE_DOCS), folder=first)
    assert ran.returncode == 3, ran.stderr
    second = tmp_path_factory.mktemp("whoosh")
    shutil.copytree(first / ".recordsearch", second / ".recordsearch")
    ran = program("reindex", "--engine", "whoosh", folder=second)
    assert ran.returncode == 0, ran.stderr
    return {"tantivy": first, "whoosh": second}


def program(*arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run ``recordsearch`` as a process of its own in ``folder``."""
    return subprocess.run(
        [sys.executable, "-m", "recordsearch", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(folder)},
    )

"""How much room a run says that it needs, where the disk is nearly full."""

import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

from recordsearch.workflows import room
from recordsearch.workflows.room import Room


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def leave_free(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 10**12 - free, free))


@pytest.mark.parametrize(
    ("grown", "pages", "expected", "needed"),
    [
        (50_000_000, 1_000, 3_000.0, "167 MB"),  # 50,000 bytes a page, and what is kept free
        (50_000_000, 1_000, 101_000.0, "5.1 GB"),
        (1_000, 1_000, 101_000.0, "886 MB"),  # no page takes less than 8,192 bytes
        (0, 0, 1_000.0, "75 MB"),
        (0, 0, 0.0, "67 MB"),
    ],
)
def test_what_is_needed_follows_from_what_was_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    grown: int,
    pages: int,
    expected: float,
    needed: str,
) -> None:
    (tmp_path / "catalogue").write_bytes(bytes(1_000_000))
    watched = Room(str(tmp_path))
    with open(tmp_path / "catalogue", "r+b") as file:
        file.truncate(1_000_000 + grown)
    leave_free(monkeypatch, 1_500_000)
    message = watched.error(pages, expected).message
    assert f"2 MB are free, and about {needed} are needed" in message
    assert str(tmp_path) in message


def test_the_disk_is_looked_at_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    watched = Room(str(tmp_path), lambda: now[0])
    leave_free(monkeypatch, room.KEPT_FREE)
    assert not watched.is_short()
    leave_free(monkeypatch, room.KEPT_FREE - 1)
    assert not watched.is_short()
    now[0] += 1.5
    assert watched.is_short()
    leave_free(monkeypatch, 10**12)
    now[0] += 1.5
    assert watched.is_short(), "what was stopped stays stopped"


def test_an_error_is_the_disks_only_where_it_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Room(str(tmp_path))
    full = sqlite3.OperationalError("database or disk is full")
    leave_free(monkeypatch, 10**12)
    assert not watched.is_to_blame(full)
    leave_free(monkeypatch, 0)
    assert watched.is_to_blame(full)
    assert not watched.is_to_blame(KeyError("a mistake of the program"))

"""Whether a file can still be reached."""

import os
from pathlib import Path

import pytest

from recordsearch.errors import AWAY, UnreadableError
from recordsearch.sources.presence import check_there, device_of, is_gone


@pytest.mark.parametrize("content", [b"", b"x", b"lamps" * 10_000])
def test_a_file_that_is_there_is_there(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    check_there(str(tmp_path / "a"))
    assert not is_gone(str(tmp_path / "a"))


@pytest.mark.parametrize("inside", ["gone", "gone/a", "file/a"])
def test_a_file_that_went_away_is_told(tmp_path: Path, inside: str) -> None:
    (tmp_path / "file").write_bytes(b"a file where a folder was")
    with pytest.raises(UnreadableError, match="could not be reached any more") as caught:
        check_there(str(tmp_path / inside))
    assert caught.value.stage == AWAY
    assert "connect its drive" in caught.value.mend
    assert is_gone(str(tmp_path / inside))


def test_a_file_that_another_may_not_read_did_not_go_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    check_there(str(tmp_path / "a"))
    check_there(str(tmp_path))


def test_of_what_cannot_be_looked_at_nobody_knows_that_it_is_gone(tmp_path: Path) -> None:
    assert not is_gone(str(tmp_path / ("x" * 5_000)))
    (tmp_path / "dead").symlink_to("nowhere")
    assert not is_gone(str(tmp_path / "dead"))


def test_a_drive_is_known_by_its_number(tmp_path: Path) -> None:
    assert device_of(str(tmp_path)) == os.stat(tmp_path).st_dev
    assert device_of(str(tmp_path / "nowhere")) is None

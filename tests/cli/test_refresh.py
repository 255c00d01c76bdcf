"""What an older version has read is told, and read again when asked for."""

import sqlite3
from pathlib import Path

from tests.conftest import Run


def age(folder: Path, name: str) -> None:
    """Make the archive look as if an adapter of another version had read the pages."""
    with sqlite3.connect(folder / ".recordsearch" / "catalogue.sqlite3") as connection:
        connection.execute("UPDATE adapter SET version = 'older' WHERE name = ?", (name,))
        connection.execute("UPDATE page SET text = 'outdated words'")
    connection.close()


def test_an_older_reading_is_told_and_read_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.txt").write_text("zebra ledger")
    (tmp_path / "r" / "b.html").write_text("<html><body>walrus ledger</body></html>")
    assert run("index", "r").status == 0
    assert "older version" not in run("index", "r").err
    age(tmp_path, "plain")
    told = run("index", "r")
    assert "1 document was read by an older version" in told.err
    assert "--refresh" in told.err
    again = run("index", "--refresh", "r")
    assert "Documents  1 (files: 1 unchanged)" in again.out
    assert "zebra" in run("show", "a.txt").out
    assert "outdated" in run("show", "b.html").out, "its version has not changed"
    assert "older version" not in run("index", "r").err

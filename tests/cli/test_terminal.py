"""What a person sees: the listing in a real pseudo-terminal, byte for byte."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
# What rich itself sends to a terminal for a listing; anything else came out of a document.
ALLOWED = re.compile(rb"\x1b\[(?:[0-9;]*m|\?25[lh]|[0-9]*[AK]|[12]K)")


def on_terminal(folder: Path, *arguments: str, columns: int = 80, **environment: str) -> bytes:
    """Run ``recordsearch`` in a pseudo-terminal and return every byte that it sent there."""
    screen, inside = pty.openpty()
    settings = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLUMNS": str(columns)}
    child = subprocess.Popen(
        [sys.executable, "-m", "recordsearch", *arguments],
        cwd=folder,
        env=settings | environment,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    )
    os.close(inside)
    sent = b""
    while True:
        try:
            part = os.read(screen, 65_536)
        except OSError:  # the last process has closed its end
            break
        if not part:
            break
        sent += part
    os.close(screen)
    child.wait()
    return sent


def test_matches_are_highlighted(sample_archives: dict[str, Path]) -> None:
    sent = on_terminal(sample_archives["tantivy"], "search", '"body camera"')
    marked = re.findall(rb"\x1b\[1;33m([^\x1b]*)", sent)
    assert {b" ".join(words.lower().split()) for words in marked} == {b"body camera"}
    assert b"recordsearch show " in sent
    assert b"Searched 25 pages" in sent


def test_no_colour_is_honoured(sample_archives: dict[str, Path]) -> None:
    sent = on_terminal(sample_archives["tantivy"], "search", "camera", NO_COLOR="1")
    assert b"camera" in sent
    assert not re.search(rb"\x1b\[[0-9;]*3[0-7]m", sent)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_lines_keep_to_the_width(sample_archives: dict[str, Path], columns: int) -> None:
    sent = on_terminal(sample_archives["tantivy"], "search", "face", columns=columns)
    lines = COLOUR.sub(b"", sent).decode().splitlines()
    snippets = [line for line in lines if line.startswith("   ") and "show" not in line]
    assert snippets
    assert max(map(len, snippets)) <= columns


def test_nothing_hostile_reaches_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    evil = "find me \x1b]0;owned\x07 \x1b[2J \u202egnp.exe [bold red]markup[/] :smile: \u200b"
    (tmp_path / "r" / "evil\x1b[31m\u202e.txt").write_text(evil * 3)
    (tmp_path / "r" / "broken\x1b]0;x\x07.pdf").write_bytes(b"%PDF-1.4 not really")
    sent = on_terminal(tmp_path, "index", "r")
    for command in (["search", "find"], ["show", "1", "--mark", "find"], ["problems"], ["status"]):
        sent += on_terminal(tmp_path, *command)
    assert b"\x1b" not in ALLOWED.sub(b"", sent)
    assert b"\x07" not in sent
    assert "\u202e".encode() not in sent
    assert b"[bold red]markup[/]" in sent
    assert b":smile:" in sent


def test_progress_is_live_and_the_summary_stays(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    for number in range(5):
        (tmp_path / "r" / f"{number}.txt").write_text(f"words of file {number}")
    sent = on_terminal(tmp_path, "index", "r").decode()
    assert "of 5 files" in sent
    assert "\x1b[?25l" in sent
    assert sent.rindex("\x1b[?25h") > sent.rindex("\x1b[?25l"), "the cursor comes back"
    assert "Documents  5" in sent[sent.rindex("\x1b[?25h") :]

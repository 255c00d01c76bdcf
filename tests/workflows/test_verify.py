"""A verification beside a process that writes, and with workers that die."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from recordsearch.catalogue.connection import open_for_reading
from recordsearch.catalogue.custody import KeptFile
from recordsearch.engines import engine
from recordsearch.executors.protocol import WorkFailedError
from recordsearch.executors.serial import SerialExecutor
from recordsearch.settings import Archive
from recordsearch.workflows.verify import Looking, OpenArchive, verify
from recordsearch.workflows.verify_files import Seen, look
from recordsearch.workflows.verifying import Differs, Remark, Told, Verified
from tests.cli.test_manifest import mail
from tests.conftest import Run


@pytest.fixture
def archive(run: Run, tmp_path: Path) -> Archive:
    """Index an e-mail with an attachment; the index then loses all that it held."""
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "mail.eml").write_bytes(mail().as_bytes())
    assert run("index", "r").status == 0
    return Archive(str(tmp_path / ".recordsearch"))


def emptied(archive: Archive) -> None:
    (generation,) = (one for one in Path(archive.index).iterdir() if one.is_dir())
    with engine("tantivy").writer(str(generation)) as writer:
        writer.remove(range(100))
        writer.commit()


def verified(archive: Archive, writing: Iterator[bool], workers: Looking) -> list[Told]:
    connection = open_for_reading(archive.catalogue)
    opened = OpenArchive(
        connection, lambda: engine("tantivy"), archive.index, lambda: next(writing)
    )
    try:
        return list(verify(opened, lambda: workers, manifest=None, release=None, quick=False))
    finally:
        connection.close()


def always(answer: bool) -> Iterator[bool]:
    while True:
        yield answer


def differences(told: list[Told]) -> list[str]:
    return [one.part.value for one in told if isinstance(one, Differs)]


def test_an_index_that_is_being_written_is_not_held_against_it(archive: Archive) -> None:
    emptied(archive)
    assert set(differences(verified(archive, always(False), SerialExecutor(look)))) == {"index"}
    # Asked before the files, before the index, and after differences were found there.
    for answers in ([True, True, True], [False, True, True], [False, False, True]):
        told = verified(archive, iter(answers), SerialExecutor(look))
        assert differences(told) == []
        assert any(isinstance(one, Remark) and "not verified" in one.message for one in told)


def test_a_worker_that_dies_costs_one_file(archive: Archive) -> None:
    def die(kept: KeptFile) -> Seen:
        raise WorkFailedError("the reading process died (SIGSEGV)", fatal=True)

    told = verified(archive, always(False), SerialExecutor(die))
    (differs,) = (one for one in told if isinstance(one, Differs))
    assert (differs.finding, differs.file) == ("unreadable", "mail.eml!/counts.txt")
    assert "SIGSEGV" in differs.cause
    last = told[-1]
    assert isinstance(last, Verified)
    assert (last.files, last.there, last.unreadable) == (2, 1, 1)

"""An ingest that is stopped, or whose workers fail, ends with the same archive or says why not."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from recordsearch.catalogue import pending, reading
from recordsearch.catalogue.connection import open_for_writing
from recordsearch.engines import engine
from recordsearch.engines.generations import generation_in_service
from recordsearch.executors.protocol import WorkFailedError
from recordsearch.executors.serial import SerialExecutor
from recordsearch.query.language import parse
from recordsearch.records import OcrMode
from recordsearch.settings import Archive, Choices
from recordsearch.workflows.events import ProblemFound, Summary
from recordsearch.workflows.indexing import (
    IndexKeeper,
    index_is_usable,
    index_pending,
    rebuild,
)
from recordsearch.workflows.ingest import Ingest
from recordsearch.workflows.reading import PAGES_A_UNIT
from recordsearch.workflows.stamping import stamp_of
from recordsearch.workflows.units import ReadUnit, UnderstandUnit, Worker, WorkResult, WorkUnit

work = Worker()

PAGES = 3 * PAGES_A_UNIT + 1
MAIL = """From: Ivo Limb <ilimb@brook.example>
Sent: Thursday, March 2, 2017 9:53 AM
To: Jane Roe <jroe@fairbrook.example>
Subject: Camera contract renewal

Please look at the renewal before Friday.
"""


def make_release(folder: Path) -> None:
    folder.mkdir()
    for name in ("one", "two"):
        pages = [f"Page {number} of file {name}. " + "Some words. " * 40 for number in range(PAGES)]
        (folder / f"{name}.txt").write_text("\f".join(pages))


@contextmanager
def opened(folder: Path) -> Iterator[tuple[sqlite3.Connection, IndexKeeper]]:
    archive = Archive(str(folder))
    folder.mkdir(exist_ok=True)
    connection = open_for_writing(archive.catalogue)
    try:
        chosen = engine("tantivy")
        if not index_is_usable(connection, chosen, archive.index):
            list(rebuild(connection, chosen, archive.index))
        with IndexKeeper(connection, chosen, archive.index) as keeper:
            yield connection, keeper
    finally:
        # As when the process dies: what was not committed is gone.
        connection.rollback()
        connection.close()


def ingest(
    archive: Path,
    release: Path,
    stopping: Callable[[], bool] = lambda: False,
    perform: Callable[[WorkUnit], WorkResult] = work,
    choices: Choices = Choices(),  # noqa: B008 - it is frozen
) -> tuple[Summary, list[ProblemFound]]:
    with opened(archive) as (connection, keeper), SerialExecutor(perform) as executor:
        list(index_pending(connection, keeper, pending.documents_in_state(connection, "stored")))
        run = Ingest(
            connection, keeper, executor, [(str(release), "r")], str(archive), choices, stopping
        )
        events = list(run.run())
    summary = events[-1]
    assert isinstance(summary, Summary)
    return summary, [event for event in events if isinstance(event, ProblemFound)]


def content(archive: Path) -> tuple[list[object], set[object]]:
    """What an archive holds: its pages, and its passages as the index finds them."""
    connection = open_for_writing(Archive(str(archive)).catalogue)
    pages = connection.execute(
        "SELECT sha256, number, text, method, start FROM page"
        " JOIN document ON document.id = document ORDER BY sha256, number"
    ).fetchall()
    chosen = engine("tantivy")
    stamp = stamp_of(connection, chosen)
    reader = chosen.reader(generation_in_service(Archive(str(archive)).index, stamp))
    ranking = reader.search(parse("file"), limit=1000)
    found = reading.passages(connection, [ranked.passage for ranked in ranking.ranked])
    assert len(found) == ranking.total == reader.count() == reading.counts(connection).passages
    assert reading.counts(connection).passages_pending == 0
    reader.close()
    connection.close()
    return pages, {(one.places[0], one.first_page, one.text) for one in found.values()}


def test_a_stopped_run_goes_on_and_reads_nothing_twice(tmp_path: Path) -> None:
    make_release(tmp_path / "r")
    ingest(tmp_path / "whole", tmp_path / "r")
    read: list[tuple[str, int]] = []

    def counting(unit: WorkUnit) -> WorkResult:
        if isinstance(unit, ReadUnit):
            read.append((unit.source.name, unit.first))
        return work(unit)

    for steps in itertools.count(2):
        asked = itertools.count()
        summary, _ = ingest(
            tmp_path / "parts",
            tmp_path / "r",
            lambda asked=asked, steps=steps: next(asked) >= steps,  # type: ignore[misc]
            counting,
        )
        if not summary.stopped:
            break
    assert steps > 3, "the run was stopped several times"
    assert len(read) == len(set(read))
    assert content(tmp_path / "parts") == content(tmp_path / "whole")


def test_a_run_that_dies_goes_on(tmp_path: Path) -> None:
    make_release(tmp_path / "r")
    ingest(tmp_path / "whole", tmp_path / "r")

    class PowerCut(BaseException):
        """No handler for errors catches it."""

    for units in range(1, 8):
        left = iter(range(units))

        def dying(unit: WorkUnit, left: Iterator[int] = left) -> WorkResult:
            if next(left, None) is None:
                raise PowerCut
            return work(unit)

        try:
            ingest(tmp_path / "parts", tmp_path / "r", perform=dying)
        except PowerCut:
            continue
    ingest(tmp_path / "parts", tmp_path / "r")
    assert content(tmp_path / "parts") == content(tmp_path / "whole")


def test_one_page_that_kills_its_reader_is_lost_alone(tmp_path: Path) -> None:
    make_release(tmp_path / "r")

    def dying(unit: WorkUnit) -> WorkResult:
        if (
            isinstance(unit, ReadUnit)
            and unit.source.name == "one.txt"
            and (unit.first <= 6 <= unit.last)
        ):
            raise WorkFailedError("the reading process died (SIGSEGV)", fatal=True)
        return work(unit)

    summary, problems = ingest(tmp_path / "archive", tmp_path / "r", perform=dying)
    assert summary.pages == 2 * PAGES
    assert summary.pages_none == 1
    (problem,) = problems
    assert (problem.problem.file, problem.problem.page) == ("one.txt", 6)
    assert "SIGSEGV" in problem.problem.cause
    pages, _ = content(tmp_path / "archive")
    assert sum(not page[2] for page in pages) == 1  # type: ignore[index]


def test_a_document_that_kills_reader_after_reader_is_given_up(tmp_path: Path) -> None:
    make_release(tmp_path / "r")
    killed = []

    def dying(unit: WorkUnit) -> WorkResult:
        if isinstance(unit, ReadUnit) and unit.source.name == "one.txt":
            killed.append(unit)
            raise WorkFailedError("the reading process died (SIGSEGV)", fatal=True)
        return work(unit)

    summary, problems = ingest(tmp_path / "archive", tmp_path / "r", perform=dying)
    assert len(killed) < PAGES
    assert len(problems) == summary.pages_none == PAGES
    assert summary.pages_text == PAGES


def test_a_copy_other_choices_and_a_stop_lose_nothing(tmp_path: Path) -> None:
    make_release(tmp_path / "r")
    ingest(tmp_path / "archive", tmp_path / "r")
    (tmp_path / "r" / "copy.txt").write_text((tmp_path / "r" / "one.txt").read_text())
    always = Choices(ocr=OcrMode.ALWAYS)
    for steps in itertools.count(1):
        asked = itertools.count()
        summary, _ = ingest(
            tmp_path / "archive",
            tmp_path / "r",
            lambda asked=asked, steps=steps: next(asked) >= steps,  # type: ignore[misc]
            choices=always,
        )
        if not summary.stopped:
            break
    ingest(tmp_path / "fresh", tmp_path / "r", choices=always)
    pages, found = content(tmp_path / "archive")
    fresh_pages, fresh_found = content(tmp_path / "fresh")
    assert pages == fresh_pages
    # Which of its two places a document is cited by depends on which was found first.
    assert {one[1:] for one in found} == {one[1:] for one in fresh_found}  # type: ignore[index]
    assert places(tmp_path / "archive", "file:copy") == places(tmp_path / "fresh", "file:copy") > 0


def test_a_run_that_is_killed_with_one_choice_is_finished_with_another(tmp_path: Path) -> None:
    make_release(tmp_path / "r")
    ingest(tmp_path / "archive", tmp_path / "r", lambda: True)
    asked = itertools.count()
    stopped, _ = ingest(
        tmp_path / "archive",
        tmp_path / "r",
        lambda: next(asked) >= 9,
        choices=Choices(ocr=OcrMode.NEVER),
    )
    assert stopped.stopped
    ingest(tmp_path / "archive", tmp_path / "r", choices=Choices(ocr=OcrMode.ALWAYS))
    with opened(tmp_path / "archive") as (connection, _):
        assert connection.execute("SELECT DISTINCT ocr FROM document").fetchall() == [("always",)]


def places(archive: Path, query: str) -> int:
    from recordsearch.engines.generations import generation_in_service

    with opened(archive) as (connection, _):
        chosen = engine("tantivy")
        stamp = stamp_of(connection, chosen)
        reader = chosen.reader(generation_in_service(Archive(str(archive)).index, stamp))
        return reader.search(parse(query), 0).total


def test_the_index_knows_where_a_document_lies_now(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    for name in ("a", "b"):
        (tmp_path / "r" / f"{name}.txt").write_text("alpha words")
    ingest(tmp_path / "archive", tmp_path / "r")
    assert places(tmp_path / "archive", "alpha file:b") == 1
    (tmp_path / "r" / "b.txt").write_text("beta, which is longer")
    ingest(tmp_path / "archive", tmp_path / "r")
    assert places(tmp_path / "archive", "alpha file:b") == 0
    assert places(tmp_path / "archive", "alpha file:a") == 1
    assert places(tmp_path / "archive", "beta file:b") == 1


def test_files_that_are_gone_or_moved(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "old.txt").write_text("alpha words")
    (tmp_path / "r" / "lost.txt").write_text("beta words")
    (tmp_path / "r" / "bad.pdf").write_bytes(b"")
    (tmp_path / "r" / "dead").symlink_to(tmp_path / "nothing")
    summary, problems = ingest(tmp_path / "archive", tmp_path / "r")
    assert len(problems) == 2
    (tmp_path / "r" / "old.txt").rename(tmp_path / "r" / "new.txt")
    for name in ("lost.txt", "bad.pdf", "dead"):
        (tmp_path / "r" / name).unlink()
    summary, _ = ingest(tmp_path / "archive", tmp_path / "r")
    assert summary.problems == 0
    with opened(tmp_path / "archive") as (connection, _):
        assert list(reading.problems(connection)) == []
        assert reading.counts(connection).locations == 2, "the last place of a text is kept"
    assert places(tmp_path / "archive", "alpha file:new") == 1
    assert places(tmp_path / "archive", "alpha file:old") == 0
    assert places(tmp_path / "archive", "beta") == 1


def test_passages_removed_from_the_catalogue_leave_the_index(tmp_path: Path) -> None:
    make_release(tmp_path / "r")
    ingest(tmp_path / "archive", tmp_path / "r")
    (tmp_path / "r" / "one.txt").write_text("An entirely new file now. " * 30)
    ingest(tmp_path / "archive", tmp_path / "r")
    (tmp_path / "r2").mkdir()
    (tmp_path / "r2" / "one.txt").write_text("An entirely new file now. " * 30)
    (tmp_path / "r2" / "two.txt").write_text((tmp_path / "r" / "two.txt").read_text())
    ingest(tmp_path / "fresh", tmp_path / "r2")
    assert content(tmp_path / "archive") == content(tmp_path / "fresh")


def test_what_an_older_version_understood_is_understood_again_and_not_read_again(
    tmp_path: Path,
) -> None:
    release = tmp_path / "release"
    release.mkdir()
    (release / "mail.txt").write_text(MAIL)
    archive = tmp_path / "archive"
    assert ingest(archive, release)[0].messages == 1
    connection = open_for_writing(Archive(str(archive)).catalogue)
    connection.execute("UPDATE document SET understood = ''")
    connection.close()

    def without_reading(unit: WorkUnit) -> WorkResult:
        assert not isinstance(unit, ReadUnit)
        return work(unit)

    summary, _ = ingest(archive, release, perform=without_reading)
    assert (summary.documents, summary.messages, summary.pages) == (1, 1, 0)
    assert ingest(archive, release)[0].unchanged == 1


def test_text_stays_searchable_where_looking_for_its_contents_fails(tmp_path: Path) -> None:
    release = tmp_path / "release"
    release.mkdir()
    (release / "mail.txt").write_text(MAIL)

    def failing(unit: WorkUnit) -> WorkResult:
        if isinstance(unit, UnderstandUnit):
            raise WorkFailedError("the process ended", fatal=True)
        return work(unit)

    archive = tmp_path / "archive"
    summary, problems = ingest(archive, release, perform=failing)
    assert (summary.passages, summary.messages) == (1, 0)
    assert [problem.problem.stage for problem in problems] == ["understand"]


def test_boilerplate_is_found_by_phrase_alone(tmp_path: Path) -> None:
    release = tmp_path / "release"
    release.mkdir()
    notice = (
        "This message is meant for the person named above alone and may hold privileged matter.\n"
        "Whoever received it by mistake must delete it and tell the sender without delay.\n"
    )
    for number in range(15):
        own = f"\nAbout matter {number}, which is privileged too.\n" if number == 3 else ""
        mail = MAIL.replace("9:53", f"9:{10 + number}")
        (release / f"{number}.txt").write_text(f"{mail}{own}\n{notice}")
    archive = tmp_path / "archive"
    assert ingest(archive, release)[0].messages == 15
    assert found_by(archive, "privileged") == 1
    assert found_by(archive, '"may hold privileged matter"') == 15
    assert ingest(archive, release)[0].unchanged == 15


def test_a_run_stopped_while_messages_are_compared_is_finished_by_the_next(tmp_path: Path) -> None:
    release = tmp_path / "release"
    release.mkdir()
    (release / "mail.txt").write_text(MAIL)
    archive = tmp_path / "archive"
    stop = False

    def stopping_when_read(unit: WorkUnit) -> WorkResult:
        nonlocal stop
        result = work(unit)
        stop = isinstance(unit, UnderstandUnit)
        return result

    asked = itertools.count()
    # Asked once more while all is being read; from then on it is the comparing that is asked.
    stopped, _ = ingest(
        archive, release, lambda: stop and next(asked) > 0, perform=stopping_when_read
    )
    assert stopped.stopped
    finished, _ = ingest(archive, release)
    assert not finished.stopped
    assert found_by(archive, "from:limb type:message") == 1


def found_by(archive: Path, query: str) -> int:
    with opened(archive) as (connection, _):
        chosen = engine("tantivy")
        folder = generation_in_service(Archive(str(archive)).index, stamp_of(connection, chosen))
        reader = chosen.reader(folder)
        try:
            return reader.search(parse(query), 0).total
        finally:
            reader.close()

"""The Python interface: the same hits as the command line, folded, sorted and grouped."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import recordsearch
from recordsearch.archive import Archive
from recordsearch.errors import NoArchiveError, QueryError
from tests.conftest import Run

_MEMO = (
    "The council has asked for a full account of the camera programme and of what it has cost the"
    " city since it began in the spring of 2016. Every department that was given access shall list"
    " the officers who were trained, the searches that they made, and the cases in which a search"
    " led to an arrest. The list shall reach the clerk by the end of the month, so that it can be"
    " put before the public safety committee at its next meeting, together with the contract and"
    " all of its amendments, and with the letters that residents have written about it."
)
_LETTER = (
    "From: {sender} <{sender}@city.example>\nTo: Clerk <clerk@city.example>\nDate: {date}\n"
    "Subject: camera hearing\nMIME-Version: 1.0\nContent-Type: text/plain\n\n{text}\n"
)


@pytest.fixture
def archive(run: Run, tmp_path: Path) -> Iterator[Archive]:
    """Index three copies of a memo that differ by little, two e-mails and an unrelated file."""
    release = tmp_path / "release"
    release.mkdir()
    for number, end in enumerate(("", " Thank you.", " Filed copy."), 1):
        (release / f"memo{number}.txt").write_text(_MEMO + end)
    (release / "late.eml").write_text(
        _LETTER.format(
            sender="ann", date="Tue, 05 Jun 2018 10:00:00 +0000", text="The camera hearing is late."
        )
    )
    (release / "early.eml").write_text(
        _LETTER.format(
            sender="bob",
            date="Mon, 06 Mar 2017 09:00:00 +0000",
            text="The camera hearing is early, and the second camera comes in May.",
        )
    )
    (release / "other.txt").write_text("Minutes of the parks board. No quorum.")
    assert run("index", str(release)).status == 0
    with recordsearch.open(tmp_path / ".recordsearch") as opened:
        yield opened


def _files(archive: Archive, query: str, **wanted: object) -> list[str]:
    search: Callable[..., recordsearch.archive.Answer] = archive.search  # type: ignore[name-defined]
    return [hit.file for hit in search(query, **wanted).hits]


def test_near_identical_passages_are_one_hit_that_says_so(archive: Archive, run: Run) -> None:
    answer = archive.search("camera programme")
    assert len(answer.hits) == 1
    assert answer.total == 3
    assert not answer.more
    others = answer.hits[0].near_identical
    assert len(others) == 2
    unfolded = archive.search("camera programme", fold=False)
    assert {hit.passage for hit in unfolded.hits} == {answer.hits[0].passage, *others}
    assert not any(hit.near_identical for hit in unfolded.hits)
    told = run("search", "camera programme").out
    assert "and 2 near-identical: --unfold shows them" in told
    assert "3 hits (2 near-identical ones among them)." in told
    assert run("search", "--unfold", "camera programme").out.count("memo") >= 3


def test_only_copies_that_match_are_counted(archive: Archive) -> None:
    (hit,) = archive.search("camera programme filed").hits
    assert hit.near_identical == ()


def test_pages_of_folded_hits_neither_repeat_nor_miss(archive: Archive) -> None:
    whole = [hit.passage for hit in archive.search("camera", limit=100).hits]
    paged = [
        hit.passage
        for offset in range(len(whole) + 1)
        for hit in archive.search("camera", limit=1, offset=offset).hits
    ]
    assert paged == whole
    assert archive.search("camera", limit=1).more
    assert not archive.search("camera", limit=1, offset=len(whole) - 1).more


def test_hits_come_in_the_order_that_was_asked_for(archive: Archive) -> None:
    dated = _files(archive, "camera hearing", sort="date")
    assert dated == ["early.eml", "late.eml"]
    assert _files(archive, "camera hearing", sort="newest") == dated[::-1]
    everything = archive.search("camera", sort="document", limit=100).hits
    assert [hit.document for hit in everything] == sorted(hit.document for hit in everything)
    # What has no date comes last, whichever way the dates run.
    for sort in ("date", "newest"):
        assert _files(archive, "camera", sort=sort)[:2] != ["memo1.txt", "memo2.txt"]
        assert all(file.startswith("memo") for file in _files(archive, "camera", sort=sort)[2:])
    with pytest.raises(ValueError, match="size"):
        archive.search("camera", sort="size")


def test_hits_are_grouped_by_document_thread_and_release(archive: Archive, run: Run) -> None:
    by_document = archive.search("camera", group="document")
    assert by_document.groups == len(by_document.hits) == 5
    assert sum(hit.in_group for hit in by_document.hits) == by_document.total
    by_release = archive.search("camera", group="release")
    assert [hit.in_group for hit in by_release.hits] == [by_release.total]
    by_thread = archive.search("camera hearing", group="thread")
    assert sum(hit.in_group for hit in by_thread.hits) == 2
    told = run("search", "--group", "release", "camera").out
    assert f"and {by_release.total - 1} more hits in this release" in told
    assert f"{by_release.total} hits in 1 release." in told
    first = archive.search("camera", group="document", limit=2)
    assert first.more
    rest = archive.search("camera", group="document", limit=10, offset=2)
    assert [hit.document for hit in (*first.hits, *rest.hits)] == [
        hit.document for hit in by_document.hits
    ]


@pytest.mark.parametrize("query", ["camera", "camera -memo", "type:message", '"no quorum"'])
def test_the_command_line_gives_the_same_hits(archive: Archive, run: Run, query: str) -> None:
    lines = run("search", "--json", "--limit", "50", query).lines
    hits = archive.search(query, limit=50).hits
    assert hits
    assert [line["passage"] for line in lines] == [hit.passage for hit in hits]
    assert [line["near_identical"] for line in lines] == [list(hit.near_identical) for hit in hits]
    assert [line["snippet"] for line in lines] == [hit.snippet for hit in hits]


def test_an_open_archive_answers_from_what_was_committed_last(
    archive: Archive, run: Run, tmp_path: Path
) -> None:
    assert archive.search("zebra crossing").total == 0
    pages = archive.search("zebra crossing").coverage.pages
    (tmp_path / "release" / "new.txt").write_text("A zebra crossing was painted.")
    assert run("index", str(tmp_path / "release")).status == 0
    answer = archive.search("zebra crossing")
    assert answer.total == 1
    assert answer.coverage.pages == pages + 1


def test_what_cannot_be_opened_or_understood_is_an_error_of_its_own(
    archive: Archive, tmp_path: Path
) -> None:
    with pytest.raises(NoArchiveError):
        recordsearch.open(tmp_path / "release")
    with pytest.raises(QueryError):
        archive.search('"never closed')


def test_lists_are_those_of_the_commands(archive: Archive) -> None:
    assert [message.subject for message in archive.messages()] == ["camera hearing"] * 2
    assert len(archive.messages("before:2018")) == 1
    assert {person.name for _, person in archive.people(["ann"])} == {"ann"}
    assert archive.letters() == []
    assert archive.problems() == []
    assert archive.status().counts.documents == 6
    assert archive.show("memo1.txt").pages[0].page.text.startswith("The council")
    assert archive.pages("method:ocr") == []

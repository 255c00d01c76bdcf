"""The main job on the sample release: from a folder of files to hits with their pages cited."""

from pathlib import Path

import pytest

EMAILS = "emails/vendor_correspondence_2017a.pdf"
SCAN = "emails/vendor_correspondence_2017b_scan_1.pdf"


@pytest.fixture(params=["tantivy", "whoosh"])
def archive(request: pytest.FixtureRequest, sample_archives: dict[str, Path]) -> str:
    """Every test here runs once for each engine."""
    return str(sample_archives[request.param])


def test_a_phrase_is_found_in_born_digital_pages_and_in_scans(run, archive) -> None:
    hits = run(
        "--archive", archive, "search", "--json", "--limit", "100", '"face recognition"'
    ).lines
    files = {hit["file"]: hit for hit in hits}
    assert EMAILS in files
    assert SCAN in files
    assert "letters/coalition_letter.pdf" in files
    assert "letters/coalition_letter_scan.pdf" in files
    assert files[EMAILS]["confidence"] is None
    assert 60 < files[SCAN]["confidence"] <= 100


def test_a_hit_cites_its_page_and_bates_number(run, archive) -> None:
    for hit in run("--archive", archive, "search", "--json", "--limit", "100", "file:emails").lines:
        assert 1 <= hit["first_page"] <= hit["last_page"]
        first = {EMAILS: 100, SCAN: 107}.get(hit["file"], 111)
        pages = [hit["first_page"], hit["last_page"]]
        expected = [f"QHPD-{first + page:06}" for page in pages]
        assert hit["bates"] == (expected[0] if pages[0] == pages[1] else " – ".join(expected))


def test_the_json_of_a_hit_is_as_documented(run, archive) -> None:
    hits = run("--archive", archive, "search", "--json", "face recognition").lines
    assert len(hits) == 10
    for number, hit in enumerate(hits, 1):
        assert list(hit) == [
            "rank", "score", "passage", "document", "release", "file", "first_page", "last_page",
            "bates", "confidence", "snippet", "matches", "text",
            "near_identical", "in_group",
        ]  # fmt: skip
        assert hit["rank"] == number
        assert hit["release"] == "sample_docs"
        assert hit["matches"]
        matched = {hit["snippet"][start:end].lower() for start, end in hit["matches"]}
        assert matched <= {
            "face", "faces", "recognition", "recognized", "recognise", "recognize", "recog- nition",
            "recognised", "recog-nition",
        }, matched  # fmt: skip
        assert hit["snippet"].strip("… ")[:20] in " ".join(hit["text"].split())


def test_a_word_broken_at_a_line_end_is_found_whole_and_shown_as_printed(run, archive) -> None:
    query = '"department\'s use of face recognition" file:coalition_letter.pdf'
    hits = run("--archive", archive, "search", "--json", query).lines
    (broken,) = [hit for hit in hits if "recog-\nnition" in hit["text"]]
    marked = [broken["snippet"][start:end] for start, end in broken["matches"]]
    assert marked == ["department's use of face recog-nition"]


def test_any_of_the_words_suffices(run, archive) -> None:
    def total(*options: str) -> set[int]:
        hits = run("--archive", archive, "search", "--json", "--limit", "100", *options).lines
        return {hit["passage"] for hit in hits}

    assert total("--any", "camera council") == total("camera OR council") > total("camera council")


def test_offset_goes_on_where_limit_ended(run, archive) -> None:
    def passages(*options: str) -> list[int]:
        hits = run("--archive", archive, "search", "--json", *options, "recognition").lines
        return [hit["passage"] for hit in hits]

    whole = passages("--limit", "9")
    assert len(set(whole)) == 9
    assert passages("--limit", "4") + passages("--limit", "5", "--offset", "4") == whole


def test_under_an_answer_stands_its_coverage(run, archive) -> None:
    answer = run("--archive", archive, "search", "face recognition")
    assert "recordsearch problems" in answer.out
    assert "Searched 25 pages" in answer.out
    assert "1 file not at all" in answer.out
    nothing = run("--archive", archive, "search", "xylophone")
    assert nothing.status == 0
    assert "No hits." in nothing.out
    assert "Searched 25 pages" in nothing.out


def test_piped_output_is_plain(run, archive) -> None:
    answer = run("--archive", archive, "search", "face recognition")
    assert "\x1b" not in answer.out
    assert f"{EMAILS}  p. " in answer.out


def test_show_prints_a_page_as_printed_and_how_it_was_read(run, archive) -> None:
    page = run("--archive", archive, "show", f"{SCAN}:2")
    assert page.status == 0
    assert "p. 2 of 4" in page.out
    assert "QHPD-000109" in page.out
    assert "OCR, confidence" in page.out
    assert "turned by 180°" in page.out
    several = run("--archive", archive, "show", "vendor_correspondence_2017a.pdf:2-3")
    assert "p. 2 of 7" in several.out
    assert "p. 3 of 7" in several.out


def test_show_says_what_is_wrong_with_a_name(run, archive) -> None:
    for name, words in (
        ("nothing.pdf", "no document goes by"),
        (f"{EMAILS}:8", "no page 8"),
        (f"{EMAILS}:0", "no page 0"),
    ):
        answer = run("--archive", archive, "show", name)
        assert answer.status == 2
        assert words in answer.err
        assert len(answer.err.splitlines()) == 1


def test_status_counts_what_is_there(run, archive) -> None:
    (status,) = run("--archive", archive, "status", "--json").lines
    assert status["documents"] == 10
    assert status["pages"] == 25
    assert status["pages_text"] == 13
    assert status["pages_ocr"] == 12
    assert status["passages"] > 30
    assert status["passages_pending"] == 0
    assert status["engine"] in archive
    assert status["problems"] >= 1
    assert "Documents" in run("--archive", archive, "status").out


def test_the_damaged_file_is_a_problem_with_cause_and_mend(run, archive) -> None:
    problems = run("--archive", archive, "problems", "--json").lines
    (damaged,) = [one for one in problems if one["file"] == "damaged/invoice_2217.pdf"]
    assert damaged["page"] is None
    assert damaged["stage"]
    assert damaged["cause"]
    assert damaged["mend"]
    assert "damaged/invoice_2217.pdf" in run("--archive", archive, "problems").out

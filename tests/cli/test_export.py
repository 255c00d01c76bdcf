"""Exports: every form holds what proves a hit, and nothing out of a document works in it."""

import csv
import hashlib
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import SAMPLE_DOCS, Run

QUERY = "body camera"


@pytest.fixture
def export(run: Run, tmp_path: Path, sample_archives: dict[str, Path]) -> "Exporting":
    return Exporting(run, str(sample_archives["tantivy"]), tmp_path)


class Exporting:
    """Runs ``export`` on the sample archive."""

    def __init__(self, run: Run, archive: str, folder: Path) -> None:
        self._run, self._archive, self._folder = run, archive, folder

    def __call__(self, *arguments: str) -> str:
        ran = self._run("--archive", self._archive, "export", *arguments)
        assert ran.status == 0, ran.err
        return ran.out

    def file(self, name: str, *arguments: str) -> bytes:
        assert self("--output", name, *arguments) == ""
        return (self._folder / name).read_bytes()

    def log(self, name: str) -> dict[str, object]:
        told: dict[str, object] = json.loads((self._folder / f"{name}.log.json").read_text())
        return told

    def hits(self, *arguments: str) -> list[dict[str, object]]:
        ran = self._run(
            "--archive", self._archive, "search", "--json", "--limit", "500", *arguments
        )
        return ran.lines


def test_csv_has_every_hit_with_its_proof(export: Exporting) -> None:
    rows = list(csv.DictReader(io.StringIO(export.file("e.csv", QUERY).decode())))
    hits = export.hits(QUERY)
    assert [row["snippet"] for row in rows] == [hit["snippet"] for hit in hits]
    for row in rows:
        if "!/" in row["file"]:  # an attachment: its bytes lie in another file
            continue
        content = (SAMPLE_DOCS / row["file"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
        assert row["places"] == f"sample_docs/{row['file']}"
    scans = [row for row in rows if "scan" in row["file"]]
    assert scans
    assert all(80 < float(row["confidence"]) <= 100 for row in scans)
    assert any(row["bates"].startswith("QHPD-") for row in rows)


def test_json_begins_with_what_repeats_the_search(export: Exporting) -> None:
    first, *hits = map(json.loads, export("--format", "jsonl", QUERY).splitlines())
    record = first["search"]
    assert record["query"] == QUERY
    assert record["exported"] == len(hits)
    assert re.fullmatch("[0-9a-f]{64}", record["state"])
    assert all(hit["text"] and hit["sha256"] and hit["first_page"] for hit in hits)


def test_the_log_says_what_the_answer_depends_on(export: Exporting) -> None:
    export.file("one.csv", QUERY)
    export.file("two.md", "--limit", "2", "--any", QUERY)
    one, two = export.log("one.csv"), export.log("two.md")
    assert one["state"] == two["state"]
    assert (one["query"], one["total"]) == (QUERY, len(export.hits("--unfold", QUERY)))
    assert two["exported"] == 2
    assert two["options"] == {
        "limit": 2, "any_word": True, "tolerant": False, "sort": "relevance", "fold": True,
    }  # fmt: skip


def test_another_state_of_the_archive_has_another_hash(run: Run, tmp_path: Path) -> None:
    states = []
    (tmp_path / "r").mkdir()
    for text in ("The first camera.", "The second camera."):
        (tmp_path / "r" / f"{len(states)}.txt").write_text(text)
        assert run("index", "r").status == 0
        for name in ("a.csv", "b.csv"):
            assert run("export", "camera", "--output", name).status == 0
            states.append(json.loads((tmp_path / f"{name}.log.json").read_text())["state"])
    assert states[0] == states[1] != states[2] == states[3]


class _Tags(HTMLParser):
    """Collects a page's tags and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = (
    '=HYPERLINK("http://evil.example") the gantry <script>alert(1)</script> <img src=x onerror=y>\n'
    "# not a heading [link](http://evil.example) ![x](y) `code` | cell | \x1b[31mred \u202eback"
)


@pytest.fixture
def hostile(run: Run, tmp_path: Path) -> Run:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "=cmd|'x'!A0.txt").write_text(HOSTILE)
    assert run("index", "r").status == 0
    return run


def test_nothing_out_of_a_document_works_in_an_export(hostile: Run, tmp_path: Path) -> None:
    for name in ("e.csv", "e.md", "e.html", "e.jsonl", "e.pdf"):
        assert hostile("export", "gantry", "--output", name).status == 0
    (row,) = csv.DictReader(io.StringIO((tmp_path / "e.csv").read_text()))
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    page = _Tags()
    page.feed((tmp_path / "e.html").read_text())
    assert not {"script", "img"} & set(page.tags)
    assert page.tags.count("mark") == 1
    assert "<script>" in page.text
    markdown = (tmp_path / "e.md").read_text()
    assert "<" not in markdown.replace("\\<", "")
    assert not re.search(r"(?<!\\)\]\(", markdown)
    for name in ("e.csv", "e.md", "e.html", "e.jsonl"):
        content = (tmp_path / name).read_text()
        assert "\x1b" not in content
        assert "\u202e" not in content


def test_a_pdf_has_the_cited_pages_marked_behind_a_cover(export: Exporting, tmp_path: Path) -> None:
    export.file("e.pdf", QUERY)
    cited = {
        (hit["document"], page)
        for hit in export.hits(QUERY)
        for page in range(int(str(hit["first_page"])), int(str(hit["last_page"])) + 1)
    }
    document = pypdfium2.PdfDocument(str(tmp_path / "e.pdf"))
    cover = document[0].get_textpage().get_text_bounded()
    assert "query: body camera" in cover
    assert f"{len(export.hits(QUERY))}. " in cover
    assert len(document) == 1 + len(cited)
    marked = []
    for number in range(1, len(document)):
        page = document[number]
        notes = pypdfium2.raw.FPDFPage_GetAnnotCount(page.raw)
        marked.append(notes)
        # The marks are yellow where the words stand, so a drawing of the page shows them.
        picture = page.render(scale=0.5).to_pil().convert("RGB")
        yellow = sum(
            red > 200 and green > 180 and blue < 90
            for red, green, blue in zip(*(band.tobytes() for band in picture.split()), strict=True)
        )
        assert bool(yellow) == bool(notes), number
    assert sum(map(bool, marked)) >= len(marked) // 2


def test_a_page_whose_file_has_changed_is_set_as_it_was_read(run: Run, tmp_path: Path) -> None:
    release = tmp_path / "r"
    release.mkdir()
    letter = release / "letter.pdf"
    letter.write_bytes((SAMPLE_DOCS / "letters" / "coalition_letter.pdf").read_bytes())
    assert run("index", "r").status == 0
    letter.write_bytes((SAMPLE_DOCS / "emails" / "vendor_correspondence_2017a.pdf").read_bytes())
    ran = run("export", '"face recognition"', "--output", "e.pdf")
    assert ran.status == 3
    assert "the file has changed" in ran.err
    document = pypdfium2.PdfDocument(str(tmp_path / "e.pdf"))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    assert any("as it was read" in text for text in texts)
    assert any("The undersigned groups" in text for text in texts)


def test_records_and_archive_are_never_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.txt").write_text("The camera.")
    assert run("index", "r").status == 0
    for output in ("r/a.txt", ".recordsearch/catalogue.sqlite3", "missing/e.csv"):
        ran = run("export", "camera", "--output", output)
        assert ran.status == 2, output
    assert (tmp_path / "r" / "a.txt").read_text() == "The camera."
    assert run("export", "camera", "--format", "pdf").status == 2

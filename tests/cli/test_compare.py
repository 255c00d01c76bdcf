"""``recordsearch compare``: what differs between two publications of the same records."""

from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from tests.cli.test_manifest import mail
from tests.cli.test_terminal import ALLOWED, COLOUR, on_terminal
from tests.conftest import Ran, Run

PRICE = (
    "The council of Harbor City met about the camera contract. Jane Roe asked for the price of the"
    " renewal, and the clerk said that it was $18,400 a year for the whole department."
)
SIGNED = (
    "The department keeps pictures for ninety days. Sergeant Odalys Fenwright signed the request on"
    " the third of March and sent it to the vendor for approval by the board."
)
TRAINING = (
    "All officers take a course of four hours before they may use the system, and a second one each"
    " year after that, as the policy of the department says."
)
EXHIBIT = (
    "An exhibit that nobody had seen lists the cameras at the harbor: north gate, south gate,"
    " market hall and the old mill bridge."
)
WITHHELD = SIGNED.replace("Sergeant Odalys Fenwright", "(b)(6)")


def pdf(path: Path, pages: list[str], stamp: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = FPDF()
    document.set_font("Helvetica", size=11)
    for number, text in enumerate(pages, 1):
        document.add_page()
        document.multi_cell(0, 6, text)
        if stamp:
            document.text(150, 285, f"{stamp}-{number:06}")
    path.write_bytes(bytes(document.output()))


def text(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def compared(run: Run, *options: str) -> list[Any]:
    """Index the releases ``one`` and ``two`` and compare them."""
    assert run("index", "one", "two").status == 0
    ran = run("compare", "one", "two", "--json", *options)
    assert ran.status == 0
    return ran.lines


def names(line: Any) -> tuple[str, str | None, str | None]:
    return line["kind"], line["a"] and line["a"]["file"], line["b"] and line["b"]["file"]


def test_same_moved_added_removed_and_copies(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        text(tmp_path / name / "kept.txt", "The same in both.\n")
    text(tmp_path / "one" / "box 1" / "note.txt", "The vote is on Monday.\n")
    text(tmp_path / "two" / "box 9" / "note of March.txt", "The vote is on Monday.\n")
    text(tmp_path / "one" / "old.txt", "Nobody wants this any more.\n")
    text(tmp_path / "two" / "new.txt", "Everybody asked for that.\n")
    text(tmp_path / "two" / "again.txt", "The same in both.\n")
    *lines, last = compared(run)
    assert {names(line) for line in lines} == {
        ("same", "kept.txt", "kept.txt"),
        ("moved", "box 1/note.txt", "box 9/note of March.txt"),
        ("removed", "old.txt", None),
        ("added", None, "new.txt"),
        ("added", None, "again.txt"),
    }
    (again,) = (line for line in lines if names(line)[2] == "again.txt")
    assert again["copy_of"] == "kept.txt"
    summary = last["summary"]
    assert (summary["same"], summary["moved"], summary["replaced"]) == (1, 1, 0)
    assert (summary["removed"], summary["added"], summary["unread"]) == (1, 2, 0)


def test_a_replaced_file_has_its_pages_compared(run: Run, tmp_path: Path) -> None:
    pdf(tmp_path / "one" / "contract.pdf", [PRICE, SIGNED, TRAINING])
    pdf(tmp_path / "two" / "contract.pdf", [PRICE, WITHHELD, EXHIBIT, TRAINING])
    line, last = compared(run, "--pages")
    assert names(line) == ("replaced", "contract.pdf", "contract.pdf")
    assert line["known_by"] == "name"
    assert 0.5 < line["likeness"] < 1
    changed, added = line["pages"]
    assert (changed["kind"], changed["a"], changed["b"]) == ("changed", 2, 2)
    assert changed["differences"] == [
        {"kind": "withheld", "a": "Sergeant Odalys Fenwright", "b": "(b)(6)"}
    ]
    assert 0 < changed["differs"] < 0.2
    assert (added["kind"], added["a"], added["b"]) == ("added", None, 3)
    assert (line["withheld"], line["disclosed"]) == (1, 0)
    assert (last["summary"]["withheld"], last["summary"]["disclosed"]) == (1, 0)

    back = run("compare", "two", "one", "--json", "--pages").lines[0]
    assert (back["withheld"], back["disclosed"]) == (0, 1)
    assert [page["kind"] for page in back["pages"]] == ["changed", "removed"]

    listing = run("compare", "one", "two", "--pages").out
    assert "replaced  contract.pdf" in listing
    assert "withheld: “Sergeant Odalys Fenwright” → “(b)(6)”" in listing
    assert "newly withheld, p. 2" in listing
    assert "p. 3  added" in listing
    assert "Sergeant" not in run("compare", "one", "two").out


@pytest.mark.parametrize("mark", ["[REDACTED]", "███████", "(b)(7)(C)", "REDACTED by the city"])
def test_marks_of_redaction_are_known(run: Run, tmp_path: Path, mark: str) -> None:
    text(tmp_path / "one" / "a.txt", f"{SIGNED}\n\n{PRICE}\n")
    withheld = SIGNED.replace("Sergeant Odalys Fenwright", mark)
    text(tmp_path / "two" / "a.txt", f"{withheld}\n\n{PRICE}\n")
    line, _ = compared(run)
    assert (line["withheld"], line["disclosed"]) == (1, 0)


def test_words_that_go_without_a_mark_are_gone(run: Run, tmp_path: Path) -> None:
    text(tmp_path / "one" / "a.txt", SIGNED)
    text(tmp_path / "two" / "a.txt", SIGNED.replace("Sergeant Odalys Fenwright ", ""))
    line, _ = compared(run, "--pages")
    assert (line["withheld"], line["gone"]) == (0, 1)
    (difference,) = line["pages"][0]["differences"]
    assert difference == {"kind": "gone", "a": "Sergeant Odalys Fenwright", "b": ""}


def test_a_record_under_another_name_is_found_by_its_text(run: Run, tmp_path: Path) -> None:
    pdf(tmp_path / "one" / "scan0001.pdf", [PRICE, SIGNED])
    pdf(tmp_path / "one" / "scan0002.pdf", [TRAINING])
    pdf(tmp_path / "two" / "contract.pdf", [PRICE, WITHHELD])
    pdf(tmp_path / "two" / "exhibit.pdf", [EXHIBIT])
    *lines, _ = compared(run)
    assert {names(line) for line in lines} == {
        ("replaced", "scan0001.pdf", "contract.pdf"),
        ("removed", "scan0002.pdf", None),
        ("added", None, "exhibit.pdf"),
    }
    replaced = lines[0]
    assert replaced["known_by"] == "text"
    assert 0.9 < replaced["likeness"] < 1
    assert "most likely the same record" in run("compare", "one", "two").out


def test_a_record_with_the_same_bates_number_is_the_same(run: Run, tmp_path: Path) -> None:
    pdf(tmp_path / "one" / "scan0001.pdf", [SIGNED, PRICE], "HARBOR")
    pdf(tmp_path / "two" / "withheld.pdf", ["(b)(5) (b)(6)", "(b)(5)"], "HARBOR")
    line, _ = compared(run)
    assert names(line) == ("replaced", "scan0001.pdf", "withheld.pdf")
    assert line["known_by"] == "bates"
    assert line["pages_changed"] == 2
    assert line["withheld"] >= 1


def test_another_stamp_alone_is_no_change_of_text(run: Run, tmp_path: Path) -> None:
    pdf(tmp_path / "one" / "a.pdf", [PRICE, SIGNED], "HARBOR")
    pdf(tmp_path / "two" / "a.pdf", [PRICE, SIGNED], "CITY")
    line, _ = compared(run)
    assert names(line) == ("replaced", "a.pdf", "a.pdf")
    assert line["likeness"] == 1
    assert line["pages_changed"] == 0
    assert "the text is equal" in run("compare", "one", "two").out


def test_what_is_attached_is_compared_too(run: Run, tmp_path: Path) -> None:
    for name, counts in (("one", "zebra crossing counts\n"), ("two", "zebra crossing totals\n")):
        (tmp_path / name).mkdir()
        message = mail()
        message.get_payload()[1].set_payload(counts)  # type: ignore[union-attr, index]
        (tmp_path / name / "mail.eml").write_bytes(message.as_bytes())
    *lines, _ = compared(run)
    assert ("replaced", "mail.eml!/counts.txt", "mail.eml!/counts.txt") in map(names, lines)


def test_a_name_in_other_case_is_the_same_name(run: Run, tmp_path: Path) -> None:
    text(tmp_path / "one" / "Relevé.TXT", "One thing.\n")
    text(tmp_path / "two" / "releve\u0301.txt", "Quite another one.\n")
    line, _ = compared(run)
    assert names(line) == ("replaced", "Relevé.TXT", "releve\u0301.txt")


def test_releases_go_by_name(run: Run, tmp_path: Path) -> None:
    text(tmp_path / "harbor-2019" / "a.txt", "One thing.")
    text(tmp_path / "harbor-2023" / "a.txt", "One thing.")
    assert run("index", "harbor-2019", "harbor-2023").status == 0
    ran = run("compare", "harbor-2019", "harbour-2023")
    assert ran.status == 2
    assert ran.err.splitlines() == [
        "recordsearch: there is no release harbour-2023 (did you mean harbor-2023?)"
    ]
    assert "the releases are: harbor-2019, harbor-2023" in run("compare", "x", "y").err
    with_itself = run("compare", "harbor-2019", "harbor-2019")
    assert with_itself.out == "1 the same, 0 moved, 0 replaced, 0 removed, 0 added.\n"
    assert "compared with itself" in with_itself.err
    assert run("compare", "harbor-2019").status == 2


def test_files_that_could_not_be_read_are_counted(run: Run, tmp_path: Path) -> None:
    text(tmp_path / "one" / "a.txt", "One thing.")
    text(tmp_path / "two" / "a.txt", "One thing.")
    text(tmp_path / "two" / "b.pdf", "")
    assert run("index", "one", "two").status == 3
    ran: Ran = run("compare", "one", "two")
    assert ran.out.endswith("1 file could not be read, hence not compared.\n")


def test_hostile_names_and_texts_steer_no_terminal(run: Run, tmp_path: Path) -> None:
    text(tmp_path / "one" / "red\x1b[31m\n.txt", PRICE)
    text(tmp_path / "two" / "red\x1b[31m\n.txt", PRICE.replace("Jane Roe", "Jane \u202eeoR"))
    assert run("index", "one", "two").status == 0
    ran = run("compare", "one", "two", "--pages")
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert "red\\x1b[31m\\n.txt" in ran.out


def test_on_a_terminal(run: Run, tmp_path: Path) -> None:
    text(tmp_path / "one" / "a.txt", SIGNED)
    text(tmp_path / "two" / "a.txt", WITHHELD)
    assert run("index", "one", "two").status == 0
    sent = on_terminal(tmp_path, "compare", "one", "two", "--pages", columns=120)
    plain = COLOUR.sub(b"", sent).decode()
    assert "withheld: “Sergeant Odalys Fenwright” → “(b)(6)”" in plain
    assert "1 replaced" in plain
    assert b"\x1b" not in ALLOWED.sub(b"", sent)

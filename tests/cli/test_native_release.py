"""A release of mail files, as a user sees it: messages, threads by reference, attachments."""

from email.message import EmailMessage
from pathlib import Path

from tests.conftest import Run


def mail(
    subject: str, sender: str, day: int, body: str, *, number: int, answers: int | None = None
) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{sender} <{sender.split()[-1].lower()}@harbor.example>"
    message["To"] = "Ivo Limb <limb@harbor.example>"
    message["Date"] = f"Thu, {day:02} Mar 2017 09:53:00 -0500"
    message["Subject"] = subject
    message["Message-ID"] = f"<m{number}@harbor.example>"
    if answers is not None:
        message["In-Reply-To"] = f"<m{answers}@harbor.example>"
        message["References"] = f"<m{answers}@harbor.example>"
    message.set_content(body)
    return message


def box(*messages: EmailMessage) -> bytes:
    parts = [
        b"From clerk@harbor.example Thu Mar  2 09:53:00 2017\n" + one.as_bytes() + b"\n"
        for one in messages
    ]
    return b"\n".join(parts)


def release(folder: Path) -> Path:
    folder.mkdir()
    first = mail("Camera contract", "Jane Roe", 2, "The renewal is due on Friday.", number=1)
    first.add_attachment("zebra crossing counts\n", filename="counts.txt")
    inner = mail("An older request", "Alan Poe", 1, "Please send the ledger.", number=2)
    first.add_attachment(inner)
    second = mail("Something else entirely", "Alan Poe", 3, "Agreed.", number=3, answers=1)
    (folder / "box.mbox").write_bytes(box(first, second))
    return folder


def test_a_mailbox_is_its_messages_and_what_is_attached(run: Run, tmp_path: Path) -> None:
    folder = release(tmp_path / "release")
    ran = run("index", str(folder))
    assert ran.status == 0, ran.err + ran.out
    messages = {one["subject"]: one for one in run("messages", "--json").lines}
    assert set(messages) == {"Camera contract", "Something else entirely", "An older request"}
    first = messages["Camera contract"]
    assert first["sent"] == "2017-03-02T09:53:00-05:00"
    assert first["attachments"][0] == "counts.txt"
    assert first["thread"] == messages["Something else entirely"]["thread"], "it answers the first"
    assert first["thread"] != messages["An older request"]["thread"]
    (hit,) = run("search", "--json", "zebra").lines
    container, *inside = hit["file"].split("!/")
    assert container == "box.mbox"
    assert inside[-1] == "counts.txt"
    shown = run("show", f"{hit['document']}:1")
    assert "zebra crossing counts" in shown.out
    assert run("problems", "--json").lines == []


def test_a_mailbox_is_read_once_and_again_when_it_changes(run: Run, tmp_path: Path) -> None:
    folder = release(tmp_path / "release")
    assert run("index", str(folder)).status == 0
    before = run("messages", "--json").lines
    again = run("index", str(folder))
    assert again.status == 0
    assert "Pages      0" in again.out
    assert run("messages", "--json").lines == before
    third = mail("A third matter", "Jane Roe", 9, "The vote is on Monday.", number=4)
    (folder / "box.mbox").write_bytes(box(third))
    assert run("index", str(folder)).status == 0
    assert [one["subject"] for one in run("messages", "--json").lines] == ["A third matter"]
    assert run("search", "--json", "zebra").lines == []


def test_people_know_which_ways_of_writing_are_theirs(run: Run, tmp_path: Path) -> None:
    folder = release(tmp_path / "release")
    (folder / "print.txt").write_text(
        "From: Roe, Jane\nSent: Monday, March 6, 2017 8:00 AM\nTo: Limb, Ivo\n"
        "Subject: Ledger\n\nMr. Poe has asked Jane Roe again.\n"
    )
    assert run("index", str(folder)).status == 0
    (roe,) = run("people", "roe", "--json").lines
    assert roe["name"] == "Jane Roe"
    assert roe["sent"] == 2
    assert {form["name"] for form in roe["forms"]} == {"Jane Roe", "Roe, Jane"}
    hits = run("search", "--json", "person:roe ledger").lines
    assert {hit["file"] for hit in hits} == {"print.txt"}
    assert run("search", "--json", "from:roe renewal").lines


def test_whom_somebody_writes_for_is_another_person(run: Run, tmp_path: Path) -> None:
    (tmp_path / "print.txt").write_text(
        "From: Roe, Jane (DOH) on behalf of Poe, Alan (DOH)\n"
        "Sent: Monday, March 6, 2017 8:00 AM\nTo: Limb, Ivo\nSubject: Ledger\n\nSee below.\n"
        "\fFrom: Limb, Ivo\nSent: Tuesday, March 7, 2017 8:00 AM\nTo: Roe, Jane\n"
        "Subject: Another matter\n\nThank you, Jane.\n"
    )
    assert run("index", "print.txt").status == 0
    subjects = {one["subject"] for one in run("messages", "--json", "to:roe").lines}
    assert subjects == {"Another matter"}
    assert run("messages", "--json", "to:poe").lines == []
    assert {one["subject"] for one in run("messages", "--json", "from:poe").lines} == {"Ledger"}

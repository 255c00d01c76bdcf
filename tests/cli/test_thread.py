"""A conversation as it is printed: where its copies differ, and that no two messages are one."""

from pathlib import Path

from tests.conftest import Run

BODY = "Shall we renew the camera contract before it lapses? The harbor board meets on the ninth."


def mail(to: str, subject: str, body: str, *more: str, date: str = "09:12:00") -> str:
    lines = [
        "From: Permit Desk <desk@harbor.example>", f"To: {to}", f"Subject: {subject}",
        f"Date: Wed, 01 Mar 2017 {date} +0000", *more,
    ]  # fmt: skip
    return "\n".join(lines) + f"\n\n{body}\n"


def test_notices_of_one_minute_are_as_many_messages(run: Run, tmp_path: Path) -> None:
    for number in range(10):
        text = f"Your permit application {1000 + number} costs ${120 + number}.00. {BODY}"
        one = mail(f"applicant{number}@mail.example", f"Permit application {1000 + number}", text)
        (tmp_path / f"{number}.eml").write_text(one)
    assert run("index", ".").status == 0
    assert len({one["id"] for one in run("messages", "--json").lines}) == 10


def test_two_messages_that_bear_one_identifier_are_two(run: Run, tmp_path: Path) -> None:
    shared = "Message-ID: <shared@id.example>"
    (tmp_path / "1.eml").write_text(mail("bob@mail.example", "Lunch", "At noon?", shared))
    other = mail("yan@mail.example", "The payment", "It lies where you said.", shared)
    other = other.replace("desk@harbor", "zed@quarry").replace("Permit Desk", "Zed Quill")
    (tmp_path / "2.eml").write_text(other.replace("01 Mar", "08 Nov"))
    assert run("index", ".").status == 0
    listed = run("messages", "--json").lines
    assert len({one["id"] for one in listed}) == len({one["thread"] for one in listed}) == 2


def test_a_thread_says_what_differs_and_where(run: Run, tmp_path: Path) -> None:
    both = "Message-ID: <a1@harbor.example>"
    (tmp_path / "sent.eml").write_text(
        mail(
            "Ivo Limb <limb@harbor.example>", "Camera contract", BODY, both, "Bcc: roe@doh.example"
        )
    )
    (tmp_path / "got.eml").write_text(
        mail("Ivo Limb <limb@harbor.example>", "Camera contract", f"{BODY} Call me.", both)
    )
    (tmp_path / "print.txt").write_text(
        "From: Ivo Limb\nSent: Thursday, March 2, 2017 9:53 AM\nTo: Permit Desk\n"
        "Subject: RE: Camera contract\n\nI agree.\n\n"
        "From: Permit Desk\nSent: Wednesday, March 1, 2017 9:12 AM\nTo: Ivo Limb\n"
        f"Subject: Camera contract\n\n{BODY}\n\nCONFIDENTIAL\nDOH-000104\n"
    )
    assert run("index", ".").status == 0
    thread = str(run("messages", "--json").lines[0]["thread"])
    first, answer = run("thread", thread, "--json").lines
    assert "I agree." in answer["text"]
    assert {place["quoted"] for place in first["also_at"]} == {True, False}
    quoted = next(place for place in first["also_at"] if place["quoted"])
    native = next(place for place in first["also_at"] if not place["quoted"])
    fields = {one["field"] for one in native["differences"]}
    assert fields == {"recipients", "text"}
    assert "DOH-000104" not in str(quoted["differences"])
    printed = run("thread", thread).out
    assert "quoted at" in printed
    assert "also at" in printed
    assert "only here: “" in printed or "only there: “" in printed
    assert "nothing" not in printed
    assert printed.startswith(f"Thread {thread}: Camera contract")


def test_what_is_printed_around_a_message_is_no_text_of_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "print.txt").write_text(
        "From: Ivo Limb\nSent: Thursday, March 2, 2017 9:53 AM\nTo: Permit Desk\n\n"
        "I agree to pay\n4711\nfor it.\n\nRELEASE IN PART B6\nDOH-000104\n"
    )
    assert run("index", ".").status == 0
    (one,) = run("messages", "--json").lines
    (message,) = run("thread", str(one["thread"]), "--json").lines
    assert "4711" in message["text"]
    assert "RELEASE" not in message["text"]
    assert "DOH-000104" not in message["text"]
    assert "(no subject)" in run("thread", str(one["thread"])).out


def test_a_message_counts_once_for_its_sender_however_it_is_written(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(
        "From: Limb, Ivo\nSent: Thursday, March 2, 2017 9:53 AM\nTo: Jane Roe\n"
        f"Subject: Camera contract\n\n{BODY}\n"
    )
    (tmp_path / "b.txt").write_text(
        "From: Ivo Limb\nSent: Thursday, March 2, 2017 9:53 AM\nTo: Roe, Jane\n"
        f"Subject: Camera contract\n\n{BODY} \n"
    )
    assert run("index", ".").status == 0
    assert len({one["id"] for one in run("messages", "--json").lines}) == 1
    counts = {one["name"]: (one["sent"], one["received"]) for one in run("people", "--json").lines}
    assert counts == {"Ivo Limb": (1, 0), "Jane Roe": (0, 1)}

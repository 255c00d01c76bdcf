"""What a user sees of messages, threads, people and letters in the sample release."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.sample_release import letter_text, mail_text

FIELDS = [
    "id", "document", "release", "first_page", "last_page", "bates", "from", "to", "cc", "bcc",
    "sent", "sent_as_written", "subject", "attachments", "quoted_in", "thread", "confidence",
]  # fmt: skip


@pytest.fixture(params=["tantivy", "whoosh"])
def ask(request: pytest.FixtureRequest, run: Run, sample_archives: dict[str, Path]) -> Run:
    """Run a command on the archive of the sample release, with either engine."""
    archive = str(sample_archives[request.param])
    return lambda *arguments: run("--archive", archive, *arguments)


def printed(message: dict[str, Any]) -> tuple[str, str, str]:
    return (message["from"]["address"], message["sent_as_written"], message["subject"])


def test_json_has_exactly_the_documented_fields(ask: Run) -> None:
    ran = ask("messages", "--json")
    assert ran.status == 0
    assert ran.lines
    for message in ran.lines:
        assert list(message) == FIELDS


def test_every_message_of_the_born_digital_printouts_is_found(ask: Run) -> None:
    found = {printed(one) for one in ask("messages", "file:2017a", "--json").lines if one["from"]}
    wanted = {
        (mail.sender.split("<")[1][:-1], mail.sent, mail.subject)
        for printout in mail_text.PRINTOUTS_DIGITAL
        for mail in printout.mails
    }
    assert wanted <= found


def test_recipients_have_name_and_address_apart_and_the_time_is_iso(ask: Run) -> None:
    found = ask("messages", 'subject:"pricing and next steps"', "before:2017-03-15", "--json").lines
    offer = next(one for one in found if one["sent"].startswith("2017-03-14T09:12"))
    assert offer["from"] == {
        "name": "Odalys Fenwright",
        "address": "ofenwright@brindlemark.example",
    }
    assert offer["to"] == [
        {"name": "Dunquist, Marisol", "address": "mdunquist@quillhavenpd.example"}
    ]
    assert offer["sent"] == "2017-03-14T09:12"
    assert offer["attachments"] == [
        "Glance_overview.pdf",
        "Pilot_agreement_draft_v2.docx",
    ]
    assert offer["bates"].startswith("QHPD-0001")


def test_a_message_quoted_in_others_is_one_message_at_several_places(ask: Run) -> None:
    found = ask("messages", 'subject:"pricing and next steps"', "--json").lines
    offers = [one for one in found if one["sent"].startswith("2017-03-14T09:12")]
    assert len(offers) >= 1
    assert len({one["id"] for one in offers}) == 1
    assert all(one["quoted_in"] for one in offers)
    once = ask("messages", 'subject:"pricing and next steps"', "--json", "--once").lines
    assert len({one["id"] for one in once}) == len(once)


def test_a_thread_tells_each_message_once(ask: Run) -> None:
    first = ask("messages", 'subject:"pricing and next steps"', "--json").lines[0]
    thread = ask("thread", str(first["thread"]), "--json")
    assert thread.status == 0
    ids = [one["id"] for one in thread.lines]
    assert len(ids) == len(set(ids)) > 2
    dates = [one["sent"] for one in thread.lines]
    assert dates == sorted(dates)
    assert any("Would a call on Thursday at 2 suit you?" in one["text"] for one in thread.lines)
    for_a_person = ask("thread", str(first["thread"]))
    assert for_a_person.out.count("Would a call on Thursday at 2 suit you?") == 1


def test_a_thread_that_does_not_exist_is_a_usage_error(ask: Run) -> None:
    ran = ask("thread", "999999")
    assert ran.status == 2
    assert "there is no thread 999999" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "query",
    [
        "from:fenwright subject:pricing before:2017-03-15",
        'from:"Odalys Fenwright" date:2017-03-14',
        "from:ofenwright@brindlemark.example to:dunquist date:2017-03-14",
        "participant:fenwright participant:dunquist type:message date:2017-03-13..2017-03-14",
        "type:email attachment:overview after:2017-03-13 date:<2017-03-15",
    ],
)
def test_fields_of_the_header_find_the_passages_of_a_message(ask: Run, query: str) -> None:
    ran = ask("search", query, "--json")
    assert ran.status == 0
    assert any("pilot of Brindlemark Glance" in hit["text"] for hit in ran.lines)
    assert all("Wednesday, March 15" not in hit["text"] for hit in ran.lines)


def test_what_is_only_quoted_has_a_place_in_its_thread(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text(
        "From: Jane Roe\nSent: Thursday, March 2, 2017 9:53 AM\nTo: Ivo Limb\n"
        "Subject: Camera contract renewal\n\nI agree, let us meet on Friday.\n\n"
        "On Mar 1, 2017, at 4:10 PM, Ivo Limb <limb@harbor.example> wrote:\n\n"
        "> Shall we renew the contract before it lapses?\n"
    )
    assert run("index", "mail.txt").status == 0
    ran = run("messages", "--json")
    (listed,) = ran.lines
    assert listed["from"]["name"] == "Jane Roe"
    assert "1 message more only quoted" in ran.err
    assert "--attributions" in ran.err
    ran = run("messages", "--json", "--attributions")
    assert ran.err == ""
    quoted, answer = ran.lines
    assert quoted["from"] == {"name": "Ivo Limb", "address": "limb@harbor.example"}
    assert quoted["quoted_in"] == [answer["id"]]
    (first, second) = run("thread", str(listed["thread"]), "--json").lines
    assert (first["id"], second["id"]) == (quoted["id"], answer["id"])
    assert "before it lapses" in first["text"]


def test_people_are_merged_with_a_reason_and_split_again(
    run: Run, sample_archives: dict[str, Path], tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(sample_archives["tantivy"] / ".recordsearch", tmp_path / ".recordsearch")
    found = run("people", "dunquist", "--json").lines
    person = next(one for one in found if one["sent"])
    assert person["received"] > 0
    assert person["first"] <= person["last"]
    assert len(person["forms"]) > 1
    assert all(form["reason"] for form in person["forms"])
    form = person["forms"][-1]
    split = run("people", "--split", form["name"] or form["address"])
    assert split.status == 0
    after = run("people", "dunquist", "--json").lines
    assert len(after) > len(found)
    undone = run("people", "--unsplit", form["name"] or form["address"])
    assert undone.status == 0
    again = run("people", "dunquist", "--json").lines
    assert [one["forms"] for one in again] == [one["forms"] for one in found]
    assert run("people", "--split", "nobody at all").status == 2


def test_the_letter_has_all_who_signed_it(ask: Run) -> None:
    ran = ask("letters", "file:coalition_letter.pdf", "--json")
    assert len(ran.lines) == 1
    letter = ran.lines[0]
    assert letter["date"] == "2018-06-05"
    assert letter["salutation"].rstrip(":,") == letter_text.SALUTATION.rstrip(":,")
    assert "face recognition" in letter["subject"]
    groups = [one["name"] for one in letter["signatories"] if one["group"]]
    assert sorted(groups) == sorted(letter_text.SIGNATORIES)
    people = [one["name"] for one in letter["signatories"] if not one["group"]]
    assert len(people) == len(letter_text.PEOPLE)


def test_a_letter_is_found_by_who_signed_it(ask: Run) -> None:
    hits = ask("search", 'type:letter signatory:"Faces Are Not Evidence"', "--json").lines
    assert {hit["file"] for hit in hits} >= {"letters/coalition_letter.pdf"}
    assert not ask("search", 'type:message signatory:"Faces Are Not Evidence"', "--json").lines


def test_an_attachment_is_a_document_of_its_own(ask: Run) -> None:
    hits = ask("search", "file:retention_schedule_part_9.pdf", "--json").lines
    assert hits
    assert {hit["file"] for hit in hits} == {
        "native/retention_schedule.eml!/retention_schedule_part_9.pdf"
    }
    assert not [line for line in ask("problems", "--json").lines if line["file"].endswith(".eml")]


def test_values_are_fields(ask: Run) -> None:
    for query in ("money:18400", "email:ofenwright@brindlemark.example"):
        ran = ask("search", query, "--json")
        assert ran.status == 0
        assert ran.lines, query


def test_a_query_that_cannot_be_understood_is_one_line(ask: Run) -> None:
    ran = ask("messages", "form:fenwright")
    assert ran.status == 2
    assert "from" in ran.err
    assert "Traceback" not in ran.err


def test_the_custodian_is_taken_for_a_sender_that_is_redacted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text(
        "From: (b)(6)\nSent: Thursday, March 2, 2017 9:53 AM\nTo: Ivo Limb\n"
        "Subject: Camera contract renewal\n\nPlease look at the renewal before Friday.\n"
    )
    assert run("index", "mail.txt").status == 0
    (before,) = run("messages", "--json").lines
    assert before["from"] is None
    assert run("index", "mail.txt", "--custodian", "Roe, Jane").status == 0
    (after,) = run("messages", "from:roe", "--json").lines
    assert after["from"]["name"] == "Roe, Jane"
    assert after["id"] == before["id"]
    assert run("index", "mail.txt", "--custodian", "").status == 0
    assert run("messages", "from:roe", "--json").lines == []

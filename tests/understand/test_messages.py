"""Printed e-mails are found with all that their headers say, and nothing that they do not."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.contents import Mailbox, Message
from recordsearch.extract import count_pages, read_pages
from recordsearch.passages import document_text
from recordsearch.records import MediaType, OcrMode, ReadOptions
from recordsearch.understand.messages import attribute, find_messages
from tests.sample_release import mail_text

SAMPLE = Path(__file__).parents[2] / "sample_docs/emails/vendor_correspondence_2017a.pdf"

OUTLOOK = """\
From: Brightwater, Odell (WTR/LEVEE) [E]
Sent: Fri, 6 Mar 2020 03:49:45 +0000
To: Calloway, Ines <icalloway@marsh.example>
Cc: Penhallow, Rory;
Sedgwarden, Tilly <tilly@marsh.example>
Subject: RE: Levee survey
Attachments: Levee map.pdf (412 KB); Draft, v2.docx

The map is attached.
"""
QUOTED = """\
From: Calloway, Ines <icalloway@marsh.example>
Sent: Thursday, March 5, 2020 9:53 AM
To: Brightwater, Odell (WTR/LEVEE) [E]
Subject: Levee survey

Where is the map?
"""


def only(*pages: str) -> Message:
    (message,) = find_messages(pages)
    return message


def texts(message: Message, *pages: str) -> list[str]:
    document = document_text(pages)
    return [document[start:end] for start, end in message.ranges]


def test_a_header_block_is_read_field_by_field() -> None:
    message = only(OUTLOOK)
    assert message.sender == Mailbox("Brightwater, Odell (WTR/LEVEE) [E]", "")
    assert message.to == (Mailbox("Calloway, Ines", "icalloway@marsh.example"),)
    assert message.cc == (
        Mailbox("Penhallow, Rory", ""),
        Mailbox("Sedgwarden, Tilly", "tilly@marsh.example"),
    )
    assert message.bcc == ()
    assert message.sent == "2020-03-06T03:49:45+00:00"
    assert message.sent_as_written == "Fri, 6 Mar 2020 03:49:45 +0000"
    assert message.subject == "RE: Levee survey"
    assert message.attachments == ("Levee map.pdf", "Draft, v2.docx")
    assert OUTLOOK[message.body_start :].strip() == "The map is attached."
    assert (message.first_page, message.last_page, message.quoted_in) == (1, 1, None)
    assert message.confidence == 100


def test_a_chain_is_quoted_message_by_message() -> None:
    earlier = QUOTED.replace("March 5", "March 4").replace("Where is", "What of")
    page = OUTLOOK + "\n" + QUOTED + "\n-----Original Message-----\n" + earlier
    first, second, third = find_messages([page])
    assert [first.quoted_in, second.quoted_in, third.quoted_in] == [None, 1, 2]
    assert texts(second, page) == [QUOTED.strip()]
    assert texts(third, page) == [earlier.strip()]


def test_a_new_printout_on_a_new_page_is_not_quoted() -> None:
    other = QUOTED.replace("Levee survey", "Parking").replace("March 5", "February 2")
    messages = find_messages([OUTLOOK + QUOTED, "Brightwater, Odell\n" + other])
    assert [message.quoted_in for message in messages] == [None, 1, None]
    assert messages[2].first_page == 2


def test_headers_run_together_on_one_line() -> None:
    page = (
        "Thanks, Odell -----Original Message----- From: Calloway, Ines Sent: Thursday, March 5, "
        "2020 9:53 AM To: Brightwater, Odell Subject: Levee survey\nWhere is it?"
    )
    message = only(page)
    assert message.sender == Mailbox("Calloway, Ines", "")
    assert message.to == (Mailbox("Brightwater, Odell", ""),)
    assert (message.sent, message.subject) == ("2020-03-05T09:53", "Levee survey")
    assert page[message.body_start :].strip() == "Where is it?"


@pytest.mark.parametrize("furniture", ["MARSH-000012\f\f", "Page 1 of 2\fUNCLASSIFIED\n", "\f"])
def test_a_header_broken_by_a_page_end(furniture: str) -> None:
    foot, _, head = furniture.partition("\f")
    before, after = OUTLOOK.split("Sedgwarden")
    pages = [before + foot, head.replace("\f", "") + "Sedgwarden" + after]
    message = only(*pages)
    assert [box.name for box in message.cc] == ["Penhallow, Rory", "Sedgwarden, Tilly"]
    assert message.subject == "RE: Levee survey"
    assert (message.first_page, message.last_page) == (1, 2)


def test_labels_that_ocr_damaged() -> None:
    message = only(
        "Frorn: Calloway, Ines\n5ent: Thursday, March 5, 2O20 9:53 AM\n\nTo; Brightwater, Odell\n"
        "Ce: Penhallow, Rory\nSubiect: Levee survey\n\nWhere is it?"
    )
    assert message.sender == Mailbox("Calloway, Ines", "")
    assert message.sent == "2020-03-05T09:53"
    assert message.to == (Mailbox("Brightwater, Odell", ""),)
    assert message.cc == (Mailbox("Penhallow, Rory", ""),)
    assert message.subject == "Levee survey"
    assert message.confidence < 100


@pytest.mark.parametrize(
    "line", ["From:", "From: (b)(6)", "From", "From: ██████", "From: [REDACTED]", "From: yy @@>"]
)
def test_a_sender_that_is_not_on_the_page_is_none(line: str) -> None:
    message = only(QUOTED.replace("From: Calloway, Ines <icalloway@marsh.example>", line))
    assert message.sender is None
    assert message.sent == "2020-03-05T09:53"
    assert message.confidence < 100


def test_the_text_of_an_author_goes_on_after_what_is_quoted() -> None:
    page = OUTLOOK + (
        "\nOn Wed, Mar 4, 2020 at 9:45 PM Ines Calloway <icalloway@marsh.example>\nwrote:\n"
        "> Where is\n> the map?\n\nI said so above.\n\n> And the\n> survey?\n\nNot done yet.\n"
    )
    author, quoted = find_messages([page])
    assert quoted.quoted_in == 1
    assert quoted.sender == Mailbox("Ines Calloway", "icalloway@marsh.example")
    assert quoted.sent == "2020-03-04T21:45"
    assert texts(author, page)[1:] == ["I said so above.", "Not done yet."]
    assert texts(quoted, page)[1] == "> And the\n> survey?"


def test_quotations_in_quotations() -> None:
    page = (
        QUOTED + "\nOn Mar 4, 2020, at 6:04 PM, Odell B <o@marsh.example> wrote:\n> Yes, I will.\n"
        ">\n> On Mar 3, 2020, at 5:00 PM, Ines C <i@marsh.example> wrote:\n>> Will you?\n"
        "> Odell B, Levee office\n"
    )
    first, second, third = find_messages([page])
    assert [first.quoted_in, second.quoted_in, third.quoted_in] == [None, 1, 2]
    assert third.sender == Mailbox("Ines C", "i@marsh.example")


def test_forwarded_by_a_phone() -> None:
    page = (
        QUOTED + "\nBegin forwarded message:\n\nFrom: Rory Penhallow <rory@marsh.example>\nDate: "
        "March 4, 2020 at 12:30:52 AM EST\nTo: Ines Calloway\nSubject: Survey\n\nHere."
    )
    forwarded = find_messages([page])[1]
    assert forwarded.sent == "2020-03-04T00:30:52-05:00"
    assert (forwarded.subject, forwarded.quoted_in) == ("Survey", 1)


def test_lotus_notes() -> None:
    message = only(
        "Odell Brightwater/HQ/Marsh\n03/05/2015 09:53 AM\nTo\nInes Calloway/HQ/Marsh@Marsh\ncc\n"
        "Rory Penhallow/HQ/Marsh@Marsh\nSubject\nRe: Levee survey\n\nInes, see below.\n"
    )
    assert message.sender == Mailbox("Odell Brightwater/HQ/Marsh", "")
    assert message.sent == "2015-03-05T09:53"
    assert message.cc == (Mailbox("Rory Penhallow/HQ/Marsh", ""),)
    assert message.subject == "Re: Levee survey"


def test_webmail_prints_a_thread_one_below_the_other() -> None:
    page = (
        "Levee survey\n2 messages\n"
        "Odell B <odell@marsh.example>    Wed, Mar 4, 2020 at 9:45 PM\nTo: Ines C <i@marsh.example>"
        "\n\nPlease send it.\n\nInes C <i@marsh.example>    Thu, Mar 5, 2020 at 7:02 AM\n"
        "To: Odell B <odell@marsh.example>\n\nHere it is.\n"
    )
    messages = find_messages([page])
    assert [one.sent for one in messages] == ["2020-03-04T21:45", "2020-03-05T07:02"]
    assert [one.quoted_in for one in messages] == [None, None]


@pytest.mark.parametrize(
    "header",
    [
        "Von: Brightwater, Odell\nGesendet: Donnerstag, 5. März 2020 09:53\nAn: Calloway, Ines\n"
        "Betreff: AW: Deich",
        "De : Brightwater, Odell\nEnvoyé : jeudi 5 mars 2020 09:53\nÀ : Calloway, Ines\n"
        "Objet : AW: Deich",
        "De: Brightwater, Odell\nEnviado el: jueves, 5 de marzo de 2020 9:53\n"
        "Para: Calloway, Ines\nAsunto: AW: Deich",
    ],
)
def test_other_languages(header: str) -> None:
    message = only(header + "\n\nText.")
    assert message.sender == Mailbox("Brightwater, Odell", "")
    assert message.to == (Mailbox("Calloway, Ines", ""),)
    assert (message.sent, message.subject) == ("2020-03-05T09:53", "AW: Deich")


@pytest.mark.parametrize(
    "subject", ["Levee survey Odell: thank you for it.", "Levee survey Dear Mr. Brightwater,"]
)
def test_a_subject_that_runs_on_ends_at_the_salutation(subject: str) -> None:
    page = QUOTED.replace("Subject: Levee survey", f"Subject: {subject}")
    message = only(page)
    assert message.subject == "Levee survey"
    assert page[message.body_start :].split()[0] in ("Odell:", "Dear")


def test_a_subject_that_runs_on_ends_as_the_quoted_one_does() -> None:
    page = OUTLOOK.split("Attachments")[0].rstrip() + " Thanks for the map.\n\n" + QUOTED
    message = find_messages([page])[0]
    assert message.subject == "RE: Levee survey"
    assert page[message.body_start :].startswith(" Thanks for the map.")


def test_the_whole_of_a_wrapped_subject_is_taken() -> None:
    subject = "RE: Levee survey of the northern marsh between the old sluice and\nthe pumping works"
    message = only(QUOTED.replace("Levee survey", subject))
    assert message.subject == " ".join(subject.split())


@pytest.mark.parametrize(
    "page",
    [
        "MEMORANDUM\n\nTO: All staff\nFROM: The Clerk\nDATE: June 5, 2018\nSUBJECT: Parking\n",
        "To: All staff\nFrom: The Clerk\nDate: June 5, 2018\nRe: Parking\n\nPark elsewhere.",
        "We asked where it came From: nobody. To: be sure, Subject: to review.\nSent: from afar",
        "FAX\nTo: The Clerk\nFrom: O. Brightwater\nDate: June 5, 2018\nPages: 3\nSubject: Levee\n",
        "From: 6/1/2018 To: 6/5/2018\nSubject: hours worked\nDate: 6/9/2018\n",
        "Q. What was sent?\nA. A letter.\nFrom: there on, nothing.\nSubject matter: the levee.\n",
        "She wrote: nothing. On Monday he wrote again.",
    ],
)
def test_what_is_no_mail_gives_none(page: str) -> None:
    assert find_messages([page]) == []


@pytest.mark.parametrize("year", ["1601", "2099"])
def test_a_date_that_lies_is_kept_and_hardly_believed(year: str) -> None:
    message = only(QUOTED.replace("2020", year))
    assert message.sent == f"{year}-03-05T09:53"
    assert message.confidence <= 50


def test_huge_headers_are_bounded_and_hardly_believed() -> None:
    people = "Calloway, Ines <i@marsh.example>; " * 5_000
    message = only(f"From: A B\nSent: Monday, March 2, 2020 9:00 AM\nTo: {people}\nSubject: x\n")
    assert 300 < len(message.to) <= 1_000
    assert message.confidence <= 70
    message = only(QUOTED.replace("Levee survey", "word " * 200_000))
    assert len(message.subject) <= 1_000
    assert message.confidence <= 70


@pytest.mark.parametrize(
    "piece",
    ["From: ", "From:\n", "To: a;\n", "wrote:\n", "On Mar 4, 2020 wrote:\n", ">", "> On \n", "-",
     "From: Sent: To: Subject: ", "Subject\n", "\n", "-----Original Message-----\n"],
)  # fmt: skip
def test_hostile_pages_are_read(piece: str) -> None:
    find_messages([piece * 20_000 + QUOTED, QUOTED])


@given(st.lists(st.sampled_from([
    "From: ", "Sent: ", "To: ", "Cc: ", "Subject: ", "Date: ", "\n", "\n\n", "> ", "Odell B",
    "Thursday, March 5, 2020 9:53 AM", "RE: Levee", "o@marsh.example", "; ", "wrote:", "On ", "\f",
    "-----Original Message-----", "(b)(6)", "MARSH-000012", "Begin forwarded message:",
    "Dear Ines,",
])))  # fmt: skip
def test_any_pages_give_messages_in_order_that_share_out_the_text(pieces: list[str]) -> None:
    pages = "".join(pieces).split("\f")
    document = document_text(pages)
    messages = find_messages(pages)
    spans = sorted(span for message in messages for span in message.ranges)
    assert all(0 <= start < end <= len(document) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for number, message in enumerate(messages, 1):
        assert message.ordinal == number
        assert message.quoted_in is None or message.quoted_in < number
        assert 1 <= message.first_page <= message.last_page <= len(pages)
        assert message.ranges[0][0] <= message.body_start <= len(document)
        assert 0 < message.confidence <= 100


CUSTODIAN = Mailbox("Brightwater, Odell", "")


def test_a_blank_sender_is_attributed_to_the_custodian() -> None:
    page = OUTLOOK.replace("From: Brightwater, Odell (WTR/LEVEE) [E]", "From:")
    (before,) = find_messages([page])
    (after,) = attribute([before], CUSTODIAN)
    assert (before.sender, after.sender) == (None, CUSTODIAN)
    assert after.confidence < before.confidence


def test_a_custodian_who_received_a_message_did_not_send_it() -> None:
    blank = QUOTED.replace("From: Calloway, Ines <icalloway@marsh.example>", "From:")
    messages = find_messages([blank])
    assert attribute(messages, CUSTODIAN) == messages


def test_the_sample_release_comes_out_exactly() -> None:
    path = str(SAMPLE)
    last = count_pages(path, MediaType.PDF)
    options = ReadOptions(ocr=OcrMode.NEVER)
    pages = [page.text for page in read_pages(path, MediaType.PDF, 1, last, options)]
    messages = find_messages(pages)
    printed = [
        (mail, place) for one in mail_text.PRINTOUTS_DIGITAL for place, mail in enumerate(one.mails)
    ]
    assert [as_printed(message) for message in messages] == [
        (boxes(mail.sender), mail.sent, boxes(mail.to), boxes(mail.cc), mail.subject)
        for mail, _ in printed
    ]
    assert [message.quoted_in is None for message in messages] == [
        place == 0 for _, place in printed
    ]
    assert [message.quoted_in for message in messages if message.quoted_in] == [
        number for number, (_, place) in enumerate(printed) if place
    ]
    for message, (mail, _) in zip(messages, printed, strict=True):
        assert list(message.attachments) == [
            name.split(" (")[0] for name in mail.attachments.split("; ") if name
        ]
        body = document_text(pages)[message.body_start : message.ranges[-1][1]]
        assert body.split()[:6] == mail.body.split()[:6]
        assert message.confidence == 100


def as_printed(message: Message) -> tuple[object, ...]:
    def plain(found: tuple[Mailbox, ...]) -> list[tuple[str, str]]:
        return [(box.name, box.address) for box in found]

    sender = plain((message.sender,)) if message.sender else []
    return (
        sender, message.sent_as_written, plain(message.to), plain(message.cc), message.subject
    )  # fmt: skip


def boxes(written: str) -> list[tuple[str, str]]:
    found = []
    for part in written.split("; "):
        name, _, address = part.partition(" <")
        if name and "[[" not in name:
            found.append((name, address.rstrip(">")))
    return found


def header(subject: str, to: str = "Calloway, Ines") -> str:
    date = "Monday, March 2, 2020 9:00 AM"
    return f"From: Penhallow, Rory\nSent: {date}\nTo: {to}\nSubject: {subject}\n"


def test_recipients_are_wrapped_over_lines_without_a_lists_marks() -> None:
    to = "Calloway, Ines; Dr van\n\nHolm\nTilly Sedgwarden; Marsh,\nWystan; Brightwater\nOdell"
    message = only(header("Levee survey", to))
    assert message.subject == "Levee survey"
    assert message.to[-1].name == "Brightwater Odell"


def test_the_answer_to_a_question_is_no_recipient() -> None:
    run_together = header("Levee survey").replace("AM\nTo:", "AM To:")
    page = "Q: Where?\nA: 12 Sluice Street, Upper Marsh, MA\n" + run_together
    assert only(page).to == (Mailbox("Calloway, Ines", ""),)


def test_webmail_mixes_languages() -> None:
    page = (
        "---------- Forwarded message ---------\nDe: Ines Calloway <i@marsh.example>\n"
        "Date: Mon, Mar 2, 2020 at 9:00 AM\nSubject: Levees\nTo: <rory@marsh.example>\n\nHere.\n"
    )
    assert only(page).sender == Mailbox("Ines Calloway", "i@marsh.example")


@pytest.mark.parametrize("rest", ["ee", "oo", "OO", "aS", "WO)"])
def test_a_subject_under_a_black_box_is_its_prefix(rest: str) -> None:
    assert only(header(f"RE: {rest}") + "\nSee below.\n").subject == "RE:"


@pytest.mark.parametrize("subject", ["RE: FYI", "Re: H", "hi", "iOS", "RE: Q2 (b)"])
def test_short_subjects_are_kept(subject: str) -> None:
    assert only(header(subject) + "\nSee below.\n").subject == subject


def test_a_labelled_line_of_the_body_is_not_the_subjects() -> None:
    page = header("Draft answers") + "Reporter: Wystan Holm\nOrganization: The Marsh Post\n"
    message = only(page)
    assert message.subject == "Draft answers"
    assert page[message.body_start :].startswith("Reporter:")


@pytest.mark.parametrize("below", ["Odell:", "Begin forwarded message:"])
def test_what_stands_below_a_long_subject_is_not_its_end(below: str) -> None:
    subject = "Will you take the lead in the survey of the lower levees and/"
    assert only(header(subject) + f"{below}\n\nYes.\n").subject == subject


def test_a_quoted_subject_that_runs_on_ends_as_the_replys_does() -> None:
    page = (
        header("RE: Levee survey") + "\nThanks.\n\n" + header("Levee survey Good to see you all.")
    )
    assert [one.subject for one in find_messages([page])] == ["RE: Levee survey", "Levee survey"]


def test_a_reply_cut_at_a_lines_end_does_not_cut_the_quoted_subject() -> None:
    whole = "Levee survey: Marsh Office Will Report"
    page = header("RE: Levee survey: Marsh Office\nWill Report") + "\nThanks.\n\n" + header(whole)
    assert [one.subject for one in find_messages([page])] == [f"RE: {whole}", whole]


def test_a_quoted_subject_that_goes_on_below_is_lengthened_by_the_replys() -> None:
    whole = "Levee survey: Marsh Office Will Report"
    quoted = header("Levee survey: Marsh Office\nWill Report") + "Ines: thanks.\n"
    page = header(f"RE: {whole}") + "\nThanks.\n\n" + quoted
    second = find_messages([page])[1]
    assert second.subject == whole
    assert page[second.body_start :].strip() == "Ines: thanks."


def test_the_stop_of_a_subject_that_goes_on_below_is_its_own() -> None:
    page = header("FW: Levee survey: Marsh Office\nWill Report.") + "\nHere.\n\n"
    page += header("Levee survey: Marsh Office Will Report.")
    assert find_messages([page])[0].subject == "FW: Levee survey: Marsh Office Will Report."


def test_a_subject_wrapped_on_a_page_with_spaced_lines() -> None:
    body = "The office will report on the state of all the levees along the lower marsh by May."
    page = (
        "From: Penhallow, Rory\n\nSent: Monday, March 2, 2020 9:00 AM To: Calloway, Ines\n\n"
        "Subject: Report of the Marsh Office on the Survey of all the Levees\nAlong the Marsh\n\n"
        f"{body}\n{body}\n"
    )
    assert only(page.replace("Report of", "FW: The First Report of")).subject.endswith("the Marsh")
    short = page.replace("on the Survey of all the Levees\nAlong the Marsh", "\nPlease handle")
    assert only(short).subject == "Report of the Marsh Office"


def test_values_that_ocr_read_after_all_labels() -> None:
    page = (
        "From: Sent: To:\nSubject:\nSent from my phone\n\n"
        "Wed, 26 Feb 2020 19:22:28 -0500 Calloway, Ines (WTR) [E] Fwd: Levee survey\nSee below.\n"
    )
    message = only(page)
    assert (message.sent, message.sender) == ("2020-02-26T19:22:28-05:00", None)
    assert message.to == (Mailbox("Calloway, Ines (WTR) [E]", ""),)
    assert message.subject == "Fwd: Levee survey"
    assert page[message.body_start :] == "See below.\n"


MEMO = """\
MEMORANDUM
TO: All staff
FROM: Director Nils Ober
DATE: March 1, 2018
SUBJECT: Parking

Park behind the levee house.
"""
SIGNED = f"{OUTLOOK}\nThanks,\nOdell"


@pytest.mark.parametrize(
    "heading",
    [
        MEMO,
        MEMO.replace("MEMORANDUM", "CITY OF MARSH\nOffice of Levees"),
        "Marsh Wildlife Union\n12 Long Road\n\nMarch 1, 2018\n\nDear Members:\nWe write again.",
        "Attachment A\n\nMap of the levee",
        "APPLICATION FOR A LEVEE PERMIT\n\nName:",
        "March 1, 2018\n\nTo the Board\nNotes on the levee",
    ],
    ids=["memo", "letterhead", "letter", "attachment", "form", "date"],
)
def test_another_document_on_a_new_page_ends_a_message(heading: str) -> None:
    pages = (f"{SIGNED}\n\n{QUOTED}\nInes Calloway", heading, "More of that.", OUTLOOK)
    answer, quoted, later = find_messages(pages)
    assert texts(answer, *pages)[0].endswith("Odell")
    assert texts(quoted, *pages)[0].endswith("Ines Calloway")
    assert (quoted.quoted_in, later.quoted_in) == (1, None)
    assert (quoted.last_page, later.first_page) == (1, 4)


@pytest.mark.parametrize(
    "heading",
    [
        "The levee was built in 1931.",
        "MEMORANDUM of understanding, as I said, is what we need.",
        "Attachment A: the map\nAttachment B: the survey",
        "Brightwater\nLevee Agreement Office\nMarsh",
        "CONFIDENTIALITY NOTICE\nThis message is meant for you alone.",
        "To: the levee, from: the marsh, as the song goes.",
        "> MEMORANDUM\n> TO: All\n> FROM: Ober\n> DATE: March 1, 2018\n> SUBJECT: Parking",
    ],
)
def test_a_message_goes_on_over_the_page(heading: str) -> None:
    pages = (f"{OUTLOOK}\nThanks,\nOdell", heading)
    (message,) = find_messages(pages)
    assert message.last_page == 2
    assert texts(message, *pages)[0].endswith(heading[-10:])


def test_a_title_goes_on_with_a_message_that_has_not_ended() -> None:
    pages = (f"{OUTLOOK}\nWhat we need to fill in is this:", "LEVEE PERMIT APPLICATION\n\nName:")
    assert only(*pages).last_page == 2


def test_a_date_without_label_at_the_edge_of_many_pages_is_a_messages() -> None:
    pages = [
        f"From: Odell Brightwater\n\nTue, {day} Feb 2020 19:07:15 -0500\nSent: To: Ines Calloway "
        "Subject: Re: Levee\n\nThe map is attached."
        for day in (21, 24, 25)
    ]
    assert [message.sent[:10] for message in find_messages(pages)] == [
        "2020-02-21",
        "2020-02-24",
        "2020-02-25",
    ]

"""Messages, people and letters as JSON, one object a line: documented and kept stable.

Everything outside ASCII is written as an escape, as in :mod:`recordsearch.present.jsonl`.
"""

import json

from recordsearch.catalogue.letters import ListedLetter
from recordsearch.catalogue.listing import ListedMessage
from recordsearch.catalogue.people import PersonRow
from recordsearch.contents import Mailbox
from recordsearch.workflows.listing import ThreadMessage


def message_line(message: ListedMessage) -> str:
    """Write a message at one of its places: the fields in the order that the README gives."""
    return json.dumps(_message(message))


def thread_line(message: ThreadMessage) -> str:
    """Write a message of a thread: as a message, with its text and its other places."""
    others = [
        {
            "document": other.document,
            "release": other.release,
            "file": other.file,
            "first_page": other.first_page,
            "last_page": other.last_page,
            "bates": other.bates,
            "quoted": quoted,
            "differences": [
                {"kind": one.kind.value, "field": one.field.value, "here": one.first,
                 "there": one.other}
                for one in differing
            ],
        }
        for other, quoted, differing in zip(
            message.others, message.quoted, message.differences, strict=True
        )
    ]  # fmt: skip
    return json.dumps({**_message(message.best), "text": message.body, "also_at": others})


def person_line(number: int, person: PersonRow) -> str:
    """Write a person."""
    return json.dumps(
        {
            "id": number,
            "name": person.name,
            "group": person.is_group,
            "sent": person.sent,
            "received": person.received,
            "first": person.first,
            "last": person.last,
            "forms": [
                {"name": form.name, "address": form.address, "count": form.times,
                 "reason": form.reason}
                for form in person.forms
            ],
        }
    )  # fmt: skip


def letter_line(letter: ListedLetter) -> str:
    """Write a letter."""
    return json.dumps(
        {
            "id": letter.letter,
            "document": letter.document,
            "release": letter.release,
            "file": letter.file,
            "first_page": letter.first_page,
            "last_page": letter.last_page,
            "bates": letter.bates,
            "date": letter.date,
            "date_as_written": letter.date_as_written,
            "addressee": letter.addressee,
            "salutation": letter.salutation,
            "subject": letter.subject,
            "closing": letter.closing,
            "signatories": [
                {"name": one.name, "title": one.title, "organisation": one.organisation,
                 "group": one.is_group, "page": one.page}
                for one in letter.signatories
            ],
            "confidence": round(letter.confidence, 1),
        }
    )  # fmt: skip


def _message(message: ListedMessage) -> dict[str, object]:
    return {
        "id": message.message,
        "document": message.document,
        "release": message.release,
        "first_page": message.first_page,
        "last_page": message.last_page,
        "bates": message.bates,
        "from": None if message.sender is None else _mailbox(message.sender),
        "to": [_mailbox(one) for one in message.to],
        "cc": [_mailbox(one) for one in message.cc],
        "bcc": [_mailbox(one) for one in message.bcc],
        "sent": message.sent,
        "sent_as_written": message.sent_as_written,
        "subject": message.subject,
        "attachments": list(message.attachments),
        "quoted_in": list(message.quoted_in),
        "thread": message.thread,
        "confidence": round(message.confidence, 1),
    }


def _mailbox(mailbox: Mailbox) -> dict[str, str]:
    return {"name": mailbox.name, "address": mailbox.address}

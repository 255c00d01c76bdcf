"""Messages as JSON, one object a line: documented and kept stable.

Everything outside ASCII is written as an escape, as in :mod:`recordsearch.present.jsonl`.
"""

import json

from recordsearch.catalogue.listing import ListedMessage
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
        }
        for other in message.others
    ]
    return json.dumps({**_message(message.best), "text": message.body, "also_at": others})


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

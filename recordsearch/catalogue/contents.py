"""What a document's pages say, as it is stored: messages, letters, values.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from recordsearch.contents import Letter, Mailbox, Message, Value

ROLES = ("from", "to", "cc", "bcc")


def forget_contents(connection: sqlite3.Connection, document: int) -> None:
    """Remove what was found in a document's text."""
    for table in ("copy", "letter", "value", "boilerplate"):
        connection.execute(
            f"DELETE FROM {table} WHERE document = ?",  # noqa: S608 - names of our own
            (document,),
        )


def add_messages(
    connection: sqlite3.Connection,
    document: int,
    messages: Sequence[Message],
    sketches: Sequence[Sequence[int]],
    organisations: Sequence[Sequence[str]],
) -> None:
    """Store a document's messages, each with its body's sketch and its signature's groups."""
    for message, sketch, groups in zip(messages, sketches, organisations, strict=True):
        cursor = connection.execute(
            "INSERT INTO copy (document, ordinal, first_page, last_page, ranges, body_start, sent,"
            " sent_as_written, subject, attachments, quoted_in, confidence, has_header, message_id,"
            " in_reply_to, references_, sketch, organisations)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document,
                message.ordinal,
                message.first_page,
                message.last_page,
                _pack(message.ranges),
                message.body_start,
                message.sent,
                storable(message.sent_as_written),
                storable(message.subject),
                _pack(message.attachments),
                message.quoted_in,
                message.confidence,
                message.has_header,
                storable(message.message_id),
                storable(message.in_reply_to),
                _pack(message.references),
                _pack(sketch),
                _pack(groups),
            ),
        )
        _add_mailboxes(connection, int(cursor.lastrowid or 0), message)


def _add_mailboxes(connection: sqlite3.Connection, copy: int, message: Message) -> None:
    senders = ((message.sender,) if message.sender else ()) + message.other_authors
    lists = (senders, message.to, message.cc, message.bcc)
    connection.executemany(
        "INSERT INTO mailbox (copy, role, position, name, address) VALUES (?, ?, ?, ?, ?)",
        (
            (copy, role, position, storable(mailbox.name), storable(mailbox.address))
            for role, mailboxes in zip(ROLES, lists, strict=True)
            for position, mailbox in enumerate(mailboxes, 1)
        ),
    )


def add_letters(connection: sqlite3.Connection, document: int, letters: Iterable[Letter]) -> None:
    """Store a document's letters with their signatories."""
    for letter in letters:
        cursor = connection.execute(
            "INSERT INTO letter (document, ordinal, first_page, last_page, parts, date,"
            " date_as_written, addressee, salutation, subject, closing, confidence)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document,
                letter.ordinal,
                letter.first_page,
                letter.last_page,
                _pack(letter.parts),
                letter.date,
                letter.date_as_written,
                letter.addressee,
                letter.salutation,
                letter.subject,
                letter.closing,
                letter.confidence,
            ),
        )
        number = cursor.lastrowid
        connection.executemany(
            "INSERT INTO signatory (letter, position, name, title, organisation, is_group, page)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (number, position, one.name, one.title, one.organisation, one.is_group, one.page)
                for position, one in enumerate(letter.signatories, 1)
            ),
        )


def add_values(connection: sqlite3.Connection, document: int, values: Iterable[Value]) -> None:
    """Store the values found in a document's text."""
    connection.executemany(
        'INSERT INTO value (document, position, kind, value, text, page, start, "end")'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (document, position, one.kind, one.value, one.text, one.page, one.start, one.end)
            for position, one in enumerate(values, 1)
        ),
    )


def mailboxes_of(connection: sqlite3.Connection, copy: int) -> dict[str, tuple[Mailbox, ...]]:
    """Return a copy's mailboxes by role, in their order; each role is there."""
    found: dict[str, list[Mailbox]] = {role: [] for role in ROLES}
    rows = connection.execute(
        "SELECT role, name, address FROM mailbox WHERE copy = ? ORDER BY role, position", (copy,)
    )
    for role, name, address in rows:
        found[role].append(Mailbox(name, address))
    return {role: tuple(mailboxes) for role, mailboxes in found.items()}


def storable(text: str) -> str:
    """Replace what SQLite cannot keep as text: half a surrogate pair."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _pack(value: object) -> str:
    # Escapes everything outside ASCII, so that every string can be stored.
    return json.dumps(value, separators=(",", ":"))

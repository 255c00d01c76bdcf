"""What an archive's documents have to do with each other: messages, threads, people, mentions.

Derived from all documents together; made anew when they have changed. Numbers that were given
once, such as a thread's, stay with what they were given to.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from recordsearch.contents import Mailbox

_UNRELATED = "unrelated"


class CopyRow(NamedTuple):
    """A copy of a message; ``quoted_in`` is an ordinal in the same document."""

    number: int
    document: int
    ordinal: int
    quoted_in: int | None
    sent: str
    subject: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    attachments: tuple[str, ...]
    sketch: tuple[int, ...]
    confidence: float
    media_type: str
    sender: Mailbox | None
    recipients: tuple[Mailbox, ...]


class Body(NamedTuple):
    """Where a message's own text stands; ``is_best`` tells that no copy of it is better."""

    ranges: tuple[tuple[int, int], ...]
    body_start: int
    is_best: bool


def mark_unrelated(connection: sqlite3.Connection) -> None:
    """Note that documents have come, changed or gone since they were last related."""
    connection.execute("INSERT OR IGNORE INTO about VALUES (?, 'yes')", (_UNRELATED,))


def mark_related(connection: sqlite3.Connection) -> None:
    """Note that all documents are related."""
    connection.execute("DELETE FROM about WHERE key = ?", (_UNRELATED,))


def is_unrelated(connection: sqlite3.Connection) -> bool:
    """Tell whether documents have changed since they were last related."""
    row = connection.execute("SELECT 1 FROM about WHERE key = ?", (_UNRELATED,)).fetchone()
    return row is not None


def copies(connection: sqlite3.Connection) -> Iterator[CopyRow]:
    """Yield all copies of messages, document by document, in their order there.

    The documents' order does not depend on when each was read.
    """
    people = connection.execute(
        "SELECT copy.id, role, name, address FROM copy JOIN mailbox ON mailbox.copy = copy.id"
        " JOIN document ON document.id = copy.document ORDER BY sha256, ordinal, role, position"
    )
    mailbox = next(people, None)
    rows = connection.execute(
        "SELECT copy.id, document, ordinal, quoted_in, sent, subject, message_id, in_reply_to,"
        " references_, sketch, confidence, media_type, attachments"
        " FROM copy JOIN document ON document.id = copy.document ORDER BY sha256, ordinal"
    )
    for row in rows:
        sender = None
        recipients = []
        while mailbox is not None and mailbox[0] == row[0]:
            found = Mailbox(mailbox[2], mailbox[3])
            if mailbox[1] == "from":
                sender = sender or found  # the first is the sender, others are authors too
            else:
                recipients.append(found)
            mailbox = next(people, None)
        yield CopyRow(
            number=row[0],
            document=row[1],
            ordinal=row[2],
            quoted_in=row[3],
            sent=row[4],
            subject=row[5],
            message_id=row[6],
            in_reply_to=row[7],
            references=tuple(json.loads(row[8])),
            attachments=tuple(json.loads(row[12])),
            sketch=tuple(json.loads(row[9])),
            confidence=row[10],
            media_type=row[11],
            sender=sender,
            recipients=tuple(recipients),
        )


def documents_with_messages(connection: sqlite3.Connection) -> list[int]:
    """Return the documents that have messages, in order."""
    rows = connection.execute("SELECT DISTINCT document FROM copy ORDER BY document")
    return [row[0] for row in rows]


def bodies(connection: sqlite3.Connection, document: int) -> list[Body]:
    """Return where the messages of a document stand in its text, in their order."""
    rows = connection.execute(
        "SELECT ranges, body_start, message.copy = copy.id FROM copy"
        " LEFT JOIN message ON message.id = copy.message WHERE document = ? ORDER BY ordinal",
        (document,),
    )
    return [Body(tuple((a, b) for a, b in json.loads(row[0])), row[1], row[2] == 1) for row in rows]


def set_messages(
    connection: sqlite3.Connection,
    groups: Iterable[tuple[int, str, Sequence[int]]],
    threads: Mapping[int, int],
) -> None:
    """Store which copies are of one message, and which messages are of one thread.

    A group is the best copy, what the message is known again by, and all its copies. ``threads``
    gives, by the best copy of a message, that of a message that stands for its thread.
    """
    before = dict(
        connection.execute("SELECT id, message FROM copy WHERE message IS NOT NULL").fetchall()
    )
    alike: dict[str, list[int]] = {}
    for number, likeness in connection.execute("SELECT id, likeness FROM message ORDER BY id DESC"):
        alike.setdefault(likeness, []).append(number)
    thread_before = dict(connection.execute("SELECT id, thread FROM message").fetchall())
    taken: set[int] = set()
    numbers: dict[int, int | None] = {}
    groups = list(groups)
    for best, _, members in groups:
        counted = Counter(before[copy] for copy in members if copy in before)
        # The most copies decide, then the older number.
        wanted = sorted(counted, key=lambda number: (-counted[number], number))
        numbers[best] = next((number for number in wanted if number not in taken), None)
        taken.update(number for number in (numbers[best],) if number is not None)
    for best, likeness, _ in groups:
        if numbers[best] is None:
            known = alike.get(likeness, [])
            while known and numbers[best] is None:
                number = known.pop()
                numbers[best] = number if number not in taken else None
                taken.add(number)
    thread_numbers = _thread_numbers(connection, numbers, threads, thread_before)
    for best, likeness, members in groups:
        number = numbers[best]
        values = (thread_numbers[threads[best]], likeness, best)
        if number is None:
            number = connection.execute(
                "INSERT INTO message (thread, likeness, copy) VALUES (?, ?, ?)", values
            ).lastrowid
        else:
            connection.execute(
                "UPDATE message SET thread = ?, likeness = ?, copy = ? WHERE id = ?",
                (*values, number),
            )
        connection.executemany(
            "UPDATE copy SET message = ? WHERE id = ? AND message IS NOT ?",
            ((number, copy, number) for copy in members),
        )
    connection.execute(
        "DELETE FROM message WHERE NOT EXISTS (SELECT 1 FROM copy WHERE copy.message = message.id)"
    )
    connection.execute(
        "DELETE FROM thread WHERE NOT EXISTS (SELECT 1 FROM message WHERE thread = thread.id)"
    )


def _thread_numbers(
    connection: sqlite3.Connection,
    numbers: Mapping[int, int | None],
    threads: Mapping[int, int],
    before: Mapping[int, int],
) -> dict[int, int]:
    """Give each thread a number: that of before where most of their messages were in that one."""
    counted: dict[int, Counter[int]] = {}
    for best, thread in threads.items():
        count = counted.setdefault(thread, Counter())
        number = numbers[best]
        if number is not None and number in before:
            count[before[number]] += 1
    taken: set[int] = set()
    found: dict[int, int] = {}
    for thread, count in counted.items():
        wanted = sorted(count, key=lambda number: (-count[number], number))
        number = next((number for number in wanted if number not in taken), None)
        if number is None:
            number = int(connection.execute("INSERT INTO thread DEFAULT VALUES").lastrowid or 0)
        taken.add(number)
        found[thread] = number
    return found


def set_boilerplate(
    connection: sqlite3.Connection, document: int, ranges: Sequence[tuple[int, int]]
) -> None:
    """Store which parts of a document's text are repeated all over the archive."""
    before = connection.execute(
        'SELECT start, "end" FROM boilerplate WHERE document = ? ORDER BY start', (document,)
    ).fetchall()
    if before == sorted(ranges):
        return
    connection.execute("DELETE FROM boilerplate WHERE document = ?", (document,))
    connection.executemany(
        'INSERT OR IGNORE INTO boilerplate (document, start, "end") VALUES (?, ?, ?)',
        ((document, start, end) for start, end in ranges),
    )


def set_mentions(
    connection: sqlite3.Connection, document: int, mentions: Iterable[tuple[int, str, int]]
) -> None:
    """Store who is spoken of in a document: passage, ``person`` or ``org``, and number."""
    before = set(
        connection.execute(
            "SELECT passage, kind, number FROM mention WHERE passage IN"
            " (SELECT id FROM passage WHERE document = ?)",
            (document,),
        )
    )
    now = set(mentions)
    connection.executemany(
        "DELETE FROM mention WHERE passage = ? AND kind = ? AND number = ?", before - now
    )
    connection.executemany(
        "INSERT INTO mention (passage, kind, number) VALUES (?, ?, ?)", now - before
    )


def index_again_unless(connection: sqlite3.Connection, document: int, digest: str) -> None:
    """Put a document back to *stored* unless it is indexed with fields of this digest."""
    connection.execute(
        "UPDATE document SET state = 'stored' WHERE id = ? AND state = 'indexed' AND related <> ?",
        (document, digest),
    )

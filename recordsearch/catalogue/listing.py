"""What the listings of messages and threads ask of the catalogue."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from recordsearch.catalogue.contents import mailboxes_of
from recordsearch.catalogue.pages import page_texts
from recordsearch.catalogue.reading import bates_range
from recordsearch.contents import Mailbox
from recordsearch.passages import PAGE_SEPARATOR, document_text


@dataclass(frozen=True, slots=True)
class ListedMessage:
    """A message as it stands at one place; ``message`` is the same wherever it stands.

    ``quoted_in`` are the numbers of the messages in whose text it stands, anywhere. ``bates`` is
    that of its first page, or first and last joined by a dash with blanks.
    """

    message: int
    copy: int
    document: int
    release: str
    file: str
    first_page: int
    last_page: int
    bates: str
    sender: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    bcc: tuple[Mailbox, ...]
    sent: str
    sent_as_written: str
    subject: str
    attachments: tuple[str, ...]
    quoted_in: tuple[int, ...]
    thread: int
    confidence: float
    places: int
    is_best: bool
    has_header: bool


class Body(NamedTuple):
    """A message's own text, and the texts of its pages and of some around them."""

    text: str
    pages: tuple[str, ...]


# Enough pages to tell what is repeated at their edges.
_PAGES_AROUND = 3

_FIRST_PLACE = (
    " LEFT JOIN location ON location.id ="
    " (SELECT min(id) FROM location AS any_place WHERE any_place.document = found.document)"
    " LEFT JOIN release ON release.id = location.release"
)
_BATES = (
    "coalesce((SELECT bates FROM page WHERE page.document = found.document"
    " AND number = first_page), ''),"
    " coalesce((SELECT bates FROM page WHERE page.document = found.document"
    " AND number = last_page), '')"
)
_MESSAGES = (
    "SELECT message.id, found.id, found.document, release.name, location.file, first_page,"  # noqa: S608
    " last_page, sent, sent_as_written, subject, attachments, thread, confidence, message.copy, "
    + _BATES
    + ", found.ordinal, found.has_header"
    + " FROM copy AS found JOIN message ON message.id = found.message"
    + _FIRST_PLACE
)


def messages(
    connection: sqlite3.Connection, copies: Sequence[int] | None = None
) -> Iterator[ListedMessage]:
    """Yield messages at each of their places, by time; those of ``copies``, where given.

    Of the same minute the lower one on a page comes first, as print-outs have the newest on top.
    Those without a readable date come last. A copy not yet compared with others is left out.
    """
    if copies is None:
        rows = connection.execute(_MESSAGES).fetchall()
    else:
        rows = []
        for copy in copies:
            rows += connection.execute(f"{_MESSAGES} WHERE found.id = ?", (copy,)).fetchall()
    for row in sorted(rows, key=_by_time):
        yield _message(connection, row)


def _by_time(row: tuple[Any, ...]) -> tuple[bool, str, int, int]:
    """Return a key that sorts rows of messages by time, and by place from below where it is one."""
    document, sent, ordinal = row[2], row[7], row[16]
    return not sent, sent, document, -ordinal


def thread_messages(connection: sqlite3.Connection, thread: int) -> list[ListedMessage]:
    """Return the messages of a thread at each of their places, by time."""
    rows = connection.execute(
        f"{_MESSAGES} WHERE thread = ? ORDER BY message.id, found.id", (thread,)
    ).fetchall()
    return [_message(connection, row) for row in rows]


def _message(connection: sqlite3.Connection, row: tuple[Any, ...]) -> ListedMessage:
    (
        message, copy, document, release, file, first_page, last_page, sent, sent_as_written,
        subject, attachments, thread, confidence, best, first_bates, last_bates, _, has_header,
    ) = row  # fmt: skip
    mailboxes = mailboxes_of(connection, copy)
    quoting = connection.execute(
        "SELECT DISTINCT above.message FROM copy JOIN copy AS above"
        " ON above.document = copy.document AND above.ordinal = copy.quoted_in"
        " WHERE copy.message = ? AND above.message IS NOT NULL ORDER BY 1",
        (message,),
    )
    places = connection.execute("SELECT count(*) FROM copy WHERE message = ?", (message,))
    return ListedMessage(
        message=message,
        copy=copy,
        document=document,
        release=release or "",
        file=file or "",
        first_page=first_page,
        last_page=last_page,
        bates=bates_range(first_bates, last_bates),
        sender=next(iter(mailboxes["from"]), None),
        to=mailboxes["to"],
        cc=mailboxes["cc"],
        bcc=mailboxes["bcc"],
        sent=sent,
        sent_as_written=sent_as_written,
        subject=subject,
        attachments=tuple(json.loads(attachments)),
        quoted_in=tuple(one[0] for one in quoting),
        thread=thread,
        confidence=confidence,
        places=places.fetchone()[0],
        is_best=best == copy,
        has_header=bool(has_header),
    )


def body(connection: sqlite3.Connection, copy: int) -> Body:
    """Return a message's own body as it stands at a place."""
    row = connection.execute(
        "SELECT document, ranges, body_start, first_page, last_page FROM copy WHERE id = ?", (copy,)
    ).fetchone()
    document, ranges, start, first, last = row
    pages = page_texts(connection, document)
    text = document_text(pages)
    parts = (text[max(a, start) : b] for a, b in json.loads(ranges) if b > start)
    own = "\n".join(part.strip("\n\f ") for part in parts)
    near = pages[max(first - 1 - _PAGES_AROUND, 0) : last + _PAGES_AROUND]
    return Body(own.replace(PAGE_SEPARATOR, "\n"), tuple(near))


def copies_with_passages(connection: sqlite3.Connection, passages: Iterable[int]) -> list[int]:
    """Return the copies of messages that passages are part of, each once, in their order."""
    return parts_with_passages(
        connection,
        passages,
        "SELECT copy.id FROM passage JOIN copy ON copy.document = passage.document"
        " AND copy.ordinal = passage.copy WHERE passage.id = ?",
    )


def parts_with_passages(
    connection: sqlite3.Connection, passages: Iterable[int], part_of: str
) -> list[int]:
    """Return what ``part_of``, a query by a passage's number, gives: each once, in their order."""
    found: dict[int, None] = {}
    for passage in passages:
        row = connection.execute(part_of, (passage,)).fetchone()
        if row is not None:
            found[row[0]] = None
    return list(found)


def thread_exists(connection: sqlite3.Connection, thread: int) -> bool:
    """Tell whether there is a thread of this number."""
    row = connection.execute("SELECT 1 FROM thread WHERE id = ?", (thread,)).fetchone()
    return row is not None


def messages_not_compared(connection: sqlite3.Connection) -> int:
    """Count the copies of messages that have not been compared with the others yet."""
    row = connection.execute("SELECT count(*) FROM copy WHERE message IS NULL").fetchone()
    return int(row[0])

"""A document's passages as an engine takes them: the text, and the fields that it is found by."""

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from recordsearch.catalogue.pages import page_texts
from recordsearch.passages import document_text
from recordsearch.records import IndexEntry

_Fields = dict[str, dict[str, None]]


@dataclass(slots=True)
class _Part:
    """What a message lends to its passages: fields, and its day as YYYYMMDD."""

    kind: str
    fields: _Fields = field(default_factory=dict)
    sent: int | None = None

    def add(self, name: str, *values: str) -> None:
        """Add values to a field; an empty one adds nothing."""
        for value in values:
            if value:
                self.fields.setdefault(name, {})[value] = None


def index_entries(connection: sqlite3.Connection, document: int) -> Iterator[IndexEntry]:
    """Yield a document's passages as an engine takes them, in their order."""
    passages = connection.execute(
        'SELECT id, first_page, last_page, start, "end", copy FROM passage'
        " WHERE document = ? ORDER BY ordinal",
        (document,),
    ).fetchall()
    if not passages:
        return
    text = document_text(page_texts(connection, document))
    everywhere = _places(connection, document)
    messages = _messages(connection, document)
    other = _Part("other")
    values = connection.execute(
        "SELECT start, kind, value, text FROM value WHERE document = ? ORDER BY start", (document,)
    ).fetchall()
    starts = [row[0] for row in values]
    boilerplate = connection.execute(
        'SELECT start, "end" FROM boilerplate WHERE document = ? ORDER BY start', (document,)
    ).fetchall()
    for number, first, last, start, end, copy in passages:
        part = messages.get(copy, other)
        own = _Part(part.kind, {name: dict(found) for name, found in part.fields.items()})
        own.add("type", part.kind)
        for row in values[bisect_left(starts, start) : bisect_right(starts, end - 1)]:
            own.add(row[1], row[2], row[3])
        fields: dict[str, tuple[str, ...]] = {
            **everywhere,
            **{name: tuple(found) for name, found in own.fields.items()},
        }
        yield IndexEntry(
            passage=number,
            text=text[start:end],
            first_page=first,
            last_page=last,
            fields=fields,
            boilerplate=tuple(
                (max(low, start) - start, min(high, end) - start)
                for low, high in boilerplate
                if low < end and high > start
            ),
            sent=part.sent,
        )


def digest(entries: Iterable[IndexEntry]) -> str:
    """Make a digest of all that entries say beside their texts."""
    from hashlib import blake2b  # a search imports this module and needs no digest

    made = blake2b(digest_size=16)
    for entry in entries:
        said = (entry.passage, sorted(entry.fields.items()), entry.boilerplate, entry.sent)
        made.update(repr(said).encode())
    return made.hexdigest()


def day_of(date: str) -> int | None:
    """Return the day of an ISO 8601 date as YYYYMMDD, or None where there is none."""
    digits = date[:10].replace("-", "")
    return int(digits) if len(digits) == 8 and digits.isascii() and digits.isdigit() else None


def _places(connection: sqlite3.Connection, document: int) -> dict[str, tuple[str, ...]]:
    rows = connection.execute(
        "SELECT file, name FROM location JOIN release ON release.id = location.release"
        " WHERE document = ? ORDER BY location.id",
        (document,),
    ).fetchall()
    return {
        "file": tuple(dict.fromkeys(row[0] for row in rows)),
        "release": tuple(dict.fromkeys(row[1] for row in rows)),
    }


def _messages(connection: sqlite3.Connection, document: int) -> Mapping[int | None, _Part]:
    """Return what each message of a document lends to its passages, by ordinal."""
    parts: dict[int | None, _Part] = {}
    numbers: dict[int, _Part] = {}
    for copy, ordinal, sent, subject, attachments, thread in connection.execute(
        "SELECT copy.id, ordinal, sent, subject, attachments, thread FROM copy"
        " LEFT JOIN message ON message.id = copy.message WHERE document = ?",
        (document,),
    ):
        part = _Part("message", sent=day_of(sent))
        part.add("subject", subject)
        part.add("attachment", *json.loads(attachments))
        part.add("thread", "" if thread is None else str(thread))
        parts[ordinal] = numbers[copy] = part
    for copy, role, name, address in connection.execute(
        "SELECT copy, role, name, address FROM mailbox WHERE copy IN"
        " (SELECT id FROM copy WHERE document = ?) ORDER BY copy, role, position",
        (document,),
    ):
        numbers[copy].add(role, name, address)
    return parts

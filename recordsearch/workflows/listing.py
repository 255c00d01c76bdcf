"""Lists of what the pages say: messages, and threads."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recordsearch.catalogue import listing
from recordsearch.catalogue.listing import ListedMessage
from recordsearch.engines.protocol import Reader
from recordsearch.errors import UsageError
from recordsearch.query.language import parse


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """A message of a thread: the best copy, its body, and the other places where it stands."""

    best: ListedMessage
    body: str
    others: tuple[ListedMessage, ...]


def messages(
    connection: sqlite3.Connection, reader: Reader | None, query: str
) -> Iterator[ListedMessage]:
    """Yield the messages that a query finds, or all, at each of their places, by time.

    :raises QueryError: the query cannot be understood.
    """
    if reader is None or not query:
        yield from listing.messages(connection)
        return
    found = listing.copies_with_passages(connection, _passages(reader, query))
    yield from listing.messages(connection, found)


def best_places(found: Iterable[ListedMessage]) -> list[ListedMessage]:
    """Keep one place of each message: the best, or the first where the best is not among them."""
    kept: dict[int, ListedMessage] = {}
    for message in found:
        if message.is_best or message.message not in kept:
            kept[message.message] = message
    return list(kept.values())


def not_compared(connection: sqlite3.Connection) -> int:
    """Count the e-mails that no list has yet, as an unfinished run has not compared them."""
    return listing.messages_not_compared(connection)


def thread(connection: sqlite3.Connection, number: int) -> list[ThreadMessage]:
    """Return a thread's messages by time, each once.

    :raises UsageError: there is no such thread.
    """
    if not listing.thread_exists(connection, number):
        raise UsageError(
            f"there is no thread {number}",
            "list messages with their threads: recordsearch messages",
        )
    by_message: dict[int, list[ListedMessage]] = {}
    for message in listing.thread_messages(connection, number):
        by_message.setdefault(message.message, []).append(message)
    found = []
    for places in by_message.values():
        best = next((place for place in places if place.is_best), places[0])
        others = tuple(place for place in places if place is not best)
        body = listing.body(connection, best.copy)
        found.append(ThreadMessage(best, body, others))
    return sorted(found, key=lambda one: (not one.best.sent, one.best.sent, one.best.message))


def _passages(reader: Reader, query: str) -> list[int]:
    ranking = reader.search(parse(query), reader.count())
    return [ranked.passage for ranked in ranking.ranked]

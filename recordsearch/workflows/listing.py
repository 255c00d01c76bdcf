"""Lists of what the pages say: messages, threads, letters, people."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recordsearch.catalogue import letters as catalogued
from recordsearch.catalogue import listing, people
from recordsearch.catalogue.letters import ListedLetter
from recordsearch.catalogue.listing import ListedMessage
from recordsearch.catalogue.people import PersonRow
from recordsearch.engines.protocol import Reader
from recordsearch.errors import UsageError
from recordsearch.query.language import parse
from recordsearch.understand.differing import Difference, differences, without_running_lines


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """A message of a thread: the best copy, its body, and the other places where it stands.

    ``differences`` has, for each other place, what reads otherwise there.
    """

    best: ListedMessage
    body: str
    others: tuple[ListedMessage, ...]
    differences: tuple[tuple[Difference, ...], ...]


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


def with_header(found: Iterable[ListedMessage]) -> tuple[list[ListedMessage], int]:
    """Keep the places that have a header; count the messages that have none at any of them."""
    found = list(found)
    kept = [message for message in found if message.has_header]
    return kept, len({one.message for one in found} - {one.message for one in kept})


def not_compared(connection: sqlite3.Connection) -> int:
    """Count the e-mails that no list has yet, as an unfinished run has not compared them."""
    return listing.messages_not_compared(connection)


def letters(
    connection: sqlite3.Connection, reader: Reader | None, query: str
) -> Iterator[ListedLetter]:
    """Yield the letters that a query finds, or all, by date.

    :raises QueryError: the query cannot be understood.
    """
    if reader is None or not query:
        yield from catalogued.letters(connection)
        return
    found = catalogued.letters_with_passages(connection, _passages(reader, query))
    yield from catalogued.letters(connection, found)


def thread(connection: sqlite3.Connection, number: int) -> list[ThreadMessage]:
    """Return a thread's messages by time, each once, with what differs between its copies.

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
        bodies = [body, *(listing.body(connection, other.copy) for other in others)]
        compared = differences([without_running_lines(one.text, one.pages) for one in bodies])
        found.append(ThreadMessage(best, body.text, others, tuple(compared)))
    return sorted(found, key=lambda one: (not one.best.sent, one.best.sent, one.best.message))


def persons(connection: sqlite3.Connection, words: Sequence[str]) -> list[tuple[int, PersonRow]]:
    """Return the people with all of ``words`` in one of their forms; all people without words."""
    wanted = [word.casefold() for word in words]
    return [
        (number, person)
        for number, person in people.people(connection)
        if all(any(word in form for form in _forms(person)) for word in wanted)
    ]


def _forms(person: PersonRow) -> list[str]:
    forms = [f"{form.name} {form.address}".casefold() for form in person.forms]
    return [person.name.casefold(), *forms]


def _passages(reader: Reader, query: str) -> list[int]:
    ranking = reader.search(parse(query), reader.count())
    return [ranked.passage for ranked in ranking.ranked]

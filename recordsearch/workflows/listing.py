"""Lists of what the pages say: messages, threads, letters, people."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from recordsearch.catalogue import documents, listing, people
from recordsearch.catalogue import letters as catalogued
from recordsearch.catalogue.letters import ListedLetter
from recordsearch.catalogue.listing import ListedMessage
from recordsearch.catalogue.people import PersonRow
from recordsearch.catalogue.quotations import quoted_copies
from recordsearch.engines.protocol import Reader
from recordsearch.errors import UsageError
from recordsearch.records import MediaType
from recordsearch.understand.body_furniture import without_furniture
from recordsearch.understand.differing import Difference, differences, without_running_lines
from recordsearch.understand.header_differences import Heading, header_differences
from recordsearch.workflows.asking import tree_of


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """A message of a thread: the best copy, its body, and the other places where it stands.

    ``body`` is without what a printer or an office put on its pages. ``quoted`` tells, for each
    other place, whether the message is quoted there, and ``differences`` what reads otherwise.
    """

    best: ListedMessage
    body: str
    others: tuple[ListedMessage, ...]
    quoted: tuple[bool, ...]
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
    found = listing.copies_with_passages(connection, _passages(connection, reader, query))
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
    found = catalogued.letters_with_passages(connection, _passages(connection, reader, query))
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
    quoted = quoted_copies(connection, number)
    found = [_thread_message(connection, places, quoted) for places in by_message.values()]
    return sorted(found, key=lambda one: (not one.best.sent, one.best.sent, one.best.message))


def _thread_message(
    connection: sqlite3.Connection, places: Sequence[ListedMessage], quoted: Collection[int]
) -> ThreadMessage:
    best = next((place for place in places if place.is_best), places[0])
    others = tuple(place for place in places if place is not best)
    bodies = [listing.body(connection, place.copy) for place in (best, *others)]
    printed = [_is_printed(connection, place) for place in (best, *others)]
    compared = differences(
        [
            without_running_lines(body.text, body.pages) if is_printed else body.text
            for body, is_printed in zip(bodies, printed, strict=True)
        ]
    )
    heading = _heading(best, quoted)
    return ThreadMessage(
        best,
        without_furniture(bodies[0].text, bodies[0].pages) if printed[0] else bodies[0].text,
        others,
        tuple(place.copy in quoted for place in others),
        tuple(
            header_differences(heading, _heading(place, quoted)) + body
            for place, body in zip(others, compared, strict=True)
        ),
    )


def _is_printed(connection: sqlite3.Connection, place: ListedMessage) -> bool:
    """Tell whether pages may have more on them than the message: an e-mail's own have not."""
    native = documents.media_type(connection, place.document) in (MediaType.EMAIL, MediaType.MSG)
    return not native


def _heading(place: ListedMessage, quoted: Collection[int]) -> Heading:
    return Heading(
        place.sender,
        (*place.to, *place.cc, *place.bcc),
        place.sent,
        place.subject,
        place.attachments,
        place.copy in quoted,
    )


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


def _passages(connection: sqlite3.Connection, reader: Reader, query: str) -> Sequence[int]:
    return reader.matching(tree_of(connection, query))

"""Relate an archive's messages: the copies of one message, conversations, boilerplate.

All of it is derived from the catalogue and can be made anew at any time, so a run that is stopped
here loses nothing: the next one begins again.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from recordsearch.catalogue import entries, pages, relations
from recordsearch.catalogue.relations import CopyRow
from recordsearch.passages import document_text
from recordsearch.understand.boilerplate import LineCounter, boilerplate_ranges, least_repeats
from recordsearch.understand.conversations import Copy, find_threads, likeness, merge_copies
from recordsearch.workflows.events import Relating

# Documents between two commits and two looks at whether the user wants to stop.
_DOCUMENTS_A_TURN = 200


def needs_relating(connection: sqlite3.Connection) -> bool:
    """Tell whether documents have come, changed or gone since all were last related."""
    return relations.is_unrelated(connection)


def relate(connection: sqlite3.Connection, stopping: Callable[[], bool]) -> Iterator[Relating]:
    """Relate all messages; documents to which it lends something new become *stored* again."""
    yield Relating("comparing messages", 0, 0)
    connection.execute("BEGIN IMMEDIATE")
    _relate_messages(connection)
    connection.commit()
    documents = relations.documents_with_messages(connection)
    yield from _find_boilerplate(connection, documents, stopping)
    for start in range(0, len(documents), _DOCUMENTS_A_TURN):
        if stopping():
            return
        yield Relating("looking for what is to be indexed again", start, len(documents))
        connection.execute("BEGIN IMMEDIATE")
        for document in documents[start : start + _DOCUMENTS_A_TURN]:
            digest = entries.digest(entries.index_entries(connection, document))
            relations.index_again_unless(connection, document, digest)
        connection.commit()
    connection.execute("BEGIN IMMEDIATE")
    relations.mark_related(connection)
    connection.commit()


def _find_boilerplate(
    connection: sqlite3.Connection, documents: Sequence[int], stopping: Callable[[], bool]
) -> Iterator[Relating]:
    """Find what is repeated all over the messages: once to count, once to mark.

    A message counts once, however often it is quoted. Documents are read one at a time.
    """
    counter = LineCounter()
    messages = 0
    for place, document in enumerate(documents):
        if place % _DOCUMENTS_A_TURN == 0:
            if stopping():
                return
            yield Relating("looking for boilerplate", place, len(documents))
        for is_best, stretches in _bodies(connection, document):
            if is_best:
                counter.add("\n".join(text for _, text in stretches))
                messages += 1
    least = least_repeats(messages)
    for start in range(0, len(documents), _DOCUMENTS_A_TURN):
        if stopping():
            return
        connection.execute("BEGIN IMMEDIATE")
        for document in documents[start : start + _DOCUMENTS_A_TURN]:
            found = [
                (offset + low, offset + high)
                for _, stretches in _bodies(connection, document)
                for offset, text in stretches
                for low, high in boilerplate_ranges(text, counter, least)
            ]
            relations.set_boilerplate(connection, document, found)
        connection.commit()


def _bodies(
    connection: sqlite3.Connection, document: int
) -> Iterator[tuple[bool, list[tuple[int, str]]]]:
    """Yield for each message whether it is the best copy, and its own text with its offsets."""
    text = document_text(pages.page_texts(connection, document))
    for body in relations.bodies(connection, document):
        stretches = [
            (max(start, body.body_start), text[max(start, body.body_start) : end])
            for start, end in body.ranges
            if end > body.body_start
        ]
        yield body.is_best, stretches


def _relate_messages(connection: sqlite3.Connection) -> None:
    rows = list(relations.copies(connection))
    by_place = {(row.document, row.ordinal): row.number for row in rows}
    copies = [_copy(row, by_place) for row in rows]
    by_number = {copy.number: copy for copy in copies}
    best_of = merge_copies(copies)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, best in best_of.items():
        members[best].append(number)
    groups = [
        (best, likeness(by_number[best]), sorted(numbers))
        for best, numbers in sorted(members.items())
    ]
    relations.set_messages(connection, groups, find_threads(copies, best_of))


def _copy(row: CopyRow, by_place: Mapping[tuple[int, int], int]) -> Copy:
    quoted_in = None if row.quoted_in is None else by_place.get((row.document, row.quoted_in))
    return Copy(
        number=row.number,
        quoted_in=quoted_in,
        sender=row.sender,
        recipients=row.recipients,
        sent=row.sent,
        subject=row.subject,
        confidence=row.confidence,
    )

"""Relate an archive's messages: the copies of one message, and conversations.

All of it is derived from the catalogue and can be made anew at any time, so a run that is stopped
here loses nothing: the next one begins again.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from recordsearch.catalogue import entries, relations
from recordsearch.catalogue.relations import CopyRow
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

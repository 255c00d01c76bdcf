"""Relate an archive's documents: copies of one message, threads, people, boilerplate, mentions.

All of it is derived from the catalogue and can be made anew at any time, so a run that is stopped
here loses nothing: the next one begins again. Documents are read one at a time.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from recordsearch.catalogue import entries, near_duplicates, pages, pending, relations
from recordsearch.catalogue.relations import CopyRow
from recordsearch.passages import document_text
from recordsearch.records import MediaType
from recordsearch.understand.boilerplate import LineCounter, boilerplate_ranges, least_repeats
from recordsearch.understand.copies import Copy, likeness_of, merge_copies
from recordsearch.understand.mentions import Mentions
from recordsearch.understand.near_clusters import find_groups
from recordsearch.understand.threads import find_threads
from recordsearch.workflows.events import Relating
from recordsearch.workflows.naming import (
    forms_to_find,
    kind_and_number,
    relate_organisations,
    relate_people,
)

# Documents between two commits and two looks at whether the user wants to stop.
_DOCUMENTS_A_TURN = 200
# Of all texts. To compare a million anew takes seconds, and so much new text took hours to read.
_MUCH_NEW = 0.1


def needs_relating(connection: sqlite3.Connection) -> bool:
    """Tell whether documents have come, changed or gone since all were last related."""
    return relations.is_unrelated(connection)


def relate(connection: sqlite3.Connection, stopping: Callable[[], bool]) -> Iterator[Relating]:
    """Relate all documents; those to which it lends something new become *stored* again."""
    yield Relating("comparing messages", 0, 0)
    connection.execute("BEGIN IMMEDIATE")
    _relate_messages(connection)
    yield Relating("finding people", 0, 0)
    relate_people(connection)
    organisations = relate_organisations(connection)
    connection.commit()
    yield from _find_boilerplate(connection, stopping)
    if stopping():
        return
    yield Relating("looking for near-duplicates", 0, 0)
    _find_near_duplicates(connection)
    mentions = Mentions(forms_to_find(connection, organisations))
    yield from _find_mentions(connection, mentions, stopping)
    if stopping():
        return
    connection.execute("BEGIN IMMEDIATE")
    relations.mark_related(connection)
    connection.commit()


def _relate_messages(connection: sqlite3.Connection) -> None:
    # Copies go by their places in an order that does not depend on when each was read, as the
    # first of several that are as good stands for its message.
    rows = list(relations.copies(connection))
    by_place = {(row.document, row.ordinal): at for at, row in enumerate(rows)}
    copies = [_copy(row, at, by_place) for at, row in enumerate(rows)]
    best_of = merge_copies(copies)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for at, best in best_of.items():
        members[best].append(rows[at].number)
    threads = {
        rows[best].number: rows[first].number
        for best, first in find_threads(copies, best_of).items()
    }
    groups = [
        (rows[best].number, likeness_of(copies[best]), sorted(numbers))
        for best, numbers in sorted(members.items())
    ]
    relations.set_messages(connection, groups, threads)


def _copy(row: CopyRow, at: int, by_place: Mapping[tuple[int, int], int]) -> Copy:
    quoted_in = None if row.quoted_in is None else by_place.get((row.document, row.quoted_in))
    return Copy(
        number=at,
        document=row.document,
        ordinal=row.ordinal,
        quoted_in=quoted_in,
        native=quoted_in is None and row.media_type in (MediaType.EMAIL, MediaType.MSG),
        sender=row.sender,
        recipients=row.recipients,
        sent=row.sent,
        subject=row.subject,
        message_id=row.message_id,
        in_reply_to=row.in_reply_to,
        references=row.references,
        attachments=row.attachments,
        confidence=row.confidence,
        sketch=row.sketch,
    )


def _find_boilerplate(
    connection: sqlite3.Connection, stopping: Callable[[], bool]
) -> Iterator[Relating]:
    """Find what is repeated all over the messages: once to count, once to mark.

    A message counts once, however often it is quoted. Documents are read one at a time.
    """
    documents = relations.documents_with_messages(connection)
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
    for turn in _turns(documents):
        if stopping():
            return
        connection.execute("BEGIN IMMEDIATE")
        for document in turn:
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


def _find_near_duplicates(connection: sqlite3.Connection) -> None:
    """Compare what is new with all that there is: passages, then whole documents.

    Which text founds a cluster depends on what is compared together. So where much is new, all is
    compared again: a run that was broken off ends in the clusters of one that was not.
    """
    connection.execute("BEGIN IMMEDIATE")
    for kind in near_duplicates.Kind:
        if near_duplicates.share_new(connection, kind) > _MUCH_NEW:
            near_duplicates.compare_anew(connection, kind)
        groups = find_groups(
            near_duplicates.new_sketches(connection, kind),
            alone=near_duplicates.alone_sketches(connection, kind),
            clusters=near_duplicates.cluster_sketches(connection, kind),
        )
        near_duplicates.set_groups(connection, kind, groups)
    connection.commit()


def _find_mentions(
    connection: sqlite3.Connection, mentions: Mentions, stopping: Callable[[], bool]
) -> Iterator[Relating]:
    """Find who is spoken of, everywhere; have documents indexed again that this changes."""
    documents = pending.documents_in_state(connection, "stored", "indexed")
    for number, turn in enumerate(_turns(documents)):
        if stopping():
            return
        yield Relating("looking for names", number * _DOCUMENTS_A_TURN, len(documents))
        connection.execute("BEGIN IMMEDIATE")
        for document in turn:
            _mentions_in(connection, document, mentions)
            digest = entries.digest(entries.index_entries(connection, document))
            relations.index_again_unless(connection, document, digest)
        connection.commit()


def _mentions_in(connection: sqlite3.Connection, document: int, mentions: Mentions) -> None:
    text = document_text(pages.page_texts(connection, document))
    found: list[tuple[int, str, int]] = []
    for passage, start, end in pending.passage_places(connection, document):
        named = {number for _, _, number in mentions.find(text[start:end])}
        found.extend((passage, *kind_and_number(number)) for number in named)
    relations.set_mentions(connection, document, found)


def _turns(documents: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(documents), _DOCUMENTS_A_TURN):
        yield documents[start : start + _DOCUMENTS_A_TURN]

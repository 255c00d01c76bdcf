"""Mend what one header says of people by what the others of the document say.

OCR makes letters of the black boxes beside names: what it made is told by how often it is seen, and
by the same names seen clean elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from recordsearch.contents import Mailbox
from recordsearch.understand.mailboxes import parse_mailboxes
from recordsearch.understand.message_drafts import Draft
from recordsearch.understand.message_fields import value
from recordsearch.understand.message_known import KnownNames, known_names
from recordsearch.understand.message_labels import Kind

_OFTEN = 3
_BLACK_BOX = re.compile(r"[@©®]{2}|[@©®] ?[>;]|\([bB]\) ?\(\d\)|[({\[]\d[)}\]] ?>|\w ?> ?;[^<]*;")


def drop_debris(drafts: Sequence[Draft]) -> None:
    """Drop senders of one or two letters, what OCR leaves of a black box.

    Somebody may go by a letter: one who has an address, is named often, or is the only one.
    """
    named = Counter(
        box.name for draft in drafts for box in (*draft.to, *draft.cc) if len(box.name) <= 2
    )
    short = [draft for draft in drafts if draft.sender and len(draft.sender.name) <= 2]
    known = {draft.sender.name for draft in short if draft.sender and draft.sender.address}
    doubtful = [
        draft
        for draft in short
        if draft.sender
        and not draft.sender.address
        and draft.sender.name not in known
        and named[draft.sender.name] < _OFTEN
    ]
    if len({draft.sender.name for draft in doubtful if draft.sender}) > 1:
        for draft in doubtful:
            draft.sender = None


def read_recipients_again(drafts: Sequence[Draft]) -> frozenset[str]:
    """Read recipients with the names that are seen clean, where one is seen that is not.

    Afterwards what stands behind several of these names, as a black box's rest, is taken from the
    others, and a few lone capitals among full names are dropped where black boxes are about.
    Returns what stands behind several names.
    """
    known = known_names(_all_named(drafts))
    written = [draft.recipients_written() for draft in drafts]
    debris = known.debris(written)
    boxed = any(_BLACK_BOX.search(text) for text in written)
    for draft in drafts:
        draft.to = _again(draft, Kind.TO, draft.to, known)
        draft.cc = _again(draft, Kind.CC, draft.cc, known)
        draft.bcc = _again(draft, Kind.BCC, draft.bcc, known)
    if not boxed:
        return frozenset()
    counts = Counter(box.name for box in _all_named(drafts))
    for draft in drafts:
        alone = len(draft.to) + len(draft.cc) + len(draft.bcc) == 1
        draft.to, draft.cc, draft.bcc = (
            tuple(
                _shortened(box, debris, known)
                for box in boxes
                if alone or not _is_lone_debris(box, counts)
            )
            for boxes in (draft.to, draft.cc, draft.bcc)
        )
        draft.sender = draft.sender and _shortened(draft.sender, debris, known)
    return debris


def _shortened(box: Mailbox, debris: frozenset[str], known: KnownNames) -> Mailbox:
    """Take what is a black box's rest elsewhere from the end of a name."""
    words = box.name.split()
    if box.address or box.name in known:
        return box
    while len(words) > 1 and words[-1] in debris:
        words.pop()
    return Mailbox(" ".join(words), "")


def _all_named(drafts: Sequence[Draft]) -> Iterator[Mailbox]:
    for draft in drafts:
        yield from draft.to
        yield from draft.cc
        yield from draft.bcc
        if draft.sender:
            yield draft.sender


def _again(
    draft: Draft, kind: Kind, boxes: tuple[Mailbox, ...], known: KnownNames
) -> tuple[Mailbox, ...]:
    if all(box.address or box.name in known for box in boxes):
        return boxes
    return parse_mailboxes(value(draft.document, draft.header.get(kind)), known)


def _is_lone_debris(box: Mailbox, counts: Counter[str]) -> bool:
    name = box.name
    return (
        not box.address
        and len(name) <= 4
        and name.isalpha()
        and name.isupper()
        and counts[name] < _OFTEN
    )

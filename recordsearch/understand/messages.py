"""Find the e-mails printed on a document's pages: from the text layer or OCR, any mail program's.

A message begins with a header block (``From: … Sent: … To: … Subject: …``) or with a line such as
"On Monday, Jo Doe wrote:". What is not on the page is absent: a sender that is withheld is None.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from recordsearch.contents import Mailbox, Message
from recordsearch.passages import document_text, page_starts
from recordsearch.records import Adapter
from recordsearch.understand.message_attributions import find_attributions
from recordsearch.understand.message_confidence import confidence
from recordsearch.understand.message_drafts import Draft
from recordsearch.understand.message_ends import other_documents
from recordsearch.understand.message_fields import Header
from recordsearch.understand.message_headers import find_headers
from recordsearch.understand.message_lines import may_hold_header, read_lines
from recordsearch.understand.message_mending import mend_subjects
from recordsearch.understand.message_recipients import drop_debris, read_recipients_again
from recordsearch.understand.message_subjects import without_debris_behind
from recordsearch.understand.message_threads import Place, arrange

ADAPTER = Adapter("messages", "4")

_ATTRIBUTED_CONFIDENCE = 25.0
"""How far confidence falls where the sender is not on the page but concluded."""


def find_messages(pages: Sequence[str]) -> list[Message]:
    """Return the messages on a document's pages, given as texts from page 1 on, in their order."""
    if not any(may_hold_header(page) for page in pages):
        return []
    document = document_text(pages)
    starts = page_starts(pages)
    headers = _find_all(document, pages, starts)
    if not headers:
        return []
    drafts = [Draft(document, header) for header in headers]
    drop_debris(drafts)
    debris = read_recipients_again(drafts)
    for draft in drafts:
        draft.subject = without_debris_behind(draft.subject, debris)
    others = other_documents(pages, starts, headers, [draft.sender for draft in drafts])
    places = arrange(document, headers, [draft.subject for draft in drafts], others)
    mend_subjects(drafts, places)
    return [
        _message(number, draft, place, starts)
        for number, (draft, place) in enumerate(zip(drafts, places, strict=True), 1)
    ]


def attribute(messages: Sequence[Message], custodian: Mailbox) -> list[Message]:
    """Fill in the custodian where a sender is missing and may well be the custodian.

    ``messages`` are one document's. A program that prints a mailbox leaves its owner's own address
    out, so a message that is not quoted and has a blank sender is the custodian's, unless the
    custodian is among its recipients. So is a quoted one to which a message with another sender
    replies to the custodian. Confidence falls by 25, as the page does not say so.
    """
    by_ordinal = {message.ordinal: message for message in messages}
    filled = []
    for message in messages:
        above = by_ordinal.get(message.quoted_in) if message.quoted_in is not None else None
        if message.sender is None and _may_be_from(message, above, custodian):
            message = replace(
                message,
                sender=custodian,
                confidence=max(0.0, message.confidence - _ATTRIBUTED_CONFIDENCE),
            )
        filled.append(message)
    return filled


def _may_be_from(message: Message, above: Message | None, custodian: Mailbox) -> bool:
    recipients = (*message.to, *message.cc, *message.bcc)
    if any(_is_same(box, custodian) for box in recipients):
        return False
    if above is None:
        return True
    answered = above.sender is not None and not _is_same(above.sender, custodian)
    return answered and any(_is_same(box, custodian) for box in above.to)


def _is_same(one: Mailbox, other: Mailbox) -> bool:
    if one.address and one.address.lower() == other.address.lower():
        return True
    mine, theirs = _name_words(one.name), _name_words(other.name)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _name_words(name: str) -> set[str]:
    """Return a name's words in lower case, without units in brackets and initials."""
    plain = name.split("(")[0].split("[")[0].replace(",", " ").lower()
    return {word.strip("'\".") for word in plain.split() if len(word.strip("'\".")) > 1}


def _find_all(document: str, pages: Sequence[str], starts: Sequence[int]) -> list[Header]:
    """Return all headers in order; an attribution inside a header block is none."""
    headers = find_headers(document, read_lines(pages))
    taken = [(header.start, header.body_start) for header in headers]
    for number, page in enumerate(pages):
        for header in find_attributions(
            document, starts[number], starts[number] + len(page), number + 1
        ):
            place = bisect_right(taken, (header.start, len(document)))
            if place and header.start < taken[place - 1][1]:
                continue
            headers.append(header)
    headers.sort(key=lambda header: header.start)
    return [
        header
        for number, header in enumerate(headers)
        if number == 0 or header.start >= headers[number - 1].body_start or not header.attribution
    ]


def _message(number: int, draft: Draft, place: Place, starts: Sequence[int]) -> Message:
    ranges = tuple(place.ranges) or ((draft.header.start, draft.header.start + 1),)
    return Message(
        ordinal=number,
        first_page=bisect_right(starts, ranges[0][0]),
        last_page=bisect_right(starts, ranges[-1][1] - 1),
        ranges=ranges,
        body_start=min(draft.body_start, len(draft.document)),
        sender=draft.sender,
        to=draft.to,
        cc=draft.cc,
        bcc=draft.bcc,
        sent=draft.header.sent,
        sent_as_written=draft.written,
        subject=draft.subject,
        attachments=draft.attachments,
        quoted_in=None if place.parent is None else place.parent + 1,
        confidence=confidence(draft.header, draft.sender, draft.to + draft.cc, draft.subject),
        has_header=not draft.header.attribution,
    )

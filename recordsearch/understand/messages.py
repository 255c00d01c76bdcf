"""Find the e-mails printed on a document's pages: from the text layer or OCR, any mail program's.

A message begins with a header block (``From: … Sent: … To: … Subject: …``) or with a line such as
"On Monday, Jo Doe wrote:". What is not on the page is absent: a sender that is withheld is None.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from recordsearch.contents import Mailbox, Message
from recordsearch.passages import document_text, page_starts
from recordsearch.records import Adapter
from recordsearch.understand.mailboxes import parse_mailbox, parse_mailboxes
from recordsearch.understand.message_attachments import parse_attachments
from recordsearch.understand.message_attributions import find_attributions
from recordsearch.understand.message_confidence import confidence
from recordsearch.understand.message_fields import Header, value
from recordsearch.understand.message_headers import find_headers
from recordsearch.understand.message_labels import Kind
from recordsearch.understand.message_lines import may_hold_header, read_lines
from recordsearch.understand.message_subjects import (
    is_cut_short,
    run_on,
    shared_end,
    squeezed,
    tidy,
)
from recordsearch.understand.message_threads import Place, arrange

ADAPTER = Adapter("messages", "1")

_WRITTEN_CHARACTERS = 200
_OFTEN = 3
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
    drafts = [_Draft(document, header) for header in headers]
    _drop_debris(drafts)
    places = arrange(document, headers, [draft.subject for draft in drafts])
    _mend_subjects(drafts, places)
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


class _Draft:
    """A message while it is put together from its header."""

    def __init__(self, document: str, header: Header) -> None:
        self.document = document
        self.header = header
        self.body_start = header.body_start
        self.sender = parse_mailbox(header.author or value(document, header.get(Kind.SENDER)))
        self.to = parse_mailboxes(value(document, header.get(Kind.TO)))
        self.cc = parse_mailboxes(value(document, header.get(Kind.CC)))
        self.bcc = parse_mailboxes(value(document, header.get(Kind.BCC)))
        self.attachments = parse_attachments(value(document, header.get(Kind.ATTACHMENTS)))
        written = header.written or value(document, header.get(Kind.SENT))
        self.written = " ".join(written[: _WRITTEN_CHARACTERS * 2].split())[:_WRITTEN_CHARACTERS]
        self.subject = self._subject()

    def _subject(self) -> str:
        field = self.header.get(Kind.SUBJECT)
        if field is None or not field.spans:
            return ""
        start, end = field.spans[0]
        line = self.document[start:end]
        if field is self.header.fields[-1]:
            cut = run_on(line, (*self.to, *self.cc))
            if cut < len(line[:2000]):
                self.cut(start + cut)
                return tidy(line[:cut])
        return tidy(value(self.document, field))

    def cut(self, place: int) -> None:
        """Let the body begin at ``place``, which was taken for the subject's."""
        self.body_start = place

    def last_subject_line(self) -> tuple[int, int] | None:
        """Return the place of the subject's one line if it ends the header."""
        field = self.header.get(Kind.SUBJECT)
        if field is None or field is not self.header.fields[-1] or len(field.spans) != 1:
            return None
        return field.spans[0]


def _drop_debris(drafts: Sequence[_Draft]) -> None:
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


def _mend_subjects(drafts: Sequence[_Draft], places: Sequence[Place]) -> None:
    """Cut or lengthen subjects as those of the quoted messages tell, the oldest first."""
    for index in range(len(drafts) - 1, 0, -1):
        parent = places[index].parent
        if parent is None or not drafts[index].subject:
            continue
        _mend(drafts[parent], drafts[index].subject)


def _mend(draft: _Draft, quoted: str) -> None:
    line = draft.last_subject_line()
    if line is None:
        return
    end = shared_end(draft.subject, quoted)
    start, stop = line
    if end is not None:
        kept = draft.subject[:end].rstrip()
        place = _place_after(draft.document, start, stop, kept)
        if place is not None:
            draft.subject = kept
            draft.cut(place)
        return
    if draft.body_start > stop and is_cut_short(draft.subject, quoted):
        following = draft.document.find("\n", stop + 1)
        following = len(draft.document) if following < 0 else following
        more = draft.document[stop + 1 : min(following, stop + 400)].strip()
        whole = f"{draft.subject} {more}"
        if more and squeezed(quoted) == squeezed(whole):
            draft.subject = tidy(whole)
            draft.cut(following + 1)


def _place_after(document: str, start: int, stop: int, kept: str) -> int | None:
    """Return the place in the line after the characters of ``kept``, white space not counted."""
    wanted = "".join(kept.split())
    seen = 0
    for place in range(start, min(stop, start + 4_000)):
        if seen == len(wanted):
            return place
        if document[place].isspace():
            continue
        if document[place] != wanted[seen]:
            return None
        seen += 1
    return None


def _message(number: int, draft: _Draft, place: Place, starts: Sequence[int]) -> Message:
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
    )

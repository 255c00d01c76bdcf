"""What differs between the headers of two copies of one message."""

from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.contents import Mailbox
from recordsearch.understand.differing import (
    Difference,
    Field,
    compare_texts,
    difference_between,
)
from recordsearch.understand.moments import moment
from recordsearch.understand.names import fold, parse_name
from recordsearch.understand.senders import Senders
from recordsearch.understand.subjects import squeeze

_MOST_RECIPIENTS = 200
_MOST_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A copy's header; ``is_quoted`` where it stands in a quotation, which leaves out much."""

    sender: Mailbox | None
    recipients: tuple[Mailbox, ...]
    sent: str
    subject: str
    attachments: tuple[str, ...]
    is_quoted: bool = False


def header_differences(first: Heading, other: Heading) -> tuple[Difference, ...]:
    """Return where the headers of two copies differ, field by field.

    A field that a quotation leaves out makes no difference, nor does another way of writing the
    same name, a slip of OCR, or the same time in another zone.
    """
    found: list[Difference] = []

    def compare(field: Field, left: str, right: str) -> None:
        left_out = (not left and first.is_quoted) or (not right and other.is_quoted)
        if (left or right) and not left_out:
            found.append(difference_between(left, right, field))

    if not _same_person(first.sender, other.sender):
        compare(Field.SENDER, _written(first.sender), _written(other.sender))
    here = _listed(_only(first.recipients, other.recipients))
    there = _listed(_only(other.recipients, first.recipients))
    if not (first.recipients and other.recipients):
        compare(Field.RECIPIENTS, here, there)
    elif here or there:
        found.append(difference_between(here, there, Field.RECIPIENTS))
    if not _same_time(first.sent, other.sent):
        compare(Field.SENT, first.sent, other.sent)
    same_subject = squeeze(first.subject[:_MOST_CHARACTERS]) == squeeze(
        other.subject[:_MOST_CHARACTERS]
    )
    if not same_subject and compare_texts(first.subject, other.subject).differences:
        compare(Field.SUBJECT, first.subject, other.subject)
    names, others = first.attachments, other.attachments
    if {*map(squeeze, names)} != {*map(squeeze, others)}:
        compare(Field.ATTACHMENTS, "; ".join(names), "; ".join(others))
    return tuple(found)


def _same_person(first: Mailbox | None, other: Mailbox | None) -> bool:
    if first == other:
        return True
    if first is None or other is None:
        return False
    if first.address and other.address:
        return squeeze(first.address) == squeeze(other.address)
    one, two = parse_name(first.name or first.address), parse_name(other.name or other.address)
    return fold(one.family) == fold(two.family) and (
        not one.given or not two.given or fold(one.given)[:1] == fold(two.given)[:1]
    )


def _only(boxes: Sequence[Mailbox], others: Sequence[Mailbox]) -> list[Mailbox]:
    """Return those of a list that may be none of the other."""
    senders = Senders()
    known = set(others)
    return [
        box
        for box in boxes[:_MOST_RECIPIENTS]
        if box not in known
        and not any(senders.alike(box, there) for there in others[:_MOST_RECIPIENTS])
    ]


def _listed(boxes: Sequence[Mailbox]) -> str:
    return "; ".join(map(_written, boxes))


def _written(box: Mailbox | None) -> str:
    if box is None:
        return ""
    return f"{box.name} <{box.address}>" if box.name and box.address else box.name or box.address


def _same_time(first: str, other: str) -> bool:
    left, right = moment(first), moment(other)
    if left is None or right is None:
        return first == other
    if left.day_only or right.day_only:
        return left.clock // 1440 == right.clock // 1440
    if left.utc is not None and right.utc is not None:
        return left.utc == right.utc
    return left.clock == right.clock or left.clock == right.utc or left.utc == right.clock

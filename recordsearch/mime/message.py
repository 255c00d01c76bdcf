"""What the header of a native e-mail says, whatever the format it was kept in."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from recordsearch.contents import Mailbox
from recordsearch.mime.addresses import mailboxes
from recordsearch.mime.header import Header, decode_words
from recordsearch.mime.names import one_line

_SUBJECT_CHARACTERS = 2_000
_DATE_CHARACTERS = 100
_ID_CHARACTERS = 500
_REFERENCES = 500
_ID = re.compile(r"<([^<>]{1,500})>")
_NO_ZONE_KNOWN = re.compile(r"-0000\b")


@dataclass(frozen=True, slots=True)
class NativeMessage:
    """The header of an e-mail file.

    ``sent`` is ISO 8601 with the offset that the header gives, not shifted; without one where it
    gives none; empty where no date can be read. ``message_id``, ``in_reply_to`` and
    ``references`` stand without angle brackets. What the header does not say is empty.
    """

    sender: Mailbox | None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    sent: str = ""
    sent_as_written: str = ""
    subject: str = ""
    attachments: tuple[str, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


def from_header(header: Header, attachments: tuple[str, ...] = ()) -> NativeMessage:
    """Return what a header's fields say."""
    senders = mailboxes(header.joined("from")) or mailboxes(header.joined("sender"))
    date = one_line(decode_words(header.raw("date")), _DATE_CHARACTERS)
    references = identifiers(header.joined("references"))
    return NativeMessage(
        sender=senders[0] if senders else None,
        to=mailboxes(header.joined("to")),
        cc=mailboxes(header.joined("cc")),
        bcc=mailboxes(header.joined("bcc")),
        sent=sent_time(date),
        sent_as_written=date,
        subject=one_line(header.text("subject"), _SUBJECT_CHARACTERS),
        attachments=attachments,
        message_id=next(iter(identifiers(header.raw("message-id"))), ""),
        in_reply_to=next(iter(identifiers(header.raw("in-reply-to"))), ""),
        references=references,
    )


def identifiers(text: str) -> tuple[str, ...]:
    """Return the message identifiers in a field's value, without their angle brackets."""
    found = _ID.findall(text[: 100 * _ID_CHARACTERS])
    if not found and "@" in text:  # broken programs leave the brackets out
        found = [one for one in text[:_ID_CHARACTERS].split() if "@" in one]
    cleaned = (one_line("".join(one.split()), _ID_CHARACTERS) for one in found)
    return tuple(one for one in cleaned if one)[-_REFERENCES:]


def sent_time(text: str) -> str:
    """Return a Date field's value as ISO 8601 with the offset that it gives, or an empty text.

    ``-0000`` says that the time is UTC and the sender's zone unknown (RFC 5322, 3.3).
    """
    text = text.strip()[:_DATE_CHARACTERS]
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            return ""
    if time.tzinfo is None and _NO_ZONE_KNOWN.search(text):
        time = time.replace(tzinfo=UTC)
    return time.isoformat(timespec="seconds") if time.year >= 1900 else ""


def windows_time(hundred_nanoseconds: int) -> str:
    """Return a Windows file time, counted from 1601 in UTC, as ISO 8601, or an empty text."""
    if not 0 < hundred_nanoseconds < 0x2400_0000_0000_0000:
        return ""
    try:
        time = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=hundred_nanoseconds // 10)
    except OverflowError:
        return ""
    return time.isoformat(timespec="seconds") if 1970 <= time.year < 2200 else ""

"""What the header of a native e-mail says, whatever the format it was kept in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from recordsearch.contents import Mailbox
from recordsearch.mime.addresses import mailboxes
from recordsearch.mime.header import Header, decode_words
from recordsearch.mime.names import one_line

_SUBJECT_CHARACTERS = 2_000
_DATE_CHARACTERS = 100
_FIRST_YEAR = 1900
_ID_CHARACTERS = 500
_REFERENCES = 500
_ID = re.compile(r"<([^<>]{1,500})>")
_NO_ZONE_KNOWN = re.compile(r"-0000\b")
_DATE = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s{0,3})?(?P<day>\d{1,2})[\s-]{1,3}(?P<month>[A-Za-z]{3,9})\.?[\s-]{1,3}"
    r"(?P<year>\d{2,4})(?!\d)(?:,?\s{1,3}(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?!\d))?(?:\.\d{1,9})?\s{0,3}(?P<half>[AaPp][Mm]\b)?"
    r"\s{0,3}(?:(?:GMT|UTC)?(?P<offset>[+-]\d{1,4})(?!\d)|(?P<zone>[A-Za-z]{1,5}\b))?)?"
)
# Hours from UTC of the zones with names (RFC 5322, 4.3).
_ZONES = {
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class NativeMessage:
    """The header of an e-mail file.

    ``sent`` is ISO 8601 with the offset that the header gives, not shifted; without one where it
    gives none; empty where no date can be read. ``message_id``, ``in_reply_to`` and
    ``references`` stand without angle brackets. ``other_authors`` are those who stand behind the
    first in From (RFC 5322, 3.6.2), and who sent it for them. What the header does not say is
    empty.
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
    other_authors: tuple[Mailbox, ...] = ()


def from_header(header: Header, attachments: tuple[str, ...] = ()) -> NativeMessage:
    """Return what a header's fields say."""
    authors = (*mailboxes(header.joined("from")), *mailboxes(header.joined("sender")))
    date = one_line(decode_words(header.raw("date")), _DATE_CHARACTERS)
    references = identifiers(header.joined("references"))
    return NativeMessage(
        sender=authors[0] if authors else None,
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
        other_authors=_others(authors),
    )


def _others(authors: Sequence[Mailbox]) -> tuple[Mailbox, ...]:
    """Return the authors behind the first, each address once."""
    of_address = {one.address.lower() or one.name: one for one in reversed(authors)}
    return tuple(of_address.values())[::-1][1:]


def identifiers(text: str) -> tuple[str, ...]:
    """Return the message identifiers in a field's value, without their angle brackets."""
    found = _ID.findall(text[: 100 * _ID_CHARACTERS])
    if not found and "@" in text:  # broken programs leave the brackets out
        found = [one for one in text[:_ID_CHARACTERS].split() if "@" in one]
    cleaned = (one_line("".join(one.split()), _ID_CHARACTERS) for one in found)
    return tuple(one for one in cleaned if one)[-_REFERENCES:]


def sent_time(text: str) -> str:
    """Return a Date field's value as ISO 8601 with the offset that it gives, or an empty text.

    ``-0000`` says that the time is UTC and the sender's zone unknown (RFC 5322, 3.3). Years of two
    and three figures are read as section 4.3 tells. What cannot be, as a second 60, the hour 24 or
    the zone +9999, is left out, and so is a time where there is none.
    """
    text = text.strip()[:_DATE_CHARACTERS]
    written = _DATE.match(text)
    if written and written["month"][:3].lower() in _MONTHS:
        return _written_time(written)
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            return ""
    if ":" not in text:
        return time.date().isoformat() if str(time.year) in text else ""
    if time.tzinfo is None and _NO_ZONE_KNOWN.search(text):
        time = time.replace(tzinfo=UTC)
    known = time.year >= _FIRST_YEAR and str(time.year) in text
    return time.isoformat(timespec="seconds") if known else ""


def _written_time(written: re.Match[str]) -> str:
    """Return what a date in the form of RFC 5322 says, as far as it can be, as ISO 8601."""
    year = int(written["year"])
    if len(written["year"]) < 4:
        year += 2000 if year < 50 and len(written["year"]) == 2 else 1900
    month = _MONTHS.index(written["month"][:3].lower()) + 1
    try:
        day = date(year, month, int(written["day"]))
    except ValueError:
        return ""
    if year < _FIRST_YEAR:
        return ""
    hour, minute = int(written["hour"] or 24), int(written["minute"] or 0)
    if written["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if written["half"].lower() == "pm" else 0)
    if hour > 23 or minute > 59:
        return day.isoformat()
    second = int(written["second"] or 0)
    seconds = f":{second:02}" if second < 60 else ""
    return f"{day.isoformat()}T{hour:02}:{minute:02}{seconds}{_offset(written)}"


def _offset(written: re.Match[str]) -> str:
    """Return the zone, in figures or as a name, as ``+01:00``; nothing where there is none such."""
    figures = written["offset"] or ""
    if len(figures) == 5 and int(figures[1:3]) <= 14 and int(figures[3:]) < 60:
        return "+00:00" if figures == "-0000" else f"{figures[:3]}:{figures[3:]}"
    hours = _ZONES.get((written["zone"] or "").lower())
    return "" if hours is None else f"{'-' if hours < 0 else '+'}{abs(hours):02}:00"


def windows_time(hundred_nanoseconds: int) -> str:
    """Return a Windows file time, counted from 1601 in UTC, as ISO 8601, or an empty text."""
    if not 0 < hundred_nanoseconds < 0x2400_0000_0000_0000:
        return ""
    try:
        time = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=hundred_nanoseconds // 10)
    except OverflowError:
        return ""
    return time.isoformat(timespec="seconds") if 1970 <= time.year < 2200 else ""

"""A message as Outlook keeps it: its header, its text and its attachments, from property sets."""

from collections.abc import Callable
from dataclasses import dataclass

from recordsearch.contents import Mailbox
from recordsearch.mime import properties as of
from recordsearch.mime.addresses import mailboxes, written
from recordsearch.mime.charsets import code_page
from recordsearch.mime.header import read_header
from recordsearch.mime.mail import small_picture
from recordsearch.mime.message import (
    NativeMessage,
    from_header,
    identifiers,
    windows_time,
)
from recordsearch.mime.names import file_name, one_line
from recordsearch.mime.properties import Properties

_TO, _CC, _BCC = 1, 2, 3
_RECIPIENTS = 2_000
_ADDRESS_CHARACTERS = 500
_BY_REFERENCE = (2, 3, 4, 7)


@dataclass(frozen=True, slots=True)
class OutlookAttachment:
    """An attachment; ``message`` opens it where it is a message, ``read`` gives the bytes else.

    ``passed_over`` says why it is no document of its own, or is empty. ``size`` is 0 for a message.
    """

    name: str
    size: int
    passed_over: str
    read: Callable[[], bytes]
    message: Callable[[], "OutlookMessage"] | None = None


@dataclass(frozen=True, slots=True)
class OutlookMessage:
    """A message, contact, appointment or note; ``cut`` says why attachments are missing."""

    properties: Properties
    recipients: tuple[Properties, ...]
    attachments: tuple[OutlookAttachment, ...]
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A message's text as it is kept: ``kind`` is text/plain, text/html or text/rtf.

    ``data`` is in ``charset``; RTF names its own.
    """

    kind: str
    data: bytes
    charset: str


def header_of(message: OutlookMessage) -> NativeMessage:
    """Return what a message's properties say, and the header it was sent with where kept."""
    properties = message.properties
    raw = properties.text(of.TRANSPORT_HEADERS).lstrip("\r\n").encode("utf-8", "replace")
    sent_with = from_header(read_header(raw, 0, len(raw))[0])
    recipients = _recipients(message)
    time = windows_time(properties.integer(of.CLIENT_SUBMIT_TIME) or 0)
    time = time or windows_time(properties.integer(of.DELIVERY_TIME) or 0)
    first = properties.text
    reply = identifiers(first(of.IN_REPLY_TO))
    return NativeMessage(
        sender=_better(sent_with.sender, _sender(properties)),
        to=recipients[_TO] or sent_with.to or mailboxes(first(of.DISPLAY_TO)),
        cc=recipients[_CC] or sent_with.cc or mailboxes(first(of.DISPLAY_CC)),
        bcc=recipients[_BCC] or sent_with.bcc or mailboxes(first(of.DISPLAY_BCC)),
        sent=sent_with.sent or time,
        sent_as_written=sent_with.sent_as_written or time,
        subject=one_line(first(of.SUBJECT), 2_000) or sent_with.subject,
        attachments=tuple(one.name for one in message.attachments if one.name),
        message_id=next(iter(identifiers(first(of.INTERNET_MESSAGE_ID))), sent_with.message_id),
        in_reply_to=reply[0] if reply else sent_with.in_reply_to,
        references=identifiers(first(of.INTERNET_REFERENCES)) or sent_with.references,
        other_authors=sent_with.other_authors,
    )


def body_of(message: OutlookMessage) -> Body:
    """Return a message's text: plain where there is one, else HTML, else RTF; or an empty one."""
    properties = message.properties
    for number, kind in ((of.BODY, "text/plain"), (of.HTML, "text/html")):
        data = properties.data(number)
        match properties.kind(number):
            case of.UNICODE:
                body = Body(kind, properties.text(number).encode("utf-8", "replace"), "utf-8")
            case of.STRING8:
                body = Body(kind, data.rstrip(b"\0"), properties.charset)
            case _:
                page = code_page(properties.integer(of.INTERNET_CODE_PAGE))
                body = Body(kind, data.rstrip(b"\0"), page)
        if body.data.strip():
            return body
    return Body("text/rtf", properties.data(of.RTF_COMPRESSED), "")


def attachment(
    properties: Properties, message: Callable[[], OutlookMessage] | None, size: int
) -> OutlookAttachment:
    """Make an attachment from its properties; ``size`` is that of its data in bytes."""
    given = properties.text(of.ATTACH_LONG_FILENAME) or properties.text(of.ATTACH_FILENAME)
    name = file_name(given or properties.text(of.DISPLAY_NAME))
    if message is not None and name and "." not in name[-5:]:
        name += ".eml"
    passed_over = ""
    if message is None and not size:
        method = properties.integer(of.ATTACH_METHOD)
        passed_over = "kept elsewhere" if method in _BY_REFERENCE else "empty"
    elif message is None:
        kind = properties.text(of.ATTACH_MIME_TAG).lower() or _picture_kind(name)
        inline = bool(properties.text(of.ATTACH_CONTENT_ID)) or bool(
            properties.integer(of.ATTACHMENT_HIDDEN)
        )
        passed_over = small_picture(kind, size, inline=inline)

    def read() -> bytes:
        return properties.data(of.ATTACH_DATA)

    return OutlookAttachment(name, size, passed_over, read, message)


def _picture_kind(name: str) -> str:
    pictures = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emz", ".wmf")
    return "image/unknown" if name.lower().endswith(pictures) else ""


def _recipients(message: OutlookMessage) -> dict[int, tuple[Mailbox, ...]]:
    found: dict[int, list[Mailbox]] = {_TO: [], _CC: [], _BCC: []}
    for recipient in message.recipients[:_RECIPIENTS]:
        kind = (recipient.integer(of.RECIPIENT_TYPE) or _TO) & 0xF
        numbers = (of.SMTP_ADDRESS, of.EMAIL_ADDRESS)
        one = _mailbox(recipient, of.DISPLAY_NAME, numbers)
        if one.name or one.address:
            found.get(kind, found[_TO]).append(one)
    return {kind: tuple(those) for kind, those in found.items()}


def _sender(properties: Properties) -> Mailbox | None:
    for name, numbers in (
        (
            of.SENT_REPRESENTING_NAME,
            (of.SENT_REPRESENTING_SMTP_ADDRESS, of.SENT_REPRESENTING_ADDRESS),
        ),
        (of.SENDER_NAME, (of.SENDER_SMTP_ADDRESS, of.SENDER_ADDRESS)),
    ):
        one = _mailbox(properties, name, numbers)
        if one.name or one.address:
            return one
    return None


def _mailbox(properties: Properties, name: int, numbers: tuple[int, ...]) -> Mailbox:
    """Return a name with the first address that is one of the internet, not of a directory."""
    addresses = (one_line(properties.text(number), _ADDRESS_CHARACTERS) for number in numbers)
    address = next((one.strip("'<> ") for one in addresses if "@" in one), "")
    shown = one_line(properties.text(name), _ADDRESS_CHARACTERS)
    if len(shown) > 1 and shown[0] == shown[-1] and shown[0] in "'\"":
        shown = shown[1:-1].strip()
    return Mailbox("" if shown.lower() == address.lower() else shown, address)


def _better(sent_with: Mailbox | None, kept: Mailbox | None) -> Mailbox | None:
    """Prefer the header that the message was sent with, unless it has no address."""
    if sent_with is None or (kept is not None and kept.address and not sent_with.address):
        return kept
    return sent_with


def shown_header(header: NativeMessage) -> list[tuple[str, str]]:
    """Return the header's lines as a reader sees them: label and value, those that say anything."""
    lines = [
        ("From", written((header.sender,)) if header.sender else ""),
        ("Sent", header.sent_as_written),
        ("To", written(header.to)),
        ("Cc", written(header.cc)),
        ("Bcc", written(header.bcc)),
        ("Subject", header.subject),
    ]
    return [(label, value) for label, value in lines if value]

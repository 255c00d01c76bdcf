"""E-mails as files (message/rfc822): the header that a reader sees, and the body.

The text begins with the header's lines, so that an e-mail reads as if it were printed. Attachments
are not read, and the page says so, because nothing may go unread without a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import Any

from recordsearch.errors import UnreadableError
from recordsearch.extract.clean import clean
from recordsearch.extract.decode import decode
from recordsearch.extract.html import decode_html, html_to_text
from recordsearch.extract.plain import check_file, read_bytes
from recordsearch.records import Adapter, Method, Page

ADAPTER = Adapter("email", "2")

BYTES = 256 * 1024 * 1024
PARTS = 2_000
DEPTH = 50
_HEADERS = (("From", "From"), ("Date", "Sent"), ("To", "To"), ("Cc", "Cc"), ("Subject", "Subject"))
_HEADER_CHARACTERS = 20_000
_NAME_CHARACTERS = 200
_NAMES = 100


def count_pages(path: str) -> int:
    """Return 1, the pages of an e-mail.

    :raises UnreadableError: the file cannot be opened, is empty, or too large.
    """
    check_file(path, BYTES)
    return 1


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield the one page that an e-mail is.

    :raises UnreadableError: the file cannot be opened, is empty, too large, or no e-mail at all.
    """
    data = read_bytes(path, BYTES)
    if not first <= 1 <= last:
        return
    message = _parse(data)
    shown = _Shown()
    _walk(message, shown, 0)
    header = [f"{label}: {value}" for name, label in _HEADERS if (value := _header(message, name))]
    if shown.names:
        header.append(f"Attachments: {'; '.join(shown.names[:_NAMES])}")
    text = clean("\n".join(header) + "\n\n" + clean("\n\n".join(shown.texts)))
    poor, mend = _left_out(shown)
    yield Page(
        number=1,
        text=text,
        method=Method.TEXT if text else Method.BLANK,
        adapter=ADAPTER,
        reason="header and body of an e-mail",
        poor=poor,
        mend=mend,
    )


@dataclass(slots=True)
class _Shown:
    """What a reader sees of a message: its texts and its attachments' names, as they come up.

    ``parts`` counts those looked at; ``cut`` tells that there were too many, or nested too deep.
    """

    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    parts: int = 0
    cut: bool = False


def _left_out(shown: _Shown) -> tuple[str, str]:
    """Return what of a message was not read and what to do, or two empty texts."""
    causes = []
    if shown.names:
        more = len(shown.names) - _NAMES
        told = ", ".join(shown.names[:_NAMES]) + (f" and {more} more" if more > 0 else "")
        causes.append(f"attachments were not read: {told}")
    if shown.cut:
        causes.append(f"the message has more than {PARTS:,} parts, or parts in parts too deep")
    mend = "save the attachments beside the e-mail and index them"
    return "; ".join(causes), mend if causes else ""


def _parse(data: bytes) -> Message:
    try:
        return BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    except Exception:  # the parser of modern headers is known to fail on broken ones
        try:
            return BytesParser(Message, policy=policy.compat32).parsebytes(data)
        except Exception as error:
            raise UnreadableError(
                "extract",
                f"the e-mail cannot be taken apart ({type(error).__name__})",
                "open it in a mail program and save it again",
            ) from error


def _header(message: Message, name: str) -> str:
    """Return a header's value on one line, decoded as far as it can be."""
    try:
        values = message.get_all(name, [])
    except Exception:  # a header that the parser cannot take apart is shown as it stands
        values = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    text = ", ".join(_decoded(value) for value in values[:20])
    return " ".join(clean(text[:_HEADER_CHARACTERS]).split())


def _decoded(value: Any) -> str:
    text = str(value)
    if any("\udc80" <= character <= "\udcff" for character in text[:_HEADER_CHARACTERS]):
        # Raw bytes in a header, against the rules: the parser keeps them as surrogates.
        return decode(text.encode("utf-8", "surrogateescape"))
    return text


def _walk(part: Message, shown: _Shown, depth: int) -> None:
    """Take what is shown of a part and of the parts in it, in their order.

    Of alternatives the plain text is shown, or the HTML where there is none (RFC 2046, 5.1.4); all
    other parts are shown one after the other. A forwarded message counts as an attachment.
    """
    shown.parts += 1
    if shown.parts > PARTS or depth > DEPTH:
        shown.cut = True
        return
    inner = part.get_payload()
    if part.get_content_maintype() == "multipart" and isinstance(inner, list):
        parts = [one for one in inner if isinstance(one, Message)]
        if part.get_content_type() == "multipart/alternative":
            _walk_alternatives(parts, shown, depth)
            return
        for one in parts:
            _walk(one, shown, depth + 1)
        return
    kind = part.get_content_type()
    name = _name(part)
    if kind not in ("text/plain", "text/html") or _is_attachment(part, name):
        if name or kind != "text/plain":
            shown.names.append(name or f"unnamed {kind}")
    elif kind == "text/plain":
        shown.texts.append(_text(part))
    else:
        shown.texts.append(html_to_text(decode_html(*_payload(part))))


def _walk_alternatives(parts: list[Message], shown: _Shown, depth: int) -> None:
    """Show the plain alternative if it has text, else the others; attachments count in any case."""
    readings = []
    for one in parts:
        reading = _Shown(parts=shown.parts)
        _walk(one, reading, depth + 1)
        shown.parts, shown.cut = reading.parts, shown.cut or reading.cut
        shown.names.extend(reading.names)
        if any(text.strip() for text in reading.texts):
            readings.append((one.get_content_type() != "text/plain", reading.texts))
    if readings:
        shown.texts.extend(min(readings, key=lambda reading: reading[0])[1])


def _is_attachment(part: Message, name: str) -> bool:
    try:
        disposition = str(part.get("Content-Disposition", "")).lower()
    except Exception:  # an unreadable disposition: the name decides
        disposition = ""
    return disposition.startswith("attachment") or bool(name)


def _name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
        if not name and part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            subject = _header(first, "Subject") if isinstance(first, Message) else ""
            name = f"{subject or 'message'}.eml"
    except Exception:  # broken parameters: the attachment is still counted
        name = "unnamed"
    return " ".join(clean(str(name)).split())[:_NAME_CHARACTERS]


def _payload(part: Message) -> tuple[bytes, str]:
    """Return a part's bytes, and the charset that it names."""
    try:
        data = part.get_payload(decode=True)
    except Exception:  # a transfer encoding that cannot be undone
        data = None
    if not isinstance(data, bytes):
        data = str(part.get_payload()).encode("utf-8", "surrogateescape")
    try:
        charset = part.get_content_charset() or ""
    except Exception:  # an unreadable content type: the bytes are asked
        charset = ""
    return data, charset


def _text(part: Message) -> str:
    return decode(*_payload(part))

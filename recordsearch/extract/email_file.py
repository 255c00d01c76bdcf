"""E-mails as files (message/rfc822): the header that a reader sees, and the body.

The text begins with the header's lines, so that an e-mail reads as if it were printed. Attachments
are not read, and the page says so, because nothing may go unread without a word.
"""

from collections.abc import Iterator
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

ADAPTER = Adapter("email", "1")

BYTES = 256 * 1024 * 1024
PARTS = 2_000
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
    body, names = _body_and_attachments(message)
    header = [f"{label}: {value}" for name, label in _HEADERS if (value := _header(message, name))]
    if names:
        header.append(f"Attachments: {'; '.join(names)}")
    text = clean("\n".join(header) + "\n\n" + clean(body))
    yield Page(
        number=1,
        text=text,
        method=Method.TEXT if text else Method.BLANK,
        adapter=ADAPTER,
        reason="header and body of an e-mail",
        poor=f"attachments were not read: {', '.join(names)}" if names else "",
        mend="save the attachments beside the e-mail and index them" if names else "",
    )


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


def _body_and_attachments(message: Message) -> tuple[str, list[str]]:
    """Return the text that is shown, plain text before HTML, and the attachments' names."""
    plain: list[str] = []
    marked: list[str] = []
    names: list[str] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        name = _name(part)
        if kind not in ("text/plain", "text/html") or _is_attachment(part, name):
            if name or kind != "text/plain":
                names.append(name or f"unnamed {kind}")
        elif kind == "text/plain":
            plain.append(_text(part))
        else:
            marked.append(html_to_text(decode_html(*_payload(part))))
    shown = plain if any(text.strip() for text in plain) else marked
    return "\n\n".join(shown), names[:_NAMES]


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold no others; a forwarded message is an attachment, not walked."""
    waiting = [message]
    for _ in range(PARTS):
        if not waiting:
            return
        part = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting += [one for one in reversed(list(inner)) if isinstance(one, Message)]
        else:
            yield part


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

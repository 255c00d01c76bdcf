"""E-mails as files (message/rfc822): the header that a reader sees, and the body.

The text begins with the header's lines, so that an e-mail reads as if it were printed. What is
attached is named there and read as documents of their own.
"""

from collections.abc import Iterator, Sequence

from recordsearch.errors import UnreadableError
from recordsearch.extract.clean import clean
from recordsearch.extract.decode import decode_doubting
from recordsearch.extract.html import decode_html, html_to_text
from recordsearch.extract.plain import check_file, read_bytes
from recordsearch.mime.addresses import mailboxes, written
from recordsearch.mime.compose import readable_body
from recordsearch.mime.header import Header, decode_words
from recordsearch.mime.mail import Attached, Mail, look
from recordsearch.mime.message import NativeMessage, from_header
from recordsearch.mime.outlook import OutlookMessage
from recordsearch.mime.parts import Part, charset, payload
from recordsearch.mime.tnef import parse
from recordsearch.records import Adapter, Method, Page

ADAPTER = Adapter("email", "4")

BYTES = 256 * 1024 * 1024
_HEADERS = (("from", "From"), ("date", "Sent"), ("to", "To"), ("cc", "Cc"), ("subject", "Subject"))
_ADDRESSES = frozenset({"from", "to", "cc"})
_HEADER_CHARACTERS = 20_000
_NAMES = 100


def count_pages(path: str) -> int:
    """Return 1, the pages of an e-mail.

    :raises UnreadableError: the file cannot be opened, is empty, or too large.
    """
    check_file(path, BYTES)
    return 1


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield the one page that an e-mail is.

    :raises UnreadableError: the file cannot be opened, is empty, or too large.
    """
    data = read_bytes(path, BYTES)
    if not first <= 1 <= last:
        return
    mail = look(data)
    body, missing = _body(data, mail)
    lines = [(label, _shown(mail.header, name)) for name, label in _HEADERS]
    lines.insert(1, ("Sender", _sent_for(mail.header)))
    yield as_page(
        lines,
        attachment_names(data, mail.attached),
        body,
        ADAPTER,
        "header and body of an e-mail",
        "; ".join(one for one in (mail.cut, missing) if one),
    )


def native_message(path: str) -> NativeMessage:
    """Return what the header of the e-mail at ``path`` says.

    :raises UnreadableError: the file cannot be opened, is empty, or too large.
    """
    data = read_bytes(path, BYTES)
    mail = look(data)
    return from_header(mail.header, attachment_names(data, mail.attached))


def as_page(
    lines: Sequence[tuple[str, str]],
    attachments: Sequence[str],
    body: str,
    adapter: Adapter,
    reason: str,
    cut: str,
) -> Page:
    """Make the page of a message from its header's labels and values, and its body."""
    header = [f"{label}: {value[:_HEADER_CHARACTERS]}" for label, value in lines if value]
    if attachments:
        more = f"; and {len(attachments) - _NAMES} more" if len(attachments) > _NAMES else ""
        header.append(f"Attachments: {'; '.join(attachments[:_NAMES])}{more}")
    text = clean("\n".join(header) + "\n\n" + clean(body))
    return Page(
        number=1,
        text=text,
        method=Method.TEXT if text else Method.BLANK,
        adapter=adapter,
        reason=reason,
        poor=cut,
        mend="open it in a mail program and save what is missing as files" if cut else "",
    )


def text_of(kind: str, data: bytes, named: str) -> tuple[str, str]:
    """Return a body's text from its media type, its bytes and the charset that it names.

    With it comes why the text may be wrong, or an empty text.
    """
    if kind == "text/html":
        doubt = decode_doubting(data, named)[1] if named and not data.isascii() else ""
        return html_to_text(decode_html(data, named)), doubt
    return decode_doubting(data, named)


def attachment_names(data: bytes, attached: Sequence[Attached]) -> tuple[str, ...]:
    """Return the names of what is attached; of a winmail.dat, of what is packed in it."""
    names: list[str] = []
    for one in attached:
        packed = _unpack(data, one)
        if packed is None:
            names.append(one.name or f"unnamed {one.part.kind}")
        else:
            names.extend(inner.name or "unnamed" for inner in packed.attachments)
    return tuple(names)


def _unpack(data: bytes, one: Attached) -> OutlookMessage | None:
    if not one.is_tnef:
        return None
    try:
        return parse(payload(data, one.part))
    except UnreadableError:
        return None


def _body(data: bytes, mail: Mail) -> tuple[str, str]:
    """Return the text, or a winmail.dat's where there is none, and why it is missing or wrong."""
    told = [_text(data, part) for part in mail.texts]
    body = "\n\n".join(text for text, _ in told)
    for one in mail.attached if not body.strip() else ():
        packed = _unpack(data, one)
        if packed is not None:
            inner, missing = readable_body(packed)
            text, doubt = text_of(inner.kind, inner.data, inner.charset)
            return text, "; ".join(cause for cause in (packed.cut, missing, doubt) if cause)
    return body, "; ".join(dict.fromkeys(doubt for _, doubt in told if doubt))


def _text(data: bytes, part: Part) -> tuple[str, str]:
    kind = "text/html" if part.kind == "text/html" else "text/plain"
    text, doubt = text_of(kind, payload(data, part), charset(part))
    return clean(text), doubt


def _shown(header: Header, name: str) -> str:
    """Return a header's value on one line, decoded as far as it can be."""
    if name in _ADDRESSES:
        named = clean(written(mailboxes(header.joined(name))))
        if named:
            return named
    return " ".join(clean(decode_words(header.raw(name))).split())


def _sent_for(header: Header) -> str:
    """Return who sent it for those in From, if that is somebody else (RFC 5322, 3.6.2)."""
    authors = {one.address.lower() for one in mailboxes(header.joined("from"))}
    senders = [
        one for one in mailboxes(header.joined("sender")) if one.address.lower() not in authors
    ]
    return clean(written(senders)) if authors else ""

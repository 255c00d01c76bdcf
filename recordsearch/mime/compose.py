"""Write a message that Outlook keeps as an e-mail file, so that it is a document like any other.

The same message gives the same bytes at any time: nothing is taken from the clock or by chance.
"""

import hashlib
from base64 import encodebytes
from collections.abc import Sequence

from recordsearch.contents import Mailbox
from recordsearch.errors import UnreadableError
from recordsearch.mime.outlook import Body, OutlookAttachment, OutlookMessage, body_of, header_of
from recordsearch.mime.rtf import decompress, read_rtf

BYTES = 1 << 30
DEPTH = 8


def compose(message: OutlookMessage, depth: int = 0) -> bytes:
    """Return ``message`` as the bytes of an e-mail (RFC 5322) with its attachments.

    :raises UnreadableError: it would be larger than ``BYTES``, is nested too deep, or damaged.
    """
    if depth > DEPTH:
        raise UnreadableError("extract", f"messages are nested more than {DEPTH} deep")
    body, missing = readable_body(message)
    if missing:
        # An e-mail file has no other place to say so.
        body = Body("text/plain", f"[{missing}]".encode(), "utf-8")
    parts = [_text_part(body)]
    size = len(body.data)
    for one in message.attachments:
        part = _attached_part(one, depth)
        size += len(part)
        if size > BYTES:
            raise UnreadableError("extract", f"the message is larger than {BYTES:,} bytes")
        parts.append(part)
    header = _header(message)
    if len(parts) == 1:
        return header + parts[0]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    boundary = digest.hexdigest().encode()  # cannot stand in what it is the hash of
    mixed = b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n\r\n'
    inside = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return header + mixed + inside + b"--" + boundary + b"--\r\n"


def readable_body(message: OutlookMessage) -> tuple[Body, str]:
    """Return a message's text, RTF turned into the plain text or HTML that is in it.

    With it comes why the text is missing, or an empty text.
    """
    body = body_of(message)
    if body.kind != "text/rtf":
        return body, ""
    if not body.data:
        return Body("text/plain", b"", "utf-8"), ""
    try:
        text, kind = read_rtf(decompress(body.data))
    except ValueError:
        return Body("text/plain", b"", "utf-8"), "the message's text is damaged"
    return Body(kind, text.encode("utf-8", "replace"), "utf-8"), ""


def _header(message: OutlookMessage) -> bytes:
    header = header_of(message)
    lines = [
        ("From", _quoted((header.sender,)) if header.sender else ""),
        ("Date", header.sent_as_written),
        ("To", _quoted(header.to)),
        ("Cc", _quoted(header.cc)),
        ("Bcc", _quoted(header.bcc)),
        ("Subject", header.subject),
        ("Message-ID", f"<{header.message_id}>" if header.message_id else ""),
        ("In-Reply-To", f"<{header.in_reply_to}>" if header.in_reply_to else ""),
        ("References", " ".join(f"<{one}>" for one in header.references)),
        ("MIME-Version", "1.0"),
    ]
    return "".join(f"{name}: {value}\r\n" for name, value in lines if value).encode(
        "utf-8", "replace"
    )


def _quoted(addresses: Sequence[Mailbox]) -> str:
    """Write mailboxes so that a comma in a name does not part it."""
    out = []
    for one in addresses:
        name = one.name.replace('"', "'").replace("\\", "/")
        address = f"<{one.address}>" if one.address else ""
        out.append(f'"{name}" {address}'.strip() if name else address)
    return ", ".join(out)


def _text_part(body: Body) -> bytes:
    named = f'; charset="{body.charset}"' if body.charset else ""
    head = f"Content-Type: {body.kind}{named}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + encodebytes(body.data)


def _attached_part(one: OutlookAttachment, depth: int) -> bytes:
    name = one.name.replace("\\", "_").replace('"', "'")
    disposition = f'Content-Disposition: attachment; filename="{name}"\r\n' if name else ""
    if one.message is not None:
        head = f"Content-Type: message/rfc822\r\n{disposition}\r\n"
        return head.encode("utf-8", "replace") + compose(one.message(), depth + 1)
    head = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
    return f"{head}{disposition}\r\n".encode("utf-8", "replace") + encodebytes(one.read())

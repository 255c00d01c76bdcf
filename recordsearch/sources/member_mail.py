"""The attachments of an e-mail file, also those that Outlook packed into a winmail.dat."""

import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager

from recordsearch.errors import UnreadableError
from recordsearch.mime.header import Buffer, read_header
from recordsearch.mime.mail import Attached, look
from recordsearch.mime.parts import PARTS, payload
from recordsearch.mime.tnef import parse
from recordsearch.records import MediaType
from recordsearch.sources.detect import HEAD_BYTES, detect_type
from recordsearch.sources.member_outlook import of_message, read_attachment
from recordsearch.sources.member_types import (
    MEMBER_BYTES,
    Member,
    MemberList,
    gone,
    listing,
    too_large,
)

_IN_TNEF = "/"
_WORTH_A_HEADER = frozenset(
    {"from", "to", "cc", "date", "subject", "sender", "received", "message-id", "content-type"}
)


def list_mail(path: str) -> MemberList:
    """List what is attached to the e-mail at ``path``.

    :raises UnreadableError: it cannot be opened.
    """
    with opened(path) as data:
        mail = look(data)
        causes = [mail.cut] if mail.cut else []
        found: list[tuple[Member, str]] = []
        for one in mail.attached:
            packed = _packed(data, one) if one.is_tnef and not one.passed_over else None
            if packed is None:
                name = one.name or f"part {one.part.path or '1'} ({one.part.kind})"
                member = Member(name, one.part.path or "0", one.size)
                found.append((member, one.passed_over))
            else:
                members, cut = packed
                found.extend(members)
                causes.extend([cut] if cut else [])
    return listing(found, "; ".join(causes), PARTS)


def read_mail(path: str, locator: str) -> bytes:
    """Return the bytes of what is attached at ``locator``.

    :raises UnreadableError: there is nothing, it is too large, or the e-mail cannot be opened.
    """
    place, inside, inner = locator.partition(_IN_TNEF)
    with opened(path) as data:
        for one in look(data).attached:
            if (one.part.path or "0") == place:
                break
        else:
            raise gone(locator)
        if one.part.end - one.part.start > 2 * MEMBER_BYTES:
            raise too_large(one.part.end - one.part.start)
        content = payload(data, one.part)
    if inside:
        return read_attachment(parse(content), inner)
    return as_mail(content) if one.part.kind.startswith("message/") else content


def as_mail(content: bytes) -> bytes:
    """Return a message so that its content says that it is one, even with a bare header.

    Its bytes stay as they are but for one header line before them where nothing else tells.
    """
    try:
        if detect_type(content[:HEAD_BYTES]) is not MediaType.TEXT:
            return content
    except UnreadableError:
        return content
    header, _ = read_header(content, 0, min(len(content), HEAD_BYTES))
    return b"MIME-Version: 1.0\r\n" + content if _WORTH_A_HEADER & set(header.fields) else content


def _packed(data: Buffer, one: Attached) -> tuple[list[tuple[Member, str]], str] | None:
    try:
        message = parse(payload(data, one.part))
    except UnreadableError:
        return None  # listed as it stands, so that the problem is told when it is read
    before = f"{one.part.path or '0'}{_IN_TNEF}"
    return list(of_message(message, before)), message.cut


@contextmanager
def opened(path: str) -> Iterator[Buffer]:
    """Give a file's bytes without reading them all into memory.

    :raises UnreadableError: it cannot be opened.
    """
    try:
        with open(path, "rb") as file:
            if not os.fstat(file.fileno()).st_size:
                yield b""
                return
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield data
    except (OSError, ValueError) as error:
        raise UnreadableError("open", f"cannot be opened: {error}") from error

"""The attachments of a message that Outlook keeps: in an msg, or packed into a winmail.dat."""

from collections.abc import Iterator
from dataclasses import replace

from recordsearch.errors import UnreadableError
from recordsearch.mime import msg, tnef
from recordsearch.mime.compose import compose, readable_body
from recordsearch.mime.outlook import OutlookMessage, header_of
from recordsearch.sources.member_types import (
    MEMBER_BYTES,
    Member,
    MemberList,
    gone,
    listing,
    too_large,
)

_BODY = "body"


def list_msg(path: str) -> MemberList:
    """List what is attached to the Outlook message at ``path``.

    :raises UnreadableError: it cannot be opened.
    """
    with msg.opened(path) as message:
        return listing(list(of_message(message)), message.cut, msg.ATTACHMENTS)


def read_msg(path: str, locator: str) -> bytes:
    """Return the bytes of what is attached at ``locator``; a message becomes an e-mail file.

    :raises UnreadableError: there is nothing, it is too large, or it cannot be read.
    """
    with msg.opened(path) as message:
        return read_attachment(message, locator)


def list_tnef(path: str) -> MemberList:
    """List what is packed into the winmail.dat at ``path``: its text, if any, and attachments.

    :raises UnreadableError: it cannot be opened or is damaged.
    """
    message = tnef.parse(_content(path))
    found = list(of_message(message))
    body, missing = readable_body(message)
    if body.data.strip() or missing:
        subject = header_of(message).subject
        found.insert(0, (Member(f"{subject or 'message'}.eml", _BODY, None), ""))
    return listing(found, message.cut, tnef.ATTACHMENTS)


def read_tnef(path: str, locator: str) -> bytes:
    """Return the bytes of what is packed at ``locator``; the text comes as an e-mail file.

    :raises UnreadableError: there is nothing, it is too large, or it cannot be read.
    """
    message = tnef.parse(_content(path))
    if locator == _BODY:
        return compose(replace(message, attachments=()))
    return read_attachment(message, locator)


def of_message(message: OutlookMessage, before: str = "") -> Iterator[tuple[Member, str]]:
    """Yield a message's attachments, each with why it is passed over or an empty text.

    Their locators are their places from 1, with ``before`` in front.
    """
    for number, one in enumerate(message.attachments, 1):
        size = one.size if one.message is None else None
        name = one.name or ("message.eml" if one.message is not None else f"attachment {number}")
        yield Member(name, f"{before}{number}", size), one.passed_over


def read_attachment(message: OutlookMessage, locator: str) -> bytes:
    """Return the bytes of a message's attachment by its place from 1.

    :raises UnreadableError: there is none, it is too large, or it cannot be read.
    """
    number = int(locator) if locator.isdecimal() and len(locator) < 6 else 0
    if not 1 <= number <= len(message.attachments):
        raise gone(locator)
    one = message.attachments[number - 1]
    if one.size > MEMBER_BYTES:
        raise too_large(one.size)
    return one.read() if one.message is None else compose(one.message(), 1)


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            content = file.read(MEMBER_BYTES + 1)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    if len(content) > MEMBER_BYTES:
        raise too_large(len(content))
    return content

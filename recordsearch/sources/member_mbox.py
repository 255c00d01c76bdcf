"""The messages of a mailbox file, mbox (RFC 4155), in the variants that programs write.

A message begins with a line ``From``, a sender and a time, after an empty line. What else looks so
is text: mboxo and mboxrd put ``>`` before such lines, which is taken off again; mboxcl and mboxcl2
give the length in a header line instead, which is followed where it leads to a beginning.

The file is read as a stream, so that its size does not matter; a message is found by its offset.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from recordsearch.errors import UnreadableError
from recordsearch.mime.header import Header, read_header
from recordsearch.mime.names import one_line
from recordsearch.sources.member_mail import as_mail
from recordsearch.sources.member_types import (
    MEMBER_BYTES,
    MESSAGES,
    Member,
    MemberList,
    gone,
    listing,
    too_large,
)

_CHUNK = 4 << 20
_LINE = 1_000
_MARK = b"\nFrom "
_HEAD = 65_536
_MONTH = re.compile(rb" (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ ,]", re.IGNORECASE)
_CLOCK = re.compile(rb" \d{1,2}:\d\d")
_YEAR = re.compile(rb"\b(?:19|20)\d\d\b")
_FIELD = re.compile(rb">?[!-9;-~]{1,100}[ \t]{0,5}:|>From ")
_QUOTED = re.compile(rb"^>(?=>{0,20}From )", re.MULTILINE)
_LENGTH = re.compile(r"\d{1,15}")
_SUBJECT_CHARACTERS = 120


def list_mbox(path: str) -> MemberList:
    """List a mailbox's messages, named by number and subject.

    :raises UnreadableError: it cannot be opened.
    """
    try:
        with open(path, "rb") as file:
            return listing(_members(file), "", MESSAGES, "messages")
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error


def read_mbox(path: str, locator: str) -> bytes:
    """Return a message's bytes without the line that parts it from the one before.

    :raises UnreadableError: there is none, it is too large, or the file cannot be opened.
    """
    offset, _, length = locator.partition("+")
    if not (_LENGTH.fullmatch(offset) and _LENGTH.fullmatch(length)):
        raise gone(locator)
    if int(length) > MEMBER_BYTES:
        raise too_large(int(length))
    try:
        with open(path, "rb") as file:
            file.seek(int(offset))
            content = file.read(int(length))
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    if len(content) < int(length):
        raise gone(locator)
    if content.startswith(b"From "):
        content = content.partition(b"\n")[2]
    return as_mail(_QUOTED.sub(b"", content))


def _members(file: BinaryIO) -> Iterator[tuple[Member, str]]:
    for number, (start, end, header) in enumerate(_messages(file), 1):
        subject = one_line(header.text("subject"), _SUBJECT_CHARACTERS).replace("/", "-")
        name = f"message {number} {subject}".rstrip() + ".eml"
        yield Member(name, f"{start}+{end - start}", end - start), ""


def _messages(file: BinaryIO) -> Iterator[tuple[int, int, Header]]:
    """Yield each message's range, with its first line, and its header."""
    begins = _begins(file)
    size = file.seek(0, 2)
    start = next(begins, None)
    while start is not None:
        following = next(begins, None)
        head = _read_at(file, start, min(_HEAD, (following or size) - start))
        header, body = read_header(head, 0, len(head))
        told = _told_end(file, header, start + body, size)
        while following is not None and told is not None and following < told:
            following = next(begins, None)
        yield start, size if following is None else following, header
        start = following


def _told_end(file: BinaryIO, header: Header, body: int, size: int) -> int | None:
    """Return where the header says that the message ends, if a beginning or the end is there."""
    told = header.raw("content-length").strip()
    if not _LENGTH.fullmatch(told) or body + int(told) > size:
        return None
    end = body + int(told)
    after = _read_at(file, end, _LINE).lstrip(b"\r\n")
    return end if not after or _parts(after) else None


def _begins(file: BinaryIO) -> Iterator[int]:
    """Yield the offsets of the lines that a message begins with."""
    head = _read_at(file, 0, 2 * _LINE)
    mark = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    if head.startswith(b"From ", mark):
        yield mark
    position = overlap = 0
    while True:
        chunk = _read_at(file, position, _CHUNK)
        last = len(chunk) < _CHUNK
        # A beginning is looked at with the lines after it, so those at the end wait.
        limit = len(chunk) if last else len(chunk) - 2 * _LINE
        found = chunk.find(_MARK, overlap, limit)
        while found >= 0:
            if _is_begin(chunk, found + 1, at_start=position == 0):
                yield position + found + 1
            found = chunk.find(_MARK, found + 1, limit)
        if last:
            return
        overlap = 16  # for the line ends before a beginning
        position += limit - len(_MARK) + 1 - overlap


def _read_at(file: BinaryIO, position: int, size: int) -> bytes:
    file.seek(position)
    return file.read(size)


def _is_begin(chunk: bytes, place: int, *, at_start: bool) -> bool:
    """Tell whether a message begins at ``place``: after an empty line, or before a field."""
    before = chunk[max(0, place - 4) : place]
    empty = before.endswith((b"\n\n", b"\n\r\n")) or (at_start and not before.strip(b"\r\n"))
    if not _parts(chunk[place : place + _LINE]):
        return False
    after = chunk[place : place + 2 * _LINE].partition(b"\n")[2]
    return bool(_FIELD.match(after)) or (empty and after[:1] in b"\r\n")


def _parts(text: bytes) -> bool:
    """Tell whether a text begins with a line ``From``, a sender and a time."""
    line = text[:_LINE].partition(b"\n")[0]
    return bool(
        line.startswith(b"From ")
        and _CLOCK.search(line)
        and _YEAR.search(line)
        and _MONTH.search(line)
    )

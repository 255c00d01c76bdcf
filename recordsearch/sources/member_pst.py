"""The messages of Outlook's mail stores, pst and ost, with the optional library libpff."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from recordsearch.errors import UnreadableError
from recordsearch.mime import properties as of
from recordsearch.mime.compose import compose
from recordsearch.mime.names import one_line
from recordsearch.mime.outlook import OutlookAttachment, OutlookMessage, attachment
from recordsearch.mime.properties import Properties, Value, charset_of
from recordsearch.sources.member_types import (
    DEPTH,
    MEMBER_BYTES,
    MESSAGES,
    Member,
    MemberList,
    gone,
    listing,
)

_FOLDERS = 10_000
_FOLDER_DEPTH = 50
_ENTRIES = 20_000
_ATTACHMENTS = 2_000
_RECIPIENTS = 2_000
_SUBJECT_CHARACTERS = 120
_MEND = "export its messages from Outlook as .msg or .eml and index those"


def list_pst(path: str) -> MemberList:
    """List the messages of the mail store at ``path``, named by folder and subject.

    :raises UnreadableError: libpff is not installed, or the store cannot be read.
    """
    with _opened(path) as store:
        return listing(list(_members(store)), "", MESSAGES, "messages")


def read_pst(path: str, locator: str) -> bytes:
    """Return a message as the bytes of an e-mail file.

    :raises UnreadableError: libpff is not installed, there is no such message, or it is damaged.
    """
    with _opened(path) as store:
        return compose(_message(_find(store, locator), 0, locator))


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    try:
        import pypff
    except ImportError as error:
        raise UnreadableError(
            "open",
            "an Outlook mail store (pst), which needs an optional library",
            "install what reads it: pip install libpff-python, and index it again",
        ) from error
    store = pypff.file()
    try:
        store.open(path)
        yield store
    except UnreadableError:
        raise
    except Exception as error:  # the library raises all kinds on damaged stores
        cause = f"the Outlook mail store is damaged or encrypted ({type(error).__name__})"
        raise UnreadableError("extract", cause, _MEND) from error
    finally:
        with contextlib.suppress(OSError):  # one that was never opened cannot be closed
            store.close()


def _members(store: Any) -> Iterator[tuple[Member, str]]:
    folders: list[tuple[Any, str, str, int]] = [(store.get_root_folder(), "", "", 0)]
    seen = 0
    while folders and seen < _FOLDERS:
        folder, place, name, depth = folders.pop()
        seen += 1
        for number in range(folder.number_of_sub_messages):
            locator = f"{place}m{number}"
            try:
                subject = folder.get_sub_message(number).subject or ""
            except OSError:
                subject = ""
            shown = one_line(subject, _SUBJECT_CHARACTERS).replace("/", "-")
            yield Member(f"{name}message {number + 1} {shown}".rstrip() + ".eml", locator, None), ""
        if depth < _FOLDER_DEPTH:
            inner = []
            for number in range(min(folder.number_of_sub_folders, _FOLDERS)):
                one = folder.get_sub_folder(number)
                label = one_line(one.name or "folder").replace("/", "-")
                inner.append((one, f"{place}{number}.", f"{name}{label}/", depth + 1))
            folders.extend(reversed(inner))


def _find(store: Any, locator: str) -> Any:
    *folders, last = locator.split(".")
    if not last.startswith("m") or not all(one.isdecimal() for one in (*folders, last[1:])):
        raise gone(locator)
    folder = store.get_root_folder()
    for one in folders[:_FOLDER_DEPTH]:
        if int(one) >= folder.number_of_sub_folders:
            raise gone(locator)
        folder = folder.get_sub_folder(int(one))
    if int(last[1:]) >= folder.number_of_sub_messages:
        raise gone(locator)
    return folder.get_sub_message(int(last[1:]))


def _message(item: Any, depth: int, locator: str) -> OutlookMessage:
    if depth > DEPTH:
        raise UnreadableError("extract", f"messages are nested more than {DEPTH} deep", _MEND)
    values = _values(item, 0)
    charset = charset_of(values)
    table = item.recipients
    people = range(min(table.number_of_record_sets, _RECIPIENTS) if table is not None else 0)
    recipients = [Properties(_values(table, number), charset) for number in people]
    count = item.number_of_attachments if of.MESSAGE_CLASS in values else 0
    attachments = tuple(
        _attachment(item.get_attachment(number), charset, depth, locator)
        for number in range(min(count, _ATTACHMENTS))
    )
    cut = f"more than {_ATTACHMENTS:,} attachments" if count > _ATTACHMENTS else ""
    return OutlookMessage(Properties(values, charset), tuple(recipients), attachments, cut)


def _attachment(item: Any, charset: str, depth: int, locator: str) -> OutlookAttachment:
    values = _values(item, 0)
    if item.number_of_sub_items:
        inner = item.get_sub_item(0)
        return attachment(
            Properties(values, charset), lambda: _message(inner, depth + 1, locator), 0
        )
    try:
        size = item.get_size()
    except OSError:
        size = 0

    def read() -> bytes:
        if size > MEMBER_BYTES:
            raise UnreadableError("extract", "an attachment is too large", _MEND)
        data: bytes = item.read_buffer(size)
        return data

    values = {**values, of.ATTACH_DATA: (of.BINARY, read)}
    return attachment(Properties(values, charset), None, size)


def _values(item: Any, number: int) -> dict[int, tuple[int, Value]]:
    """Return the properties of a record set by number; large data is left to be read later."""
    if number >= item.number_of_record_sets:
        return {}
    record = item.get_record_set(number)
    values: dict[int, tuple[int, Value]] = {}
    for place in range(min(record.number_of_entries, _ENTRIES)):
        entry = record.get_entry(place)
        if entry.entry_type == of.ATTACH_DATA:
            continue
        data = entry.data
        if entry.entry_type is not None and data is not None:
            values[entry.entry_type] = (entry.value_type, data)
    return values

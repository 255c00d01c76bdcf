"""Outlook messages as files (msg): the header that a reader sees, and the body.

Appointments, contacts, tasks and notes are kept in the same form and read by subject and body.
"""

from collections.abc import Iterator

from recordsearch.extract.email_file import BYTES, as_page, text_of
from recordsearch.extract.plain import check_file
from recordsearch.mime import msg
from recordsearch.mime.compose import readable_body
from recordsearch.mime.message import NativeMessage
from recordsearch.mime.outlook import header_of, shown_header
from recordsearch.records import Adapter, Page

ADAPTER = Adapter("msg", "2")


def count_pages(path: str) -> int:
    """Return 1, the pages of an Outlook message.

    :raises UnreadableError: the file cannot be opened, is empty, too large, or damaged.
    """
    check_file(path, BYTES)
    with msg.opened(path):
        return 1


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield the one page that an Outlook message is.

    :raises UnreadableError: the file cannot be opened, is empty, too large, or damaged.
    """
    check_file(path, BYTES)
    if not first <= 1 <= last:
        return
    with msg.opened(path) as message:
        header = header_of(message)
        body, missing = readable_body(message)
        text, doubt = text_of(body.kind, body.data, body.charset)
        cut = "; ".join(cause for cause in (message.cut, missing, doubt) if cause)
    reason = "header and body of an Outlook message"
    yield as_page(shown_header(header), header.attachments, text, ADAPTER, reason, cut)


def native_message(path: str) -> NativeMessage:
    """Return what the header of the Outlook message at ``path`` says.

    :raises UnreadableError: the file cannot be opened, is empty, too large, or damaged.
    """
    check_file(path, BYTES)
    with msg.opened(path) as message:
        return header_of(message)

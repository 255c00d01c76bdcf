"""What pages say: messages, and values with a shape. Frozen values, picklable.

What is not on the page is absent: an empty text, an empty tuple, or None. Nothing is invented.

Pages are numbered from 1. Character ranges are half open, count code points, and are places in the
document's text, which is its pages' texts joined by a form feed. Confidence is 0 to 100 and says
how far the reading of a shape can be relied on, not how well OCR read its letters.
"""

from dataclasses import dataclass
from enum import StrEnum

from recordsearch.records import Passage

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Whom a header names: the display name and the address, apart; one of them may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail as it stands at one place in a document: native, printed, or quoted in another.

    ``ordinal``      from 1, in the order in which the headers stand in the document.
    ``ranges``       the message's own text, in order; the first begins with its header. There are
                     several where its author wrote between the parts of what he quoted.
    ``body_start``   where its body begins, after the header.
    ``sent``         ISO 8601 as printed, with its offset where one is given, such as
                     ``2017-03-06T03:49:45+00:00`` or ``2017-03-06T09:53``; a date alone where no
                     time can be read; empty where no date can be read.
    ``attachments``  the names that the header lists.
    ``quoted_in``    the ordinal of the message in whose text this one stands; None for one that
                     is not quoted.
    ``message_id``, ``in_reply_to``, ``references``  without angle brackets; only in native mail.
    """

    ordinal: int
    first_page: int
    last_page: int
    ranges: tuple[Range, ...]
    body_start: int
    sender: Mailbox | None
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...]
    bcc: tuple[Mailbox, ...]
    sent: str
    sent_as_written: str
    subject: str
    attachments: tuple[str, ...]
    quoted_in: int | None
    confidence: float
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


class ValueKind(StrEnum):
    """Kinds of value with a shape, each a field of the query language."""

    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    MONEY = "money"
    CASE = "case"
    STATUTE = "statute"


@dataclass(frozen=True, slots=True)
class Value:
    """A value in the text: what kind, in its normal form, and as it is written at its place."""

    kind: ValueKind
    value: str
    text: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage, and the ordinal of the message that it is part of."""

    passage: Passage
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document's pages say.

    ``bates`` has a number, or an empty string, for each page.
    """

    bates: tuple[str, ...]
    passages: tuple[PlacedPassage, ...]
    messages: tuple[Message, ...] = ()
    values: tuple[Value, ...] = ()

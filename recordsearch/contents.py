"""What pages say: messages, letters, and values with a shape. Frozen values, picklable.

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
    ``has_header``   False for one that is known from a line such as "On … she wrote:" alone.
    ``other_authors`` those beside ``sender`` who wrote or sent it; only in native mail.
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
    has_header: bool = True
    other_authors: tuple[Mailbox, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


class LetterPart(StrEnum):
    """The parts of a letter, in the order in which they mostly stand."""

    HEAD = "head"
    """Letterhead, date, addressee, subject line and salutation."""
    BODY = "body"
    SIGNATORIES = "signatories"
    """From the closing on: those who sign, and what stands between them."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed a letter: a person, perhaps with title and group, or a group by itself.

    ``name`` is the person's, or the group's where ``is_group``; ``page`` is where it stands.
    """

    name: str
    title: str
    organisation: str
    is_group: bool
    page: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in a document.

    ``ordinal``    from 1, in the order in which the letters stand in the document.
    ``parts``      the character ranges of its parts, in order, each part one or more times.
    ``date``       ISO 8601 (``2018-06-05``), empty where none can be read.
    ``addressee``  the lines of the address, joined by a line break.
    ``subject``    the line that says what it is about, without its ``Re:``.
    ``closing``    such as ``Sincerely``, without its comma.
    """

    ordinal: int
    first_page: int
    last_page: int
    parts: tuple[tuple[LetterPart, int, int], ...]
    date: str
    date_as_written: str
    addressee: str
    salutation: str
    subject: str
    closing: str
    signatories: tuple[Signatory, ...]
    confidence: float


class ValueKind(StrEnum):
    """Kinds of value with a shape, each a field of the query language."""

    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    MONEY = "money"
    CASE = "case"
    STATUTE = "statute"
    EXEMPTION = "exemption"


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
    """A passage, and the ordinals of the message and of the letter that it is part of."""

    passage: Passage
    message: int | None = None
    letter: int | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a document's pages say.

    ``bates`` has a number, or an empty string, for each page. ``sketches`` of the bodies, and
    ``organisations`` named in the signatures, have an entry for each message. ``near`` has a sketch
    for each passage, by which near-duplicates are found, and ``near_whole`` is that of the whole;
    a text too short has an empty one. ``language`` is what most of the text is written in (ISO
    639-1), empty where that cannot be told.
    """

    bates: tuple[str, ...]
    passages: tuple[PlacedPassage, ...]
    messages: tuple[Message, ...] = ()
    sketches: tuple[tuple[int, ...], ...] = ()
    organisations: tuple[tuple[str, ...], ...] = ()
    letters: tuple[Letter, ...] = ()
    values: tuple[Value, ...] = ()
    near: tuple[bytes, ...] = ()
    near_whole: bytes = b""
    language: str = ""

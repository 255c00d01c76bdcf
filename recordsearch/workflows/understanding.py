"""From a document's pages to what they say: one pure composition, run by a worker.

The order matters: messages first, as a greeting inside an e-mail makes no letter; then letters;
then the passages, which cross neither. Values are found anywhere.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from recordsearch.contents import Letter, Message, PlacedPassage, Range, Understood
from recordsearch.mime.message import NativeMessage
from recordsearch.passages import document_text, page_starts, split_passages
from recordsearch.records import Word
from recordsearch.understand import bates, language, letters, messages, values
from recordsearch.understand.copies import body_sketch
from recordsearch.understand.mailboxes import parse_mailboxes
from recordsearch.understand.names import parse_name
from recordsearch.understand.near_sketches import SKETCH_REVISION, near_sketches
from recordsearch.understand.organisations import signature_organisations

# Raised when this file places things differently.
_REVISION = "2"

# A signature stands at a message's end, and a sketch needs no more of a body than this.
_BODY_CHARACTERS = 20_000

WordsOf = Callable[[int], Sequence[Word]]


@lru_cache(maxsize=1_000)
def version(custodian: str) -> str:
    """Name what a document is understood by: the adapters with their versions, the custodian."""
    adapters = (messages.ADAPTER, letters.ADAPTER, values.ADAPTER)
    told = " ".join(f"{adapter.name}/{adapter.version}" for adapter in adapters)
    told += f" language/{language.REVISION}"
    return f"{_REVISION} {told} near/{SKETCH_REVISION} {custodian}".rstrip()


def passages_alone(pages: Sequence[str]) -> Understood:
    """Split pages into passages and look for nothing in them."""
    passages = tuple(PlacedPassage(passage) for passage in split_passages(pages))
    written_in = language.find_language(pages).code
    return Understood(tuple(bates.find_bates(pages)), passages, language=written_in)


def understand(
    pages: Sequence[str], words_of: WordsOf, native: NativeMessage | None, custodian: str
) -> Understood:
    """Find what pages say.

    ``words_of`` gives a page's words with boxes, where it has any. ``native`` is the header of a
    document that is an e-mail itself. ``custodian`` is whose mailbox the release is, or empty.
    """
    text = document_text(pages)
    found = messages.find_messages(pages)
    if native is not None:
        found = _with_native(found, native, len(pages), len(text))
    if custodian:
        for mailbox in parse_mailboxes(custodian)[:1]:
            found = messages.attribute(found, mailbox)
    written = [
        letter
        for letter in letters.find_letters(pages, words_of)
        if _may_be_letter(letter, found, page_starts(pages))
    ]
    written = [replace(letter, ordinal=place) for place, letter in enumerate(written, 1)]
    found = [_without(message, written, text, page_starts(pages)) for message in found]
    bodies = [body_of(text, message.ranges, message.body_start) for message in found]
    passages = _placed(pages, found, written)
    near, near_whole = near_sketches(_own_texts(text, passages, found))
    return Understood(
        bates=tuple(bates.find_bates(pages)),
        passages=passages,
        messages=tuple(found),
        sketches=tuple(body_sketch(body[:_BODY_CHARACTERS]) for body in bodies),
        organisations=tuple(
            _signed_by(message, body) for message, body in zip(found, bodies, strict=True)
        ),
        letters=tuple(written),
        values=tuple(values.find_values(pages)),
        near=tuple(near),
        near_whole=near_whole,
        language=language.find_language(pages).code,
    )


def _own_texts(
    text: str, passages: Iterable[PlacedPassage], found: Iterable[Message]
) -> Iterator[str]:
    """Yield the passages' texts, without the headers of messages.

    Two short answers in one thread have most of their headers in common, and nothing else.
    """
    bodies = {message.ordinal: message.body_start for message in found}
    for placed in passages:
        start, end = placed.passage.start, placed.passage.end
        if placed.message is not None:
            start = min(max(start, bodies.get(placed.message, start)), end)
        yield text[start:end]


def body_of(text: str, ranges: Iterable[Range], body_start: int) -> str:
    """Return a message's own body: its ranges of the text, from the body's start on."""
    own = ((max(start, body_start), end) for start, end in ranges if end > body_start)
    return "\n".join(text[start:end] for start, end in own)


def _signed_by(message: Message, body: str) -> tuple[str, ...]:
    if message.sender is None:
        return ()
    return signature_organisations(body[-_BODY_CHARACTERS:], parse_name(message.sender.name))


def _with_native(
    found: Sequence[Message], native: NativeMessage, pages: int, characters: int
) -> list[Message]:
    """Let the native header speak for the message that the document is.

    Its header was written out at the top of the text, so it mostly was found there too.
    """
    at_top = bool(found) and found[0].ranges[0][0] == 0
    if at_top:
        top, quoted = found[0], list(found[1:])
    else:
        quoted = [
            replace(
                message,
                ordinal=message.ordinal + 1,
                quoted_in=1 if message.quoted_in is None else message.quoted_in + 1,
            )
            for message in found
        ]
        end = found[0].ranges[0][0] if found else characters
        top = Message(
            ordinal=1, first_page=1, last_page=pages, ranges=((0, end),), body_start=0,
            sender=None, to=(), cc=(), bcc=(), sent="", sent_as_written="", subject="",
            attachments=(), quoted_in=None, confidence=100.0,
        )  # fmt: skip
    top = replace(
        top,
        sender=native.sender,
        to=native.to,
        cc=native.cc,
        bcc=native.bcc,
        sent=native.sent,
        sent_as_written=native.sent_as_written,
        subject=native.subject,
        attachments=native.attachments,
        other_authors=native.other_authors,
        message_id=native.message_id,
        in_reply_to=native.in_reply_to,
        references=native.references,
        quoted_in=None,
        confidence=100.0,
        has_header=True,
    )
    # What stands in a native message is quoted in it, however its header looks.
    return [
        top,
        *(
            replace(message, quoted_in=1) if message.quoted_in is None else message
            for message in quoted
        ),
    ]


def _start(letter: Letter) -> int:
    return letter.parts[0][1]


def _may_be_letter(letter: Letter, found: Sequence[Message], starts: Sequence[int]) -> bool:
    """Tell a letter from an e-mail that is written like one.

    A letter that follows an e-mail, as its attachment, begins on a page of its own.
    """
    begin = _start(letter)
    for message in found:
        for start, end in message.ranges:
            if start <= begin < end:
                return bisect_right(starts, begin) > bisect_right(starts, message.body_start)
    return True


def _without(
    message: Message, written: Sequence[Letter], text: str, starts: Sequence[int]
) -> Message:
    """End a message where a letter begins that was printed behind it."""
    begins = [_start(letter) for letter in written]
    ranges = []
    for start, end in message.ranges:
        cut = min((begin for begin in begins if start < begin < end), default=end)
        ranges.append((start, start + len(text[start:cut].rstrip())))
        if cut < end:
            break
    if tuple(ranges) == message.ranges or ranges[-1][1] == message.ranges[-1][1]:
        return message
    last_page = bisect_right(starts, max(ranges[-1][1] - 1, 0))
    return replace(message, ranges=tuple(ranges), last_page=last_page)


def _placed(
    pages: Sequence[str], found: Sequence[Message], written: Sequence[Letter]
) -> tuple[PlacedPassage, ...]:
    in_messages = sorted(
        (start, end, message.ordinal) for message in found for start, end in message.ranges
    )
    in_letters = sorted(
        (start, end, letter.ordinal) for letter in written for _, start, end in letter.parts
    )
    bounds = sorted(
        {bound for start, end, _ in (*in_messages, *in_letters) for bound in (start, end)}
    )
    return tuple(
        PlacedPassage(
            passage, _holder(in_messages, passage.start), _holder(in_letters, passage.start)
        )
        for passage in split_passages(pages, bounds)
    )


def _holder(ranges: Sequence[tuple[int, int, int]], place: int) -> int | None:
    """Return the ordinal of the range that holds a place."""
    before = bisect_right(ranges, (place, float("inf"), 0)) - 1
    if before < 0 or place >= ranges[before][1]:
        return None
    return ranges[before][2]

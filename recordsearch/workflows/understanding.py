"""From a document's pages to what they say: one pure composition, run by a worker."""

from bisect import bisect_right
from collections.abc import Sequence

from recordsearch.contents import Message, PlacedPassage, Understood
from recordsearch.passages import split_passages
from recordsearch.understand import bates, messages, values
from recordsearch.understand.mailboxes import parse_mailboxes

# Raised when this file places things differently.
_REVISION = "1"


def version(custodian: str) -> str:
    """Name what a document is understood by: the adapters with their versions, the custodian."""
    told = " ".join(f"{one.name}/{one.version}" for one in (messages.ADAPTER, values.ADAPTER))
    return f"{_REVISION} {told} {custodian}".rstrip()


def passages_alone(pages: Sequence[str]) -> Understood:
    """Split pages into passages and look for nothing in them."""
    passages = tuple(PlacedPassage(passage) for passage in split_passages(pages))
    return Understood(tuple(bates.find_bates(pages)), passages)


def understand(pages: Sequence[str], custodian: str) -> Understood:
    """Find what pages say; ``custodian`` is whose mailbox the release is, or empty."""
    found = messages.find_messages(pages)
    for mailbox in parse_mailboxes(custodian)[:1]:
        found = messages.attribute(found, mailbox)
    return Understood(
        bates=tuple(bates.find_bates(pages)),
        passages=_placed(pages, found),
        messages=tuple(found),
        values=tuple(values.find_values(pages)),
    )


def _placed(pages: Sequence[str], found: Sequence[Message]) -> tuple[PlacedPassage, ...]:
    """Split pages so that no passage crosses a message's end, and say which it is part of."""
    ranges = sorted(
        (start, end, message.ordinal) for message in found for start, end in message.ranges
    )
    bounds = sorted({bound for start, end, _ in ranges for bound in (start, end)})
    return tuple(
        PlacedPassage(passage, _holder(ranges, passage.start))
        for passage in split_passages(pages, bounds)
    )


def _holder(ranges: Sequence[tuple[int, int, int]], place: int) -> int | None:
    """Return the ordinal of the range that holds a place."""
    before = bisect_right(ranges, (place, float("inf"), 0)) - 1
    if before < 0 or place >= ranges[before][1]:
        return None
    return ranges[before][2]

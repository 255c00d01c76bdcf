"""Tell which message quotes which, and whose text is whose.

Under a header block, older messages follow one below the other, each quoted by the one above it.
Where lines are quoted by ``>``, the depth of the marks tells when the author's own text goes on.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from recordsearch.contents import Range
from recordsearch.passages import PAGE_SEPARATOR
from recordsearch.understand.message_fields import Header
from recordsearch.understand.message_lines import split_line
from recordsearch.understand.message_subjects import is_reply, squeezed

_OTHER_ZONES = timedelta(hours=14)
"""How much later a quoted message may seem to be: each is printed in its own zone."""
_RESUMED_LINES = 3
"""Unmarked lines after marked ones that are the author's, not the wrapped end of a marked line."""


@dataclass(slots=True)
class Place:
    """Where a message stands: in which other (by index), and the ranges of its own text."""

    parent: int | None
    ranges: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    index: int
    depth: int


def arrange(
    document: str,
    headers: Sequence[Header],
    subjects: Sequence[str],
    others: Sequence[int] = (),
) -> list[Place]:
    """Return the place of each message, given their headers and subjects in order.

    ``others`` are where other documents begin, in order: a message goes no further, and what
    stands behind is not quoted in it.
    """
    places: list[Place] = []
    stack: list[_Open] = []
    chain: list[int] = []
    for index, header in enumerate(headers):
        while len(stack) > 1 and stack[-1].depth > header.depth:
            stack.pop()
        parent = stack[-1].index if stack else None
        if parent is None or _is_new(index, parent, chain, headers, subjects):
            parent = None
            stack.clear()
            chain.clear()
        chain.append(index)
        places.append(Place(parent))
        end = headers[index + 1].above if index + 1 < len(headers) else len(document)
        other = bisect_left(others, header.body_start)
        ended = other < len(others) and others[other] < end
        end = others[other] if ended else end
        stack.append(_Open(index, _body_depth(document, header, end)))
        _share(document, header.start, max(header.body_start, header.start), end, stack, places)
        if ended:
            stack.clear()
            chain.clear()
    return places


def _is_new(
    index: int,
    parent: int,
    chain: Sequence[int],
    headers: Sequence[Header],
    subjects: Sequence[str],
) -> bool:
    """Tell whether a header begins a message that is printed by itself, not quoted."""
    header = headers[index]
    if header.author and not header.attribution:
        return True  # webmail prints the messages of a thread one after the other
    if header.attribution or header.divided or header.depth:
        return False
    own = squeezed(subjects[index])
    recent = chain[-50:]
    shared = any(_same(own, squeezed(subjects[other])) for other in recent)
    later = _is_later(header.sent, headers[parent].sent)
    if not header.at_top:
        return later and not shared
    replied = any(is_reply(subjects[other]) for other in recent)
    again = header.sent == headers[parent].sent and subjects[index] == subjects[parent]
    # The mail program prints the message itself in one form and those it quotes in another.
    native = _has_offset(header.sent) and _has_offset(headers[chain[0]].sent)
    return native or later or again or not replied or not (shared or not own)


def _same(one: str, other: str) -> bool:
    if not one or not other:
        return False
    return one.startswith(other) or other.startswith(one) or one in other


def _has_offset(sent: str) -> bool:
    return len(sent) > 19


def _is_later(sent: str, than: str) -> bool:
    try:
        one, other = datetime.fromisoformat(sent), datetime.fromisoformat(than)
        return one.replace(tzinfo=None) - other.replace(tzinfo=None) > _OTHER_ZONES
    except (ValueError, OverflowError):
        return False


def _body_depth(document: str, header: Header, end: int) -> int:
    """Return how deep the body's lines are quoted: an attribution's are deeper than itself."""
    if not header.attribution:
        return header.depth
    for start, stop in _lines(document, header.body_start, min(end, header.body_start + 2_000)):
        depth, content = split_line(document, start, stop)
        if content < stop or depth:
            return depth if depth > header.depth else header.depth
    return header.depth


def _share(
    document: str, start: int, body: int, end: int, stack: list[_Open], places: list[Place]
) -> None:
    """Share out the text from one header to the next among its message and those above.

    Leaves on the stack those that are still open at ``end``.
    """
    begin = start
    owner = len(stack) - 1
    if stack[-1].depth > 0:
        for run in _runs(document, body, end):
            heir = next((n for n in range(len(stack) - 1, 0, -1) if stack[n].depth <= run.depth), 0)
            if heir == owner or (heir < owner and not _is_resumed(document, run)):
                continue
            _add(document, places[stack[owner].index], begin, run.start)
            begin, owner = run.start, heir
    _add(document, places[stack[owner].index], begin, end)
    del stack[owner + 1 :]


@dataclass(slots=True)
class _Run:
    """Lines that are quoted equally deep, blank ones among them."""

    start: int
    end: int
    depth: int
    lines: int = 0
    apart: bool = False
    feed: bool = False
    quoted_after: bool = False


def _runs(document: str, body: int, end: int) -> list[_Run]:
    runs: list[_Run] = []
    blank = feed = False
    for start, stop in _lines(document, body, end):
        depth, content = split_line(document, start, stop)
        if content >= stop and depth == 0:
            blank = True
        else:
            if not runs or runs[-1].depth != depth:
                if runs:
                    runs[-1].quoted_after = depth > runs[-1].depth
                    runs[-1].feed |= feed
                runs.append(_Run(start, stop, depth, apart=blank, feed=feed))
            runs[-1].lines += 1
            runs[-1].end = stop
            # A mark without text after it parts as a blank line does.
            blank = content >= stop
            feed = False
        feed = feed or document[stop : stop + 1] == PAGE_SEPARATOR
    return runs


def _is_resumed(document: str, run: _Run) -> bool:
    """Tell whether less deeply quoted lines are an author's again.

    The wrapped end of a quoted line is not, nor what is printed at a page's end.
    """
    if run.lines < _RESUMED_LINES and not run.apart:
        return False
    if run.lines <= _RESUMED_LINES and run.feed and run.quoted_after:
        return False
    words = [word for word in document[run.start : run.end][:400].split() if len(word) > 1]
    signed = run.apart and not run.quoted_after and len(words) == 1 and len(words[0]) > 2
    return len(words) > 1 or signed


def _lines(document: str, start: int, end: int) -> Iterator[Range]:
    """Yield the lines' places; a form feed ends a line too."""
    while start < end:
        stops = [
            place
            for place in (document.find("\n", start, end), document.find("\f", start, end))
            if place >= 0
        ]
        stop = min(stops, default=end)
        yield start, stop
        start = stop + 1


def _add(document: str, place: Place, start: int, end: int) -> None:
    """Add a range without the white space around it, if anything is left."""
    text = document[start:end]
    left = start + len(text) - len(text.lstrip())
    right = start + len(text.rstrip())
    if left < right:
        place.ranges.append((left, right))

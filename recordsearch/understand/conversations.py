"""Which copies are of one message, and which messages are of one conversation.

Cautious on purpose: a wrong merge puts words in someone's mouth. Two copies are of one message when
they show the same minute, the same sender and the same subject, and neither quotes the other. Two
messages are of one conversation when one is quoted in the other, or when they have the same subject
and somebody in common, and are not far apart in time.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from recordsearch.contents import Mailbox

# Days between neighbours of one conversation that do not quote each other.
_GAP_DAYS = 30
# A subject of fewer letters and digits ("FYI", "Meeting") says nothing about the conversation.
_LEAST_SUBJECT = 10

_SQUEEZE = re.compile(r"[\W_]+")
# Reply and forward marks of several languages, and the marks that gateways put before a subject.
_MARKS = re.compile(r"^\s*(?:(?:re|fw|fwd|aw|wg|tr|sv|antw)\s*[:;]|\[[^\]]{1,20}\])\s*", re.I)


@dataclass(frozen=True, slots=True)
class Copy:
    """A message as it stands at one place; ``quoted_in`` is the number of the copy that quotes it.

    ``sent`` is ISO 8601 as printed, or empty; ``confidence`` is 0 to 100.
    """

    number: int
    quoted_in: int | None
    sender: Mailbox | None
    recipients: tuple[Mailbox, ...]
    sent: str
    subject: str
    confidence: float


def likeness(copy: Copy) -> str:
    """Return what a message is known again by when all its copies were read anew.

    Its sender is no part of it: naming a custodian changes the senders.
    """
    return f"{copy.sent[:16]} {bare_subject(copy.subject)}"


def bare_subject(subject: str) -> str:
    """Return the letters and digits of a subject without its reply marks, case folded."""
    for _ in range(20):
        shorter = _MARKS.sub("", subject, count=1)
        if shorter == subject:
            break
        subject = shorter
    return _SQUEEZE.sub("", subject.casefold())


def merge_copies(copies: Sequence[Copy]) -> dict[int, int]:
    """Return for each copy the number of the best copy of the same message.

    The best is one that is not quoted, then the surest, then the first. A copy without a sender or
    a time is a message of its own.
    """
    by_number = {copy.number: copy for copy in copies}
    alike: defaultdict[tuple[str, str], list[Copy]] = defaultdict(list)
    best_of = {}
    for copy in copies:
        if len(copy.sent) >= 16 and _name(copy.sender):
            alike[likeness(copy), _name(copy.sender)].append(copy)
        else:
            best_of[copy.number] = copy.number
    for group in alike.values():
        group.sort(key=lambda copy: (copy.quoted_in is not None, -copy.confidence, copy.number))
        numbers = {copy.number for copy in group}
        apart = {copy.number for copy in group if _above(copy, by_number) & numbers}
        for copy in group:
            best_of[copy.number] = copy.number if copy.number in apart else group[0].number
    return best_of


def find_threads(copies: Sequence[Copy], best_of: dict[int, int]) -> dict[int, int]:
    """Return for the best copy of each message the number that stands for its conversation."""
    groups = _Groups(set(best_of.values()))
    for copy in copies:
        if copy.quoted_in is not None and copy.quoted_in in best_of:
            groups.join(best_of[copy.number], best_of[copy.quoted_in])
    by_subject: defaultdict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        subject = bare_subject(copy.subject)
        if best_of[copy.number] == copy.number and len(subject) >= _LEAST_SUBJECT:
            by_subject[subject].append(copy)
    for alike in by_subject.values():
        _join_by_subject(alike, groups)
    return groups.roots()


def _join_by_subject(alike: list[Copy], groups: "_Groups") -> None:
    """Join messages of one subject that follow each other and have somebody in common."""
    dated = sorted((day, copy.number, copy) for copy in alike if (day := _day(copy.sent)))
    last: dict[str, tuple[int, int]] = {}
    for day, number, copy in dated:
        for name in _names((copy.sender, *copy.recipients)):
            if name in last and day - last[name][0] <= _GAP_DAYS:
                groups.join(number, last[name][1])
            last[name] = (day, number)


def _above(copy: Copy, by_number: dict[int, Copy]) -> set[int]:
    """Return the copies that quote this one, directly or not."""
    above: set[int] = set()
    while copy.quoted_in is not None and copy.quoted_in not in above:
        above.add(copy.quoted_in)
        if copy.quoted_in not in by_number:
            break
        copy = by_number[copy.quoted_in]
    return above


def _day(sent: str) -> int | None:
    try:
        return date.fromisoformat(sent[:10]).toordinal()
    except ValueError:
        return None


def _names(mailboxes: Iterable[Mailbox | None]) -> set[str]:
    return {name for mailbox in mailboxes if (name := _name(mailbox))}


def _name(mailbox: Mailbox | None) -> str:
    """Return the words of a display name in a fixed order, or the address where there is none."""
    if mailbox is None:
        return ""
    shown = re.sub(r"[(\[<].*", "", mailbox.name)
    words = sorted(word for word in re.findall(r"\w+", shown.casefold()) if len(word) > 1)
    return " ".join(words) or mailbox.address.casefold()


class _Groups:
    """Disjoint sets of numbers; the smallest number of a set stands for it."""

    def __init__(self, numbers: set[int]) -> None:
        self._parent = {number: number for number in numbers}

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parent[second] = first

    def roots(self) -> dict[int, int]:
        return {number: self._root(number) for number in self._parent}

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

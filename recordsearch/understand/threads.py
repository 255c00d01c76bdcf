"""Find which messages are of one conversation, and in what order to read them.

What mail programs write (References, In-Reply-To) is followed where it is there, then quotation.
Printed mail has neither for all its messages: an answer is then taken to be of the conversation
whose subject and people it shares, soon after. A subject that recurs is no conversation: a message
that is not marked as an answer begins one of its own.
"""

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from recordsearch.contents import Mailbox
from recordsearch.understand.copies import Copy, quotations
from recordsearch.understand.moments import Moment, moment
from recordsearch.understand.names import sorting_name
from recordsearch.understand.subjects import is_answer, is_generic, is_telling, subject_key

_DAY = 1440
_LONGEST_GAP = 30 * _DAY
_LONGEST_GAP_GENERIC = 3 * _DAY
# How far a clock without a zone may seem to run ahead of another's.
_ZONES = 14 * 60
# Earlier messages of the same subject that an answer is compared with.
_EARLIER = 16
_MOST_RECIPIENTS = 200
_MOST_REFERENCES = 50
_SUBJECT_CHARACTERS = 48


def find_threads(copies: Sequence[Copy], best_of: Mapping[int, int]) -> dict[int, int]:
    """Return, for the number of each message's best copy, the smallest number in its thread.

    ``best_of`` is what ``copies.merge_copies`` returns. The order of ``copies`` makes no
    difference.
    """
    copies = sorted(copies, key=lambda copy: copy.number)
    groups = _Groups(sorted(set(best_of.values())))
    for message, quoted in quotations(copies, best_of).items():
        for inner in quoted:
            groups.join(message, inner)
    _join_by_reference(copies, best_of, groups)
    blocks: defaultdict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        if best_of[copy.number] == copy.number:
            blocks[subject_key(copy.subject)[:_SUBJECT_CHARACTERS]].append(copy)
    people = _People()
    for key, block in blocks.items():
        _join_answers(key, block, people, groups)
    return {number: groups.root(number) for number in groups.parent}


def thread_order(
    messages: Iterable[Copy], quoted: Mapping[int, frozenset[int]] | None = None
) -> list[int]:
    """Return the numbers of a thread's messages in the order in which to read them.

    By time; a message stands after those that it quotes, as in ``copies.quotations``, whatever
    their clocks say, and one without a date directly before the first that quotes it.
    """
    times = {
        copy.number: None if (when := moment(copy.sent)) is None else _time(when)
        for copy in messages
    }
    inner = {
        number: {one for one in (quoted or {}).get(number, ()) if one in times and one != number}
        for number in times
    }
    outer: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(inner):
        for one in sorted(inner[number]):
            outer[one].append(number)
    sortable = {number: _sortable(number, times, outer) for number in times}
    waiting = {number: len(inner[number]) for number in times}
    ready = [(sortable[number], number) for number in times if not waiting[number]]
    heapq.heapify(ready)
    ordered: dict[int, None] = {}
    # Where quotation runs in a circle, as a wrong reading may have it, time decides.
    for start in sorted(times, key=lambda number: (sortable[number], number)):
        while ready:
            _, number = heapq.heappop(ready)
            if number in ordered:
                continue
            ordered[number] = None
            for one in outer[number]:
                waiting[one] -= 1
                if not waiting[one]:
                    heapq.heappush(ready, (sortable[one], one))
        if len(ordered) == len(times):
            break
        if start not in ordered:
            ready.append((sortable[start], start))
    return list(ordered)


def _join_by_reference(
    copies: Sequence[Copy], best_of: Mapping[int, int], groups: "_Groups"
) -> None:
    """Join messages with those that they refer to, also where only the reference is there.

    An identifier that several messages bear refers to none of them.
    """
    owners: dict[str, int] = {}
    shared: set[str] = set()
    for copy in copies:
        message = best_of[copy.number]
        if copy.message_id and owners.setdefault(copy.message_id, message) != message:
            shared.add(copy.message_id)
    named: dict[str, int] = {}
    for copy in copies:
        references = copy.references
        if len(references) > _MOST_REFERENCES:
            references = references[:1] + references[1 - _MOST_REFERENCES :]
        for identifier in (copy.message_id, copy.in_reply_to, *references):
            if len(identifier) > 5 and identifier not in shared:
                message = best_of[copy.number]
                groups.join(named.setdefault(identifier, message), message)


def _join_answers(key: str, block: list[Copy], people: "_People", groups: "_Groups") -> None:
    """Join the messages with one subject that are of one conversation."""
    dated = sorted(
        (_time(when), copy.number, copy)
        for copy in block
        if (when := moment(copy.sent)) is not None
    )
    # Who began each conversation, and when: two that began otherwise stay two.
    origins = {
        groups.root(number): (people.sender(copy), time)
        for time, number, copy in reversed(dated)
        if not is_answer(copy.subject)
    }
    recent: deque[tuple[int, Copy, frozenset[str]]] = deque(maxlen=_EARLIER)
    generic, telling = is_generic(key), is_telling(key)
    for time, number, copy in dated:
        taking_part = people.of(copy)
        answers = is_answer(copy.subject)
        for earlier, other, others in reversed(recent):
            # An original that seems to come after its answer is only in another zone.
            late = not answers and is_answer(other.subject) and time - earlier <= _ZONES
            if not (answers or late):
                break
            one, second = groups.root(number), groups.root(other.number)
            if one == second:
                break
            began, began_too = origins.get(one), origins.get(second)
            if began and began_too and not _same_origin(began, began_too):
                continue
            shared = taking_part & others
            if _one_conversation(time - earlier, shared, taking_part, others, generic, telling):
                groups.join(one, second)
                if began or began_too:
                    origins[groups.root(one)] = min(filter(None, (began, began_too)))
                break
        recent.append((time, copy, taking_part))


def _same_origin(first: tuple[str, int], second: tuple[str, int]) -> bool:
    """Tell whether two originals may be one that was not seen to be, its time misread."""
    return first[0] == second[0] and abs(first[1] - second[1]) <= _ZONES


def _one_conversation(
    gap: int,
    shared: frozenset[str],
    taking_part: frozenset[str],
    others: frozenset[str],
    generic: bool,
    telling: bool,
) -> bool:
    if not shared:
        return False
    if generic:
        return gap <= _LONGEST_GAP_GENERIC and taking_part == others and len(shared) > 1
    # One person is in nearly all messages of a mailbox, so one alone says little.
    return gap <= _LONGEST_GAP and (len(shared) > 1 or telling)


class _People:
    """Who takes part in a message, each under one key however the header writes them."""

    def __init__(self) -> None:
        self._keys: dict[Mailbox, str] = {}

    def of(self, copy: Copy) -> frozenset[str]:
        boxes = [copy.sender] if copy.sender else []
        boxes += copy.recipients[:_MOST_RECIPIENTS]
        return frozenset(key for key in map(self._key, boxes) if key)

    def sender(self, copy: Copy) -> str:
        return self._key(copy.sender) if copy.sender else ""

    def _key(self, box: Mailbox) -> str:
        key = self._keys.get(box)
        if key is None:
            key = self._keys[box] = sorting_name(box.name or box.address)
        return key


class _Groups:
    """Disjoint sets of numbers; the smallest stands for its set."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.parent = {number: number for number in numbers}

    def root(self, number: int) -> int:
        while (parent := self.parent[number]) != number:
            self.parent[number] = self.parent[parent]
            number = parent
        return number

    def join(self, first: int, second: int) -> None:
        smaller, larger = sorted((self.root(first), self.root(second)))
        self.parent[larger] = smaller


def _time(when: Moment) -> int:
    return when.clock if when.utc is None else when.utc


def _sortable(
    number: int, times: Mapping[int, int | None], outer: Mapping[int, Sequence[int]]
) -> tuple[bool, int]:
    time = times[number]
    if time is None:
        quoting = [found for one in outer.get(number, ()) if (found := times[one]) is not None]
        time = min(quoting, default=None)
    return time is None, time or 0

"""Find which copies of e-mails, printed, quoted or native, are copies of one message.

A message that was answered stands in the archive many times: by itself, in each thread's export,
and quoted below its answers. Copies are one message where their Message-ID is the same, or their
minute, sender, subject and words agree. Two messages taken for one would put words in someone's
mouth, so what is in doubt stays apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from recordsearch.contents import Mailbox
from recordsearch.understand.differing import Difference, differences
from recordsearch.understand.moments import moment
from recordsearch.understand.senders import Senders
from recordsearch.understand.sketches import (
    Sketch,
    body_sketch,
    compare_sketches,
    shingles,
    sketch_likeness,
)
from recordsearch.understand.subjects import is_generic, same_subject, subject_key

__all__ = [
    "Copy",
    "Difference",
    "body_sketch",
    "differences",
    "likeness_of",
    "merge_copies",
    "quotations",
    "sketch_likeness",
    "standing_order",
]

# The least likeness of two bodies that is no contradiction, and the least that is agreement.
_NOT_CONTRADICTING = 0.15
_AGREEING = 0.5
# A quoted header gives local time without an offset: zones lie within 14 hours of UTC, at whole or
# half hours of one another.
_WIDEST_ZONE_MINUTES = 14 * 60
_ZONE_STEP_MINUTES = 30
# Up to how many copies of a minute are all compared; of more, each with so many neighbours.
_MOST_CHARACTERS = 300
_SMALL_BLOCK = 32
_NEIGHBOURS = 12
_DEEPEST_QUOTATION = 256
# Bodies of fewer shingles, such as ``Thanks, will do``, are written twice a day.
_TELLING_SHINGLES = 6


@dataclass(frozen=True, slots=True)
class Copy:
    """A message as it stands at one place in a document.

    ``number``     its number in the catalogue, ``document`` and ``ordinal`` its place.
    ``quoted_in``  the number of the copy, in the same document, in whose text it is quoted.
    ``recipients`` those in To, Cc and Bcc.
    ``sent``       ISO 8601 as in ``contents.Message``, empty where unknown.
    ``confidence`` 0 to 100.
    ``native``     whether the document is the e-mail itself, not a print of it.
    ``sketch``     of its body, from ``sketches.body_sketch``; empty where it has no words.
    """

    number: int
    document: int
    ordinal: int
    quoted_in: int | None
    sender: Mailbox | None
    recipients: tuple[Mailbox, ...]
    sent: str
    subject: str
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    confidence: float = 100.0
    native: bool = False
    sketch: Sketch = ()


@dataclass(slots=True)
class _Cluster:
    """Copies taken for one message, by their places, and the copies that they are quoted in.

    ``lead`` says most about itself, ``first`` comes first: these two are compared with others.
    """

    lead: int
    first: int
    members: set[int]
    quoting: set[int] = field(default_factory=set)


def merge_copies(copies: Sequence[Copy]) -> dict[int, int]:
    """Return, for the number of each copy, the number of the copy that stands for its message.

    A native copy stands before a printed one, one by itself before a quoted one, then the more
    confident, then the one with the lower number. Two copies of which one quotes the other,
    directly or not, are never one message. The order of ``copies`` makes no difference.
    """
    return _Merging(copies).result()


def likeness_of(copy: Copy) -> str:
    """Return what a message is known again by when its copies have been read anew.

    Its sender is no part of it: naming a custodian changes the senders.
    """
    if copy.message_id:
        return f"<{copy.message_id[:_MOST_CHARACTERS]}>"
    return f"{copy.sent[:16]} {subject_key(copy.subject)}"[:_MOST_CHARACTERS]


def quotations(copies: Iterable[Copy], standing: Mapping[int, int]) -> dict[int, frozenset[int]]:
    """Return, for each message that quotes any in any copy, the messages that it quotes directly.

    ``standing`` is what ``merge_copies`` returns; messages go by the numbers in it.
    """
    quoted = defaultdict(set)
    for copy in copies:
        if copy.quoted_in is not None and copy.quoted_in in standing:
            quoting, inner = standing[copy.quoted_in], standing[copy.number]
            if quoting != inner:
                quoted[quoting].add(inner)
    return {message: frozenset(inner) for message, inner in sorted(quoted.items())}


def standing_order(copy: Copy) -> tuple[bool, bool, float, int]:
    """Return a key by which the best copy of a message sorts first."""
    return not copy.native, copy.quoted_in is not None, -copy.confidence, copy.number


class _Merging:
    """One run over an archive's copies; every list is parallel to ``copies``, sorted by number."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        self.copies = sorted(copies, key=lambda copy: copy.number)
        self.place = {copy.number: at for at, copy in enumerate(self.copies)}
        self.moments = [moment(copy.sent) for copy in self.copies]
        self.subjects = [subject_key(copy.subject) for copy in self.copies]
        self.senders = Senders()
        self.cluster: dict[int, _Cluster] = {}

    def result(self) -> dict[int, int]:
        self._by_message_id()
        self._by_everything()
        self._by_minute()
        self._by_zone()
        standing = {copy.number: copy.number for copy in self.copies}
        for cluster in {id(held): held for held in self.cluster.values()}.values():
            members = [self.copies[at] for at in cluster.members]
            best = min(members, key=standing_order).number
            standing.update((copy.number, best) for copy in members)
        return standing

    def _by_message_id(self) -> None:
        blocks = defaultdict(list)
        for at, copy in enumerate(self.copies):
            if len(copy.message_id) > 5:
                blocks[copy.message_id].append(at)
        for block in blocks.values():
            for first, second in pairwise(block):
                self._join(first, second)

    def _by_everything(self) -> None:
        """Join copies that are alike to the letter, so that many of them cost no comparison."""
        first_of: dict[tuple[object, ...], int] = {}
        for at, copy in enumerate(self.copies):
            when, body = self.moments[at], copy.sketch
            if when is None or when.day_only or not body or copy.sender is None:
                continue
            key = (when, self.subjects[at], copy.sender, body, copy.message_id)
            earlier = first_of.setdefault(key, at)
            if earlier != at:
                self._join(earlier, at)

    def _by_minute(self) -> None:
        blocks = defaultdict(list)
        for at, when in enumerate(self.moments):
            if when is not None and self._leads(at):
                for minute in {when.clock, when.clock if when.utc is None else when.utc}:
                    blocks[minute, when.day_only].append(at)
        for block in blocks.values():
            for first, second in self._pairs(block):
                if self._same_minute(first, second):
                    self._join(first, second)

    def _by_zone(self) -> None:
        """Join copies of which one gives the time of another zone, where all else agrees."""
        blocks: defaultdict[tuple[int, str | Sketch], list[int]] = defaultdict(list)
        for at, when in enumerate(self.moments):
            if when is None or when.day_only or not self._leads(at) or not self.copies[at].sketch:
                continue
            step, beginning = when.clock % _ZONE_STEP_MINUTES, self.copies[at].sketch[1:2]
            for key in (self.subjects[at][:16], beginning):
                blocks[step, key].append(at)
        for block in blocks.values():
            dated = sorted((when.clock, at) for at in block if (when := self.moments[at]))
            for place, (clock, at) in enumerate(dated):
                for later, other in dated[place + 1 : place + 1 + _NEIGHBOURS]:
                    if later - clock > _WIDEST_ZONE_MINUTES:
                        break
                    if self._same_but_for_zone(at, other):
                        self._join(min(at, other), max(at, other))

    def _leads(self, at: int) -> bool:
        cluster = self.cluster.get(at)
        return cluster is None or at in (cluster.lead, cluster.first)

    def _pairs(self, block: list[int]) -> Iterator[tuple[int, int]]:
        if len(block) > _SMALL_BLOCK:
            block = sorted(block, key=lambda at: (self.subjects[at], self.copies[at].sketch, at))
        near = len(block) if len(block) <= _SMALL_BLOCK else _NEIGHBOURS
        for place, first in enumerate(block):
            for second in block[place + 1 : place + 1 + near]:
                yield (first, second) if first < second else (second, first)

    def _same_minute(self, first: int, second: int) -> bool:
        one, other = self.copies[first], self.copies[second]
        left, right = self.subjects[first], self.subjects[second]
        bodies = compare_sketches(one.sketch, other.sketch)
        agree = bodies is not None and bodies >= _AGREEING
        when = self.moments[first]
        named = one.sender is not None and other.sender is not None
        if when is None or (when.day_only and not (agree and named)):
            return False
        if self._contradict(first, second):
            return False
        # A line such as ``On Monday Jane Roe wrote:`` gives no subject.
        untitled = not (left and right) and (one.subject == "" or other.subject == "")
        slips = self._slips(first, second) if agree and named else None
        if not same_subject(left, right, slips=slips) and not (untitled and agree and named):
            return False
        if agree:
            return named or not is_generic(left or right)
        # Nothing in the bodies tells: the rest must be more than an empty header.
        return named and bool(one.recipients or other.recipients or not is_generic(left))

    def _same_but_for_zone(self, first: int, second: int) -> bool:
        one, other = self.copies[first], self.copies[second]
        left, right = self.moments[first], self.moments[second]
        if left is None or right is None or one.sender is None or other.sender is None:
            return False
        if left.utc is not None and right.utc is not None and left.utc != right.utc:
            return False
        bodies = compare_sketches(one.sketch, other.sketch)
        if bodies is None or bodies < _AGREEING:
            return False
        # ``Thanks`` is written twice a day; few words agree by chance.
        if min(shingles(one.sketch), shingles(other.sketch)) < _TELLING_SHINGLES and is_generic(
            self.subjects[first]
        ):
            return False
        slips = self._slips(first, second)
        if not same_subject(self.subjects[first], self.subjects[second], slips=slips):
            return False
        return not self._contradict(first, second)

    def _slips(self, first: int, second: int) -> int | None:
        """Return how many letters of a subject may be wrong, as long bodies agree."""
        one, other = self.copies[first].sketch, self.copies[second].sketch
        return 2 if min(shingles(one), shingles(other)) >= _TELLING_SHINGLES else None

    def _contradict(self, first: int, second: int) -> bool:
        """Tell whether something that both copies say keeps them from being one message."""
        one, other = self.copies[first], self.copies[second]
        if one.message_id and other.message_id and one.message_id != other.message_id:
            return True
        left, right = self.moments[first], self.moments[second]
        if left and right:
            if left.utc is not None and right.utc is not None and left.utc != right.utc:
                return True
            if left.second and right.second and left.second != right.second:
                return True
        if not self.senders.alike(one.sender, other.sender):
            return True
        bodies = compare_sketches(one.sketch, other.sketch)
        if bodies is not None:
            return bodies < _NOT_CONTRADICTING
        return self.senders.disjoint(one.recipients, other.recipients)

    def _join(self, first: int, second: int) -> None:
        one, other = self._cluster_of(first), self._cluster_of(second)
        if one is other or one is None or other is None:
            return
        if not one.members.isdisjoint(other.quoting) or not other.members.isdisjoint(one.quoting):
            return
        same_id = self.copies[first].message_id == self.copies[second].message_id != ""
        if not same_id and self._contradict(one.lead, other.lead):
            return
        if len(one.members) < len(other.members):
            one, other = other, one
        one.lead = min(one.lead, other.lead, key=self._saying)
        one.first = min(one.first, other.first)
        one.members |= other.members
        one.quoting |= other.quoting
        self.cluster.update((member, one) for member in other.members)

    def _cluster_of(self, at: int) -> _Cluster | None:
        """Return the cluster of a copy, or None where it is quoted too deep to be placed."""
        cluster = self.cluster.get(at)
        if cluster is None:
            quoting: set[int] = set()
            number = self.copies[at].quoted_in
            while number is not None and (outer := self.place.get(number)) is not None:
                if outer in quoting:
                    break
                if len(quoting) == _DEEPEST_QUOTATION:
                    return None
                quoting.add(outer)
                number = self.copies[outer].quoted_in
            cluster = self.cluster[at] = _Cluster(at, at, {at}, quoting)
        return cluster

    def _saying(self, at: int) -> tuple[int, int]:
        """Return a key by which the copy of a cluster that says most about itself sorts first."""
        copy, when = self.copies[at], self.moments[at]
        said = (
            4 * bool(copy.message_id)
            + 2 * (copy.sender is not None and bool(copy.sender.name))
            + 2 * bool(copy.sketch)
            + (when is not None and when.utc is not None)
        )
        return -said, at

"""Find which copies of e-mails, printed, quoted or native, are copies of one message.

A message that was answered stands in the archive many times: by itself, in each thread's export,
and quoted below its answers. Copies are one message where their Message-ID, or their minute and
sender, are the same and nothing that they say contradicts it. Two messages taken for one would put
words in someone's mouth, so what is in doubt stays apart.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from recordsearch.understand.copy_evidence import Copy, Evidence
from recordsearch.understand.differing import Difference, differences
from recordsearch.understand.sketches import Sketch, body_sketch, sketch_likeness
from recordsearch.understand.subjects import subject_key

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

# A quoted header gives local time without an offset: zones lie within 14 hours of UTC, at whole or
# half hours of one another.
_WIDEST_ZONE_MINUTES = 14 * 60
_ZONE_STEP_MINUTES = 30
_MOST_CHARACTERS = 300
# Up to how many copies of a minute are all compared; of more, each with so many neighbours.
_SMALL_BLOCK = 32
_NEIGHBOURS = 12
_DEEPEST_QUOTATION = 256
# Of more copies of a message that say different things, only so many speak for it.
_MOST_FACES = 8


@dataclass(slots=True)
class _Cluster:
    """Copies taken for one message, by their places, and the copies that they are quoted in.

    ``first`` comes first, ``lead`` says most about itself, ``fullest`` has most of the body.
    ``faces`` are those whose headers say different things.
    """

    lead: int
    first: int
    fullest: int
    members: set[int]
    faces: list[int]
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
        self.evidence = Evidence(self.copies)
        self.moments = self.evidence.moments
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
            if self.evidence.has_id(at):
                blocks[copy.message_id].append(at)
        for block in blocks.values():
            self._join_certain(self._pairs(block), self.evidence.same_id)

    def _by_everything(self) -> None:
        """Join copies that are alike to the letter, so that many of them cost no comparison."""
        first_of: dict[tuple[object, ...], int] = {}
        for at, copy in enumerate(self.copies):
            when, body = self.moments[at], copy.sketch
            if when is None or when.day_only or not body or copy.sender is None:
                continue
            key = (when, body, *_header(copy))
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
            self._join_certain(self._pairs(block), self.evidence.same_minute)

    def _by_zone(self) -> None:
        """Join copies of which one gives the time of another zone, where all else agrees."""
        blocks: defaultdict[tuple[int, str | Sketch], list[int]] = defaultdict(list)
        for at, when in enumerate(self.moments):
            if when is None or when.day_only or not self._leads(at) or not self.copies[at].sketch:
                continue
            step, beginning = when.clock % _ZONE_STEP_MINUTES, self.copies[at].sketch[1:2]
            for key in (self.evidence.titles[at].key[:16], beginning):
                blocks[step, key].append(at)
        for block in blocks.values():
            self._join_certain(self._near_in_time(block), self.evidence.same_but_for_zone)

    def _near_in_time(self, block: list[int]) -> Iterator[tuple[int, int]]:
        dated = sorted((when.clock, at) for at in block if (when := self.moments[at]))
        for place, (clock, at) in enumerate(dated):
            for later, other in dated[place + 1 : place + 1 + _NEIGHBOURS]:
                if later - clock > _WIDEST_ZONE_MINUTES:
                    break
                yield min(at, other), max(at, other)

    def _join_certain(
        self, pairs: Iterable[tuple[int, int]], same: Callable[[int, int], bool]
    ) -> None:
        """Join the pairs that are the same, but no copy that might be of two messages.

        A quotation that is cut short may agree with several messages of a minute. It is of none
        of them then, unless its words are those of one of them to the letter.
        """
        held = [pair for pair in pairs if same(*pair)]
        partners: defaultdict[int, list[int]] = defaultdict(list)
        for first, second in held:
            partners[first].append(second)
            partners[second].append(first)
        torn = {at for at in partners if self._is_torn(at, partners[at])}
        for first, second in held:
            exact = self.copies[first].sketch == self.copies[second].sketch != ()
            if all(
                at not in torn or (exact and not self._is_torn(at, self._exact(at, partners[at])))
                for at in (first, second)
            ):
                self._join(first, second)

    def _exact(self, at: int, partners: Iterable[int]) -> list[int]:
        return [other for other in partners if self.copies[other].sketch == self.copies[at].sketch]

    def _is_torn(self, at: int, partners: Sequence[int]) -> bool:
        """Tell whether two of the copies that a copy may be one with cannot be of one message."""
        if len(partners) < 2:
            return False
        shown: dict[object, int] = {}
        for other in partners:
            copy = self.copies[other]
            shown.setdefault((self.moments[other], copy.sketch, *_header(copy)), other)
        faces = list(shown.values())[:_SMALL_BLOCK]
        return any(
            self.evidence.leaves_open(at, first, second)
            for place, first in enumerate(faces)
            for second in faces[place + 1 :]
        )

    def _leads(self, at: int) -> bool:
        cluster = self.cluster.get(at)
        return cluster is None or at in (cluster.lead, cluster.first, cluster.fullest)

    def _pairs(self, block: list[int]) -> Iterator[tuple[int, int]]:
        if len(block) > _SMALL_BLOCK:
            block = sorted(
                block, key=lambda at: (self.evidence.titles[at].key, self.copies[at].sketch, at)
            )
        near = len(block) if len(block) <= _SMALL_BLOCK else _NEIGHBOURS
        for place, first in enumerate(block):
            for second in block[place + 1 : place + 1 + near]:
                yield (first, second) if first < second else (second, first)

    def _join(self, first: int, second: int) -> None:
        one, other = self._cluster_of(first), self._cluster_of(second)
        if one is other or one is None or other is None:
            return
        if not one.members.isdisjoint(other.quoting) or not other.members.isdisjoint(one.quoting):
            return
        if self._clusters_contradict(one, other):
            return
        if len(one.members) < len(other.members):
            one, other = other, one
        one.lead = min(one.lead, other.lead, key=self.evidence.saying)
        one.first = min(one.first, other.first)
        one.fullest = min(one.fullest, other.fullest, key=self.evidence.fullness)
        one.faces = self._faces([*one.faces, *other.faces])
        one.members |= other.members
        one.quoting |= other.quoting
        self.cluster.update((member, one) for member in other.members)

    def _clusters_contradict(self, one: _Cluster, other: _Cluster) -> bool:
        """Tell whether what the copies of two clusters say keeps them apart.

        All that their headers say is compared; of the subjects and bodies only the best, as of two
        that are misread or cut each may have what the other lacks.
        """
        if self.evidence.contradict(one.lead, other.lead):
            return True
        if self.evidence.bodies_contradict(one.fullest, other.fullest):
            return True
        return any(
            self.evidence.headers_contradict(face, there)
            for face in one.faces
            for there in other.faces
        )

    def _faces(self, places: Iterable[int]) -> list[int]:
        faces: dict[object, int] = {}
        for at in sorted(places):
            faces.setdefault((self.moments[at], *_header(self.copies[at])), at)
        return sorted(faces.values(), key=self.evidence.saying)[:_MOST_FACES]

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
            cluster = self.cluster[at] = _Cluster(at, at, at, {at}, [at], quoting)
        return cluster


def _header(copy: Copy) -> tuple[object, ...]:
    """Return what a copy says of itself outside its body and its time."""
    return copy.sender, copy.recipients, copy.subject, copy.message_id, copy.attachments

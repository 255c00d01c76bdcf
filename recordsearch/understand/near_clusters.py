"""Cluster near-duplicates by their sketches, so that search can fold them.

A cluster is known by the sketch of the text that founded it, and holds what is like that text: no
chain of small changes leads from one text to a different one. Candidates are those that agree in
all lanes of some band (locality-sensitive hashing: P. Indyk and R. Motwani, "Approximate nearest
neighbors", 1998); each is then compared by all lanes.

One band is looked at after the other and forgotten, so what is held for a text is little more than
its sketch: no table of bands is stored, and a million texts fit in some 250 MB.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from recordsearch.understand.near_sketches import LANES

# In how many of 64 lanes a text agrees with the one that founded its cluster: half its pairs of
# words. Two scans of which each misreads one word in twenty have some 0.7 in common; forms of
# which two words in five were filled in differently have 0.43, and other texts next to nothing.
LEAST_SAME = 32

# A band is two of a sketch's 32 pairs of lanes. Each round has every pair once.
_COLUMNS = LANES // 2
_ROUNDS = 2
# With how many founders a text is compared for one band: the first that were met, and the last.
_FIRST_HEADS, _MOST_HEADS = 4, 16
# A text so much like its founder looks for no better one; others look so many times.
_SETTLED, _MOST_LOOKS = 56, 5
_NONE = -1


class Group(NamedTuple):
    """Texts that are near-duplicates of one another.

    ``cluster`` is the number of the known cluster that they join, or None for a new one.
    ``sketch``  is that of the text that founded the cluster.
    ``members`` are the numbers of the texts that join, at least two for a new cluster.
    """

    cluster: int | None
    sketch: bytes
    members: list[int]


Sketched = Iterable[tuple[int, bytes]]


def find_groups(
    new: Sketched,
    *,
    alone: Sketched = (),
    clusters: Sketched = (),
    least_same: int = LEAST_SAME,
) -> Iterator[Group]:
    """Yield the clusters that new texts join or found, known ones first.

    ``new`` are the numbers and sketches of texts that have not been compared yet, ``alone`` those
    of texts that were and had no near-duplicate; ``clusters`` gives the known clusters' numbers
    with the sketches of their founders. A text without a sketch joins nothing. Known clusters are
    never merged. The result depends on nothing but the arguments and their order.

    Work and memory are in proportion to the number of texts, whatever they are: identical sketches
    are one, and in a band in which many meet each is compared with 16 founders at most.
    """
    return _Clustering(new, alone, clusters, least_same).groups()


class _Clustering:
    """One run. Clusters, texts alone and different new texts have places, in this order.

    By place: ``numbers``; ``lanes``, 64 bytes each; ``leader``, the place of the founder (its own
    for a founder); ``same``, in how many lanes they agree; ``after`` and ``before``, a ring of the
    founder and those that follow it; ``looks``, how often a follower has looked for a better one.
    """

    def __init__(self, new: Sketched, alone: Sketched, clusters: Sketched, least_same: int) -> None:
        self.least_same = least_same
        self.numbers = array("q")
        self.lanes = bytearray()
        self._add_known(clusters)
        self.clusters = len(self.numbers)
        self._add_known(alone)
        self.known = len(self.numbers)
        # Texts with the sketch of an earlier new one, as chains of places in ``twins``.
        self.twins, self.next_twin = array("q"), array("i")
        self.last_twin: dict[int, int] = {}
        self._add_new(new)
        places = array("i", range(len(self.numbers)))
        self.leader, self.after, self.before = places, places[:], places[:]
        self.same, self.looks = bytearray(len(places)), bytearray(len(places))

    def _add_known(self, known: Sketched) -> None:
        for number, sketch in known:
            if len(sketch) == LANES:
                self.numbers.append(number)
                self.lanes += sketch

    def _add_new(self, new: Sketched) -> None:
        # Hashes are held, not sketches, to save memory.
        seen: dict[int, int] = {}
        for number, sketch in new:
            if len(sketch) != LANES:
                continue
            place = seen.setdefault(hash(sketch), len(self.numbers))
            if place == len(self.numbers):
                self.numbers.append(number)
                self.lanes += sketch
            elif self._sketch(place) == sketch:
                self.next_twin.append(self.last_twin.get(place, _NONE))
                self.last_twin[place] = len(self.twins)
                self.twins.append(number)
            else:
                self.numbers.append(number)
                self.lanes += sketch

    def groups(self) -> Iterator[Group]:
        if self.known < len(self.numbers):
            for first, second in _bands():
                for bucket in self._buckets(first, second):
                    self._look_at(bucket)
        for place, number in enumerate(self.numbers):
            if self.leader[place] != place:
                continue
            is_cluster = place < self.clusters
            members = [] if is_cluster else [number]
            for follower in (place, *self._followers(place)):
                if follower != place:
                    members.append(self.numbers[follower])
                twin = self.last_twin.get(follower, _NONE)
                while twin != _NONE:
                    members.append(self.twins[twin])
                    twin = self.next_twin[twin]
            if len(members) > (0 if is_cluster else 1):
                yield Group(number if is_cluster else None, self._sketch(place), sorted(members))

    def _buckets(self, first: int, second: int) -> Iterator[list[int]]:
        """Yield the places that agree in two columns, more than one and some new, in order."""
        keys = self._keys(first, second)
        new_keys = keys[self.known :]
        counts = Counter(new_keys)
        buckets: defaultdict[int, list[int]] = defaultdict(list)
        for place in [at for at, key in enumerate(keys[: self.known]) if key in counts]:
            buckets[keys[place]].append(place)
        shared = {key for key, count in counts.items() if count > 1}
        shared.update(buckets)
        del counts
        for place, key in enumerate(new_keys, self.known):
            if key in shared:
                buckets[key].append(place)
        yield from buckets.values()

    def _keys(self, first: int, second: int) -> list[int]:
        """Return the values of two columns, two lanes each, as one number for each place."""
        columns = memoryview(self.lanes).cast("H")
        keys = array("I", bytes(4 * len(self.numbers)))
        halves = memoryview(keys).cast("B").cast("H")
        halves[0::2] = columns[first::_COLUMNS]
        halves[1::2] = columns[second::_COLUMNS]
        return keys.tolist()

    def _look_at(self, bucket: Sequence[int]) -> None:
        """Let each place of a bucket follow the founder most like it that is met there."""
        heads: list[int] = []
        bits: list[int] = []
        for place in bucket:
            if heads and self._is_looking(place):
                best = self._best(place, heads, bits)
                if best != _NONE and place in heads:
                    at = heads.index(place)
                    del heads[at], bits[at]
            head = self.leader[place]
            if head not in heads:
                if len(heads) == _MOST_HEADS:
                    del heads[_FIRST_HEADS], bits[_FIRST_HEADS]
                heads.append(head)
                bits.append(self._bits(head))

    def _is_looking(self, place: int) -> bool:
        if place < self.clusters or self.same[place] >= _SETTLED:
            return False
        if self.leader[place] == place:
            return True
        self.looks[place] += 1
        return self.looks[place] <= _MOST_LOOKS

    def _best(self, place: int, heads: Sequence[int], bits: Sequence[int]) -> int:
        """Let a place follow the head most like it; return that, or none where it stays."""
        own, leader = self._bits(place), self.leader[place]
        best, most = _NONE, max(self.least_same - 1, self.same[place])
        for head, others in zip(heads, bits, strict=True):
            same = (own ^ others).to_bytes(LANES, "little").count(0)
            if same > most and head not in (place, leader):
                best, most = head, same
        if best == _NONE:
            return _NONE
        followers: list[int] = []
        if leader == place:
            for follower in self._followers(place):
                if self._same(follower, best) < self.least_same:
                    return _NONE
                followers.append(follower)
        self._follow(place, best, most)
        for follower in followers:
            self._follow(follower, best, self._same(follower, best))
        return best

    def _follow(self, place: int, head: int, same: int) -> None:
        before, after = self.before[place], self.after[place]
        self.after[before], self.before[after] = after, before
        after = self.after[head]
        self.after[head], self.before[place] = place, head
        self.after[place], self.before[after] = after, place
        self.leader[place], self.same[place] = head, same

    def _followers(self, head: int) -> Iterator[int]:
        place = self.after[head]
        while place != head:
            yield place
            place = self.after[place]

    def _sketch(self, place: int) -> bytes:
        return bytes(self.lanes[LANES * place : LANES * (place + 1)])

    def _same(self, first: int, second: int) -> int:
        return (self._bits(first) ^ self._bits(second)).to_bytes(LANES, "little").count(0)

    def _bits(self, place: int) -> int:
        return int.from_bytes(self.lanes[LANES * place : LANES * (place + 1)], "little")


def _bands() -> Iterator[tuple[int, int]]:
    """Yield pairs of columns: rounds of a tournament in which each meets another each time."""
    turning = _COLUMNS - 1
    for number in range(_ROUNDS):
        yield turning, number
        for step in range(1, _COLUMNS // 2):
            yield (number + step) % turning, (number - step) % turning

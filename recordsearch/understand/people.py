"""Find which ways of writing a name or an address are one person's.

Evidence is the same address, the same name in any order, an initial, an address made of the name,
a slip of OCR. Each joins two forms only where it could mean nobody else in the archive, and never
against what the forms already joined say: two middle initials are two people.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from recordsearch.query.distance import within
from recordsearch.understand.names import Name, display_name, fold, local_parts, parse_name
from recordsearch.understand.nicknames import same_given
from recordsearch.understand.person_clusters import (
    Cluster,
    agree,
    cluster_of,
    full_names,
    name_of,
    one_person,
    with_one_less,
)

# How often at least the right spelling is met, and at most the wrong one, for a slip of OCR.
_COMMON = 5
_RARE = 2
# A slip in a shorter family name makes another name.
_LEAST_LETTERS = 6
_MOST_CHARACTERS = 200
_SAME_ADDRESS = "same address"
# Of more forms that may be one person's, only so many are compared.
_MOST_FORMS_COMPARED = 64


@dataclass(frozen=True, slots=True)
class Appearance:
    """How often a form stands as sender, or as recipient, and from when to when (ISO 8601)."""

    name: str
    address: str
    is_sender: bool
    count: int
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A way in which headers write a person, how often, and why it is taken for that person.

    ``name`` and ``address`` are as they were given.
    """

    name: str
    address: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Person:
    """A person, or a group of recipients: what to call them, and their forms, the best first.

    ``sent`` and ``received`` count messages; ``first`` and ``last`` are ISO 8601, or empty.
    """

    name: str
    is_group: bool
    forms: tuple[Form, ...]
    sent: int
    received: int
    first: str
    last: str


@dataclass(slots=True)
class _Tally:
    sent: int = 0
    received: int = 0
    first: str = ""
    last: str = ""

    @property
    def count(self) -> int:
        return self.sent + self.received

    def add(self, seen: Appearance) -> None:
        if seen.is_sender:
            self.sent += seen.count
        else:
            self.received += seen.count
        if seen.first and (not self.first or seen.first < self.first):
            self.first = seen.first
        self.last = max(self.last, seen.last)


def find_people(
    appearances: Iterable[Appearance], apart: Collection[tuple[str, str]] = ()
) -> list[Person]:
    """Return the people that forms name, those with most messages first.

    ``apart`` are forms (name, address) that the user has split off: each is a person by itself,
    and is evidence of nothing. Forms without a letter are left out. The order of ``appearances``
    makes no difference.
    """
    tallies: defaultdict[tuple[str, str], _Tally] = defaultdict(_Tally)
    for seen in appearances:
        if any(map(str.isalnum, seen.name[:_MOST_CHARACTERS] + seen.address[:_MOST_CHARACTERS])):
            tallies[seen.name, seen.address].add(seen)
    split = {tuple(form) for form in apart}
    people = [
        _person([(form, tallies[form], parse_name(form[0] or form[1]), "split off")])
        for form in tallies
        if form in split
    ]
    together = sorted(form for form in tallies if form not in split)
    people += _Merging(together, [tallies[form] for form in together]).result()
    return sorted(people, key=lambda one: (-one.sent - one.received, one.name, one.forms[0].name))


class _Merging:
    """One run over an archive's forms; every list is parallel to ``forms``."""

    def __init__(self, forms: Sequence[tuple[str, str]], tallies: Sequence[_Tally]) -> None:
        self.forms = forms
        self.tallies = tallies
        self.addresses = [address[:_MOST_CHARACTERS].strip().casefold() for _, address in forms]
        self.names = [name_of(name, address) for name, address in forms]
        self.clusters = [
            cluster_of(at, tallies[at].count, one) for at, one in enumerate(self.names)
        ]
        self.joins: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)

    def result(self) -> list[Person]:
        self._by_address()
        self._by_name()
        self._by_swapped_name()
        self._by_middle()
        self._by_initial()
        self._by_local_part()
        self._by_slip()
        return [self._person(cluster) for cluster in self._each()]

    def _by_address(self) -> None:
        """Join the forms of an address, unless its names are of several people."""
        blocks = defaultdict(list)
        for at, address in enumerate(self.addresses):
            if address:
                blocks[address].append(at)
        for block in blocks.values():
            named = [
                at for at in block if self.forms[at][0].strip() and not self.names[at].is_group
            ]
            groups = [at for at in block if self.names[at].is_group]
            dissenting = self._dissenting(named)
            if not self._all_agree([at for at in named if at not in dissenting]):
                # A mailbox that several people share is evidence for none of them.
                continue
            block = [at for at in block if at not in dissenting]
            named = [at for at in named if at not in dissenting]
            joined = groups if groups else self._none_against(block, named)
            for at in joined[1:]:
                self._join(joined[0], at, _SAME_ADDRESS)

    def _dissenting(self, named: list[int]) -> set[int]:
        """Return the few forms that disagree with the common ones: misread, or a slip of the hand.

        None where they are more than a twentieth: then several people share the address.
        """
        if not named:
            return set()
        common = max(named, key=lambda at: (self.tallies[at].count, -at))
        found = {
            at
            for at in named
            if self.tallies[at].count <= _RARE
            and not agree(self.clusters[common], self.clusters[at], slips=True)
        }
        known = sum(self.tallies[at].count for at in named)
        strange = sum(self.tallies[at].count for at in found)
        return found if strange * 20 <= known else set()

    def _none_against(self, block: list[int], named: list[int]) -> list[int]:
        """Order the forms of an address; one without a name says nothing where others have one."""
        for at in block if named else ():
            if at not in named:
                self.clusters[at] = cluster_of(at, self.tallies[at].count, Name())
        return sorted(block, key=lambda at: (-self.tallies[at].count, at))

    def _all_agree(self, block: list[int]) -> bool:
        """Tell whether forms may all be of one person; of very many only the most common count."""
        block = sorted(block, key=lambda at: (-self.tallies[at].count, at))[:_MOST_FORMS_COMPARED]
        clusters = [self.clusters[at] for at in block]
        return all(
            agree(one, other, slips=True)
            for place, one in enumerate(clusters)
            for other in clusters[place + 1 :]
        )

    def _by_name(self) -> None:
        """Join forms whose names have the same parts, and groups with the same words."""
        blocks: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        for at, name in enumerate(self.names):
            key = (fold(name.family), fold(name.given), fold(name.middle), fold(name.suffix))
            if name.is_full or name.is_group:
                blocks[(*key, name.is_group)].append(at)
            elif name.family and not self.addresses[at]:
                # A single word, or an initial: only what is written alike, and nothing beside it.
                blocks[(*key, "")].append(at)
        for block in blocks.values():
            for at in block[1:]:
                same = self.forms[block[0]][0].casefold() == self.forms[at][0].casefold()
                self._join(block[0], at, "same name" if same else "same name, written otherwise")

    def _by_swapped_name(self) -> None:
        """Join ``Jane, Roe`` with ``Roe, Jane`` where the one is met and the other is common."""
        holders: dict[tuple[str, str], int] = {}
        for cluster in self._each():
            for family, given in full_names(cluster):
                holders.setdefault((family, given), cluster.members[0])
        for (family, given), at in sorted(holders.items()):
            other = holders.get((given, family))
            if other is not None and min(len(family), len(given)) > 2 and family < given:
                one, two = self.clusters[at], self.clusters[other]
                swapped, right = sorted((one, two), key=lambda cluster: cluster.count)
                if swapped is not right and swapped.middles <= right.middles:
                    swapped.families, swapped.givens = set(), set()
                    self._join(right.members[0], swapped.members[0], "names swapped")

    def _by_middle(self) -> None:
        """Join ``Jane Roe`` with ``Jane A. Roe`` where no ``Jane B. Roe`` is met."""
        blocks: defaultdict[tuple[str, str], list[Cluster]] = defaultdict(list)
        for cluster in self._each():
            for key in full_names(cluster):
                blocks[key].append(cluster)
        for block in blocks.values():
            if len(block) < 2:
                continue
            if not one_person(block):
                block = _without_rare(block)
            for cluster in block[1:]:
                self._join(block[0].members[0], cluster.members[0], "middle name agrees")
        self._by_nickname()

    def _by_nickname(self) -> None:
        """Join ``Bob Roe`` with ``Robert Roe`` where the middle initial agrees."""
        blocks: defaultdict[str, dict[int, Cluster]] = defaultdict(dict)
        for cluster in self._each():
            if len(cluster.families) == 1 and cluster.middles:
                blocks[min(cluster.families)][id(cluster)] = cluster
        for family, held in sorted(blocks.items()):
            block = list(held.values())
            if not family or not 1 < len(block) <= _MOST_FORMS_COMPARED:
                continue
            for place, one in enumerate(block):
                alike = [
                    other
                    for other in block[place + 1 :]
                    if one.middles & other.middles
                    and any(same_given(a, b) for a in one.givens for b in other.givens if a != b)
                ]
                if len(alike) == 1:
                    self._join(one.members[0], alike[0].members[0], "short given name")

    def _by_initial(self) -> None:
        """Join ``J. Roe`` with ``Jane Roe`` where she is the only Roe whose name begins so."""
        blocks: defaultdict[tuple[str, str], dict[int, Cluster]] = defaultdict(dict)
        for cluster in self._each():
            for family in cluster.families:
                for given in cluster.givens:
                    blocks[family, given[:1]][id(cluster)] = cluster
        for _, held in sorted(blocks.items()):
            full = [one for one in held.values() if any(len(given) > 1 for given in one.givens)]
            if len(full) != 1:
                continue
            middles = set().union(*(cluster.middles for cluster in held.values()))
            for cluster in held.values():
                known = cluster.middles and cluster.middles == full[0].middles
                if cluster is not full[0] and (known or len(middles) < 2):
                    self._join(full[0].members[0], cluster.members[0], "initial agrees")

    def _by_local_part(self) -> None:
        """Join addresses made of a name, such as ``roej@``, where they fit one person only."""
        fitting: defaultdict[str, dict[int, Cluster]] = defaultdict(dict)
        for cluster in self._each():
            for at in cluster.members:
                for part in local_parts(self.names[at]) if self.names[at].is_full else ():
                    fitting[part][id(cluster)] = cluster
        for at, name in enumerate(self.names):
            if name.is_group or name.given or " " in name.family:
                continue
            part = fold(name.family).rstrip("0123456789")
            held = fitting.get(part, {})
            if len(held) == 1:
                (cluster,) = held.values()
                if len(self.clusters[at].givens) == 0 and cluster.members:
                    self._join(cluster.members[0], at, "address agrees with the name")

    def _by_slip(self) -> None:
        """Join a rare family name with a common one a letter away, of the same given name."""
        near: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for cluster in self._each():
            for family, given in full_names(cluster):
                if _LEAST_LETTERS <= len(family) <= 40:
                    for cut in with_one_less(family):
                        near[cut, given].append((family, cluster.members[0]))
        for _, block in sorted(near.items()):
            if len(block) < 2 or len(block) > _MOST_FORMS_COMPARED:
                continue
            common = [one for one in block if self.clusters[one[1]].count >= _COMMON]
            if len({id(self.clusters[at]) for _, at in common}) != 1:
                continue
            right, known = common[0]
            for wrong, at in block:
                if self.clusters[at].count <= _RARE and within(wrong, right, 1):
                    written = display_name(self.names[known])
                    self._join(known, at, f"OCR slip of {written}", slips=True)

    def _join(self, first: int, second: int, reason: str, *, slips: bool = False) -> None:
        one, other = self.clusters[first], self.clusters[second]
        if one is other or not agree(one, other, slips=slips or reason == _SAME_ADDRESS):
            return
        self.joins[first].append((second, reason))
        self.joins[second].append((first, reason))
        if len(one.members) < len(other.members):
            one, other = other, one
        one.members += other.members
        one.count += other.count
        one.families |= other.families
        one.givens |= other.givens
        one.middles |= other.middles
        one.suffixes |= other.suffixes
        for at in other.members:
            self.clusters[at] = one

    def _each(self) -> list[Cluster]:
        """Return the clusters, in the order of their first forms."""
        found = {id(cluster): cluster for cluster in self.clusters}
        for cluster in found.values():
            cluster.members.sort()
        return list(found.values())

    def _person(self, cluster: Cluster) -> Person:
        best = min(
            cluster.members,
            key=lambda at: (*_looks(self.names[at]), -self.tallies[at].count, self.forms[at]),
        )
        reasons = {best: "as written most" if len(cluster.members) > 1 else "the only form"}
        reached = deque([best])
        while reached:
            at = reached.popleft()
            for other, reason in self.joins[at]:
                if other not in reasons:
                    reasons[other] = reason
                    reached.append(other)
        order = sorted(reasons, key=lambda at: (at != best, -self.tallies[at].count, at))
        return _person(
            [(self.forms[at], self.tallies[at], self.names[at], reasons[at]) for at in order]
        )


def _person(forms: Sequence[tuple[tuple[str, str], _Tally, Name, str]]) -> Person:
    """Make a person of forms, the best first."""
    best = forms[0][2]
    if best.is_full and len(best.middle) < 2:
        best = replace(best, middle=_middle(best, forms))
    written = forms[0][0][0].strip() or forms[0][0][1].strip()
    # A single word is not told from a user's name: it is shown as it is written.
    shown = display_name(best) if best.given or best.is_group else written
    tallies = [tally for _, tally, _, _ in forms]
    return Person(
        name=" ".join((shown or written).split())[:_MOST_CHARACTERS],
        is_group=best.is_group,
        forms=tuple(
            Form(name, address, reason, tally.count) for (name, address), tally, _, reason in forms
        ),
        sent=sum(tally.sent for tally in tallies),
        received=sum(tally.received for tally in tallies),
        first=min((tally.first for tally in tallies if tally.first), default=""),
        last=max(tally.last for tally in tallies),
    )


def _middle(best: Name, forms: Sequence[tuple[tuple[str, str], _Tally, Name, str]]) -> str:
    """Return the longest middle name that stands in a fifth of the forms' appearances, or more.

    What a rare form has in the middle may be a slip of OCR or a torn piece of an agency's name.
    """
    counted: Counter[str] = Counter()
    for _, tally, name, _ in forms:
        if name.is_full:
            counted[name.middle] += tally.count
    common = [middle for middle in counted if counted[middle] * 5 >= counted.total()]
    return max(common, key=lambda middle: (len(middle), middle), default=best.middle)


def _without_rare(block: Sequence[Cluster]) -> list[Cluster]:
    """Leave out rare middle names where one is common, so that it alone may be meant.

    The rare ones may be slips or other people: they stay by themselves. Where several are common,
    nothing is left to join.
    """
    counts: Counter[str] = Counter()
    for cluster in block:
        for middle in cluster.middles:
            counts[middle] += cluster.count
    common = {middle for middle, count in counts.items() if count >= _COMMON}
    rare = sum(count for middle, count in counts.items() if middle not in common)
    if len(common) != 1 or rare > _RARE:
        return []
    return [cluster for cluster in block if cluster.middles <= common]


def _looks(name: Name) -> tuple[bool, bool]:
    """Return a key by which the names that are best to show sort first."""
    return name.is_group, not name.is_full

"""Find which ways of writing a name or an address are one person's.

Evidence is the same address, the same name in any order, an initial, an address made of the name,
a slip of OCR. Each joins two forms only where it could mean nobody else in the archive, and never
against what the forms already joined say: two middle initials are two people.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from recordsearch.query.distance import within
from recordsearch.understand.names import (
    Name,
    display_name,
    fold,
    local_parts,
    names_nobody,
    parse_name,
)
from recordsearch.understand.nicknames import same_given
from recordsearch.understand.person_addresses import Held, joined_by_address
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
# A full name met in fewer than one of so many headers is not shown.
_RARELY_SHOWN = 4
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
    and is evidence of nothing. Forms without a letter, and those that say that recipients are
    not disclosed, are left out. The order of ``appearances``
    makes no difference.
    """
    tallies: defaultdict[tuple[str, str], _Tally] = defaultdict(_Tally)
    for seen in appearances:
        written = seen.name[:_MOST_CHARACTERS] + seen.address[:_MOST_CHARACTERS]
        if any(map(str.isalnum, written)) and not names_nobody(seen.name or seen.address):
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
        made_of = self._local_parts()
        for block in blocks.values():
            held = [self._held(at) for at in block]
            for same in joined_by_address(held, lambda word, held: _anothers(word, held, made_of)):
                named = any(self.forms[at][0].strip() for at in same)
                for at in same:
                    if named and not self.forms[at][0].strip():
                        # What has no name says nothing where others have one.
                        self.clusters[at] = cluster_of(at, self.tallies[at].count, Name())
                for at in same[1:]:
                    self._join(same[0], at, _SAME_ADDRESS)

    def _held(self, at: int) -> Held:
        named = bool(self.forms[at][0].strip())
        return Held(at, self.names[at], named, self.tallies[at].count, self.clusters[at])

    def _local_parts(self) -> dict[str, set[tuple[str, str]]]:
        """Return, for each address that may be made of a full name, the names."""
        found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for name in self.names:
            for part in local_parts(name) if name.is_full else ():
                found[part].add((fold(name.family), fold(name.given)))
        return found

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
        known = max(one, other, key=lambda cluster: cluster.count)
        if agree(one, other, slips=False):
            families, givens = one.families | other.families, one.givens | other.givens
        else:
            # A misread name is no evidence against others: it is not kept.
            families, givens = known.families, known.givens
        if len(one.members) < len(other.members):
            one, other = other, one
        one.members += other.members
        one.count += other.count
        one.families, one.givens = families, givens
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

    def _best(self, members: Sequence[int]) -> int:
        """Return the form to show: a name rather than an address, and the name met most.

        A full name is shown rather than a single word or an initial unless it is met rarely.
        """
        counts: Counter[str] = Counter()
        named = [at for at in members if self.forms[at][0].strip()] or list(members)
        shown = {at: fold(display_name(self.names[at])) for at in named}
        for at in named:
            counts[shown[at]] += self.tallies[at].count
        most = max(counts.values())
        full = [
            at
            for at in named
            if self.names[at].is_full and counts[shown[at]] * _RARELY_SHOWN >= most
        ]
        return min(
            full or named,
            key=lambda at: (-counts[shown[at]], -self.tallies[at].count, self.forms[at]),
        )

    def _person(self, cluster: Cluster) -> Person:
        best = self._best(cluster.members)
        most = max(self.tallies[at].count for at in cluster.members)
        reason = "as written most" if self.tallies[best].count == most else "the name met most"
        if len(cluster.members) == 1:
            reason = "the only form"
        reasons = {best: reason}
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


def _anothers(
    word: Name, held: Sequence[Name], made_of: Mapping[str, Collection[tuple[str, str]]]
) -> bool:
    """Tell whether a single word is an address made of a name that is not one of those held."""
    part = fold(word.family).rstrip("0123456789")
    fitting = made_of.get(part, ())
    return bool(fitting) and not any((fold(one.family), fold(one.given)) in fitting for one in held)


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

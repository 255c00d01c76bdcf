"""What the forms that are taken for one person say of the name, and whether two sets agree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from recordsearch.query.distance import within
from recordsearch.understand.names import Name, fold, parse_name
from recordsearch.understand.nicknames import same_given

_MOST_CHARACTERS = 200
_LONGEST_FAMILY = 40
# In a shorter name a letter more or less makes another name.
_LEAST_LETTERS = 5


@dataclass(slots=True)
class Cluster:
    """Forms joined so far, as places in the list of forms, and what they say of the name."""

    members: list[int]
    count: int
    families: set[str]
    givens: set[str]
    middles: set[str]
    suffixes: set[str]


def name_of(name: str, address: str) -> Name:
    """Read a form's name; where it is an initial or missing, an address may say more."""
    read = parse_name(name) if any(map(str.isalpha, name[:_MOST_CHARACTERS])) else Name()
    if read.is_group or not address:
        return read if read.family else parse_name(name or address)
    told = parse_name(address)
    if not read.family:
        return told
    if told.is_group:
        return read if read.is_full else replace(read, is_group=True)
    same = told.is_full and fold(told.family) == fold(read.family)
    if same and len(fold(read.given)) == 1 and fold(told.given).startswith(fold(read.given)):
        return replace(read, given=told.given)
    return read


def cluster_of(at: int, count: int, name: Name) -> Cluster:
    """Return the cluster of one form alone; a group, or a single word, says nothing of a name."""
    if name.is_group:
        return Cluster([at], count, set(), set(), set(), set())
    middle = fold(name.middle)[:1]
    return Cluster(
        [at],
        count,
        {fold(name.family)} if name.given else set(),
        {fold(name.given)} if name.given else set(),
        {middle} if middle else set(),
        {fold(name.suffix)} if name.suffix else set(),
    )


def agree(one: Cluster, other: Cluster, *, slips: bool) -> bool:
    """Tell whether nothing that two clusters say keeps them from being one person."""
    if one.middles and other.middles and one.middles != other.middles:
        return False
    if one.suffixes and other.suffixes and one.suffixes != other.suffixes:
        return False
    families = one.families and other.families and not one.families & other.families
    if families and not (slips and _near(one.families, other.families)):
        return False
    return all(
        same_given(left, right) or (slips and _is_slip(left, right))
        for left in one.givens
        for right in other.givens
    )


def _near(families: set[str], others: set[str]) -> bool:
    return any(_is_slip(one, other) for one in families for other in others)


def _is_slip(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if any(map(str.isdigit, one)) and any(map(str.isdigit, other)):
        # A figure that differs is another figure.
        return False
    return shorter >= _LEAST_LETTERS and longer <= _LONGEST_FAMILY and within(one, other, 1)


def one_person(block: Sequence[Cluster]) -> bool:
    """Tell whether clusters with one full name have no two middle initials or suffixes."""
    middles = set().union(*(cluster.middles for cluster in block))
    suffixes = set().union(*(cluster.suffixes for cluster in block))
    return len(middles) <= 1 and len(suffixes) <= 1


def full_names(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """Yield the family and given names of a cluster that are more than initials."""
    for family in sorted(cluster.families):
        for given in sorted(cluster.givens):
            if len(given) > 1 and len(family) > 1:
                yield family, given


def with_one_less(family: str) -> set[str]:
    """Return a name, and what is left of it without each of its letters."""
    return {family, *(family[:place] + family[place + 1 :] for place in range(len(family)))}

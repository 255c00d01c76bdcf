"""Find which forms of one address are one person's, where others may have used it too.

A stray header, misread or written by somebody else, gives an address another name. It does not
keep the address from the one whose name it bears nearly always.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recordsearch.understand.names import Name, fold
from recordsearch.understand.person_clusters import Cluster, agree

# Who has an address has it at least twice as often as all others together, and so often.
_TIMES_OTHERS = 2
_LEAST = 3
# A single word, such as ``H``, met more often than this many times a full name, is not it.
_RARE_FULL = 20
_MOST_PARTIES = 64


@dataclass(frozen=True, slots=True)
class Held:
    """A form of an address: its place, name and count; ``named`` where it is not bare."""

    at: int
    name: Name
    named: bool
    count: int
    cluster: Cluster


@dataclass(slots=True)
class _Party:
    """Forms of an address that may all be of one; ``first`` is that met most."""

    first: Held
    forms: list[Held]

    @property
    def count(self) -> int:
        return sum(form.count for form in self.forms)


def joined_by_address(
    forms: Sequence[Held], is_anothers: Callable[[Name, Sequence[Name]], bool]
) -> list[list[int]]:
    """Return the places of the forms to join, in lists, the forms met most first.

    ``is_anothers`` tells of a single word that it is an address made of a name that is not among
    those given.
    """
    forms = sorted(forms, key=lambda form: (-form.count, form.at))
    bare = [form for form in forms if not form.named]
    parties = _parties([form for form in forms if form.named])
    owner = _owner(parties, is_anothers)
    joined = [party.forms for party in parties if party is not owner]
    if owner is None:
        joined.append(bare)
    elif bare and not owner.first.name.is_group and any(form.name.is_group for form in bare):
        # ``Jane Roe`` writes from the box of an office: it is not hers.
        joined += [owner.forms, bare]
    else:
        joined.append([*owner.forms, *bare])
    return [[form.at for form in party] for party in joined if len(party) > 1]


def _parties(named: Sequence[Held]) -> list[_Party]:
    """Group forms that have the same words, and those with full names that agree."""
    parties: list[_Party] = []
    by_words: dict[tuple[str, bool], _Party] = {}
    for form in named:
        words = (_words(form.name), form.name.is_group)
        party = by_words.get(words)
        if party is None and _is_full(form):
            party = next((one for one in parties if _may_hold(one, form)), None)
        if party is None:
            party = _Party(form, [])
            if len(parties) < _MOST_PARTIES:
                parties.append(party)
        by_words.setdefault(words, party)
        party.forms.append(form)
    return parties


def _may_hold(party: _Party, form: Held) -> bool:
    return _is_full(party.first) and all(
        agree(one.cluster, form.cluster, slips=True) for one in party.forms[:_MOST_PARTIES]
    )


def _owner(
    parties: list[_Party], is_anothers: Callable[[Name, Sequence[Name]], bool]
) -> _Party | None:
    """Return whose the address is, with the single words that it goes by; None for nobody's."""
    if not parties:
        return None
    most = max(parties, key=lambda party: (party.count, -party.first.at))
    full = [party for party in parties if _is_full(party.first)]
    if not _is_full(most.first) and not most.first.name.is_group and len(full) == 1:
        # ``Janie`` is short for the one full name, unless that is met once in a while only.
        most = full[0] if full[0].count * _RARE_FULL > most.count else most
    others = [party for party in parties if party is not most]
    words: list[_Party] = []
    if _is_full(most.first):
        held = [form.name for form in most.forms]
        words = [
            party
            for party in others
            if not _is_full(party.first)
            and not party.first.name.is_group
            and not is_anothers(party.first.name, held)
        ]
    against = sum(party.count for party in others if party not in words)
    if against and (most.count < _LEAST or most.count < _TIMES_OTHERS * against):
        return None
    for party in words:
        most.forms += party.forms
        parties.remove(party)
    return most


def _is_full(form: Held) -> bool:
    return bool(form.name.given) and not form.name.is_group


def _words(name: Name) -> str:
    return " ".join(map(fold, (name.given, name.middle, name.family, name.suffix)))

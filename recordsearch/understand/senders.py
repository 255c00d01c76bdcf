"""Tell whether two mailboxes may be the same one's, when all of an archive's are compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.contents import Mailbox
from recordsearch.query.distance import within
from recordsearch.understand.names import fold, local_parts, names_nobody, parse_name
from recordsearch.understand.nicknames import same_given
from recordsearch.understand.subjects import squeeze

# Recipients of a message that are looked at: by what they say, and one by one.
_MOST_RECIPIENTS = 1_000
_MOST_COMPARED = 24
_MOST_LETTERS = 40
# In a shorter name a letter more or less is another name, not a slip of OCR.
_LEAST_LETTERS = 5


@dataclass(frozen=True, slots=True)
class _Read:
    """A mailbox, folded.

    ``digits`` are those of its local part, or of its name without one, ``stem`` what is left of
    that without them. ``name`` is a person's as it is written, empty for a group's.
    """

    address: str
    local: str
    family: str
    given: str
    fitting: frozenset[str]
    digits: str
    stem: str
    name: str
    unknown: bool


class Senders:
    """Tells whether two mailboxes may be one sender's; reads each name once."""

    def __init__(self) -> None:
        self._known: dict[Mailbox, _Read] = {}

    def alike(self, first: Mailbox | None, second: Mailbox | None) -> bool:
        """Tell whether nothing keeps two mailboxes from being one's; None may be anyone's.

        Two addresses are one's where the name, or the one made of it, is the same, or a letter is
        misread; where a digit differs, as in ``desk1`` and ``desk2``, they never are.
        """
        if first is None or second is None or first == second:
            return True
        one, other = self._read(first), self._read(second)
        if one.address and one.address == other.address:
            return True
        if one.digits and other.digits and one.digits != other.digits:
            # One who has two addresses still has one name; ``desk1`` and ``desk2`` are a series.
            return one.name == other.name != "" and one.stem != other.stem
        if not one.family or not other.family:
            return not (one.address and other.address)
        if one.name == other.name != "" and one.stem != other.stem:
            return True
        if one.address and other.address and not (one.given and other.given):
            return _near_addresses(one, other)
        return _same_name(one, other)

    def contradict(
        self, first: Sequence[Mailbox], second: Sequence[Mailbox], *, whole: bool = False
    ) -> bool:
        """Tell whether two lists of recipients keep two copies from being one message.

        They do where both name somebody and none of the one may be one of the other. Where both
        are known to be ``whole``, they do where each names somebody whom the other does not.
        """
        one, other = self._named(first), self._named(second)
        if not one or not other:
            return False
        both = one.keys() & other.keys()
        if (both and not whole) or one.keys() == other.keys():
            return False
        left = [box for key, box in one.items() if key not in both][:_MOST_COMPARED]
        right = [box for key, box in other.items() if key not in both][:_MOST_COMPARED]
        if not whole:
            return not any(self.alike(box, there) for box in left for there in right)
        return any(not any(self.alike(box, there) for there in right) for box in left) and any(
            not any(self.alike(box, there) for box in left) for there in right
        )

    def _named(self, boxes: Sequence[Mailbox]) -> dict[str, Mailbox]:
        """Return whom a list names by a key; nobody where it withholds any of them all."""
        found: dict[str, Mailbox] = {}
        for box in boxes[:_MOST_RECIPIENTS]:
            read = self._read(box)
            if not read.unknown:
                found.setdefault(read.address or f"{read.given} {read.family}", box)
        return found

    def _read(self, box: Mailbox) -> _Read:
        read = self._known.get(box)
        if read is None:
            name = parse_name(box.name or box.address)
            address = box.address[:200].strip().casefold()
            local = address.partition("@")[0]
            written = local or fold(name.family) + fold(name.suffix)
            read = self._known[box] = _Read(
                address,
                squeeze(local)[:_MOST_LETTERS],
                fold(name.family)[:_MOST_LETTERS],
                fold(name.given)[:_MOST_LETTERS],
                local_parts(name),
                "".join(filter(str.isdecimal, written)),
                "".join(letter for letter in written.casefold() if not letter.isdecimal()),
                "" if name.is_group else fold(box.name[:200]),
                names_nobody(box.name or box.address) or not (name.family or name.given or address),
            )
        return read


def _near_addresses(one: _Read, other: _Read) -> bool:
    """Tell whether two addresses, of which one is without a full name, may be one sender's."""
    if _organisation(one.address) != _organisation(other.address):
        return False
    fits = (
        one.family in other.fitting
        or other.family in one.fitting
        or fold(one.address.partition("@")[0]) in other.fitting
        or fold(other.address.partition("@")[0]) in one.fitting
    )
    return fits or one.local == other.local or _is_slip(one.local, other.local)


def _organisation(address: str) -> list[str]:
    """Return what an address's domain has in common with the others of an organisation."""
    return address.rpartition("@")[2].split(".")[-2:]


def _same_name(one: _Read, other: _Read) -> bool:
    if one.family == other.family or _is_slip(one.family, other.family):
        return same_given(one.given, other.given) or _is_slip(one.given, other.given)
    return bool(
        one.fitting & other.fitting or one.family in other.fitting or other.family in one.fitting
    ) or (one.family == other.given and one.given == other.family)


def _is_slip(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LEAST_LETTERS and within(one, other, 1)

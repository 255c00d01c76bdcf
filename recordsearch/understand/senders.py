"""Tell whether two mailboxes may be the same one's, when all of an archive's are compared."""

from collections.abc import Sequence

from recordsearch.contents import Mailbox
from recordsearch.query.distance import within
from recordsearch.understand.names import fold, local_parts, parse_name

# Recipients of a message that are looked at.
_MOST_RECIPIENTS = 12
_MOST_LETTERS = 40
# In a shorter family name a letter more or less is another name, not a slip of OCR.
_LEAST_LETTERS = 5


class Senders:
    """Tells whether two mailboxes may be one sender's; reads each name once."""

    def __init__(self) -> None:
        self._read: dict[Mailbox, tuple[str, str, str, frozenset[str]]] = {}

    def alike(self, first: Mailbox | None, second: Mailbox | None) -> bool:
        """Tell whether nothing keeps two mailboxes from being one's; None may be anyone's."""
        if first is None or second is None or first == second:
            return True
        address, family, given, local = self._parts(first)
        other_address, other_family, other_given, other_local = self._parts(second)
        if address and address == other_address:
            return True
        if not family or not other_family:
            return not (address and other_address)
        if family == other_family or (
            min(len(family), len(other_family)) >= _LEAST_LETTERS
            and within(family[:_MOST_LETTERS], other_family[:_MOST_LETTERS], 1)
        ):
            return not given or not other_given or given[0] == other_given[0]
        return bool(local & other_local or family in other_local or other_family in local) or (
            family == other_given and given == other_family
        )

    def disjoint(self, first: Sequence[Mailbox], second: Sequence[Mailbox]) -> bool:
        """Tell whether both name recipients, and none of the one may be one of the other."""
        if not first or not second:
            return False
        return not any(
            self.alike(one, other)
            for one in first[:_MOST_RECIPIENTS]
            for other in second[:_MOST_RECIPIENTS]
        )

    def _parts(self, box: Mailbox) -> tuple[str, str, str, frozenset[str]]:
        read = self._read.get(box)
        if read is None:
            name = parse_name(box.name or box.address)
            read = self._read[box] = (
                box.address[:200].casefold(),
                fold(name.family)[:_MOST_LETTERS],
                fold(name.given),
                local_parts(name),
            )
        return read

"""What two copies of e-mails say for and against their being one message.

Two messages taken for one put words in someone's mouth, so whatever both copies say and say
otherwise keeps them apart: another figure, another recipient, another word of the subject. What
only one of them says, as a quotation leaves out much, does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.contents import Mailbox
from recordsearch.understand.moments import moment
from recordsearch.understand.senders import Senders
from recordsearch.understand.sketches import (
    Sketch,
    begin_alike,
    compare_sketches,
    figure_count,
    figures_contradict,
    greetings_contradict,
    greets,
    is_whole,
    shingles,
)
from recordsearch.understand.subjects import Title, is_generic, read_title, same_title, squeeze

# The least likeness of two bodies that is no contradiction, and the least that is agreement: of
# long bodies, of those whose shingles are all known, and of two e-mails as they were sent.
_NOT_CONTRADICTING = 0.15
_AGREEING = 0.5
_AGREEING_WHOLE = 0.7
_AGREEING_NATIVE = 0.9
# Bodies of fewer shingles, such as ``Thanks, will do``, are written twice a day.
_TELLING_SHINGLES = 6
_DAY = 1440
# Zones lie within 14 hours of UTC.
_WIDEST_ZONE_MINUTES = 14 * 60
_LEAST_ID = 6


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
    ``attachments``  the names that its header lists.
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
    attachments: tuple[str, ...] = ()


class Evidence:
    """Compares the copies of one archive by their places; every list is parallel to ``copies``."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        self.copies = copies
        self.moments = [moment(copy.sent) for copy in copies]
        known: dict[str, Title] = {}
        self.titles = [
            known.get(copy.subject) or known.setdefault(copy.subject, read_title(copy.subject))
            for copy in copies
        ]
        self.senders = Senders()

    def has_id(self, at: int) -> bool:
        """Tell whether a copy has a Message-ID worth the name."""
        return len(self.copies[at].message_id) >= _LEAST_ID

    def contradict(self, first: int, second: int) -> bool:
        """Tell whether something that both copies say keeps them from being one message."""
        return (
            self.headers_contradict(first, second)
            or self._titles_contradict(first, second)
            or self.bodies_contradict(first, second)
        )

    def headers_contradict(self, first: int, second: int) -> bool:
        """Tell whether two copies' IDs, times, senders, recipients or files differ."""
        one, other = self.copies[first], self.copies[second]
        if one.message_id and other.message_id and one.message_id != other.message_id:
            return True
        if self._times_contradict(first, second):
            return True
        if not self.senders.alike(one.sender, other.sender):
            return True
        whole = one.native and other.native
        if self.senders.contradict(one.recipients, other.recipients, whole=whole):
            return True
        return bool(one.attachments and other.attachments) and {
            *map(squeeze, one.attachments)
        }.isdisjoint(map(squeeze, other.attachments))

    def bodies_contradict(self, first: int, second: int) -> bool:
        """Tell whether two copies' bodies have other words, other figures or greet others."""
        one, other = self.copies[first], self.copies[second]
        whole = one.native and other.native and not self._share_id(first, second)
        if figures_contradict(one.sketch, other.sketch, whole=whole):
            return True
        if greetings_contradict(one.sketch, other.sketch):
            return True
        bodies = compare_sketches(one.sketch, other.sketch)
        return bodies is not None and bodies < (_AGREEING_NATIVE if whole else _NOT_CONTRADICTING)

    def same_minute(self, first: int, second: int) -> bool:
        """Tell whether two copies of the same minute are of one message."""
        one, other = self.copies[first], self.copies[second]
        agree = self._bodies_agree(first, second)
        when = self.moments[first]
        named = one.sender is not None and other.sender is not None
        if when is None or (when.day_only and not (agree and named)):
            return False
        # Both have words: if these do not agree, nothing else can tell.
        if not agree and one.sketch and other.sketch:
            return False
        left, right = self.titles[first].key, self.titles[second].key
        # A line such as ``On Monday Jane Roe wrote:`` gives no subject.
        untitled = not (left and right) and (one.subject == "" or other.subject == "")
        slips = self._slips(first, second) if agree and named else None
        if not self._same_title(first, second, slips) and not (untitled and agree and named):
            return False
        if self.contradict(first, second):
            return False
        if agree:
            return named or not is_generic(left or right)
        # Nothing in the bodies tells: the rest must be more than an empty header.
        return named and bool(one.recipients or other.recipients or not is_generic(left))

    def same_but_for_zone(self, first: int, second: int) -> bool:
        """Tell whether two copies are of one message, of which one gives another zone's time."""
        one, other = self.copies[first], self.copies[second]
        left, right = self.moments[first], self.moments[second]
        if left is None or right is None or one.sender is None or other.sender is None:
            return False
        # Only a quotation gives the time of somebody else's clock; a reminder is sent twice.
        unzoned = left.utc is None and right.utc is None and left.clock != right.clock
        if unzoned and one.quoted_in is None and other.quoted_in is None:
            return False
        if not self._bodies_agree(first, second):
            return False
        # ``Thanks`` is written twice a day; few words agree by chance.
        if min(shingles(one.sketch), shingles(other.sketch)) < _TELLING_SHINGLES and is_generic(
            self.titles[first].key
        ):
            return False
        if not self._same_title(first, second, self._slips(first, second)):
            return False
        return not self.contradict(first, second)

    def same_id(self, first: int, second: int) -> bool:
        """Tell whether two copies with the same Message-ID are of one message.

        An identifier is evidence, no proof: some programs give many messages the same one.
        """
        return self._share_id(first, second) and not self.contradict(first, second)

    def leaves_open(self, at: int, first: int, second: int) -> bool:
        """Tell whether two copies contradict each other in something that a third leaves open.

        Two that are cut or misread, each otherwise, are no doubt for one that has it all.
        """
        if self.headers_contradict(first, second):
            return True
        if not self.titles[at].key and self._titles_contradict(first, second):
            return True
        sketch = self.copies[at].sketch
        one, other = self.copies[first].sketch, self.copies[second].sketch
        if figure_count(sketch) < min(figure_count(one), figure_count(other)) and (
            figures_contradict(one, other)
        ):
            return True
        if not greets(sketch) and greetings_contradict(one, other):
            return True
        bodies = compare_sketches(one, other)
        return is_whole(sketch) and bodies is not None and bodies < _NOT_CONTRADICTING

    def saying(self, at: int) -> tuple[int, int]:
        """Return a key by which the copy that says most about itself sorts first."""
        copy, when = self.copies[at], self.moments[at]
        said = (
            8 * bool(copy.message_id)
            + 4 * (copy.sender is not None and bool(copy.sender.name))
            + 4 * bool(copy.sketch)
            + 2 * bool(copy.recipients)
            + 2 * bool(copy.subject)
            + (when is not None and when.utc is not None)
        )
        return -said, at

    def fullness(self, at: int) -> tuple[int, int]:
        """Return a key by which the copy that has most of the body sorts first."""
        return -len(self.copies[at].sketch), at

    def _share_id(self, first: int, second: int) -> bool:
        return self.has_id(first) and (
            self.copies[first].message_id == self.copies[second].message_id
        )

    def _times_contradict(self, first: int, second: int) -> bool:
        left, right = self.moments[first], self.moments[second]
        if left is None or right is None:
            return False
        zoned = left.utc is not None and right.utc is not None
        if self._share_id(first, second):
            one, other = (when.clock if when.utc is None else when.utc for when in (left, right))
            farthest = _DAY if zoned else _DAY + _WIDEST_ZONE_MINUTES
            return abs(one - other) > farthest
        if zoned and left.utc != right.utc:
            return True
        return bool(left.second and right.second and left.second != right.second)

    def _titles_contradict(self, first: int, second: int) -> bool:
        left, right = self.titles[first], self.titles[second]
        if not left.key or not right.key:
            return False
        return not self._same_title(first, second, self._slips(first, second))

    def _same_title(self, first: int, second: int, slips: int | None) -> bool:
        left, right = self.titles[first], self.titles[second]
        if self.copies[first].native and self.copies[second].native:
            # A list puts its name in front of a subject.
            return left.key == right.key or (
                self._share_id(first, second)
                and (left.key.endswith(right.key) or right.key.endswith(left.key))
            )
        quoted = any(self.copies[at].quoted_in is not None for at in (first, second))
        return same_title(left, right, slips=slips, quoted=quoted)

    def _slips(self, first: int, second: int) -> int | None:
        """Return how many letters of a subject may be wrong, as long bodies agree."""
        one, other = self.copies[first].sketch, self.copies[second].sketch
        return 2 if min(shingles(one), shingles(other)) >= _TELLING_SHINGLES else None

    def _bodies_agree(self, first: int, second: int) -> bool:
        one, other = self.copies[first].sketch, self.copies[second].sketch
        bodies = compare_sketches(one, other)
        if bodies is None:
            return False
        whole = is_whole(one) and is_whole(other)
        return bodies >= (_AGREEING_WHOLE if whole else _AGREEING) and begin_alike(one, other)

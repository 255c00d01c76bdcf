"""Say how far the reading of a message's header can be relied on."""

from collections.abc import Sequence

from recordsearch.contents import Mailbox
from recordsearch.understand.dates import has_time
from recordsearch.understand.message_fields import Header
from recordsearch.understand.message_labels import Damage, Kind

_EARLIEST_YEAR, _LATEST_YEAR = 1971, 2050
"""Years in which e-mail was sent, with room ahead."""
_MANY_RECIPIENTS = 300
_LONG_SUBJECT = 300


def confidence(
    header: Header, sender: Mailbox | None, recipients: Sequence[Mailbox], subject: str
) -> float:
    """Return 0 to 100: less for each thing that is missing, damaged, or hardly true."""
    sure = 70.0 if header.attribution else 100.0
    if sender is None:
        sure -= 20
    if not header.sent:
        sure -= 25
    elif not has_time(header.sent):
        sure -= 10
    if header.sent and not _EARLIEST_YEAR <= int(header.sent[:4]) <= _LATEST_YEAR:
        sure -= 50
    if not header.attribution:
        sure -= 0 if recipients else 10
        sure -= 0 if header.get(Kind.SUBJECT) else 10
    if len(recipients) > _MANY_RECIPIENTS:
        sure -= 30
    if len(subject) > _LONG_SUBJECT:
        sure -= 30
    damaged = sum(3 for field in header.fields if field.damage is not Damage.NONE)
    return max(1.0, sure - min(damaged, 15))

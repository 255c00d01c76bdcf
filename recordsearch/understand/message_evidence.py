"""Weigh whether labelled lines are a message's header: memos, faxes and tables have labels too."""

import re
from collections.abc import Mapping, Sequence

from recordsearch.understand.dates import find_date, has_time
from recordsearch.understand.message_labels import Kind, Label

_PREFIX = re.compile(r"\s*(?i:re|fw|fwd|aw|wg|tr|rv|sv|antw)\s?[:;]")
_ADDRESS = re.compile(r"\w\s?@\s?\w")


def is_mail(
    values: Mapping[Kind, str], labels: Mapping[Kind, Label], sent: str, *, divided: bool
) -> bool:
    """Tell whether a block of labels is a message's header.

    ``values`` and ``labels`` are what stands behind each label, and the label; ``sent`` is the date
    that was read, ``divided`` tells that a line such as "Original Message" stands above.
    """
    kinds = set(labels)
    if not any(label.strong for label in labels.values()):
        return False
    sender, to = values.get(Kind.SENDER, ""), values.get(Kind.TO, "")
    address = bool(_ADDRESS.search(sender) or _ADDRESS.search(to))
    if sender and not address and find_date(sender):
        return False  # a span of time: "From: June 1 To: June 5"
    if has_time(sent):
        return Kind.SENDER in kinds or Kind.TO in kinds
    if not address and _is_memo(list(labels.values())):
        return False
    written = values.get(Kind.SENT, "")
    if written and not any(character.isdigit() for character in written):
        return False
    if Kind.SENT in kinds and Kind.SENDER in kinds:
        if labels[Kind.SENT].word.lower() != "date":
            return Kind.TO in kinds or Kind.SUBJECT in kinds
        return address and Kind.SUBJECT in kinds
    if Kind.SENT in kinds and {Kind.TO, Kind.SUBJECT} <= kinds:
        return bool(sent) and address
    if divided and Kind.SENDER in kinds and len(kinds) >= 3:
        return True
    replied = bool(_PREFIX.match(values.get(Kind.SUBJECT, "")))
    return {Kind.SENDER, Kind.TO, Kind.SUBJECT} <= kinds and (address or replied)


def _is_memo(labels: Sequence[Label]) -> bool:
    """Tell whether all labels are in capitals, as on a memo."""
    return all(label.word.isupper() for label in labels if len(label.word) > 2)

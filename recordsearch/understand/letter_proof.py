"""Whether a draft is a letter: what speaks against it, and how much speaks for it."""

import re
from collections.abc import Sequence

from recordsearch.understand.letter_drafts import Draft
from recordsearch.understand.letter_head import Head
from recordsearch.understand.letter_lines import (
    COURT,
    HEADER_FIELD,
    OPEN_LETTER,
    UNDERSIGNED,
    Line,
    mail_header,
)

ENOUGH = 60.0
"""The least confidence of a letter: a greeting with a closing, or with a date and an address."""

IN_DOUBT = 40.0
"""What a letter loses where half of its signatories, or more, may be read wrongly. A letter that
is one stays one."""

_GREETING = 30.0
_UNDERSIGNED = 20.0
_CLOSING = 30.0
_LIST_HEADING = 18.0
_DATE = _ADDRESSEE = 15.0
_SIGNATORY = 10.0
_IN_THE_MIDDLE = -15.0
_AS_IN_MAIL = -15.0
"""E-mails whose header is elsewhere greet, and send regards or thanks, too."""
_MAIL_CLOSING = re.compile(
    r"(?:(?:with |my |our )?(?:many |kind |best |warm |kindest |warmest )*"
    r"(?:regards|wishes|thanks|thank you)|best)\b",
    re.IGNORECASE,
)
_MANY = 3

_BODY_LINES = 40
_COURT_LINES = 40
_MAIL_LINES = 15
_TOP_LINES = 6
_MUCH_ABOVE = 12


def is_ruled_out(draft: Draft, lines: Sequence[Line], head: Head) -> bool:
    """Tell whether a draft is something else: an e-mail, a memo, a paper filed with a court."""
    above = lines[_header_start(draft, lines) : draft.opening]
    body_end = draft.closing if draft.closing >= 0 else draft.opening + _BODY_LINES
    body = lines[draft.opening : min(body_end, draft.end)]
    if mail_header(above) or mail_header(body):
        return True
    if not head.date and _goes_on_from_mail(lines, draft):
        return True
    dated = draft.greeted and bool(head.date)
    if draft.closing < 0 and not (dated and head.addressee):
        return True
    return not dated and any(COURT.search(line.text) for line in above[-_COURT_LINES:])


def confidence(
    draft: Draft, lines: Sequence[Line], head: Head, *, words: str, signers: int
) -> float:
    """Return 0 to 100: how many of a letter's parts are there.

    ``words`` are those of the closing; empty where only the heading of a list stands for one.
    """
    points = (_CLOSING if words else _LIST_HEADING) if draft.closing >= 0 else 0.0
    points += _GREETING * draft.greeted + _SIGNATORY * (signers > 0)
    points += _DATE * bool(head.date) + _ADDRESSEE * bool(head.addressee)
    opening = lines[draft.opening].text
    if not draft.greeted and (UNDERSIGNED.match(opening) or OPEN_LETTER.match(opening)):
        points += _UNDERSIGNED
    if draft.greeted and not head.date and not head.addressee:
        points += _IN_THE_MIDDLE * (draft.opening - draft.first > _MUCH_ABOVE)
        points += _AS_IN_MAIL * (signers < _MANY and _MAIL_CLOSING.match(words) is not None)
    return min(100.0, points)


def _header_start(draft: Draft, lines: Sequence[Line]) -> int:
    """Return where the header block begins of which a draft's first line is one field."""
    start = draft.first
    while (
        start > max(0, draft.first - _MAIL_LINES)
        and HEADER_FIELD.match(lines[start].text)
        and HEADER_FIELD.match(lines[start - 1].text)
    ):
        start -= 1
    return start


def _goes_on_from_mail(lines: Sequence[Line], draft: Draft) -> bool:
    """Tell whether an e-mail's header ends the page before a greeting at the top of one."""
    before = lines[max(0, draft.first - _MAIL_LINES) : draft.first]
    near = [line for line in before if line.page >= lines[draft.opening].page - 1]
    return draft.opening - draft.first < _TOP_LINES and mail_header(near)

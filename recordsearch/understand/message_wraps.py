"""Tell whether a line below a header's last is the rest of its subject, or begins the body."""

import re
from collections.abc import Sequence

from recordsearch.understand.message_lines import Line
from recordsearch.understand.message_places import is_divider
from recordsearch.understand.message_subjects import is_reply

FULL_LINE = 60
"""Characters of a line that may well be full, whatever the page's width."""
_SALUTATION_WORDS = 4
_SIGNATURE = "Sent from "
"""With which telephones sign."""
_AROUND = 60
_ROOM = 0.93
"""Share of the longest line near by that a line takes up at least if it is full: faces differ."""
_OPEN_END = re.compile(r"(?:[-–—,&/(]|\b(?:and|of|the|for|to|in|on|with|a|an|at|by))$")


def subject_goes_on(before: str, line: str) -> bool:
    """Tell by their words whether a subject is wrapped over the next line."""
    if len(before) < FULL_LINE or len(line) > FULL_LINE or is_divider(line):
        return False
    if line[-1] in ":," and len(line.split()) <= _SALUTATION_WORDS:
        return False
    return bool(_OPEN_END.search(before)) or line[0].islower()


def is_spaced(lines: Sequence[Line]) -> bool:
    """Tell whether blank lines part a header's lines: one without them goes on with the last."""
    return any(line.skip and not line.text for line in lines)


def is_wrapped(lines: Sequence[Line], before: Line, index: int) -> bool:
    """Tell whether a line had no room on the one before it, and stands above a blank one."""
    return _was_full(lines, before, index) and _stands_alone(lines, index)


def _was_full(lines: Sequence[Line], before: Line, index: int) -> bool:
    line = lines[index]
    around = lines[max(0, index - _AROUND) : index + _AROUND]
    width = max(len(other.text) for other in around if other.page == line.page)
    needed = len(before.text) + 1 + len(line.text.split()[0])
    return width >= FULL_LINE and needed > width * _ROOM


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is None or after.text or after.page != line.page:
        return False
    if is_divider(line.text) or line.text.startswith(_SIGNATURE):
        return False
    return line.text[-1] not in ":,." or is_reply(line.text)

"""Mend subjects that run on into the body, or stop at a line's end, by those of the same thread."""

import re
from collections.abc import Sequence

from recordsearch.understand.message_drafts import Draft
from recordsearch.understand.message_subjects import (
    is_reply,
    missing,
    shared_end,
    squeezed,
    tidy,
)
from recordsearch.understand.message_threads import Place

_AHEAD = 400
"""Characters after a subject in which the rest of one that is wrapped is looked for."""
_TOLD = 12
_CLOSING = re.compile(r"[.?!…)\]\"'”’]{1,4}(?=\s|$)")


def mend_subjects(drafts: Sequence[Draft], places: Sequence[Place]) -> None:
    """Cut or lengthen subjects as those of replies and quoted messages tell, the oldest first."""
    for index in range(len(drafts) - 1, 0, -1):
        parent = places[index].parent
        while parent is not None and drafts[index].subject:
            _lengthen(drafts[index], drafts[parent].subject)
            _lengthen(drafts[parent], drafts[index].subject)
            _cut(drafts[parent], drafts[index])
            if drafts[parent].subject:
                break
            parent = places[parent].parent  # one that has no subject says nothing of the thread
    for index in range(1, len(drafts)):
        parent = places[index].parent
        if parent is not None and is_reply(drafts[parent].subject):
            _cut(drafts[index], drafts[parent])


def _lengthen(draft: Draft, other: str) -> None:
    """Add the rest of another's subject, of which this is the beginning, if it stands below."""
    line = draft.last_subject_line()
    rest = missing(draft.subject, other)
    if line is None or not rest or draft.body_start <= line[1]:
        return
    place = _place_of(draft.document, line[1], rest)
    if place is not None:
        closing = _CLOSING.match(draft.document, place)
        place = closing.end() if closing else place
        draft.subject = tidy(f"{draft.subject} {draft.document[line[1] : place]}")
        draft.cut(place)


def _place_of(document: str, start: int, rest: str) -> int | None:
    """Return the place after the letters and figures of ``rest``, if they follow without a gap."""
    seen = blank = 0
    for place in range(start, min(len(document), start + _AHEAD)):
        character = document[place].lower()
        if seen == len(rest):
            return None if character.isalnum() else place
        blank = blank + 1 if character == "\n" else blank if character.isspace() else 0
        if blank > 1 or character == "\f":
            return None
        if character.isalnum():
            if character != rest[seen]:
                return None
            seen += 1
    return None


def _cut(draft: Draft, other: Draft) -> None:
    """Cut a subject that goes on with body text where the other's ends."""
    line = draft.last_subject_line()
    end = shared_end(draft.subject, other.subject) if line else None
    if line is None or end is None:
        return
    # What the other's lacks may only be wrapped over its next line.
    rest = squeezed(draft.subject[end:])[:_TOLD]
    after = other.document[other.subject_end() : other.subject_end() + _AHEAD]
    if rest and squeezed(after).startswith(rest):
        return
    kept = draft.subject[:end].rstrip()
    place = _place_after(draft.document, *line, kept)
    if place is not None:
        draft.subject = kept
        draft.cut(place)


def _place_after(document: str, start: int, stop: int, kept: str) -> int | None:
    """Return the place in the line after the characters of ``kept``, white space not counted."""
    wanted = "".join(kept.split())
    seen = 0
    for place in range(start, min(stop, start + 4_000)):
        if seen == len(wanted):
            return place
        if document[place].isspace():
            continue
        if document[place] != wanted[seen]:
            return None
        seen += 1
    return None

"""Joins the lines of a name, title or group that is broken over lines."""

from collections.abc import Sequence
from itertools import zip_longest

from recordsearch.understand.signator_names import Kind, has_group_word, is_title, kind_of
from recordsearch.understand.signator_parse import (
    goes_on,
    is_marked,
    is_signed,
    is_typed_below,
    parse_text,
    tidy,
)
from recordsearch.understand.signator_rows import Segment
from recordsearch.understand.signator_setting import INDENT, MOST_INDENT, Setting

_LONG_WORD = 7
_SLACK, _WIDE_SLACK = 0.12, 0.3
"""Shares of a column's width by which its longest line may fall short of it: mostly, and where a
title with a group behind it is likely to go on."""


def join_lines(lines: Sequence[Segment], setting: Setting, whole: bool) -> list[str]:
    """Join lines that go on from the one above."""
    out: list[str] = []
    last: Segment | None = None
    for part, below in zip_longest(lines, lines[1:]):
        apart = whole and len(out) == 1 and last is lines[0] and _is_pair(lines, setting.form)
        named = len(out) > 1 and below is not None and _is_named(part, below)
        if last is not None and not (apart or named) and _wraps(last, part, out, setting, whole):
            hyphen = out[-1].endswith("-") and part.text[:1].islower()
            out[-1] = out[-1][:-1] + part.text if hyphen else f"{out[-1]} {part.text}"
        else:
            out.append(part.text)
        last = part
    return out


def _is_named(part: Segment, below: Segment) -> bool:
    """Tell whether a line is a name whose title stands in the line below."""
    return (
        kind_of(tidy(below.text)) is Kind.TITLE
        and kind_of(tidy(part.text)) in (Kind.PERSON, Kind.EITHER)
        and len(part.text.split()) > 1
    )


def _is_pair(lines: Sequence[Segment], form: str) -> bool:
    """Tell whether lines can be a person and a group below, as in the other entries.

    Two lines may be a group and a person below, too.
    """
    first = kind_of(tidy(lines[0].text))
    rest = " ".join(tidy(part.text) for part in lines[1:])
    if form == "PG":
        whole_name = len(lines) == 2 or len(tidy(lines[0].text).split()) > 1
        return (
            whole_name
            and first is Kind.EITHER
            and kind_of(rest) is Kind.GROUP
            and has_group_word(rest)
        )
    return (
        form == "GP"
        and len(lines) == 2
        and (first, kind_of(rest)) == (Kind.GROUP, Kind.EITHER)
        and has_group_word(lines[0].text)
    )


def _wraps(
    last: Segment, part: Segment, texts: Sequence[str], setting: Setting, whole: bool
) -> bool:
    """Tell whether a line goes on from the one above it, the last of ``texts`` so far."""
    told = _told(last, part, texts, setting, whole)
    if told is not None:
        return told
    text = texts[-1]
    indent = part.x0 - setting.left
    kind, above = kind_of(tidy(part.text)), kind_of(tidy(text))
    if kind is Kind.TITLE or is_title(part.text.split(",")[0]) or above is Kind.TITLE:
        return False
    if in_one_line(part.text):
        return False
    if INDENT < indent < MOST_INDENT and above is Kind.GROUP:
        return True
    if Kind.PERSON in (above, kind) or not _no_room(last, part, setting, _SLACK if whole else 0.0):
        return False
    if whole:
        return True
    # In a list without space, a lone word below a long line is the rest of it.
    short = last.x1 - last.x0 > 1.5 * (part.x1 - part.x0)
    return short and above is Kind.GROUP and len(part.text.split()) == 1


def _told(
    last: Segment, part: Segment, texts: Sequence[str], setting: Setting, whole: bool
) -> bool | None:
    """Tell by indent, words or a mark whether a line goes on; None where they do not say."""
    text = texts[-1]
    if len(texts) == 1 and is_typed_below((text, part.text)):
        return False
    if setting.hung:
        if INDENT < part.x0 - setting.left < MOST_INDENT:
            # Below "By:", name and title are both indented, and do not go on from one another.
            alike = is_signed(texts[0]) and abs(part.x0 - last.x0) < INDENT
            return not (alike and kind_of(tidy(part.text)) is Kind.TITLE)
        if kind_of(tidy(text)) in (Kind.GROUP, Kind.EITHER) or in_one_line(texts[0]):
            return False
    if _is_small_name(part.text) and not _no_room(last, part, setting, _SLACK):
        return False
    if goes_on(text, part.text) or (len(text.split()) > 1 and _is_lone_noun(part.text)):
        return True
    if whole and is_marked(texts[0]) and ("," in texts[0] or len(tidy(texts[0]).split()) == 1):
        return True
    if whole and in_one_line(texts[0]):
        return not _is_next(part.text)
    if whole and len(texts) > 1 and "," in text and _no_room(last, part, setting, _WIDE_SLACK):
        return True
    return None


def _no_room(last: Segment, part: Segment, setting: Setting, slack: float) -> bool:
    """Tell whether the first word of ``part`` had no room behind ``last``."""
    letter = (last.x1 - last.x0) / max(1, len(last.text))
    need = last.x1 + letter * (len(part.text.split()[0]) + 1)
    return need > setting.left + (1 - slack) * setting.reach + 1


def _is_next(text: str) -> bool:
    """Tell whether a line below one with a name and a role surely begins another entry.

    A whole name and a title stand in it: what goes on from a role has no other person's.
    """
    read = parse_text(tidy(text))
    return not read.is_group and len(read.name.split()) > 1 and bool(read.title)


def _is_small_name(text: str) -> bool:
    """Tell whether a line is one long word in small letters, as some groups write their names."""
    return text.isalpha() and text.islower() and len(text) >= _LONG_WORD


def _is_lone_noun(text: str) -> bool:
    """Tell whether a line is but one word of those that names of groups end with."""
    return text.isalpha() and text.istitle() and has_group_word(text)


def in_one_line(text: str) -> bool:
    """Tell whether a line has a person's name with title or group behind it."""
    read = parse_text(tidy(text))
    return not read.is_group and bool(read.title or read.organisation)

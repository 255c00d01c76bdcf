"""Tell where a page begins another document than the message before it: a memo, a letter, a form.

What was attached is often printed behind the message, in the same file. Most long messages run over
pages, so a page goes on with the message unless its top is clearly another document's heading, or
looks like one and the message had its closing or its sender's name at its end.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum

from recordsearch.contents import Mailbox
from recordsearch.understand.dates import find_date, has_time
from recordsearch.understand.message_fields import Header
from recordsearch.understand.message_lines import is_furniture, repeated_lines, squeezed_line

_TOP_LINES = 24
_TOP_CHARACTERS = 3_000
_LETTERHEAD_LINES = 8
_LABEL_LINES = 12
_SHORT_LINE = 80
_END_LINES = 14
_END_CHARACTERS = 3_000

_MEMO = re.compile(
    r"(?:[A-Z][\w'’.&-]{0,20} ){0,3}(?i:memorandum|memo)"
    r"(?: (?i:to (?:the )?(?:file|record)))?\W{0,3}"
)
_LABEL = re.compile(
    r"(?:(?P<word>(?i:to|from|date|dated|subject|subj|re|through|thru|via|cc))[ \t]?:"
    r"|(?P<loud>TO|FROM|DATE|SUBJECT|RE|CC)(?:[ \t]{2,}|\t|$))"
)
_LABEL_KINDS = {"dated": "date", "subj": "subject", "re": "subject", "thru": "through"}
_ATTACHED = re.compile(
    r"(?P<word>(?i:attachment|exhibit|appendix|enclosure|annex))\W{1,3}"
    r"(?:[\"“]?(?:[A-Z]|\d{1,2}|[IVX]{1,5})[\"”]?(?:[-.]\d{1,2})?)(?P<more>\W.{0,70})?"
)
_KINDS = re.compile(
    r"\b(?i:forms?|applications?|agenda|minutes|checklist|report|agreement|contract|policy|procedures?"
    r"|ordinance|resolution|invoice|permit|request for|affidavit|declaration|fact sheet"
    r"|(?:press|news|media) release|questionnaire|work order|purchase order|curriculum vitae"
    r"|statement of|incident report|transcript)\b"
)
_SALUTATION = re.compile(r"(?:Dear\b|To [Ww]hom|TO WHOM)[^.]{0,80}$")
_CLOSING = re.compile(
    r"(?:(?:best|kind|warm|warmest|kindest|with)?\W{0,2}(?:regards|wishes)|best|cheers|sincerely"
    r"|respectfully|yours (?:truly|sincerely|faithfully)|cordially|thanks?(?: you)?"
    r"(?: (?:so much|very much|again|in advance|all))?|many thanks|sent from my\b.{0,40}"
    r"|get outlook for\b.{0,20})\W{0,3}(?:[A-Z][\w.'’-]{0,20}){0,3}",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"[.;,:?!]$")


class _Top(IntEnum):
    """How sure it is that a page's top is the heading of another document."""

    NO = 0
    LIKELY = 1
    CLEAR = 2


def other_documents(
    pages: Sequence[str],
    starts: Sequence[int],
    headers: Sequence[Header],
    senders: Sequence[Mailbox | None],
) -> list[int]:
    """Return the offsets at which pages begin other documents than the messages before them.

    ``starts`` are the pages' offsets, ``headers`` the messages' in order with their ``senders``. A
    page that a header opens, or that a header runs over, is not among them.
    """
    found: list[int] = []
    begins = [header.start for header in headers]
    ruled: frozenset[str] | None = None
    for number in range(headers[0].page, len(pages)):
        page, start = pages[number], starts[number]
        before = bisect_right(begins, start) - 1
        if before < 0 or headers[before].body_start > start:
            continue
        if before + 1 < len(headers) and headers[before + 1].page == number + 1:
            if headers[before + 1].at_top:
                continue
            page = page[: max(0, headers[before + 1].above - start)]
        if ruled is None:
            ruled = repeated_lines(pages)
        top = _judged(_top_lines(page, ruled))
        if top is _Top.NO:
            continue
        body = max(headers[before].body_start, start - _END_CHARACTERS)
        if top is _Top.CLEAR or _has_ended(pages, starts, (body, start), senders[before]):
            found.append(start)
    return found


def _top_lines(page: str, ruled: frozenset[str]) -> list[str]:
    lines = [line.strip() for line in page[:_TOP_CHARACTERS].split("\n")]
    return [
        line
        for line in lines
        if line
        and not (len(line) <= 200 and is_furniture(line, edge=True))
        and (squeezed_line(line[:200]) not in ruled or _MEMO.fullmatch(line[:200]))
    ][:_TOP_LINES]


def _judged(lines: Sequence[str]) -> _Top:
    if not lines or lines[0][0] == ">":
        return _Top.NO
    return max(_memo(lines), _letter(lines), _attached(lines), _titled(lines))


def _memo(lines: Sequence[str]) -> _Top:
    title = next(
        (
            number
            for number, line in enumerate(lines[:_LETTERHEAD_LINES])
            if len(line) <= _SHORT_LINE and _MEMO.fullmatch(line)
        ),
        None,
    )
    kinds: set[str] = set()
    first: int | None = None
    for number, line in enumerate(lines[:_LABEL_LINES]):
        label = _LABEL.match(line)
        if label:
            word = (label["word"] or label["loud"]).lower()
            kinds.add(_LABEL_KINDS.get(word, word))
            first = number if first is None else first
    if first is None or first >= _LETTERHEAD_LINES or not _all_short(lines[:first]):
        return _Top.NO
    if "from" not in kinds or "to" not in kinds:
        return _Top.NO
    if title is not None and title < first and len(kinds) >= 3:
        return _Top.CLEAR
    return _Top.CLEAR if {"date", "subject"} <= kinds else _Top.NO


def _letter(lines: Sequence[str]) -> _Top:
    for number, line in enumerate(lines[:_LETTERHEAD_LINES]):
        if not _is_date(line):
            continue
        if not _all_short(lines[:number]):
            return _Top.NO
        greeted = any(_SALUTATION.match(after[:120]) for after in lines[number + 1 :])
        return _Top.CLEAR if greeted else _Top.LIKELY
    return _Top.NO


def _attached(lines: Sequence[str]) -> _Top:
    line = lines[0]
    match = _ATTACHED.fullmatch(line[:120])
    if not match or _SENTENCE.search(line):
        return _Top.NO
    if len(lines) > 1 and lines[1].lower().startswith(match["word"].lower()):
        return _Top.NO  # the message's own list of what is attached
    return _Top.LIKELY if match["more"] else _Top.CLEAR


def _titled(lines: Sequence[str]) -> _Top:
    """Tell whether the first line is a title, in capitals or with them, of some kind of paper."""
    line = lines[0]
    if len(line) > _SHORT_LINE or _SENTENCE.search(line) or not _KINDS.search(line):
        return _Top.NO
    long = [word for word in line.split() if len(word.strip("()'\"-–,")) > 3]
    titled = len(long) >= 2 and all(word.lstrip("('\"-–")[:1].isupper() for word in long)
    return _Top.LIKELY if titled else _Top.NO


def _is_date(line: str) -> bool:
    """Tell whether a line is a date in words and nothing else."""
    if len(line) > 40 or not any(character.isalpha() for character in line):
        return False
    found = find_date(line)
    return bool(
        found
        and not has_time(found[0])
        and not line[: found[1]].strip(" ,.").replace("Date:", "")
        and not line[found[2] :].strip(" ,.")
    )


def _all_short(lines: Sequence[str]) -> bool:
    """Tell whether lines may be a letterhead's: none is long, none ends a sentence."""
    return all(len(line) <= _SHORT_LINE and line[-1] not in ".;?!," for line in lines)


def _has_ended(
    pages: Sequence[str], starts: Sequence[int], where: tuple[int, int], sender: Mailbox | None
) -> bool:
    """Tell whether the text before a page's start has a closing with a name, or the sender's name.

    A closing at the very end is not enough: the name stands on the next page.
    """
    body, start = where
    number = bisect_right(starts, start - 1) - 1
    text = pages[number][max(0, body - starts[number]) :]
    lines = [line.strip() for line in text.split("\n")]
    lines = [
        line for line in lines if line and not (len(line) <= 200 and is_furniture(line, edge=True))
    ][-_END_LINES:]
    names = set(_NAME_WORD.findall(sender.name.lower() if sender else ""))
    for place, line in enumerate(lines):
        if len(line) > _SHORT_LINE:
            continue
        if _CLOSING.fullmatch(line) and (
            place + 1 < len(lines) or line.lower().startswith(("sent from", "get outlook"))
        ):
            return True
        words = set(_NAME_WORD.findall(line.lower()))
        if names and words and words <= names:
            return True
    return False

"""Read what stands above a header: a dividing line, a page's top, an unlabelled sender and date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.understand.dates import find_date, has_time
from recordsearch.understand.message_labels import Kind, Label
from recordsearch.understand.message_lines import Line

_DIVIDER = re.compile(
    r"\W*(?:\w{1,5}\W{1,4})?(?i:original (?:message|appointment)|forwarded message"
    r"|begin forwarded message|(?:ursprüngliche|weitergeleitete) nachricht|message d'origine"
    r"|message (?:original|transféré)|mensaje (?:original|reenviado)|messaggio originale"
    r"|mensagem original|forwarded by\b.{0,80})\W*(?:B\d)?\W*"
)
_DIVIDER_AT_END = re.compile(
    r"[-—=_.~* ]{0,40}(?i:original message|forwarded message|begin forwarded message)"
    r"[-—=_.:~* ]{0,20}$"
)
_DIVIDER_CHARACTERS = 120
_LINES_ABOVE = 6
_SHORT_LINE = 60
_NAME_WORDS = 8
_REPLY = re.compile(r"(?<!\w)(?:RE|Re|FW|Fw|FWD|Fwd|AW|WG): ")
_ADDRESS = re.compile(r"\w@\w")


@dataclass(frozen=True, slots=True)
class Head:
    """A sender and a date without labels, as Lotus Notes and webmail print them above ``To``."""

    start: int
    sent: str
    written: str
    author: str


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a header in one line without labels: the date, and places in the line."""

    sent: str
    spans: dict[Kind, tuple[int, int]]


def read_values(text: str) -> Values | None:
    """Return what a line says that has a date, recipients and ``RE:`` and a subject, in this order.

    OCR that reads by columns puts all labels of a header before all its values.
    """
    found = find_date(text)
    if not found or not has_time(found[0]) or len(text[: found[1]].split()) > 1:
        return None
    subject = _REPLY.search(text, found[2], found[2] + 2_000)
    if not subject:
        return None
    return Values(
        found[0],
        {
            Kind.SENT: (0, found[2]),
            Kind.TO: (found[2], subject.start()),
            Kind.SUBJECT: (subject.start(), len(text)),
        },
    )


def is_divider(text: str) -> bool:
    """Tell whether a line only divides a message from one that it quotes."""
    return len(text) <= _DIVIDER_CHARACTERS and bool(_DIVIDER.fullmatch(text))


def divider(lines: Sequence[Line], index: int, start: int) -> tuple[bool, int]:
    """Tell whether a dividing line stands above, and where it, or else the header, starts.

    ``start`` is where the header starts, in the line ``index``.
    """
    line = lines[index]
    if start > line.content:
        return _at_end(line, line.text[: start - line.content].rstrip(), start)
    for number in range(index - 1, max(-1, index - _LINES_ABOVE), -1):
        above = lines[number]
        if above.skip:
            continue
        if is_divider(above.text):
            return True, above.content
        return _at_end(above, above.text, start)
    return False, start


def _at_end(line: Line, text: str, start: int) -> tuple[bool, int]:
    shift = max(0, len(text) - _DIVIDER_CHARACTERS)
    found = _DIVIDER_AT_END.search(text, shift)
    return (True, line.content + found.start()) if found else (False, start)


def at_top(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line stands at the top of a page, under one short line at most.

    A text without pages has its stamps left: what follows one is at a page's top.
    """
    short = 0
    for number in range(index - 1, max(-1, index - 40), -1):
        line = lines[number]
        if line.page != lines[index].page:
            return True
        if line.skip:
            if line.stamp and short == 0:
                return True
            continue
        short += 1
        if short > 1 or len(line.text) > _SHORT_LINE or is_divider(line.text):
            return False
    return True


def unlabelled(lines: Sequence[Line], labels: Sequence[Sequence[Label]], index: int) -> Head | None:
    """Return the sender and the date in the two lines above, if they are there without labels."""
    above = [
        lines[number]
        for number in range(index - 1, max(-1, index - _LINES_ABOVE), -1)
        if not lines[number].skip and not labels[number]
    ][:2]
    if not above or labels[index - 1] or len(above[0].text) > 2 * _DIVIDER_CHARACTERS:
        return None
    text = above[0].text
    found = find_date(text[-_DIVIDER_CHARACTERS:])
    shift = max(0, len(text) - _DIVIDER_CHARACTERS)
    if not found or not has_time(found[0]) or shift + found[2] < len(text) - 6:
        return None
    start = above[0].content
    author = re.sub(r"\W*(?:\b[A-Z][a-z]{2,8})?\W*$", "", text[: shift + found[1]])
    if not author and len(above) > 1:
        author, start = above[1].text, above[1].content
    if not author or (len(author.split()) > _NAME_WORDS and not _ADDRESS.search(author)):
        return None
    return Head(start, found[0], text[shift + found[1] :], author)

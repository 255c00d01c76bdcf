"""Find attribution lines: "On Monday, March 5, 2018, at 9:53 AM, Jo Doe <…> wrote:"."""

import re

from recordsearch.understand.dates import find_date
from recordsearch.understand.message_fields import Header
from recordsearch.understand.message_lines import split_line

_VERBS = ("wrote", "écrit", "escribió", "scritto", "escreveu", "schrieb")
_VERB = re.compile(
    r"(?<![A-Za-z])(?:wrote|a écrit|escribió|ha scritto|escreveu)\s{0,3}(?P<mark>[:;]|\n|$)"
    r"|(?<![A-Za-z])schrieb(?P<after>[^\n:]{0,120}):"
)
_BACK = 420
"""Characters before the verb in which the attribution starts: a date, a name, an address."""
_OPENING = re.compile(r"(?<![\w>])(?:>[ \t]?)*(?P<word>On|Am|Le|El|Il|Em|Op|Den)(?=\s)")
_DATE_WITHIN = 32
_QUOTE = re.compile(r"\n[ \t]*(?:>[ \t]?){0,20}")
_NAMED = re.compile(r"[ \t]*(?:>[ \t]{0,2})*(?P<name>[A-Z][\w.,'’ @<>-]{2,100}?)\s?$")


def find_attributions(document: str, start: int, end: int, page: int) -> list[Header]:
    """Return the attributions whose verb stands in ``[start, end)``, which is on page ``page``."""
    found: list[Header] = []
    if not any(document.find(word, start, end) >= 0 for word in _VERBS):
        return found
    floor = 0
    for verb in _VERB.finditer(document, start, end):
        header = _read(document, verb, max(floor, verb.start() - _BACK), page)
        if header:
            found.append(header)
            floor = verb.end()
    return found


def _read(document: str, verb: re.Match[str], floor: int, page: int) -> Header | None:
    before = document[floor : verb.start()]
    for opening in reversed(list(_OPENING.finditer(before))):
        place = opening.start("word")
        rest = _QUOTE.sub(" ", before[opening.end() :].replace("\f", "\n"))
        dated = find_date(rest[:120])
        if not dated or dated[1] > _DATE_WITHIN:
            continue
        sender = verb["after"] if verb["after"] is not None else rest[dated[2] :]
        if len(sender) > 250 or sender.count(". ") > 3:
            return None
        return _header(document, floor + place, verb.end(), page, (rest, dated, sender))
    return _undated(document, verb, floor, page)


def _header(
    document: str, start: int, end: int, page: int, read: tuple[str, tuple[str, int, int], str]
) -> Header:
    rest, dated, sender = read
    line = document.rfind("\n", 0, start) + 1
    depth, _ = split_line(document, line, start)
    return Header(
        start=start,
        above=start,
        body_start=end,
        depth=depth,
        page=page,
        fields=(),
        divided=True,
        attribution=True,
        sent=dated[0],
        written=rest[: dated[2]].strip(" ,"),
        author=sender.strip(" \t\n,:;"),
    )


def _undated(document: str, verb: re.Match[str], floor: int, page: int) -> Header | None:
    """Read "Jo Doe wrote:", which alone is an attribution only where a quotation follows."""
    line = max(document.rfind("\n", 0, verb.start()), document.rfind("\f", 0, verb.start())) + 1
    if line < floor or verb["mark"] not in (":", ";"):
        return None
    named = _NAMED.fullmatch(document, line, verb.start())
    following = re.compile(r"\s{0,4}(?:>[ \t]?)+").match(document, verb.end())
    depth, content = split_line(document, line, verb.start())
    if not named or not following or following[0].count(">") <= depth:
        return None
    return Header(
        start=content,
        above=content,
        body_start=verb.end(),
        depth=depth,
        page=page,
        fields=(),
        divided=True,
        attribution=True,
        author=named["name"],
    )

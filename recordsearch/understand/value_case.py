"""Find the numbers of cases and dockets.

A number is taken when its shape is like nothing else, as that of a federal docket, or when a word
before it says what it is. The number that an office gave a request for records is no case's, unless
the office calls it a case.
"""

import re
from collections.abc import Iterator

from recordsearch.understand.value_shapes import Found

_DASH = r" ?[-‑–] ?"
# Federal courts: office, two digits of the year, kind of case, number, initials of the judges.
# The patterns begin with a digit, so that the search passes over everything else fast.
_FEDERAL = re.compile(
    rf"(?P<year>\d{{2}}){_DASH}(?P<kind>cv|cr|mc|mj|md|ml|ap|bk|po|sw|dv|rj|gj|misc|civ|crim)"
    rf"{_DASH}(?P<number>\d{{1,6}})(?![\w:])(?P<judges>(?:-[A-Z]{{2,4}}){{1,3}}(?!\w))?",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"(?P<office>\d{1,2})[:;] ?\Z")
# As New York's courts write it: 17 Civ. 1234 (ABC).
_CIV = re.compile(r"(?P<year>\d{2}) (?P<kind>Civ|Cr|Crim|Misc)\. ?(?P<number>\d{2,5})(?!\w)")
_NO_START = re.compile(r"[\w:.-]")
# Numbers that agencies give: of a request, as in F-2014-20439 or 2017-ICFO-12345, and of a docket
# of rulemaking, as in EPA-HQ-OAR-2019-0001 or FDA-2011-N-0921.
_AGENCY = re.compile(
    r"(?<![\w-])(?:F-(?:19|20)\d{2}-\d{5}|(?:19|20)\d{2}-(?:[A-Z]{2}F[OP]|FOIA|FOIPA|FOI)-\d{3,6}"
    r"|[A-Z]{2,6}(?:-[A-Z]{1,8}){1,3}-(?:19|20)\d{2}-\d{4}|[A-Z]{3,5}-(?:19|20)\d{2}-[A-Z]{1,4}-\d{4})"
    r"(?![\w-])"
)
_AGENCY_YEAR = re.compile(r"(?:19|20)\d\d-[A-Z\d]")
# What a cue may end in; only then is it looked at closely.
_ENDINGS = (
    "no", "no.", "nos", "nos.", "number", "numbers", "#", "case", "docket", "dkt", "dkt.", "cause",
    "index", "criminal", "crim.", "matter", "appeal", "incident", "complaint", "tracking",
    "control", "records", "pra", "foia", "foipa", "foil", "file", "ref.", "reference", "request",
    "action", "a.", "log",
)  # fmt: skip
_CUE = re.compile(
    r"(?:(?<!\w)(?P<strong>case|docket|dkt\.?|civil action|civ\. a(?:ction|\.)|cause|index|criminal"
    r"|crim\.|foi[al]|foipa|matter|appeal|incident|complaint|tracking|control|public records"
    r"|records|pra|ref(?:erence|\.)|file|request|log)"
    r"(?: (?:request|case|appeal|control|tracking|matter|file|log))?)?\s{0,2}"
    r"(?P<number>(?<!\w)(?:nos?\.?|numbers?)|#)?[ \t]?:?\s{0,3}\Z",
    re.IGNORECASE,
)
_CUE_CHARACTERS = 48
_REQUEST = re.compile(
    r"\b(?:(?:requests?|public records|c?pra|foi[al]|foipa|prr)\b[^.;]{0,24}(?:\bnos?\.)?"
    r"|(?:records|tracking|control|log)\b\W{0,3}(?:nos?\b\.?|numbers?\b)?)\W{0,4}\Z",
    re.IGNORECASE,
)
_CALLED_CASE = re.compile(
    r"\b(?:case|docket|dkt|action|cause|matter|appeal|index|criminal|crim)\b", re.IGNORECASE
)
# A run with three digits; what is written before its first digit is added afterwards.
_RUN = re.compile(r"\d[\w:.‑–/-]{2,40}")
_RUN_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-‑–")
_COURTS = ("CV ", "CR ", "CIV ", "CA ", "BC ", "BS ", "RG ")
_TOKEN = re.compile(
    r"(?:[A-Z]{2,3} )?[A-Za-z0-9]{1,14}(?:[-:.][A-Za-z0-9]{1,14}){0,6}(?:/(?:19|20)\d{2}(?!\d))?"
)
_ANOTHER = re.compile(r"(?:,? and|,? &|[,;])\s\Z")
_PLAIN_DOCKET = re.compile(r"(?:19|20)?\d{2}-\d{3,6}(?:-[A-Z]{2,4})?")
# After "Docket No." these are a year, or the place of a paper in the docket.
_TOO_SHORT = re.compile(r"\d{1,3}|(?:19|20)\d{2}")
_DATE = re.compile(
    r"\d{1,2}[-.]\d{1,2}[-.]\d{2,4}|(?:19|20)\d{2}[-.]\d{2}[-.]\d{2}|\d{1,2}:\d{2}.*"
)
_LEAST_DIGITS, _MOST_CHARACTERS = 3, 40


def find_cases(text: str) -> Iterator[Found]:
    """Yield numbers of cases in one spelling: ``1:17-cv-01234``, ``F-2014-20439``, ``17-1234``.

    A federal docket loses its judges' initials, which are often left out and change with the judge.
    """
    for match in _FEDERAL.finditer(text):
        yield from _federal(text, match)
    if "Civ." in text or "Cr" in text or "Misc." in text:
        for match in _CIV.finditer(text):
            yield from _federal(text, match)
    if _AGENCY_YEAR.search(text):
        for match in _AGENCY.finditer(text):
            yield Found(match.start(), match.end(), match[0])
    yield from _after_cues(text)


def _federal(text: str, match: re.Match[str]) -> Iterator[Found]:
    office = _OFFICE.search(text, max(0, match.start() - 4), match.start())
    start = office.start() if office else match.start()
    if start and _NO_START.match(text, start - 1):
        return
    kind = match["kind"].lower()
    kind = {"civ": "cv", "crim": "cr", "misc": "mc"}.get(kind, kind)
    value = f"{match['year']}-{kind}-{int(match['number']):05d}"
    yield Found(start, match.end(), f"{int(office['office'])}:{value}" if office else value)


def _after_cues(text: str) -> Iterator[Found]:
    last = 0  # where the last number ended that a cue made a number of a case
    free = 0
    for run in _RUN.finditer(text):
        before = text[max(free, run.start() - _CUE_CHARACTERS) : run.start()]
        head = _head(before)
        ahead = before[: len(before) - len(head)]
        in_list = 0 < last <= run.start() and bool(_ANOTHER.fullmatch(text, last, run.start()))
        if not (in_list or ahead.rstrip(" \t\n:").lower().endswith(_ENDINGS)):
            continue
        written = (head + run[0]).replace("–", "-").replace("‑", "-")
        token = _TOKEN.match(written)
        if not token or not (in_list or _is_number(token[0], ahead)):
            continue
        if in_list and not _PLAIN_DOCKET.fullmatch(token[0]):
            continue
        start = run.start() - len(head)
        end = free = last = start + token.end()
        yield Found(start, end, token[0].upper())


def _head(before: str) -> str:
    """Return the end of ``before`` that belongs to the number, as ``F-`` or ``CV``."""
    start = len(before)
    while start and before[start - 1] in _RUN_CHARACTERS:
        start -= 1
    head = before[start:].lstrip("-‑–")
    if not head and before.endswith(_COURTS):
        court = before.rfind(" ", 0, -1) + 1
        return before[court:] if before[court:] in _COURTS else ""
    return head


def _is_number(written: str, ahead: str) -> bool:
    """Tell whether what follows a cue is a number; it must look the more so, the less is said."""
    cue = _CUE.search(ahead)
    digits = sum(char.isdigit() for char in written)
    if not cue or digits < _LEAST_DIGITS or len(written) > _MOST_CHARACTERS:
        return False
    if _DATE.fullmatch(written) or _is_request(ahead):
        return False
    if cue["strong"] and cue["number"]:
        return not _TOO_SHORT.fullmatch(written)
    if cue["strong"]:
        return "-" in written and digits > _LEAST_DIGITS
    return cue["number"] not in {None, "#"} and bool(_PLAIN_DOCKET.fullmatch(written))


def _is_request(ahead: str) -> bool:
    """Tell whether what stands before a number says that it is a request's for records."""
    request = _REQUEST.search(ahead)
    return request is not None and not _CALLED_CASE.search(ahead, request.start())

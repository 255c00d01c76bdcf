"""Find telephone numbers: candidates by their shape, judged by the numbering plans.

The library ``phonenumbers`` holds every country's plan. Its own search is slow, so it is shown only
runs of digits that are grouped as telephone numbers are.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from recordsearch.understand.value_shapes import Found

_HOME = "US"
_GAP = r"(?: ?[-.–‑/] ?| )"
# No digit, letter or group may follow; an ``x`` begins an extension.
_ENDS = r"(?![-/,]?\d|[A-WYZa-wyz_])"
# A number of the North American plan from its area code on: it begins with a digit, so that the
# search passes over everything else fast. What may stand before is looked for afterwards.
_NATIONAL = re.compile(rf"\d{{3}}(?P<close>\))?(?:{_GAP}|(?<=\)))\d{{3}}{_GAP}\d{{4}}{_ENDS}")
_COUNTRY = re.compile(rf"(?:\+?1{_GAP})?\(?\Z")
_NO_START = re.compile(r"[\w+$.,/-]")
_INTERNATIONAL = re.compile(rf"(?:\+ ?|011[ -])\d(?:[ ().–-]{{0,3}}\d){{6,14}}{_ENDS}")
# Groups apart by blanks alone are a row of a table where more numbers stand beside them.
_BLANKS_ONLY = re.compile(r"[\d ]+")
# Ten digits in a row may be anything: only a word before them makes a telephone number of them.
_UNGROUPED = re.compile(r"\d{10,11}(?![\w/-])(?![.,]\d)")
_CUE = re.compile(
    r"\b(?:tel|tele|telephone|phone|ph|fax|facsimile|cell|mobile|call|text|office|direct|main"
    r"|[ocmtfpdw])\b[\w \t().#]{0,12}[.: \t(]\s{0,2}\Z",
    re.IGNORECASE,
)
_CUE_CHARACTERS = 32
# Seven digits are a number only where a word says so; a letter alone may be a page's or a part's.
_LOCAL = re.compile(rf"[2-9]\d{{2}} ?[-.–‑] ?\d{{4}}{_ENDS}")
_LOCAL_CUE = re.compile(
    r"\b(?:tel|tele|telephone|phone|ph|fax|facsimile|cell|mobile|call|dial|pager|hotline"
    r"|voicemail)\b[\w \t().#]{0,12}[.: \t(]\s{0,2}\Z",
    re.IGNORECASE,
)
_AREA_CODE = re.compile(r"\d\)?[-.–‑/ ]{0,3}\(?\Z")
_EXTENSION = re.compile(
    r"[ ,;]{0,3}\(?(?:extension|ext\.?|x\.?)[ :]{0,2}(\d{1,6})\b\)?", re.IGNORECASE
)


def find_phones(text: str) -> Iterator[Found]:
    """Yield telephone numbers in the form of E.164, such as ``+12025550134``.

    An extension follows after an ``x``: ``+12025550134x12``. A number without country code is read
    as one of the North American plan; one without an area code, behind a word such as "Tel.", stays
    as it is: ``555-0134``.
    """
    for match in _NATIONAL.finditer(text):
        yield from _national(text, match)
    if "+" in text or "011" in text:
        for match in _INTERNATIONAL.finditer(text):
            if match.start() and _NO_START.match(text, match.start() - 1):
                continue
            digits = match[0][3:] if match[0].startswith("011") else match[0][1:]
            yield from _judged(text, match.start(), match.end(), f"+{digits}")
    for match in _UNGROUPED.finditer(text):
        start = match.start()
        if not _NO_START.match(text, start - 1) and _CUE.search(text, *_before(start)):
            yield from _judged(text, start, match.end(), match[0])
    for match in _LOCAL.finditer(text):
        start = match.start()
        if not start or _NO_START.match(text, start - 1):
            continue
        before = _before(start)
        if _LOCAL_CUE.search(text, *before) and not _AREA_CODE.search(text, *before):
            digits = "".join(char for char in match[0] if char.isdigit())
            yield _extended(text, start, match.end(), f"{digits[:3]}-{digits[3:]}")


def _before(start: int) -> tuple[int, int]:
    return max(0, start - _CUE_CHARACTERS), start


def _national(text: str, match: re.Match[str]) -> Iterator[Found]:
    before = _COUNTRY.search(text, max(0, match.start() - 6), match.start())
    start = before.start() if before else match.start()
    opened = text[start : match.start()].endswith("(")
    if opened != bool(match["close"]) or (start and _NO_START.match(text, start - 1)):
        return
    written = text[start : match.end()]
    if not (_BLANKS_ONLY.fullmatch(written) and _amid_numbers(text, start, match.end())):
        yield from _judged(text, start, match.end(), written)


def _amid_numbers(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return before[:1].isdigit() or (after[:1] == " " and after[1:].isdigit())


def _judged(text: str, start: int, end: int, written: str) -> Iterator[Found]:
    number = _normal_form("".join(char for char in written if char in "+0123456789"))
    if number:
        yield _extended(text, start, end, number)


def _extended(text: str, start: int, end: int, number: str) -> Found:
    """Return a number with the extension that follows it, if there is one."""
    extension = _EXTENSION.match(text, end, end + 24)
    if extension:
        return Found(start, extension.end(), f"{number}x{extension[1]}")
    return Found(start, end, number)


@lru_cache(maxsize=4096)
def _normal_form(digits: str) -> str:
    """Return the number as E.164, or an empty text where no plan has it."""
    import phonenumbers

    try:
        number = phonenumbers.parse(digits, _HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))

"""Dates as letters print them, read into ISO 8601: a small parser for one line's date.

The orders read are ``June 5, 2018``, ``5 June 2018``, ``06/05/2018`` (month first, as in the
United States, unless the first number is over 12) and ``2018-06-05``, with ordinals, short month
names, and the letters that OCR mistakes.
"""

import re
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NAMES = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
    "sept": 9,
}
_MONTH = r"(?P<month>[A-Za-z1|][A-Za-z0-9|]{2,8})\.?"
_DAY = r"(?P<day>[0-9OIl]{1,2})(?:st|nd|rd|th|ST|TH|ND|RD)?"
_YEAR = r"(?P<year>[12Il][0-9OIl]{3})"
_FORMS = (
    re.compile(rf"(?<![\w/]){_MONTH} {{0,2}}{_DAY} ?[,.]? {{0,2}}{_YEAR}(?!\w)"),
    re.compile(rf"(?<![\w/]){_DAY}(?: (?:day )?of)? {{0,2}}{_MONTH},? {{0,2}}{_YEAR}(?!\w)"),
    re.compile(r"(?<![\w/])(?P<year>[12]\d{3})-(?P<month>\d\d)-(?P<day>\d\d)(?!\w)"),
    re.compile(
        r"(?<![\w/])(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>(?:19|20)?\d\d)(?![\w/])"
    ),
)
_DIGIT = re.compile(r"[0-9]")
_DIGITS = str.maketrans("OIl|", "0111")
_YEARS = range(1700, 2200)
_LINE = 300


def find_date(line: str) -> tuple[str, str] | None:
    """Return the first date in ``line`` as ISO 8601 and as written, or None."""
    line = line[:_LINE]
    if not _DIGIT.search(line):  # of a date's figures OCR mistakes some, not all
        return None
    for form in _FORMS:
        for match in form.finditer(line):
            read = _read(match)
            if read:
                return read, match[0].strip()
    return None


def _read(match: re.Match[str]) -> str:
    month, day = match["month"], match["day"]
    year_number = int(match["year"].translate(_DIGITS))
    if len(match["year"]) == 2:
        year_number += 2000 if year_number < 50 else 1900
    month_number = int(month) if month.isdigit() else _month(month)
    day_number = int(day.translate(_DIGITS))
    if month.isdigit() and month_number > 12 >= day_number:
        month_number, day_number = day_number, month_number
    if year_number not in _YEARS:
        return ""
    try:
        return date(year_number, month_number, day_number).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    """Return the number of the month that ``name`` names, one letter misread, or 0."""
    low = name.lower().replace("|", "l")
    if low in _NAMES:
        return _NAMES[low]
    near = [
        number
        for number, month in enumerate(_MONTHS, 1)
        if len(month) == len(low)
        and len(low) > 3
        and sum(a != b for a, b in zip(month, low, strict=True)) == 1
    ]
    return near[0] if len(near) == 1 else 0

"""How a spreadsheet's numbers are shown: which are dates, times or percentages (ECMA-376, 18.8.30).

Pure functions. Dates and times are written as ISO 8601, all other numbers plainly: currency signs,
thousands separators and rounding of the display are left out.
"""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_DAYS = 2_958_466
"""The serial number of the day after 9999-12-31."""
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_BUILT_IN_ELAPSED = 46
_BUILT_IN_PERCENT = {9: 0, 10: 2}
_ESCAPED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhse]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CODE = 255
"""Characters of a format's code; spreadsheets allow no more."""


@dataclass(frozen=True, slots=True)
class Format:
    """What a number format makes of a number: ``kind`` is number, date, elapsed or percent."""

    kind: str = "number"
    places: int = 0


PLAIN = Format()


def format_of(number: int, code: str = "") -> Format:
    """Return a format by its number, or by its code where the file gives one."""
    if not code:
        if number in _BUILT_IN_PERCENT:
            return Format("percent", _BUILT_IN_PERCENT[number])
        if number == _BUILT_IN_ELAPSED:
            return Format("elapsed")
        return Format("date") if number in _BUILT_IN_DATES else PLAIN
    bare = _ESCAPED.sub("", code[:_CODE].split(";")[0])
    if _ELAPSED.search(bare):
        return Format("elapsed")
    if "general" in bare.lower():
        return PLAIN
    if not re.search(r"[0#?]", re.sub(r"[sS]\.0+", "", bare)) and _DATE_LETTERS.search(bare):
        return Format("date")
    if "%" in bare:
        places = re.search(r"\.([0#?]+)", bare)
        return Format("percent", min(len(places[1]), 10) if places else 0)
    return PLAIN


def shown(raw: str, form: Format, *, since_1904: bool) -> str:
    """Return the number that a cell holds as ``raw`` in the way that its format asks for."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    if not math.isfinite(number):
        return raw
    if form.kind == "date" and 0 <= number < _DAYS:
        return _date(number, since_1904=since_1904)
    if form.kind == "elapsed" and abs(number) < _DAYS:
        seconds = round(abs(number) * 86_400)
        sign = "-" if number < 0 else ""
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if form.kind == "percent":
        return f"{number * 100:.{form.places}f}%" if abs(number) < 1e15 else raw
    return plain(raw, number)


def plain(raw: str, number: float) -> str:
    """Return a number with the 15 digits that spreadsheets show, without an exponent if short."""
    if raw.isdigit():
        return raw
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    if "e-" in text and abs(number) >= 1e-9:
        text = f"{number:.20f}".rstrip("0")
    return text


def _date(serial: float, *, since_1904: bool) -> str:
    """Turn a serial number into a date; the 1900 system has a 29 February 1900 that never was."""
    days, seconds = divmod(round(serial * 86_400), 86_400)
    if serial < 1:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if days > 60 else 31)
    try:
        moment = start + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return str(serial)
    return moment.date().isoformat() if not seconds else moment.isoformat(" ")

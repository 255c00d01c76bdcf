"""What is typed after ``date:``, ``before:`` and ``after:``: days, months, years and ranges."""

import re
from datetime import date, timedelta

from recordsearch.errors import QueryError
from recordsearch.query.fields import FIELDS
from recordsearch.query.lexer import Lexeme, shown
from recordsearch.query.tree import Place, Sent

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_BOUND = re.compile(r"(>=|<=|>|<)(\S+)")
_DAY = timedelta(days=1)

Span = tuple[date, date]


def sent(query: str, lexeme: Lexeme, place: Place) -> Sent:
    """Make the condition that a date stands for: a day, or all the days of a month or a year.

    :raises QueryError: the date cannot be understood, does not exist, or a range runs backwards.
    """
    text = lexeme.text.strip()
    bound = _BOUND.fullmatch(text)
    if lexeme.field != "date":
        sign = "<" if lexeme.field == "before" else ">"
        return _bounded(query, sign, _span(query, lexeme.field, text, place), place)
    if bound:
        return _bounded(query, bound[1], _span(query, "date", bound[2], place), place)
    if ".." in text:
        first, last = text.split("..", 1)
        low = _span(query, "date", first, place)[0]
        high = _span(query, "date", last, place)[1]
        if low > high:
            raise QueryError(
                f"the range {shown(text)} runs backwards",
                query,
                *place,
                f"did you mean date:{last}..{first}?",
            )
        return Sent(_number(low), _number(high), place)
    low, high = _span(query, "date", text, place)
    return Sent(_number(low), _number(high), place)


def _bounded(query: str, sign: str, span: Span, place: Place) -> Sent:
    low, high = span
    try:
        match sign:
            case "<":
                return Sent(None, _number(low - _DAY), place)
            case "<=":
                return Sent(None, _number(high), place)
            case ">":
                return Sent(_number(high + _DAY), None, place)
            case _:
                return Sent(_number(low), None, place)
    except OverflowError as error:
        raise QueryError(
            "there are no days there", query, *place, "years run from 0001 to 9999"
        ) from error


def _span(query: str, field: str, text: str, place: Place) -> Span:
    """Return the first and the last day of a day, a month or a year."""
    match = _DATE.fullmatch(text)
    if match is None:
        mend = (
            "use a day, a month, a year, a range or a bound: "
            "date:2017-03-05, date:2017-03, date:2017, date:2017-03..2018-01, date:>=2017-06"
            if field == "date"
            else f"use a day, a month or a year: {field}:2017-03-05, {field}:2017-03, {field}:2017"
        )
        raise QueryError(f"{field}: cannot be {shown(text) or 'empty'}", query, *place, mend)
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        raise QueryError("there is no year 0000", query, *place, f"use {FIELDS[field].example}")
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise QueryError(
            f"there is no month {match[2]}",
            query,
            *place,
            f"months run from 01 to 12, and the year comes first: {field}:{year:04}-03",
        )
    first, last = date(year, month, 1), _last_of_month(year, month)
    if day is None:
        return first, last
    if not 1 <= day <= last.day:
        raise QueryError(
            f"there is no day {shown(text)}",
            query,
            *place,
            f"the days of that month run from 01 to {last.day}: {field}:{last.isoformat()}",
        )
    found = date(year, month, day)
    return found, found


def _last_of_month(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - _DAY


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day

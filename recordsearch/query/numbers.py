"""What is typed after ``page:`` and ``conf:``: a number, a range, or a bound such as ``<60``."""

import re
from typing import NamedTuple

from recordsearch.errors import QueryError
from recordsearch.query.lexer import Lexeme, shown
from recordsearch.query.tree import Confidence, PageRange, Place

# No document has more pages, and no engine's number is too small for it.
_LAST_PAGE = 999_999_999

_BOUND = re.compile(r"(>=|<=|>|<|=)?\s*(\S+)")
_WHOLE = re.compile(r"0*(\d{1,9})", re.ASCII)
_HUNDREDTHS = re.compile(r"0*(\d{1,3}(?:\.\d{0,2})?)", re.ASCII)


class _Scale(NamedTuple):
    """How the numbers of a field are written: their form, what one unit is, and examples."""

    field: str
    form: "re.Pattern[str]"
    unit: float
    mend: str


_PAGES = _Scale(
    "page", _WHOLE, 1, "use a page, a range or a bound: page:3, page:3..7, page:>3, page:<=7"
)
_CONFIDENCE = _Scale(
    "conf", _HUNDREDTHS, 0.01, "use a number from 0 to 100: conf:<60, conf:60..80, conf:>=90"
)


def pages(query: str, lexeme: Lexeme, place: Place) -> PageRange:
    """Make the condition that pages stand for.

    :raises QueryError: they cannot be understood, run backwards, or there are none.
    """
    low, high = _bounds(query, lexeme.text, place, _PAGES)
    if (high is not None and high < 1) or low == 0:
        raise QueryError("pages are numbered from 1", query, *place, "use page:1")
    first = min(int(low or 1), _LAST_PAGE)
    return PageRange(first, None if high is None else int(high), place)


def confidence(query: str, lexeme: Lexeme, place: Place) -> Confidence:
    """Make the condition that a range of confidence stands for.

    :raises QueryError: it cannot be understood, runs backwards, or holds nothing from 0 to 100.
    """
    low, high = _bounds(query, lexeme.text, place, _CONFIDENCE)
    if (low or 0) > 100 or (high is not None and not 0 <= high <= 100):
        raise QueryError("confidence runs from 0 to 100", query, *place, _CONFIDENCE.mend)
    return Confidence(low, high, place)


def _bounds(
    query: str, text: str, place: Place, scale: _Scale
) -> tuple[float | None, float | None]:
    """Return both bounds, included; None is no bound."""
    text = text.strip()
    if ".." in text:
        first, last = text.split("..", 1)
        low, high = (_number(query, one.strip(), place, scale) for one in (first, last))
        if low > high:
            raise QueryError(
                f"the range {low:g}..{high:g} runs backwards",
                query,
                *place,
                f"did you mean {scale.field}:{high:.9g}..{low:.9g}?",
            )
        return low, high
    bound = _BOUND.fullmatch(text)
    number = _number(query, bound[2] if bound else text, place, scale)
    match bound and bound[1]:
        case ">":
            return round(number + scale.unit, 2), None
        case ">=":
            return number, None
        case "<":
            return None, round(number - scale.unit, 2)
        case "<=":
            return None, number
    return number, number


def _number(query: str, text: str, place: Place, scale: _Scale) -> float:
    match = scale.form.fullmatch(text)
    if match is None:
        raise QueryError(
            f"{scale.field}: cannot be {shown(text) or 'empty'}", query, *place, scale.mend
        )
    return float(match[1])

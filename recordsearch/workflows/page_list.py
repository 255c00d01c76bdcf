"""Find pages by how they were read: ``conf:<60 release:harbor``."""

import re
import sqlite3
from collections.abc import Sequence

from recordsearch.catalogue import page_list
from recordsearch.catalogue.page_list import ListedPage
from recordsearch.errors import UsageError
from recordsearch.records import Method
from recordsearch.workflows.show import find_wanted

EXAMPLE = "conf:<60, conf:60..80, method:none, is:poor, page:3..7, file:scan, release:harbor"
_NUMBER = r"\d{1,3}(?:\.\d{1,3})?"
_BOUND = re.compile(rf"(<=|>=|<|>)?({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER})?\.\.({_NUMBER})?")
_COLUMNS = {"conf": "confidence", "page": "number"}
_TEXTS = {"file": "location.file", "release": "release.name"}


def pages_where(connection: sqlite3.Connection, wanted: str) -> list[ListedPage]:
    """Return the pages that meet all of the conditions, separated by blanks, the worst first.

    :raises UsageError: a condition cannot be understood.
    """
    conditions: list[str] = []
    values: list[object] = []
    for word in wanted.split():
        condition, own = _condition(word)
        conditions.append(condition)
        values.extend(own)
    return page_list.pages_where(connection, conditions, values)


def pages_named(connection: sqlite3.Connection, names: Sequence[str]) -> list[tuple[int, int]]:
    """Return document and page of what ``DOCUMENT``, ``DOCUMENT:PAGE`` or a range of it names.

    :raises UsageError: a name names nothing, or several documents.
    """
    found: dict[tuple[int, int], None] = {}
    for name in names:
        wanted = find_wanted(connection, name)
        for number in range(wanted.first, wanted.last + 1):
            found[wanted.document.document, number] = None
    return list(found)


def _condition(word: str) -> tuple[str, list[object]]:
    field, colon, value = word.partition(":")
    found = None
    if colon and field in _COLUMNS:
        found = _number(_COLUMNS[field], value)
    elif colon and field in _TEXTS and value:
        escaped = re.sub(r"([\\%_])", r"\\\1", value)
        found = f"{_TEXTS[field]} LIKE ? ESCAPE '\\'", [f"%{escaped}%"]
    elif field == "method" and value in set(Method):
        found = "method = ?", [value]
    elif word == "is:poor":
        found = "poor", []
    if found is None:
        raise UsageError(f"cannot understand {word!r}", f"write it such as: {EXAMPLE}")
    return found


def _number(column: str, value: str) -> tuple[str, list[object]] | None:
    if bound := _BOUND.fullmatch(value):
        return f"{column} {bound[1] or '='} ?", [float(bound[2])]
    between = _RANGE.fullmatch(value)
    if between is None or not any(between.groups()):
        return None
    parts: list[tuple[str, object]] = [
        (f"{column} {sign} ?", float(number))
        for sign, number in ((">=", between[1]), ("<=", between[2]))
        if number
    ]
    return " AND ".join(part for part, _ in parts), [number for _, number in parts]

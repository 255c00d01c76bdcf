"""Read hits that another command has printed, a line each, as names by which they can be found."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from recordsearch.errors import UsageError

LONGEST_LINE = 10_000_000
"""Characters of a line: a hit with its passage's text has some thousands."""


def hits_from(lines: Iterable[str]) -> Iterator[str]:
    """Yield the names of hits from lines, each a name or a JSON object of a hit.

    An object names a hit by its ``hit``, else by its ``passage``, else by its ``document`` and
    ``first_page``, ``last_page``. Empty lines, and those that hold no hit but the facets of all,
    are passed over.

    :raises UsageError: a line names no hit.
    """
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if len(text) > LONGEST_LINE:
            raise _no_hit(number)
        if text.startswith("{"):
            try:
                read = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise _no_hit(number) from error
            if not {"facets", "summary"} & read.keys():
                yield _named(read, number)
        elif text:
            yield text


def _named(read: dict[str, Any], number: int) -> str:
    hit, passage, document = (read.get(key) for key in ("hit", "passage", "document"))
    if isinstance(hit, str) and hit:
        return hit
    if _is_number(passage):
        return f"p{passage}"
    if not _is_number(document):
        raise _no_hit(number)
    first, last = read.get("first_page"), read.get("last_page")
    if not _is_number(first):
        return str(document)
    return f"{document}:{first}-{last}" if _is_number(last) else f"{document}:{first}"


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18


def _no_hit(number: int) -> UsageError:
    return UsageError(
        f"line {number} of the standard input names no hit",
        "give hits such as 3:2 or p17, a line each, or the lines of search --json",
    )

"""How the passages of an answer spread over senders, people, months and the like."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from recordsearch.catalogue.formats import format_case

# The rows of each query: a passage, and a value that it has; ``hit`` holds the passages.
_HITS = "WITH hit AS (SELECT value AS id FROM json_each(?)) "
_IN_MESSAGE = (
    " FROM hit JOIN passage ON passage.id = hit.id"
    " JOIN copy ON copy.document = passage.document AND copy.ordinal = passage.copy"
)
_IN_LETTER = (
    " FROM hit JOIN passage ON passage.id = hit.id"
    " JOIN letter ON letter.document = passage.document AND letter.ordinal = passage.letter"
)
_SIGNED = _IN_LETTER + " JOIN signatory ON signatory.letter = letter.id"
_MAILBOXES = (
    _IN_MESSAGE
    + " JOIN mailbox ON mailbox.copy = copy.id"
    + " LEFT JOIN person_form AS form"
    + " ON form.name = mailbox.name AND form.address = mailbox.address"
    + " LEFT JOIN person ON person.id = form.person"
)
_NAMED = "coalesce(person.name, nullif(mailbox.name, ''), mailbox.address)"

_FACETS = {
    "release": (
        "SELECT hit.id, release.name FROM hit JOIN passage ON passage.id = hit.id"
        " JOIN location ON location.document = passage.document"
        " JOIN release ON release.id = location.release"
    ),
    "type": (
        "SELECT hit.id, CASE WHEN letter IS NOT NULL THEN 'letter' WHEN copy IS NOT NULL"
        " THEN 'message' ELSE 'other' END FROM hit JOIN passage ON passage.id = hit.id"
    ),
    "filetype": (
        f"SELECT hit.id, {format_case('media_type')} FROM hit JOIN passage ON passage.id = hit.id"
        " JOIN document ON document.id = passage.document"
    ),
    "lang": (
        "SELECT hit.id, text_language FROM hit JOIN passage ON passage.id = hit.id"
        " JOIN document ON document.id = passage.document"
    ),
    "from": f"SELECT hit.id, {_NAMED} {_MAILBOXES} WHERE role = 'from'",
    "to": f"SELECT hit.id, {_NAMED} {_MAILBOXES} WHERE role = 'to'",
    "cc": f"SELECT hit.id, {_NAMED} {_MAILBOXES} WHERE role = 'cc'",
    "person": (
        "SELECT hit.id, person.name FROM hit JOIN mention ON mention.passage = hit.id"
        " JOIN person ON person.id = number WHERE kind = 'person'"
        f" UNION ALL SELECT hit.id, person.name {_MAILBOXES} WHERE person.id IS NOT NULL"
        f" UNION ALL SELECT hit.id, signatory.name {_SIGNED} WHERE NOT signatory.is_group"
    ),
    "org": (
        "SELECT hit.id, organisation.name FROM hit JOIN mention ON mention.passage = hit.id"
        " JOIN organisation ON organisation.id = number WHERE kind = 'org'"
        f" UNION ALL SELECT hit.id, signatory.name {_SIGNED} WHERE signatory.is_group"
        f" UNION ALL SELECT hit.id, signatory.organisation {_SIGNED}"
    ),
    "date": (
        f"SELECT hit.id, substr(copy.sent, 1, 7) {_IN_MESSAGE}"
        f" UNION ALL SELECT hit.id, substr(letter.date, 1, 7) {_IN_LETTER}"
    ),
}
_VALUES = (
    "SELECT hit.id, value.value FROM hit JOIN passage ON passage.id = hit.id"
    " JOIN value ON value.document = passage.document AND value.kind = ?"
    ' AND value.start >= passage.start AND value.start < passage."end"'
)
_VALUE_KINDS = ("exemption", "email", "phone", "url", "money", "case", "statute")

NAMES = (*_FACETS, *_VALUE_KINDS)
"""The facets, each named as the field of the query language that narrows an answer by it."""


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of a field in an answer, each with the number of its passages.

    ``more`` is the number of other values.
    """

    name: str
    values: tuple[tuple[str, int], ...]
    more: int


def facets(connection: sqlite3.Connection, passages: Iterable[int], most: int) -> list[Facet]:
    """Count the values of all fields over ``passages``, ``most`` values each, the commonest first.

    A passage counts once for a value, however often it has it. Fields without a value are left out.
    """
    hits = json.dumps(list(passages))
    found = []
    for name in NAMES:
        query = _FACETS.get(name, _VALUES)
        rows = connection.execute(
            f"{_HITS} SELECT value, count(DISTINCT id) AS hits FROM"
            f" (SELECT '' AS id, '' AS value WHERE 0 UNION ALL {query}) WHERE value <> ''"
            " GROUP BY value ORDER BY hits DESC, value",
            (hits,) if name in _FACETS else (hits, name),
        ).fetchall()
        if rows:
            values = tuple((row[0], row[1]) for row in rows[:most])
            found.append(Facet(name, values, len(rows) - len(values)))
    return found

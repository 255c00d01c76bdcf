"""The people and groups that an archive's messages and letters name.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class AppearanceRow(NamedTuple):
    """How often, and from when to when, a form stands in a role: ``from``, or another."""

    name: str
    address: str
    role: str
    times: int
    first: str
    last: str


class FormRow(NamedTuple):
    """A way in which headers write a person, why it was taken for that person, and how often."""

    name: str
    address: str
    reason: str
    times: int


class PersonRow(NamedTuple):
    """A person or a group of recipients; dates are ISO 8601, empty where none is known."""

    name: str
    is_group: bool
    sent: int
    received: int
    first: str
    last: str
    forms: tuple[FormRow, ...]


def appearances(connection: sqlite3.Connection) -> Iterator[AppearanceRow]:
    """Yield every form in every role; a message counts once, however many copies it has."""
    rows = connection.execute(
        "SELECT name, address, CASE role WHEN 'from' THEN 'from' ELSE 'to' END AS part,"
        " count(DISTINCT coalesce(message, -copy.id)),"
        " min(nullif(substr(sent, 1, 10), '')), max(substr(sent, 1, 10))"
        " FROM mailbox JOIN copy ON copy.id = mailbox.copy"
        " GROUP BY name, address, part ORDER BY name, address, part"
    )
    for name, address, role, count, first, last in rows:
        yield AppearanceRow(name, address, role, count, first or "", last or "")


def set_people(connection: sqlite3.Connection, people: Sequence[PersonRow]) -> None:
    """Store the people; one keeps the number that most of its forms had.

    The messages of each are counted here, not taken from ``people``: a message that stands at
    several places counts once, in however many of the person's forms its places write them.
    """
    before = {
        (name, address): person
        for name, address, person in connection.execute(
            "SELECT name, address, person FROM person_form"
        )
    }
    known = {row[0] for row in connection.execute("SELECT id FROM person")}
    connection.execute("DELETE FROM person_form")
    taken: set[int] = set()
    for person in people:
        counted: Counter[int] = Counter()
        for form in person.forms:
            number = before.get((form.name, form.address))
            if number is not None:
                counted[number] += form.times
        wanted = sorted(counted, key=lambda number: (-counted[number], number))
        number = next((number for number in wanted if number not in taken), None)
        values = (
            person.name, person.is_group, person.sent, person.received, person.first, person.last
        )  # fmt: skip
        if number is None:
            number = int(
                connection.execute(
                    "INSERT INTO person (name, is_group, sent, received, first, last)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    values,
                ).lastrowid
                or 0
            )
        else:
            connection.execute(
                "UPDATE person SET name = ?, is_group = ?, sent = ?, received = ?, first = ?,"
                " last = ? WHERE id = ?",
                (*values, number),
            )
        taken.add(number)
        connection.executemany(
            "INSERT OR IGNORE INTO person_form (name, address, person, reason, count)"
            " VALUES (?, ?, ?, ?, ?)",
            ((form.name, form.address, number, form.reason, form.times) for form in person.forms),
        )
    connection.executemany("DELETE FROM person WHERE id = ?", ((n,) for n in known - taken))
    _count_messages(connection)


def _count_messages(connection: sqlite3.Connection) -> None:
    """Count what each person sent and received by the forms stored, each message once."""
    counted: defaultdict[int, dict[bool, int]] = defaultdict(dict)
    for person, is_sender, count in connection.execute(
        "SELECT person, role = 'from' AS is_sender, count(DISTINCT coalesce(message, -copy.id))"
        " FROM person_form JOIN mailbox USING (name, address) JOIN copy ON copy.id = mailbox.copy"
        " GROUP BY person, is_sender"
    ):
        counted[person][bool(is_sender)] = count
    connection.executemany(
        "UPDATE person SET sent = ?, received = ? WHERE id = ?",
        ((count.get(True, 0), count.get(False, 0), person) for person, count in counted.items()),
    )


def people(connection: sqlite3.Connection) -> list[tuple[int, PersonRow]]:
    """Return all people with their numbers and forms, those with most messages first."""
    forms: defaultdict[int, list[FormRow]] = defaultdict(list)
    for person, *form in connection.execute(
        "SELECT person, name, address, reason, count FROM person_form"
        " ORDER BY person, count DESC, name, address"
    ):
        forms[person].append(FormRow(*form))
    rows = connection.execute(
        "SELECT id, name, is_group, sent, received, first, last FROM person"
        " ORDER BY sent + received DESC, name, id"
    )
    return [
        (number, PersonRow(name, bool(group), sent, received, first, last, tuple(forms[number])))
        for number, name, group, sent, received, first, last in rows
    ]


def kept_apart(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the forms (name, address) that the user has split off."""
    rows = connection.execute("SELECT name, address FROM person_apart ORDER BY name, address")
    return [(row[0], row[1]) for row in rows]


def keep_apart(
    connection: sqlite3.Connection, forms: Iterable[tuple[str, str]], *, apart: bool
) -> None:
    """Keep forms (name, address) apart from now on, or no longer."""
    sql = (
        "INSERT OR IGNORE INTO person_apart (name, address) VALUES (?, ?)"
        if apart
        else "DELETE FROM person_apart WHERE name = ? AND address = ?"
    )
    connection.executemany(sql, forms)


def signature_groups(connection: sqlite3.Connection) -> list[str]:
    """Return the groups named in the signatures of messages, each once."""
    found: dict[str, None] = {}
    for row in connection.execute("SELECT DISTINCT organisations FROM copy"):
        found.update(dict.fromkeys(json.loads(row[0])))
    return list(found)


def signing_people(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the people who signed letters."""
    rows = connection.execute(
        "SELECT DISTINCT name FROM signatory WHERE NOT is_group AND name <> '' ORDER BY name"
    )
    return [row[0] for row in rows]


def signing_groups(connection: sqlite3.Connection) -> list[str]:
    """Return the groups that signed letters, and those that signing people are of."""
    rows = connection.execute(
        "SELECT name FROM signatory WHERE is_group AND name <> ''"
        " UNION SELECT organisation FROM signatory WHERE organisation <> '' ORDER BY 1"
    )
    return [row[0] for row in rows]


def organisation_numbers(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, int]:
    """Return the number of each organisation, entering those that are new."""
    names = list(names)
    connection.executemany(
        "INSERT OR IGNORE INTO organisation (name) VALUES (?)", ((name,) for name in names)
    )
    known = dict(connection.execute("SELECT name, id FROM organisation").fetchall())
    return {name: known[name] for name in names}

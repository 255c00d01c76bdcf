"""Undo what was merged into one person, as the user asks."""

import sqlite3

from recordsearch.catalogue import people
from recordsearch.errors import UsageError


def keep_form_apart(connection: sqlite3.Connection, written: str, *, apart: bool) -> None:
    """Keep every form with this name or address apart from now on, or no longer.

    :raises UsageError: nobody is written so, or it was not kept apart.
    """
    wanted = " ".join(written.split()).casefold()
    known = (
        [(form.name, form.address) for _, person in people.people(connection)
         for form in person.forms]
        if apart
        else people.kept_apart(connection)
    )  # fmt: skip
    forms = [form for form in known if wanted in _ways(*form)]
    if not forms:
        cause = "nobody is written" if apart else "this was not split off:"
        raise UsageError(
            f"{cause} {written!r}", "give a name or an address as recordsearch people --forms does"
        )
    connection.execute("BEGIN IMMEDIATE")
    people.keep_apart(connection, forms, apart=apart)
    connection.commit()


def _ways(name: str, address: str) -> set[str]:
    return {way.casefold() for way in (name, address, f"{name} <{address}>") if way}

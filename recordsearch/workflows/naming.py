"""Find out who is who: people and organisations, and the forms by which texts name them."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from recordsearch.catalogue import people
from recordsearch.understand.mentions import forms_of_person, usable_form
from recordsearch.understand.organisations import Organisation, find_organisations
from recordsearch.understand.people import Appearance, Person, find_people


def relate_people(connection: sqlite3.Connection) -> None:
    """Find and store the people that the headers of all messages name."""
    found = find_people(
        (
            Appearance(row.name, row.address, row.role == "from", row.times, row.first, row.last)
            for row in people.appearances(connection)
        ),
        people.kept_apart(connection),
    )
    people.set_people(connection, [_person_row(person) for person in found])


def _person_row(person: Person) -> people.PersonRow:
    forms = tuple(
        people.FormRow(form.name, form.address, form.reason, form.count) for form in person.forms
    )
    return people.PersonRow(
        person.name, person.is_group, person.sent, person.received, person.first, person.last, forms
    )


def relate_organisations(connection: sqlite3.Connection) -> list[tuple[Organisation, int]]:
    """Find and store the organisations that addresses, signatures and signatories name."""
    forms = [
        (form.name, form.address)
        for _, person in people.people(connection)
        for form in person.forms
    ]
    named = [*people.signature_groups(connection), *people.signing_groups(connection)]
    found = find_organisations(forms, named)
    numbers = people.organisation_numbers(connection, [one.name for one in found])
    return [(one, numbers[one.name]) for one in found]


def forms_to_find(
    connection: sqlite3.Connection, organisations: Sequence[tuple[Organisation, int]]
) -> Iterator[tuple[str, int]]:
    """Yield the forms to look for in texts, each with what :func:`kind_and_number` tells apart.

    A form that two could be meant by is left out.
    """
    meant: dict[str, set[int]] = defaultdict(set)
    for number, person in people.people(connection):
        for form in _person_forms(person):
            meant[form].add(2 * number)
    for organisation, number in organisations:
        for form in organisation.forms:
            meant[form].add(2 * number + 1)
    for form, numbers in meant.items():
        if len(numbers) == 1 and usable_form(form):
            yield form, numbers.pop()


def kind_and_number(number: int) -> tuple[str, int]:
    """Tell ``person`` or ``org``, and the catalogue's number, from a form's number.

    In one automaton people have even numbers and organisations odd ones.
    """
    return ("org" if number % 2 else "person"), number // 2


def _person_forms(person: people.PersonRow) -> Iterable[str]:
    written = [person.name, *(form.name for form in person.forms)]
    if person.is_group:
        return written
    return [form for name in written for form in forms_of_person(name)]

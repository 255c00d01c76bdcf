"""People for a person: who sent and received how much, and which ways of writing are theirs."""

from collections import Counter
from typing import TYPE_CHECKING

from recordsearch.present.console import print_styled
from recordsearch.present.safe import safe_line
from recordsearch.present.words import many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recordsearch.catalogue.people import FormRow, PersonRow


def print_people(people: "Sequence[tuple[int, PersonRow]]", total: int, *, forms: bool) -> None:
    """Print people, a line each; with ``forms`` also how each is written, and why it was merged."""
    named = Counter(person.name for _, person in people)
    for number, person in people:
        address = _address(person) if named[person.name] > 1 else ""
        print_styled(
            (f"{number:>5}  ", "bold cyan"),
            (safe_line(person.name), "bold"),
            (f" <{address}>" if address else "", ""),
            (" (group)" if person.is_group else "", "dim"),
            (f"  {_counts(person)}", ""),
            (f"  {_span(person)}", "green"),
        )
        if forms:
            for form in person.forms:
                print_styled((f"         {_form(form)}", ""))
    groups = sum(person.is_group for _, person in people)
    told = [many(len(people) - groups, "person", "people")] if len(people) > groups else []
    told += [many(groups, "group")] if groups else []
    line = f"{' and '.join(told)}." if told else "No people."
    if len(people) < total:
        line = f"{len(people):,} of {total:,} people and groups; more with --limit"
    print_styled((line, "bold"))


def _address(person: "PersonRow") -> str:
    """Return the address that tells a person from another of the same name, if there is one."""
    return safe_line(next((form.address for form in person.forms if form.address), ""))


def _counts(person: "PersonRow") -> str:
    return f"sent {person.sent:,}, received {person.received:,}"


def _span(person: "PersonRow") -> str:
    if not person.first:
        return "no dates"
    first, last = safe_line(person.first[:10]), safe_line(person.last[:10])
    return first if first == last else f"{first} to {last}"


def _form(form: "FormRow") -> str:
    written = f"{form.name} <{form.address}>" if form.name and form.address else ""
    return f"{safe_line(written or form.name or form.address)}  ×{form.times}  ({form.reason})"

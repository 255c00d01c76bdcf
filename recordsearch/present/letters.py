"""Letters for a person: rich on a terminal, the same words plain elsewhere."""

from typing import TYPE_CHECKING

from recordsearch.present.console import print_styled
from recordsearch.present.safe import safe_line
from recordsearch.present.words import cited, many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recordsearch.catalogue.letters import ListedLetter
    from recordsearch.contents import Signatory


def print_letters(letters: "Sequence[ListedLetter]", total: int, *, signatories: bool) -> None:
    """Print letters, with all who signed if ``signatories``."""
    for letter in letters:
        addressee = safe_line(letter.addressee.replace("\n", ", ")) or "(no addressee)"
        print_styled(
            (f"{letter.letter:>5}  ", "bold cyan"),
            (f"{safe_line(letter.date) or 'no readable date'}  ", "bold"),
            (f"to {addressee}", "bold"),
        )
        if letter.subject:
            print_styled((f"       {safe_line(letter.subject)}", "yellow"))
        print_styled((f"       {cited(letter)}", "green"), (f"  {_signed(letter)}", ""))
        if signatories:
            for one in letter.signatories:
                print_styled((f"         {_signatory(one)}", ""))
    line = f"{many(total, 'letter')}." if total else "No letters."
    if len(letters) < total:
        line = f"{len(letters):,} of {many(total, 'letter')}; more with --limit"
    print_styled((line, "bold"))


def _signed(letter: "ListedLetter") -> str:
    groups = sum(one.is_group for one in letter.signatories)
    persons = len(letter.signatories) - groups
    told = [many(persons, "person", "people")] if persons else []
    told += [many(groups, "group")] if groups else []
    return f"signed by {' and '.join(told)}" if told else "no signatory found"


def _signatory(one: "Signatory") -> str:
    parts = [part for part in (one.name, one.title, one.organisation) if part]
    return f"{safe_line(', '.join(parts))}  (p. {one.page})"

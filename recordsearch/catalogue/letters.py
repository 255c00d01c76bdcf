"""Letters as they are listed, with their places and who signed them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from recordsearch.catalogue.listing import parts_with_passages
from recordsearch.catalogue.reading import bates_range
from recordsearch.contents import Signatory


@dataclass(frozen=True, slots=True)
class ListedLetter:
    """A letter and where it stands; ``bates`` as in a listed message."""

    letter: int
    document: int
    release: str
    file: str
    first_page: int
    last_page: int
    bates: str
    date: str
    date_as_written: str
    addressee: str
    salutation: str
    subject: str
    closing: str
    confidence: float
    signatories: tuple[Signatory, ...]


_LETTERS = (
    "SELECT found.id, found.document, coalesce(release.name, ''), coalesce(location.file, ''),"
    " first_page, last_page, coalesce((SELECT bates FROM page WHERE page.document = found.document"
    " AND number = first_page), ''),"
    " coalesce((SELECT bates FROM page WHERE page.document = found.document"
    " AND number = last_page), ''),"
    " date, date_as_written, addressee, salutation, subject, closing, confidence"
    " FROM letter AS found"
    " LEFT JOIN location ON location.id ="
    " (SELECT min(id) FROM location AS any_place WHERE any_place.document = found.document)"
    " LEFT JOIN release ON release.id = location.release"
)


def letters(
    connection: sqlite3.Connection, numbers: Sequence[int] | None = None
) -> Iterator[ListedLetter]:
    """Yield letters by date, those without a readable one last; those of ``numbers``, if given."""
    if numbers is None:
        rows = connection.execute(_LETTERS).fetchall()
    else:
        rows = []
        for number in numbers:
            rows += connection.execute(_LETTERS + " WHERE found.id = ?", (number,)).fetchall()
    for row in sorted(rows, key=lambda row: (not row[8], row[8], row[0])):
        yield _letter(connection, row)


def letters_with_passages(connection: sqlite3.Connection, passages: Iterable[int]) -> list[int]:
    """Return the letters that passages are part of, each once, in their order."""
    return parts_with_passages(
        connection,
        passages,
        "SELECT letter.id FROM passage JOIN letter ON letter.document = passage.document"
        " AND letter.ordinal = passage.letter WHERE passage.id = ?",
    )


def _letter(connection: sqlite3.Connection, row: tuple[Any, ...]) -> ListedLetter:
    (
        number, document, release, file, first_page, last_page, first_bates, last_bates,
        date, date_as_written, addressee, salutation, subject, closing, confidence,
    ) = row  # fmt: skip
    signed = connection.execute(
        "SELECT name, title, organisation, is_group, page FROM signatory WHERE letter = ?"
        " ORDER BY position",
        (number,),
    )
    return ListedLetter(
        letter=number,
        document=document,
        release=release,
        file=file,
        first_page=first_page,
        last_page=last_page,
        bates=bates_range(first_bates, last_bates),
        date=date,
        date_as_written=date_as_written,
        addressee=addressee,
        salutation=salutation,
        subject=subject,
        closing=closing,
        confidence=confidence,
        signatories=tuple(
            Signatory(name, title, organisation, bool(is_group), page)
            for name, title, organisation, is_group, page in signed
        ),
    )

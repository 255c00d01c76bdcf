"""What passages say themselves, without what is repeated all over their release."""

import sqlite3
from collections.abc import Sequence

from recordsearch.catalogue.reading import passages


def own_texts(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[str]:
    """Return the texts of passages without boilerplate; one that is gone is left out."""
    texts = []
    for number, stored in passages(connection, numbers).items():
        text = stored.text
        repeated = connection.execute(
            "SELECT max(boilerplate.start, passage.start) - passage.start,"
            ' min(boilerplate."end", passage."end") - passage.start'
            " FROM passage JOIN boilerplate ON boilerplate.document = passage.document"
            ' AND boilerplate.start < passage."end" AND boilerplate."end" > passage.start'
            " WHERE passage.id = ? ORDER BY boilerplate.start DESC",
            (number,),
        ).fetchall()
        for start, end in repeated:
            text = f"{text[:start]}\n\n{text[end:]}"
        texts.append(text)
    return texts

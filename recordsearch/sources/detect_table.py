"""Tell a table in text form (RFC 4180, and with other separators) from a text."""

import csv
import io
import os
import re

_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})
_SEPARATORS = "\t,;|"
_ROWS = 40
_ENOUGH = 6
"""Lines that have one number of cells by chance are fewer."""
_COLUMNS = 3
_CELL = 200
_HEADING = 60
_LETTER = re.compile(r"[^\W\d_]")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def is_table(head: bytes, name: str) -> bool:
    """Tell whether a text is a table: its name ends so, or each line has the same cells.

    ``head`` is the text's beginning. Lines of prose have commas, too; a table's first line names
    its columns, each once, and no space follows where a cell ends.
    """
    if os.path.splitext(name)[1].lower() in _SUFFIXES:
        return True
    first = head[:2_000].splitlines()[:1]
    if not first or not any(first[0].count(one.encode()) >= _COLUMNS - 1 for one in _SEPARATORS):
        return False
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")
    text = head.decode(encoding, "replace")
    return any(_fits(text, separator) for separator in _SEPARATORS)


def _fits(text: str, separator: str) -> bool:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if row:
                rows.append(row)
            if len(rows) > _ROWS:
                break
    except csv.Error:
        return False
    rows = rows[:-1]  # which may be cut off
    if len(rows) < _ENOUGH or len(rows[0]) < _COLUMNS:
        return False
    heading = [cell.strip() for cell in rows[0]]
    named = all(len(cell) <= _HEADING and _LETTER.search(cell) for cell in heading)
    if not named or len(set(heading)) < len(heading):
        return False
    spaced = sum(cell.startswith(" ") for row in rows for cell in row[1:])
    cells = sum(len(row) - 1 for row in rows)
    return (
        all(len(row) == len(heading) for row in rows)
        and all(len(cell) <= _CELL or "\n" in cell for row in rows for cell in row)
        and spaced * 10 <= cells
    )

"""Tables as text (csv, RFC 4180 and what programs write instead): rows as lines, cells by tabs.

The delimiter is the one that parts the first rows into the same number of cells most often.
"""

import csv
import io
import itertools
import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from recordsearch.errors import UnreadableError
from recordsearch.extract.decode import decode
from recordsearch.extract.office_pages import Drafts, Rows, as_pages, drafts_of
from recordsearch.extract.office_zip import SPLIT
from recordsearch.records import Adapter, Page

if TYPE_CHECKING:
    from _csv import Reader

ADAPTER = Adapter("csv", "1")

BYTES = 64 * 1024 * 1024
"""How much of a file is read."""
_FILE_BYTES = 64 * 1024 * 1024 * 1024
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE_ROWS = 200
_SAMPLE_CHARACTERS = 200_000
_FIELD_LINES = 1_000
"""More line ends than this in one cell come from a quote that is never closed."""


def count_pages(path: str) -> int:
    """Return the number of pages, one a hundred thousand characters, at least 1.

    :raises UnreadableError: the file cannot be opened, or is empty.
    """
    return len(drafts_of(path, ADAPTER.name, _FILE_BYTES, _read))


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield pages ``first`` to ``last``.

    :raises UnreadableError: the file cannot be opened, or is empty.
    """
    yield from as_pages(drafts_of(path, ADAPTER.name, _FILE_BYTES, _read), first, last, ADAPTER)


def _read(path: str, drafts: Drafts) -> None:
    try:
        with open(path, "rb") as file:
            data = file.read(BYTES)
        whole = os.stat(path).st_size <= BYTES
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    if not whole:
        data = data[: data.rfind(b"\n") + 1] or data
    text = decode(data).replace("\0", "")
    delimiter, start = named_delimiter(text)
    delimiter = delimiter or likely_delimiter(text)
    told = f"separated by {_DELIMITERS.get(delimiter, delimiter)}" if delimiter else "as lines"
    rows = Rows(drafts, "", lambda first, last: f"rows {first:,} to {last:,}, {told}")
    for number, row in enumerate(rows_of(text[start:], delimiter), 1):
        rows.add(number, row)
    rows.close()
    if not whole:
        drafts.blame(f"only the first {BYTES:,} bytes were read", SPLIT)


def named_delimiter(text: str) -> tuple[str, int]:
    """Return the delimiter that a first line such as ``sep=;`` names, and where the next begins."""
    line, end, _ = text[:20].partition("\n")
    named = line.rstrip("\r")
    if end and named[:4].lower() == "sep=" and len(named) == 5 and named[4] not in "\"'\r ":
        return named[4], len(line) + 1
    return "", 0


def likely_delimiter(text: str) -> str:
    """Return the delimiter of a table, or an empty text where there seems to be none."""
    sample = text[:_SAMPLE_CHARACTERS]
    best, most = "", 1.0
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        rows = itertools.islice(_parsed(sample, delimiter), _SAMPLE_ROWS)
        widths = Counter(len(row) for row in rows if any(row))
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda one: (one[1], one[0]))
        alike = times / widths.total()
        # A table of two columns that is always one beats a table of twenty that seldom is.
        score = 1 + (width - 1) ** 0.5 * alike**3 if width > 1 else 1.0
        if score > most:
            best, most = delimiter, score
    return best


def rows_of(text: str, delimiter: str) -> Iterator[str]:
    """Yield each row as a line with tabs between its cells.

    From a quote on that is never closed, the lines are as they stand.
    """
    if not delimiter:
        yield from _lines(text, 0)
        return
    reader = _reader(text, delimiter)
    done = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            row = []
        if row is None:
            return
        if reader.line_num - done > _FIELD_LINES or reader.line_num == done:
            yield from _lines(text, done)
            return
        done = reader.line_num
        yield "\t".join(map(_line, row)).rstrip("\t")


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield rows until the text ends, or is none that can be parsed."""
    try:
        yield from _reader(text, delimiter)
    except csv.Error:
        return


def _line(cell: str) -> str:
    return " ".join(cell.split()) if "\n" in cell or "\t" in cell or "\r" in cell else cell


def _lines(text: str, start: int) -> Iterator[str]:
    lines = itertools.islice(io.StringIO(text, newline=""), start, None)
    return (line.rstrip("\r\n") for line in lines)


def _reader(text: str, delimiter: str) -> "Reader":
    csv.field_size_limit(BYTES)
    return csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t"
    )

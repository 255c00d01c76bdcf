"""Lines of CSV (RFC 4180) in which nothing out of a document works as a formula."""

import csv
import io
import re
from collections.abc import Iterable

from recordsearch.present.safe import safe_line

# What makes a spreadsheet program take a cell for a formula; see OWASP, "CSV Injection". Some
# programs pass over blanks before it, and take full-width signs for the plain ones.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


def cell(text: str) -> str:
    r"""Make text safe for a cell: no formula, no control characters; line feeds become ``\n``."""
    neutral = "'" if _FORMULA.match(text) else ""
    return neutral + safe_line(text)


def csv_line(cells: Iterable[object], line_end: str = "\r\n") -> str:
    """Write a line; whole numbers stay as they are, all else is made safe."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=line_end).writerow(
        [one if isinstance(one, int) else cell(str(one)) for one in cells]
    )
    return buffer.getvalue()

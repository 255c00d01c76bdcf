"""How much of a list of signatories is in doubt: lines that OCR hardly read, joined or torn names.

The share lowers a letter's confidence; nothing is left out because of it.
"""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from recordsearch.understand.signator_parse import Signed
from recordsearch.understand.signator_rows import Row

_UNSURE = 70.0
"""OCR's confidence in a line; print has 85 and more, even on a poor scan."""
_FEWEST = 6
_LONG, _TIMES = 50, 2.0
"""A name is as long as two if it has so many letters, and so many times the usual."""
_STRAY = re.compile(
    r"[|~_=<>{}\\^»«]|(?:^|\s)[.:;,*'\"‘’“”]+(?:\s|$)|^[^\w(\"'‘“#&@¡¿]|[-–—:;,*‘“]$|\s[-–—]$"
)
_BRACKETS = "()[]“”"


def doubt_of(rows: Iterable[Row], signed: Sequence[Signed]) -> float:
    """Return from 0 to 1 what share of the ``rows`` read, or of who ``signed``, is in doubt."""
    lines = [part.sure < _UNSURE for row in rows for part in row]
    unread = sum(lines) / len(lines) if lines else 0.0
    usual = median(len(one.name) for one in signed) if len(signed) >= _FEWEST else _LONG
    odd = sum(
        _is_odd(one.name) or len(one.name) > max(_LONG, _TIMES * usual) or _is_odd(one.organisation)
        for one in signed
    )
    return max(unread, odd / len(signed) if signed else 0.0)


def _is_odd(text: str) -> bool:
    """Tell whether a name has a mark that belongs to no name, or half a pair of brackets."""
    pairs = zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True)
    return _STRAY.search(text) is not None or any(
        text.count(opening) != text.count(closing) for opening, closing in pairs
    )

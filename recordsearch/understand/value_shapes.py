"""What the finders of values share: how they hand over what they found.

A finder takes a page's text and yields where a value stands and its normal form. It never raises,
and does work in proportion to the page's length, whatever the page holds.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """A value on a page: its character range in the page's text, and its normal form."""

    start: int
    end: int
    value: str


Finder = Callable[[str], Iterator[Found]]


def fold_same_length(text: str) -> str:
    """Return the text in lower case, each character at its place.

    Of all characters only the capital I with a dot becomes two in lower case.
    """
    return text.replace("İ", "I").lower()

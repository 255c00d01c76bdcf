"""How well one text has the words of another: multisets of words, order left aside."""

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"\w+")
_BROKEN = re.compile(r"[-\u00ad]\s*\n\s*")


def words(text: str) -> Counter[str]:
    """Return the words of a text, compatibility forms such as ligatures undone.

    A word broken by a hyphen at a line's end counts whole, because pdftotext joins it.
    """
    joined = _BROKEN.sub("", unicodedata.normalize("NFKC", text))
    return Counter(_WORD.findall(joined))


def common(one: Counter[str], other: Counter[str]) -> int:
    """Return how many words two texts share."""
    return sum((one & other).values())


def f1(shared: int, one: int, other: int) -> float:
    """Return the harmonic mean of precision and recall, from counts of words."""
    return 2 * shared / (one + other) if one + other else 1.0

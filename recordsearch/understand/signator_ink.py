"""Leaves out what OCR makes of signatures written by hand: it is no print, and says no name."""

from collections.abc import Sequence
from statistics import median

from recordsearch.records import Word
from recordsearch.understand.signator_layout import WORDS, word_size

_TALL, _TALLEST = 1.4, 1.7
_SMALL = 0.5
"""Shares of the size of a page's print."""
_UNSURE, _SURE = 75.0, 92.0
"""OCR's confidence in a word. Print on a clean scan has 93 to 97."""
_FEWEST = 12
"""Words of a page by which the size of its print can be told."""


def printed(words: Sequence[Word]) -> Sequence[Word]:
    """Return a page's words without those that OCR read in handwriting or in specks.

    They are too tall for the page's print, and read with doubt, or far too small. Words of a text
    layer, which have no confidence, stay.
    """
    if len(words) < _FEWEST or any(word.confidence is None for word in words[:WORDS]):
        return words
    size = median(map(word_size, words[:WORDS]))
    return [word for word in words[:WORDS] if _is_print(word, size)]


def _is_print(word: Word, size: float) -> bool:
    share = word_size(word) / size if size > 0 else 1.0
    sure = 100.0 if word.confidence is None else word.confidence
    if any(map(str.isalnum, word.text)) and share < _SMALL:
        return False
    return not (share > _TALLEST and sure < _SURE) and not (share > _TALL and sure < _UNSURE)

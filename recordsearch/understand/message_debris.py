"""Tell what OCR made of a black box from words, where both stand beside a name that is known."""

import re
from collections.abc import Sequence

from recordsearch.understand.message_names import CLOSERS, OPENERS, PARTICLES, WITHHELD, is_suffix

_SIGNS = frozenset("{}|~=_^\\°§@©®€¥»«%#*")
_ADDRESS = re.compile(r"\w@\w[\w-]{0,62}\.\w")
_BETWEEN = frozenset(["or", "with", "cc", "bcc", "from", "c/o", "per", "care"])
_MOST = 5
"""Letters of a word that may be debris; more would be a name."""
_SHORT = 3


class Beside:
    """The words beside a known name, up to the next separator."""

    def __init__(self, words: Sequence[str]) -> None:
        self._capitals = not any(_is_loud(word) for word in words)
        self._closed = any(word[-1:] in (")", "]") for word in words)
        self._certain = any(bare(word) and self._is_surely(word) for word in words)

    def is_debris(self, word: str, alone: bool) -> bool:
        """Tell whether one of the words is what OCR left of a black box.

        A short word with a capital, which may be a name, is only beside another that surely is
        debris, or where it stands ``alone`` before "Last, First".
        """
        if self._is_surely(word):
            return True
        plain = bare(word)
        if not plain.isalpha() or len(plain) > _SHORT or self._opens_unit(word):
            return False
        return (alone or self._certain) and plain.lower() not in PARTICLES and not is_suffix(plain)

    def _is_surely(self, word: str) -> bool:
        return not self._opens_unit(word) and is_surely_debris(word, capitals=self._capitals)

    def _opens_unit(self, word: str) -> bool:
        """Tell whether a word is a unit in brackets, or begins one that is closed after it."""
        return word[0] in "([" and (word[-1] in ")]" or self._closed) and bool(bare(word))


def is_surely_debris(word: str, *, capitals: bool = True) -> bool:
    """Tell whether a word beside a name can be no name: signs, or a few letters of one case.

    ``capitals`` tells that they say something: not so where whole names are written in them.
    """
    if word == WITHHELD:
        return True
    plain = bare(word)
    if not plain:
        return word not in (",", "(", ")")
    if _ADDRESS.search(word) or is_suffix(plain):
        return False
    if any(character in _SIGNS for character in plain):
        return True
    if len(plain) > _MOST or plain.lower() in PARTICLES or plain.lower() in _BETWEEN:
        return False
    return plain.isdigit() or plain.islower() or (capitals and plain.isupper() and len(plain) > 1)


def may_be_debris(word: str) -> bool:
    """Tell whether a word is too short to be sure that it belongs to a name, or surely debris."""
    return len(bare(word)) <= _SHORT or is_surely_debris(word)


def is_debris_behind(word: str, *, unit: bool) -> bool:
    """Tell whether a word may be a black box's rest, as it stands behind a name, or its ``unit``.

    After a unit no name goes on, so that any short word may be.
    """
    if not word.isalpha() or word.lower() in PARTICLES or is_suffix(word):
        return False
    return (unit and len(word) <= _SHORT + 1) or (word.isupper() and is_surely_debris(word))


def closes_unit(word: str) -> bool:
    """Tell whether a word is the end of a unit's name whose beginning OCR lost."""
    return word[-1:] in (")", "]") and not any(opener in word for opener in "([")


def bare(word: str) -> str:
    """Return a word without the stops, quotes and brackets around it."""
    return word.strip(CLOSERS + OPENERS)


def _is_loud(word: str) -> bool:
    plain = bare(word)
    return len(plain) > _MOST and plain.isupper() and plain.isalpha()

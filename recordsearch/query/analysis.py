r"""The one analyser: the same tokens for the index, the query and the highlighter.

A token is a run of letters and digits of any script; everything else separates. Case, accents,
ligatures and full-width forms are folded. Characters that show nothing (soft hyphens, zero-width
characters, marks of direction) vanish. Single letters joined by dots are one token: ``U.S.C.``
gives ``usc``.

A word broken at a line's end (``recog-\nnition``) may be one word or a compound, and nobody can
tell. Both readings are kept: *joined* (``recognition``) and *parted* (``recog nition``).

Engines are given tokens joined by single spaces, so that none tokenises for itself.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

ANALYSER_VERSION = "1"

# A longer run is cut into tokens of this many characters, so that no engine drops it: the
# longest word in an English dictionary has 45 letters, and its parts are found as a phrase.
LONGEST_TOKEN = 40

# Entries of the two caches below, each about 100 bytes. A year of letters and e-mails has some
# hundred thousand different words, but nearly all of its text is made of a few thousand.
_CACHED = 25_000


class Streams(NamedTuple):
    """A passage as an engine takes it: tokens joined by single spaces.

    ``exact``    the joined reading.
    ``parted``   the parted reading, or empty where no word is broken at a line's end.
    ``stemmed``  the stems of every token in either reading, in no useful order.
    """

    exact: str
    parted: str
    stemmed: str


class _LongTokenError(Exception):
    """A token must be cut."""


class _Stems(dict[str, str]):
    """Stems by token; a process-local cache, emptied when it is full."""

    def __missing__(self, token: str) -> str:
        if len(token) > LONGEST_TOKEN:
            raise _LongTokenError
        stem: str = _stemmer().stemWord(token)
        if len(self) >= _CACHED:
            self.clear()
        self[token] = stem
        return stem


class _Folded(dict[str, str]):
    """Characters and short runs of them, folded; a process-local cache, emptied when it is full."""

    def __missing__(self, run: str) -> str:
        folded = "".join(map(_fold_character, run))
        if len(self) >= _CACHED:
            self.clear()
        self[run] = folded
        return folded


_STEMS = _Stems()
_FOLDED = _Folded()
FOLDED_CHARACTERS: Mapping[str, str] = _FOLDED
"""Each character folded as :func:`streams` folds it, but for ASCII, which :func:`lower` does."""


@cache
def _stemmer() -> Any:
    import Stemmer

    # PyStemmer's own cache is slower than the dictionary in front of it.
    return Stemmer.Stemmer("english", 0)


def stem(token: str) -> str:
    """Return the English stem of a token (Snowball's ``english`` algorithm)."""
    return _STEMS[token] if len(token) <= LONGEST_TOKEN else token


# What becomes of each ASCII byte: letters lower case, digits as they are, the rest a space. Bytes
# of UTF-8 beyond ASCII stay, so this works on folded text of any script.
_LOWER = bytes(
    ord(chr(byte).lower()) if chr(byte).isalnum() else 32 for byte in range(128)
) + bytes(range(128, 256))

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_RUN_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{1,32}")
# Up to so many different characters it is quicker to replace each in the whole passage: English
# text has a few, such as typographic quotation marks, and text of another script has many.
_FEW = 12

# A letter, a hyphen (also as some producers write it), the end of a line or a page, a letter.
_GAP = r"[ \t\r]*(?:\n\f?\n?|\f\n?)[ \t\r]*"
_BREAK_ASCII = re.compile(rf"-(?<=[A-Za-z]-){_GAP}(?=[a-z])")
_BREAK = re.compile(rf"[-\u2010\u00ad¬](?<=[^\W\d_].){_GAP}(?=([^\W\d_]))")

# A dot and one letter: cheap to look for, and no abbreviation is without it.
_DOT_LETTER = re.compile(r"\.[^\W\d_](?![^\W_])")
_ABBREVIATION = re.compile(r"(?<![^\W_])(?<![^\W_]\.)(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])")


def _fold_character(character: str) -> str:
    """Fold one character: lower case, without accents, a space if it separates, else nothing.

    The result is final: folding it again changes nothing. A dot stays, for abbreviations.
    """
    folded = character
    for _ in range(4):  # casefold and NFKD each undo some of the other's work
        again = unicodedata.normalize("NFKD", folded).casefold()
        again = "".join(one for one in again if not unicodedata.combining(one))
        if again == folded:
            break
        folded = again
    return "".join(map(_fold_plain, folded))


def _fold_plain(character: str) -> str:
    if character.isalnum() or character == ".":
        return character
    category = unicodedata.category(character)
    # Vowel signs of scripts such as Devanagari are part of the word; format characters are not
    # seen, and neither are variation selectors (Mn without a combining class).
    if category in ("Mc", "Mn", "Me"):
        return "" if 0xFE00 <= ord(character) <= 0xFE0F else character
    return "" if category == "Cf" else " "


def _fold(text: str) -> str:
    if text.isascii():
        return text
    different = set(_BEYOND_ASCII.findall(text))
    if len(different) > _FEW:
        return _RUN_BEYOND_ASCII.sub(lambda run: _FOLDED[run[0]], text)
    for character in different:
        text = text.replace(character, _FOLDED[character])
    return text


def abbreviation_dots(folded: str) -> list[tuple[int, int]]:
    """Find the dots inside abbreviations such as ``U.S.C``, which join their letters."""
    if not _DOT_LETTER.search(folded):
        return []
    return [
        (place, place + 1)
        for match in _ABBREVIATION.finditer(folded)
        for place in range(match.start() + 1, match.end(), 2)
    ]


def broken_words(text: str) -> list[tuple[int, int]]:
    """Find where words are broken at a line's end: from the hyphen to the next line's letter."""
    if text.isascii():
        return [match.span() for match in _BREAK_ASCII.finditer(text)]
    return [match.span() for match in _BREAK.finditer(text) if match[1].islower()]


def _undot(abbreviation: re.Match[str]) -> str:
    return abbreviation[0].replace(".", "")


def _close(gap: re.Match[str]) -> str:
    return "" if gap[1].islower() else gap[0]


def _join_broken(text: str) -> str:
    """Return the text with the words broken at a line's end joined."""
    return _BREAK_ASCII.sub("", text) if text.isascii() else _BREAK.sub(_close, text)


def lower(folded: str) -> str:
    """Make ASCII letters lower case and everything in ASCII that separates a space."""
    return folded.encode().translate(_LOWER).decode()


def _split(text: str) -> list[str]:
    """Split a text, in which no word is joined any more, into tokens that may be too long."""
    text = _fold(text)
    if _DOT_LETTER.search(text):
        text = _ABBREVIATION.sub(_undot, text)
    return lower(text).split()


def _cut(tokens: list[str]) -> list[str]:
    return [
        token[start : start + LONGEST_TOKEN]
        for token in tokens
        for start in range(0, len(token), LONGEST_TOKEN)
    ]


def streams(text: str) -> Streams:
    """Analyse a passage, a path or a name."""
    joined = _join_broken(text)
    exact = _split(joined)
    parted = _split(text) if len(joined) != len(text) else []
    try:
        stemmed = " ".join(map(_STEMS.__getitem__, exact))
        if parted:
            stemmed += " " + " ".join(map(_STEMS.__getitem__, _only_parted(exact, parted)))
    except _LongTokenError:
        exact, parted = _cut(exact), _cut(parted)
        stemmed = " ".join(map(_STEMS.__getitem__, exact + _only_parted(exact, parted)))
    return Streams(" ".join(exact), " ".join(parted), stemmed)


def _only_parted(exact: list[str], parted: list[str]) -> list[str]:
    """Return the tokens that only the parted reading has, in its order."""
    known = set(exact)
    return [token for token in parted if token not in known]

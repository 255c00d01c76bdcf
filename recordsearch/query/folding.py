"""Folding of characters: what is written in several ways becomes one way.

Case, accents, ligatures and full-width forms are folded, typographic quotation marks and hyphens
become plain ones, decimal digits of any script become ASCII. Characters that show nothing (soft
hyphens, zero-width characters, marks of direction) vanish.

Marks are accents only in alphabets that are read without them: Latin, Greek, Cyrillic, Hebrew and
Arabic. Elsewhere they are vowels, tones or voicing (``が`` is not ``か``) and stay, and so do
``й``, ``ї`` and ``ў``, which are letters of their own.

Each character is folded by itself, so that a text can be folded piece by piece.
"""

import re
import unicodedata
from collections.abc import Mapping

# Entries of the cache, each about 100 bytes: the short runs of a few million pages.
_CACHED = 25_000

# Letters that Unicode does not take apart, as people without the key type them.
_PLAIN = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ı": "i", "ȷ": "j", "ʼ": "'", "ʹ": "'", "ʻ": "'", "\u2018": "'", "\u2019": "'", "\u201b": "'",
    "\u2032": "'", "\u2010": "-",
}  # fmt: skip
_LETTERS_WITH_MARKS = frozenset("йїўЙЇЎ")
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# A letter of its own that was written as two characters, as file names of macOS are. What took the
# mark's place shows nothing, so that every character stays where it is.
_APART = {
    letter + mark: whole + "\u2060"
    for pairs, mark in (("ийИЙуўУЎ", "\u0306"), ("іїІЇ", "\u0308"))
    for letter, whole in zip(pairs[::2], pairs[1::2], strict=True)
}
_MARK_OF_LETTER = re.compile("[иИуУ]\u0306|[іІ]\u0308")

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_RUN_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{1,32}")
# Up to so many different characters it is quicker to replace each in the whole passage: English
# text has a few, such as typographic quotation marks, and text of another script has many.
_FEW = 12

# What becomes of each ASCII byte: letters lower case, digits and hyphens as they are, the rest a
# space. Bytes of UTF-8 beyond ASCII stay, so this works on folded text of any script.
_LOWER = bytes(
    ord(chr(byte).lower()) if chr(byte).isalnum() or byte == 45 else 32 for byte in range(128)
) + bytes(range(128, 256))
_DASHES = re.compile("--+")


class _Folded(dict[str, str]):
    """Characters and short runs of them, folded; a process-local cache, emptied when it is full."""

    def __missing__(self, run: str) -> str:
        folded = "".join(map(_fold_character, run))
        if len(self) >= _CACHED:
            self.clear()
        self[run] = folded
        return folded


_FOLDED = _Folded()
FOLDED_CHARACTERS: Mapping[str, str] = _FOLDED
"""Each character folded, but for ASCII, which :func:`lower` does."""


def fold(text: str, different: set[str]) -> str:
    """Fold a text; ``different`` are its different characters beyond ASCII, or more."""
    if not different:
        return text
    if len(different) > _FEW:
        return _RUN_BEYOND_ASCII.sub(lambda run: _FOLDED[run[0]], text)
    for character in different:
        text = text.replace(character, _FOLDED[character])
    return text


def with_whole_letters(text: str) -> str:
    """Write letters such as ``й`` in one character; nothing else in the text moves."""
    return _MARK_OF_LETTER.sub(lambda match: _APART[match[0]], text)


def lower(folded: str) -> str:
    """Make ASCII letters lower case and everything in ASCII that separates a space.

    Hyphens stay that have something other than spaces on both sides. The length stays.
    """
    lowered = folded.encode().translate(_LOWER).decode()
    if "-" not in lowered:
        return lowered
    if "--" in lowered:
        lowered = _DASHES.sub(lambda run: " " * len(run[0]), lowered)
    return lowered.replace("- ", "  ").replace(" -", "  ")


def _fold_character(character: str) -> str:
    """Fold one character; the result is final: folding it again changes nothing."""
    if character in _LETTERS_WITH_MARKS:
        return character.lower()
    folded = character
    for _ in range(4):  # casefold and NFKD each undo some of the other's work
        again = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded).casefold())
        if again == folded:
            break
        folded = again
    return "".join(_PLAIN.get(one) or _fold_plain(one) for one in folded)


def _fold_plain(character: str) -> str:
    if character in ".,-'":  # for abbreviations, numbers, compounds and names
        return character
    if character == "ـ":
        return ""
    if character.isalnum():
        return str(unicodedata.decimal(character)) if character.isdecimal() else character
    category = unicodedata.category(character)
    # Vowel signs of scripts such as Devanagari are part of the word; format characters are not
    # seen, and neither are variation selectors (Mn without a combining class).
    if category in ("Mc", "Mn", "Me"):
        return "" if 0xFE00 <= ord(character) <= 0xFE0F else character
    return "" if category == "Cf" else " "

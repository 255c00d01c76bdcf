"""Scripts without spaces between words: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.

Nobody can tell their words apart without a dictionary of each language, and two dictionaries
disagree. So a run of them is read as the overlapping pairs of its characters, as search engines
have long done; a query of several characters is a phrase of such pairs, and finds them wherever
they stand together. A second reading has each character alone, for a query of one.

A character is a letter with the marks on it; a Korean syllable is one character.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

Piece = tuple[str, int, int]
"""A token, and where in its run of characters it stands."""

# The blocks of such scripts, folded or not: first and last characters.
_BLOCKS = (
    "\u0e00\u0eff", "\u1000\u109f", "\u1100\u11ff", "\u1780\u17ff", "\u2e80\u9fff",
    "\ua960\ua97f", "\uac00\ud7ff", "\uf900\ufaff", "\uff66\uffdc", "\U0001b000\U0001b2ff",
    "\U0001f200\U0001f2ff", "\U00020000\U0003ffff",
)  # fmt: skip

# Chinese and Japanese are broken at a line's end between any two characters.
_IDEOGRAPH = "[々〇ー\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"

# In folded text, in which kana have their voicing marks, and Korean its letters, one by one. No
# true character has more marks than these; the bounds keep a token short.
_CHARACTER = (
    "(?:[々-〇\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\U0001b000-\U0001b2ff\U00020000-\U0003ffff][\u3099\u309a]{0,2}"
    "|[\u1100-\u115f\ua960-\ua97f][\u1160-\u11a7]{0,3}[\u11a8-\u11ff]{0,3}"
    r"|(?=\w)[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
    r"(?:(?!\w)[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]){0,6})"
)


def is_spaceless(characters: Iterable[str]) -> bool:
    """Tell whether one of these is a character of such a script, folded or not."""
    return any(
        block[0] <= one <= block[1]
        for one in characters
        if one >= "\u0e00" and not "\u2000" <= one < "\u2e80"
        for block in _BLOCKS
    )


@cache
def line_ends() -> re.Pattern[str]:
    """Return the pattern of line ends between characters that belong together."""
    # Patterns of so many characters take milliseconds to compile, which few searches need.
    return re.compile(rf"(?<={_IDEOGRAPH})[ \t\r]*\n[ \t\r]*(?={_IDEOGRAPH})")


@cache
def _one() -> re.Pattern[str]:
    return re.compile(_CHARACTER)


def segment(unit: str, single: bool) -> list[Piece]:
    """Take a run of folded letters apart, where it has characters of such a script.

    They are given in overlapping pairs, or each alone where ``single`` or where there is but one.
    """
    found: list[Piece] = []
    end = 0
    previous: int | None = None  # where the character before began, in the same run
    alone = False  # whether that was the first of its run, and stands by itself so far
    for match in _one().finditer(unit):
        start, after = match.span()
        if start > end:
            found.append((unit[end:start], end, start))
            previous = None
        if single:
            found.append(_piece(unit, start, after))
        elif previous is not None:
            if alone:
                found.pop()
            found.append(_piece(unit, previous, after))
        else:
            found.append(_piece(unit, start, after))
        alone = previous is None
        previous = start
        end = after
    if end < len(unit):
        found.append((unit[end:], end, len(unit)))
    return found


def _piece(unit: str, start: int, end: int) -> Piece:
    return unicodedata.normalize("NFC", unit[start:end]), start, end

"""Words that are written in one, or in parts: hyphens, line ends, dots, and digits in groups.

    U.S.C.            usc                        single letters joined by dots
    1,200             1200                       digits in groups of three
    recog-↵nition     recognition    recog nition    broken at a line's end, or a compound there
    e-mail            email          e mail          a single letter before the hyphen, or an O'
    re-election       re election    reelection      any other compound of two
    state-of-the-art  state of the art           longer ones
    555-0142          555 0142                   digits on both sides

What stands on the left is the first reading, which the whole text has; on the right is the second.
"""

import re

from recordsearch.query.bigrams import Piece, is_spaceless, segment

# A longer run is cut into tokens of this many characters, so that no engine drops it: the
# longest word in an English dictionary has 45 letters, and its parts are found as a phrase.
LONGEST_TOKEN = 40

# A letter, a hyphen (also as some producers write it), the end of a line or a page, a letter.
_GAP = r"[ \t\r]*(?:\n\f?\n?|\f\n?)[ \t\r]*"
_BREAK_ASCII = re.compile(rf"-(?<=[A-Za-z]-){_GAP}(?=[a-z])")
_BREAK = re.compile(rf"[-\u2010\u00ad¬](?<=[^\W\d_].){_GAP}(?=([^\W\d_]))")

# A dot and one letter: cheap to look for, and no abbreviation is without it.
_DOT_LETTER = re.compile(r"\.[^\W\d_](?![^\W_])")
_ABBREVIATION = re.compile(r"(?<![^\W_])(?<![^\W_]\.)(?:[^\W\d_]\.)+[^\W\d_](?![^\W_])")

# A comma between digits, cheap to look for too, and a number in groups of three.
_COMMA_DIGITS = re.compile(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")
_GROUPS = re.compile(r"(?<![^\W_])(?<![0-9][.,])[0-9]{1,3}(?:,[0-9]{3})+(?![^\W_]|,[0-9])")

# The Irish O' is written with and without its apostrophe.
_IRISH = re.compile(r"'(?<=[Oo]')(?<![^\W_][Oo]')(?=[^\W\d_]{2})")


def broken_words(text: str) -> list[tuple[int, int]]:
    """Find where words are broken at a line's end: from the hyphen to the next line's letter."""
    if text.isascii():
        return [match.span() for match in _BREAK_ASCII.finditer(text)]
    return [match.span() for match in _BREAK.finditer(text) if match[1].islower()]


def join_broken(text: str) -> str:
    """Return the text with the words broken at a line's end joined."""
    return _BREAK_ASCII.sub("", text) if text.isascii() else _BREAK.sub(_close, text)


def _close(gap: re.Match[str]) -> str:
    return "" if gap[1].islower() else gap[0]


def hyphenate_names(folded: str) -> str:
    """Write ``O'Brien`` as ``O-Brien``."""
    return _IRISH.sub("-", folded) if "'" in folded else folded


def joints(folded: str) -> list[int]:
    """Find the dots inside abbreviations and the commas inside numbers, which join their parts."""
    # A search for a dot or a comma is quick; the patterns with all their conditions are not.
    found: list[int] = []
    end = 0
    for dot in _DOT_LETTER.finditer(folded, 1):
        if dot.start() >= end:
            abbreviation = _ABBREVIATION.match(folded, dot.start() - 1)
            if abbreviation:
                end = abbreviation.end()
                found += range(dot.start(), end, 2)
    end = 0
    for comma in _COMMA_DIGITS.finditer(folded):
        if comma.start() >= end:
            number = _GROUPS.match(folded, _group_start(folded, comma.start()))
            if number:
                end = number.end()
                found += range(comma.start(), end, 4)
    return sorted(found)


def _group_start(folded: str, comma: int) -> int:
    start = comma - 1
    while start > 0 and comma - start < 3 and "0" <= folded[start - 1] <= "9":
        start -= 1
    return start


def without_joints(folded: str) -> str:
    """Leave out what :func:`joints` finds."""
    found = joints(folded)
    if not found:
        return folded
    starts = [0, *(place + 1 for place in found)]
    return "".join(
        folded[start:end] for start, end in zip(starts, [*found, len(folded)], strict=True)
    )


def pieces(unit: str, single: bool = False) -> tuple[list[Piece], list[Piece]]:
    """Take a run of folded letters, digits and single hyphens apart; return both readings of it.

    The second is empty where there is none. ``single`` asks for each character of a script without
    spaces alone.
    """
    parts = []
    start = 0
    for part in unit.split("-"):
        if part:
            parts.append((part, start, start + len(part)))
        start += len(part) + 1
    if not unit.isascii() and is_spaceless(unit):
        return [
            (token, start + low, start + high)
            for part, start, _ in parts
            for word, low, high in segment(part, single)
            for token, low, high in _cut((word, low, high))
        ], []
    first, second = _readings(parts)
    return [cut for piece in first for cut in _cut(piece)], second


def _readings(parts: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    if len(parts) < 2:
        return parts, []
    (left, start, _), (right, _, end), *rest = parts
    if len(left) + len(right) > LONGEST_TOKEN:
        return parts, []
    joined = (left + right, start, end)
    if len(left) == 1 and left.isalpha() and len(right) > 1 and right[0].isalpha():
        too_long = any(len(part) > LONGEST_TOKEN for part, _, _ in rest)
        return [joined, *rest], [] if too_long else parts
    if rest or joined[0].isdecimal():
        return parts, []
    return parts, [joined]


def _cut(piece: Piece) -> list[Piece]:
    token, start, end = piece
    if len(token) <= LONGEST_TOKEN:
        return [piece]
    return [
        (token[low : low + LONGEST_TOKEN], start + low, min(start + low + LONGEST_TOKEN, end))
        for low in range(0, len(token), LONGEST_TOKEN)
    ]

"""What a query's words match in a text, and the stretch of it worth showing.

The same whatever the engine: the tokens are the analyser's, the rules are the tree's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from recordsearch.query.analysis import broken_words
from recordsearch.query.matcher import NO_VARIANTS, Matcher, Range, Variants
from recordsearch.query.tree import Node

_SPACE = re.compile(r"\s+")
_CUT = "…"


def matches(
    tree: Node,
    text: str,
    languages: Sequence[str] = ("en",),
    variants: Variants = NO_VARIANTS,
) -> list[Range]:
    """Return the character ranges in ``text`` that ``tree`` matches, sorted and not overlapping.

    What stands under a negation marks nothing, nor do conditions on fields; but where a field's
    values are words of the text itself, such as people and sums of money, they are marked.
    ``languages`` and ``variants`` are those that the engine has looked for.
    """
    return marked(Matcher(tree, languages, variants), text)


def marked(matcher: Matcher, text: str) -> list[Range]:
    """Return the ranges that a matcher finds, sorted and not overlapping."""
    return _merge(matcher.ranges(text))


def snippet(text: str, ranges: Iterable[Range], width: int = 240) -> tuple[str, tuple[Range, ...]]:
    """Return the stretch of ``text`` with the most different matches, and where they are in it.

    At most ``width`` characters of the text are taken, whole words where they have spaces between
    them; ``…`` stands where it is cut, and white space becomes one space. ``ranges`` are sorted
    and do not overlap. Without ranges it is the text's beginning.
    """
    places = list(ranges)
    first, last = _best_window(text, places, width)
    inside = places[first:last]
    start, end = _window(text, inside, width)
    lead = _CUT if text[:start].strip() else ""
    tail = _CUT if text[end:].strip() else ""
    cut = text[start:end]
    if not broken_words(cut):
        shown = " ".join(cut.split())
        moved = [
            tuple(
                len(lead) + min(_closed_length(cut[: place - start]), len(shown))
                for place in (low, min(high, end))
            )
            for low, high in inside
        ]
        return lead + shown + tail, tuple((low, high) for low, high in moved)
    shown, where = _collapse(text, start, end)
    marks = tuple(
        (where[low - start] + len(lead), where[min(high, end) - start] + len(lead))
        for low, high in inside
    )
    return lead + shown + tail, marks


def _merge(ranges: list[Range]) -> list[Range]:
    """Sort ranges and join those that overlap."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _best_window(text: str, places: list[Range], width: int) -> tuple[int, int]:
    """Choose the ranges, ``places[first:last]``, that fit and have the most different texts."""
    best, chosen = (0, 0), (0, min(1, len(places)))
    inside: Counter[str] = Counter()
    last = 0
    for first, (start, end) in enumerate(places):
        while last < len(places) and (last <= first or places[last][1] - start <= width):
            inside[text[slice(*places[last])].casefold()] += 1
            last += 1
        score = (len(inside), last - first)
        if score > best:
            best, chosen = score, (first, last)
        leaving = text[start:end].casefold()
        inside[leaving] -= 1
        if not inside[leaving]:
            del inside[leaving]
    return chosen


def _window(text: str, inside: list[Range], width: int) -> Range:
    """Put the ranges into the middle of a window that begins and ends between words."""
    low, high = (inside[0][0], inside[-1][1]) if inside else (0, 0)
    high = min(high, low + width)
    start = max(0, min(low - (width - (high - low)) // 2, len(text) - width))
    end = min(len(text), start + width)
    if start and not text[start - 1].isspace():
        space = _SPACE.search(text, start, low)
        start = space.end() if space else start
    if end < len(text) and not text[end].isspace():
        cut = max(text.rfind(space, high, end) for space in " \n\f\t\r")
        end = cut if cut >= high and cut > start else end
    return start, end


def _collapse(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Make white space one space each; return the text and where each character went.

    A word broken at a line's end closes up behind its hyphen, as the line's end is gone.
    """
    breaks = {
        start + place
        for hyphen, letter in broken_words(text[start:end])
        for place in range(hyphen + 1, letter)
    }
    pieces: list[str] = []
    moved: list[int] = []
    length = 0
    for place in range(start, end):
        character = text[place]
        moved.append(length)
        if place in breaks:
            continue
        if not character.isspace():
            pieces.append(character)
            length += 1
        elif pieces and pieces[-1] != " ":
            pieces.append(" ")
            length += 1
    moved.append(length)
    shown = "".join(pieces)
    trimmed = shown.rstrip(" ")
    return trimmed, [min(index, len(trimmed)) for index in moved]


def _closed_length(text: str) -> int:
    """Return the length of a text with white space made one space each, and none before it."""
    words = text.split()
    if not words:
        return 0
    return sum(map(len, words)) + len(words) - (not text[-1].isspace())

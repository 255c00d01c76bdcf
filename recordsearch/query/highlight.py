"""What a query's words match in a text, and the stretch of it worth showing.

The same whatever the engine: the tokens are the analyser's, the rules are the tree's.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from recordsearch.query.analysis import broken_words, stem
from recordsearch.query.distance import within
from recordsearch.query.fields import IN_THE_TEXT
from recordsearch.query.tokens import spans
from recordsearch.query.tree import And, Fuzzy, InField, Node, Or, Phrase, Prefix, Word

Range = tuple[int, int]

_SPACE = re.compile(r"\s+")
_CUT = "…"


def matches(tree: Node, text: str) -> list[Range]:
    """Return the character ranges in ``text`` that ``tree`` matches, sorted and not overlapping.

    What stands under a negation marks nothing, nor do conditions on fields; but where a field's
    values are words of the text itself, such as people and sums of money, they are marked.
    """
    leaves = list(_positive_leaves(tree))
    words = _WordRule(leaves)
    phrases = {leaf.words for leaf in leaves if isinstance(leaf, Phrase)}
    found: list[Range] = []
    for reading in spans(text):
        runs = [_PhraseRun(phrase) for phrase in phrases]
        for token, start, end in reading:
            if words[token]:
                found.append((start, end))
            for run in runs:
                begin = run.take(token, start)
                if begin is not None:
                    found.append((begin, end))
    return _merge(found)


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
    shown, moved = _collapse(text, start, end)
    lead = _CUT if text[:start].strip() else ""
    tail = _CUT if text[end:].strip() else ""
    marks = tuple(
        (moved[low - start] + len(lead), moved[min(high, end) - start] + len(lead))
        for low, high in inside
    )
    return lead + shown + tail, marks


def _positive_leaves(tree: Node) -> Iterator[Node]:
    if isinstance(tree, And | Or):
        for child in tree.children:
            yield from _positive_leaves(child)
    elif isinstance(tree, Word | Prefix | Fuzzy | Phrase):
        yield tree
    elif isinstance(tree, InField) and tree.name in IN_THE_TEXT:
        # A field's word stands for itself alone, without its inflections.
        yield Phrase((tree.text.text,)) if isinstance(tree.text, Word) else tree.text


class _WordRule(dict[str, bool]):
    """Whether a token is matched by a word, a prefix or a fuzzy word; answers are remembered."""

    def __init__(self, leaves: list[Node]) -> None:
        super().__init__()
        self._stems = {stem(leaf.text) for leaf in leaves if isinstance(leaf, Word)}
        self._prefixes = tuple({leaf.text for leaf in leaves if isinstance(leaf, Prefix)})
        self._fuzzy = {(leaf.text, leaf.distance) for leaf in leaves if isinstance(leaf, Fuzzy)}

    def __missing__(self, token: str) -> bool:
        self[token] = matched = (
            (bool(self._stems) and stem(token) in self._stems)
            or token.startswith(self._prefixes)
            or any(within(token, text, distance) for text, distance in self._fuzzy)
        )
        return matched


class _PhraseRun:
    """Finds a phrase in a stream of tokens, looking at each token once (Knuth, Morris, Pratt)."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._starts = array("q", bytes(8 * len(words)))
        self._seen = 0
        self._matched = 0
        # The length of the longest beginning of the phrase that also ends its first n words.
        self._borders = [0] * len(words)
        border = 0
        for place in range(1, len(words)):
            while border and words[place] != words[border]:
                border = self._borders[border - 1]
            border += words[place] == words[border]
            self._borders[place] = border

    def take(self, token: str, start: int) -> int | None:
        """Take the next token; return where the phrase began if it ends here."""
        words = self._words
        self._starts[self._seen % len(words)] = start
        self._seen += 1
        matched = self._matched
        while matched and token != words[matched]:
            matched = self._borders[matched - 1]
        matched += token == words[matched]
        if matched < len(words):
            self._matched = matched
            return None
        self._matched = self._borders[-1]
        # The ring now holds the starts of exactly the last len(words) tokens.
        return self._starts[self._seen % len(words)]


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

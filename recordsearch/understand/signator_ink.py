"""Leaves out what is no print on a scan: signatures written by hand, and specks.

OCR makes words of both, which say no name. Words of a text layer, which have no confidence, stay.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from recordsearch.records import Word

_TALL, _TALLEST = 1.4, 1.7
_SMALL = 0.5
"""Shares of the size of a page's print."""
_UNSURE, _SURE = 75.0, 92.0
"""OCR's confidence in a word. Print on a clean scan has 93 to 97."""
_FEWEST = 12
"""Words of a page by which the size of its print can be told."""
_MOST = 6_000

_LOW = frozenset("gjpqy()[]{}|")
_DESCENDS = frozenset("gjpqy,;()[]{}|/_$@")
_RISES = frozenset("ABCDEFGHIKLMNOPRSTUVWXYZbdfhkl0123456789")
_CAP_HEIGHT = 0.69
"""Height of a capital as a share of the type's size, in common faces .66 to .73."""
_DEPTH_OF_Q = 0.08
"""The tail of a Q goes down by .18 in faces with serifs, hardly in others."""

_BULLETS = 3
_MARKS = frozenset("-–—•·*●▪◦‣►■□»°")
_BULLET_SURE = 60.0
_BULLET_STEP = 8.0
"""Bullets stand one below the other, so far apart sideways at most, in points."""
_LINKS = frozenset(["&", "+", "-", "–", "—", "/"])
_OPENING, _CLOSING = "'‘’\"“”*_|~.,:;-–—=<>^`\\", "'‘’\"“”*_|~;=<>^`\\"
_SPECK_SURE = 30.0
_SPECK_LETTERS = 2

Groups = Sequence[Sequence[Word]]


def has_letters(word: Word) -> bool:
    """Tell whether a word has a letter or figure."""
    return any(map(str.isalnum, word.text))


def depth_of(text: str) -> float:
    """Return how far a word descends, as a share of the type's size."""
    if _LOW.intersection(text):
        return 0.21
    if _DESCENDS.intersection(text):
        return 0.14
    return _DEPTH_OF_Q if "Q" in text else 0.0


def word_size(word: Word) -> float:
    """Return the type's size of a word, from the height of its ink."""
    rise = _CAP_HEIGHT if _RISES.intersection(word.text) else 0.47
    return (word.bottom - word.top) / (rise + depth_of(word.text))


def printed(words: Sequence[Word]) -> Sequence[Word]:
    """Return a page's words without those that OCR read in handwriting or in specks.

    They are too tall for the page's print, and read with doubt, or far too small.
    """
    if len(words) < _FEWEST or any(word.confidence is None for word in words[:_MOST]):
        return words
    size = median(map(word_size, words[:_MOST]))
    return [word for word in words[:_MOST] if _is_print(word, size)]


def _is_print(word: Word, size: float) -> bool:
    share = word_size(word) / size if size > 0 else 1.0
    sure = 100.0 if word.confidence is None else word.confidence
    if has_letters(word) and share < _SMALL:
        return False
    return not (share > _TALLEST and sure < _SURE) and not (share > _TALL and sure < _UNSURE)


def without_specks(rows: Sequence[Groups]) -> list[list[tuple[Sequence[Word], bool]]]:
    """Leave out the marks of a scan at the ends of each group of words of each row.

    Each group comes with whether a mark was left out. A mark in front stays where it is one of
    some bullets. A group of nothing but marks goes, unless the row has no other.
    """
    bullets: Counter[int] = Counter(
        round(group[0].x0 / _BULLET_STEP)
        for row in rows
        for group in row
        if _is_speck(group[0]) and len(group) > 1
    )
    out: list[list[tuple[Sequence[Word], bool]]] = []
    for row in rows:
        kept = [_cleaned(group, bullets) for group in row]
        worded = [part for part in kept if any(map(has_letters, part[0]))]
        out.append(worded or kept)
    return out


def _is_speck(word: Word) -> bool:
    """Tell whether OCR's word is a mark, or a letter or two that it hardly believes in."""
    if word.confidence is None:
        return False
    doubted = len(word.text) <= _SPECK_LETTERS and word.confidence < _SPECK_SURE
    return not has_letters(word) or doubted


def _is_bullet(word: Word) -> bool:
    """Tell whether a mark, read without doubt, can have been printed before an entry."""
    return word.text in _MARKS and (word.confidence or 0.0) >= _BULLET_SURE


def _cleaned(group: Sequence[Word], bullets: Counter[int]) -> tuple[Sequence[Word], bool]:
    first, last = 0, len(group)
    while last - first > 1 and _is_speck(group[last - 1]) and group[last - 1].text not in _LINKS:
        last -= 1
    place = round(group[0].x0 / _BULLET_STEP)
    listed = sum(bullets[near] for near in (place - 1, place, place + 1)) >= _BULLETS
    while last - first > 1 and not listed and _is_speck(group[first]):
        first += 1
    words = list(group[first:last])
    if _is_bullet(words[0]):
        return words, first > 0 or last < len(group)
    words[0] = _without(words[0], words, 0)
    words[-1] = _without(words[-1], words, -1)
    return words, words != [word for word in group if not _is_bullet(word)]


def _without(word: Word, words: Sequence[Word], end: int) -> Word:
    """Return the word at one end without a mark that nothing opens or closes."""
    if word.confidence is None or not has_letters(word):
        return word
    text = word.text.lstrip(_OPENING) if end == 0 else word.text.rstrip(_CLOSING)
    mark = word.text[0] if end == 0 else word.text[-1]
    paired = mark in "'‘’\"“”" and sum(sum(map(other.text.count, "'‘’\"“”")) for other in words) > 1
    if text == word.text or paired or (end == 0 and word.text.startswith(("--", "__"))):
        return word
    return Word(text, word.x0, word.top, word.x1, word.bottom, word.confidence)

"""Evaluate a query on one passage by the words of the documentation, and nothing cleverer."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise

from recordsearch.query.analysis import stems, streams
from recordsearch.query.normal import content
from recordsearch.query.tree import (
    And,
    BatesRange,
    Boost,
    Confidence,
    Fuzzy,
    InField,
    Node,
    Not,
    Numbered,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Regex,
    Sent,
    Wildcard,
    Word,
)
from recordsearch.records import IndexEntry

BREAK = "|||"


def parts(entry: IndexEntry) -> tuple[list[str], list[str]]:
    """Cut a text into the parts outside its boilerplate and those that are boilerplate."""
    cuts = [0, *(cut for pair in entry.boilerplate for cut in pair), len(entry.text)]
    pieces = [entry.text[start:end] for start, end in pairwise(cuts)]
    return pieces[::2], pieces[1::2]


class BruteForce:
    """Evaluates trees on one passage; ``languages`` are those of all passages."""

    def __init__(self, entry: IndexEntry, languages: Sequence[str] = ("en",)) -> None:
        kept, repeated = parts(entry)
        exact = together([streams(part).exact for part in kept])
        parted = together([streams(part).parted for part in kept])
        boilerplate = together([one for part in repeated for one in streams(part)[:2]])
        self.readings = [exact, parted, boilerplate]
        self._words = {word for word in exact + parted if word != BREAK}
        self._stems = {stem for word in self._words for stem in stems(word, (entry.language,))}
        self._languages = languages
        self._entry = entry
        self._fields = {
            name: together([content(name, value) for value in values])
            for name, values in entry.fields.items()
        }

    def holds(self, tree: Node) -> bool:
        match tree:
            case And(children):
                return all(map(self.holds, children))
            case Or(children):
                return any(map(self.holds, children))
            case Not(child):
                return not self.holds(child)
            case Boost(child):
                return self.holds(child)
            case Word(text):
                return not self._stems.isdisjoint(stems(text, self._languages))
            case Wildcard("*"):
                return True
            case Phrase():
                return any(fits(tree, reading) for reading in self.readings)
            case Prefix() | Fuzzy() | Wildcard() | Regex():
                return fits(tree, list(self._words))
            case _:
                return self._meets(tree)

    def _meets(self, condition: Node) -> bool:
        entry = self._entry
        match condition:
            case PageRange(low, high):
                pages = range(entry.first_page, entry.last_page + 1)
                return any(low <= page and (high is None or page <= high) for page in pages)
            case Sent(first, last):
                day = entry.sent
                return day is not None and (first or day) <= day <= (last or day)
            case Confidence(least, most):
                found = entry.confidence
                return (
                    found is not None
                    and (least is None or least <= found)
                    and (most is None or found <= most)
                )
            case BatesRange(start, end):
                return any(
                    start <= word <= end and len(word) == len(start)
                    for word in self._fields.get("bates", [])
                )
            case Numbered(passages):
                return entry.passage in passages
            case InField("participant", text):
                names = ("from", "to", "cc", "bcc")
                return any(fits(text, self._fields.get(name, [])) for name in names)
            case InField(name, text):
                return fits(text, self._fields.get(name, []))
        raise AssertionError(condition)


def together(contents: list[str]) -> list[str]:
    """Join what stands apart, with one token between that is no word."""
    return f" {BREAK} ".join(filter(None, contents)).split()


def fits(text: Node, tokens: list[str]) -> bool:
    words = [word for word in tokens if word != BREAK]
    match text:
        case Word(word):
            return word in words
        case Phrase(wanted, 0):
            return follows(wanted, tokens)
        case Phrase(wanted, slop):
            return all_near(wanted, tokens, len(wanted) + slop)
        case Prefix(beginning):
            return any(word.startswith(beginning) for word in words)
        case Fuzzy(wanted_word, distance):
            return any(edits(wanted_word, word) <= distance for word in words)
        case Wildcard(form):
            pattern = form.replace("*", ".*").replace("?", ".")
            return any(re.fullmatch(pattern, word) for word in words)
        case Regex(pattern):
            return any(re.fullmatch(pattern, word) for word in words)
    raise AssertionError(text)


def follows(words: tuple[str, ...], text: list[str]) -> bool:
    length = len(words)
    return any(tuple(text[at : at + length]) == words for at in range(len(text) - length + 1))


def all_near(words: tuple[str, ...], text: list[str], stretch: int) -> bool:
    """Tell whether each two of the words stand in one stretch of so many tokens."""
    return all(
        any(
            first in text[at : at + stretch]
            and second in text[at : at + stretch]
            and (first != second or text[at : at + stretch].count(first) > 1)
            for at in range(len(text))
        )
        for first, second in combinations(words, 2)
    )


@cache
def edits(first: str, second: str) -> int:
    """Optimal string alignment, straight from its definition."""
    if not first or not second:
        return len(first) + len(second)
    best = min(
        edits(first[:-1], second) + 1,
        edits(first, second[:-1]) + 1,
        edits(first[:-1], second[:-1]) + (first[-1] != second[-1]),
    )
    if len(first) > 1 and len(second) > 1 and first[-2:] == second[-2:][::-1]:
        best = min(best, edits(first[:-2], second[:-2]) + 1)
    return best

"""Find phrases, and words near each other, in a stream of tokens."""

from array import array
from collections.abc import Iterator
from itertools import pairwise

Range = tuple[int, int]


class PhraseRun:
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


class NearRun:
    """Finds words near each other, by the rule of :class:`recordsearch.query.tree.Phrase`."""

    def __init__(self, words: tuple[str, ...], slop: int) -> None:
        self._distance = slop + len(words) - 1
        self._found: dict[str, list[tuple[int, Range]]] = {word: [] for word in words}
        self._twice = {word for word in words if words.count(word) > 1}

    def take(self, token: str, place: int, characters: Range) -> None:
        """Take the token that stands at ``place`` among the tokens."""
        found = self._found.get(token)
        if found is not None:
            found.append((place, characters))

    def ranges(self) -> Iterator[Range]:
        """Yield where those words stand that are near another; none where a pair is not near."""
        near: set[Range] = set()
        words = list(self._found)
        for index, word in enumerate(words):
            others = words[index + 1 :]
            if word in self._twice:
                others = [word, *others]
            for other in others:
                pairs = list(self._pairs(word, other))
                if not pairs:
                    return
                near.update(one for pair in pairs for one in pair)
        yield from near

    def _pairs(self, word: str, other: str) -> Iterator[tuple[Range, Range]]:
        """Yield places of both words that are near; of neighbours alone, as these are nearest."""
        here = self._found[word]
        if word == other:
            yield from (
                (one, later)
                for (place, one), (after, later) in pairwise(here)
                if after - place <= self._distance
            )
            return
        merged = sorted([(*one, 0) for one in here] + [(*one, 1) for one in self._found[other]])
        for (place, one, of_one), (after, later, of_later) in pairwise(merged):
            if of_one != of_later and after - place <= self._distance:
                yield one, later

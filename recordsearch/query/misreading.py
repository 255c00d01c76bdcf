"""How likely OCR reads one word as another: a noisy channel over the learnt confusions.

A misreading costs the sum of its edits (Brill and Moore, An Improved Error Model for Noisy Channel
Spelling Correction, 2000): the negative natural logarithm of its chance. A digit is never replaced
by another digit, lost or added: 2015 read as 2018 is another year, and nobody can tell.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from heapq import heappop, heappush
from typing import NamedTuple

from recordsearch.query.confusions import ADDED, CONFUSIONS, LOST, REPLACED

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LOOKALIKES = (
    ("0", "o"), ("1", "l"), ("1", "i"), ("2", "z"), ("5", "s"), ("6", "b"), ("8", "b"), ("9", "g"),
)  # fmt: skip
"""A digit and a letter of its shape. The scans that confusions are learnt from hold too few of
them, so they cost as much as a letter replaced by any other."""
_ANY_OTHER = REPLACED - math.log(36)
_SHAPES = (
    ("m", "rn"),
    ("h", "li"),
    ("li", "h"),
    ("w", "vv"),
    ("vv", "w"),
    ("d", "cl"),
    ("cl", "d"),
)
"""Letters of one shape; where the scans show no case, they cost as much as a letter replaced by
one certain other."""


class Edit(NamedTuple):
    """The letters at ``[start, stop)`` of a word are read as ``seen``."""

    start: int
    stop: int
    seen: str
    cost: float


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def is_fair(truth: str, seen: str) -> bool:
    """Tell whether an edit leaves digits alone, or makes as many letters of them."""
    if not truth.isdigit():
        return not _digits(truth)
    return len(seen) == len(truth) and seen.isalpha()


def _keeps(truth: str, seen: str) -> bool:
    """Tell whether an edit keeps the length, and makes letters of digits or digits of letters."""
    return len(truth) == len(seen) and truth.isdigit() is not seen.isdigit()


def _by_first() -> dict[str, list[tuple[str, str, float]]]:
    table: defaultdict[str, list[tuple[str, str, float]]] = defaultdict(list)
    costs = {pair: _ANY_OTHER for one, two in _LOOKALIKES for pair in ((one, two), (two, one))}
    costs |= dict.fromkeys(_SHAPES, REPLACED)
    costs |= {(truth, seen): cost for truth, seen, cost in CONFUSIONS}
    for (truth, seen), cost in costs.items():
        table[truth[:1]].append((truth, seen, cost))
    return dict(table)


_TABLE = _by_first()


class Misreadings:
    """The misreadings of one word."""

    def __init__(self, word: str) -> None:
        self.word = word
        # In a number nothing is lost or added, and its letters stay: only digits become letters.
        self._rigid = bool(_digits(word))
        self._edits = sorted(self._listed(), key=lambda edit: (edit.cost, edit))

    def _listed(self) -> Iterator[Edit]:
        for start in range(len(self.word) + 1):
            added = _TABLE.get("", ())
            here = _TABLE.get(self.word[start], ()) if start < len(self.word) else ()
            for truth, seen, cost in (*added, *here):
                if self.word.startswith(truth, start) and (not self._rigid or _keeps(truth, seen)):
                    yield Edit(start, start + len(truth), seen, cost)

    def likeliest(self, limit: float, most: int) -> Iterator[tuple[str, float]]:
        """Yield misreadings of several listed edits, or of one that is not, the likeliest first.

        A word may come more than once. At most ``most`` sets of edits are tried.
        """
        edits = self._edits
        heap: list[tuple[float, tuple[int, ...]]] = []
        if edits:
            heappush(heap, (edits[0].cost, (0,)))
        for _ in range(most):
            if not heap or heap[0][0] > limit:
                break
            cost, chosen = heappop(heap)
            last = chosen[-1]
            if last + 1 < len(edits):
                step = edits[last + 1].cost
                heappush(heap, (cost + step, (*chosen, last + 1)))
                heappush(heap, (cost + step - edits[last].cost, (*chosen[:-1], last + 1)))
            read = self._read([edits[index] for index in chosen])
            if read:
                yield read, cost
        if not self._rigid:
            yield from self._unlisted(limit)

    def _read(self, edits: list[Edit]) -> str:
        """Return the word with these edits, empty where two of them overlap."""
        pieces: list[str] = []
        place = 0
        for edit in sorted(edits):
            if edit.start < place:
                return ""
            pieces += self.word[place : edit.start], edit.seen
            place = edit.stop
        return "".join(pieces) + self.word[place:]

    def _unlisted(self, limit: float) -> Iterator[tuple[str, float]]:
        word = self.word
        for place in range(len(word) + 1):
            head, tail = word[:place], word[place + 1 :]
            if place < len(word):
                if limit >= LOST:
                    yield head + tail, LOST
                if limit >= REPLACED:
                    yield from ((head + one + tail, REPLACED) for one in _LETTERS)
            if limit >= ADDED:
                yield from ((head + one + word[place:], ADDED) for one in _LETTERS)

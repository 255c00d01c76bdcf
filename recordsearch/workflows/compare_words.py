"""Compare texts by their words: what a page or a document is known by, and how alike two are."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from recordsearch.understand.letter_furniture import is_page_number, is_stamp

_MOST_CHARACTERS = 40_000
_EDGE = 2
_SHINGLE = 3
_SKETCH = 48
_WORD = re.compile(r"[^\W_]{1,40}|[█■▇▆]{1,40}")


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page as it is compared: its own text, without page numbers and stamps.

    ``key`` is the same for pages of the same words; ``sketch`` has up to 48 numbers, the smallest
    hashes of its runs of three words, so that pages that are alike share many of them.
    """

    number: int
    text: str
    bates: str
    key: bytes
    words: int
    sketch: tuple[int, ...]


def page_words(number: int, text: str, bates: str) -> PageWords:
    """Make a page ready to be compared; of a long one the first 40,000 characters count."""
    own = without_stamps(text[:_MOST_CHARACTERS])
    words = words_of(own)
    return PageWords(number, own, bates, _key(words), len(words), sketch_of(words, _SKETCH))


def without_stamps(text: str) -> str:
    """Leave out page numbers and Bates stamps from the two first and last lines of a page.

    They say nothing of the text. Elsewhere a line that is a mere number may be a figure of it.
    """
    lines = text.split("\n")
    filled = [place for place, line in enumerate(lines) if line.strip()]
    edges = {*filled[:_EDGE], *filled[-_EDGE:]}
    return "\n".join(
        line for place, line in enumerate(lines) if place not in edges or not _is_stamp(line)
    )


def _is_stamp(line: str) -> bool:
    line = line.strip()
    return is_page_number(line) or is_stamp(line)


def words_of(text: str) -> list[str]:
    """Return a text's words; case and punctuation make no difference, black boxes are words."""
    return _WORD.findall(text.casefold())


def sketch_of(words: Sequence[str], size: int) -> tuple[int, ...]:
    """Return the smallest hashes of runs of three words, a sample that texts that are alike share.

    After A. Z. Broder, "On the resemblance and containment of documents", 1997.
    """
    if len(words) < _SHINGLE:
        return (crc32(" ".join(words).encode()),) if words else ()
    runs = zip(words, words[1:], words[2:], strict=False)
    return tuple(sorted({crc32(" ".join(run).encode()) for run in runs})[:size])


def sketches_likeness(first: Sequence[int], second: Sequence[int], size: int) -> float:
    """Return how many runs of words two texts share, of all that either has, from 0 to 1.

    An estimate where a text has more than ``size`` of them; ``size`` is that of the sketches.
    """
    smallest = sorted({*first, *second})[:size]
    if not smallest:
        return 0.0
    return len({*first} & {*second} & {*smallest}) / len(smallest)


def likeness(first: Iterable[str], second: Iterable[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1; 1 without words.

    The Dice coefficient of their words, each counted as often as it stands there.
    """
    left, right = Counter(first), Counter(second)
    total = left.total() + right.total()
    return 1.0 if not total else 2 * (left & right).total() / total


def _key(words: Sequence[str]) -> bytes:
    return blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=16).digest()

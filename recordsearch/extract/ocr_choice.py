"""The rule that chooses between two readings of one page by different OCR engines; pure.

What both read alike is right in 95 to 99 of 100 words, however sure either was, so only the words
that one has and the other has not are judged. Whether they look like words does not help there:
engines turn dotted leaders into what could be words. Confidence does, but each engine's means
something else, so it is first turned into the share of such words that were right.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recordsearch.extract.language import WHOLE, looks
from recordsearch.records import Page

_STEPS = (50, 70, 85, 90, 93, 95, 97, 99, 100)
_RIGHT: Mapping[str, tuple[float, ...]] = {
    "tesserocr": (0.06, 0.22, 0.32, 0.43, 0.57, 0.85, 0.90, 0.95, 0.95, 0.95),
    "rapidocr": (0.15, 0.15, 0.25, 0.32, 0.34, 0.36, 0.54, 0.68, 0.77, 0.95),
}
"""How many of the words that the other engine did not read were right, by confidence, rounded:
under 50, from 50, 70, 85 and so on. Measured on scans of the same pages of prose and tables at
different levels of decay, each reading of one engine beside each of the other: 8,000 such words of
Tesseract, 5,400 of RapidOCR; see ``tests/benchmarks/bench_second_ocr.py``."""
_UNKNOWN = (0.06, 0.15, 0.25, 0.32, 0.34, 0.36, 0.54, 0.68, 0.77, 0.90)
_LAYER, _LAYER_ODD = 0.5, 0.1
"""The same for the words of a text layer, which has no confidence: those like words, and others."""

_EDGES = "\"'“”‘’()[]{}<>.,;:!?…-–—*•·_|/\\=~^"


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether the second reading is the better one, and why, in words for the catalogue."""

    second: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Rest:
    """The words that one reading has alone, and how many of them are thought to be right."""

    words: int
    right: float

    @property
    def gain(self) -> float:
        """Words that are right, less those that are wrong."""
        return 2 * self.right - self.words


def better(first: Page, second: Page) -> Choice:
    """Tell which of two readings of the same page is the better one.

    The one whose own words, those that the other has not, are thought to hold more that are right
    than wrong; where they are even, the first stands.
    """
    one, two = _tokens(first), _tokens(second)
    if not two:
        return Choice(False, "the second reading found no words")
    agreed = sum(min(len(one[token]), len(two[token])) for token in one.keys() & two.keys())
    total_one, total_two = (sum(map(len, tokens.values())) for tokens in (one, two))
    rest_one = _rest(first.adapter.name, one, two)
    rest_two = _rest(second.adapter.name, two, one)
    share = f"both readings agree on {agreed / max(total_one, total_two):.0%} of the words"
    found = (
        f"of its other words the second is thought to have {rest_two.right:.0f} of "
        f"{rest_two.words} right, the first {rest_one.right:.0f} of {rest_one.words}"
    )
    return Choice(rest_two.gain > rest_one.gain, f"{share}; {found}")


def _rest(
    engine: str, own: Mapping[str, list[float | None]], other: Mapping[str, list[float | None]]
) -> _Rest:
    words, right = 0, 0.0
    shares = _RIGHT.get(engine, _UNKNOWN)
    for token, seen in own.items():
        extra = len(seen) - len(other.get(token, ()))
        if extra <= 0:
            continue
        words += extra
        # Of a word that one reading has oftener, those read the least surely are the extra ones.
        for confidence in sorted(seen, key=lambda value: value or 0.0)[:extra]:
            right += _share(token, confidence, shares)
    return _Rest(words, right)


def _share(token: str, confidence: float | None, shares: tuple[float, ...]) -> float:
    if confidence is None:
        return _LAYER if looks(token, WHOLE).words else _LAYER_ODD
    return shares[bisect_right(_STEPS, round(confidence))]


def _tokens(page: Page) -> dict[str, list[float | None]]:
    """Return the confidences of each word, without regard to case and punctuation at its ends.

    Marks without a letter or digit are no words.
    """
    found: dict[str, list[float | None]] = {}
    for text, confidence in _words(page):
        token = text.strip(_EDGES).lower()
        if any(map(str.isalnum, token)):
            found.setdefault(token, []).append(confidence)
    return found


def _words(page: Page) -> Iterable[tuple[str, float | None]]:
    if page.words:
        return ((word.text, word.confidence) for word in page.words)
    return ((text, None) for text in page.text[:WHOLE].split())

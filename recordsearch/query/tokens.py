"""Where in a text its tokens stand: what the highlighter needs, and indexing does not.

The tokens are those of :func:`recordsearch.query.analysis.streams`; a property test holds the two
together.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence

from recordsearch.query import analysis

Span = tuple[int, int]

_RUN = re.compile(r"[^ ]+")


def spans(text: str) -> tuple[Iterator[tuple[str, int, int]], Iterator[tuple[str, int, int]]]:
    """Return the joined and the parted reading as iterators of (token, start, end).

    The characters that a token was made from are half open, a broken word's hyphen and line end
    included. The parted reading is empty where no word is broken at a line's end. Takes time in
    proportion to the text, and no object that lasts for each token.
    """
    breaks = analysis.broken_words(text)
    return _reading(text, breaks), _reading(text, []) if breaks else iter(())


def _reading(text: str, left_out: Sequence[Span]) -> Iterator[tuple[str, int, int]]:
    folded, places = _without(text, range(len(text)), left_out)
    folded, places = _folded(folded, places)
    dots = analysis.abbreviation_dots(folded)
    folded, places = _without(folded, places, dots)
    for run in _RUN.finditer(analysis.lower(folded)):
        for start in range(run.start(), run.end(), analysis.LONGEST_TOKEN):
            end = min(start + analysis.LONGEST_TOKEN, run.end())
            yield (
                run[0][start - run.start() : end - run.start()],
                places[start],
                _with_marks(text, places[end - 1] + 1),
            )


def _without(
    text: str, places: Sequence[int], left_out: Sequence[Span]
) -> tuple[str, Sequence[int]]:
    """Leave spans out of a text and of the places that its characters came from."""
    if not left_out:
        return text, places
    pieces = []
    kept = array("q")
    start = 0
    for hole, end in [*left_out, (len(text), len(text))]:
        pieces.append(text[start:hole])
        kept.extend(places[start:hole])
        start = end
    return "".join(pieces), kept


def _folded(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Fold a text; a character may become none or several, which all came from its place."""
    if text.isascii():
        return text, places
    fold = analysis.FOLDED_CHARACTERS
    pieces = [fold[character] for character in text]
    came_from = array(
        "q", (place for piece, place in zip(pieces, places, strict=True) for _ in piece)
    )
    return "".join(pieces), came_from


def _with_marks(text: str, end: int) -> int:
    """Move a token's end past the accents that stand on its last letter."""
    while end < len(text) and text[end] > "\x7f" and unicodedata.combining(text[end]):
        end += 1
    return end

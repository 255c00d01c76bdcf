"""Where in a text its tokens stand: what the highlighter needs, and indexing does not.

The tokens are those of :func:`recordsearch.query.analysis.streams`; a property test holds the two
together.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recordsearch.query import analysis

Span = tuple[int, int]

_RUN = re.compile(r"[^ ]+")


class Token(NamedTuple):
    """A token and the characters that it was made from, half open; hyphen and line end included."""

    text: str
    start: int
    end: int


class Readings(NamedTuple):
    """The tokens of a text in the joined and the parted reading.

    ``parted`` is empty where no word is broken at a line's end.
    """

    joined: list[Token]
    parted: list[Token]


def tokens(text: str) -> Readings:
    """Analyse ``text`` and say where each token stands in it."""
    joined, parted = spans(text)
    return Readings([Token(*span) for span in joined], [Token(*span) for span in parted])


def spans(text: str) -> tuple[Iterator[tuple[str, int, int]], Iterator[tuple[str, int, int]]]:
    """Return the joined and the parted reading as iterators of (token, start, end).

    Takes time in proportion to the text, and no object that lasts for each token.
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

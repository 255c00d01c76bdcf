"""Where in a text its tokens stand: what the highlighter needs, and indexing does not.

The tokens are those of :func:`recordsearch.query.analysis.streams`; a property test holds the two
together.
"""

import re
import unicodedata
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from recordsearch.query import bigrams, compounds, folding
from recordsearch.query.analysis import AROUND
from recordsearch.query.bigrams import Piece

Span = tuple[int, int]

_RUN = re.compile(r"[^ ]+")
_MOST_MARKS = 30  # that belong to one letter, as Unicode's stream-safe format has it


@dataclass(slots=True)
class _Window:
    """A compound in its other form, the words before it, and as many after it as have come."""

    tokens: list[Piece]
    missing: int = field(default=AROUND)


def spans(text: str) -> Iterator[Iterable[tuple[str, int, int]]]:
    """Yield stretches of tokens, each a series of (token, start, end), that phrases stand in.

    The first is the first reading. Then follow the parts of the second one, if any. The characters
    that a token was made from are half open, a broken word's hyphen and line end included. Takes
    time in proportion to the text, and no object that lasts for each token. The stretches must be
    taken one after another.
    """
    text = folding.with_whole_letters(text)
    spaceless = not text.isascii() and bigrams.is_spaceless(set(text))
    gaps = compounds.broken_words(text)
    if spaceless:
        gaps = sorted([*gaps, *(match.span() for match in bigrams.line_ends().finditer(text))])
    windows: deque[_Window] = deque()
    yield _reading(text, gaps, False, windows)
    if gaps or spaceless:
        yield _reading(text, [], spaceless, None)
    while windows:
        yield windows.popleft().tokens


def _reading(
    text: str, gaps: Sequence[Span], single: bool, windows: deque[_Window] | None
) -> Iterator[Piece]:
    """Yield the tokens of the text without the gaps; add to ``windows`` what is in the other."""
    before: deque[Piece] = deque(maxlen=AROUND)
    for first, second in _units(text, gaps, single):
        yield from first
        if windows is None:
            continue
        for window in _unfinished(windows):
            window.tokens += first[: window.missing]
            window.missing = max(window.missing - len(first), 0)
        if second:
            windows.append(_Window([*before, *second]))
        before.extend(first)


def _unfinished(windows: deque[_Window]) -> Iterator[_Window]:
    for window in reversed(windows):
        if not window.missing:
            return
        yield window


def _units(
    text: str, gaps: Sequence[Span], single: bool
) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Yield both readings of each run of letters, digits and hyphens."""
    folded, places = _without(text, range(len(text)), gaps)
    folded, places = _folded(folded, places)
    folded = compounds.hyphenate_names(folded)
    joints = [(place, place + 1) for place in compounds.joints(folded)]
    folded, places = _without(folded, places, joints)
    for run in _RUN.finditer(folding.lower(folded)):
        begin = run.start()
        yield tuple(  # type: ignore[misc]  # of two
            [
                (
                    token,
                    places[begin + start],
                    _with_marks(text, places[begin + end - 1] + 1),
                )
                for token, start, end in reading
            ]
            for reading in compounds.pieces(run[0], single)
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
    fold = folding.FOLDED_CHARACTERS
    pieces = [fold[character] for character in text]
    came_from = array(
        "q", (place for piece, place in zip(pieces, places, strict=True) for _ in piece)
    )
    return "".join(pieces), came_from


def _with_marks(text: str, end: int) -> int:
    """Move a token's end past the accents that stand on its last letter."""
    last = min(len(text), end + _MOST_MARKS)
    while end < last and text[end] > "\x7f" and unicodedata.combining(text[end]):
        end += 1
    return end

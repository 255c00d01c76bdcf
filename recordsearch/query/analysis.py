r"""The one analyser: the same tokens for the index, the query and the highlighter.

A token is a run of letters and digits of any script; everything else separates. Case, accents,
ligatures and full-width forms are folded (see :mod:`recordsearch.query.folding`); scripts without
spaces are read in pairs of characters (:mod:`recordsearch.query.bigrams`).

What is written in one word or in parts, and nobody can tell which the reader will look for, has
two readings (:mod:`recordsearch.query.compounds` lists them). The *first*, which queries are read
by too, stands for the whole text. The *second* stands apart: the whole text again where words are
broken at a line's end, or where the script has no spaces; else each compound in its other form
with the words around it, for phrases. In the stemmed reading, which has no order, are both.

So ``email``, ``e-mail`` and ``e-\nmail`` find each other, in phrases too; ``reelection`` finds
``re-election``, and the other way; ``election`` finds ``re-election``; ``obrien`` finds
``O'Brien``. Possessives lose nothing: ``officer's`` is ``officer s``. Signs are not searched for:
``AT&T`` is the phrase ``at t``, ``C++`` is ``c``, ``3.5`` the phrase ``3 5``.

Engines are given tokens joined by single spaces, so that none tokenises for itself.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from recordsearch.query.bigrams import is_spaceless, line_ends
from recordsearch.query.compounds import (
    LONGEST_TOKEN,
    broken_words,
    hyphenate_names,
    join_broken,
    pieces,
    without_joints,
)
from recordsearch.query.folding import BEYOND_ASCII, fold, lower, with_whole_letters
from recordsearch.query.stemming import LongTokenError, stem, stems, stems_of

__all__ = [
    "ANALYSER_VERSION", "APART", "AROUND", "LONGEST_TOKEN", "Streams", "broken_words", "readings",
    "stem", "stems", "streams",
]  # fmt: skip

ANALYSER_VERSION = "2"

APART = "|||"
"""Stands in :attr:`Streams.parted` where no phrase goes on. No token is like it, and it is further
from each than a fuzzy word may be."""

AROUND = 3
"""Words given on either side of a compound in its other form: phrases are mostly no longer."""

# A longer compound is taken apart anew each time.
_LONGEST_KEPT = 100


class Streams(NamedTuple):
    """A passage as an engine takes it: tokens joined by single spaces.

    ``exact``    the first reading.
    ``parted``   the second reading; its parts are set apart by :data:`APART`.
    ``stemmed``  the stems of every token in either reading, in no useful order.
    """

    exact: str
    parted: str
    stemmed: str


class _Compound(NamedTuple):
    """A compound in the first reading, ``tokens[start:end]``, and its other form."""

    start: int
    end: int
    other: tuple[str, ...]


def streams(text: str, language: str = "en") -> Streams:
    """Analyse a passage, a path or a name, written in ``language`` (ISO 639-1, or empty)."""
    stem_of = stems_of(language).__getitem__
    try:
        exact, parted, added = _both(text, False)
        stemmed = " ".join(map(stem_of, exact))
    except LongTokenError:
        exact, parted, added = _both(text, True)
        stemmed = " ".join(map(stem_of, exact))
    if not parted:
        return Streams(" ".join(exact), "", stemmed)
    if added:
        stemmed += " " + " ".join(map(stem_of, added))
    return Streams(" ".join(exact), " ".join(parted), stemmed)


def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the token sequences by which words typed together are to be looked for.

    The first is :attr:`Streams.exact`. Others follow where it has compounds, or was pasted with a
    word broken at a line's end: ``his re-election`` is also looked for as ``his reelection``.
    Without letters and digits there is none.
    """
    text, different, spaceless = _prepared(text)
    joined = _joined(text, spaceless)
    exact, compounds = _tokens(_lowered(joined, different), spaceless, False, True)
    found = [exact]
    if len(joined) != len(text):
        found.append(_tokens(_lowered(text, different), spaceless, False, True)[0])
    if compounds:
        other, place = [], 0
        for compound in compounds:
            other += [*exact[place : compound.start], *compound.other]
            place = compound.end
        found.append(other + exact[place:])
    return tuple(dict.fromkeys(tuple(tokens) for tokens in found if tokens))


def _prepared(text: str) -> tuple[str, set[str], bool]:
    """Return the text, its characters beyond ASCII, and whether pairs must be made of some."""
    if text.isascii():
        return text, set(), False
    different = set(BEYOND_ASCII.findall(text))
    if "\u0306" in different or "\u0308" in different:
        text = with_whole_letters(text)
        different = set(BEYOND_ASCII.findall(text))
    return text, different, is_spaceless(different)


def _joined(text: str, spaceless: bool) -> str:
    joined = join_broken(text)
    return line_ends().sub("", joined) if spaceless else joined


def _lowered(text: str, different: set[str]) -> str:
    return lower(without_joints(hyphenate_names(fold(text, different))))


def _both(text: str, careful: bool) -> tuple[list[str], list[str], list[str]]:
    """Return both readings, and the tokens that only the second has.

    Tokens may be too long where not ``careful``.
    """
    text, different, spaceless = _prepared(text)
    joined = _joined(text, spaceless)
    exact, compounds = _tokens(_lowered(joined, different), spaceless, False, careful)
    parted: list[str] = []
    added: list[str] = []
    if spaceless or len(joined) != len(text):
        parted += _tokens(_lowered(text, different), spaceless, spaceless, careful)[0]
        known = set(exact)
        added += [token for token in parted if token not in known]
    for start, end, other in compounds:
        if parted:
            parted.append(APART)
        before = start - AROUND if start > AROUND else 0
        parted += exact[before:start]
        parted += other
        parted += exact[end : end + AROUND]
        added += other
    return exact, parted, added


def _tokens(
    lowered: str, spaceless: bool, single: bool, careful: bool
) -> tuple[list[str], list[_Compound]]:
    """Split lowered text into the tokens of its first reading, and say where compounds are."""
    if careful or spaceless:
        return _take_apart(lowered.split(), single)
    tokens: list[str] = []
    compounds: list[_Compound] = []
    place = 0
    # Hyphens are few, and the words between them need no look each.
    while (hyphen := lowered.find("-", place)) >= 0:
        start = lowered.rfind(" ", place, hyphen) + 1 or place
        end = lowered.find(" ", hyphen)
        end = len(lowered) if end < 0 else end
        tokens += lowered[place:start].split()
        _take(lowered[start:end], single, tokens, compounds)
        place = end
    tokens += lowered[place:].split()
    return tokens, compounds


def _take_apart(units: Iterable[str], single: bool) -> tuple[list[str], list[_Compound]]:
    tokens: list[str] = []
    compounds: list[_Compound] = []
    for unit in units:
        if len(unit) <= LONGEST_TOKEN and unit.isascii() and unit.isalnum():
            tokens.append(unit)
        else:
            _take(unit, single, tokens, compounds)
    return tokens, compounds


def _take(unit: str, single: bool, tokens: list[str], compounds: list[_Compound]) -> None:
    first, second = _forms(unit, single)
    if second:
        compounds.append(_Compound(len(tokens), len(tokens) + len(first), second))
    tokens += first


# The same compounds come again and again.
@lru_cache(maxsize=10_000)
def _known_forms(unit: str, single: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    first, second = pieces(unit, single)
    return tuple(token for token, _, _ in first), tuple(token for token, _, _ in second)


def _forms(unit: str, single: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if len(unit) > _LONGEST_KEPT:
        return _known_forms.__wrapped__(unit, single)
    return _known_forms(unit, single)

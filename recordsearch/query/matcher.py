"""What a tree matches in texts: one matcher for all the hits of an answer.

A text is cut at white space first, and most of its pieces are known from other texts: to remember
what tokens a piece has makes marking a passage some twenty times as fast as taking it apart. Only
where tokens reach over white space (a word broken at a line's end, scripts without spaces) is the
whole text taken apart.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from recordsearch.query import bigrams, compounds
from recordsearch.query.compounds import LONGEST_TOKEN
from recordsearch.query.distance import within
from recordsearch.query.fields import IN_THE_TEXT
from recordsearch.query.runs import NearRun, PhraseRun
from recordsearch.query.stemming import stems, stems_of
from recordsearch.query.tokens import spans
from recordsearch.query.tree import (
    And,
    Boost,
    Favoured,
    Fuzzy,
    InField,
    Node,
    Or,
    Phrase,
    Prefix,
    Regex,
    Tolerant,
    Wildcard,
    Word,
)

Range = tuple[int, int]
Variants = Mapping[str, tuple[tuple[str, ...], ...]]
NO_VARIANTS: Variants = {}

# Entries of some 200 bytes. Longer pieces are seldom met twice.
_MOST_PIECES = 50_000
_LONGEST_PIECE = 40
# One English word with punctuation around it, as nearly all pieces are: it is its own token.
_SIMPLE = re.compile(r"[!-/:-@\[-^`{-~]*([A-Za-z]{1,40})[!-/:-@\[-^`{-~]*")
# Whether a piece holds a word that is looked for, and one of a phrase.
_NOTHING, _A_WORD, _A_PHRASE = (False, False), (True, False), (False, True)


class _Pieces(dict[str, frozenset[str]]):
    """The tokens of pieces, in all readings; a process-local cache, emptied when it is full."""

    def __missing__(self, piece: str) -> frozenset[str]:
        simple = _SIMPLE.fullmatch(piece)
        if simple:
            tokens = frozenset((simple[1].lower(),))
        else:
            tokens = frozenset(token for reading in spans(piece) for token, _, _ in reading)
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= _MOST_PIECES:
                self.clear()
            self[piece] = tokens
        return tokens


_PIECES = _Pieces()


class _StemmedPieces(dict[str, frozenset[str]]):
    """The stems of the tokens of pieces; a process-local cache, emptied when it is full."""

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        self._languages = languages

    def __missing__(self, piece: str) -> frozenset[str]:
        found = frozenset(
            stem for token in _PIECES[piece] for stem in stems(token, self._languages)
        )
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= _MOST_PIECES:
                self.clear()
            self[piece] = found
        return found


@lru_cache(maxsize=4)
def _stemmed_pieces(languages: tuple[str, ...]) -> _StemmedPieces:
    return _StemmedPieces(languages)


class Matcher:
    """Finds what a tree matches in texts.

    What stands under a negation matches nothing here, nor do conditions on fields; but where a
    field's values are words of the text itself, such as sums of money, they do. ``languages`` and
    ``variants`` are those that the engine has looked for.
    """

    def __init__(
        self,
        tree: Node,
        languages: Sequence[str] = ("en",),
        variants: Variants = NO_VARIANTS,
    ) -> None:
        leaves = list(_positive_leaves(tree, variants))
        self._words = _WordRule(leaves, languages)
        self._phrases = {(leaf.words, leaf.slop) for leaf in leaves if isinstance(leaf, Phrase)}
        self._needed = {word for words, _ in self._phrases for word in words}
        self._near = any(slop for _, slop in self._phrases)
        self._stemmed = _stemmed_pieces(tuple(languages))
        # By piece: whether one of its tokens is a word's, and whether one is a phrase's.
        self._known: dict[str, tuple[bool, bool]] = {}

    def ranges(self, text: str) -> list[Range]:
        """Return the character ranges in ``text`` that match, in order; some may overlap."""
        if self._near or _reaches_over_space(text):
            return sorted(_taken_apart(text, self._words, self._phrases))
        found: list[Range] = []
        pieces = set(text.split())
        if self._words.only_stems is not None and not self._phrases:
            apart, stemmed = self._words.only_stems.isdisjoint, self._stemmed
            holding = {piece: _A_WORD for piece in pieces if not apart(stemmed[piece])}
        elif self._words.only_stems is not None and not self._words.only_stems:
            needed = self._needed.isdisjoint
            holding = {piece: _A_PHRASE for piece in pieces if not needed(_PIECES[piece])}
        else:
            holding = {
                piece: known for piece in pieces if (known := self._of_piece(piece)) != _NOTHING
            }
        if not holding:
            return found
        first = last = -1
        for start, end, piece in sorted(_places(text, holding)):
            is_word, is_phrase = holding[piece]
            if is_word:
                found += (
                    (start + low, start + high)
                    for low, high in _taken_apart(piece, self._words, ())
                )
            if first >= 0 and not (is_phrase and text[last:start].isspace()):
                found += self._in_stretch(text, first, last)
                first = -1
            if is_phrase:
                first = start if first < 0 else first
                last = end
        if first >= 0:
            found += self._in_stretch(text, first, last)
        return sorted(found)

    def _of_piece(self, piece: str) -> tuple[bool, bool]:
        known = self._known.get(piece)
        if known is None:
            tokens = _PIECES[piece]
            words = self._words
            known = self._known[piece] = (
                any(words[token] for token in tokens),
                not self._needed.isdisjoint(tokens),
            )
        return known

    def _in_stretch(self, text: str, first: int, last: int) -> Iterator[Range]:
        """Find phrases in a stretch all of whose pieces hold a word of some phrase."""
        for low, high in _taken_apart(text[first:last], None, self._phrases):
            yield first + low, first + high


def _places(text: str, pieces: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where pieces stand between white space: start, end and piece, in no order."""
    size = len(text)
    for piece in pieces:
        start = text.find(piece)
        while start >= 0:
            end = start + len(piece)
            whole = (not start or text[start - 1].isspace()) and (
                end == size or text[end].isspace()
            )
            if whole:
                yield start, end, piece
            start = text.find(piece, end if whole else start + 1)


def _reaches_over_space(text: str) -> bool:
    """Tell whether a token of the text may be made of more than one of its pieces."""
    if compounds.broken_words(text):
        return True
    if text.isascii():
        return False
    characters = set(text)
    return bigrams.is_spaceless(characters) or any(map(unicodedata.combining, characters))


def _taken_apart(
    text: str, words: "_WordRule | None", phrases: "set[tuple[tuple[str, ...], int]] | tuple[()]"
) -> list[Range]:
    """Find words and phrases in a text, token by token."""
    found: list[Range] = []
    for reading in spans(text):
        exact = [PhraseRun(phrase) for phrase, slop in phrases if not slop]
        near = [NearRun(phrase, slop) for phrase, slop in phrases if slop]
        for place, (token, start, end) in enumerate(reading):
            if words is not None and words[token]:
                found.append((start, end))
            for run in exact:
                begin = run.take(token, start)
                if begin is not None:
                    found.append((begin, end))
            for other in near:
                other.take(token, place, (start, end))
        for other in near:
            found.extend(other.ranges())
    return found


def _positive_leaves(tree: Node, variants: Variants) -> Iterator[Node]:
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from _positive_leaves(child, variants)
        case Boost(child) | Favoured(child):
            yield from _positive_leaves(child, variants)
        case Tolerant(text):
            yield Word(text)
            yield from map(Phrase, variants.get(text, ()))
        case InField(name, text) if name in IN_THE_TEXT:
            # A field's word stands for itself alone, without its inflections.
            yield Phrase((text.text,)) if isinstance(text, Word) else text
        case Word() | Prefix() | Fuzzy() | Phrase() | Wildcard() | Regex():
            yield tree


class _WordRule(dict[str, bool]):
    """Whether a token is matched by a word or a form of words; answers are remembered."""

    def __init__(self, leaves: list[Node], languages: Sequence[str]) -> None:
        super().__init__()
        self._stemmers = [stems_of(language) for language in languages]
        self._languages = languages
        self._stems = {
            one for leaf in leaves if isinstance(leaf, Word) for one in stems(leaf.text, languages)
        }
        self._prefixes = tuple({leaf.text for leaf in leaves if isinstance(leaf, Prefix)})
        self._fuzzy = {(leaf.text, leaf.distance) for leaf in leaves if isinstance(leaf, Fuzzy)}
        others = any(isinstance(leaf, Prefix | Fuzzy | Wildcard | Regex) for leaf in leaves)
        self.only_stems = None if others else self._stems
        """The stems that are looked for, where nothing but words is."""
        forms = {leaf for leaf in leaves if isinstance(leaf, Wildcard | Regex)}
        # All that is there would be marked for `*`.
        forms.discard(Wildcard("*"))
        self._patterns: list[Callable[[str], bool]] = []
        if forms:
            from recordsearch.query.patterns import matcher

            self._patterns = [matcher(form.text, isinstance(form, Regex)) for form in forms]

    def __missing__(self, token: str) -> bool:
        self[token] = matched = (
            self._has_stem(token)
            or token.startswith(self._prefixes)
            or any(within(token, text, distance) for text, distance in self._fuzzy)
            or any(pattern(token) for pattern in self._patterns)
        )
        return matched

    def _has_stem(self, token: str) -> bool:
        if not self._stems:
            return False
        if len(token) > LONGEST_TOKEN:
            return token in self._stems
        return any(stemmer[token] in self._stems for stemmer in self._stemmers)

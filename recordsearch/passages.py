r"""Split a document's text into passages of about 150 words.

A document's text is its pages' texts joined by a form feed (``\f``), so a passage may run over a
page's end and its character range stays exact.

Where a document's structure is known, as that of a thread of messages, a passage lies inside one of
its parts. It ends at the strongest bound near its 150th word: a paragraph's end, else a sentence's,
else a page's, else a line's, else between two words. 150 words is about a screen's paragraph:
long enough to hold the words of a question together, short enough to cite.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from recordsearch.records import Passage

PAGE_SEPARATOR = "\f"

TARGET_WORDS = 150
LEAST_WORDS = 90
MOST_WORDS = 210

# Text without spaces (scripts that use none, or hostile input) is counted as if a word had at
# most this many characters, so that a passage stays bounded: 210 words of 24 characters.
_WORD_CHARACTERS = 24
_WORD = re.compile(rf"\S{{1,{_WORD_CHARACTERS}}}")

_PARAGRAPH, _SENTENCE, _PAGE, _LINE, _SPACE, _NOWHERE = 5, 4, 3, 2, 1, 0

_SENTENCE_END = re.compile(r"""[.!?…][)\]"'”’»]*$|[。！？]$""")
_SENTENCE_ENDS = frozenset(""".!?…)]"'”’»*。！？""")
"""With one of these ends whatever ``_SENTENCE_END`` matches."""
# A full stop after these does not end a sentence; single letters (initials, "U.S.") neither.
_ABBREVIATION = re.compile(
    r"""(?:^|[^\w])(?:[A-Za-z]|(?:Mr|Mrs|Ms|Dr|Prof|Sgt|Lt|Capt|Det|Hon|Rev|Gov|Sen|Rep|Gen|Col"""
    r"""|St|No|Nos|Inc|Co|Corp|Ltd|Dept|Sec|Art|Fig|vs|v|cf|al|ibid|approx|ext|etc|e\.g|i\.e)"""
    r""")\.$""",
    re.IGNORECASE,
)


def document_text(pages: Sequence[str]) -> str:
    """Join the pages' texts, in page order, into the document's text."""
    return PAGE_SEPARATOR.join(pages)


def page_starts(pages: Sequence[str]) -> list[int]:
    """Return the offset in the document's text at which each page's text starts."""
    starts = []
    offset = 0
    for text in pages:
        starts.append(offset)
        offset += len(text) + len(PAGE_SEPARATOR)
    return starts


def split_passages(pages: Sequence[str], bounds: Sequence[int] = ()) -> list[Passage]:
    """Split a document, given as its pages' texts from page 1 on, into passages.

    The passages are in order, do not overlap, and together hold every character that is not white
    space; none starts or ends with white space.

    ``bounds`` are offsets in the document's text, in any order, at which something new begins,
    such as a message; no passage runs over one of them, so what is short between two of them is a
    short passage. Offsets outside the text bound nothing.
    """
    text = document_text(pages)
    starts = page_starts(pages)
    edges = [0, *sorted({bound for bound in bounds if 0 < bound < len(text)}), len(text)]
    passages: list[Passage] = []
    for part_start, part_end in pairwise(edges):
        words = [match.span() for match in _WORD.finditer(text, part_start, part_end)]
        first = 0
        while first < len(words):
            last = _last_word(text, words, first)
            start, end = words[first][0], words[last][1]
            passages.append(
                Passage(
                    ordinal=len(passages) + 1,
                    first_page=bisect_right(starts, start),
                    last_page=bisect_right(starts, end - 1),
                    start=start,
                    end=end,
                    text=text[start:end],
                )
            )
            first = last + 1
    return passages


def _last_word(text: str, words: list[tuple[int, int]], first: int) -> int:
    """Choose the word that ends the passage that starts with word ``first``."""
    if len(words) - first <= MOST_WORDS:
        return len(words) - 1
    best = first + TARGET_WORDS - 1
    best_rank = (_NOWHERE, 0)
    for last in range(first + LEAST_WORDS - 1, first + MOST_WORDS):
        strength = _bound_after(text, words, last)
        rank = (strength, -abs(last - (first + TARGET_WORDS - 1)))
        if rank > best_rank:
            best, best_rank = last, rank
    return best


def _bound_after(text: str, words: list[tuple[int, int]], last: int) -> int:
    """Tell how strong a bound lies between word ``last`` and the next."""
    start, end = words[last]
    gap = text[end : words[last + 1][0]]
    may_end = text[end - 1] in _SENTENCE_ENDS
    if not may_end and gap == " ":  # nearly all of them
        return _SPACE
    if not gap:
        return _NOWHERE
    word = text[start:end]
    ends_sentence = may_end and bool(_SENTENCE_END.search(word)) and not _ABBREVIATION.search(word)
    breaks = gap.count("\n") + gap.count(PAGE_SEPARATOR)
    if breaks > 1 or (breaks and ends_sentence):
        # Where the printed text has no blank lines, a sentence that ends with its line is the
        # nearest thing to a paragraph's end.
        return _PARAGRAPH if gap.count("\n") > 1 else _SENTENCE
    if ends_sentence:
        return _SENTENCE
    if PAGE_SEPARATOR in gap:
        return _PAGE
    return _LINE if breaks else _SPACE

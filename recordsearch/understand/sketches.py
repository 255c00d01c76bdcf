"""A sketch of a body's words and figures, small enough to keep for each message.

A body is hashed in shingles of three words. The sketch keeps the first shingles, which a copy that
is cut short still has, and the shingles with the smallest hashes, which are a sample of the whole
(bottom-k sketching after A. Z. Broder, "On the resemblance and containment of documents", 1997).

Notices made from one template have nearly all their words in common. What tells them apart are
their figures and whom they greet, so these are kept beside the shingles.
"""

import re
from zlib import crc32

from recordsearch.query.distance import within
from recordsearch.understand.body_furniture import is_edge_mark, is_marking
from recordsearch.understand.subjects import figures_in, squeeze

Sketch = tuple[int, ...]

_SHINGLE = 3
_FIRST = 6
_SMALLEST = 12
_FIGURES = 16
# Integers of 30 bits take the least memory in Python.
_BITS = 0x3FFF_FFFF
_MOST_CHARACTERS = 20_000
# What two sketches have in common is known well enough from this many shingles on.
_FEWEST = 3
_WORD = re.compile(rb"[a-z0-9\x80-\xff]{2,40}")
_DIGIT = re.compile(r"\d")
_TOP_LINES = 8
# Lines at the edge of a page on which a stamp or the page's number may stand.
_EDGE_LINES = 3
# Gateways put such words above what was written, in some of its copies.
_BANNER = re.compile(
    r"\b(?:outside (?:of )?(?:the|our|your|this) [\w ]{0,40}\borgani[sz]ation|do not click"
    r"|open(?:ing)? attachments|recogni[sz]e the sender|content is safe)\b"
    r"|[\W_]{0,8}external(?: e-?mail)?[\W_]{0,8}$",
    re.IGNORECASE,
)
# They also write links anew for each recipient.
_REWRITTEN_LINK = re.compile(r"https?://[\w.-]{0,100}(?:safelinks|urldefense)\S{0,4000}")
_GREETING = re.compile(
    r"[\W_]{0,8}(?:dear|hi|hello|hey|greetings|good (?:morning|afternoon|evening|day))\b[ ,]{0,3}"
    r"([^\n,:;!–—]{1,60})(?:[,:;!–—]|$)",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"[\W_]{0,8}((?:[A-Z][\w.'’-]{1,20} ?){1,3})[,:]$")
_GREETED_WORDS = 5
_GREETED_LETTERS = 5
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


def body_sketch(text: str) -> Sketch:
    """Return a sketch of a message's body, the same on every machine.

    At most 38 numbers, each below 2**30. The first says how many of those that follow are the
    first shingles (its lowest three bits) and how many the smallest (the other bits); then come
    whom the message greets (0 for nobody), how many figures it has, a sum that is the same for the
    same figures, and those with the smallest hashes. Only the first 20,000 characters are read.
    Case, marks of quotation, punctuation, single letters and line breaks make no difference. A
    body without words gives an empty sketch.
    """
    lines = _own_lines(text[:_MOST_CHARACTERS])
    own = "\n".join(lines)
    words = _WORD.findall(own.lower().encode("utf-8", "replace"))
    figures = _figures(own)
    words = words or sorted(figures)
    if not words:
        return ()
    if len(words) < _SHINGLE:
        hashes = [crc32(b" ".join(words)) & _BITS]
    else:
        triples = zip(words, words[1:], words[2:], strict=False)
        hashes = [crc32(b" ".join(triple)) & _BITS for triple in triples]
    first, sample = hashes[:_FIRST], sorted(set(hashes))[:_SMALLEST]
    hashed = sorted({crc32(figure) & _BITS for figure in figures})
    return (
        len(first) | len(sample) << 3,
        *first,
        *sample,
        _greeted(lines[:_TOP_LINES]),
        len(hashed),
        sum(hashed) & _BITS,
        *hashed[:_FIGURES],
    )


def sketch_likeness(first: Sketch, second: Sketch) -> float:
    """Return how alike two bodies are, from 0 to 1; a part of the other counts as like it.

    0 where one has no words, or where there is too little to tell by. Of long bodies it is an
    estimate.
    """
    likeness = compare_sketches(first, second)
    return 0.0 if likeness is None else likeness


def compare_sketches(first: Sketch, second: Sketch) -> float | None:
    """Return how alike two bodies are, or None where there is too little to tell by."""
    if not first or not second:
        return None
    if first == second:
        return 1.0
    head, other_head = set(_head(first)), set(_head(second))
    sample, other_sample = _sample(first), _sample(second)
    if not (head and other_head and sample and other_sample):
        return None
    # Below the lesser of the two bounds both samples are complete.
    bound = min(_bound(sample), _bound(other_sample))
    left = {number for number in sample if number <= bound}
    right = {number for number in other_sample if number <= bound}
    fewer = min(len(left), len(right))
    heads = len(head & other_head) / min(len(head), len(other_head))
    if fewer < _FEWEST and not (is_whole(first) and is_whole(second)):
        # A copy that is cut short has at least its beginning; a few words may be anything.
        return heads if heads or min(len(sample), len(other_sample)) >= _FEWEST else None
    return max(heads, len(left & right) / fewer if fewer else 0.0)


def shingles(sketch: Sketch) -> int:
    """Return how many shingles of a body its sketch holds, 12 at most."""
    return len(_sample(sketch)) if sketch else 0


def is_whole(sketch: Sketch) -> bool:
    """Tell whether a sketch holds all shingles of its body."""
    return len(_sample(sketch)) < _SMALLEST if sketch else True


def begin_alike(first: Sketch, second: Sketch) -> bool:
    """Tell whether two bodies have some of their first eight words in common, or one has few.

    Long bodies that do not begin alike may share no more than a disclaimer.
    """
    if is_whole(first) or is_whole(second):
        return True
    return not set(_head(first)).isdisjoint(_head(second))


def figures_contradict(first: Sketch, second: Sketch, *, whole: bool = False) -> bool:
    """Tell whether each of two bodies has figures that the other lacks.

    One that only lacks figures may be cut short or withheld in part; where both are known to be
    ``whole``, any figure counts.
    """
    left, right = _figure_part(first), _figure_part(second)
    if not left or not right or left[:2] == right[:2]:
        return False
    if whole or left[0] == right[0]:
        return True
    one, other = left[2:], right[2:]
    bound = min(_bound(one, _FIGURES), _bound(other, _FIGURES))
    known = {number for number in one if number <= bound}
    known_too = {number for number in other if number <= bound}
    return bool(known - known_too and known_too - known)


def figure_count(sketch: Sketch) -> int:
    """Return how many figures a body has, 0 where that is unknown."""
    return sum(_figure_part(sketch)[:1])


def greets(sketch: Sketch) -> bool:
    """Tell whether a body greets somebody."""
    return sum(_tail(sketch)[:1]) > 0


def greetings_contradict(first: Sketch, second: Sketch) -> bool:
    """Tell whether two bodies greet different people; a letter misread makes no difference."""
    one, other = (_spelled(_tail(sketch)[0]) if _tail(sketch) else "" for sketch in (first, second))
    if not one or not other or one == other:
        return False
    return min(len(one), len(other)) < _GREETED_LETTERS or not within(one, other, 1)


def _own_lines(text: str) -> list[str]:
    """Return the lines of a body that are not blank, without what was put on its pages.

    That is markings, stamps and numbers at the edges of pages, and warnings by a gateway on top.
    """
    pages = [[line for line in map(_bare, page.split("\n")) if line] for page in text.split("\f")]
    unmarked = [[line for line in page if not is_marking(line)] for page in pages]
    # A figure by itself may be a cell of a table: where nothing is printed around, it stays.
    printed = len(pages) > 1 or unmarked != pages
    lines: list[str] = []
    # Below a print of one page there may be its stamp.
    last = _EDGE_LINES if printed else 1
    for place, page in enumerate(unmarked):
        edges = {*range(_EDGE_LINES if place else 0), *range(len(page) - last, len(page))}
        lines += [
            line
            for at, line in enumerate(page)
            if at not in edges or not is_edge_mark(line, number=printed)
        ]
    top = 0
    while top < min(len(lines), _TOP_LINES) and _BANNER.search(lines[top][:300]):
        top += 1
    return lines[top:] or lines


def _bare(line: str) -> str:
    return line.strip(" \t\f\r>|")


def _figures(text: str) -> set[bytes]:
    if not _DIGIT.search(text):
        return set()
    if "http" in text:
        text = _REWRITTEN_LINK.sub(" ", text)
    return {figure.encode("utf-8", "replace") for figure in figures_in(text)}


def _greeted(lines: list[str]) -> int:
    """Return the beginning of the name that a message greets as a number; 0 where it has none."""
    for place, line in enumerate(lines):
        found = _GREETING.match(line[:120]) or (_ADDRESSED.match(line[:120]) if not place else None)
        if found:
            words = found[1].split()
            name = squeeze(words[-1]) if 0 < len(words) <= _GREETED_WORDS else ""
            spelled = [letter for letter in name if letter in _LETTERS][:_GREETED_LETTERS]
            number = 0
            for letter in spelled:
                number = number * 37 + _LETTERS.index(letter) + 1
            return number
    return 0


def _spelled(number: int) -> str:
    letters = []
    while number > 0:
        number, letter = divmod(number, 37)
        letters.append(_LETTERS[letter - 1])
    return "".join(reversed(letters))


def _head(sketch: Sketch) -> Sketch:
    return sketch[1 : 1 + _heads(sketch)]


def _sample(sketch: Sketch) -> Sketch:
    start = 1 + _heads(sketch)
    size = sketch[0] >> 3
    # A sketch of an archive made before there were figures has nothing after its sample.
    return sketch[start : start + size] if size > 0 else sketch[start:]


def _tail(sketch: Sketch) -> Sketch:
    return sketch[1 + _heads(sketch) + (sketch[0] >> 3) :] if sketch and sketch[0] >> 3 > 0 else ()


def _figure_part(sketch: Sketch) -> Sketch:
    """Return how many figures there are, their sum, and their sample; nothing where unknown."""
    return _tail(sketch)[1:]


def _heads(sketch: Sketch) -> int:
    return max(sketch[0] & 7, 0)


def _bound(sample: Sketch, size: int = _SMALLEST) -> int:
    """Return up to which hash a sample is complete: to any where it is not full."""
    return sample[-1] if len(sample) >= size else 1 << 32

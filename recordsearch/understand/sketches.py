"""A sketch of a body's words, small enough to keep for each message, to tell copies apart.

A body is hashed in shingles of three words. The sketch keeps the first shingles, which a copy that
is cut short still has, and the shingles with the smallest hashes, which are a sample of the whole
(bottom-k sketching after A. Z. Broder, "On the resemblance and containment of documents", 1997).
"""

import re
from zlib import crc32

Sketch = tuple[int, ...]

_SHINGLE = 3
_FIRST = 4
_SMALLEST = 12
# Integers of 30 bits take the least memory in Python.
_BITS = 0x3FFF_FFFF
_MOST_CHARACTERS = 20_000
# What two sketches have in common is known well enough from this many shingles on.
_FEWEST = 3
_WORD = re.compile(rb"[a-z0-9\x80-\xff]{2,40}")


def body_sketch(text: str) -> Sketch:
    """Return a sketch of a message's body, the same on every machine.

    The first of its at most 17 numbers, each below 2**30, says how many of those that follow are
    the first shingles; the rest are the smallest, in order. Only the first 20,000 characters are
    read. Case, marks of quotation, punctuation, single letters and line breaks make no difference.
    A body without words gives an empty sketch.
    """
    words = _WORD.findall(text[:_MOST_CHARACTERS].lower().encode("utf-8", "replace"))
    if not words:
        return ()
    if len(words) < _SHINGLE:
        hashes = [crc32(b" ".join(words)) & _BITS]
    else:
        triples = zip(words, words[1:], words[2:], strict=False)
        hashes = [crc32(b" ".join(triple)) & _BITS for triple in triples]
    first = hashes[:_FIRST]
    return (len(first), *first, *sorted(set(hashes))[:_SMALLEST])


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
    whole = max(len(sample), len(other_sample)) < _SMALLEST
    if fewer < _FEWEST and not whole:
        # A copy that is cut short has at least its beginning; a few words may be anything.
        return heads if heads or min(len(sample), len(other_sample)) >= _FEWEST else None
    return max(heads, len(left & right) / fewer if fewer else 0.0)


def shingles(sketch: Sketch) -> int:
    """Return how many shingles of a body its sketch holds, 12 at most."""
    return len(_sample(sketch)) if sketch else 0


def _head(sketch: Sketch) -> Sketch:
    return sketch[1 : 1 + max(sketch[0], 0)]


def _sample(sketch: Sketch) -> Sketch:
    return sketch[1 + max(sketch[0], 0) :]


def _bound(sample: Sketch) -> int:
    """Return up to which hash a sample is complete: to any where it is not full."""
    return sample[-1] if len(sample) >= _SMALLEST else 1 << 32

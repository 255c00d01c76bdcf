r"""Sketch a text so that near-duplicates, such as two scans of one memo, are known by 64 bytes.

The features are pairs of neighbouring words: one misread word spoils two of them, where it would
spoil three triples, and two different texts of one field share next to no pairs, though many words.
A sketch estimates the Jaccard likeness of two texts' sets of pairs by MinHash with one permutation
(P. Li, A. Owen, C.-H. Zhang, "One permutation hashing", 2012): the pairs' hashes fall into 64
lanes, the smallest of each lane stands for it, and a lane left empty takes what a fixed route of
other lanes brings first (A. Shrivastava, "Optimal densification for fast and accurate minwise
hashing", 2017). Of the smallest hash one byte is kept (P. Li and A. C. König, "b-bit minwise
hashing", 2010), so that two lanes agree by chance once in 256 times.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

# Raised when a text gives another sketch: sketches of two revisions cannot be compared.
SKETCH_REVISION = 1

LANES = 64
# Texts with fewer words, such as ``Thanks, will do``, are alike without being copies.
LEAST_WORDS = 10
# A passage has some 150 words; of a longer text only so much is read at once.
_MOST_CHARACTERS = 50_000

_LOWEST = 0x3F  # the bits of a hash that choose its lane; the eight above them are kept
_KEPT_SHIFT = 6

# Letters and digits in lower case; bytes of other scripts as they are; all else divides words.
_FOLDING = bytes(
    byte | 0x20
    if 0x41 <= byte <= 0x5A
    else byte
    if 0x30 <= byte <= 0x39 or 0x61 <= byte <= 0x7A or byte >= 0x80
    else 0x20
    for byte in range(256)
)
# ``re-open`` is ``reopen``, as at a line's end nobody can tell which; ``don't`` is ``dont``.
_DROPPED = b"-'"
_BROKEN_WORD = re.compile(r"-[ \t\r]{0,8}\n[ \t>|]{0,16}")
_OTHER_HYPHENS = re.compile(r"[\u00ad\u2010\ufffe]")
# In UTF-8: combining marks, apostrophes, hyphens up to the en dash; then punctuation and symbols.
_MARKS = re.compile(
    rb"\xcc.|\xcd[\x80-\xaf]|\xe2\x80[\x8b-\x93\x98-\x9b]|\xc2\xad|\xef\xbb\xbf", re.DOTALL
)
_SYMBOLS = re.compile(rb"\xe2[\x80-\xaf].|\xc2.|\xe3\x80.|\xef\xbf.", re.DOTALL)
# Scripts that put no spaces between words: each character counts as a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

# What stands alone on a line at a page's edge: ``Page 3 of 9``, ``- 3 -``, a Bates number.
_STAMP = (
    r"[^\w\n\f]{0,8}(?:(?:[Pp]age|PAGE|[Pp]g?\.?) {0,2})?\d{1,4}(?: {0,2}(?:of|OF|/) {0,2}\d{1,4})?"
    r"[^\w\n\f]{0,8}"
    r"|[ \t]{0,8}[A-Z][A-Z0-9&._ -]{0,40}\d{3,10}[ \t]{0,8}"
)
_AT_TOP = re.compile(rf"\s{{0,40}}(?:(?:{_STAMP})\r?\n\s{{0,40}}){{1,2}}")
_AT_BOTTOM = re.compile(rf"(?:\n[ \t]{{0,8}}(?:{_STAMP})\r?){{1,2}}\s{{0,40}}\Z")
_EDGE_CHARACTERS = 120

Minima = dict[int, int]


def _routes() -> tuple[bytes, ...]:
    """Return for each lane all others, in an order that is as good as random and always the same.

    The numbers are those of a linear congruential generator (D. E. Knuth, MMIX, 1999).
    """
    state = 0x9E37_79B9_7F4A_7C15
    routes = []
    for lane in range(LANES):
        others = [other for other in range(LANES) if other != lane]
        for place in range(len(others) - 1, 0, -1):
            state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFF_FFFF_FFFF_FFFF
            swapped = (state >> 33) % (place + 1)
            others[place], others[swapped] = others[swapped], others[place]
        routes.append(bytes(others))
    return tuple(routes)


_ROUTES = _routes()
_ALL_LANES = frozenset(range(LANES))


def near_sketch(text: str) -> bytes:
    """Return the sketch of a text, 64 bytes, or none (``b""``) for a text of under ten words.

    The same on every machine: it comes from CRC-32 of UTF-8, and bytes have no byte order. Case,
    accents, white space, line breaks, hyphens, punctuation, marks of quotation, and page and
    Bates numbers at a page's edge make no difference. Only the first 50,000 characters are read.
    """
    found = _words(text)
    return _filled(_minima(found)) if len(found) >= LEAST_WORDS else b""


def near_sketches(texts: Iterable[str]) -> tuple[list[bytes], bytes]:
    """Return the sketch of each passage of a document, and that of the whole document.

    ``texts`` are the passages in order, of a message best without its header: short answers in one
    thread have little else, and would be taken for each other. The document's sketch is that of
    all passages' pairs of words, so it costs next to nothing, however long the document is.
    """
    sketches: list[bytes] = []
    whole: Minima = {}
    words = 0
    for text in texts:
        found = _words(text)
        minima = _minima(found)
        for lane, value in minima.items():
            if value < whole.get(lane, 1 << 32):
                whole[lane] = value
        words += len(found)
        sketches.append(_filled(minima) if len(found) >= LEAST_WORDS else b"")
    return sketches, _filled(whole) if words >= LEAST_WORDS and whole else b""


def same_lanes(first: bytes, second: bytes) -> int:
    """Return in how many of their 64 lanes two sketches agree; 0 where a text has no sketch."""
    if len(first) != LANES or len(second) != LANES:
        return 0
    differing = int.from_bytes(first, "little") ^ int.from_bytes(second, "little")
    return differing.to_bytes(LANES, "little").count(0)


def near_likeness(first: bytes, second: bytes) -> float:
    """Return the estimated Jaccard likeness of two texts, 0 to 1, from their sketches.

    What agrees by chance, one lane in 256, is taken off. The standard error is 0.06 at most.
    """
    return max(0.0, (same_lanes(first, second) / LANES - 1 / 256) / (1 - 1 / 256))


def word_pairs(text: str) -> frozenset[int]:
    """Return the hashes of all pairs of neighbouring words of a text, however long it is."""
    return frozenset(_pairs(_words(text, len(text))))


def share_held(part: frozenset[int], whole: frozenset[int]) -> float:
    """Return how much of one text stands in another, 0 to 1, from their ``word_pairs``.

    Exact but for the order, and 0 where the text has fewer than two words. Where each of two scans
    misreads one word in twenty, 0.8 of a text is still found.
    """
    return len(part & whole) / len(part) if part else 0.0


def _words(text: str, most: int = _MOST_CHARACTERS) -> list[bytes]:
    text = _without_stamps(text[:most])
    if text.isascii():
        return _BROKEN_WORD.sub("", text).encode("ascii").translate(_FOLDING, _DROPPED).split()
    text = _BROKEN_WORD.sub("", _OTHER_HYPHENS.sub("-", text))
    text = unicodedata.normalize("NFKD", text).lower()
    if _UNSPACED.search(text):
        text = _UNSPACED.sub(r" \g<0> ", text)
    folded = _SYMBOLS.sub(b" ", _MARKS.sub(b"", text.encode("utf-8", "replace")))
    return folded.translate(_FOLDING, _DROPPED).split()


def _without_stamps(text: str) -> str:
    """Leave out page and Bates numbers, which stand at the edges of the pages."""
    return " \n".join(map(_without_edges, text.split("\f")))


def _without_edges(page: str) -> str:
    top = _AT_TOP.match(page[:_EDGE_CHARACTERS])
    if top:
        page = page[top.end() :]
    bottom = _AT_BOTTOM.search(page, max(0, len(page) - _EDGE_CHARACTERS))
    return page[: bottom.start()] if bottom else page


def _pairs(words: Sequence[bytes]) -> Iterable[int]:
    """Return the hashes of all pairs of neighbours: CRC-32 goes on from one word to the next."""
    return map(crc32, words[1:], map(crc32, words))


def _minima(words: Sequence[bytes]) -> Minima:
    # A later item of a comprehension replaces an earlier one, so the smallest of a lane stays.
    return {value & _LOWEST: value for value in sorted(_pairs(words), reverse=True)}


def _filled(minima: Mapping[int, int]) -> bytes:
    sketch = bytearray(LANES)
    for lane, value in minima.items():
        sketch[lane] = value >> _KEPT_SHIFT & 0xFF
    if len(minima) < LANES:
        for lane in _ALL_LANES.difference(minima):
            for other in _ROUTES[lane]:
                if other in minima:
                    sketch[lane] = sketch[other]
                    break
    return bytes(sketch)

"""How the words of a page, with their boxes, are packed for the catalogue."""

import json
import zlib
from collections.abc import Sequence

from recordsearch.records import Word


def pack_words(words: Sequence[Word]) -> bytes:
    """Pack a page's words: JSON ``[text, x0, top, x1, bottom, confidence]`` a word, deflated.

    Boxes are kept to a tenth of a point, far below what a reader can see.
    """
    rows = [
        [word.text, *(round(side, 1) for side in (word.x0, word.top, word.x1, word.bottom)),
         None if word.confidence is None else round(word.confidence)]
        for word in words
    ]  # fmt: skip
    packed = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(packed.encode())


def unpack_words(packed: bytes) -> tuple[Word, ...]:
    """Undo :func:`pack_words`."""
    return tuple(Word(*row) for row in json.loads(zlib.decompress(packed)))

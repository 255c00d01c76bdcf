"""Reading a gray picture of a page by RapidOCR: righted, found, cut into lines and read.

Where print stands is found at :data:`FIND_DPI`, which costs half of finding it at full size; lines
are read from the picture as it is. Measured by ``tests/benchmarks/bench_second_ocr.py``.
"""

import time
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from recordsearch.errors import UnreadableError, UsageError
from recordsearch.extract.ocr import Reading
from recordsearch.extract.ocr_rapid_engine import cut_out, find_print, read_lines
from recordsearch.extract.ocr_rapid_lines import Quad, ReadLine, page_of_lines, words_of_line

if TYPE_CHECKING:
    from PIL.Image import Image

FIND_DPI = 150
FIND_PIXELS = 4_000_000
"""Most pixels in which print is sought: a million takes about 200 MB of memory."""
TIMEOUT = 180.0
"""Seconds; a full page of small print takes 10, noise that is taken for a thousand lines more."""
MOST_RATIO = 150.0
"""A line of small print over a page's width is 70 times as wide as high; a rule is more."""

_SMALLEST = 8
_TALL = 1.5
"""The ratio from which rapidocr turns a line by a quarter before it reads it."""
_ELONGATED = 3.0
_SAMPLE = 6
_SURE = 0.9
"""Mean score of a sample of lines under which the page may stand upside down. Of 13 bad scans and
forms it was .95 and more, of one .81; of the same lines turned by half .46 to .69."""
_CLEARLY = 0.05
_BATCH = 16


def recognise_again(picture: "Image", dpi: int) -> Reading:
    """Read a gray picture (mode ``L``) of a page, ``dpi`` pixels an inch.

    :raises UnreadableError: RapidOCR failed or took too long.
    :raises UsageError: it is not installed.
    """
    if min(picture.size) < _SMALLEST:
        wide, high = (side * 72 / dpi for side in picture.size)
        return Reading("", (), 0.0, 0, wide, high, dpi)
    try:
        turned, upright, lines = _read(picture, dpi)
    except (UnreadableError, UsageError):
        raise
    except Exception as error:  # its libraries raise errors of many kinds on odd pictures
        raise UnreadableError(
            "ocr", f"RapidOCR failed on this page ({type(error).__name__})", "look at it by eye"
        ) from error
    text, words = page_of_lines(lines, dpi)
    real = [word for word in words if any(map(str.isalnum, word.text))]
    letters = sum(len(word.text) for word in real)
    confidence = sum((word.confidence or 0.0) * len(word.text) for word in real) / max(1, letters)
    return Reading(
        text=text,
        words=words,
        confidence=round(confidence, 1),
        rotation=turned,
        width=upright.width * 72 / dpi,
        height=upright.height * 72 / dpi,
        dpi=dpi,
    )


def _read(picture: "Image", dpi: int) -> "tuple[int, Image, list[ReadLine]]":
    """Right the page if need be; return by how many degrees, the picture, and its lines."""
    end = time.monotonic() + TIMEOUT
    turned = 0
    boxes = _find(picture, dpi)
    if _stand_on_end(boxes):
        turned = 90
        picture = _turn(picture, turned)
        boxes = _find(picture, dpi)
    pieces = _cut(picture, boxes)
    if _upside_down(pieces):
        picture = _turn(picture, 180)
        turned += 180
        pieces = _cut(picture, _find(picture, dpi))
    return turned, picture, _recognise(pieces, end)


def _find(picture: "Image", dpi: int) -> Any:
    """Return the corners of all stretches of print as an array, N by 4 by 2, in pixels."""
    import numpy
    from PIL import Image

    area = picture.width * picture.height
    share = min(1.0, FIND_DPI / dpi, (FIND_PIXELS / area) ** 0.5)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    small = picture.resize(size, Image.Resampling.BOX) if share < 1 else picture
    across, down = picture.width / small.width, picture.height / small.height
    return (find_print(small) * numpy.array([across, down])).astype(numpy.float32)


def _cut(picture: "Image", boxes: Any) -> list[tuple[Quad, Any]]:
    """Cut the lines out of the page: each with the corners in the order in which it is read."""
    import numpy

    kept = []
    for box in boxes:
        wide, high = _sides(box)
        if min(wide, high) >= 2 and max(wide, high) <= MOST_RATIO * min(wide, high):
            kept.append(box)
    if not kept:
        return []
    usual = median(min(_sides(box)) for box in kept)
    pieces = []
    for box, piece in zip(kept, cut_out(picture, kept), strict=True):
        a, b, c, d = ((float(x), float(y)) for x, y in box)
        quad: Quad = (a, b, c, d)
        if piece.shape[0] < 1 or piece.shape[1] < 1:
            continue
        wide, high = _sides(box)
        if int(high) >= _TALL * int(wide):  # in whole pixels, as rapidocr compares them
            # A single figure is taller than wide too, and must not be laid on its side.
            if high <= 2 * usual:
                piece = numpy.rot90(piece, -1)
            else:
                quad = (b, c, d, a)
        pieces.append((quad, numpy.ascontiguousarray(piece)))
    return pieces


def _recognise(pieces: Sequence[tuple[Quad, Any]], end: float) -> list[ReadLine]:
    lines = []
    for start in range(0, len(pieces), _BATCH):
        if time.monotonic() > end:
            raise UnreadableError("ocr", "OCR took too long on this page", "look at it by eye")
        batch = pieces[start : start + _BATCH]
        read = read_lines([piece for _, piece in batch])
        for (quad, _), text, seen in zip(batch, read.txts, read.word_results, strict=True):
            words = words_of_line(
                seen.words, seen.word_cols, text, seen.confs, float(seen.line_txt_len)
            )
            lines.append(ReadLine(quad, words))
    return lines


def _stand_on_end(boxes: Any) -> bool:
    """Tell whether most of the print, by length, runs up or down the page."""
    upright = on_end = 0.0
    for box in boxes:
        wide, high = _sides(box)
        if wide >= _ELONGATED * high:
            upright += wide
        elif high >= _ELONGATED * wide:
            on_end += high
    return on_end > upright


def _upside_down(pieces: Sequence[tuple[Quad, Any]]) -> bool:
    """Tell whether the longest lines read better when turned by half.

    Lines of print read badly upside down; only where these do is the other way tried.
    """
    import numpy

    longest = sorted((piece for _, piece in pieces), key=lambda piece: -piece.shape[1])[:_SAMPLE]
    if not longest:
        return False
    score = _mean_score(longest)
    if score >= _SURE:
        return False
    turned = [numpy.ascontiguousarray(numpy.rot90(piece, 2)) for piece in longest]
    return _mean_score(turned) > score + _CLEARLY


def _mean_score(pieces: Sequence[Any]) -> float:
    scores = read_lines(pieces).scores
    return float(sum(scores)) / len(scores)


def _sides(box: Any) -> tuple[float, float]:
    """Return width and height as rapidocr takes them for a crop: the longer of opposite sides."""
    a, b, c, d = ((float(x), float(y)) for x, y in box)
    return max(_far(a, b), _far(c, d)), max(_far(a, d), _far(b, c))


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _turn(picture: "Image", clockwise: int) -> "Image":
    from PIL.Image import Transpose

    return picture.transpose(Transpose.ROTATE_270 if clockwise == 90 else Transpose.ROTATE_180)

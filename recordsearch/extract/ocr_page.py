"""Reading one page by OCR: at 200 dpi, again at 300 where that went badly, and an honest verdict.

``render`` is how a page is drawn at a resolution, whatever holds the page; so PDF pages and
pictures share the rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recordsearch.extract.ink import ink_of, ink_outside, shows_ink
from recordsearch.extract.language import WHOLE, looks
from recordsearch.extract.ocr import DOUBTFUL_BELOW, FEW_WORDS, Reading, recognise
from recordsearch.extract.redactions import redacted

if TYPE_CHECKING:
    from PIL.Image import Image

    from recordsearch.extract.runs import Box

DPI = 200
AGAIN_DPI = 300
AGAIN_BELOW = 80.0
"""Confidence under which a page is read again: clean and office scans have 90 and more, faxes
about 85, and the second reading costs twice the first. Measured by ``bench_ocr.py``."""
INK_UNREAD = 0.15
"""Share of what may be writing outside all words over which a page is read again. Of 17 noisy,
crooked scans that were read whole none left more than .04; a bad scan that lost a third of its
words, at a confidence of 85, left .29. Measured by ``bench_ocr.py`` and on the sample release."""
POOR_BELOW = 75.0
"""Confidence under which a page counts as poor; see :func:`verdict`. Of 25
scanned forms, those under 75 lost from one word in ten to one in three, those over it one in nine
on average. Measured by ``bench_ocr.py``."""

Render = Callable[[int], "tuple[Image, int]"]
"""Draws the page at about as many dots an inch as asked, and says at how many it did."""


@dataclass(frozen=True, slots=True)
class OcrResult:
    """The better reading, in how many attempts it was had, and whether the page shows anything.

    ``redactions`` are the boxes blacked out, in points, as the page is read upright.
    """

    reading: Reading
    attempts: int
    blank: bool
    redactions: "tuple[Box, ...]" = ()


def read_by_ocr(render: Render, language: str) -> OcrResult:
    """Read a page by OCR.

    :raises UnreadableError: OCR failed.
    """
    picture, dpi = render(DPI)
    ink = ink_of(picture)
    if not shows_ink(ink):
        empty = Reading("", (), 0.0, 0, picture.width * 72 / dpi, picture.height * 72 / dpi, dpi)
        return OcrResult(empty, 0, blank=True)
    first = recognise(picture, dpi, language)
    if not _went_badly(ink, first):
        return _with_redactions(first, 1, picture, dpi)
    finer, again_dpi = render(AGAIN_DPI)
    if again_dpi <= dpi * 1.1:  # the page is too large to be drawn any finer
        return _with_redactions(first, 1, picture, dpi)
    # What was looked for in vain at first may be found in the finer picture.
    known = first.rotation or first.confidence >= DOUBTFUL_BELOW
    turned = first.rotation if known else None
    second = recognise(finer, again_dpi, language, turned)
    return _with_redactions(max(first, second, key=_worth), 2, picture, dpi)


def _with_redactions(reading: Reading, attempts: int, picture: "Image", dpi: int) -> OcrResult:
    boxes = redacted(picture, dpi, reading.words, reading.rotation)
    return OcrResult(reading, attempts, blank=False, redactions=tuple(boxes))


def _went_badly(ink: "Image", reading: Reading) -> bool:
    """Tell whether confidence is low, words are few, or much of the page gave no words."""
    if reading.confidence < AGAIN_BELOW or len(reading.words) < FEW_WORDS:
        return True
    boxes = [(word.x0, word.top, word.x1, word.bottom) for word in reading.words]
    return ink_outside(ink, boxes, reading.width, reading.rotation) > INK_UNREAD


def verdict(reading: Reading) -> tuple[str, str]:
    """Return why a reading is poor and what to do, or two empty texts where it is not.

    Confidence alone does not find failure, so the words are looked at too: a page is poor when no
    word was found, when the confidence is under 75, or when under half of the words could be
    words or numbers.
    """
    if not reading.words:
        return (
            "the page shows something, but OCR found no words",
            "look at the page by eye: it may be a picture, handwriting or too faint",
        )
    if reading.confidence < POOR_BELOW:
        return (
            f"OCR confidence {reading.confidence:.0f} of 100",
            "look at the page by eye, or scan it again at 300 dpi or more",
        )
    seen = looks(reading.text)
    if seen.tokens >= FEW_WORDS and seen.word_share < 0.5:
        return (
            f"OCR read {seen.tokens} words, of which {seen.tokens - seen.words} are not like words",
            "look at the page by eye, or name its language with --language",
        )
    return "", ""


def _worth(reading: Reading) -> float:
    """Words that look like words, weighted by confidence: many and sure is better."""
    return looks(reading.text, WHOLE).words * reading.confidence

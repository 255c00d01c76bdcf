"""The rule that chooses between a page's text layer and OCR; pure, with its reasons in words.

``judge`` looks at a text layer before any OCR and says what is wrong with it, if anything.
``ocr_is_better`` compares the two readings once there are two. The thresholds were set on 133
real pages on which the rule was checked by eye, and are measured again on the whole corpus by
``tests/benchmarks/bench_extraction.py --pages``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from recordsearch.extract.language import BORN_DIGITAL_SHARE, SCAN_SHARE, WHOLE, Looks, looks

FEW_CHARACTERS = 50
SOME_PICTURE = 0.1
UNMAPPED = 0.1
LETTERS = 0.5
MOSTLY_PICTURE = 0.5
STAMP_CHARACTERS = 250
_ENOUGH_TOKENS = 12


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of a text layer.

    ``fault`` is empty when the layer is good enough to be the page's text; otherwise it says why
    OCR is wanted. ``garbage`` says that the layer itself cannot be read, rather than that it may
    be a fraction of what the page shows; ``mostly_picture`` that over half the page is picture,
    where that was looked at.
    """

    fault: str
    garbage: bool
    mostly_picture: bool


def judge(text: str, picture_share: Callable[[], float]) -> Verdict:
    """Judge a page's text layer.

    ``picture_share`` gives the share of the page under pictures, 0 to 1; it is asked only where
    the text does not settle the matter, because finding out takes time.

    A layer is not good enough when, in this order: it has no characters; it has under 50 of them
    beside pictures over a tenth of the page; over a tenth of its characters have no meaning;
    under half of them, leaders left out, are letters and digits; pictures take over half the page
    and it has under 250 characters (a stamp on a scan) or does not look like language; or, with
    no picture at all, half of its words do not look like any.
    """
    fault, garbage = _fault(looks(text), sum(map(len, text.split())), picture_share)
    return Verdict(fault, garbage, bool(fault) and picture_share() > MOSTLY_PICTURE)


def _fault(
    seen: Looks, characters: int, ask_picture_share: Callable[[], float]
) -> tuple[str, bool]:
    if not characters:
        return "no text layer", False
    if (
        characters >= STAMP_CHARACTERS
        and seen.unmapped <= UNMAPPED * seen.shown
        and seen.letters >= LETTERS * seen.shown
        and seen.is_language(SCAN_SHARE)
    ):
        return "", False
    picture_share = ask_picture_share()
    shown = f"{picture_share:.0%} of the page is picture"
    if characters < FEW_CHARACTERS and picture_share > SOME_PICTURE:
        return f"the text layer has only {characters} characters and {shown}", False
    if seen.unmapped > UNMAPPED * max(1, seen.shown):
        share = min(1.0, seen.unmapped / max(1, seen.shown))
        return f"{share:.0%} of the text layer's characters have no meaning", True
    if seen.shown and seen.letters < LETTERS * seen.shown:
        return "under half of the text layer is letters and digits", True
    if picture_share > MOSTLY_PICTURE:
        if characters < STAMP_CHARACTERS:
            return f"the text layer has only {characters} characters and {shown}", False
        if not seen.is_language(SCAN_SHARE):
            return f"the text layer does not look like language and {shown}", True
    elif seen.tokens >= _ENOUGH_TOKENS and not seen.is_language(BORN_DIGITAL_SHARE):
        return "the text layer does not look like language", True
    return "", False


def ocr_is_better(verdict: Verdict, layer: str, ocr: str, confidence: float | None) -> bool:
    """Tell whether OCR's reading is the better one of a page that has a text layer too.

    The reading with more words that look like words wins, OCR's weighted by its confidence (0 to
    100); a layer that is garbage loses to any OCR that found as much as a third of its words.
    """
    ocr_words = looks(ocr, WHOLE).words * (confidence or 0.0) / 100
    layer_words = looks(layer, WHOLE).words
    if verdict.garbage:
        return ocr_words > 0 and 3 * ocr_words >= layer_words
    return ocr_words > layer_words

"""Does a text look like language? Pure rules that judge a text layer or an OCR reading.

A text layer over a scan may be good OCR, bad OCR or the codes of an unmapped font; only its words
tell. Nothing here knows a dictionary, so that names, forms and other languages are not punished.
"""

import re
from dataclasses import dataclass

SAMPLE = 1_000
"""Characters judged of a text: some 200 words, enough to tell language from garbage."""
WHOLE = 20_000
"""Characters counted to compare two readings of a page; a dense table holds 6,000."""

SCAN_SHARE = 0.8
"""Least share of words among the tokens of a text layer that lies over a scan. Good OCR has .9
and more, letter-spaced or misread OCR .77 to .83. Measured as :data:`BORN_DIGITAL_SHARE`."""
BORN_DIGITAL_SHARE = 0.5
"""Least share of words among the tokens of any other text layer: program code, tables of figures
and pages set in one-letter cells have .6 and more, unmapped fonts 0 to .3. Measured on the corpus
with ``tests/benchmarks/bench_extraction.py --pages``."""

_VOWELS = (0.22, 0.62)
"""Share of a, e, i, o, u in Latin letters: .38 in English, .36 to .48 in Western languages, .14 in
a font whose codes are shifted by a few places."""
_ENOUGH_LETTERS = 60

_LEADERS = re.compile(r"(?:[._=*~…·-] ?){4,}")
_EDGES = "\"'“”‘’«»()[]{}<>.,;:!?…-–—*•·_|/\\"
_NUMBER = re.compile(r"[$£€#+(-]*\d[\d.,:/%()-]*[A-Za-z]{0,2}")
_WORD = re.compile(r"[^\W\d_]+(?:['’.&/@_:-]+[^\W_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_VOWEL = re.compile(r"[AEIOUYaeiouyÀ-ÆÈ-ÏÒ-ÖØ-Ýà-æè-ïò-öø-ýÿĀ-ę]")
_EASY = re.compile(r"[A-Za-z]?[a-z]*[aeiouy][a-z]*")
_ALONE = frozenset("aAIiyYoOeEuUàÀ&")
_PLAIN_VOWELS = re.compile("[aeiouAEIOU]")
_PLAIN_LETTERS = re.compile("[A-Za-z]")
_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Looks:
    """Counts over a text or its beginning, leaders such as ``....`` left out.

    ``tokens`` hold at least one letter or digit, or an unmapped character. ``words`` are the
    tokens that could be words or numbers. ``shown`` counts all that is not white space,
    ``letters`` the letters and digits, ``unmapped`` the characters without a meaning (control
    characters, private use, U+FFFD). ``vowel_share`` is of the unaccented Latin letters, and
    None where there are too few of them, or too few beside other letters, to tell.
    """

    shown: int
    letters: int
    unmapped: int
    tokens: int
    words: int
    vowel_share: float | None

    @property
    def word_share(self) -> float:
        """Words of tokens, 0 to 1; 0 for a text without tokens."""
        return self.words / self.tokens if self.tokens else 0.0

    def is_language(self, least_share: float) -> bool:
        """Tell whether ``least_share`` of the tokens are like words, and made of vowels too."""
        if self.word_share < least_share:
            return False
        return self.vowel_share is None or _VOWELS[0] <= self.vowel_share <= _VOWELS[1]


def looks(text: str, characters: int = SAMPLE) -> Looks:
    """Count what tells language from garbage in the first ``characters`` of ``text``."""
    sample = text[:characters]
    unmapped = len(_UNMAPPED.findall(sample))
    sample = _LEADERS.sub(" ", sample)
    tokens = words = letters = shown = 0
    for token in sample.split():
        shown += len(token)
        if token.isalnum():
            alphanumeric = len(token)
            words += _is_word(token, alphanumeric)
        else:
            alphanumeric = sum(map(str.isalnum, token))
            if not alphanumeric and not (unmapped and _UNMAPPED.search(token)):
                continue
            words += _is_word(token.strip(_EDGES), alphanumeric)
        letters += alphanumeric
        tokens += 1
    latin = len(_PLAIN_LETTERS.findall(sample))
    enough = latin >= _ENOUGH_LETTERS and 2 * latin >= letters
    vowels = len(_PLAIN_VOWELS.findall(sample)) / latin if enough else None
    return Looks(shown, letters, unmapped, tokens, words, vowels)


def _is_word(token: str, alphanumeric: int) -> bool:
    if len(token) <= 1:
        return token.isdigit() or token in _ALONE or (token.isalpha() and not token.isascii())
    if _EASY.fullmatch(token) or _NUMBER.fullmatch(token):  # most tokens; the rest takes longer
        return True
    if not _LATIN.search(token):
        return 2 * alphanumeric >= len(token)
    if not _WORD.fullmatch(token):
        return False
    if len(token) <= 3 or not token.isalpha():
        return True
    if token.isupper():  # acronyms have no vowels
        return len(token) <= 5 or _VOWEL.search(token) is not None
    # Capitals in the middle are rare in print (McDonald) and usual in bad OCR.
    if sum(map(str.isupper, token[1:])) > 1:
        return False
    return _VOWEL.search(token) is not None

"""The language of a document, told by its script and by its function words.

The script alone tells many languages. Where several share one, the words do that stand in every
text whatever it is about (:mod:`recordsearch.query.stop_words`): each counts as much as it tells,
half if two languages have it. Prose has a third of such words and more; tables, forms and lists of
names have few, and for them no language is told rather than a wrong one.

English is what is expected: another language must be clearly likelier. The libraries made for this
weigh 1 to 100 MB, and are trained on clean sentences.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

REVISION = "1"
"""Raised when the same text may be told otherwise."""

# A stretch of this many characters is looked at for every so many of the text, at most so often:
# two thousand words tell a language, and a page costs less than 0.1 ms.
_STRETCH = 1_000
_EVERY = 2_000
_MOST_STRETCHES = 12

# Different function words that must be seen, and the least share of all words that are any. Single
# letters are not counted, as forms and bad OCR are full of them. Prose of the languages with the
# fewest such words, such as Finnish, has a seventh; English tables have less than a tenth of
# another language's, mostly "de", "am" and "san".
_FEWEST = 6
_LEAST_SHARE = 0.1
# So much more than English another language must score.
_CLEARLY = 2.0

# Letters of a script that must be seen to tell by it, and their least share of all letters.
_FEWEST_LETTERS = 20
_LEAST_SCRIPT = 0.4

_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")

# Scripts, and the languages that are written in each; for one alone the script tells all.
_SCRIPTS = {
    "greek": (re.compile("[\u0370-\u03ff\u1f00-\u1fff]"), ("el",)),
    "cyrillic": (re.compile("[\u0400-\u052f]"), ("ru", "uk", "bg", "sr")),
    "armenian": (re.compile("[\u0530-\u058f]"), ("hy",)),
    "hebrew": (re.compile("[\u0590-\u05ff]"), ("he", "yi")),
    "arabic": (re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
               ("ar", "fa", "ur")),
    "devanagari": (re.compile("[\u0900-\u097f]"), ("hi", "ne", "mr")),
    "bengali": (re.compile("[\u0980-\u09ff]"), ("bn",)),
    "gurmukhi": (re.compile("[\u0a00-\u0a7f]"), ("pa",)),
    "gujarati": (re.compile("[\u0a80-\u0aff]"), ("gu",)),
    "tamil": (re.compile("[\u0b80-\u0bff]"), ("ta",)),
    "telugu": (re.compile("[\u0c00-\u0c7f]"), ("te",)),
    "kannada": (re.compile("[\u0c80-\u0cff]"), ("kn",)),
    "malayalam": (re.compile("[\u0d00-\u0d7f]"), ("ml",)),
    "thai": (re.compile("[\u0e00-\u0e7f]"), ("th",)),
    "lao": (re.compile("[\u0e80-\u0eff]"), ("lo",)),
    "burmese": (re.compile("[\u1000-\u109f]"), ("my",)),
    "georgian": (re.compile("[\u10a0-\u10ff\u2d00-\u2d2f]"), ("ka",)),
    "ethiopic": (re.compile("[\u1200-\u137f]"), ("am",)),
    "khmer": (re.compile("[\u1780-\u17ff]"), ("km",)),
    "hangul": (re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"), ("ko",)),
    "kana": (re.compile("[\u3040-\u30ff\uff66-\uff9f]"), ("ja",)),
    "han": (re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"), ("zh",)),
}  # fmt: skip
# Signs that stand for a syllable or a word count for as many letters of an alphabet.
_LETTERS_A_SIGN = {"han": 3, "kana": 2, "hangul": 2}
# Letters that one language of a script has and the others named with it have not.
_OWN_LETTERS = {
    "uk": re.compile("[іїєґ]"), "sr": re.compile("[ђјљњћџ]"), "ru": re.compile("[ыэё]"),
    "fa": re.compile("[پچژگک]"), "ur": re.compile("[ٹڈڑےہھ]"), "yi": re.compile("[װױײ]"),
}  # fmt: skip


class Language(NamedTuple):
    """An ISO 639-1 code, or an empty one where none can be told, and a confidence, 0 to 100."""

    code: str
    confidence: float


UNKNOWN = Language("", 0.0)


def find_language(pages: Sequence[str]) -> Language:
    """Tell the language that most of a document is written in, by stretches of its pages' texts."""
    sample = _sample(pages)
    words = Counter(_WORD.findall(sample.lower()))
    beyond = Counter("".join(_BEYOND_ASCII.findall(sample)))
    if beyond.total() * max(_LETTERS_A_SIGN.values()) >= _FEWEST_LETTERS:
        found = _by_script(words, beyond)
        if found is not None:
            return found
    return _by_words(words, _latin())


def _sample(pages: Sequence[str]) -> str:
    """Take stretches from all over the document; a short one is taken whole."""
    total = sum(map(len, pages))
    if total <= _EVERY:
        return "\n".join(pages)
    stretches = min(_MOST_STRETCHES, -(-total // _EVERY))
    pieces: list[str] = []
    begin = 0  # where this page begins in the whole
    for page in pages:
        end = begin + len(page)
        while len(pieces) < stretches and (start := len(pieces) * total // stretches) < end:
            pieces.append(page[start - begin : start - begin + _STRETCH])
        begin = end
    return "\n".join(pieces)


def _by_script(words: Counter[str], beyond: Counter[str]) -> Language | None:
    """Tell a language by a script that most of the text is in; None where it is in Latin."""
    different = "".join(beyond)
    counts = {
        name: sum(beyond[one] for one in script.findall(different))
        for name, (script, _) in _SCRIPTS.items()
    }
    # Japanese is written in both; Chinese names a Japanese thing at most.
    if counts["kana"] * 12 > counts["han"]:
        counts["kana"] += counts["han"]
        counts["han"] = 0
    weights = {name: count * _LETTERS_A_SIGN.get(name, 1) for name, count in counts.items()}
    name = max(weights, key=weights.__getitem__)
    weight = weights[name]
    letters = sum(len(word) * count for word, count in words.items())
    whole = weight + max(letters - counts[name], 0)
    if weight < _FEWEST_LETTERS or weight < _LEAST_SCRIPT * whole:
        return None
    languages = _SCRIPTS[name][1]
    scores = _scores(words, _table(languages))
    for language in languages:
        own = _OWN_LETTERS.get(language)
        scores[language] += sum(beyond[one] for one in own.findall(different)) if own else 0
    best = max(languages, key=scores.__getitem__)
    return Language(best, round(100.0 * weight / whole, 1))


def _by_words(words: Counter[str], table: dict[str, tuple[str, ...]]) -> Language:
    told = Counter({word: count for word, count in words.items() if len(word) > 1})
    scores = _scores(told, table)
    if not scores:
        return UNKNOWN
    ranked = sorted(scores, key=lambda language: (-scores[language], language))
    best = ranked[0]
    if best != "en" and scores[best] < _CLEARLY * scores["en"]:
        best = "en"
    own = [word for word in told if best in table.get(word, ())]
    if len(own) < _FEWEST or sum(told[word] for word in own) < _LEAST_SHARE * told.total():
        return UNKNOWN
    rival = max((scores[other] for other in ranked if other != best), default=0.0)
    return Language(best, round(100.0 * scores[best] / (scores[best] + rival), 1))


def _scores(words: Counter[str], table: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Sum up what the words tell for each language that has them."""
    scores: dict[str, float] = defaultdict(float)
    for word in words.keys() & table.keys():
        languages = table[word]
        weight = words[word] / len(languages)
        for language in languages:
            scores[language] += weight
    return scores


@cache
def _table(languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the languages that have each function word."""
    from recordsearch.query.stop_words import FUNCTION_WORDS

    table: dict[str, tuple[str, ...]] = {}
    for language in languages:
        for word in FUNCTION_WORDS.get(language, "").split():
            table[word] = (*table.get(word, ()), language)
    return table


@cache
def _latin() -> dict[str, tuple[str, ...]]:
    from recordsearch.query.stop_words import FUNCTION_WORDS

    others = {language for _, languages in _SCRIPTS.values() for language in languages}
    return _table(tuple(language for language in FUNCTION_WORDS if language not in others))

"""Stems, by language: Snowball's algorithms, and the token itself where there is none.

A stem is made from a folded token, as queries are typed with or without accents. Where Snowball
knows an ending only by its accent, the accent is put back first: ``informacion`` is taken for
``información``.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from recordsearch.query.compounds import LONGEST_TOKEN
from recordsearch.query.folding import FOLDED_CHARACTERS

# Entries of each cache, each about 100 bytes. A year of letters and e-mails has some hundred
# thousand different words, but nearly all of its text is made of a few thousand.
_CACHED = 25_000

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "st": "sesotho", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# Languages whose texts have English words and no other words in ASCII.
_NOT_LATIN = frozenset(
    ["ar", "be", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "km", "ko", "lo",
     "mk", "mr", "my", "ne", "ru", "ta", "th", "uk", "ur", "yi", "zh"]
)  # fmt: skip
# Endings whose accent Snowball needs, without it and with it; some plurals as their singular.
_ACCENTED = {
    "ca": (("cio", "ció"), ("sio", "sió")),
    "es": (("cion", "ción"), ("sion", "sión"), ("gion", "gión")),
    "fr": (("ite", "ité"), ("ites", "ités"), ("ee", "ée"), ("ees", "ées")),
    "pt": (("cao", "ção"), ("coes", "ção"), ("sao", "são"), ("soes", "são")),
}


class LongTokenError(Exception):
    """A token must be cut."""


class Stems(dict[str, str]):
    """Stems by token; a process-local cache, emptied when it is full.

    :raises LongTokenError: a token is longer than any should be.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stem = _stemmer(_ALGORITHMS.get(language, ""))
        self._endings = dict(_ACCENTED.get(language, ()))
        self._ending = re.compile(f"(?:{'|'.join(self._endings)})$") if self._endings else None
        self._english = stems_of("en") if language in _NOT_LATIN else None

    def __missing__(self, token: str) -> str:
        if len(token) > LONGEST_TOKEN:
            raise LongTokenError
        if self._english is not None and token.isascii():
            return self._english[token]
        if self._ending:
            word = self._ending.sub(lambda ending: self._endings[ending[0]], token)
            stem = _folded(self._stem(word))
        else:
            stem = self._stem(token)
        if len(self) >= _CACHED:
            self.clear()
        self[token] = stem
        return stem


def _folded(stem: str) -> str:
    """Fold what a stemmer made: an accent that was put back goes again."""
    return stem if stem.isascii() else "".join(map(FOLDED_CHARACTERS.__getitem__, stem))


@cache
def stems_of(language: str) -> Stems:
    """Return the stems of a language; one that is not known is taken for English if empty."""
    return Stems(language or "en")


@cache
def _stemmer(algorithm: str) -> Callable[[str], str]:
    if not algorithm:
        return str
    import Stemmer

    if algorithm not in Stemmer.algorithms():
        return str
    # PyStemmer's own cache is slower than the dictionary in front of it.
    made: Any = Stemmer.Stemmer(algorithm, 0)
    stem: Callable[[str], str] = made.stemWord
    return stem


def stem(token: str) -> str:
    """Return the English stem of a token."""
    return stems_of("en")[token] if len(token) <= LONGEST_TOKEN else token


def stems(token: str, languages: Iterable[str] = ("en",)) -> tuple[str, ...]:
    """Return the different stems of a token in these languages (ISO 639-1), in their order.

    A language that is empty or not known to Snowball is allowed; there is always a stem.
    """
    if len(token) > LONGEST_TOKEN:
        return (token,)
    return tuple(dict.fromkeys(stems_of(language)[token] for language in languages)) or (
        stem(token),
    )

"""Words that are typed with signs: ``recogni*``, ``wom?n``, ``/rec.*/``, ``word~2``, ``word~~``."""

import re

from recordsearch.errors import QueryError
from recordsearch.query.lexer import Kind, Lexeme, shown
from recordsearch.query.normal import tokens
from recordsearch.query.patterns import PatternError, regex
from recordsearch.query.tree import (
    Fuzzy,
    Or,
    Phrase,
    Place,
    Prefix,
    Regex,
    Text,
    Tolerant,
    Wildcard,
    Word,
)
from recordsearch.query.words import plain

SHORTEST_PREFIX = 2
"""Letters that a word with ``*`` must have."""

_FUZZY = re.compile(r"(.*)~(\d*)", re.DOTALL)
_SIGN = re.compile(r"([*?])")
_STARS = re.compile(r"\*[*?]*\*|\*+")
# A question mark at the end of a word ends a question.
_PUNCTUATION_AT_THE_END = re.compile(r"[?!.,;:…’']+$")


def word(query: str, lexeme: Lexeme, place: Place) -> Text | Tolerant | Or | None:
    """Make the leaf that a word or an expression stands for; None where nothing can be found.

    :raises QueryError: a sign cannot stand where it does, or an expression has a fault.
    """
    text = lexeme.text
    if lexeme.kind is Kind.REGEX:
        return _regex(query, lexeme, place)
    if text.endswith("~~"):
        words = tokens("", text[:-2])
        _one_word(query, "~~", words, place, lexeme.field)
        return Tolerant(words[0], place)
    if "*" in text:
        return _wildcard(query, lexeme, place)
    fuzzy = _FUZZY.fullmatch(text)
    if fuzzy:
        return _fuzzy(query, fuzzy, place, lexeme.field)
    if "?" in text:
        found = _with_question_marks(text, place)
        if found:
            return found
    if not lexeme.field:
        return plain(text, place)
    words = tokens(lexeme.field, text)
    if not words:
        return None
    return Word(words[0], place) if len(words) == 1 else Phrase(words, 0, place)


def field_text(query: str, lexeme: Lexeme, place: Place) -> Text | None:
    """Make what is asked of a field of text; None where nothing can be found.

    :raises QueryError: as for :func:`word`; and ``~~`` is for the text alone.
    """
    text = word(query, lexeme, place)
    if isinstance(text, Tolerant | Or):
        raise QueryError(
            f"{lexeme.field}: takes no ~~", query, *place, "use ~ for a letter that may differ"
        )
    return text


def _regex(query: str, lexeme: Lexeme, place: Place) -> Regex:
    try:
        regex(lexeme.text)
    except PatternError as error:
        start = query.index("/", lexeme.start) + 1 + min(error.at, len(lexeme.text) - 1)
        raise QueryError(error.message, query, start, start + 1, error.mend) from error
    return Regex(lexeme.text, place)


def _wildcard(query: str, lexeme: Lexeme, place: Place) -> Wildcard | Prefix:
    text = lexeme.text
    if not text.strip("*?"):
        return Wildcard("*", place)
    parts: list[str] = []
    for part in _SIGN.split(text):
        words = (part,) if part in ("*", "?") else tokens("", part)
        if lexeme.field == "bates":
            words = ("".join(words),)  # as it is held beside the number's parts
        if len(words) > 1:
            _one_word(query, "*", words, place, lexeme.field)
        parts.extend(words)
    form = _STARS.sub(_fewest_stars, "".join(parts))
    letters = len(form) - form.count("*") - form.count("?")
    if not letters:
        _one_word(query, "*", (), place)
    if letters < SHORTEST_PREFIX:
        raise QueryError(
            f"{shown(text)} would stand for too many words",
            query,
            *place,
            f"give at least {SHORTEST_PREFIX} letters beside *",
        )
    if form.endswith("*") and letters == len(form) - 1:
        return Prefix(form[:-1], place)
    return Wildcard(form, place)


def _fewest_stars(run: "re.Match[str]") -> str:
    return "?" * run[0].count("?") + "*"


def _with_question_marks(text: str, place: Place) -> Wildcard | None:
    """Read ``wom?n``; None where the question marks are punctuation, as in an address."""
    parts: list[str] = []
    for part in _SIGN.split(_PUNCTUATION_AT_THE_END.sub("", text)):
        words = (part,) if part == "?" else tokens("", part)
        if len(words) > 1 or (part and not words):
            return None
        parts.extend(words)
    form = "".join(parts)
    signs = form.count("?")
    return Wildcard(form, place) if signs and len(form) - signs >= SHORTEST_PREFIX else None


def _fuzzy(query: str, match: "re.Match[str]", place: Place, field: str) -> Fuzzy:
    words = tokens(field, match[1])
    _one_word(query, "~", words, place, field)
    if match[2] not in ("", "1", "2"):
        raise QueryError(
            f"~{shown(match[2])} is not a number of letters that may differ",
            query,
            *place,
            "use ~1 or ~2",
        )
    return Fuzzy(words[0], int(match[2] or 1), place)


def _one_word(query: str, sign: str, words: tuple[str, ...], place: Place, field: str = "") -> None:
    if not words:
        raise QueryError(
            f"{sign} has no word in front", query, *place, f"put {sign} directly after a word"
        )
    if len(words) > 1:
        raise QueryError(
            f"{sign} works on one word, and this is {len(words)}: {shown(' '.join(words))}",
            query,
            *place,
            f"write them apart: {shown(' '.join(words[:-1]))} {words[-1]}{sign}"
            if not field
            else f"give the words one by one: {field}:{words[-1]}{sign}",
        )

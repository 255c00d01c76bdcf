"""Cut a query into its parts: parentheses, phrases, words, operators and the names of fields.

The lexer knows where things stand and nothing of what they mean together.
"""

import re
from enum import Enum, auto
from typing import NamedTuple

from recordsearch.errors import QueryError
from recordsearch.query.fields import FIELDS, right_name

LONGEST_QUERY = 10_000
MOST_SLOP = 100
"""Other words that a phrase may have between its words."""

# Characters of the query that a message quotes at most.
_SHOWN = 60

_QUOTES = '"“”„‟＂'
_SPACE = re.compile(r"\s+")
_PHRASE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_SLOP = re.compile(r"~(\d{0,9})", re.ASCII)
# An expression has no blank in it and ends where a word does, so `/path/to` and `1/2` are none.
_REGEX = r"/((?:[^\s/\\]|\\\S)+)/(?=[\s)^]|$)"
_WEIGHT = r"\^(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(?=[\s()]|$)"
_CHUNK = re.compile(rf"[^\s(){_QUOTES}]+")
# The value of a field may go on so: `statute:6254(f)`, `file:report(1).pdf`. Compiled when needed,
# as every start would pay for it.
_PARENTHESES = rf"(?:\([^\s(){_QUOTES}]*\)[^\s(){_QUOTES}]*)+"
# The value of a field may be so: `exemption:(b)(6)`.
_GLUED_GROUP = rf"\([^\s(){_QUOTES}]*\)\("
# A name directly followed by a value, or by nothing where the name is known. `10:30`, `http://x`,
# `C:\x` and `a::b` are no fields.
_FIELD = re.compile(r"([^\W\d_]+):(?!//)")
_VALUE_START = re.compile(rf"[\w{_QUOTES}<>=(*?]")
_OPERATORS = {"AND", "OR", "NOT"}


class Kind(Enum):
    """What a lexeme is."""

    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    WORD = auto()
    PHRASE = auto()
    REGEX = auto()
    END = auto()


class Lexeme(NamedTuple):
    """A part of a query, with its place in it (characters, half open).

    ``text`` is what stands between the quotes of a phrase or the slashes of an expression, or the
    word as typed. ``field`` is the name in front of it, or empty; ``slop`` the number behind a
    phrase; ``weight`` the number behind ``^`` as typed, or empty.
    """

    kind: Kind
    text: str
    start: int
    end: int
    field: str = ""
    slop: int = 0
    weight: str = ""


def shown(text: str) -> str:
    """Shorten what a message quotes."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def lex(query: str) -> list[Lexeme]:
    """Cut ``query`` into lexemes; the last is always of kind END.

    :raises QueryError: too long, a quote is not closed, a field is unknown or has no value.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"the query is too long: {len(query):,} characters, at most {LONGEST_QUERY:,}",
            shown(query),
            0,
            len(shown(query)),
            "shorten it",
        )
    lexemes: list[Lexeme] = []
    place = 0
    while place < len(query):
        space = _SPACE.match(query, place)
        if space:
            place = space.end()
            continue
        lexeme = _next(query, place)
        lexemes.append(lexeme)
        place = lexeme.end
    lexemes.append(Lexeme(Kind.END, "", len(query), len(query)))
    return lexemes


def _next(query: str, start: int) -> Lexeme:
    character = query[start]
    if character == "(":
        return Lexeme(Kind.OPEN, "(", start, start + 1)
    if character == ")":
        weight, end = _weight(query, start + 1)
        return Lexeme(Kind.CLOSE, ")", start, end, weight=weight)
    if _is_minus(query, start):
        return Lexeme(Kind.NOT, "-", start, start + 1)
    field = _field(query, start)
    if field:
        return _field_value(query, start, field)
    return _text(query, start)


def _is_minus(query: str, start: int) -> bool:
    """Tell whether a leading hyphen means NOT: something stands directly after it."""
    after = query[start + 1 : start + 2]
    return query[start] == "-" and bool(after) and not after.isspace() and after not in "-)"


def _weight(query: str, start: int) -> tuple[str, int]:
    """Read the weight at ``start``, if there is one; return it and where it ends."""
    if query[start : start + 1] != "^":
        return "", start
    match = re.compile(_WEIGHT).match(query, start)
    return (match[1], match.end()) if match else ("", start)


def _text(query: str, start: int, field: str = "", field_start: int | None = None) -> Lexeme:
    """Read a phrase, an expression or a word at ``start``."""
    begin = start if field_start is None else field_start
    if query[start] in _QUOTES:
        return _phrase(query, start, field, begin)
    if query[start] == "/":
        regex = re.compile(_REGEX).match(query, start)
        if regex:
            weight, end = _weight(query, regex.end())
            return Lexeme(Kind.REGEX, regex[1], begin, end, field, weight=weight)
    chunk = _CHUNK.match(query, start)
    if chunk is None:
        raise QueryError("this cannot be read", query, start, start + 1, "leave it out")
    if not field and chunk[0] in _OPERATORS:
        return Lexeme(Kind[chunk[0]], chunk[0], start, chunk.end())
    end = chunk.end()
    if field and query[end : end + 1] == "(":
        more = re.compile(_PARENTHESES).match(query, end)
        end = more.end() if more else end
    return _word(query, start, end, field, begin)


def _word(query: str, start: int, end: int, field: str, begin: int) -> Lexeme:
    text = query[start:end]
    word, sign, _ = text.rpartition("^")
    if sign and word:
        weight, after = _weight(query, start + len(word))
        if after == end:
            return Lexeme(Kind.WORD, word, begin, end, field, weight=weight)
    return Lexeme(Kind.WORD, text, begin, end, field)


def _phrase(query: str, start: int, field: str, begin: int) -> Lexeme:
    phrase = _PHRASE.match(query, start)
    if not phrase:
        raise QueryError(
            "a quotation mark is not closed", query, start, len(query), 'close it with "'
        )
    end = phrase.end()
    if query[end : end + 1] == "*":
        raise QueryError(
            "* cannot follow a phrase",
            query,
            end,
            end + 1,
            "put * directly after a word that is not in quotation marks",
        )
    slop = _SLOP.match(query, end)
    if slop and not (slop[1] and int(slop[1]) <= MOST_SLOP):
        raise QueryError(
            f"~ behind a phrase takes a number up to {MOST_SLOP}",
            query,
            *slop.span(),
            'say how many other words may stand between: "near each other"~5; '
            "for letters that differ, put ~ behind a word without quotation marks",
        )
    weight, end = _weight(query, slop.end() if slop else end)
    number = int(slop[1]) if slop else 0
    return Lexeme(Kind.PHRASE, phrase[1], begin, end, field, number, weight)


def _field(query: str, start: int) -> "re.Match[str] | None":
    """Return the name of a field and its colon at ``start``, if there is one."""
    match = _FIELD.match(query, start)
    if match is None:
        return None
    known = match[1].lower() in FIELDS
    return match if known or _VALUE_START.match(query, match.end()) else None


def _field_value(query: str, start: int, match: "re.Match[str]") -> Lexeme:
    name, value = match[1].lower(), match.end()
    if name not in FIELDS:
        raise _unknown_field(query, match)
    following = query[value : value + 1]
    if not following or following.isspace() or following == ")":
        raise QueryError(
            f"{name}: has no value",
            query,
            start,
            value,
            f'put it directly after: {FIELDS[name].example}; the word itself is written "{name}"',
        )
    if following == "(":
        if not re.compile(_GLUED_GROUP).match(query, value):
            return Lexeme(Kind.OPEN, f"{name}:(", start, value + 1, name)
        glued = re.compile(_PARENTHESES).match(query, value)
        if glued:
            return _word(query, value, glued.end(), name, start)
    return _text(query, value, name, start)


def _unknown_field(query: str, match: "re.Match[str]") -> QueryError:
    near = right_name(match[1].lower())
    return QueryError(
        f"there is no field {shown(match[1])}:",
        query,
        match.start(),
        match.end(),
        f"did you mean {near}:?"
        if near
        else f"the fields are {', '.join(FIELDS)}; "
        "to search for the text itself, put it in quotation marks",
    )

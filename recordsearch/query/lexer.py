"""Cut a query into its parts: parentheses, phrases, words, operators and the names of fields.

The lexer knows where things stand and nothing of what they mean together.
"""

import re
from enum import Enum, auto
from typing import NamedTuple

from recordsearch.errors import QueryError
from recordsearch.query.fields import FIELDS, right_name

LONGEST_QUERY = 10_000

# Characters of the query that a message quotes at most.
_SHOWN = 60

_QUOTES = '"“”„‟＂'
_SPACE = re.compile(r"\s+")
_PHRASE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_CHUNK = re.compile(rf"[^\s(){_QUOTES}]+")
# The value of a field may go on so: `statute:6254(f)`, `file:report(1).pdf`. Compiled when needed,
# as every start would pay for it.
_PARENTHESES = rf"(?:\([^\s(){_QUOTES}]*\)[^\s(){_QUOTES}]*)+"
# A name directly followed by a value, or by nothing where the name is known. `10:30`, `http://x`,
# `C:\x` and `a::b` are no fields.
_FIELD = re.compile(r"([^\W\d_]+):(?!//)")
_VALUE_START = re.compile(rf"[\w{_QUOTES}<>=(]")
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
    END = auto()


class Lexeme(NamedTuple):
    """A part of a query, with its place in it (characters, half open).

    ``text`` is what stands between the quotes of a phrase, or the word as typed. ``field`` is the
    name in front of it, or empty.
    """

    kind: Kind
    text: str
    start: int
    end: int
    field: str = ""


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
            query,
            LONGEST_QUERY,
            len(query),
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
        return Lexeme(Kind.CLOSE, ")", start, start + 1)
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


def _text(query: str, start: int, field: str = "", field_start: int | None = None) -> Lexeme:
    """Read a phrase or a word at ``start``."""
    begin = start if field_start is None else field_start
    if query[start] in _QUOTES:
        phrase = _PHRASE.match(query, start)
        if not phrase:
            raise QueryError(
                "a quotation mark is not closed", query, start, len(query), 'close it with "'
            )
        end = phrase.end()
        if query[end : end + 1] in ("*", "~"):
            raise QueryError(
                f"{query[end]} cannot follow a phrase",
                query,
                end,
                end + 1,
                f"put {query[end]} directly after a word that is not in quotation marks",
            )
        return Lexeme(Kind.PHRASE, phrase[1], begin, end, field)
    chunk = _CHUNK.match(query, start)
    if chunk is None:  # pragma: no cover  # callers have excluded what a chunk cannot start with
        raise QueryError("this cannot be read", query, start, start + 1)
    if not field and chunk[0] in _OPERATORS:
        return Lexeme(Kind[chunk[0]], chunk[0], start, chunk.end())
    end = chunk.end()
    more = (
        re.compile(_PARENTHESES).match(query, end)
        if field and query[end : end + 1] == "("
        else None
    )
    end = more.end() if more else end
    return Lexeme(Kind.WORD, query[start:end], begin, end, field)


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
        raise QueryError(
            f"{name}: takes one value, not a group",
            query,
            start,
            value + 1,
            f"name the field for each value: ({name}:a OR {name}:b), "
            "or put the value in quotation marks",
        )
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

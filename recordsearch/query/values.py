"""Turn a word, a phrase or a field's value, as typed, into a leaf of the tree."""

import re

from recordsearch.errors import QueryError
from recordsearch.query.analysis import streams
from recordsearch.query.fields import CHOICE, DATE, FIELDS, PAGES, TYPES
from recordsearch.query.lexer import Kind, Lexeme, shown
from recordsearch.query.tree import (
    Fuzzy,
    InField,
    Node,
    PageRange,
    Phrase,
    Place,
    Prefix,
    Word,
    either,
)

SHORTEST_PREFIX = 2
# No document has more pages, and no engine's number is too small for it.
_LAST_PAGE = 999_999_999

_FUZZY = re.compile(r"(.*)~(\d*)", re.DOTALL)
_NUMBER = re.compile(r"0*(\d{1,9})", re.ASCII)
_BOUND = re.compile(r"(>=|<=|>|<)(\S+)")


def leaf(query: str, lexeme: Lexeme) -> Node | None:
    """Make the leaf that a lexeme stands for; None where it has nothing that can be searched for.

    :raises QueryError: the value cannot be understood.
    """
    place = (lexeme.start, lexeme.end)
    if lexeme.field:
        return _condition(query, lexeme, place)
    if lexeme.kind is Kind.PHRASE:
        return _phrase(lexeme.text, place)
    return _word(query, lexeme, place)


def _condition(query: str, lexeme: Lexeme, place: Place) -> Node:
    kind = FIELDS[lexeme.field].kind
    if kind == PAGES:
        return _pages(query, lexeme, place)
    if kind == DATE:
        # Only a query about dates pays for the import.
        from recordsearch.query.dates import sent

        return sent(query, lexeme, place)
    if kind == CHOICE:
        return _choice(query, lexeme, place)
    return _in_field(query, lexeme, place)


def _choice(query: str, lexeme: Lexeme, place: Place) -> InField:
    from difflib import get_close_matches

    typed = lexeme.text.strip().lower()
    chosen = TYPES.get(typed)
    if chosen is None:
        near = get_close_matches(typed, TYPES, 1)
        known = ", ".join(f"{lexeme.field}:{name}" for name in dict.fromkeys(TYPES.values()))
        raise QueryError(
            f"{lexeme.field}: cannot be {shown(typed) or 'empty'}",
            query,
            *place,
            f"did you mean {lexeme.field}:{near[0]}?" if near else f"use {known}",
        )
    return InField(lexeme.field, Word(chosen, place), place)


def _in_field(query: str, lexeme: Lexeme, place: Place) -> InField:
    if lexeme.kind is Kind.PHRASE:
        words = _tokens(lexeme.text)
        text: Node | None = Phrase(words, place) if words else None
    else:
        text = _word(query, lexeme, place)
    if text is None:
        raise QueryError(
            f"{lexeme.field}: has no letters or digits to look for", query, *place, "give it a word"
        )
    if not isinstance(text, Word | Phrase | Prefix):
        raise QueryError(
            f"{lexeme.field}: takes no ~", query, *place, 'use a word, a "phrase" or a beginning*'
        )
    return InField(lexeme.field, text, place)


def _phrase(text: str, place: Place) -> Node | None:
    analysed = streams(text)
    readings = [tuple(words.split()) for words in (analysed.exact, analysed.parted) if words]
    # A phrase pasted with a word broken at a line's end may mean either reading.
    return either(Phrase(words, place) for words in readings) if readings else None


def _word(query: str, lexeme: Lexeme, place: Place) -> Word | Phrase | Prefix | Fuzzy | None:
    text = lexeme.text
    fuzzy = _FUZZY.fullmatch(text)
    if "*" in text:
        return _prefix(query, text, place, lexeme.field)
    if fuzzy:
        return _fuzzy(query, fuzzy, place)
    words = _tokens(text)
    if not words:
        return None
    return Word(words[0], place) if len(words) == 1 else Phrase(words, place)


def _prefix(query: str, text: str, place: Place, field: str) -> Prefix:
    if text.index("*") < len(text) - 1 and len(text) > 1:
        raise QueryError(
            "* stands only at the end of a word",
            query,
            *place,
            "write the word's beginning: recog*",
        )
    words = _tokens(text)
    _one_word(query, "*", words, place, field)
    if len(words[0]) < SHORTEST_PREFIX:
        raise QueryError(
            f"{shown(text)} would stand for too many words",
            query,
            *place,
            f"give at least {SHORTEST_PREFIX} letters before *",
        )
    return Prefix(words[0], place)


def _fuzzy(query: str, match: "re.Match[str]", place: Place) -> Fuzzy:
    words = _tokens(match[1])
    _one_word(query, "~", words, place)
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


def _pages(query: str, lexeme: Lexeme, place: Place) -> PageRange:
    text = lexeme.text.strip()
    bound = _BOUND.fullmatch(text)
    low: int | None
    high: int | None
    if bound:
        number = _page(query, bound[2], place)
        low = {">": min(number + 1, _LAST_PAGE), ">=": number}.get(bound[1], 1)
        high = {"<": number - 1, "<=": number}.get(bound[1])
    elif ".." in text:
        first, last = text.split("..", 1)
        low, high = _page(query, first, place), _page(query, last, place)
        if low > high:
            raise QueryError(
                f"the range {low}..{high} runs backwards",
                query,
                *place,
                f"did you mean page:{high}..{low}?",
            )
    else:
        low = high = _page(query, text, place)
    if (high is not None and high < 1) or high == 0 or low == 0:
        raise QueryError("pages are numbered from 1", query, *place, "use page:1")
    return PageRange(low, high, place)


def _page(query: str, text: str, place: Place) -> int:
    number = _NUMBER.fullmatch(text)
    if number is None:
        raise QueryError(
            f"page: cannot be {shown(text) or 'empty'}",
            query,
            *place,
            "use a page, a range or a bound: page:3, page:3..7, page:>3, page:<=7",
        )
    return int(number[1])


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(streams(text).exact.split())

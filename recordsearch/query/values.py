"""Turn a word, a phrase or a field's value, as typed, into a leaf of the tree."""

import re

from recordsearch.errors import QueryError
from recordsearch.query.analysis import readings
from recordsearch.query.fields import CHOICE, CHOICES, DATE, FIELDS, PAGES, SCALE
from recordsearch.query.lexer import Kind, Lexeme, shown
from recordsearch.query.tree import (
    BatesRange,
    InField,
    Node,
    Phrase,
    Place,
    Text,
    Word,
    either,
)
from recordsearch.query.words import plain

MOST_NEAR = 16
"""Words that a phrase with a slop may have: each pair of them is looked for."""

# Choices that a message lists; of the languages there are too many.
_LISTED_CHOICES = 6

_SIGNS = re.compile(r"[*?~/]")


def leaf(query: str, lexeme: Lexeme) -> Node | None:
    """Make the leaf that a lexeme stands for; None where it has nothing that can be searched for.

    :raises QueryError: the value cannot be understood.
    """
    place = (lexeme.start, lexeme.end)
    if lexeme.field:
        return _condition(query, lexeme, place)
    if lexeme.kind is Kind.PHRASE:
        return _phrase(query, lexeme, place)
    if lexeme.kind is Kind.WORD and not _SIGNS.search(lexeme.text):
        # What is nearly always typed needs none of the other forms.
        return plain(lexeme.text, place)
    from recordsearch.query.forms import word

    return word(query, lexeme, place)


def _condition(query: str, lexeme: Lexeme, place: Place) -> Node:
    kind = FIELDS[lexeme.field].kind
    if kind in (PAGES, SCALE):
        # Only a query with numbers pays for the import, and only one about dates for the other.
        from recordsearch.query import numbers

        make = numbers.pages if kind == PAGES else numbers.confidence
        return make(query, lexeme, place)
    if kind == DATE:
        from recordsearch.query.dates import sent

        return sent(query, lexeme, place)
    if kind == CHOICE:
        return _choice(query, lexeme, place)
    if lexeme.field == "bates" and ".." in lexeme.text:
        return _bates_range(query, lexeme, place)
    return _in_field(query, lexeme, place)


def _choice(query: str, lexeme: Lexeme, place: Place) -> InField:
    choices = CHOICES[lexeme.field]
    typed = lexeme.text.strip().lower()
    chosen = choices.get(typed)
    if chosen is None:
        from difflib import get_close_matches

        near = get_close_matches(typed[:100], choices, 1)
        known = [f"{lexeme.field}:{name}" for name in dict.fromkeys(choices.values())]
        more = " …" if len(known) > _LISTED_CHOICES else ""
        raise QueryError(
            f"{lexeme.field}: cannot be {shown(typed) or 'empty'}",
            query,
            *place,
            f"did you mean {lexeme.field}:{near[0]}?"
            if near
            else f"use {', '.join(known[:_LISTED_CHOICES])}{more}",
        )
    return InField(lexeme.field, Word(chosen, place), place)


def _bates_range(query: str, lexeme: Lexeme, place: Place) -> BatesRange:
    from recordsearch.query.normal import bates_range

    first, last = lexeme.text.split("..", 1)
    ends = bates_range(first, last)
    if ends is None:
        raise QueryError(
            f"{shown(lexeme.text)} is no range of Bates numbers",
            query,
            *place,
            "give two numbers with the same prefix: bates:ACME-000100..ACME-000200",
        )
    if ends[0] > ends[1]:
        raise QueryError(
            f"the range {shown(lexeme.text)} runs backwards",
            query,
            *place,
            f"did you mean bates:{shown(last.strip())}..{shown(first.strip())}?",
        )
    return BatesRange(*ends, place)


def _in_field(query: str, lexeme: Lexeme, place: Place) -> InField:
    from recordsearch.query.normal import tokens

    text: Text | None
    if lexeme.kind is Kind.PHRASE:
        words = tokens(lexeme.field, lexeme.text)
        _check_near(query, lexeme, words, place)
        text = Phrase(words, lexeme.slop if len(words) > 1 else 0, place) if words else None
    elif lexeme.kind is Kind.WORD and lexeme.text.isalnum():
        words = tokens(lexeme.field, lexeme.text)
        text = None
        if words:
            text = Word(words[0], place) if len(words) == 1 else Phrase(words, 0, place)
    else:
        from recordsearch.query.forms import field_text

        text = field_text(query, lexeme, place)
    if text is None:
        raise QueryError(
            f"{lexeme.field}: has no letters or digits to look for", query, *place, "give it a word"
        )
    return InField(lexeme.field, text, place)


def _phrase(query: str, lexeme: Lexeme, place: Place) -> Node | None:
    # A phrase with a compound, or pasted with a word broken at a line's end, may mean any reading.
    found = readings(lexeme.text)
    for words in found:
        _check_near(query, lexeme, words, place)
    return (
        either(Phrase(words, lexeme.slop if len(words) > 1 else 0, place) for words in found)
        if found
        else None
    )


def _check_near(query: str, lexeme: Lexeme, words: tuple[str, ...], place: Place) -> None:
    if lexeme.slop and len(words) > MOST_NEAR:
        raise QueryError(
            f"too many words to be near each other: {len(words):,}, at most {MOST_NEAR}",
            query,
            *place,
            "leave ~ out, or give fewer words",
        )

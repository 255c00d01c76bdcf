"""The query language: parse a query into a tree, and write a tree back as a query.

    alternatives = sequence { "OR" sequence }
    sequence     = conjunction { conjunction }        all of them, or with ``any_word`` any of them
    conjunction  = negation { "AND" negation }
    negation     = [ "NOT" | "-" ] negation | operand [ "^" weight ]
    operand      = [ field: ] "(" alternatives ")" | [ field: ] ( word | "phrase" | /expression/ )

A tree is never deeper than the query allows, so engines may walk it without a guard of their own.
"""

from recordsearch.errors import QueryError
from recordsearch.query.lexer import Kind, Lexeme, lex, shown
from recordsearch.query.tree import (
    And,
    BatesRange,
    Boost,
    Confidence,
    InField,
    Node,
    Not,
    Numbered,
    Or,
    PageRange,
    Phrase,
    Regex,
    Sent,
    Wildcard,
    both,
    either,
)
from recordsearch.query.values import leaf

DEEPEST = 50
MOST_TERMS = 1_024
MOST_PATTERNS = 16
LEAST_WEIGHT, MOST_WEIGHT = 0.01, 100


def parse(query: str, any_word: bool = False) -> Node:
    """Parse ``query``. With ``any_word`` one of the words suffices, where no operator is written.

    Negations and fields stay required under ``any_word``: they narrow a search.

    :raises QueryError: the query cannot be understood; the error knows the place and the mend.
    """
    return _Parser(query, any_word).parse()


def write(tree: Node) -> str:
    """Write a tree in normal form as a query; parsed without ``any_word`` it is the same tree."""
    from recordsearch.query import writing  # few commands write a query

    return writing.write(tree)


class _Parser:
    """One parse; each method reads its rule from the lexemes at ``_at``.

    A method returns None where what it read has nothing that can be searched for, such as ``&``.
    """

    def __init__(self, query: str, any_word: bool) -> None:
        self._query = query
        self._any_word = any_word
        self._lexemes = lex(query)
        self._at = 0
        self._depth = 0
        self._terms = 0
        self._patterns = 0
        # The field in front of the group that is being read.
        self._field = ""

    def parse(self) -> Node:
        if self._now.kind is Kind.END:
            raise self._error("the query is empty", 0, len(self._query), "give a word to look for")
        tree = self._alternatives()
        if self._now.kind is Kind.CLOSE:
            raise self._unopened(self._now)
        if tree is None:
            raise self._nothing(0, len(self._query))
        return tree

    @property
    def _now(self) -> Lexeme:
        return self._lexemes[self._at]

    def _take(self) -> Lexeme:
        lexeme = self._lexemes[self._at]
        self._at += 1
        return lexeme

    def _alternatives(self) -> Node | None:
        start = self._now.start
        sides = [self._sequence()]
        while self._now.kind is Kind.OR:
            if sides[-1] is None:
                raise self._nothing(start, self._now.start)
            self._take()
            start = self._now.start
            sides.append(self._sequence())
        if len(sides) == 1:
            return sides[0]
        if sides[-1] is None:
            raise self._nothing(start, self._now.start)
        return either(side for side in sides if side is not None)

    def _sequence(self) -> Node | None:
        parts = [self._conjunction()]
        while self._now.kind not in (Kind.OR, Kind.CLOSE, Kind.END):
            parts.append(self._conjunction())
        found = [part for part in parts if part is not None]
        if not found:
            return None
        if not self._any_word:
            return both(found)
        narrowing = [part for part in found if _narrows(part)]
        sought = [part for part in found if not _narrows(part)]
        return both([*narrowing, either(sought)] if sought else narrowing)

    def _conjunction(self) -> Node | None:
        parts = [self._negation()]
        while self._now.kind is Kind.AND:
            self._take()
            parts.append(self._negation())
        found = [part for part in parts if part is not None]
        return both(found) if found else None

    def _negation(self) -> Node | None:
        lexeme = self._take()
        match lexeme.kind:
            case Kind.WORD | Kind.PHRASE | Kind.REGEX:
                return self._weighed(self._leaf(lexeme), lexeme)
            case Kind.NOT:
                self._deeper(lexeme)
                child = self._negation()
                self._depth -= 1
                if child is None:
                    raise self._nothing(lexeme.start, self._lexemes[self._at - 1].end)
                return Not(child)
            case Kind.OPEN:
                return self._group(lexeme)
            case _:
                raise self._misplaced(lexeme)

    def _group(self, opening: Lexeme) -> Node | None:
        self._deeper(opening)
        if self._now.kind is Kind.CLOSE:
            raise self._error(
                "nothing stands between the parentheses",
                opening.start,
                self._now.end,
                "remove them, or put words between them",
            )
        if self._now.kind is Kind.END:
            raise self._unclosed(opening)
        outside = self._field
        self._check_field(opening)
        self._field = opening.field or outside
        inside = self._alternatives()
        self._field = outside
        closing = self._take()
        if closing.kind is not Kind.CLOSE:
            raise self._unclosed(opening)
        self._depth -= 1
        return self._weighed(inside, closing)

    def _check_field(self, lexeme: Lexeme) -> None:
        if self._field and lexeme.field:
            raise self._error(
                f"{lexeme.field}: stands in a group of {self._field}:",
                lexeme.start,
                lexeme.end,
                f"close the group of {self._field}: before it",
            )

    def _weighed(self, node: Node | None, lexeme: Lexeme) -> Node | None:
        """Put the weight that is written behind ``lexeme`` on what was read."""
        if node is None or not lexeme.weight:
            return node
        weight = round(float(lexeme.weight), 4)
        if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
            start = lexeme.end - len(lexeme.weight) - 1
            raise self._error(
                f"{shown(self._query[start : lexeme.end])} is no weight",
                start,
                lexeme.end,
                f"use a number from {LEAST_WEIGHT} to {MOST_WEIGHT}: word^2",
            )
        return Boost(node, weight)

    def _leaf(self, lexeme: Lexeme) -> Node | None:
        self._check_field(lexeme)
        if self._field:
            lexeme = lexeme._replace(field=self._field)
        node = leaf(self._query, lexeme)
        self._terms += _terms(node)
        text = node.text if isinstance(node, InField) else node
        self._patterns += isinstance(text, Wildcard | Regex)
        if self._patterns > MOST_PATTERNS:
            raise self._error(
                f"the query has too many patterns with *, ? or /…/, at most {MOST_PATTERNS}",
                lexeme.start,
                lexeme.end,
                "split it into several queries",
            )
        if self._terms > MOST_TERMS:
            raise self._error(
                f"the query has too many words, at most {MOST_TERMS:,}",
                lexeme.start,
                len(self._query),
                "split it into several queries",
            )
        return node

    def _deeper(self, lexeme: Lexeme) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._error(
                f"parentheses and NOT are nested too deep, at most {DEEPEST} levels",
                lexeme.start,
                lexeme.end,
                "write the query with fewer of them",
            )

    def _error(self, message: str, start: int, end: int, mend: str) -> QueryError:
        return QueryError(message, self._query, start, end, mend)

    def _nothing(self, start: int, end: int) -> QueryError:
        return self._error(
            "nothing here can be searched for", start, end, "give a word with letters or digits"
        )

    def _unclosed(self, opening: Lexeme) -> QueryError:
        return self._error(
            "a parenthesis is not closed", opening.start, opening.end, "close it with )"
        )

    def _unopened(self, closing: Lexeme) -> QueryError:
        return self._error(
            "a parenthesis is closed that was not opened",
            closing.start,
            closing.end,
            "remove it, or put it in quotation marks",
        )

    def _misplaced(self, lexeme: Lexeme) -> QueryError:
        """Say what is missing where an operand should stand and ``lexeme`` does."""
        before = self._lexemes[self._at - 2] if self._at > 1 else None
        after_operator = before is not None and before.kind in (Kind.AND, Kind.OR, Kind.NOT)
        operator = before if before is not None and after_operator else lexeme
        side = "after" if after_operator else "before"
        if operator.kind is Kind.CLOSE:
            return self._unopened(operator)
        return self._error(
            f"{operator.text} has nothing {side} it",
            operator.start,
            operator.end,
            f'to search for the word itself, write "{operator.text.lower()}"'
            if operator.text != "-"
            else "put a word directly after it",
        )


def _narrows(node: Node) -> bool:
    """Tell whether a part narrows a search and finds nothing by itself."""
    match node:
        case Not() | InField() | Sent() | PageRange() | Confidence() | BatesRange() | Numbered():
            return True
        case Boost(child, _):
            return _narrows(child)
        case And(children) | Or(children):
            return all(map(_narrows, children))
    return False


def _terms(node: Node | None) -> int:
    match node:
        case None:
            return 0
        case Phrase(words) | InField(_, Phrase(words)):
            return len(words)
        case Or(children):
            return sum(map(_terms, children))
    return 1

"""Compile a plan into a query of tantivy's; see ``tantivy_engine.py`` for what is guarded."""

import tantivy
from tantivy import Occur, Query

from recordsearch.engines.index_fields import COUNTED, EXACT, FIRST_PAGE, LAST_PAGE, PASSAGE
from recordsearch.engines.lowering import (
    Alike,
    All,
    Either,
    Everything,
    Near,
    OneOf,
    Pages,
    Plan,
    Sequence,
    Terms,
    These,
    Together,
    Within,
)
from recordsearch.query.analysis import APART

# Of longer patterns the library takes half a second to find out that a table is too large.
_MOST_STATES = 40
# Patterns of a query that the library may find that out of.
_MOST_REFUSED = 2


class Compiler:
    """Compiles an expanded plan into a query of tantivy's."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        # The library takes up to some tenths of a second to make one.
        self._patterns: dict[tuple[str, str], Query] = {}
        self._refused = 0

    def compile(self, plan: Plan) -> Query:
        """Compile a plan.

        :raises TypeError: it is not expanded.
        """
        match plan:
            case Terms(terms):
                return _any(
                    [_weighted(self._term(field, text), weight) for field, text, weight in terms]
                )
            case Sequence() | Together():
                return _any(
                    [_weighted(self._places(plan, field), weight) for field, weight in plan.fields]
                )
            case OneOf(texts, fields, weight):
                sets = [Query.term_set_query(self._schema, field, texts) for field in fields]
                return Query.const_score_query(_any(sets), weight)
            case Near(text, distance, fields, weight):
                near = [
                    Query.fuzzy_term_query(self._schema, field, text, distance) for field in fields
                ]
                return Query.const_score_query(_any(near), weight)
            case Alike(_, _, fields, weight):
                alike = [self._alike(plan, field) for field in fields]
                return Query.const_score_query(_any(alike), weight)
            case Either(plans):
                return _any([self.compile(one) for one in plans])
            case All(required, excluded, preferred):
                return Query.boolean_query(
                    [(Occur.Must, self.compile(one)) for one in required]
                    + [(Occur.MustNot, self.compile(one)) for one in excluded]
                    + [(Occur.Should, self.compile(one)) for one in preferred]
                )
            case Pages() | Within() | These() | Everything():
                return Query.const_score_query(self._among(plan), 0.0)
        raise TypeError(f"not expanded: {plan}")

    def _term(self, field: str, text: str) -> Query:
        option = "freq" if field in COUNTED else "position"
        return Query.term_query(self._schema, field, text, option)

    def knows(self, pattern: Alike) -> bool:
        """Tell whether the library takes a pattern: of each it makes a table of limited size."""
        from recordsearch.query.patterns import size

        if self._refused == _MOST_REFUSED or size(pattern.pattern) > _MOST_STATES:
            return False
        try:
            self._alike(pattern, EXACT)
        except ValueError:
            self._refused += 1
            return False
        return True

    def _alike(self, plan: Alike, field: str) -> Query:
        from recordsearch.query.patterns import as_rust

        key = (field, as_rust(plan.pattern, never=APART[0]))
        if key not in self._patterns:
            self._patterns[key] = Query.regex_query(self._schema, *key)
        return self._patterns[key]

    def _places(self, plan: Sequence | Together, field: str) -> Query:
        if isinstance(plan, Sequence):
            return Query.phrase_query(self._schema, field, list(plan.words))
        pairs = [self._pair(*pair, plan.distance, field) for pair in plan.pairs()]
        if len(pairs) == 1:
            return pairs[0]
        # Each word stands in as many pairs as there are other words.
        return Query.boost_query(
            Query.boolean_query([(Occur.Must, pair) for pair in pairs]), 1 / (len(plan.words) - 1)
        )

    def _pair(self, one: str, other: str, distance: int, field: str) -> Query:
        """Look for two words at most ``distance`` apart, the one pair that the library can tell.

        Of three words and more, and of a word twice, what it finds with a slop follows no rule.
        """
        if one != other:
            places: list[tuple[int, str]] = [(0, one), (0, other)]
            return Query.phrase_query(self._schema, field, list(places), distance)
        return _any(
            [
                Query.phrase_query(self._schema, field, [(0, one), (apart, one)])
                for apart in range(1, distance + 1)
            ]
        )

    def _among(self, plan: Pages | Within | These | Everything) -> Query:
        match plan:
            case Pages(low, high):
                return self._pages(low, high)
            case Within(field, low, high):
                return self._within(field, low, high)
            case These(passages):
                return Query.term_set_query(self._schema, PASSAGE, list(passages))
        return Query.all_query()

    def _pages(self, low: int, high: int | None) -> Query:
        after = self._within(LAST_PAGE, low, None)
        if high is None:
            return after
        before = self._within(FIRST_PAGE, None, high)
        return Query.boolean_query([(Occur.Must, before), (Occur.Must, after)])

    def _within(self, field: str, low: int | None, high: int | None) -> Query:
        kind = tantivy.FieldType.Integer
        return Query.range_query(self._schema, field, kind, lower_bound=low, upper_bound=high)


def _weighted(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight) if weight else Query.const_score_query(query, 0.0)


def _any(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])

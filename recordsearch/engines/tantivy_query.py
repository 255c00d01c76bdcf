"""Compile a plan into a query of tantivy's; see ``tantivy_engine.py`` for what is guarded."""

import tantivy
from tantivy import Occur, Query

from recordsearch.engines.index_fields import (
    FIRST_PAGE,
    LAST_PAGE,
    SENT,
    STEMMED,
)
from recordsearch.engines.lowering import (
    All,
    Days,
    Either,
    Everything,
    Near,
    OneOf,
    Pages,
    Plan,
    Sequence,
    Terms,
)


class Compiler:
    """Compiles a plan, in which prefixes are expanded, into a query of tantivy's."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def compile(self, plan: Plan) -> Query:
        """Compile a plan.

        :raises TypeError: a prefix in it was not expanded.
        """
        match plan:
            case Terms(terms):
                return _any(
                    [_weighted(self._term(field, text), weight) for field, text, weight in terms]
                )
            case Sequence(words, fields):
                return _any(
                    [
                        _weighted(Query.phrase_query(self._schema, field, list(words)), weight)
                        for field, weight in fields
                    ]
                )
            case OneOf(texts, fields, weight):
                sets = [Query.term_set_query(self._schema, field, texts) for field in fields]
                return Query.const_score_query(_any(sets), weight)
            case Near(text, distance, fields, weight):
                near = [
                    Query.fuzzy_term_query(self._schema, field, text, distance) for field in fields
                ]
                return Query.const_score_query(_any(near), weight)
            case Pages(low, high):
                return Query.const_score_query(self._pages(low, high), 0.0)
            case Days(low, high):
                return Query.const_score_query(self._within(SENT, low, high), 0.0)
            case Everything():
                return Query.const_score_query(Query.all_query(), 0.0)
            case Either(plans):
                return _any([self.compile(one) for one in plans])
            case All(required, excluded):
                return Query.boolean_query(
                    [(Occur.Must, self.compile(one)) for one in required]
                    + [(Occur.MustNot, self.compile(one)) for one in excluded]
                )
        raise TypeError(f"not expanded: {plan}")

    def _term(self, field: str, text: str) -> Query:
        option = "freq" if field == STEMMED else "position"
        return Query.term_query(self._schema, field, text, option)

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

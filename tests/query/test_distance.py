"""The one rule for fuzzy words."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.query.distance import within

WORDS = st.text(alphabet="abc字", max_size=7)


@cache
def edits(first, second):
    """Optimal string alignment, straight from its definition."""
    if not first or not second:
        return len(first) + len(second)
    best = min(
        edits(first[:-1], second) + 1,
        edits(first, second[:-1]) + 1,
        edits(first[:-1], second[:-1]) + (first[-1] != second[-1]),
    )
    if len(first) > 1 and len(second) > 1 and first[-2:] == second[-2:][::-1]:
        best = min(best, edits(first[:-2], second[:-2]) + 1)
    return best


@given(WORDS, WORDS, st.integers(0, 3))
def test_within_follows_the_definition(first, second, limit):
    assert within(first, second, limit) == (edits(first, second) <= limit)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("receive", "recieve", 1),
        ("word", "word", 0),
        ("word", "words", 1),
        ("word", "wrd", 1),
        ("word", "ward", 1),
        ("ca", "abc", 3),
        ("", "ab", 2),
    ],
)
def test_examples(first, second, distance):
    assert within(first, second, distance)
    assert within(second, first, distance)
    assert not within(first, second, distance - 1)

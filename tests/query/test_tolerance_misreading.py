"""How likely OCR reads one word as another."""

from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.query.confusions import CONFUSIONS, REPLACED
from recordsearch.query.misreading import Misreadings, is_fair


def costs_of(word: str, limit: float = 30.0, most: int = 5_000) -> dict[str, float]:
    """Return the least cost of each misreading."""
    costs: dict[str, float] = {}
    for read, cost in Misreadings(word).likeliest(limit, most):
        costs[read] = min(cost, costs.get(read, limit))
    return costs


@pytest.mark.parametrize(
    ("word", "likely", "unlikely"),
    [
        ("modern", "modem", "modexx"),
        ("council", "councii", "councix"),
        ("evidence", "evidenee", "evidenze"),
        ("camera", "carnera", "cakkera"),
    ],
)
def test_what_looks_alike_costs_less(word: str, likely: str, unlikely: str) -> None:
    costs = costs_of(word)
    assert costs[likely] < costs.get(unlikely, 30.0)


def test_the_likeliest_listed_misreadings_come_first() -> None:
    listed = [cost for _, cost in islice(Misreadings("modernisation").likeliest(12.0, 200), 100)]
    assert all(one <= two + 1e-9 for one, two in pairwise(listed))
    assert max(listed) <= 12.0


def test_an_edit_that_is_not_listed_is_tried_alone() -> None:
    assert costs_of("harbor", 20.0, 0)["hazbor"] == REPLACED


def test_nothing_dearer_than_the_limit_is_tried() -> None:
    assert list(Misreadings("harbor").likeliest(0.5, 1_000)) == []


def test_no_letter_is_read_twice() -> None:
    # "rn" may be read as m, and "n" as m; together they would read the n twice.
    assert "mm" not in costs_of("rn", 12.0)
    assert costs_of("rn")["m"] < REPLACED


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_no_digit_is_read_as_another_lost_or_added(number: str) -> None:
    for read, _ in Misreadings(number).likeliest(40.0, 500):
        assert len(read) == len(number)
        assert all(a == b or not b.isdigit() for a, b in zip(number, read, strict=True))


@given(st.text(max_size=50), st.integers(0, 300))
def test_any_word_has_misreadings_within_bounds(word: str, most: int) -> None:
    found = list(Misreadings(word).likeliest(30.0, most))
    assert len(found) <= most + 70 * (len(word) + 1)


def test_the_table_holds_what_is_fair_and_costs_something() -> None:
    assert all(cost > 0 for _, _, cost in CONFUSIONS)
    assert all(is_fair(truth, seen) for truth, seen, _ in CONFUSIONS)
    assert {("rn", "m"), ("l", "i"), ("c", "e")} <= {entry[:2] for entry in CONFUSIONS}

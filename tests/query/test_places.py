"""A document that lies at several places is cited by the one that the query speaks of."""

import pytest

from recordsearch.query.language import parse
from recordsearch.query.places import cited_place

PLACES = (
    ("harbor", "box 1/memo.pdf"),
    ("harbor", "coalition letter/final.pdf"),
    ("foia 2018", "letter of the coalition.pdf"),
)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("camera", 0),
        ("camera file:final", 1),
        ('camera file:"coalition letter"', 1),
        ("camera file:coal*", 1),
        ("camera release:foia", 2),
        ("camera file:letter release:foia", 2),
        ("camera -file:memo", 0),
        ("camera from:final subject:foia", 0),
        ("camera file:nowhere", 0),
        ("(camera OR file:final) page:1", 1),
    ],
)
def test_the_place_that_fits_best(query: str, place: int) -> None:
    assert cited_place(parse(query), PLACES) == PLACES[place]

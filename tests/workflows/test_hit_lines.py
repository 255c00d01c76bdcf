"""Hits that another command printed can be named on the standard input."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.errors import UsageError
from recordsearch.workflows.hit_lines import hits_from


def test_names_and_objects() -> None:
    lines = [
        "3:2\n",
        "\n",
        json.dumps({"rank": 1, "passage": 17, "document": 3, "first_page": 2, "last_page": 2}),
        json.dumps({"document": 3, "first_page": 2, "last_page": 4, "passage": None}),
        json.dumps({"hit": "p4", "passage": 9}),
        json.dumps({"document": 5}),
        json.dumps({"facets": {}}),
        "reports/letter.pdf:1",
    ]
    assert list(hits_from(lines)) == ["3:2", "p17", "3:2-4", "p4", "5", "reports/letter.pdf:1"]


@pytest.mark.parametrize(
    "line", ['{"rank": 1}', '{"passage": true}', '{"document": -1}', "{", "{" + "[" * 100_000]
)
def test_a_line_that_names_no_hit_is_told_by_its_number(line: str) -> None:
    with pytest.raises(UsageError, match="line 2 of the standard input"):
        list(hits_from(["1:1", line]))


@given(st.lists(st.text()))
def test_any_lines_give_names_or_one_clear_error(lines: list[str]) -> None:
    try:
        hits = list(hits_from(lines))
    except UsageError:
        return
    assert all(hits)

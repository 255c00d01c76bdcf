"""What is taken for a document's title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.catalogue.titles import title_of

BODY = "The clerk has asked for an account of the camera programme. " * 10


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Camera Programme\n\n{BODY}", "Camera Programme"),
        (f"\n\n  Camera Programme\n  of the City\n\n{BODY}", "Camera Programme\n  of the City"),
        (f"Camera Programme\n{BODY}", "Camera Programme"),
        (f"Camera Programme\f{BODY}", "Camera Programme"),
        (BODY, ""),
        ("Camera Programme", ""),
        (f"- 3 -\n\n{BODY}", ""),
        ("", ""),
    ],
)
def test_a_short_beginning_is_the_title(text: str, title: str) -> None:
    assert title_of(text) == title


@given(st.text())
def test_a_title_is_a_part_of_the_text_and_short(text: str) -> None:
    title = title_of(text)
    assert title in text
    assert len(title) <= 2_000


def test_a_line_without_end_takes_no_time() -> None:
    assert title_of("\n" * 1_000 + "x " * 5_000_000) == ""

"""Nothing out of a document can steer a terminal."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.present.safe import safe, safe_line, safe_parts

anything = st.text(alphabet=st.characters(exclude_categories=()), max_size=200)


@given(anything)
def test_no_control_or_invisible_character_is_left(text: str) -> None:
    for char in safe(text):
        assert char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"), hex(ord(char))
        assert unicodedata.bidirectional(char) not in (
            "RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI",
        )  # fmt: skip


@given(anything)
def test_a_line_stays_a_line(text: str) -> None:
    assert len(safe_line(text).splitlines()) <= 1


@given(st.text(max_size=100), st.integers(0, 100), st.integers(0, 100))
def test_parts_together_are_the_whole(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    parts = safe_parts(text, ((start, end),))
    assert "".join(part for part, matched in parts if matched) == safe(text[start:end])


def test_escapes_are_shown() -> None:
    assert safe("a\x1b[31mb") == "a\\x1b[31mb"
    assert safe("a\u202eb") == "a\\u202eb"
    assert safe_line("a\nb") == "a\\nb"


def test_a_tower_of_marks_is_cut() -> None:
    assert len(safe("e" + "\u0301" * 5000)) <= 5

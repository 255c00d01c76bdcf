"""Pages of two versions are aligned in order, whatever was put in, taken out or changed."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st

from recordsearch.understand.differing import DifferenceKind
from recordsearch.workflows.compare_pages import PageKind, align, changes
from recordsearch.workflows.compare_words import (
    PageWords,
    likeness,
    page_words,
    sketch_of,
    sketches_likeness,
    without_stamps,
    words_of,
)


def pages(texts: list[str], bates: list[str] | None = None) -> list[PageWords]:
    numbers = bates or [""] * len(texts)
    return [
        page_words(number, text, stamp)
        for number, (text, stamp) in enumerate(zip(texts, numbers, strict=True), 1)
    ]


def made(count: int, seed: int = 1, words: int = 60) -> list[str]:
    drawn = random.Random(seed)
    vocabulary = [f"w{number}" for number in range(2_000)]
    return [" ".join(drawn.choices(vocabulary, k=words)) for _ in range(count)]


def with_slips(text: str, share: float, seed: int) -> str:
    drawn = random.Random(seed)
    return " ".join(word if drawn.random() > share else word + "x" for word in text.split())


def test_pages_that_were_put_in_and_taken_out() -> None:
    one = made(30)
    other = [*one[:5], *made(4, seed=2), *one[5:12], *one[15:]]
    found = changes(pages(one), pages(other))
    assert [page.other for page in found if page.kind is PageKind.ADDED] == [6, 7, 8, 9]
    assert [page.first for page in found if page.kind is PageKind.REMOVED] == [13, 14, 15]
    assert len(found) == 7


def test_thousands_of_pages_that_all_changed_a_little() -> None:
    one = made(3_000)
    other = [with_slips(text, 0.15, place) for place, text in enumerate(one)]
    del other[1_000:1_200]
    aligned = dict(align(pages(one), pages(other)))
    right = sum(
        aligned.get(place) == (place if place < 1_000 else place - 200)
        for place in range(3_000)
        if not 1_000 <= place < 1_200
    )
    assert right >= 2_790
    assert sum(1_000 <= place < 1_200 for place in aligned) <= 10


def test_thousands_of_blank_and_equal_pages() -> None:
    assert changes(pages([""] * 5_000), pages([""] * 5_000)) == []
    found = changes(pages(["the same form"] * 5_000), pages(["the same form"] * 4_990))
    assert [page.kind for page in found] == [PageKind.REMOVED] * 10


def test_a_page_that_is_withheld_as_a_whole() -> None:
    one = made(3)
    found = changes(pages(one), pages([one[0], "[REDACTED]", one[2]]))
    (page,) = found
    assert (page.kind, page.first, page.other) == (PageKind.CHANGED, 2, 2)
    assert page.differences[0].kind is DifferenceKind.REDACTED
    assert page.differs > 0.9


def test_bates_numbers_hold_pages_together() -> None:
    one = made(4)
    stamps = [f"HARBOR-{number:06}" for number in range(1, 5)]
    withheld = ["(b)(5)", "(b)(5)"]
    found = changes(pages(one, stamps), pages(withheld, [stamps[1], stamps[3]]))
    assert [(page.kind, page.first, page.other) for page in found] == [
        (PageKind.REMOVED, 1, None),
        (PageKind.CHANGED, 2, 1),
        (PageKind.REMOVED, 3, None),
        (PageKind.CHANGED, 4, 2),
    ]


def test_a_mark_among_words_that_changed_too_is_a_redaction() -> None:
    before = "It was said by Jane Roe of the harbor office that the price was too high by far."
    after = "It is claimed by (b)(6) from that bureau that the price was too high by far."
    (page,) = changes(pages([before]), pages([after]))
    assert page.count(DifferenceKind.REDACTED) == 1
    (page,) = changes(pages([after]), pages([before]))
    assert page.count(DifferenceKind.DISCLOSED) == 1


def test_a_figure_on_a_line_of_its_own_is_text_and_a_page_number_is_not() -> None:
    table = "Budget\nCameras\n18400\nTraining\n2100\nAll\n20500\n- 7 -"
    assert "18400" in without_stamps(table)
    assert "- 7 -" not in without_stamps(table)
    assert changes(pages([table]), pages([table.replace("- 7 -", "- 8 -")])) == []
    assert len(changes(pages([table]), pages([table.replace("18400", "19400")]))) == 1


def test_likeness_of_texts() -> None:
    one, other = made(2, words=400)
    size = 96
    sketches = [sketch_of(words_of(text), size) for text in (one, with_slips(one, 0.05, 3), other)]
    assert sketches_likeness(sketches[0], sketches[0], size) == 1
    assert sketches_likeness(sketches[0], sketches[1], size) > 0.6
    assert sketches_likeness(sketches[0], sketches[2], size) < 0.1
    assert sketches_likeness((), (), size) == 0
    assert likeness([], []) == 1
    assert likeness(["a", "a"], ["a"]) == 2 / 3


few = st.lists(
    st.sampled_from(["", "one page", "two pages of text", "(b)(6)", "█████", *made(4)]), max_size=12
)


@given(few, few)
def test_every_page_is_told_once_or_the_same(one: list[str], other: list[str]) -> None:
    first, second = pages(one), pages(other)
    pairs = align(first, second)
    assert pairs == sorted(set(pairs))
    assert all(a < c and b < d for (a, b), (c, d) in itertools.pairwise(pairs))
    found = changes(first, second)
    equal = sum(first[a].key == second[b].key for a, b in pairs)
    changed = sum(page.kind is PageKind.CHANGED for page in found)
    removed = sum(page.kind is PageKind.REMOVED for page in found)
    added = sum(page.kind is PageKind.ADDED for page in found)
    assert equal + changed + removed == len(one)
    assert equal + changed + added == len(other)
    assert all(0 <= page.differs <= 1 for page in found)


@given(st.lists(st.text(max_size=60), max_size=5), st.lists(st.text(max_size=60), max_size=5))
def test_any_text_can_be_compared(one: list[str], other: list[str]) -> None:
    changes(pages(one), pages(other))
    assert changes(pages(one), pages(one)) == []

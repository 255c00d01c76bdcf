"""Bates numbers: found where they run on from page to page, and never invented."""

from recordsearch.understand.bates import find_bates


def page(*foot: str) -> str:
    return "\n".join(["From: a person", "Subject: the pilot", *["text of the message"] * 20, *foot])


def test_a_run_over_the_pages_is_found() -> None:
    pages = [page(f"HBPD-{number:06}") for number in range(98, 103)]
    assert find_bates(pages) == [f"HBPD-{number:06}" for number in range(98, 103)]


def test_other_numbers_at_the_edge_are_not_taken() -> None:
    pages = [
        page("ZIP 20500", f"Case 2017-04411 Page {number}", f"ABC_DEF 000{number}")
        for number in range(10, 14)
    ]
    assert find_bates(pages) == [f"ABC_DEF 000{number}" for number in range(10, 14)]


def test_a_page_without_a_stamp_has_no_number() -> None:
    pages = [page("REL0000041"), page(), page("REL0000043")]
    assert find_bates(pages) == ["REL0000041", "", "REL0000043"]


def test_a_stamp_that_ocr_damaged_is_not_mended() -> None:
    pages = [page("REL0000041"), page("REL00OOO42"), page("REL0000043")]
    assert find_bates(pages)[1] == ""


def test_blanks_that_ocr_put_between_digits_are_taken_out() -> None:
    pages = [page("QHPD-0001 10"), page("QHPD-0001 1 1"), page("QHPD-000112")]
    assert find_bates(pages) == ["QHPD-000110", "QHPD-000111", "QHPD-000112"]


def test_numbers_that_do_not_run_on_are_no_stamps() -> None:
    assert find_bates([page("INV-10045"), page("INV-20981"), page("INV-30007")]) == ["", "", ""]


def test_a_single_page_needs_a_shape_like_no_other() -> None:
    assert find_bates([page("NIH-001234")]) == ["NIH-001234"]
    assert find_bates([page("DC 20500")]) == [""]
    assert find_bates([page("October 2017")]) == [""]


def test_a_number_in_the_middle_of_a_page_is_text() -> None:
    middle = "\n".join(["line"] * 20 + ["HBPD-000101"] + ["line"] * 20)
    assert find_bates([middle]) == [""]


def test_hostile_lines_are_bounded() -> None:
    assert find_bates(["A" * 5_000_000, "A-" * 1_000_000]) == ["", ""]

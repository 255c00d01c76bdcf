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


def test_a_page_with_several_stamps_of_one_series_has_no_number() -> None:
    stamped = ["\n".join(["text", f"HBPD-{number:06}"] * 1) for number in range(101, 141)]
    pages = ["\n".join(stamped[start : start + 10]) for start in range(0, 40, 10)]
    assert find_bates(pages) == ["", "", "", ""]
    assert find_bates(["\n".join(stamped)]) == [""]


def test_a_list_of_numbers_on_a_page_does_not_take_its_own_from_it() -> None:
    index = "\n".join(f"HBPD-{number:06}" for number in range(200, 240))
    pages = [page("HBPD-000101"), f"{index}\nHBPD-000102", page("HBPD-000103")]
    assert find_bates(pages) == ["HBPD-000101", "HBPD-000102", "HBPD-000103"]


def test_a_series_with_pages_left_out_is_found() -> None:
    numbers = [101, 102, 103, 104, 109, 120, 121, 122, 140]
    pages = [page(f"HBPD-{number:06}") for number in numbers]
    assert find_bates(pages) == [f"HBPD-{number:06}" for number in numbers]


def test_a_number_that_falls_out_of_a_series_is_not_taken() -> None:
    feet = ["HBPD-000101", "HBPD-000102", "HBPD-000103", "HBPD-000104", "HBPD-000042"]
    assert find_bates([page(foot) for foot in feet])[-1] == ""
    feet[-1] = "see HBPD-000142"
    assert find_bates([page(foot) for foot in feet])[-1] == ""

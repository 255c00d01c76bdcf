"""What does it cost to look for values, mentions and boilerplate on a page?

    python tests/benchmarks/bench_values.py [--corpus ../shared/corpus] [--runs 7]

Milliseconds a page of 3,000 characters, the best of the runs: a page of prose with none, one with
figures that are not values, one full of values, and the text of the released e-mails.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from recordsearch.understand import (
    value_case,
    value_internet,
    value_money,
    value_phone,
    value_statute,
)
from recordsearch.understand.value_shapes import Finder
from recordsearch.understand.values import find_values

PAGE = 3_000
PLAIN = (
    "The committee asked how long the recordings are kept and who may look at them. The chief "
    "answered that a written policy was being drafted, and that no one outside had access. "
)
FIGURES = (
    "On March 6, 2017 at 9:53 the board met in Building 31, Room 7A03, with 14 members and 2 "
    "guests; 3,120 scans were made in 2016, 45% of them at night (see page 12). "
    "The Code of Conduct says how, and two notices to the staff repeat what it says. "
)
FULL = (
    "Write to jane.roe@harborcity.gov or call (202) 555-0134 x12; see "
    "https://www.harborcity.gov/x. It cost $18,400, case 1:17-cv-01234-ABC, "
    "withheld under 5 U.S.C. § 552(b)(6) and Cal. Gov. "
    "Code § 6254(f), Case No. F-2014-20439. "
)
FINDERS = {
    "email": value_internet.find_emails,
    "url": value_internet.find_urls,
    "phone": value_phone.find_phones,
    "money": value_money.find_money,
    "case": value_case.find_cases,
    "statute": value_statute.find_statutes,
}


def page_of(sentence: str) -> str:
    """Fill a page with the sentence, in lines of some 90 characters."""
    words = (sentence * (PAGE // len(sentence) + 1))[:PAGE].split(" ")
    lines = [" ".join(words[i : i + 15]) for i in range(0, len(words), 15)]
    return "\n".join(lines)


def milliseconds(work: Callable[[str], object], pages: list[str], runs: int) -> float:
    """Return the least time of one page, in milliseconds."""
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        for page in pages:
            work(page)
        best = min(best, time.perf_counter() - start)
    return best * 1000 / len(pages)


def exhaust(finder: Finder) -> Callable[[str], object]:
    """Return a function that runs a finder to its end."""
    return lambda page: list(finder(page))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    sets = {name: [page_of(text)] * 20 for name, text in
            {"plain": PLAIN, "figures": FIGURES, "full": FULL}.items()}  # fmt: skip
    released = options.corpus / "2_email" / "fauci_dev" / "fauci_dev_ocr.txt"
    if released.exists():
        text = released.read_text(encoding="utf-8")
        sets["e-mails"] = [text[start : start + PAGE] for start in range(0, len(text), PAGE)]
    print(f"{'':10}{'all':>8}" + "".join(f"{name:>9}" for name in FINDERS) + "   found a page")
    for name, pages in sets.items():
        whole = milliseconds(lambda page: find_values([page]), pages, options.runs)
        parts = [milliseconds(exhaust(finder), pages, options.runs) for finder in FINDERS.values()]
        kinds = Counter(value.kind for value in find_values(pages))
        found = ", ".join(f"{kind} {count / len(pages):.1f}" for kind, count in kinds.items())
        print(f"{name:10}{whole:8.3f}" + "".join(f"{part:9.3f}" for part in parts) + f"   {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

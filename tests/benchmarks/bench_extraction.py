"""How fast, and how right, is the text of born-digital PDFs, beside pdftotext and pdfplumber?

    python tests/benchmarks/bench_extraction.py [--corpus ../shared/corpus] [--runs 3] [--pages]

Extraction runs as ``index`` runs it with OCR off: text, all signals for OCR and layout, and the
choice of path, on one core. A file counts as born digital when no page of it is poor without OCR
and pictures take over half of no page. The three programs take turns file by file, and the ratios
are of the sums in one run, pdfplumber's over its share of pages. ``--pages`` lists every page that
was not read on the fast path or is not good, with the reason.
"""

import argparse
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from word_score import common, f1, words

from recordsearch.errors import UnreadableError
from recordsearch.extract import read_pages
from recordsearch.extract.pdf_file import close_pdf, open_pdf
from recordsearch.extract.pdf_text import PdfPage
from recordsearch.records import MediaType, OcrMode, Page, ReadOptions

PLUMBER_TARGET = 25.0
PDFTOTEXT_TARGET = 1.0
F1_TARGET = 0.985
LAYOUT_TARGET = 0.01
PLUMBER_PAGES = 3
NEVER = ReadOptions(ocr=OcrMode.NEVER)


def ours(path: Path) -> list[Page]:
    """Read all pages, the document not open beforehand."""
    close_pdf()
    return list(read_pages(str(path), MediaType.PDF, 1, 1_000_000, NEVER))


def pdftotext(path: Path) -> str:
    """Read all pages by pdftotext."""
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")


def pdfplumber_pages(path: Path) -> int:
    """Read the first pages by pdfplumber's own extract_text; return how many."""
    import pdfplumber

    try:
        with pdfplumber.open(path) as document:
            pages = document.pages[:PLUMBER_PAGES]
            for page in pages:
                page.extract_text()
                page.close()
            return len(pages)
    except Exception as error:
        print(f"  pdfplumber failed on {path.name}: {type(error).__name__}")
        return 0


def is_born_digital(path: Path, pages: list[Page]) -> bool:
    """Tell whether a file's text was never a picture."""
    if any(page.poor for page in pages) or not any(page.text for page in pages):
        return False
    opened = open_pdf(str(path))
    for number in range(1, opened.pages + 1):
        with PdfPage(opened, number) as page:
            if page.picture_share() > 0.5:
                return False
    return True


def list_pages(path: Path, pages: list[Page]) -> None:
    """Print the pages that were not plain."""
    for page in pages:
        if page.reason != "good text layer":
            print(
                f"  {path.name} p. {page.number}: {page.adapter.name}, {page.method}: {page.reason}"
            )


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pages", action="store_true")
    options = parser.parse_args()
    folder = options.corpus / "1_records_pdf"
    if not folder.is_dir():
        print(f"{folder} is absent: nothing was measured")
        return 1
    if not shutil.which("pdftotext"):
        print("pdftotext is absent: install Poppler's tools; nothing was measured")
        return 1
    files = []
    layout = total = 0
    for path in sorted(folder.rglob("*.pdf")):
        try:
            pages = ours(path)
        except UnreadableError as error:
            print(f"  left out: {path.name}: {error.message}")
            continue
        if options.pages:
            list_pages(path, pages)
        if is_born_digital(path, pages):
            files.append(path)
            total += len(pages)
            layout += sum(page.adapter.name == "pdfplumber" for page in pages)
    seconds: Counter[str] = Counter()
    shared = mine = theirs = plumbed = 0
    for run in range(options.runs):
        for path in files:
            started = time.perf_counter()
            pages = ours(path)
            seconds["ours"] += time.perf_counter() - started
            started = time.perf_counter()
            reference = pdftotext(path)
            seconds["pdftotext"] += time.perf_counter() - started
            if not run:
                started = time.perf_counter()
                plumbed += pdfplumber_pages(path)
                seconds["pdfplumber"] += time.perf_counter() - started
                one, other = words("\n".join(page.text for page in pages)), words(reference)
                shared += common(one, other)
                mine += one.total()
                theirs += other.total()
    speed = options.runs * total / seconds["ours"]
    beside_pdftotext = seconds["pdftotext"] / seconds["ours"]
    beside_pdfplumber = speed * seconds["pdfplumber"] / max(1, plumbed)
    score = f1(shared, mine, theirs)
    print(f"{len(files)} born-digital files, {total} pages, {options.runs} runs, one core")
    rows = [
        ("pages a second", speed, None),
        ("times pdftotext's speed", beside_pdftotext, PDFTOTEXT_TARGET),
        ("times pdfplumber's speed", beside_pdfplumber, PLUMBER_TARGET),
        ("word F1 against pdftotext", score, F1_TARGET),
    ]
    missed = layout > LAYOUT_TARGET * total
    print(
        f"{'pages read by pdfplumber':28}{layout:10d}  target at most {LAYOUT_TARGET:.0%}"
        f"{'  MISSED' if missed else ''}"
    )
    for name, value, target in rows:
        short = target is not None and value < target
        missed = missed or short
        wanted = f"  target {target:g}" if target is not None else ""
        print(f"{name:28}{value:10.3f}{wanted}{'  MISSED' if short else ''}")
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())

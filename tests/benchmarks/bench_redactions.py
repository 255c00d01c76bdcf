"""How surely are redactions found, on which pages are they seen in vain, and what does it cost?

    python tests/benchmarks/bench_redactions.py [--corpus ../shared/corpus] [--seed 1]

Three parts. The court PDFs whose redactions are known: pages found, pages found in vain. Pages
without any: born-digital ones by what they draw, scans by their picture. Words blacked out by this
program on real pages, drawn at 200 dpi, as they are and crooked, gray and grainy: boxes found. The
cost is of the processor's time that looking for all marks takes, beside reading the text layer, and
beside one second, which is what OCR takes for a page.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from recordsearch.errors import UnreadableError
from recordsearch.extract.image import page_dpi
from recordsearch.extract.page_marks import page_marks
from recordsearch.extract.page_words import pdf_page_words
from recordsearch.extract.pdf_file import open_pdf
from recordsearch.extract.pdf_render import draw_page
from recordsearch.extract.pdf_text import PdfPage
from recordsearch.extract.redactions import redacted
from recordsearch.records import MarkKind

TRUE = {"bad_cross_hatched_redactions", "ok_words", "rectangles_yes", "whitespace_redactions"}
"""The files of ``6_redaction`` with parts blacked out, as looked at by eye."""
FALSE_PAGES_TARGET = 0.02
MOST_PAGES = 80
DPI = 200
SHARE = 0.5


def each_page(folder: Path) -> Iterator[tuple[Path, PdfPage]]:
    """Yield the pages of all PDFs in a folder, up to ``MOST_PAGES`` of each."""
    for path in sorted(folder.rglob("*.pdf")):
        try:
            opened = open_pdf(str(path))
            for number in range(1, min(opened.pages, MOST_PAGES) + 1):
                with PdfPage(opened, number) as page:
                    yield path, page
        except UnreadableError:
            continue


def drawn_pages(corpus: Path) -> bool:
    """Measure what the pages themselves draw."""
    found = [0, 0]
    true = [0, 0]
    in_vain = pages = 0
    reading = looking = 0.0
    for folder in ("6_redaction", "1_records_pdf"):
        for path, page in each_page(corpus / folder):
            start = time.process_time()
            text = page.layer().text
            middle = time.process_time()
            made = page_marks(page, text)
            end = time.process_time()
            has = any(mark.kind is MarkKind.REDACTION for mark in made)
            if folder == "6_redaction":
                truly = path.stem in TRUE
                true[truly] += 1
                found[truly] += has
            else:
                reading += middle - start
                looking += end - middle
                pages += 1
                in_vain += has
    print(f"court PDFs: {found[1]} of {true[1]} pages found, {found[0]} of {true[0]} in vain")
    print(f"records: {in_vain} of {pages} pages in vain, {in_vain / max(pages, 1):.2%}")
    print(
        f"cost: {1e3 * looking / max(pages, 1):.2f} ms a page beside"
        f" {1e3 * reading / max(pages, 1):.2f} ms for the text layer alone"
    )
    return in_vain <= FALSE_PAGES_TARGET * pages


def scans(corpus: Path) -> None:
    """Measure pictures of pages on which nothing was blacked out."""
    in_vain = pages = 0
    seconds = 0.0
    for path in sorted((corpus / "5_ocr_gt").rglob("*")):
        if path.suffix.lower() not in {".png", ".jpg", ".tif", ".tiff"}:
            continue
        with Image.open(path) as file:
            picture = file.convert("L")
            dpi = page_dpi(picture.width, picture.height, file.info.get("dpi"))
        start = time.process_time()
        found = redacted(picture, dpi)
        seconds += time.process_time() - start
        pages += 1
        in_vain += bool(found)
        if found:
            print(f"  in vain on {path.name}: {[tuple(map(round, box)) for box in found]}")
    print(f"scans: {in_vain} of {pages} in vain, {1e3 * seconds / max(pages, 1):.1f} ms each")


def blacked_out(corpus: Path, seed: int) -> None:
    """Black out words of real pages, one a page's fifth, and count how many boxes are found."""
    dice = random.Random(seed)
    made = {"clean": [0, 0, 0], "bad": [0, 0, 0]}
    seen: dict[Path, int] = {}
    for path, page in each_page(corpus / "1_records_pdf"):
        if seen.get(path, 0) >= 2 or page.picture_share() or page.turned or page.rotation:
            continue
        words = [
            word for word in pdf_page_words(str(path), page.number)
            if word.x1 - word.x0 > 20 and 7 < word.bottom - word.top < 20
        ]  # fmt: skip
        if len(words) < 60:
            continue
        seen[path] = seen.get(path, 0) + 1
        drawn, dpi = draw_page(page.handle, *page.size, DPI)
        before = len(redacted(drawn, dpi))
        chosen = dice.sample(words, 5)
        for level, count in made.items():
            picture = drawn.copy()
            draw = ImageDraw.Draw(picture)
            for word in chosen:
                edges = (word.x0, word.top, word.x1, word.bottom)
                draw.rectangle([edge * dpi / 72 for edge in edges], fill=15)
            if level == "bad":
                picture = picture.rotate(dice.uniform(-0.8, 0.8), fillcolor=255)
                grain = Image.effect_noise(picture.size, 60)
                picture = Image.blend(picture, grain, 0.2).filter(ImageFilter.GaussianBlur(1.2))
            found = redacted(picture, dpi)
            hit = [any(is_over(box, word, level) for box in found) for word in chosen]
            count[0] += sum(hit)
            count[1] += len(chosen)
            count[2] += max(0, len(found) - before - sum(hit))
    for level, (hits, all_, more) in made.items():
        print(
            f"blacked out, {level}: {hits} of {all_} boxes, {hits / max(all_, 1):.1%}; {more} more"
        )


def is_over(box: tuple[float, ...], word: object, level: str) -> bool:
    """Tell whether a box lies over a word; a crooked page moves it by some points."""
    x0, top, x1, bottom = (getattr(word, name) for name in ("x0", "top", "x1", "bottom"))
    slack = 10 if level == "bad" else 0
    wide = min(box[2], x1 + slack) - max(box[0], x0 - slack)
    high = min(box[3], bottom + slack) - max(box[1], top - slack)
    return wide > 0 and high > 0 and wide * high >= SHARE * (x1 - x0) * (bottom - top)


def main() -> int:
    """Print the figures; the status is 1 where too many pages are found in vain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    good = drawn_pages(options.corpus)
    scans(options.corpus)
    blacked_out(options.corpus, options.seed)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

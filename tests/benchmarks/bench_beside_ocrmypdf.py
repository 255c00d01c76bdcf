"""How many pages a second does ``index`` read by OCR on two cores, beside OCRmyPDF?

    python tests/benchmarks/bench_beside_ocrmypdf.py [--pages 10] [--rounds 3] [--program PATH]
        [--scans gray300,bilevel300,gray200]

The PDFs hold nothing but pictures: pages of the sample release as a scanner makes them, crooked and
noisy. Agencies scan at 300 dpi, the least that the rules of archives ask of paper records, in gray
(JPEG) or in black and white (CCITT group 4); copiers left as they came give 200 dpi. All three are
measured; the target is for each of 300 dpi. ``ocrmypdf -j2``, all else by default, writes a PDF/A
with a text layer; ``index`` an archive with the messages and letters found, and its text
searchable. Each round measures both, the order alternating. Wanted: 1.6 times OCRmyPDF's pages a
second, and no less text. The ratio of processor seconds stands beside: on a busy machine it is the
one to go by. Needs ``ocrmypdf`` with Tesseract and Ghostscript, also in a virtual environment of
its own (``--program``); without it nothing is measured.
"""

import argparse
import re
import shutil
import sqlite3
import statistics
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from bench_beside_recoll import PROCESSES, two_cores
from sample_release import mail_text
from sample_release.mail_print import print_mails
from watched_run import Taken, index, load, watch

WANTED = 1.6
SCANS = {"gray300": (300, False), "bilevel300": (300, True), "gray200": (200, False)}
_BLACK = 150
_PAGES_PRINTED = 7


def make_scan(file: Path, pages: int, dpi: int, *, bilevel: bool) -> None:
    """Write a PDF of scanned pages, each with skew and noise of its own."""
    import numpy as np
    import pypdfium2
    from PIL import Image, ImageFilter

    source = print_mails(mail_text.PRINTOUTS_DIGITAL, title="Scan", first_bates=1)
    printed = pypdfium2.PdfDocument(source)
    rng = np.random.default_rng(pages)
    pictures = []
    for number in range(pages):
        page = printed[number % _PAGES_PRINTED].render(scale=dpi / 72, grayscale=True)
        skew = 0.2 + 0.05 * (number % 10)
        crooked = page.to_pil().convert("L").rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
        soft = crooked.filter(ImageFilter.GaussianBlur(0.7 * dpi / 200))
        gray = np.asarray(soft, dtype=np.float64) / 255 * 205 + 35
        gray += rng.normal(0, 4.0, gray.shape)
        picture = Image.fromarray(np.clip(gray, 0, 255).astype(np.uint8))
        # Without dithering, as scanners do it.
        pictures.append(picture.point(lambda level: 255 * (level > _BLACK), "1") if bilevel
                        else picture)  # fmt: skip
    printed.close()
    # Pillow writes gray as JPEG of quality 75, black and white as CCITT group 4.
    pictures[0].save(file, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:])


def run_ocrmypdf(program: str, scan: Path) -> tuple[Taken, int]:
    """Run OCRmyPDF; return what it took, and how many words its text has."""
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "text.txt"
        command = [program, "-j", str(PROCESSES), "--sidecar", str(sidecar)]
        taken = watch([*command, "-q", str(scan), str(Path(folder) / "out.pdf")])
        text = sidecar.read_text() if sidecar.exists() else ""
    return taken, words(text)


def run_index(scan: Path) -> tuple[Taken, int]:
    """Run ``index``; return what it took, and how many words its text has."""
    with tempfile.TemporaryDirectory() as folder:
        taken = watch(index(folder, "--workers", str(PROCESSES), str(scan)))
        catalogue = next(Path(folder).rglob("catalogue.sqlite3"))
        with closing(sqlite3.connect(catalogue)) as connection:
            text = "\n".join(row[0] for row in connection.execute("SELECT text FROM page"))
    return taken, words(text)


def words(text: str) -> int:
    """Count words."""
    return len(re.findall(r"\w{2,}", text))


def measure(program: str, scan: Path, pages: int, rounds: int) -> tuple[float, float, bool]:
    """Return the median ratios of pages a second and a processor second, and if text was less."""
    ratios, processor = [], []
    less = False
    for turn in range(rounds):
        results = {}
        for which in ("ocrmypdf", "index") if turn % 2 else ("index", "ocrmypdf"):
            taken, found = run_index(scan) if which == "index" else run_ocrmypdf(program, scan)
            results[which] = taken, found
            print(
                f"{scan.stem}: {which}: {pages} pages in {taken.seconds:.1f} s"
                f" ({taken.processor:.1f} s of processor, status {taken.status}),"
                f" {pages / taken.seconds:.2f} pages/s, {found:,} words; {load()}",
                flush=True,
            )
        theirs, ours = results["ocrmypdf"], results["index"]
        ratios.append(theirs[0].seconds / ours[0].seconds)
        processor.append(theirs[0].processor / ours[0].processor)
        less = less or ours[1] < 0.98 * theirs[1]
    return statistics.median(ratios), statistics.median(processor), less


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--program", default="ocrmypdf")
    parser.add_argument("--scans", default=",".join(SCANS))
    arguments = parser.parse_args()
    program = shutil.which(arguments.program)
    if program is None:
        print("skipped: there is no ocrmypdf here")
        return 0
    two_cores()
    missed = False
    with tempfile.TemporaryDirectory() as name:
        for kind in arguments.scans.split(","):
            dpi, bilevel = SCANS[kind]
            scan = Path(name) / f"{kind}.pdf"
            make_scan(scan, arguments.pages, dpi, bilevel=bilevel)
            ratio, processor, less = measure(program, scan, arguments.pages, arguments.rounds)
            short = dpi == 300 and ratio < WANTED
            missed = missed or short or less
            said = "less" if less else "no less"
            print(
                f"{kind}: median ratio {ratio:.2f}, of processor time {processor:.2f}"
                f" ({f'wanted {WANTED}' if dpi == 300 else 'no target'}"
                f"{'; MISSED' if short else ''}); {said} text than OCRmyPDF",
                flush=True,
            )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

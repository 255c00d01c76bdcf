"""How many pages a second does ``index`` read by OCR on two cores, beside OCRmyPDF?

    python tests/benchmarks/bench_beside_ocrmypdf.py [--pages 10] [--rounds 3] [--program PATH]

The PDF holds nothing but pictures: pages of the sample release as an office scanner makes them.
``ocrmypdf -j2`` writes a PDF with a text layer, ``index`` an archive with the messages and letters
found, and its text searchable; each round measures both, the order alternating. Wanted: 1.6 times
OCRmyPDF's pages a second, and no less text. Needs ``ocrmypdf`` with Tesseract and Ghostscript, also
in a virtual environment of its own (``--program``); without it nothing is measured.
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
from sample_release.scans import Fault, scan_pdf
from watched_run import Taken, index, load, watch

WANTED = 1.6
_PAGES_PRINTED = 7


def make_scan(file: Path, pages: int) -> None:
    """Write a PDF of scanned pages, each with noise of its own."""
    import pypdfium2

    source = print_mails(mail_text.PRINTOUTS_DIGITAL, title="Scan", first_bates=1)
    whole = pypdfium2.PdfDocument.new()
    for number in range(pages):
        page = number % _PAGES_PRINTED
        fault = (Fault(0.2 + 0.05 * number),)
        scan = scan_pdf(source, range(page, page + 1), fault, "Scan", seed=number)
        whole.import_pages(pypdfium2.PdfDocument(scan))
    whole.save(str(file))


def run_ocrmypdf(program: str, scan: Path) -> tuple[Taken, int]:
    """Run OCRmyPDF; return what it took, and how many words its text has."""
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "text.txt"
        command = [program, "-j", str(PROCESSES), "--sidecar", str(sidecar), "--output-type", "pdf"]
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


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--program", default="ocrmypdf")
    arguments = parser.parse_args()
    program = shutil.which(arguments.program)
    if program is None:
        print("skipped: there is no ocrmypdf here")
        return 0
    two_cores()
    ratios = []
    less = False
    with tempfile.TemporaryDirectory() as name:
        scan = Path(name) / "scan.pdf"
        make_scan(scan, arguments.pages)
        for turn in range(arguments.rounds):
            results = {}
            order = ("ocrmypdf", "index") if turn % 2 else ("index", "ocrmypdf")
            for which in order:
                taken, found = run_index(scan) if which == "index" else run_ocrmypdf(program, scan)
                results[which] = taken, found
                print(
                    f"{which}: {arguments.pages} pages in {taken.seconds:.1f} s"
                    f" ({taken.processor:.1f} s of processor, status {taken.status}),"
                    f" {arguments.pages / taken.seconds:.2f} pages/s, {found:,} words; {load()}",
                    flush=True,
                )
            ratios.append(results["ocrmypdf"][0].seconds / results["index"][0].seconds)
            less = less or results["index"][1] < 0.98 * results["ocrmypdf"][1]
    ratio = statistics.median(ratios)
    said = "less" if less else "no less"
    print(f"median ratio {ratio:.2f} (wanted {WANTED}); {said} text than OCRmyPDF")
    return int(ratio < WANTED or less)


if __name__ == "__main__":
    sys.exit(main())

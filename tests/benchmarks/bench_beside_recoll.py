"""How fast does ``index`` read a folder of PDFs on two cores, beside recoll?

    python tests/benchmarks/bench_beside_recoll.py [FOLDER] [--rounds 3] [--ocr]

FOLDER is a folder of PDFs; the sample release where none is given. Both read the same copies of its
PDFs, one after the other, each into a new index; each round measures both, the order alternating.
Without OCR 1.5 times recoll's documents a second are wanted, with ``--ocr`` four times, and no
fewer files with text. Needs ``recollindex`` and ``pdftotext`` (Debian: recollcmd, poppler-utils;
with ``--ocr`` tesseract-ocr); without them nothing is measured.

With ``--ocr`` recoll reads by OCR the PDFs that have no text at all, as it always does; ``index``
reads by OCR each page that needs it, which may be more.
"""

import argparse
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from watched_run import Taken, index, load, watch

SAMPLE_DOCS = Path(__file__).parents[2] / "sample_docs"
WANTED, WANTED_OCR = 1.5, 4.0
PROCESSES = 2

_CONFIGURATION = """topdirs = {records}
skippedNames =
skippedPaths =
noContentSuffixes =
thrQSizes = 2 2 2
thrTCounts = {processes} 1 1
loglevel = 2
idxflushmb = 50
followLinks = 0
{ocr}
"""
_OCR = """pdfocr = 1
ocrprogs = tesseract
tesseractlang = eng
"""


def two_cores() -> None:
    """Keep this process, and all that it starts, to two processors."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSES])


def gather(source: Path, folder: Path) -> int:
    """Copy all PDFs of a folder into one; return their number."""
    folder.mkdir()
    count = 0
    for file in sorted(source.rglob("*")):
        if file.is_file() and file.suffix.lower() == ".pdf":
            count += 1
            shutil.copyfile(file, folder / f"{count:04}.pdf")
    return count


def run_recoll(work: Path, records: Path, *, ocr: bool) -> tuple[Taken, int]:
    """Index with recoll; return what it took, and how many files it has text of."""
    folder = Path(tempfile.mkdtemp(dir=work))
    (folder / "recoll.conf").write_text(
        _CONFIGURATION.format(records=records, processes=PROCESSES, ocr=_OCR if ocr else "")
    )
    environment = {**os.environ, "RECOLL_CONFDIR": str(folder), "HOME": str(folder)}
    taken = watch(["recollindex", "-c", str(folder), "-z"], environment)
    return taken, sum(map(has_words, recoll_texts(folder, environment)))


def recoll_texts(folder: Path, environment: dict[str, str]) -> list[str]:
    """Return the text that recoll has of each PDF; it lists each under a line that names it."""
    command = ["recollq", "-c", str(folder), "-d", "-n", "0-1000000", "mime:application/pdf"]
    found = subprocess.run(command, capture_output=True, check=False, env=environment).stdout
    listed = re.split(
        r"^application/pdf\t\[file://.*$", found.decode("utf-8", "replace"), flags=re.M
    )
    # A file that it could not read has one line for a text.
    return ["" if "Cant turn to text:" in text else text for text in listed[1:]]


def has_words(text: str) -> bool:
    """Tell whether a text has three words."""
    return len(re.findall(r"[^\W\d_]{3,}", text)) >= 3


def run_index(work: Path, records: Path, *, ocr: bool) -> tuple[Taken, int]:
    """Index with this program; return what it took, and how many files it has text of."""
    folder = tempfile.mkdtemp(dir=work)
    mode = "auto" if ocr else "never"
    taken = watch(index(folder, "--ocr", mode, "--workers", str(PROCESSES), str(records)))
    catalogue = next(Path(folder).rglob("catalogue.sqlite3"))
    with closing(sqlite3.connect(catalogue)) as connection:
        texts: dict[str, str] = {}
        for file, text in connection.execute(
            "SELECT file, text FROM page JOIN location USING (document) WHERE file NOT LIKE '%!/%'"
        ):
            texts[file] = f"{texts.get(file, '')}\n{text}"
    return taken, sum(map(has_words, texts.values()))


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLE_DOCS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ocr", action="store_true")
    arguments = parser.parse_args()
    if not shutil.which("recollindex") or not shutil.which("recollq"):
        print("skipped: there is no recollindex here (Debian: apt install recollcmd)")
        return 0
    two_cores()
    ratios, processor = [], []
    fewer = False
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        records = work / "records"
        count = gather(arguments.folder, records)
        for turn in range(arguments.rounds):
            runs = [("recoll", run_recoll), ("index", run_index)]
            results = {}
            for program, run in runs if turn % 2 else reversed(runs):
                taken, read = results[program] = run(work, records, ocr=arguments.ocr)
                print(
                    f"{program}: {count} files in {taken.seconds:.1f} s"
                    f" ({taken.processor:.1f} s of processor),"
                    f" {count / taken.seconds:.1f} files/s, {read} with words; {load()}",
                    flush=True,
                )
            theirs, ours = results["recoll"], results["index"]
            ratios.append(theirs[0].seconds / ours[0].seconds)
            processor.append(theirs[0].processor / ours[0].processor)
            fewer = fewer or ours[1] < theirs[1]
    wanted = WANTED_OCR if arguments.ocr else WANTED
    ratio = statistics.median(ratios)
    said = "fewer" if fewer else "no fewer"
    print(
        f"median ratio {ratio:.2f} (wanted {wanted}), of processor time"
        f" {statistics.median(processor):.2f}; {said} files with words than recoll"
    )
    return int(ratio < wanted or fewer)


if __name__ == "__main__":
    sys.exit(main())

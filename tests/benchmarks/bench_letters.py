"""How right are the signatories of letters, by layout?

    python tests/benchmarks/bench_letters.py [--letters 300] [--first 0] [--ocr 12] [--misses 0]
                                             [--no-boxes | --typed]

Letters are made by ``tests/understand/letter_maker.py``, printed to PDF, and read back as ``index``
reads them; with ``--no-boxes`` the PDF's text alone is read, with ``--typed`` the letter is plain
text. A signatory counts when name, title, group and kind are all right. F1 is over all
signatories of a layout.

After OCR, the PDF is drawn at 200 dpi first: clean, and askew, blurred and noisy as
``shared/tools/make_scans.py`` (level office) makes it where that stands beside the repository. A
name then counts when its letters are those printed but for case and marks.
"""

import argparse
import importlib.util
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parents[1] / "understand"))

from letter_maker import LetterSpec, letter_for, type_letter, write_letter

from recordsearch.contents import Letter
from recordsearch.extract import read_pages
from recordsearch.extract.page_words import pdf_page_words
from recordsearch.extract.pdf_file import close_pdf
from recordsearch.records import MediaType, OcrMode, ReadOptions, Word
from recordsearch.understand.letters import find_letters

TARGET = 0.97
DPI = 200
TOOL = Path(__file__).parents[3] / "shared" / "tools" / "make_scans.py"
Key = tuple[str, str, str, bool]
Counts = list[int]


def read(path: str, ocr: OcrMode, *, boxes: bool = True) -> list[Letter]:
    """Read a PDF and find its letters."""
    pages = list(read_pages(path, MediaType.PDF, 1, 1_000, ReadOptions(ocr=ocr)))

    def words_of(number: int) -> Sequence[Word]:
        return (pages[number - 1].words or pdf_page_words(path, number)) if boxes else ()

    letters = find_letters([page.text for page in pages], words_of)
    close_pdf()
    return letters


def keys_of(letters: Sequence[Letter]) -> list[Key]:
    """Return the signatories of letters as they are compared."""
    return [
        (one.name, one.title, one.organisation, one.is_group)
        for letter in letters
        for one in letter.signatories
    ]


def count(found: Sequence[Key], truth: Sequence[Key], tally: Counts) -> tuple[set[Key], set[Key]]:
    """Add hits, found and true ones to a tally; return the wrong and the missed."""
    right = set(found) & set(truth)
    tally[0] += len(right)
    tally[1] += len(found)
    tally[2] += len(truth)
    return set(found) - right, set(truth) - right


def f1(tally: Counts) -> float:
    """Return F1 of hits, found and true."""
    return 2 * tally[0] / (tally[1] + tally[2]) if tally[1] + tally[2] else 1.0


def layouts(spec: LetterSpec) -> list[str]:
    """Return the names of the layouts that a letter counts for."""
    return [
        "all",
        f"columns: {spec.columns}",
        f"columns: {spec.columns}, {'by rows' if spec.by_rows else 'down'}",
        f"style: {spec.style}",
        f"space: {spec.spacing}",
        f"leading: {spec.leading}" + (", body alike" if spec.body_leading == spec.leading else ""),
        f"style: {spec.style}, {'with' if spec.spacing else 'no'} space",
        "signers: " + "/".join(sorted({("people", "groups")[one[3]] for one in spec.signers})),
        f"numbered: {spec.numbered or 'no'}",
        *(["one signer, on a letterhead"] if len(spec.signers) == 1 else []),
    ]


def loose(name: str) -> str:
    """Return a name's letters, by which OCR is judged."""
    return re.sub(r"[\W_]+", "", name).lower()


def tool() -> ModuleType | None:
    """Return the tool that makes scans worse, None where it is absent."""
    if not TOOL.exists():
        return None
    spec = importlib.util.spec_from_file_location("make_scans", TOOL)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def picture_of(path: str, target: str, level: str, seed: int) -> None:
    """Draw a PDF at 200 dpi, made worse to a level, into a PDF of pictures."""
    import numpy
    import pypdfium2

    scans, dice = tool(), numpy.random.default_rng(seed)
    document = pypdfium2.PdfDocument(path)
    images = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    document.close()
    if scans is not None:
        images = [scans.degrade(image, level, dice) for image in images]
    images[0].save(target, "PDF", save_all=True, append_images=images[1:], resolution=DPI)


def after_ocr(seeds: Sequence[int], folder: str, level: str) -> None:
    """Read scans of the letters of the seeds, and print F1."""
    names, whole, one = [0, 0, 0], [0, 0, 0], 0
    started = time.perf_counter()
    for seed in seeds:
        spec = letter_for(seed)
        write_letter(spec, f"{folder}/text.pdf")
        picture_of(f"{folder}/text.pdf", f"{folder}/scan.pdf", level, seed)
        found = read(f"{folder}/scan.pdf", OcrMode.AUTO)
        one += len(found) == 1
        keys = keys_of(found)
        count(
            [(loose(name), "", "", group) for name, _, _, group in keys],
            [(loose(name), "", "", group) for name, _, _, group in spec.signers],
            names,
        )
        count(
            [(loose(key[0]), loose(key[1]), loose(key[2]), key[3]) for key in keys],
            [(loose(key[0]), loose(key[1]), loose(key[2]), key[3]) for key in spec.signers],
            whole,
        )
    print(
        f"after OCR, {level}: one letter {one} of {len(seeds)}, names and kinds F1 {f1(names):.4f},"
        f" all F1 {f1(whole):.4f}  of {names[2]} ({time.perf_counter() - started:.0f} s)"
    )


def measure(
    seeds: Sequence[int], reader: Callable[[LetterSpec], list[Letter]], misses: int
) -> dict[str, Counts]:
    """Read the letters of the seeds, and tally by layout."""
    tallies: dict[str, Counts] = defaultdict(lambda: [0, 0, 0])
    heads: Counts = [0, 0, 0]
    for seed in seeds:
        spec = letter_for(seed)
        found = reader(spec)
        for name in layouts(spec):
            wrong, missed = count(keys_of(found), spec.signers, tallies[name])
        count(
            [(one[0], "", "", one[3]) for one in keys_of(found)],
            [(one[0], "", "", one[3]) for one in spec.signers],
            tallies["names and kinds alone"],
        )
        heads[0] += len(found) == 1
        if found:
            one = found[0]
            heads[1] += (one.date, one.salutation) == (spec.date[1], spec.salutation)
            heads[2] += (one.addressee, one.subject) == ("\n".join(spec.addressee), spec.subject)
        if misses and (wrong or missed):
            misses -= 1
            print(f"\nseed {seed}: {layouts(spec)[2:]}, hang {spec.hang} letters {len(found)}")
            for key in sorted(wrong)[:6]:
                print("   wrong ", key)
            for key in sorted(missed)[:6]:
                print("   missed", key)
    print(f"one letter: {heads[0]}, date and salutation: {heads[1]}, ", end="")
    print(f"addressee and subject: {heads[2]}, of {len(seeds)}")
    return tallies


def main() -> int:
    """Print F1 by layout, and after OCR."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--ocr", type=int, default=12)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--no-boxes", action="store_true")
    parser.add_argument("--typed", action="store_true")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.letters)
    with tempfile.TemporaryDirectory() as folder:

        def reader(spec: LetterSpec) -> list[Letter]:
            if options.typed:
                return find_letters(type_letter(spec), lambda _: ())
            write_letter(spec, f"{folder}/letter.pdf")
            return read(f"{folder}/letter.pdf", OcrMode.NEVER, boxes=not options.no_boxes)

        tallies = measure(seeds, reader, options.misses)
        for name in sorted(tallies):
            print(f"{name:32} F1 {f1(tallies[name]):.4f}  of {tallies[name][2]}")
        if options.ocr:
            after_ocr(seeds[: options.ocr], folder, "clean")
            if TOOL.exists():
                after_ocr(seeds[: options.ocr], folder, "office")
            else:
                print(f"after OCR, office: left out, {TOOL.name} is absent")
    return 0 if f1(tallies["all"]) >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())

"""Scans with known text: pages of the corpus, degraded at 150 dpi and read by the project's OCR.

Documents are parted in two for good, by a hash of their name: what is learnt is learnt from pages
of the one half and judged by pages of the other.
"""

import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
import pypdfium2
from printed_scans import load_module

from recordsearch.errors import UnreadableError
from recordsearch.extract import read_pages
from recordsearch.extract.pdf_file import open_pdf
from recordsearch.extract.pdf_text import PdfPage
from recordsearch.query.analysis import streams
from recordsearch.records import MediaType, OcrMode, ReadOptions

DPI = 150
LEVELS = ("bad", "fax")
FOLDERS = ("1_records_pdf", "6_redaction")
_FEWEST, _MOST = 800, 4_500
_SHOWN = 0.95
"""Least share of a page's words that a clean scan gives."""
_FIRST_PAGES = 30
_PAGES_OF_ONE = 4
"""So many pages of one document at most."""


class PageOf(NamedTuple):
    """A page of a PDF, numbered from 1."""

    path: Path
    number: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A degraded page: what it truly says, and what OCR read with which confidence."""

    page: PageOf
    level: str
    truth: str
    seen: str
    confidence: float


def is_for_learning(path: Path) -> bool:
    """Tell to which half a document belongs."""
    return hashlib.sha256(path.name.encode()).digest()[0] % 2 == 0


def choose_pages(corpus: Path, *, learning: bool, most: int) -> list[PageOf]:
    """Choose pages whose text layer is the visible text: of each document the first, then more."""
    by_document: list[list[PageOf]] = []
    known: set[str] = set()
    for folder in FOLDERS:
        for path in sorted((corpus / folder).rglob("*.pdf")):
            if is_for_learning(path) is not learning:
                continue
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest not in known:
                known.add(digest)
                by_document.append(list(_fit_pages(path)))
    rounds = zip_longest(*by_document)
    return [page for one in rounds for page in one if page is not None][:most]


def _fit_pages(path: Path) -> Iterator[PageOf]:
    try:
        opened = open_pdf(str(path))
        found = 0
        for number in range(1, min(opened.pages, _FIRST_PAGES) + 1):
            with PdfPage(opened, number) as page:
                layer = page.layer()
                hidden = layer.invisible_share or layer.off_page or page.rotation
                english = sum(map(str.isascii, layer.text)) > 0.97 * len(layer.text)
                odd = layer.order.doubled or layer.order.out_of_order
                if (
                    not (hidden or odd or page.picture_share())
                    and english
                    and _FEWEST < len(layer.text) < _MOST
                ):
                    yield PageOf(path, number)
                    found += 1
            if found == _PAGES_OF_ONE:
                return
    except UnreadableError:
        return


def shown_in_full(pages: list[PageOf], make_scans: Path, cache: Path) -> Iterator[PageOf]:
    """Yield the pages of which a clean scan at 200 dpi gives the words of the text layer.

    What lies under a redaction, or is set too small to be read, is in the layer and not on a scan.
    """
    for page in pages:
        scan = next(read_scans([page], make_scans, cache, ("clean",), 200))
        truth = Counter(streams(scan.truth).exact.split())
        seen = Counter(streams(scan.seen).exact.split())
        if (truth & seen).total() >= _SHOWN * truth.total():
            yield page


def read_scans(
    pages: list[PageOf],
    make_scans: Path,
    cache: Path,
    levels: tuple[str, ...] = LEVELS,
    dpi: int = DPI,
) -> Iterator[Scan]:
    """Degrade and read each page at each level; what was read once is taken from ``cache``.

    ``make_scans`` is the tool that degrades a picture.
    """
    tool = load_module(make_scans)
    if tool is None:
        raise SystemExit(f"{make_scans} is absent: nothing was measured")
    cache.mkdir(parents=True, exist_ok=True)
    for page in pages:
        for level in levels:
            name = f"{page.path.parent.name}_{page.path.stem}"[:60].replace("/", "_")
            kept = cache / f"{name}__{page.number}__{dpi}__{level}.json"
            if not kept.exists():
                kept.write_text(json.dumps(_read(page, level, dpi, tool)))
            read = json.loads(kept.read_text())
            yield Scan(page, level, read["truth"], read["seen"], read["confidence"])


def _read(page: PageOf, level: str, dpi: int, tool: ModuleType) -> dict[str, object]:
    seed = int.from_bytes(hashlib.sha256(f"{page.path.name}{page.number}".encode()).digest()[:4])
    with pypdfium2.PdfDocument(str(page.path)) as document:
        sheet = document[page.number - 1]
        text = sheet.get_textpage().get_text_range()
        truth = text.replace("\r\n", "\n").replace("\ufffe", "-").replace("\x02", "-")
        whole = sheet.render(scale=dpi / 72, grayscale=True).to_pil()
    picture = tool.degrade(whole, level, np.random.default_rng(seed))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scan.png")
        picture.save(path, dpi=(dpi, dpi))
        options = ReadOptions(ocr=OcrMode.ALWAYS)
        read = next(iter(read_pages(str(path), MediaType.PNG, 1, 1, options)))
    return {"truth": truth, "seen": read.text, "confidence": read.confidence or 0.0}

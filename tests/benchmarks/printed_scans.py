"""Print pages of text, scan them as an office does, and read them by OCR: one PDF a stretch."""

import importlib.util
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pypdfium2
from fpdf import FPDF

from recordsearch.extract import count_pages, read_pages
from recordsearch.records import MediaType, OcrMode, ReadOptions

DPI = 200
LEVEL = "office"
_STRETCH = 6
_STAMP = re.compile(r"(?m)^[A-Z]{2,8}[-_ ]?\d{4,9}[ \t]*$\n?")
_FACE = "Helvetica"
_POINTS = 10
_LINE = 4.6
"""Millimetres from line to line."""
_MARGIN = 20
_SIGNS = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
    "\u2022": "*", "\u2026": "...", "\u20ac": "E", "\ufb01": "fi", "\ufb02": "fl",
}  # fmt: skip
"""What the built-in faces of PDF lack."""


def load_module(path: Path) -> ModuleType | None:
    """Load a tool that is not a part of the project; None where it is absent."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if not path.exists() or spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def printed_pages(text: str) -> list[str]:
    """Part a text into the pages it was read from: by form feeds, or after each page's stamp."""
    if "\f" in text:
        return text.split("\f")
    ends = [stamp.end() for stamp in _STAMP.finditer(text)]
    pages = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    return [page for page in pages if page.strip()]


def stretches(pages: Sequence[str], count: int) -> list[list[str]]:
    """Return every k-th stretch of six consecutive pages, about ``count`` pages in all."""
    every = max(1, round(len(pages) / max(1, count)))
    wholes = [list(pages[start : start + _STRETCH]) for start in range(0, len(pages), _STRETCH)]
    return wholes[::every]


def scan(pages: Sequence[str], tool: ModuleType, seed: int) -> list[str]:
    """Return what OCR reads from the pages, printed and degraded; long pages take two sheets."""
    pdf = FPDF(format="letter")
    pdf.set_margins(_MARGIN, _MARGIN)
    pdf.set_auto_page_break(True, _MARGIN)
    pdf.set_font(_FACE, size=_POINTS)
    for page in pages:
        pdf.add_page()
        for line in page.split("\n"):
            pdf.multi_cell(0, _LINE, _plain(line), align="L", new_x="LMARGIN", new_y="NEXT")
    generator = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(bytes(pdf.output()))
    pictures = [
        tool.degrade(sheet.render(scale=DPI / 72, grayscale=True).to_pil(), LEVEL, generator)
        for sheet in document
    ]
    document.close()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scan.pdf")
        pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=DPI)
        last = count_pages(str(path), MediaType.PDF)
        options = ReadOptions(ocr=OcrMode.ALWAYS)
        return [page.text for page in read_pages(str(path), MediaType.PDF, 1, last, options)]


def _plain(line: str) -> str:
    line = "".join(_SIGNS.get(sign, sign) for sign in line)
    return unicodedata.normalize("NFC", line).encode("latin-1", "replace").decode("latin-1") or " "

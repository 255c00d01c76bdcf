"""Turn printed pages into what an office scanner and a fax machine make of them: no text layer."""

import io
from dataclasses import dataclass

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageFilter

from .sheet import FICTION, describe

_DPI = 200
_JPEG_QUALITY = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong at the scanner: ``skew`` in degrees, ``turn`` in degrees clockwise."""

    skew: float = 0.5
    turn: int = 0
    noise: float = 4.0
    shade: float = 0.12


def scan_pdf(
    source: bytes, pages: range, faults: tuple[Fault, ...], title: str, seed: int
) -> bytes:
    """Return a PDF that holds the given pages of ``source`` as scanned pictures.

    ``faults`` holds one entry a page; ``seed`` fixes the noise.
    """
    scan = FPDF(unit="pt")
    describe(scan, title)
    rng = np.random.default_rng(seed)
    for page, fault in zip(pages, faults, strict=True):
        picture = _scanned(_render(source, page), fault, rng)
        _add_picture(scan, picture)
    return bytes(scan.output())


def fax_tiff(source: bytes, seed: int) -> bytes:
    """Return all pages of ``source`` as one bilevel TIFF, as a fax server keeps them."""
    rng = np.random.default_rng(seed)
    count = len(pypdfium2.PdfDocument(source))
    pages = [_faxed(_render(source, page), rng) for page in range(count)]
    out = io.BytesIO()
    pages[0].save(
        out,
        "TIFF",
        compression="group4",
        dpi=(_DPI, _DPI),
        description=FICTION,
        save_all=True,
        append_images=pages[1:],
    )
    return out.getvalue()


def _render(source: bytes, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(source)
    bitmap = document[page].render(scale=_DPI / 72, grayscale=True)
    picture: Image.Image = bitmap.to_pil().convert("L")
    document.close()
    return picture


def _scanned(page: Image.Image, fault: Fault, rng: np.random.Generator) -> Image.Image:
    """Crooked, soft, unevenly lit, noisy and speckled."""
    crooked = page.rotate(fault.skew, fillcolor=255, resample=Image.Resampling.BICUBIC)
    soft = crooked.filter(ImageFilter.GaussianBlur(0.7))
    gray = np.asarray(soft, dtype=np.float64) / 255 * 205 + 35
    height, width = gray.shape
    gray *= np.linspace(1.0, 1 - fault.shade, width)[None, :]
    gray *= np.linspace(1 - fault.shade / 3, 1.0, height)[:, None]
    gray += rng.normal(0, fault.noise, gray.shape)
    for _ in range(120):  # dust, one to three pixels wide
        y, x = rng.integers(0, height - 3), rng.integers(0, width - 3)
        gray[y : y + rng.integers(1, 4), x : x + rng.integers(1, 4)] = rng.integers(20, 110)
    gray[:, : rng.integers(4, 14)] = 60  # the shadow of the lid
    picture = Image.fromarray(np.clip(gray, 0, 255).astype(np.uint8))
    return picture.rotate(-fault.turn, expand=True) if fault.turn else picture


def _faxed(page: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Bilevel, a little crooked, with ragged edges and some specks."""
    crooked = page.rotate(0.4, fillcolor=255, resample=Image.Resampling.BICUBIC)
    gray = np.asarray(crooked.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float64)
    black = gray + rng.normal(0, 22, gray.shape) < 150
    black |= rng.random(gray.shape) < 0.0002
    return Image.fromarray(np.where(black, 0, 255).astype(np.uint8)).convert("1")


def _add_picture(scan: FPDF, picture: Image.Image) -> None:
    """Add a page of the picture's size; the JPEG goes in as it is."""
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=_JPEG_QUALITY, dpi=(_DPI, _DPI))
    jpeg.seek(0)
    width, height = (side * 72 / _DPI for side in picture.size)
    scan.add_page(format=(width, height))
    scan.image(jpeg, x=0, y=0, w=width, h=height)

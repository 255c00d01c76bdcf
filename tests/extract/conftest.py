"""Makes the small documents that the tests of extraction read."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from recordsearch.extract import read_pages
from recordsearch.records import MediaType, OcrMode, Page, ReadOptions

LETTER = (0, 0, 612, 792)


def write_pdf(
    contents: Sequence[str | bytes],
    *,
    box: tuple[float, ...] = LETTER,
    page_entries: str = "",
    resources: str = "/Font << /F1 3 0 R >>",
    objects: Sequence[bytes] = (),
) -> bytes:
    """Write a PDF by hand: a page for each content stream, Helvetica as ``/F1``.

    ``objects`` are numbered from 4 and may be named in ``resources`` and ``page_entries``.
    """
    streams = [
        content.encode("latin-1") if isinstance(content, str) else content for content in contents
    ]
    first_page = 4 + len(objects)
    kids = " ".join(f"{first_page + 2 * index} 0 R" for index in range(len(streams)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *objects,
    ]
    for index, stream in enumerate(streams):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{' '.join(map(str, box))}] {page_entries} "
            f"/Resources << {resources} >> "
            f"/Contents {first_page + 2 * index + 1} 0 R >>".encode()
        )
        bodies.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets))
    out.write(
        f"trailer << /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return out.getvalue()


def show(x: float, y: float, text: str, *, size: float = 12, extra: str = "") -> str:
    """Return the operators that show a line of text at a place on the page."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {extra} 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    return write_pdf


@pytest.fixture(scope="session")
def text_at() -> Callable[..., str]:
    return show


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Page]]:
    """Write bytes to a file and read all its pages, without OCR unless it is asked for."""

    def read_bytes(
        data: bytes,
        media_type: MediaType = MediaType.PDF,
        ocr: OcrMode = OcrMode.NEVER,
        first: int = 1,
        last: int = 10_000,
    ) -> list[Page]:
        path = tmp_path / "document"
        path.write_bytes(data)
        return list(read_pages(str(path), media_type, first, last, ReadOptions(ocr=ocr)))

    return read_bytes


PROSE = (
    "The committee met on the third of March and heard from the agency",
    "about the records that had been asked for in the spring of last year.",
    "Counsel said that most of the pages could be released with few marks,",
    "and that the rest would be looked at again before the end of the month.",
    "Members asked why the search had taken so long and who had ordered it.",
    "The director answered that two systems had to be searched by hand.",
    "A further hearing will be held when the remaining letters are found.",
)


@pytest.fixture(scope="session")
def prose() -> tuple[str, ...]:
    """Lines of plain English, fit to be read by OCR."""
    return PROSE

"""Opening PDF documents by pdfium, and keeping the last one open in this process.

A worker reads a document a few pages at a time; opening one of 5,000 pages anew for each of its
units would cost more than reading the pages. The cache holds one document, keyed by path, size
and time of change. pdfium may be used from one thread only.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recordsearch.errors import UNLOCK, UnreadableError

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY
_FEWEST_BYTES_A_PAGE = 4
_PAGES_ALWAYS_BELIEVED = 1_000

_Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """An open document: its path, pdfium's handle and the number of its pages (at least 1)."""

    path: str
    document: Any
    pages: int


_cache: dict[_Key, OpenPdf] = {}
"""Process-local; at most one entry."""
_passwords: list[str] = []
"""Process-local: what :func:`use_passwords` was told."""


def use_passwords(passwords: Sequence[str]) -> None:
    """Try these passwords, in their order, on documents that need one, from now on."""
    _passwords[:] = passwords


def open_pdf(path: str) -> OpenPdf:
    """Open the document at ``path``, or give it again if it was the last one and is unchanged.

    :raises UnreadableError: it cannot be opened, needs a password, or has no pages.
    """
    try:
        state = os.stat(path)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    key = (path, state.st_size, state.st_mtime_ns)
    if key not in _cache:
        close_pdf()
        _cache[key] = _open(path, state.st_size)
    return _cache[key]


def close_pdf() -> None:
    """Close the document that is kept open, if any."""
    for opened in _cache.values():
        opened.document.close()
    _cache.clear()


def _open(path: str, size: int) -> OpenPdf:
    from pypdfium2 import PdfiumError

    if size == 0:
        raise UnreadableError("open", "the file is empty", "get the file again from its source")
    try:
        document = _unlocked(_source(path))
    except PdfiumError as error:
        code = getattr(error, "err_code", None)
        if _needs_password(error):
            tried = ", and none of those given fits" if _passwords else ""
            raise UnreadableError(
                UNLOCK,
                f"the PDF needs a password{tried}",
                "give its password with --password-file FILE, and index it again",
            ) from error
        if code == _SECURITY or "security" in str(error).lower():
            raise UnreadableError(
                "open",
                "the PDF is encrypted in a way that cannot be read",
                "print it to a new PDF with the program that made it, and index that",
            ) from error
        raise UnreadableError(
            "open",
            "the PDF is truncated or corrupt",
            "get the file again from its source, or repair it with 'qpdf IN.pdf OUT.pdf'",
        ) from error
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    pages = len(document)
    if pages < 1 or pages > max(_PAGES_ALWAYS_BELIEVED, size // _FEWEST_BYTES_A_PAGE):
        document.close()
        cause = f"the PDF claims {pages:,} pages in {size:,} bytes" if pages else "has no pages"
        raise UnreadableError("open", cause, "get the file again from its source")
    return OpenPdf(path, document, pages)


def _unlocked(source: str | bytes) -> Any:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(source)
    except PdfiumError as error:
        if not _needs_password(error):
            raise
        for password in _passwords:
            try:
                return PdfDocument(source, password=password)
            except PdfiumError as another:
                if not _needs_password(another):
                    raise
        raise


def _needs_password(error: Exception) -> bool:
    return getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower()


def _source(path: str) -> str | bytes:
    """Return what pdfium can open: the path, or the bytes where the path is not valid text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        with open(path, "rb") as file:
            return file.read()
    return path

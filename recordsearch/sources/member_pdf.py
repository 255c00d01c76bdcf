"""The files attached to a PDF (ISO 32000-1, 7.11.4): of the document, as in a portfolio, or a page.

A file that a note on a page shows may be listed with the document's files, too: then it is there
twice, and its content tells that it is one.
"""

import ctypes
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from recordsearch.errors import UnreadableError
from recordsearch.sources.litter import passed_over
from recordsearch.sources.member_names import place_name
from recordsearch.sources.member_types import (
    MEMBER_BYTES,
    Member,
    MemberList,
    damaged,
    encrypted,
    gone,
    listing,
    too_large,
)
from recordsearch.sources.pdf_bytes import may_have_notes_with_files

KIND = "PDF"
_ATTACHMENTS = 10_000
_NOTES = 1_000
"""Notes looked at on one page."""
_SECONDS = 20.0
"""A page takes a quarter of a millisecond to look at, but may be made to take minutes."""
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_NAME_BYTES = 65_536
_LOCATOR = re.compile(r"(?:p([0-9]{1,9})\.)?([0-9]{1,9})")


def list_pdf(path: str, passwords: Sequence[str] = ()) -> MemberList:
    """List the files attached to the PDF at ``path``: those of the document, then page by page.

    :raises UnreadableError: it cannot be opened.
    """
    with _opened(path, passwords) as document:
        looked = _Looked()
        found = listing(_members(path, document, looked), "", _ATTACHMENTS, "attached files")
        cut = "; ".join(cause for cause in (found.cut, looked.cut) if cause)
        return MemberList(found.members, cut, found.passed)


def read_pdf(path: str, locator: str, passwords: Sequence[str] = ()) -> bytes:
    """Return the bytes of the file attached at ``locator``.

    :raises UnreadableError: there is none, it is too large or empty, or the PDF cannot be opened.
    """
    match = _LOCATOR.fullmatch(locator)
    if not match:
        raise gone(locator)
    number = int(match[2])
    with _opened(path, passwords) as document:
        if match[1] is None:
            if number >= document.count_attachments():
                raise gone(locator)
            return _content(_of_document(document, number))
        for place, attachment in _of_page(document, int(match[1])):
            if place == number:
                return _content(attachment)
    raise gone(locator)


@contextmanager
def _opened(path: str, passwords: Sequence[str]) -> Iterator[Any]:
    from pypdfium2 import PdfDocument, PdfiumError

    document = None
    cause: Exception | None = None
    for password in (None, *passwords):
        try:
            document = PdfDocument(_source(path), password)
            break
        except PdfiumError as error:
            cause = error
            if getattr(error, "err_code", None) != _PASSWORD:
                raise damaged(KIND, error) from error
        except OSError as error:
            raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    if document is None:
        raise encrypted(KIND, len(passwords)) from cause
    try:
        yield document
    finally:
        document.close()


def _source(path: str) -> str | bytes:
    """Return what pdfium can open: the path, or the bytes where the path is not valid text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        with open(path, "rb") as file:
            return file.read()
    return path


class _Looked:
    """How far the pages were looked at."""

    cut = ""


def _members(path: str, document: Any, looked: _Looked) -> Iterator[tuple[Member, str]]:
    for number in range(max(0, document.count_attachments())):
        yield _member(_of_document(document, number), str(number), f"attached file {number + 1}")
    if not _is_encrypted(document) and not may_have_notes_with_files(path, len(document)):
        return
    until = time.monotonic() + _SECONDS
    for page in range(len(document)):
        if time.monotonic() > until:
            looked.cut = f"files attached to pages after page {page:,} were not looked for"
            return
        for number, attachment in _of_page(document, page):
            otherwise = f"file attached to page {page + 1}"
            yield _member(attachment, f"p{page}.{number}", otherwise)


def _is_encrypted(document: Any) -> bool:
    from pypdfium2 import raw

    return int(raw.FPDF_GetSecurityHandlerRevision(document)) != -1


def _member(attachment: Any, locator: str, otherwise: str) -> tuple[Member, str]:
    told = _name(attachment)
    return Member(place_name(told, otherwise), locator, None), passed_over(told)


def _of_document(document: Any, number: int) -> Any:
    from pypdfium2 import raw

    return raw.FPDFDoc_GetAttachment(document, number)


def _of_page(document: Any, number: int) -> Iterator[tuple[int, Any]]:
    """Yield the files that notes on a page hold, with the notes' numbers."""
    from pypdfium2 import raw

    page = raw.FPDF_LoadPage(document, number)
    if not page:
        return
    try:
        for place in range(min(raw.FPDFPage_GetAnnotCount(page), _NOTES)):
            note = raw.FPDFPage_GetAnnot(page, place)
            if not note:
                continue
            try:
                if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_FILEATTACHMENT:
                    attachment = raw.FPDFAnnot_GetFileAttachment(note)
                    if attachment:
                        yield place, attachment
            finally:
                raw.FPDFPage_CloseAnnot(note)
    finally:
        raw.FPDF_ClosePage(page)


def _name(attachment: Any) -> str:
    from pypdfium2 import raw

    size = raw.FPDFAttachment_GetName(attachment, None, 0) if attachment else 0
    if not 2 < size <= _NAME_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAttachment_GetName(
        attachment, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size
    )
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _content(attachment: Any) -> bytes:
    from pypdfium2 import raw

    size = ctypes.c_ulong(0)
    known = attachment and raw.FPDFAttachment_GetFile(attachment, None, 0, size)
    if not known or not size.value:
        raise damaged("file attached to the PDF", "it has no content")
    if size.value > MEMBER_BYTES:
        raise too_large(size.value)
    buffer = ctypes.create_string_buffer(size.value)
    if not raw.FPDFAttachment_GetFile(attachment, buffer, size.value, size):
        raise damaged("file attached to the PDF", "its content cannot be unpacked")
    return buffer.raw

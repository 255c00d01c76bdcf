"""From a file of known media type to pages of text.

The face of the package: which adapter reads which media type. Each format has one module, imported
when the first file of that format comes, because most of them are heavy.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from recordsearch.records import CONTAINERS, MediaType, Page, ReadOptions

if TYPE_CHECKING:
    from recordsearch.mime.message import NativeMessage

__all__ = ["check_language", "count_pages", "native_message", "read_pages", "use_passwords"]


def count_pages(path: str, media_type: MediaType) -> int:
    """Return the number of pages of the file at ``path``: at least 1, or 0 for a pure container.

    :raises UnreadableError: the file as a whole cannot be read: it is truncated, corrupt,
        encrypted or empty, or a limit forbids it.
    """
    match media_type:
        case MediaType.PDF:
            from recordsearch.extract import pdf

            return pdf.count_pages(path)
        case MediaType.TIFF | MediaType.PNG | MediaType.JPEG:
            from recordsearch.extract import image

            return image.count_pages(path)
        case MediaType.TEXT:
            from recordsearch.extract import plain

            return plain.count_pages(path)
        case MediaType.HTML:
            from recordsearch.extract import html

            return html.count_pages(path)
        case MediaType.EMAIL:
            from recordsearch.extract import email_file

            return email_file.count_pages(path)
        case MediaType.MSG:
            from recordsearch.extract import msg_file

            return msg_file.count_pages(path)
        case _ if media_type in CONTAINERS:
            return 0
        case _:
            return _office(media_type).count_pages(path)


def read_pages(
    path: str, media_type: MediaType, first: int, last: int, options: ReadOptions
) -> Iterator[Page]:
    """Yield pages ``first`` to ``last`` (from 1, both included) of the file at ``path``.

    Pages are read as they are asked for. One that cannot be read comes with
    :attr:`~recordsearch.records.Method.NONE`, a cause in ``poor`` and a ``mend``, and the others
    go on. Pages beyond the last are not yielded.

    :raises UnreadableError: the file as a whole cannot be read; see :func:`count_pages`.
    """
    match media_type:
        case MediaType.PDF:
            from recordsearch.extract import pdf

            yield from pdf.read_pages(path, first, last, options)
        case MediaType.TIFF | MediaType.PNG | MediaType.JPEG:
            from recordsearch.extract import image

            yield from image.read_pages(path, first, last, options)
        case MediaType.TEXT:
            from recordsearch.extract import plain

            yield from plain.read_pages(path, first, last)
        case MediaType.HTML:
            from recordsearch.extract import html

            yield from _with_tables(html.read_pages(path, first, last), media_type)
        case MediaType.EMAIL:
            from recordsearch.extract import email_file

            yield from email_file.read_pages(path, first, last)
        case MediaType.MSG:
            from recordsearch.extract import msg_file

            yield from msg_file.read_pages(path, first, last)
        case _ if media_type in CONTAINERS:
            return
        case _:
            yield from _with_tables(_office(media_type).read_pages(path, first, last), media_type)


def _with_tables(pages: Iterator[Page], media_type: MediaType) -> Iterator[Page]:
    from recordsearch.extract.marks import with_native_tables

    for page in pages:
        yield with_native_tables(page, media_type)


class _Reader(Protocol):
    """A module that reads a format without options."""

    def count_pages(self, path: str) -> int: ...
    def read_pages(self, path: str, first: int, last: int) -> Iterator[Page]: ...


def _office(media_type: MediaType) -> _Reader:
    """Return the module that reads an office format.

    :raises ValueError: it is none.
    """
    match media_type:
        case MediaType.DOCX:
            from recordsearch.extract import office_docx

            return office_docx
        case MediaType.XLSX:
            from recordsearch.extract import office_xlsx

            return office_xlsx
        case MediaType.PPTX:
            from recordsearch.extract import office_pptx

            return office_pptx
        case MediaType.ODT:
            from recordsearch.extract import office_odt

            return office_odt
        case MediaType.ODS:
            from recordsearch.extract import office_ods

            return office_ods
        case MediaType.ODP:
            from recordsearch.extract import office_odp

            return office_odp
        case MediaType.RTF:
            from recordsearch.extract import office_rtf

            return office_rtf
        case MediaType.CSV:
            from recordsearch.extract import office_csv

            return office_csv
        case _:
            raise ValueError(media_type)


def native_message(path: str, media_type: MediaType) -> "NativeMessage | None":
    """Return what the header of the e-mail file at ``path`` says; None for other kinds of file.

    :raises UnreadableError: the file as a whole cannot be read; see :func:`count_pages`.
    """
    match media_type:
        case MediaType.EMAIL:
            from recordsearch.extract import email_file

            return email_file.native_message(path)
        case MediaType.MSG:
            from recordsearch.extract import msg_file

            return msg_file.native_message(path)
        case _:
            return None


def use_passwords(passwords: Sequence[str]) -> None:
    """Try these passwords, in their order, on files that need one, from now on in this process."""
    from recordsearch.extract import pdf_file

    pdf_file.use_passwords(passwords)


def check_language(language: str) -> None:
    """Check before a run that OCR can read ``language``, Tesseract codes joined by ``+``.

    :raises UsageError: a model is missing, or ``language`` is no such list; the message names the
        languages that are installed.
    """
    from recordsearch.extract import ocr_models

    ocr_models.check_language(language)

r"""A PDF put together from pages of records, as they are, with what was found marked on them.

Marks are highlight annotations: the page below them is not changed. Text is set in the standard
fonts, which know the letters of Western Europe; others are written as escapes (``\u0416``).
"""

import ctypes
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any

from recordsearch.errors import UnreadableError
from recordsearch.extract.pdf_file import open_pdf

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, of the page as it is shown upright."""

# US Letter, in points, and what is set on it.
_WIDTH, _HEIGHT, _MARGIN = 612.0, 792.0, 54.0
_SIZE, _LEADING = 9.0, 11.5
# Every letter of Courier is so wide, of its size.
_COURIER = 0.6
LINE_CHARACTERS = int((_WIDTH - 2 * _MARGIN) / (_SIZE * _COURIER))
"""Characters of a line of set text."""
LINES_A_PAGE = int((_HEIGHT - 2 * _MARGIN) / _LEADING)
"""Lines of a page of set text."""
_MARK = (255, 225, 0, 255)
_JPEG_QUALITY = 85
# Boxes are put into whole device units: so many a point.
_UNITS = 16


class EvidenceBook:
    """A PDF that is being put together. Use it as a context manager; pages come in order."""

    def __init__(self) -> None:
        from pypdfium2 import PdfDocument

        self._document = PdfDocument.new()

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self._document)

    def add_pdf_page(self, path: str, number: int, rotation: int, boxes: Iterable[Box]) -> None:
        """Add page ``number`` (from 1) of the PDF at ``path``.

        ``rotation`` is by how many degrees clockwise its content is turned to be upright, as the
        boxes are: so it is shown, whatever the file says.

        :raises UnreadableError: the page cannot be taken over.
        """
        from pypdfium2 import PdfiumError

        opened = open_pdf(path)
        if not 1 <= number <= opened.pages:
            raise UnreadableError("extract", "there is no such page any more")
        try:
            self._document.import_pages(opened.document, [number - 1])
        except PdfiumError as error:
            raise UnreadableError("extract", "the page cannot be taken over") from error
        page = self._document[self.pages - 1]
        try:
            page.set_rotation(rotation % 360)
            self._mark(page.raw, boxes)
        finally:
            page.close()

    def add_picture(self, picture: "Image", dpi: int, boxes: Iterable[Box]) -> None:
        """Add a picture as a page, upright; ``dpi`` is pixels an inch."""
        import io

        from pypdfium2 import PdfImage, PdfMatrix

        stream = io.BytesIO()
        picture.convert("RGB").save(stream, "JPEG", quality=_JPEG_QUALITY)
        stream.seek(0)
        width, height = (side * 72 / dpi for side in picture.size)
        page = self._document.new_page(width, height)
        try:
            image = PdfImage.new(self._document)
            image.load_jpeg(stream, inline=True)
            image.set_matrix(PdfMatrix().scale(width, height))
            page.insert_obj(image)
            page.gen_content()
            self._mark(page.raw, boxes)
        finally:
            page.close()

    def add_text(self, lines: Sequence[tuple[str, Sequence[tuple[int, int]]]]) -> None:
        """Set lines of text, each with the character ranges in it that are marked.

        A line is at most :data:`LINE_CHARACTERS` long; pages are begun as they are needed.
        """
        for start in range(0, max(1, len(lines)), LINES_A_PAGE):
            page = self._document.new_page(_WIDTH, _HEIGHT)
            boxes: list[Box] = []
            try:
                for row, (text, ranges) in enumerate(lines[start : start + LINES_A_PAGE]):
                    top = _MARGIN + row * _LEADING
                    self._set(page, text, _HEIGHT - top - _SIZE)
                    boxes += [
                        (
                            _MARGIN + low * _SIZE * _COURIER,
                            top,
                            _MARGIN + high * _SIZE * _COURIER,
                            top + _LEADING,
                        )
                        for low, high in ranges
                    ]
                page.gen_content()
                self._mark(page.raw, boxes)
            finally:
                page.close()

    def add_all_of(self, other: "EvidenceBook") -> None:
        """Add all pages of another book, marks included."""
        if other.pages:
            self._document.import_pages(other._document)

    def save(self, file: IO[bytes]) -> None:
        """Write the PDF to ``file``."""
        self._document.save(file)

    def __enter__(self) -> "EvidenceBook":
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def _set(self, page: Any, text: str, base: float) -> None:
        from pypdfium2 import raw

        if not text.strip():
            return
        set_text = raw.FPDFPageObj_NewTextObj(self._document.raw, b"Courier", _SIZE)
        encoded = text.encode("utf-16-le") + b"\0\0"
        raw.FPDFText_SetText(
            set_text,
            ctypes.cast(ctypes.create_string_buffer(encoded), ctypes.POINTER(raw.FPDF_WCHAR)),
        )
        raw.FPDFPageObj_Transform(set_text, 1, 0, 0, 1, _MARGIN, base)
        raw.FPDFPage_InsertObject(page.raw, set_text)

    def _mark(self, page: Any, boxes: Iterable[Box]) -> None:
        from pypdfium2 import raw

        wide, high = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        size = (round(wide * _UNITS), round(high * _UNITS))
        for box in boxes:
            left, top, right, bottom = _on_page(page, box, size)
            note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
            if not note:
                continue
            rectangle = raw.FS_RECTF(left, top, right, bottom)
            corners = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            raw.FPDFAnnot_SetRect(note, rectangle)
            raw.FPDFAnnot_AppendAttachmentPoints(note, corners)
            raw.FPDFAnnot_SetColor(note, raw.FPDFANNOT_COLORTYPE_Color, *_MARK)
            raw.FPDFAnnot_SetFlags(note, raw.FPDF_ANNOT_FLAG_PRINT)
            raw.FPDFPage_CloseAnnot(note)


def _on_page(page: Any, box: Box, size: tuple[int, int]) -> Box:
    """Turn an upright box into left, top, right, bottom in the page's own coordinates, y up."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for across, down in ((box[0], box[1]), (box[2], box[3])):
        raw.FPDF_DeviceToPage(
            page, 0, 0, *size, 0, round(across * _UNITS), round(down * _UNITS), x, y
        )
        found.append((x.value, y.value))
    (x0, y0), (x1, y1) = found
    return min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1)


def printable(text: str) -> str:
    """Write what the standard fonts do not know as escapes."""
    return text.encode("cp1252", "backslashreplace").decode("cp1252")

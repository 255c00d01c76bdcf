"""One page of a file as a picture, drawn as the first OCR had it: for reading it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from recordsearch.errors import UnreadableError
from recordsearch.extract import image
from recordsearch.extract.ocr_page import Render
from recordsearch.extract.pdf_file import open_pdf
from recordsearch.extract.pdf_render import draw_page
from recordsearch.extract.pdf_text import PdfPage
from recordsearch.records import MediaType


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page that can be drawn: its size in points and by how much it was turned already.

    ``rotation`` is the degrees clockwise by which the stored content was turned.
    """

    render: Render
    width: float
    height: float
    rotation: int


@contextmanager
def page_picture(path: str, media_type: MediaType, number: int) -> Iterator[PagePicture]:
    """Open page ``number`` (from 1) of the file at ``path`` for drawing.

    :raises UnreadableError: the file or the page cannot be read, does not exist, or is of a kind
        that holds no pictures of pages.
    """
    if media_type is MediaType.PDF:
        opened = open_pdf(path)
        if not 1 <= number <= opened.pages:
            raise _no_page(number)
        with PdfPage(opened, number) as page:
            width, height = page.size
            yield PagePicture(
                lambda dpi: draw_page(page.handle, width, height, dpi),
                width,
                height,
                page.rotation,
            )
        return
    if media_type not in (MediaType.TIFF, MediaType.PNG, MediaType.JPEG):
        raise UnreadableError("ocr", f"OCR does not apply to a file of type {media_type}")
    with image._open(path) as file:
        try:
            if number > 1 and file.format != "TIFF":
                raise EOFError
            if number != 1:
                file.seek(number - 1)
        except (EOFError, ValueError) as error:
            raise _no_page(number) from error
        except Exception as error:
            raise image._damaged(error) from error
        image._check_size(file)
        picture, turned = image._gray(file)
        dpi = image.page_dpi(picture.width, picture.height, file.info.get("dpi"))
        yield PagePicture(
            lambda wanted: image._scaled(picture, dpi, wanted),
            picture.width * 72 / dpi,
            picture.height * 72 / dpi,
            turned,
        )


def _no_page(number: int) -> UnreadableError:
    return UnreadableError("extract", f"the file has no page {number}", "look at the file by eye")

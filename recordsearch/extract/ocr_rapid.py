"""Reading one page of a file again, by RapidOCR: the second opinion on a page read poorly.

The page is drawn as for Tesseract. RapidOCR is an extra that is not installed by default;
:func:`check_rapid` says so before a run. Whether the second reading is the better one is for
``ocr_choice`` to say.
"""

from recordsearch.errors import UnreadableError, UsageError
from recordsearch.extract.ink import ink_of, shows_ink
from recordsearch.extract.ocr import Reading
from recordsearch.extract.ocr_page import verdict
from recordsearch.extract.ocr_rapid_engine import adapter, check_rapid
from recordsearch.extract.ocr_rapid_page import recognise_again
from recordsearch.extract.ocr_rapid_picture import PagePicture, page_picture
from recordsearch.records import MediaType, Method, Page, ReadOptions

__all__ = ["DPI", "adapter", "check_rapid", "read_page_again"]

DPI = 200
POOR_BELOW = 97.0
"""Confidence under which a reading is poor: such scans and forms lost from one word in ten to one
in five, those from 97 to 99 one in fifteen. Tesseract's confidence means another thing."""


def read_page_again(path: str, media_type: MediaType, number: int, options: ReadOptions) -> Page:
    """Read page ``number`` (from 1) of a PDF, TIFF, PNG or JPEG by RapidOCR.

    Of ``options`` only the language is looked at: it must be one that the model reads. A page that
    shows nothing comes as :attr:`~recordsearch.records.Method.BLANK`; one on which nothing was
    found, as OCR without words and with ``poor`` filled.

    :raises UnreadableError: the page does not exist, cannot be drawn, or RapidOCR failed on it.
    :raises UsageError: RapidOCR is not installed or does not read the language.
    """
    check_rapid(options.language)
    try:
        with page_picture(path, media_type, number) as page:
            picture, dpi = page.render(DPI)
            if not shows_ink(ink_of(picture)):
                return _blank(page, number)
            return _page(page, number, recognise_again(picture, dpi))
    except (UnreadableError, UsageError):
        raise
    except MemoryError as error:
        raise UnreadableError(
            "ocr", "there is not enough memory for this page", "look at it by eye"
        ) from error
    except Exception as error:  # whatever a hostile page provokes costs this page alone
        cause = f"the page could not be read ({type(error).__name__})"
        raise UnreadableError("extract", cause, "look at it by eye") from error


def _page(page: PagePicture, number: int, reading: Reading) -> Page:
    poor, mend = verdict(reading)
    if not poor and reading.confidence < POOR_BELOW:
        poor = f"RapidOCR confidence {reading.confidence:.0f} of 100"
        mend = "look at the page by eye, or scan it again at 300 dpi or more"
    reason = f"read again by RapidOCR at {reading.dpi} dpi"
    if reading.rotation:
        reason += f"; scan turned by {reading.rotation} degrees"
    turned = reading.rotation in (90, 270)
    return Page(
        number=number,
        text=reading.text,
        method=Method.OCR,
        adapter=adapter(),
        reason=reason,
        confidence=reading.confidence,
        width=round(page.height if turned else page.width, 2),
        height=round(page.width if turned else page.height, 2),
        rotation=(page.rotation + reading.rotation) % 360,
        words=reading.words,
        poor=poor,
        mend=mend,
    )


def _blank(page: PagePicture, number: int) -> Page:
    return Page(
        number=number,
        text="",
        method=Method.BLANK,
        adapter=adapter(),
        reason="the page shows nothing",
        width=round(page.width, 2),
        height=round(page.height, 2),
        rotation=page.rotation,
    )

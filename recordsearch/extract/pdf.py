"""PDF documents: each page from its text layer or by OCR, whichever reads it better.

How a text layer is read, chosen per page from signals that pdfium gives at little cost:

1. The fast reading, pdfium's own text, for nearly all pages.
2. The careful reading, character by character, where runs lie upon each other (bold made by
   drawing twice), text lies off the page, or letters are set wide apart.
3. The layout reading, pdfplumber's words in reading order, where runs were drawn again and again
   above their predecessors, or two columns of prose were drawn row by row. It takes fifty times
   as long; 1 page in 100 of the corpus needs it. If pdfplumber fails, the fast reading stands.

Then ``choice`` judges the text, and OCR reads the page where the judgement, or the user, wants it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from recordsearch.errors import UnreadableError, UsageError
from recordsearch.extract import ocr, pdf_layout
from recordsearch.extract.choice import MOSTLY_PICTURE, Verdict, judge, ocr_is_better
from recordsearch.extract.clean import clean
from recordsearch.extract.ink import ink_of, shows_ink
from recordsearch.extract.marks import turned
from recordsearch.extract.ocr_page import OcrResult, read_by_ocr, verdict
from recordsearch.extract.page_marks import page_marks
from recordsearch.extract.pdf_careful import careful_text, has_spaced_letters
from recordsearch.extract.pdf_file import OpenPdf, open_pdf
from recordsearch.extract.pdf_render import draw_page
from recordsearch.extract.pdf_text import PdfPage, TextLayer
from recordsearch.records import Adapter, Method, OcrMode, Page, ReadOptions

REVISION = 3

_BLANK_DPI = 100
_HIDDEN = 0.5
_SOME_PICTURE = 0.1
_LAYOUT_OBJECTS = 10_000


@dataclass(frozen=True, slots=True)
class _Layer:
    """A text layer as it was read: with what is worth saying about it."""

    text: str
    adapter: Adapter
    notes: tuple[str, ...]


def count_pages(path: str) -> int:
    """Return the number of pages, at least 1.

    :raises UnreadableError: the file cannot be opened or has no pages.
    """
    return open_pdf(path).pages


def read_pages(path: str, first: int, last: int, options: ReadOptions) -> Iterator[Page]:
    """Yield pages ``first`` to ``last``; one that fails comes with ``poor`` and ``mend`` filled.

    :raises UnreadableError: the file cannot be opened or has no pages.
    """
    opened = open_pdf(path)
    for number in range(max(1, first), min(last, opened.pages) + 1):
        try:
            with PdfPage(opened, number) as page:
                result = _read(opened, page, options)
        except UnreadableError as error:
            result = _failed(number, error)
        except UsageError:
            raise
        except Exception as error:  # whatever a hostile page provokes costs this page alone
            cause = f"the page could not be read ({type(error).__name__})"
            result = _failed(number, UnreadableError("extract", cause, "look at it by eye"))
        yield result


def _read(opened: OpenPdf, page: PdfPage, options: ReadOptions) -> Page:
    layer = page.layer()
    judged = judge(layer.text, page.picture_share)
    text = _read_layer(opened, page, layer, judged)
    if layer.off_page and not judged.fault:  # what is left of it may be a mere stamp, or nothing
        judged = judge(text.text, page.picture_share)
    as_text = _text_page(page.number, layer, text, judged)
    if options.ocr is OcrMode.NEVER or (options.ocr is OcrMode.AUTO and not judged.fault):
        if text.text:
            return replace(as_text, marks=page_marks(page, text.text))
        # A scan is not drawn to see whether it is blank: without OCR it cannot be read anyway.
        if not layer.objects or (not page.picture_share() and _is_blank(page)):
            return _blank_page(as_text)
        return replace(as_text, method=Method.NONE)
    if not layer.objects and not text.text:
        return _blank_page(as_text)
    try:
        result = read_by_ocr(lambda dpi: draw_page(page.handle, *page.size, dpi), options.language)
    except UnreadableError as error:
        return replace(
            as_text,
            method=Method.TEXT if text.text else Method.NONE,
            reason=f"{as_text.reason}; {error.message}",
            poor=error.message,
            mend=error.mend,
        )
    chosen = _choose(as_text, text, judged, result, options)
    if chosen.method is Method.BLANK:
        return chosen
    turn = result.reading.rotation if chosen.method is Method.OCR else 0
    boxes = [
        box
        if turn == result.reading.rotation
        else turned(box, result.reading.width, result.reading.height, -result.reading.rotation)
        for box in result.redactions
    ]
    return replace(chosen, marks=page_marks(page, chosen.text, boxes, turn))


def _choose(
    as_text: Page, layer: _Layer, judged: Verdict, result: OcrResult, options: ReadOptions
) -> Page:
    """Choose between the text layer and what OCR read, and keep the other."""
    if result.blank and not layer.text:
        return _blank_page(as_text)
    reading = result.reading
    always = options.ocr is OcrMode.ALWAYS
    why = "OCR was asked for" if always and not judged.fault else judged.fault
    if layer.text:
        wanted = always and bool(reading.words)
        if not wanted and not ocr_is_better(judged, layer.text, reading.text, reading.confidence):
            # A sure OCR has shown that the layer is no mere fraction; an unsure one has not.
            poor, mend = (judged.fault, "look at the page by eye") if judged.garbage else ("", "")
            if not poor and not result.blank:
                poor, mend = verdict(reading)
                if not poor and judged.mostly_picture:
                    poor = f"{judged.fault}, in which OCR found no more words"
                    mend = "look at the page by eye: it may be a picture, handwriting or too faint"
            return replace(
                as_text,
                reason=f"{why}; kept, because OCR read no more words than it has",
                poor=poor,
                mend=mend,
                other_text=reading.text or None,
            )
        why += "; OCR read more of it" if not always else ""
    poor, mend = verdict(reading)
    if result.attempts > 1:
        why += f"; read twice, better at {reading.dpi} dpi"
    if reading.rotation:
        why += f"; scan turned by {reading.rotation} degrees"
    turned = reading.rotation in (90, 270)
    return replace(
        as_text,
        text=reading.text,
        method=Method.OCR,
        adapter=ocr.adapter(options.language),
        reason=why,
        confidence=reading.confidence,
        width=as_text.height if turned else as_text.width,
        height=as_text.width if turned else as_text.height,
        rotation=(as_text.rotation + reading.rotation) % 360,
        words=reading.words,
        poor=poor,
        mend=mend,
        other_text=layer.text or None,
    )


def _read_layer(opened: OpenPdf, page: PdfPage, layer: TextLayer, judged: Verdict) -> _Layer:
    """Read the text layer in the way that its signals call for."""
    raw = _hyphens(layer.text)
    adapter = fast_adapter()
    notes: list[str] = []
    careful = layer.order.doubled or layer.off_page or has_spaced_letters(raw)
    if careful and not judged.garbage:
        raw, copies, off_page = careful_text(
            page.characters(), layer.width, layer.height, doubled=layer.order.doubled
        )
        if copies:
            notes.append(f"{copies} characters drawn twice count once")
        if off_page:
            notes.append(f"{off_page} characters off the page left out")
    if (
        (layer.order.out_of_order or layer.order.across)
        and not judged.garbage
        and not page.turned
        and len(raw) <= pdf_layout.CHARACTERS
        and layer.objects <= _LAYOUT_OBJECTS
        and page.picture_share() <= MOSTLY_PICTURE
    ):
        try:
            laid_out = pdf_layout.layout_text(opened, page.number, doubled=layer.order.doubled)
        except pdf_layout.LayoutError as error:
            notes.append(f"drawn out of reading order, and left so: {error}")
        else:
            if laid_out.strip():
                raw, adapter = laid_out, layout_adapter()
                notes.append("drawn out of reading order, so read again by position")
    if layer.invisible_share > _HIDDEN and page.picture_share() < _SOME_PICTURE:
        notes.append(f"{layer.invisible_share:.0%} of the text is drawn invisibly")
    if page.turned:
        notes.append(f"text turned by {page.turned} degrees")
    return _Layer(clean(raw), adapter, tuple(notes))


def _text_page(number: int, layer: TextLayer, text: _Layer, judged: Verdict) -> Page:
    """Return the page as its text layer alone gives it, OCR being off or not wanted."""
    if judged.fault and not text.text:
        poor = "no text layer, and OCR is off"
    elif judged.fault:
        poor = f"{judged.fault}, and OCR is off"
    else:
        poor = ""
    return Page(
        number=number,
        text=text.text,
        method=Method.TEXT,
        adapter=text.adapter,
        reason="; ".join((judged.fault or "good text layer", *text.notes)),
        width=round(layer.width, 2),
        height=round(layer.height, 2),
        rotation=layer.rotation,
        poor=poor,
        mend="index again with --ocr auto" if poor else "",
    )


def _blank_page(page: Page) -> Page:
    return replace(
        page, text="", method=Method.BLANK, reason="the page shows nothing", poor="", mend=""
    )


def _failed(number: int, error: UnreadableError) -> Page:
    return Page(
        number=number,
        text="",
        method=Method.NONE,
        adapter=fast_adapter(),
        reason=error.message,
        poor=error.message,
        mend=error.mend,
    )


def _is_blank(page: PdfPage) -> bool:
    return not shows_ink(ink_of(draw_page(page.handle, *page.size, _BLANK_DPI)[0]))


def _hyphens(text: str) -> str:
    """Put back the line's end that pdfium swallows after a hyphen, which comes as U+FFFE."""
    return text.replace("\ufffe", "-\n") if "\ufffe" in text else text


def fast_adapter() -> Adapter:
    """Return what a page read by pdfium is recorded as."""
    from pypdfium2.version import PYPDFIUM_INFO

    return Adapter("pypdfium2", f"{REVISION}/{PYPDFIUM_INFO.version}")


def layout_adapter() -> Adapter:
    """Return what a page read word by word is recorded as."""
    return Adapter("pdfplumber", f"{REVISION}/{pdf_layout.version()}")

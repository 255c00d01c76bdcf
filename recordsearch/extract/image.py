"""Pictures of pages: TIFF with many pages, PNG and JPEG; each page is read by OCR.

The resolution is the file's own where it makes sense, else guessed from the size, and the picture
is brought to the resolution that OCR wants. Pixels are capped, and a bomb is refused.
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from recordsearch.errors import UnreadableError
from recordsearch.extract import ocr
from recordsearch.extract.marks import scan_marks
from recordsearch.extract.ocr_page import read_by_ocr, verdict
from recordsearch.extract.pdf_render import limited_dpi
from recordsearch.records import Adapter, Method, OcrMode, Page, ReadOptions

if TYPE_CHECKING:
    from PIL.Image import Image

REVISION = 1

PIXELS = 170_000_000
"""Most pixels of a stored picture: A0 at 300 dpi has 140 million. Pillow refuses 179 million."""
_SAMPLES = 500_000_000
"""Most colour values of a stored picture, which take a byte or more each in memory."""
_PAGES = 100_000
_ORIENTATION = 274  # the EXIF and TIFF tag
_TURNS = {1: 0, 2: 0, 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
_DPI_LEAST, _DPI_MOST = 60, 2_400
_PAGE_INCHES = (1.5, 50.0)
_SCREEN_DPI = 96
"""What cameras and programs write that know nothing of paper: 72 and 96."""
_SCREEN_INCHES = (1.5, 17.0)
_USUAL_INCHES = 11.0
_CLOSE = 1.2
"""A picture within this factor of the wanted resolution is read as it is: scaling blurs it."""
_MEND = "get the file again from its source"


def count_pages(path: str) -> int:
    """Return the number of pictures in the file, at least 1.

    :raises UnreadableError: the file is no readable picture, or too large a one.
    """
    with _open(path) as file:
        try:
            return min(_PAGES, int(getattr(file, "n_frames", 1)) if file.format == "TIFF" else 1)
        except Exception as error:
            raise _damaged(error) from error


def read_pages(path: str, first: int, last: int, options: ReadOptions) -> Iterator[Page]:
    """Yield pages ``first`` to ``last``; one that fails comes with ``poor`` and ``mend`` filled.

    :raises UnreadableError: the file is no readable picture, or too large a one.
    """
    with _open(path) as file:
        many = file.format == "TIFF"
        for number in range(max(1, first), last + 1):
            if number > 1 and not many:
                return
            try:
                if many:
                    file.seek(number - 1)
            except EOFError:
                return
            except Exception as error:
                yield _failed(number, _damaged(error))
                continue
            yield _read(file, number, options)


def _read(file: "Image", number: int, options: ReadOptions) -> Page:
    if options.ocr is OcrMode.NEVER:
        return _failed(
            number,
            UnreadableError(
                "extract", "no text layer, and OCR is off", "index again with --ocr auto"
            ),
        )
    try:
        _check_size(file)  # each picture of a TIFF has its own
        picture, turned = _gray(file)
        dpi = page_dpi(picture.width, picture.height, file.info.get("dpi"))
        result = read_by_ocr(lambda wanted: _scaled(picture, dpi, wanted), options.language)
    except UnreadableError as error:
        return _failed(number, error)
    except MemoryError as error:
        return _failed(number, _damaged(error))
    width, height = picture.width * 72 / dpi, picture.height * 72 / dpi
    reading = result.reading
    if reading.rotation in (90, 270):
        width, height = height, width
    if result.blank:
        return Page(
            number=number,
            text="",
            method=Method.BLANK,
            adapter=adapter(),
            reason="the page shows nothing",
            width=round(width, 2),
            height=round(height, 2),
            rotation=turned,
        )
    poor, mend = verdict(reading)
    notes = ["a picture has no text layer"]
    if result.attempts > 1:
        notes.append(f"read twice, better at {reading.dpi} dpi")
    if reading.rotation:
        notes.append(f"scan turned by {reading.rotation} degrees")
    return Page(
        number=number,
        text=reading.text,
        method=Method.OCR,
        adapter=ocr.adapter(options.language),
        reason="; ".join(notes),
        confidence=reading.confidence,
        width=round(width, 2),
        height=round(height, 2),
        rotation=(turned + reading.rotation) % 360,
        words=reading.words,
        poor=poor,
        mend=mend,
        marks=scan_marks(reading.text, result.redactions, width, height),
    )


def upright_picture(path: str, number: int, rotation: int) -> "tuple[Image, int]":
    """Return page ``number`` (from 1) of a picture file in gray, and its dots an inch.

    It is turned clockwise by ``rotation`` degrees in all, as :class:`~recordsearch.records.Page`
    tells of a page that was read.

    :raises UnreadableError: it cannot be decoded.
    """
    from PIL.Image import Transpose

    turns = {90: Transpose.ROTATE_270, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_90}
    with _open(path) as file:
        try:
            file.seek(number - 1)
        except Exception as error:
            raise _damaged(error) from error
        _check_size(file)
        picture, turned = _gray(file)
        dpi = page_dpi(picture.width, picture.height, file.info.get("dpi"))
    left = (rotation - turned) % 360
    return (picture.transpose(turns[left]) if left else picture), dpi


def page_dpi(width: int, height: int, stated: Any) -> int:
    """Return the dots an inch of a picture of a page, ``width`` by ``height`` pixels.

    ``stated`` is what the file says, a pair or None. It is believed when it is from 60 to 2,400
    and makes a page of 1.5 to 50 inches on its longer side, or to 17 where it is 96 or less, which
    is often written without thought; otherwise the longer side is taken to be 11 inches.
    """
    longer = max(width, height, 1)
    try:
        dpi = float(stated[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError):
        dpi = 0.0
    least, most = _PAGE_INCHES if dpi > _SCREEN_DPI else _SCREEN_INCHES
    if _DPI_LEAST <= dpi <= _DPI_MOST and least <= longer / dpi <= most:
        return round(dpi)
    return max(_DPI_LEAST, min(_DPI_MOST, round(longer / _USUAL_INCHES)))


def _scaled(picture: "Image", dpi: int, wanted: int) -> "tuple[Image, int]":
    from PIL import Image

    wanted = limited_dpi(picture.width / dpi, picture.height / dpi, wanted)
    if wanted / _CLOSE <= dpi <= wanted * _CLOSE:
        return picture, dpi
    size = (
        max(1, round(picture.width * wanted / dpi)),
        max(1, round(picture.height * wanted / dpi)),
    )
    method = Image.Resampling.BICUBIC if wanted > dpi else Image.Resampling.BOX
    return picture.resize(size, method), wanted


def _gray(file: "Image") -> "tuple[Image, int]":
    """Decode a picture to gray on white, upright as its orientation tag says."""
    from PIL import Image, ImageOps

    try:
        if file.format == "JPEG":  # JPEG decodes to a half or a quarter for nearly nothing
            wanted = limited_dpi(file.width / 100, file.height / 100, 100) / 100
            file.draft("L", (int(file.width * wanted), int(file.height * wanted)))
        turned = _TURNS.get(int(file.getexif().get(_ORIENTATION, 1) or 1), 0)
        picture: Image.Image = file
        if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
            extrema: Any = picture.getextrema()  # of one band a pair, which the types leave open
            low, high = float(extrema[0]), float(extrema[1])
            scale = 255 / max(high - low, 1.0)
            picture = picture.convert("F").point(lambda value: value * scale - low * scale)
        elif "A" in picture.mode or "transparency" in picture.info:
            paper = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(paper, picture.convert("RGBA"))
        picture = ImageOps.exif_transpose(picture) if turned or _mirrored(file) else picture
        return picture.convert("L"), turned
    except Exception as error:
        raise _damaged(error) from error


def _mirrored(file: "Image") -> bool:
    return file.getexif().get(_ORIENTATION, 1) in (2, 4)


@contextmanager
def _open(path: str) -> Iterator["Image"]:
    from PIL import Image, UnidentifiedImageError

    try:
        if os.stat(path).st_size == 0:
            raise UnreadableError("open", "the file is empty", _MEND)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # limits are our own, below
            file = Image.open(path, formats=("TIFF", "PNG", "JPEG", "MPO"))
    except UnidentifiedImageError as error:
        raise _damaged(error) from error
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror or error}") from error
    except UnreadableError:
        raise
    except Exception as error:
        raise _damaged(error) from error
    with file:
        _check_size(file)
        yield file


def _check_size(file: "Image") -> None:
    pixels = file.width * file.height
    if pixels > PIXELS or pixels * len(file.getbands()) > _SAMPLES:
        raise _too_large()


def _damaged(error: Exception) -> UnreadableError:
    return UnreadableError(
        "extract", f"the picture is truncated or corrupt ({type(error).__name__})", _MEND
    )


def _too_large() -> UnreadableError:
    return UnreadableError(
        "open",
        f"the picture is too large (more than {PIXELS:,} pixels, or {_SAMPLES:,} colour values)",
        "scale it down and index it again",
    )


def _failed(number: int, error: UnreadableError) -> Page:
    return Page(
        number=number,
        text="",
        method=Method.NONE,
        adapter=adapter(),
        reason=error.message,
        poor=error.message,
        mend=error.mend,
    )


def adapter() -> Adapter:
    """Return what a picture without text is recorded as."""
    from PIL import __version__

    return Adapter("pillow", f"{REVISION}/{__version__}")

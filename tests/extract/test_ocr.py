"""Scans: pages that only OCR can read, and the choice between it and a text layer.

Each test that runs OCR costs a second or so; there are few, and each checks much.
"""

import io
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFont

from recordsearch.records import MediaType, Method, OcrMode, Page

Read = Callable[..., list[Page]]
Pdf = Callable[..., bytes]
TextAt = Callable[..., str]


def scan(lines: tuple[str, ...], width: int = 1700, height: int = 800) -> Image.Image:
    """Draw lines of type as a scan at 200 dpi would show them."""
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=34)
    for row, line in enumerate(lines):
        draw.text((130, 120 + 58 * row), line, fill=0, font=font)
    return picture


def as_png(picture: Image.Image, dpi: int | None = 200) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def scanned_pdf(pdf: Pdf, picture: Image.Image, over: str = "", **entries: str) -> bytes:
    """Put a scan at 200 dpi on a PDF page, with more content over it."""
    data = zlib.compress(picture.tobytes())
    image = (
        (
            "<< /Type /XObject /Subtype /Image "
            f"/Width {picture.width} /Height {picture.height} "
            f"/ColorSpace /DeviceGray /BitsPerComponent 8 "
            f"/Filter /FlateDecode /Length {len(data)} >>"
            "\nstream\n"
        ).encode()
        + data
        + b"\nendstream"
    )
    wide, high = picture.width * 0.36, picture.height * 0.36
    return pdf(
        [f"q {wide} 0 0 {high} 0 0 cm /Im Do Q\n{over}"],
        box=(0, 0, wide, high),
        resources="/Font << /F1 3 0 R >> /XObject << /Im 4 0 R >>",
        objects=[image],
        **entries,
    )


def recall(expected: tuple[str, ...], text: str) -> float:
    words = " ".join(expected).split()
    found = set(text.split())
    return sum(word in found for word in words) / len(words)


def test_scanned_page_is_read_with_boxes_and_confidence(
    read: Read, pdf: Pdf, prose: tuple[str, ...]
) -> None:
    (page,) = read(scanned_pdf(pdf, scan(prose)), ocr=OcrMode.AUTO)
    assert page.method is Method.OCR
    assert recall(prose, page.text) > 0.97
    assert len([line for line in page.text.split("\n") if line]) == len(prose)
    assert page.confidence is not None
    assert page.confidence > 85
    assert (page.poor, page.other_text) == ("", None)
    assert page.reason.startswith("no text layer")
    assert page.adapter.name == "tesserocr"
    assert "tesseract 5" in page.adapter.version
    assert len(page.adapter.version.rsplit("eng:", 1)[1]) == 12
    first = page.words[0]
    assert first.text == "The"
    assert (first.x0, first.top) == (pytest.approx(46.8, abs=4), pytest.approx(45, abs=6))
    assert all(
        0 <= w.x0 < w.x1 <= page.width and 0 <= w.top < w.bottom <= page.height for w in page.words
    )


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_scan_is_righted(read: Read, prose: tuple[str, ...], turned: int) -> None:
    picture = scan(prose).rotate(-turned, expand=True)  # Pillow turns counter-clockwise
    (page,) = read(as_png(picture), MediaType.PNG, OcrMode.AUTO)
    assert recall(prose, page.text) > 0.97
    assert page.rotation == (360 - turned) % 360
    assert (page.width, page.height) == (pytest.approx(612), pytest.approx(288))
    first = page.words[0]
    assert first.text == "The"
    assert (first.x0, first.top) == (pytest.approx(46.8, abs=4), pytest.approx(45, abs=6))


def test_good_layer_over_a_scan_is_used_without_ocr(
    read: Read, pdf: Pdf, text_at: TextAt, prose: tuple[str, ...]
) -> None:
    layer = "".join(
        text_at(46, 240 - 20 * row, line, extra="3 Tr") for row, line in enumerate(prose)
    )
    (page,) = read(scanned_pdf(pdf, scan(prose), layer), ocr=OcrMode.AUTO)
    assert page.method is Method.TEXT
    assert page.text.split("\n") == list(prose)
    assert (page.poor, page.reason) == ("", "good text layer")


def test_garbage_layer_over_a_scan_is_replaced_and_kept(
    read: Read, pdf: Pdf, text_at: TextAt, prose: tuple[str, ...]
) -> None:
    garbage = ["xq#7 lkjhg wR% tkzz; pq9d ~bnm vbX zzT gh", "Kj4 mnbv cxz lkJ hgfd p0o iuytr wq&"]
    layer = "".join(
        text_at(46, 240 - 10 * row, garbage[row % 2], extra="3 Tr") for row in range(10)
    )
    data = scanned_pdf(pdf, scan(prose), layer)
    (page,) = read(data, ocr=OcrMode.AUTO)
    assert page.method is Method.OCR
    assert recall(prose, page.text) > 0.97
    assert "does not look like language" in page.reason
    assert page.other_text is not None
    assert "lkjhg" in page.other_text
    (page,) = read(data, ocr=OcrMode.NEVER)
    assert page.method is Method.TEXT
    assert "lkjhg" in page.text
    assert page.poor.endswith("OCR is off")


def test_stamp_on_a_scan_does_not_pass_for_its_text(
    read: Read, pdf: Pdf, text_at: TextAt, prose: tuple[str, ...]
) -> None:
    data = scanned_pdf(pdf, scan(prose), text_at(400, 20, "AGENCY-000123", size=10))
    (page,) = read(data, ocr=OcrMode.AUTO)
    assert page.method is Method.OCR
    assert recall(prose, page.text) > 0.97
    assert page.other_text == "AGENCY-000123"
    assert "13 characters" in page.reason
    (page,) = read(data, ocr=OcrMode.NEVER)
    assert (page.method, page.text) == (Method.TEXT, "AGENCY-000123")
    assert page.mend == "index again with --ocr auto"


def test_ocr_of_every_page_when_asked_for(
    read: Read, pdf: Pdf, text_at: TextAt, prose: tuple[str, ...]
) -> None:
    content = "".join(text_at(72, 700 - 20 * row, line) for row, line in enumerate(prose))
    (page,) = read(pdf([content]), ocr=OcrMode.ALWAYS)
    assert page.method is Method.OCR
    assert recall(prose, page.text) > 0.97
    assert page.reason == "OCR was asked for"
    assert page.other_text == "\n".join(prose)


def test_tiff_of_many_pages(read: Read, prose: tuple[str, ...]) -> None:
    out = io.BytesIO()
    first, second = scan(prose[:2], height=400), scan(prose[2:4], height=400)
    first.save(
        out,
        "TIFF",
        save_all=True,
        append_images=[Image.new("L", (1700, 400), 250), second],
        dpi=(200, 200),
    )
    pages = read(out.getvalue(), MediaType.TIFF, OcrMode.AUTO)
    assert [(page.number, page.method) for page in pages] == [
        (1, Method.OCR),
        (2, Method.BLANK),
        (3, Method.OCR),
    ]
    assert recall(prose[:2], pages[0].text) == 1
    assert recall(prose[2:4], pages[2].text) == 1
    assert pages[1].poor == ""
    (page,) = read(out.getvalue(), MediaType.TIFF, OcrMode.AUTO, first=2, last=2)
    assert page == pages[1]


def test_orientation_tag_and_unknown_resolution(read: Read, prose: tuple[str, ...]) -> None:
    exif = Image.Exif()
    exif[274] = 6  # to be shown turned a quarter clockwise
    out = io.BytesIO()
    page_picture = scan(prose, height=2200)
    page_picture.rotate(90, expand=True).save(out, "JPEG", exif=exif, quality=85)
    (page,) = read(out.getvalue(), MediaType.JPEG, OcrMode.AUTO)
    assert recall(prose, page.text) > 0.97
    assert page.rotation == 90
    assert (page.width, page.height) == (pytest.approx(612, abs=2), pytest.approx(792, abs=2))


def test_picture_without_words_is_poor_not_empty(read: Read) -> None:
    picture = Image.new("L", (1200, 1200), 255)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((200, 200, 1000, 1000), fill=60)
    (page,) = read(as_png(picture), MediaType.PNG, OcrMode.AUTO)
    assert page.method is Method.OCR
    assert page.poor
    assert page.mend


@pytest.mark.parametrize("mode", ["1", "RGBA", "P", "CMYK", "I;16"])
def test_blank_pictures_of_all_kinds(read: Read, mode: str) -> None:
    picture = Image.new("L", (850, 1100), 255).convert("L" if mode == "I;16" else mode)
    out = io.BytesIO()
    if mode == "I;16":
        picture = Image.new("I;16", (850, 1100), 60_000)
    picture.save(out, "TIFF")
    (page,) = read(out.getvalue(), MediaType.TIFF, OcrMode.AUTO)
    assert (page.method, page.text, page.poor) == (Method.BLANK, "", "")


def test_blank_scan_with_uneven_light_and_specks(read: Read) -> None:
    picture = Image.linear_gradient("L").resize((1700, 2200)).point(lambda v: 200 + v // 6)
    for place in range(0, 1600, 97):
        picture.putpixel((place, place), 0)
    (page,) = read(as_png(picture), MediaType.PNG, OcrMode.AUTO)
    assert page.method is Method.BLANK


def test_one_word_on_a_page_is_not_blank(read: Read, pdf: Pdf) -> None:
    picture = Image.new("L", (1700, 2200), 255)
    ImageDraw.Draw(picture).text(
        (800, 1000), "EXHIBIT", fill=0, font=ImageFont.load_default(size=40)
    )
    (page,) = read(scanned_pdf(pdf, picture), ocr=OcrMode.AUTO)
    assert page.method is Method.OCR
    assert "EXHIBIT" in page.text


def test_page_of_two_hundred_inches_is_read(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    content = text_at(3000, 7000, "ENORMOUS", size=900)
    (page,) = read(pdf([content], box=(0, 0, 14400, 14400)), ocr=OcrMode.ALWAYS)
    assert "ENORMOUS" in page.text
    assert page.width == 14400


def test_no_ocr_leaves_scans_unread_and_says_so(
    read: Read, pdf: Pdf, prose: tuple[str, ...]
) -> None:
    for data, kind in (
        (scanned_pdf(pdf, scan(prose)), MediaType.PDF),
        (as_png(scan(prose)), MediaType.PNG),
    ):
        (page,) = read(data, kind, OcrMode.NEVER)
        assert (page.method, page.text) == (Method.NONE, "")
        assert page.poor == "no text layer, and OCR is off"
        assert page.mend == "index again with --ocr auto"


def test_ocr_writes_nothing_to_the_terminal(read: Read, capfd: pytest.CaptureFixture[str]) -> None:
    picture = Image.new("L", (40, 12), 255)
    ImageDraw.Draw(picture).text((1, 1), "iii", fill=0)
    read(as_png(picture, None), MediaType.PNG, OcrMode.AUTO)
    assert capfd.readouterr() == ("", "")


def test_stamp_beside_what_ocr_cannot_read_is_poor(read: Read, pdf: Pdf, text_at: TextAt) -> None:
    picture = Image.new("L", (1700, 800), 255)
    ImageDraw.Draw(picture).ellipse((300, 100, 1400, 700), fill=60)
    data = scanned_pdf(pdf, picture, text_at(440, 12, "AGENCY-000123", size=10))
    (page,) = read(data, ocr=OcrMode.AUTO)
    assert "AGENCY-000123" in page.text
    assert page.poor
    assert page.mend

"""Reading a page again by RapidOCR; the parts that need the engine are skipped without it."""

import importlib.util
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from recordsearch.errors import UnreadableError, UsageError
from recordsearch.extract import ocr_rapid_engine, ocr_rapid_page
from recordsearch.extract.ocr_rapid import check_rapid, read_page_again
from recordsearch.extract.ocr_rapid_lines import (
    Quad,
    ReadLine,
    ReadWord,
    page_of_lines,
    slope_of,
    words_of_line,
)
from recordsearch.records import MediaType, Method, Page, ReadOptions

needs_rapidocr = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None or importlib.util.find_spec("onnxruntime") is None,
    reason="the extra rapidocr is not installed",
)


def scan(lines: tuple[str, ...], width: int = 1700, height: int = 800) -> Image.Image:
    """Draw lines of type as a scan at 200 dpi would show them."""
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=34)
    for row, line in enumerate(lines):
        draw.text((130, 120 + 58 * row), line, fill=0, font=font)
    return picture


def read_again(
    folder: Path, picture: Image.Image, kind: str = "PNG", number: int = 1, language: str = "eng"
) -> Page:
    path = folder / "page"
    out = io.BytesIO()
    if kind == "PDF":
        picture.save(out, kind, resolution=200)
    else:
        picture.save(out, kind, dpi=(200, 200))
    path.write_bytes(out.getvalue())
    return read_page_again(str(path), MediaType[kind], number, ReadOptions(language=language))


def line(text: str, left: float, top: float, length: float, slope: float = 0.0) -> ReadLine:
    """A line 30 pixels high, its words in proportion."""
    quad: Quad = (
        (left, top),
        (left + length, top + slope * length),
        (left + length, top + slope * length + 30),
        (left, top + 30),
    )
    words, at = [], 0
    for word in text.split(" "):
        words.append(ReadWord(word, at / len(text), (at + len(word)) / len(text), 99.0))
        at += len(word) + 1
    return ReadLine(quad, tuple(words))


def test_words_of_a_line_have_their_places_and_their_own_confidence() -> None:
    # Two words over 20 steps; the space has a score too, which belongs to neither.
    first, second = words_of_line(
        [["P", "i", "e", "r"], ["7"]],
        [[1, 3, 5, 7], [16]],
        "Pier 7",
        [0.9, 0.8, 1.0, 0.9, 0.1, 0.5],
        20.0,
    )
    assert (first.text, second.text) == ("Pier", "7")
    assert (first.confidence, second.confidence) == (pytest.approx(90), pytest.approx(50))
    assert (first.start, first.end) == (pytest.approx(0.025), pytest.approx(0.425))
    assert 0.75 < second.start < 16.5 / 20 < second.end < 0.9


def test_wide_forms_become_plain_signs_and_odd_lines_no_words() -> None:
    (word,) = words_of_line([["（", "b", "）", "，"]], [[0, 2, 4, 6]], "（b），", [1.0] * 4, 8.0)
    assert word.text == "(b),"
    assert 0 <= word.start < word.end <= 1
    assert words_of_line([], [], "", [0], 0.0) == ()
    assert words_of_line([["\x00"]], [[3]], "\x00", [1.0], 8.0) == ()


def test_lines_of_a_crooked_scan_stay_apart() -> None:
    # Over this width the slope amounts to more than a line.
    slope = 0.05
    lines = [
        line(f"row {row} alpha beta gamma delta epsilon", 100, 100 + 40 * row, 1200, slope)
        for row in range(6)
    ]
    assert slope_of(lines) == pytest.approx(slope, abs=1e-3)
    text, words = page_of_lines(lines[::-1], 200)
    assert text.split("\n") == [f"row {row} alpha beta gamma delta epsilon" for row in range(6)]
    assert [word.text for word in words] == text.split()
    last = words[6]
    assert (last.text, last.x1) == ("epsilon", pytest.approx(1300 * 0.36, abs=0.2))
    assert last.bottom == pytest.approx((100 + slope * 1200 + 30) * 0.36, abs=0.2)


def test_columns_are_read_one_after_the_other_and_tables_line_by_line() -> None:
    left = [
        line(f"left {row} reading on and on here", 100, 100 + 40 * row, 650) for row in range(9)
    ]
    right = [
        line(f"right {row} reading on and on too", 900, 100 + 40 * row, 650) for row in range(9)
    ]
    both = [one for pair in zip(left, right, strict=True) for one in pair]
    text, _ = page_of_lines(both, 200)
    assert [row.split()[0] for row in text.split("\n")] == ["left"] * 9 + ["right"] * 9
    table = [
        one
        for row in range(9)
        for one in (
            line(f"Berth {row}", 100, 100 + 40 * row, 150),
            line(f"{row},400", 800, 100 + 40 * row, 90),
            line(f"{row}.5%", 1300, 100 + 40 * row, 70),
        )
    ]
    text, _ = page_of_lines(table, 200)
    assert text.split("\n")[3] == "Berth 3 3,400 3.5%"


def test_narrow_columns_are_read_down_to_a_title_across_them() -> None:
    def column(number: int, top: int) -> list[ReadLine]:
        return [
            line(f"c{number} {row} goes on here so", 60 + 390 * number, top + 40 * row, 375)
            for row in range(8)
        ]

    upper = [one for number in range(4) for one in column(number, 100)]
    lower = [one for number in range(4) for one in column(number, 600)]
    title = line("A title that stands over all of them", 300, 500, 1000)
    text, words = page_of_lines([*lower, title, *upper], 200)
    starts = [row.split()[0] for row in text.split("\n")]
    down = [f"c{number}" for number in range(4) for _ in range(8)]
    assert starts == [*down, "A", *down]
    assert len(words) == len(text.split())


def test_no_lines_make_an_empty_page() -> None:
    assert page_of_lines([], 200) == ("", ())
    assert page_of_lines([ReadLine(((0, 0), (9, 0), (9, 9), (0, 9)), ())], 200) == ("", ())


def test_missing_extra_is_one_clear_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, prose: tuple[str, ...]
) -> None:
    import importlib.metadata

    def absent(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", absent)
    with pytest.raises(UsageError, match="RapidOCR is not installed") as caught:
        check_rapid("eng")
    assert "pip install 'rapidocr" in caught.value.mend
    with pytest.raises(UsageError, match="RapidOCR is not installed"):
        read_again(tmp_path, scan(prose))


@needs_rapidocr
def test_models_lie_in_the_package_so_that_nothing_is_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr_rapid_engine, "_engine", [])
    monkeypatch.setattr(ocr_rapid_engine, "_RECOGNISER", "no-such-model.onnx")
    with pytest.raises(UsageError, match="models of RapidOCR are missing"):
        ocr_rapid_page.recognise_again(scan(("one",)), 200)


@needs_rapidocr
def test_language_that_the_model_does_not_read() -> None:
    check_rapid("eng+deu")
    with pytest.raises(UsageError, match="no model for rus, ell; it reads: afr, aze"):
        check_rapid("eng+rus+ell")


@needs_rapidocr
@pytest.mark.parametrize("kind", ["PNG", "PDF", "TIFF"])
def test_page_is_read_with_boxes_and_confidence(
    tmp_path: Path, prose: tuple[str, ...], kind: str
) -> None:
    page = read_again(tmp_path, scan(prose), kind)
    assert page.text.split("\n") == list(prose)
    assert (page.method, page.poor, page.rotation) == (Method.OCR, "", 0)
    assert (page.width, page.height) == (pytest.approx(612), pytest.approx(288))
    assert page.adapter.name == "rapidocr"
    assert page.confidence is not None
    assert page.confidence > 95
    assert [word.text for word in page.words] == page.text.split()
    first, last = page.words[0], page.words[-1]
    assert (first.x0, first.top) == (pytest.approx(46.8, abs=5), pytest.approx(45, abs=7))
    assert last.top > first.bottom
    assert all(
        0 <= word.x0 < word.x1 <= page.width
        and 0 <= word.top < word.bottom <= page.height
        and 0 <= (word.confidence or 0) <= 100
        for word in page.words
    )


@needs_rapidocr
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_scan_is_righted(tmp_path: Path, prose: tuple[str, ...], turned: int) -> None:
    picture = scan(prose).rotate(-turned, expand=True)  # Pillow turns counter-clockwise
    page = read_again(tmp_path, picture)
    assert page.text.split("\n") == list(prose)
    assert page.rotation == (360 - turned) % 360
    assert (page.width, page.height) == (pytest.approx(612), pytest.approx(288))
    assert page.words[0].x0 == pytest.approx(46.8, abs=5)
    assert f"turned by {(360 - turned) % 360} degrees" in page.reason


@needs_rapidocr
def test_single_signs_of_a_table_are_not_laid_on_their_side(tmp_path: Path) -> None:
    names = ["Crane", "Winch", "Barge", "Buoys", "Ropes", "Flags", "Docks", "Chain"]
    signs = "17I4ZN9$"  # on its side, the I is a dash of Chinese and the $ an S
    picture = Image.new("L", (1700, 1000), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=36)
    for row, (name, sign) in enumerate(zip(names, signs, strict=True)):
        draw.text((150, 120 + 90 * row), name, fill=0, font=font)
        draw.text((900, 120 + 90 * row), sign, fill=0, font=font)
    narrow = picture.resize((900, 1000))
    rows = read_again(tmp_path, narrow).text.replace("Barge 1", "Barge I").split("\n")
    assert rows == [f"{name} {sign}" for name, sign in zip(names, signs, strict=True)]


@needs_rapidocr
def test_blank_page_and_page_without_words(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    blank = read_again(tmp_path, Image.new("L", (1700, 2200), 250))
    assert (blank.method, blank.text, blank.poor) == (Method.BLANK, "", "")
    picture = Image.new("L", (1200, 1200), 255)
    ImageDraw.Draw(picture).ellipse((200, 200, 1000, 1000), fill=60)
    page = read_again(tmp_path, picture)
    assert page.method is Method.OCR
    assert page.poor
    assert capfd.readouterr() == ("", "")


@needs_rapidocr
@pytest.mark.parametrize("size", [(20_000, 12), (9, 9_000), (7, 7), (6_000, 6_000)])
def test_odd_shapes_and_noise_are_read_or_refused_within_bounds(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr_rapid_page, "TIMEOUT", 5.0)
    picture = Image.effect_noise(size, 90)
    try:
        page = read_again(tmp_path, picture)
    except UnreadableError as error:
        assert error.stage == "ocr"  # noqa: PT017 (either is right)
    else:
        assert page.method in (Method.OCR, Method.BLANK)


@needs_rapidocr
def test_page_that_is_not_there(tmp_path: Path, prose: tuple[str, ...]) -> None:
    for kind, number in (("PNG", 2), ("PDF", 2), ("TIFF", 3), ("PDF", 0), ("TIFF", 0)):
        with pytest.raises(UnreadableError, match=f"no page {number}"):
            read_again(tmp_path, scan(prose[:1]), kind, number)
    path = tmp_path / "note.txt"
    path.write_text("no picture")
    with pytest.raises(UnreadableError, match="does not apply"):
        read_page_again(str(path), MediaType.TEXT, 1, ReadOptions())

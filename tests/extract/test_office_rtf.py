"""Rich text: charsets, escapes, tables, notes, changes, what is passed over."""

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.errors import UnreadableError
from recordsearch.extract import count_pages, read_pages
from recordsearch.records import MediaType, Method, Page, ReadOptions

Read = Callable[..., list[Page]]


def rtf(body: str, head: str = r"\ansi\ansicpg1252\deff0") -> bytes:
    return f"{{\\rtf1{head} {body}}}".encode("latin-1")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"caf\'e9 \'93x\'94", "café “x”"),
        (r"\u8217?s \uc2\u233\'c3\'a9 \uc0\u8211 end", "’s é –end"),
        (r"\u-10179?\u-8704? wide", "😀 wide"),
        (r"a\~b\_c\-d\{\}\\", r"a b-cd{}\ ".strip()),
        (r"one\par two\line three\tab four", "one\ntwo\nthree\tfour"),
        (r"{\b bold} {\v hidden} plain", "bold hidden plain"),
        ("cut\r\n across\n lines", "cut across lines"),
        (r"one\\two\emdash\bullet", r"one\two—•"),
        (r"\'e9{\*\unknown lost}\pard end", "éend"),
    ],
)
def test_letters(read: Read, body: str, expected: str) -> None:
    (page,) = read(rtf(body), MediaType.RTF)
    assert page.text == expected


def test_charsets_of_fonts(read: Read) -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS;}}"
    body = fonts + r"{\f1 \'cf\'f0\'ee} {\f2 \'93\'fa\'96{}\'7b} {\f0 \'e9} {\f2\'83A\'83B}"
    (page,) = read(rtf(body), MediaType.RTF)
    assert page.text.split()[0] == "Про"
    assert page.text.split()[1].startswith("日")
    assert page.text.split()[2:] == ["é", "アィ"]


def test_a_code_page_for_the_whole_document(read: Read) -> None:
    (page,) = read(rtf(r"\'b9\'bf", r"\ansi\ansicpg1250"), MediaType.RTF)
    assert page.text == "ąż"
    (page,) = read(rtf(r"\'8e", r"\mac"), MediaType.RTF)
    assert page.text == "é"


def test_tables_are_rows_of_cells(read: Read) -> None:
    row = r"\trowd\cellx1\cellx2\intbl {}\cell {}\cell\row "
    body = (
        r"Before\par " + row.format("Day", "Place") + row.format(r"3 March\par late", "") + r"\pard"
        r" After\par"
    )
    (page,) = read(rtf(body), MediaType.RTF)
    assert page.text == "Before\nDay\tPlace\n3 March late\nAfter"


def test_pages_are_those_that_the_text_begins(read: Read) -> None:
    pages = read(
        rtf(
            r"one\par\page two\par\sect\sectd\sbknone two still\par\sect\sectd three\par"
            r"\pard\pagebb four\par\pard\par end"
        ),
        MediaType.RTF,
    )
    assert [page.text.split() for page in pages] == [
        ["one"],
        ["two", "two", "still"],
        ["three"],
        ["four", "end"],
    ]
    assert "others are not recorded" in pages[0].reason


def test_notes_comments_headers_boxes_and_changes(read: Read) -> None:
    (page,) = read(
        rtf(
            r"{\header\pard Permits\par}{\footer QRL 7}"
            r"The levee {\deleted is unsafe}{\revised holds}"
            r"{\super\chftn}{\footnote\pard {\super\chftn} See the {\i log}.}"
            r"{\footnote\ftnalt At last.}"
            r"{\*\atnid TA}{\*\atnauthor Tom Ash}\chatn{\*\annotation{\*\atndate 1}Sure?}"
            r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt In the box\par}}{\shprslt again}}"
            r"\par end"
        ),
        MediaType.RTF,
    )
    assert page.text.split("\n") == [
        "[header: Permits]",
        "The levee [deleted: is unsafe]holds[1][endnote 1]",
        "end",
        "In the box",
        "[footnote 1: See the log.]",
        "[comment by Tom Ash: Sure?]",
        "[footer: QRL 7]",
        "[endnote 1: At last.]",
    ]


def test_pictures_and_objects_are_passed_over(read: Read) -> None:
    picture = r"{\pict\pngblip 89504e47" + "00ff" * 500 + "}"
    binary = r"{\pict\wmetafile8\bin8 " + "}{\\par}a" + "}"
    body = (
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}} "
        + picture
        + binary
        + r"{\object{\*\objdata 0105}{\result told}}{\listtext 1.\tab}item"
    )
    (page,) = read(rtf(body), MediaType.RTF)
    assert page.text == "shown told1.\titem"
    (page,) = read(rtf(picture), MediaType.RTF)
    assert page.method is Method.NONE
    assert page.mend


def test_a_truncated_document_gives_its_text_and_says_so(read: Read) -> None:
    (page,) = read(rtf(r"kept {\b and this")[:-1], MediaType.RTF)
    assert page.text == "kept and this"
    assert "truncated" in page.poor
    assert page.mend


def test_what_is_no_rtf_and_what_nests_too_deeply(read: Read) -> None:
    for data in (b"no RTF at all", b"{\\rtf1" + b"{" * 20_000):
        with pytest.raises(UnreadableError) as caught:
            read(data, MediaType.RTF)
        assert caught.value.mend


@given(
    st.lists(
        st.sampled_from(
            [
                *("{", "}", "\\", "\\par ", "\\cell ", "\\row ", "\\intbl ", "\\page ", "\\sect "),
                *("\\u55357?", "\\'e9", "\\uc3 ", "\\bin5 ", "{\\footnote ", "{\\header ", "\\*"),
                *("{\\*\\annotation ", "{\\shptxt ", "{\\pict ", "\\deleted ", "\\f99999999999 "),
                *("\\fcharset128 ", "{\\fonttbl ", "\\ansicpg65001 ", "\\pagebb ", "text", "\n"),
                "\\sbknone ",
            ]
        ),
        max_size=60,
    )
)
def test_any_words_give_pages(words: list[str]) -> None:
    with NamedTemporaryFile() as file:
        file.write(rtf("".join(words)))
        file.flush()
        pages = list(read_pages(file.name, MediaType.RTF, 1, 10_000, ReadOptions()))
        assert len(pages) == count_pages(file.name, MediaType.RTF) >= 1


@given(st.binary(max_size=300))
def test_any_bytes_give_pages(data: bytes) -> None:
    with NamedTemporaryFile() as file:
        file.write(b"{\\rtf1 " + data)
        file.flush()
        assert list(read_pages(file.name, MediaType.RTF, 1, 10_000, ReadOptions()))


def test_files_of_other_programs(tmp_path: Path) -> None:
    """As TextEdit writes: paragraphs end in a backslash before the line's end."""
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1\\ansi\\cocoartf2\n\\f0\\fs24 \\cf0 A\\\nB\\\nC}")
    (page,) = read_pages(str(path), MediaType.RTF, 1, 9, ReadOptions())
    assert page.text == "A\nB\nC"

"""Tables as text: delimiters, quoting, charsets, long files."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordsearch.extract import count_pages, office_csv
from recordsearch.extract.office_csv import likely_delimiter, rows_of
from recordsearch.extract.plain import PAGE_CHARACTERS
from recordsearch.records import MediaType, Page

Read = Callable[..., list[Page]]


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        ("a,b,c\n1,2,3\n", "a\tb\tc\n1\t2\t3", "commas"),
        ("name;cost\nPier, north;1,5\nQuay, south;2,5\n", None, "semicolons"),
        ("a\tb\n1, or so\t2\n", "a\tb\n1, or so\t2", "tabs"),
        ("a|b|c\n1|2|3\n", "a\tb\tc\n1\t2\t3", "bars"),
        ("sep=;\na;b,c\n", "a\tb,c", "semicolons"),
        ("one\ntwo\nthree\n", "one\ntwo\nthree", "as lines"),
        ('a,b\n"x, ""y""\nz",2\n', 'a\tb\nx, "y" z\t2', "commas"),
        ("a,b\r\n,\r\n1,\r\n", "a\tb\n\n1", "commas"),
    ],
)
def test_rows_and_delimiters(read: Read, text: str, expected: str | None, told: str) -> None:
    (page,) = read(text.encode(), MediaType.CSV)
    assert page.text == (expected or text.replace(";", "\t").strip())
    assert page.reason.endswith(told)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_charsets(read: Read, encoding: str) -> None:
    rows = "Straße;Bürgermeister;Höhe\n" * 20
    (page,) = read(rows.encode(encoding), MediaType.CSV)
    assert page.text.split("\n")[0] == "Straße\tBürgermeister\tHöhe"


def test_a_long_table_takes_several_pages_and_loses_nothing(read: Read) -> None:
    pages = read(
        b"id,what\n" + b"".join(b"%d,entry %d\n" % (n, n) for n in range(20_000)), MediaType.CSV
    )
    assert len(pages) > 2
    assert all(len(page.text) < PAGE_CHARACTERS for page in pages)
    lines = [line for page in pages for line in page.text.split("\n")]
    assert lines[1:] == [f"{n}\tentry {n}" for n in range(20_000)]
    assert pages[0].reason.startswith("rows 1 to ")
    assert pages[
        -1
    ].reason == f"rows {20_002 - pages[-1].text.count(chr(10)) - 1:,} to 20,001, " + (
        "separated by commas"
    )


def test_a_quote_that_is_never_closed_swallows_nothing(read: Read) -> None:
    table = 'a,b\n1,"open\n' + "2,x\n" * 3_000
    pages = read(table.encode(), MediaType.CSV)
    text = "\n".join(page.text for page in pages)
    assert text.split("\n")[0] == "a\tb"
    assert text.count("2,x") == 3_000


def test_a_row_without_end_is_parted(read: Read) -> None:
    pages = read(b"a,b\n" + b"1," * 400_000, MediaType.CSV)
    assert sum(page.text.count("1") for page in pages) == 400_000
    assert all(len(page.text) <= PAGE_CHARACTERS for page in pages)


def test_what_is_beyond_the_limit_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Read
) -> None:
    monkeypatch.setattr(office_csv, "BYTES", 100)
    pages = read(b"a,b\n" * 50, MediaType.CSV)
    assert pages[-1].text == "\n".join(["a\tb"] * 25)
    assert "only the first 100 bytes" in pages[-1].poor
    assert pages[-1].mend


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\n\t\0"), max_size=8),
            min_size=2,
            max_size=5,
        ).filter(lambda row: row[-1].strip()),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(",;|"),
)
def test_what_a_writer_writes_is_read_as_it_was(rows: list[list[str]], delimiter: str) -> None:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    assert list(rows_of(target.getvalue(), delimiter)) == ["\t".join(row) for row in rows]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    list(rows_of(text, likely_delimiter(text)))


@given(st.binary(min_size=1, max_size=300))
def test_pages_are_counted_as_they_are_read(data: bytes) -> None:
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        pages = list(office_csv.read_pages(file.name, 1, 100))
        assert len(pages) == count_pages(file.name, MediaType.CSV) >= 1

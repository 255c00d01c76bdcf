"""How fast are office documents read, and with how much memory?

    python tests/benchmarks/bench_office.py typical
    python tests/benchmarks/bench_office.py workbook [--rows 100000]

``typical``: a document of each format as libraries write it; pages and thousand characters a second
and core, read anew each time. ``workbook``: a workbook of eight columns; its size, seconds of the
processor, cells a second, the process's most memory.
"""

import argparse
import io
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from made_archive import vocabulary

from recordsearch.extract import count_pages, office_pages, read_pages
from recordsearch.records import MediaType, ReadOptions

SECONDS = 2.0
PAGE_LINES = 40
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def line(words: list[str], chosen: random.Random) -> str:
    return " ".join(chosen.choices(words, k=12))


def docx_file(lines: Callable[[], str]) -> bytes:
    import docx

    made = docx.Document()
    for _ in range(20):
        for _ in range(PAGE_LINES):
            made.add_paragraph(lines())
        made.add_page_break()
    return _saved(made.save)


def pptx_file(lines: Callable[[], str]) -> bytes:
    import pptx

    made = pptx.Presentation()
    for _ in range(20):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = lines()
        slide.placeholders[1].text_frame.text = "\n".join(lines() for _ in range(6))
        slide.notes_slide.notes_text_frame.text = lines()
    return _saved(made.save)


def xlsx_file(lines: Callable[[], str]) -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    for number in range(1_000):
        made.active.append([number, *lines().split()[:5], number / 7, None, True])
    return _saved(made.save)


def odt_file(lines: Callable[[], str]) -> bytes:
    from odfdo import Document, Paragraph

    made = Document("text")
    made.body.clear()
    for _ in range(20 * PAGE_LINES):
        made.body.append(Paragraph(lines()))
    return _saved(made.save)


def rtf_file(lines: Callable[[], str]) -> bytes:
    pages = (r"\par ".join(lines() for _ in range(PAGE_LINES)) for _ in range(20))
    return (r"{\rtf1\ansi\pard\plain\f0\fs24 " + r"\par\page ".join(pages) + "}").encode()


def csv_file(lines: Callable[[], str]) -> bytes:
    return "\n".join(",".join(lines().split()[:8]) for _ in range(5_000)).encode()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


def typical() -> None:
    words, chosen = vocabulary(), random.Random(3)
    makers = {
        MediaType.DOCX: docx_file,
        MediaType.PPTX: pptx_file,
        MediaType.XLSX: xlsx_file,
        MediaType.ODT: odt_file,
        MediaType.RTF: rtf_file,
        MediaType.CSV: csv_file,
    }
    for media_type, make in makers.items():
        with tempfile.NamedTemporaryFile() as file:
            file.write(make(lambda: line(list(words), chosen)))
            file.flush()
            pages = characters = 0
            start = time.process_time()
            while time.process_time() - start < SECONDS:
                office_pages._cache.clear()
                for page in read_pages(file.name, media_type, 1, 10_000, ReadOptions()):
                    pages += 1
                    characters += len(page.text)
            took = time.process_time() - start
        print(
            f"{media_type.name:5} {pages / took:8.0f} pages/s"
            f" {characters / took / 1000:8.0f} thousand characters/s"
        )


def workbook(rows: int) -> None:
    words, chosen = list(vocabulary()), random.Random(4)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
            _write_workbook(package, rows, words, chosen)
        file.flush()
        size = Path(file.name).stat().st_size
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        pages = count_pages(file.name, MediaType.XLSX)
        took = time.process_time() - start
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{size / 1e6:.1f} MB, {rows * 8:,} cells, {pages} pages: {took:.1f} s,"
        f" {rows * 8 / took:,.0f} cells/s, peak {after / 1024:.0f} MB ({before / 1024:.0f} before)"
    )


def _write_workbook(
    package: zipfile.ZipFile, rows: int, words: list[str], chosen: random.Random
) -> None:
    package.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{X}" xmlns:r="{R}"><sheets><sheet name="S" r:id="s"/></sheets>'
        "</workbook>",
    )
    package.writestr(
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="s" Type="{R}/worksheet"'
        f' Target="s.xml"/><Relationship Id="t" Type="{R}/sharedStrings" Target="t.xml"/>'
        "</Relationships>",
    )
    with package.open("xl/t.xml", "w") as part:
        part.write(f'<sst xmlns="{X}">'.encode())
        for _ in range(rows * 2):
            part.write(f"<si><t>{' '.join(chosen.choices(words, k=3))}</t></si>".encode())
        part.write(b"</sst>")
    with package.open("xl/s.xml", "w") as part:
        part.write(f'<worksheet xmlns="{X}"><sheetData>'.encode())
        for row in range(1, rows + 1):
            cells = "".join(
                f'<c r="{column}{row}"><v>{chosen.randrange(10**6)}</v></c>' for column in "ABCDEF"
            )
            texts = "".join(
                f'<c r="{column}{row}" t="s"><v>{chosen.randrange(rows * 2)}</v></c>'
                for column in "GH"
            )
            part.write(f'<row r="{row}">{cells}{texts}</row>'.encode())
        part.write(b"</sheetData></worksheet>")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("typical", "workbook"))
    parser.add_argument("--rows", type=int, default=100_000)
    given = parser.parse_args()
    if given.what == "typical":
        typical()
    else:
        workbook(given.rows)


if __name__ == "__main__":
    main()

"""Hits as evidence, written as CSV, JSON Lines, Markdown or HTML.

Text out of documents is escaped for each of them: no formula in a cell, no markup in a page.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from recordsearch.present.cells import csv_line
from recordsearch.present.safe import safe, safe_line, safe_parts
from recordsearch.present.words import coverage_lines, many, page_range

if TYPE_CHECKING:
    from recordsearch.records import Hit
    from recordsearch.workflows.evidence import Evidence, SearchRecord

_COLUMNS = (
    "rank", "release", "file", "pages", "bates", "document", "sha256", "confidence", "snippet",
    "text", "tags", "notes", "near_identical", "places", "passage", "score",
)  # fmt: skip
# What Markdown gives a meaning to: anywhere, at a line's beginning, and in what becomes a link.
_MARKDOWN = re.compile(
    r"[\\`*_{}\[\]<>#|&~$!]|(?<=^)[-+=](?=\s|[-=])|(?<=^\d)[.)]|(?<=^\d\d)[.)]|:(?=//)|@"
    r"|(?<=www)\."
)


def record_json(record: "SearchRecord") -> str:
    """Write the record of a search as JSON, indented: the log of an export."""
    return json.dumps(asdict(record), indent=2) + "\n"


def csv_lines(evidence: "Iterable[Evidence]", record: "SearchRecord") -> Iterator[str]:
    """Write CSV (RFC 4180), a line a hit, below a line of column names."""
    yield csv_line(_COLUMNS)
    for one in evidence:
        hit = one.hit
        yield csv_line(
            (
                hit.rank,
                hit.release,
                hit.file,
                page_range(hit.first_page, hit.last_page),
                hit.bates,
                hit.document,
                one.sha256,
                "" if hit.confidence is None else f"{hit.confidence:.1f}",
                hit.snippet,
                " ".join(hit.text.split()),
                "; ".join(tag for tag, _ in one.tags),
                "; ".join(note for _, note in one.tags if note),
                len(hit.near_identical),
                "; ".join(f"{release}/{file}" for release, file in one.places),
                hit.passage,
                f"{hit.score:.4f}",
            )
        )


def json_lines(evidence: "Iterable[Evidence]", record: "SearchRecord") -> Iterator[str]:
    """Write JSON Lines: the record of the search, then a line a hit."""
    yield json.dumps({"search": asdict(record)}) + "\n"
    for one in evidence:
        places = [{"release": release, "file": file} for release, file in one.places]
        tags = [{"tag": tag, "note": note} for tag, note in one.tags]
        told = {**asdict(one.hit), "sha256": one.sha256, "places": places, "tags": tags}
        yield json.dumps(told) + "\n"


def markdown_lines(evidence: "Iterable[Evidence]", record: "SearchRecord") -> Iterator[str]:
    """Write Markdown (CommonMark): a heading a hit, its text quoted, the record at the end."""
    yield f"# {_markdown(record.query)}\n\n"
    yield f"{_markdown(_asked(record))}\n\n"
    for one in evidence:
        hit = one.hit
        yield f"## {hit.rank}\\. {_markdown(_where(hit))}\n\n"
        for piece in safe(hit.text.replace("\f", "\n")).split("\n"):
            yield f"> {_markdown(piece)}\n" if piece.strip() else ">\n"
        yield "\n"
        for line in _proof(one):
            yield f"- {_markdown(line)}\n"
        yield "\n"
    yield "## How to repeat this search\n\n"
    for line in record_lines(record):
        yield f"- {_markdown(line)}\n"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\g<0>", safe_line(text).strip())


_STYLE = """body{font:16px/1.5 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em}
blockquote{white-space:pre-wrap;border-left:3px solid #999;margin:0;padding:0 1em}
mark{background:#ffe066}li,h2 small{overflow-wrap:anywhere}
footer{border-top:1px solid #999;margin-top:3em;font-size:90%}"""


def html_lines(evidence: "Iterable[Evidence]", record: "SearchRecord") -> Iterator[str]:
    """Write one HTML page that loads nothing, with the matches marked."""
    title = html.escape(safe_line(record.query))
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n<h1>{title}</h1>\n"
        f"<p>{html.escape(_asked(record))}</p>\n"
    )
    for one in evidence:
        hit = one.hit
        yield f"<h2>{hit.rank}. {html.escape(safe_line(_where(hit)))}</h2>\n<blockquote>"
        yield _marked(one)
        yield "</blockquote>\n<ul>"
        for line in _proof(one):
            yield f"<li>{html.escape(safe_line(line))}</li>"
        yield "</ul>\n"
    yield "<footer><h2>How to repeat this search</h2><ul>"
    for line in record_lines(record):
        yield f"<li>{html.escape(safe_line(line))}</li>"
    yield "</ul></footer></body></html>\n"


def _marked(one: "Evidence") -> str:
    return "".join(
        f"<mark>{html.escape(piece)}</mark>" if is_match else html.escape(piece)
        for piece, is_match in safe_parts(one.hit.text.replace("\f", "\n"), one.marks)
    )


def _where(hit: "Hit") -> str:
    parts = [f"{hit.release}/{hit.file}", page_range(hit.first_page, hit.last_page), hit.bates]
    return ", ".join(part for part in parts if part)


def _asked(record: "SearchRecord") -> str:
    return f"{many(record.exported, 'hit')} of {record.total:,}, asked on {record.asked}"


def _proof(one: "Evidence") -> list[str]:
    """Say what proves where a hit stands."""
    hit = one.hit
    lines = [f"document {hit.document}, SHA-256 {one.sha256}"]
    lines += [f"lies at {release}/{file}" for release, file in one.places]
    if hit.confidence is not None:
        lines.append(f"read by OCR, confidence {hit.confidence:.0f} of 100")
    if hit.near_identical:
        lines.append(f"{many(len(hit.near_identical), 'near-identical passage')} beside it")
    lines += [f"tagged {tag}" + (f": {note}" if note else "") for tag, note in one.tags]
    return lines


def record_lines(record: "SearchRecord") -> list[str]:
    """Say, a line each, what it takes to repeat a search."""
    told = {name: value for name, value in record.options.items() if value and name != "fold"}
    options = ", ".join(
        name.replace("_", " ") if value is True else f"{name} {value}"
        for name, value in told.items()
    )
    lines = [
        f"query: {record.query}",
        f"options: {options or 'none'}",
        f"asked: {record.asked}",
        f"program: {record.program}; index: {record.index}",
        f"archive: {record.archive}, in the state {record.state}",
        f"hits: {record.exported:,} written of {record.total:,} that match"
        + (", near-identical passages once" if record.options.get("fold") else ""),
    ]
    return lines + list(record.notes) + coverage_lines(record.coverage)


WRITERS = {
    "csv": csv_lines,
    "jsonl": json_lines,
    "md": markdown_lines,
    "html": html_lines,
}
"""What writes each format, but PDF."""


def lines_of(form: str, evidence: "Sequence[Evidence]", record: "SearchRecord") -> Iterator[str]:
    """Write an export in one of the formats of :data:`WRITERS`."""
    return WRITERS[form](evidence, record)

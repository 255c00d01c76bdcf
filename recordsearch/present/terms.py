"""What a list of queries finds: a table for a person, or CSV with citations."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from recordsearch.present.cells import csv_line
from recordsearch.present.safe import safe_line
from recordsearch.present.words import many, page_range, place, show_name

if TYPE_CHECKING:
    from recordsearch.workflows.terms import TermHits

COLUMNS = (
    "line",
    "query",
    "hits",
    "documents",
    "rank",
    "release",
    "file",
    "pages",
    "bates",
    "show",
    "sha256",
    "confidence",
    "snippet",
    "error",
)
_LONGEST_QUERY = 40


def heading() -> str:
    """Return the line of column names."""
    return _line(COLUMNS)


def rows(found: "TermHits", sha256_of: "dict[int, str]") -> list[str]:
    """Write a row for each citation of a query; one row where it has none."""
    first: tuple[object, ...] = (
        found.term.line,
        found.term.query,
        found.hits,
        found.documents,
    )
    if not found.cited:
        return [_line((*first, *[""] * 9, found.error or "; ".join(found.notes)))]
    return [
        _line(
            (
                *first,
                hit.rank,
                hit.release,
                hit.file,
                page_range(hit.first_page, hit.last_page),
                hit.bates,
                show_name(hit),
                sha256_of.get(hit.document, ""),
                "" if hit.confidence is None else f"{hit.confidence:.1f}",
                hit.snippet,
                "; ".join(found.notes),
            )
        )
        for hit in found.cited
    ]


def _line(cells: Iterable[object]) -> str:
    return csv_line(cells, "\n")


def table_line(found: "TermHits") -> str:
    """Write a query's hits and documents on a line, with the best citation."""
    query = safe_line(found.term.query)
    shown = query if len(query) <= _LONGEST_QUERY else query[: _LONGEST_QUERY - 1] + "…"
    if found.error:
        return f"{'error':>7}  {'':>9}  {shown:<{_LONGEST_QUERY}}  {safe_line(found.error)}"
    best = place(found.cited[0]) if found.cited else ""
    line = f"{found.hits:>7,}  {found.documents:>9,}  {shown:<{_LONGEST_QUERY}}  {best}"
    return line.rstrip()


def table_heading() -> str:
    """Return the heading of the table."""
    return f"{'hits':>7}  {'documents':>9}  {'query':<{_LONGEST_QUERY}}  best hit"


class Tally:
    """Counts queries as they are answered: those without a hit, and those that are wrong."""

    def __init__(self) -> None:
        self.asked = 0
        self._without = self._wrong = 0

    def counted(self, answers: "Iterable[TermHits]") -> "Iterator[TermHits]":
        """Hand on answers, each counted."""
        for found in answers:
            self.asked += 1
            self._wrong += bool(found.error)
            self._without += not found.hits and not found.error
            yield found

    def line(self) -> str:
        """Say how many queries found something."""
        told = [many(self.asked, "query", "queries")]
        if self._without:
            told.append(f"{self._without:,} without a hit")
        if self._wrong:
            told.append(f"{self._wrong:,} that cannot be understood")
        return ", ".join(told) + "."


def json_line(found: "TermHits") -> str:
    """Write what a query finds as JSON."""
    return json.dumps(
        {
            "line": found.term.line,
            "query": found.term.query,
            "hits": found.hits,
            "documents": found.documents,
            "error": found.error,
            "notes": found.notes,
            "cited": [
                {
                    "rank": hit.rank,
                    "release": hit.release,
                    "file": hit.file,
                    "first_page": hit.first_page,
                    "last_page": hit.last_page,
                    "bates": hit.bates,
                    "document": hit.document,
                    "passage": hit.passage,
                    "confidence": hit.confidence,
                    "snippet": hit.snippet,
                }
                for hit in found.cited
            ],
        }
    )

"""Many queries at once: of each its hits, its documents, and the citations of the best."""

import csv
import hashlib
import io
import json
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recordsearch.catalogue.languages import languages
from recordsearch.catalogue.ordering import documents_by_passage
from recordsearch.engines.protocol import Reader
from recordsearch.errors import QueryError, UsageError
from recordsearch.records import Hit
from recordsearch.workflows.asking import tree_of
from recordsearch.workflows.marking import Marking
from recordsearch.workflows.ranking import Placed
from recordsearch.workflows.search import hits_of

# Bytes of a list; a list of a million names has some 20 MB.
_MOST_BYTES = 64 << 20
_HEADERS = frozenset(
    ("query", "queries", "term", "terms", "keyword", "keywords", "search", "name", "names")
)


@dataclass(frozen=True, slots=True)
class Term:
    """A query of a list, and the number of its line, from 1."""

    line: int
    query: str


@dataclass(frozen=True, slots=True)
class TermHits:
    """What a query of a list finds; ``error`` says why it cannot be asked, or is empty."""

    term: Term
    hits: int
    documents: int
    cited: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    error: str = ""


def read_terms(path: str) -> list[Term]:
    """Read a list: a text file with a query a line, or CSV with the queries in its first column.

    Empty lines are passed over, and so is a first line of CSV that names its column.

    :raises UsageError: it cannot be read, is too large, or holds no query.
    """
    try:
        with open(path, "rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"cannot read {path}: {(error.strerror or str(error)).lower()}",
            "give a file with a query a line",
        ) from error
    if len(content) > _MOST_BYTES:
        raise UsageError(f"{path} is larger than 64 MB", "split it into several files")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path} is not UTF-8 in line {line:,}", "save it as UTF-8") from error
    found = _from_csv(path, text) if path.lower().endswith(".csv") else _from_lines(text)
    if not found:
        raise UsageError(f"{path} holds no query", "write a query on each line")
    return found


def _from_lines(text: str) -> list[Term]:
    lines = enumerate(text.splitlines(), 1)
    return [Term(number, line.strip()) for number, line in lines if line.strip()]


def _from_csv(path: str, text: str) -> list[Term]:
    rows = csv.reader(io.StringIO(text))
    found: list[Term] = []
    try:
        for row in rows:
            query = row[0].strip() if row else ""
            is_header = not found and query.lower() in _HEADERS
            if query and not is_header:
                found.append(Term(rows.line_num, query))
    except csv.Error as error:
        raise UsageError(f"{path}, line {rows.line_num}: {error}", "mend that line") from error
    return found


def question(terms: Sequence[Term], options: Mapping[str, object], state: str) -> str:
    """Name what a report answers: its queries, how they are asked, and of what."""
    asked = json.dumps([[term.line, term.query] for term in terms] + [dict(options), state])
    return hashlib.sha256(asked.encode()).hexdigest()


def search_terms(
    connection: sqlite3.Connection,
    reader: Reader,
    terms: Sequence[Term],
    cited: int,
    *,
    any_word: bool = False,
    tolerant: bool = False,
) -> Iterator[TermHits]:
    """Ask each query in turn; ``cited`` is how many of its best hits are fetched."""
    documents = documents_by_passage(connection)
    spoken = languages(connection)
    for term in terms:
        try:
            tree = tree_of(connection, term.query, any_word=any_word, tolerant=tolerant)
            everything = reader.matching(tree)
            best = reader.search(tree, cited) if cited and everything else None
        except QueryError as error:
            yield TermHits(term, 0, 0, (), error=error.message)
            continue
        hits: tuple[Hit, ...] = ()
        if best:
            hits = hits_of(
                connection,
                list(map(Placed, best.ranked)),
                Marking(tree, spoken, best.variants),
                0,
            )
        found = _distinct(documents, everything)
        yield TermHits(term, len(everything), found, hits, best.notes if best else ())


def _distinct(documents: "array[int]", passages: Sequence[int]) -> int:
    held = len(documents)
    return len({documents[number] for number in passages if number < held} - {0})

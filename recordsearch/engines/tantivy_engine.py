"""The default engine: an index kept by tantivy, a Rust library in this process.

This file and ``tantivy_query.py`` alone know tantivy. What is guarded here, seen in version 0.27:

- a panic in the library arrives as an exception that is no ``Exception``; a phrase of one word and
  a limit of 0 cause one, so neither is ever passed on
- a boolean query of negations alone matches nothing
- tokenisers must be registered each time an index is opened
- a lone surrogate is refused; the analyser lets none through
- deleting by a term of an unsigned field deletes nothing; by a query it works
- equal scores are ordered by where the passages lie, not by their numbers
- removing by a term of an unsigned field removes nothing and says nothing, so numbers are signed
- files that merging leaves behind stay until they are collected
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

import tantivy
from tantivy import Query

from recordsearch.engines.expansion import expand
from recordsearch.engines.index_fields import (
    CONFIDENCE,
    COUNTED,
    EXACT,
    FIELDS_VERSION,
    FIRST_PAGE,
    LAST_PAGE,
    PASSAGE,
    POSITIONED,
    SENT,
    STEMMED,
    FieldTextsOf,
    as_stored,
)
from recordsearch.engines.lowering import Alike, Plan, is_tied, lower
from recordsearch.engines.tantivy_query import Compiler
from recordsearch.errors import ArchiveInUseError, IndexUnavailableError
from recordsearch.query.analysis import APART
from recordsearch.query.tree import Node
from recordsearch.records import IndexEntry, Ranked, Ranking

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

# Raised when what this file writes or how it reads changes.
_REVISION = "2"

_SPACES = "spaces"
_REBUILD = "run: recordsearch reindex"

# Bytes for all indexing threads; measured with tests/benchmarks/bench_engine.py.
_HEAP = 64_000_000
_THREADS = 2

# Hits taken beyond those asked for, so that ties at the cut are seldom a reason to search again.
_SPARE = 10
# Where that is not enough, so many times as many: each further search costs as much as the first.
_MORE = 64


class TantivyEngine:
    """Indexes kept by tantivy."""

    name = "tantivy"

    @property
    def version(self) -> str:
        """The revision of this file, the fields' version and the library's version."""
        # The library says "tantivy v0.27.0, index_format v7".
        library = str(getattr(tantivy, "__version__", "")).split(",")[0].removeprefix("tantivy v")
        return f"{_REVISION}.{FIELDS_VERSION}/{library}"

    def create(self, folder: str) -> None:
        """Make an empty index in ``folder``, an existing empty folder."""
        with _guarded(folder):
            tantivy.Index(_schema(), path=folder, reuse=False)

    def writer(self, folder: str) -> "TantivyWriter":
        """Open an index for writing.

        :raises IndexUnavailableError: the folder holds no usable index.
        :raises ArchiveInUseError: another writer is open on it.
        """
        return TantivyWriter(folder)

    def reader(self, folder: str, languages: Sequence[str] = ("en",)) -> "TantivyReader":
        """Open an index for reading; ``languages`` are those of its passages.

        :raises IndexUnavailableError: the folder holds no usable index.
        """
        return TantivyReader(folder, languages)


class TantivyWriter:
    """See :class:`recordsearch.engines.protocol.Writer`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._texts = FieldTextsOf()
        with _guarded(folder):
            index = _open(folder)
            self._schema = index.schema
            self._writer: tantivy.IndexWriter | None = index.writer(_HEAP, _THREADS)

    def add(self, entries: Iterable[IndexEntry]) -> None:
        """Add passages."""
        writer, texts_of = self._open_writer(), self._texts.of
        with _guarded(self._folder):
            for entry in entries:
                texts = texts_of(entry)
                document = tantivy.Document()
                document.add_integer(PASSAGE, entry.passage)
                document.add_integer(FIRST_PAGE, entry.first_page)
                document.add_integer(LAST_PAGE, entry.last_page)
                if entry.sent is not None:
                    document.add_integer(SENT, entry.sent)
                if entry.confidence is not None:
                    document.add_integer(CONFIDENCE, as_stored(entry.confidence))
                document.add_text(EXACT, texts.exact)
                document.add_text(STEMMED, texts.stemmed)
                for field, text in texts.others:
                    document.add_text(field, text)
                writer.add_document(document)

    def remove(self, passages: Iterable[int]) -> None:
        """Remove passages by number."""
        writer = self._open_writer()
        numbers = list(passages)
        if numbers:
            with _guarded(self._folder):
                writer.delete_documents_by_query(
                    Query.term_set_query(self._schema, PASSAGE, numbers)
                )

    def commit(self) -> None:
        """Make all changes durable and visible."""
        writer = self._open_writer()
        with _guarded(self._folder):
            writer.commit()
            writer.garbage_collect_files()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        writer, self._writer = self._writer, None
        if writer is None:
            return
        with _guarded(self._folder):
            writer.rollback()
            # Frees the folder's lock, and lets no merge run on in a folder that may be removed.
            writer.wait_merging_threads()

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise ValueError("the writer is closed")
        return self._writer


class TantivyReader:
    """See :class:`recordsearch.engines.protocol.Reader`."""

    def __init__(self, folder: str, languages: Sequence[str]) -> None:
        self._folder = folder
        self._languages = languages
        writable = os.access(folder, os.W_OK) or not os.path.isdir(folder)
        self._links = None if writable else _linked(folder)
        with _guarded(folder):
            index = _open(self._links.name if self._links else folder)
            # Without this a thread would watch the folder for commits.
            index.config_reader("Manual")
            self._schema = index.schema
            self._searcher = index.searcher()
            # All fields lie in the same files; to ask each takes half a millisecond.
            for field in (EXACT, STEMMED):
                self._searcher.doc_freq(field, "")

    def search(self, tree: Node, limit: int, offset: int = 0) -> Ranking:
        """Rank the passages that ``tree`` matches, ties by number."""
        with _guarded(self._folder):
            compiler = Compiler(self._schema)
            expanded = expand(lower(tree, self._languages), _Vocabulary(self, compiler))
            query = compiler.compile(expanded.plan)
            # The library makes room for as many hits as are asked for.
            limit = min(limit, self.count() - offset)
            total, ranked = self._ranked(expanded.plan, query, limit, offset)
            return Ranking(total, tuple(ranked), expanded.notes, expanded.variants)

    def matching(self, tree: Node) -> list[int]:
        """Return the numbers of all passages that ``tree`` matches, in order."""
        with _guarded(self._folder):
            compiler = Compiler(self._schema)
            expanded = expand(lower(tree, self._languages), _Vocabulary(self, compiler))
            query = Query.const_score_query(compiler.compile(expanded.plan), 0.0)
            total = self._total(query)
            if not total:
                return []
            found = self._searcher.search(
                query, limit=total, count=False, order_by_field=PASSAGE, order=tantivy.Order.Asc
            )
            return [int(number) for number, _ in found.hits]

    def _ranked(
        self, plan: Plan, query: Query, limit: int, offset: int
    ) -> tuple[int, list[Ranked]]:
        if limit <= 0:
            return self._total(query), []
        if is_tied(plan):
            return self._by_number(query, limit, offset)
        return self._by_score(query, limit, offset)

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """Return in how many passages each of these terms stands; those in none are left out."""
        with _guarded(self._folder):
            counted = {term: self._searcher.doc_freq(field, term) for term in terms}
        return {term: count for term, count in counted.items() if count}

    def vocabulary(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield a field's terms that begin with ``prefix``, and in how many passages each is."""
        with _guarded(self._folder):
            found = sorted(self._searcher.terms_with_prefix(field, prefix))
        return ((term, count) for term, count in found if term != APART)

    def count(self) -> int:
        """Return how many passages the index holds."""
        return int(self._searcher.num_docs)

    def close(self) -> None:
        """Free what the reader holds."""
        if self._links:
            self._links.cleanup()

    def _total(self, query: Query) -> int:
        return _count(self._searcher.search(query, limit=1))

    def _by_number(self, query: Query, limit: int, offset: int) -> tuple[int, list[Ranked]]:
        """Rank where all scores are the same: only the numbers count."""
        found = self._searcher.search(
            query, limit=limit, offset=offset, order_by_field=PASSAGE, order=tantivy.Order.Asc
        )
        return _count(found), [Ranked(int(number), 1.0) for number, _ in found.hits]

    def _by_score(self, query: Query, limit: int, offset: int) -> tuple[int, list[Ranked]]:
        """Rank by score; look further while the last hit seen is a tie with the last one wanted."""
        wanted = offset + limit
        seen = wanted + _SPARE
        while True:
            found = self._searcher.search(query, limit=seen)
            hits = found.hits
            if len(hits) < seen or hits[wanted - 1][0] != hits[-1][0]:
                break
            seen = min(seen * _MORE, self.count() + 1)
        numbers = self._searcher.fast_field_values(PASSAGE, [address for _, address in hits])
        order = sorted(
            (-score, int(number or 0)) for (score, _), number in zip(hits, numbers, strict=True)
        )
        return _count(found), [Ranked(number, -score) for score, number in order[offset:wanted]]


class _Vocabulary:
    """See :class:`recordsearch.engines.expansion.Vocabulary`."""

    def __init__(self, reader: TantivyReader, compiler: Compiler) -> None:
        self.vocabulary = reader.vocabulary
        self.frequencies = reader.frequencies
        self._compiler = compiler

    def knows(self, pattern: Alike) -> bool:
        return self._compiler.knows(pattern)


def _count(found: tantivy.SearchResult) -> int:
    # The library's type stubs do not know it.
    return int(getattr(found, "count"))  # noqa: B009


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in POSITIONED:
        builder.add_text_field(field, tokenizer_name=_SPACES, index_option="position")
    for field in COUNTED:
        builder.add_text_field(field, tokenizer_name=_SPACES, index_option="freq")
    builder.add_integer_field(PASSAGE, indexed=True, fast=True)
    for number in (FIRST_PAGE, LAST_PAGE, SENT, CONFIDENCE):
        builder.add_integer_field(number, fast=True)
    return builder.build()


def _linked(folder: str) -> "TemporaryDirectory[str]":
    """Make a folder with links to an index that lies on read-only media.

    The library takes a lock in the folder even to read.
    """
    from tempfile import TemporaryDirectory

    links = TemporaryDirectory(prefix="recordsearch-")
    for name in os.listdir(folder):
        if not name.endswith(".lock"):
            os.symlink(os.path.join(folder, name), os.path.join(links.name, name))
    return links


def _open(folder: str) -> tantivy.Index:
    index = tantivy.Index.open(folder)
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_SPACES, spaces)
    return index


@contextmanager
def _guarded(folder: str) -> Iterator[None]:
    """Turn what the library raises into the program's errors."""
    try:
        yield
    except (ValueError, OSError) as error:
        if "LockBusy" in str(error):
            raise ArchiveInUseError(
                f"another process writes to the index {folder}", "wait for it to end, or stop it"
            ) from error
        raise IndexUnavailableError(
            f"the index {folder} cannot be used: {error}", _REBUILD
        ) from error
    except BaseException as error:
        # Panics derive from BaseException and have no class that can be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailableError(
            f"the index {folder} cannot be used: {error}", _REBUILD
        ) from error

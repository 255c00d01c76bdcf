"""The second engine: an index kept by Whoosh, which is Python alone and runs everywhere.

This file and ``whoosh_guard.py`` alone know Whoosh. Of Whoosh it uses the index: the writer, the
postings of a term and their scores. What a plan matches is worked out in
:mod:`recordsearch.engines.evaluation`, because Whoosh's own queries have known faults (``AndNot``,
``Require``).
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import merge, nsmallest
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

from whoosh import fields, formats, index, reading, versionstring
from whoosh.scoring import BM25F

from recordsearch.engines.evaluation import Evaluation
from recordsearch.engines.expansion import expand
from recordsearch.engines.index_fields import (
    COUNTED,
    FIELDS_VERSION,
    FIRST_PAGE,
    LAST_PAGE,
    NUMBERS,
    PASSAGE,
    POSITIONED,
    FieldTextsOf,
    as_stored,
)
from recordsearch.engines.lowering import Alike, is_tied, lower
from recordsearch.engines.whoosh_guard import guarded, writing
from recordsearch.query.analysis import APART
from recordsearch.query.tree import Node
from recordsearch.records import IndexEntry, Ranked, Ranking

# Raised when what this file writes or how it reads changes.
_REVISION = "2"

# The library keeps a number for every passage; no day is so small, and no stored confidence.
_NONE = 0

# Megabytes of postings held before they go to a temporary file.
_LIMIT_MB = 128


class WhooshEngine:
    """Indexes kept by Whoosh."""

    name = "whoosh"

    @property
    def version(self) -> str:
        """The revision of this file, the fields' version and the library's version."""
        return f"{_REVISION}.{FIELDS_VERSION}/{versionstring()}"

    def create(self, folder: str) -> None:
        """Make an empty index in ``folder``, an existing empty folder."""
        with guarded(folder):
            index.create_in(folder, _schema())

    def writer(self, folder: str) -> "WhooshWriter":
        """Open an index for writing.

        :raises IndexUnavailableError: the folder holds no usable index.
        :raises ArchiveInUseError: another writer is open on it.
        """
        return WhooshWriter(folder)

    def reader(self, folder: str, languages: Sequence[str] = ("en",)) -> "WhooshReader":
        """Open an index for reading; ``languages`` are those of its passages.

        :raises IndexUnavailableError: the folder holds no usable index.
        """
        return WhooshReader(folder, languages)


class WhooshWriter:
    """See :class:`recordsearch.engines.protocol.Writer`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._texts = FieldTextsOf()
        with guarded(folder):
            self._index = index.open_dir(folder, schema=_schema())
            self._writer: Any = self._index.writer(limitmb=_LIMIT_MB)
        self._added: dict[int, int] = {}
        self._closed = False

    def add(self, entries: Iterable[IndexEntry]) -> None:
        """Add passages."""
        writer = self._open_writer()
        with writing(self._folder):
            for entry in entries:
                texts = self._texts.of(entry)
                self._added[entry.passage] = writer.docnum
                writer.add_document(
                    passage=entry.passage,
                    first_page=entry.first_page,
                    last_page=entry.last_page,
                    sent=entry.sent or _NONE,
                    confidence=_NONE if entry.confidence is None else as_stored(entry.confidence),
                    exact=texts.exact,
                    stemmed=texts.stemmed,
                    **dict(texts.others),
                )

    def remove(self, passages: Iterable[int]) -> None:
        """Remove passages by number."""
        writer = self._open_writer()
        with guarded(self._folder):
            reader = writer.searcher().reader()
            for passage in passages:
                added = self._added.pop(passage, None)
                if added is not None:
                    # The writer itself can only remove what was committed before it was opened.
                    writer.newsegment.delete_document(added)
                try:
                    writer.delete_document(reader.first_id(PASSAGE, passage))
                except reading.TermNotFound:
                    continue

    def commit(self) -> None:
        """Make all changes durable and visible."""
        writer = self._open_writer()
        with writing(self._folder):
            writer.commit()
        self._writer = None
        self._added.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        writer, self._writer = self._writer, None
        with writing(self._folder):
            if writer is not None and not writer.is_closed:
                writer.cancel()
            self._index.close()

    def _open_writer(self) -> Any:
        """Return Whoosh's writer, which serves for one commit."""
        if self._closed:
            raise ValueError("the writer is closed")
        if self._writer is None:
            with guarded(self._folder):
                self._writer = self._index.writer(limitmb=_LIMIT_MB)
        return self._writer


class WhooshReader:
    """See :class:`recordsearch.engines.protocol.Reader`."""

    def __init__(self, folder: str, languages: Sequence[str]) -> None:
        self._folder = folder
        self._languages = languages
        with guarded(folder):
            self._searcher = index.open_dir(folder, readonly=True, schema=_schema()).searcher(
                weighting=BM25F()
            )
            self._postings = _WhooshPostings(self._searcher)

    def search(self, tree: Node, limit: int, offset: int = 0) -> Ranking:
        """Rank the passages that ``tree`` matches, ties by number."""
        with guarded(self._folder):
            lowered = lower(tree, self._languages)
            plan, notes, variants = expand(lowered, self._postings)
            evaluation = Evaluation(self._postings)
            everything = self._postings.everything()
            # A reader of an empty index can tell no more than that.
            found = evaluation.match(plan, everything) if everything else everything
            if limit <= 0 or not found:
                return Ranking(len(found), (), notes, variants)
            tied = is_tied(plan)
            scores = dict.fromkeys(found, 1.0) if tied else evaluation.score(plan, found)
            numbers = self._postings.column(PASSAGE)
            best = nsmallest(
                offset + limit, ((-scores.get(one, 0.0), numbers[one]) for one in found)
            )
            ranked = tuple(Ranked(number, -score) for score, number in best[offset:])
            return Ranking(len(found), ranked, notes, variants)

    def matching(self, tree: Node) -> list[int]:
        """Return the numbers of all passages that ``tree`` matches, in order."""
        with guarded(self._folder):
            plan, _, _ = expand(lower(tree, self._languages), self._postings)
            everything = self._postings.everything()
            if not everything:
                return []
            numbers = self._postings.column(PASSAGE)
            found = Evaluation(self._postings).match(plan, everything)
            return sorted(numbers[one] for one in found)

    def count(self) -> int:
        """Return how many passages the index holds."""
        return int(self._searcher.doc_count())

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """Return in how many passages each of these terms stands; those in none are left out."""
        with guarded(self._folder):
            return self._postings.frequencies(field, terms)

    def vocabulary(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield a field's terms that begin with ``prefix``, and in how many passages each is."""
        with guarded(self._folder):
            return self._postings.vocabulary(field, prefix)

    def close(self) -> None:
        """Free what the reader holds."""
        self._searcher.close()


class _WhooshPostings:
    """See :class:`recordsearch.engines.evaluation.Postings`."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._reader = searcher.reader()
        # Whoosh merges segments term by term, which takes several times as long as asking each.
        self._segments = list(self._reader.leaf_readers())

    def everything(self) -> set[int]:
        return set(self._reader.all_doc_ids())

    def holding(self, field: str, term: str) -> set[int]:
        found: set[int] = set()
        for segment, offset in self._segments:
            try:
                documents = segment.postings(field, term).all_ids()
            except reading.TermNotFound:
                continue
            found.update(document + offset for document in documents)
        return found

    def positions(self, field: str, term: str, among: set[int]) -> dict[int, list[int]]:
        return {
            document: postings.value_as("positions")
            for document, postings in self._visit(field, term, among)
        }

    def scores(self, field: str, term: str, among: set[int]) -> dict[int, float]:
        return {
            document: postings.score() for document, postings in self._visit(field, term, among)
        }

    def terms(self, field: str) -> Iterator[str]:
        return (term for term, _ in self.vocabulary(field))

    def vocabulary(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        first = prefix.encode()
        segments = [
            (
                (term, segment.doc_frequency(field, term))
                for term in segment.expand_prefix(field, first)
            )
            for segment, _ in self._segments
        ]
        for term, found in groupby(merge(*segments), key=itemgetter(0)):
            text = term.decode()
            if text != APART:
                yield text, sum(count for _, count in found)

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        counted = {
            term: sum(segment.doc_frequency(field, term) for segment, _ in self._segments)
            for term in terms
        }
        return {term: count for term, count in counted.items() if count}

    def knows(self, pattern: Alike) -> bool:
        return False

    def overlapping(self, low: int, high: int | None, among: set[int]) -> set[int]:
        first, last = self.column(FIRST_PAGE), self.column(LAST_PAGE)
        return {one for one in among if last[one] >= low and (high is None or first[one] <= high)}

    def within(self, field: str, low: int, high: int | None, among: set[int]) -> set[int]:
        number = self.column(field)
        return {
            one for one in among if number[one] >= low and (high is None or number[one] <= high)
        }

    def numbered(self, passages: Collection[int], among: set[int]) -> set[int]:
        number = self.column(PASSAGE)
        return {one for one in among if number[one] in passages}

    def column(self, field: str) -> Any:
        return self._reader.column_reader(field)

    def _visit(self, field: str, term: str, among: set[int]) -> Iterator[tuple[int, Any]]:
        """Stop at each of the documents ``among`` that holds the term."""
        try:
            postings = self._searcher.postings(field, term)
        except reading.TermNotFound:
            return
        for document in array("Q", sorted(among)):
            if not postings.is_active():
                return
            if postings.id() < document:
                postings.skip_to(document)
                if not postings.is_active():
                    return
            if postings.id() == document:
                yield document, postings


class _Tokens(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose content is tokens with single spaces between them."""

    def __init__(self, kind: Any) -> None:
        super().__init__(format=kind, analyzer=None, scorable=True)

    def index(self, value: str, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[str, list[int]] = {}
        for place, token in enumerate(value.split()):
            places.setdefault(token, []).append(place)
        positioned = isinstance(self.format, formats.Positions)
        for token, found in places.items():
            count = len(found)
            content = self.format.encode(found) if positioned else formats.pack_uint(count)
            yield token.encode(), count, float(count), content


def _schema() -> Any:
    schema = fields.Schema()
    for field in POSITIONED:
        schema.add(field, _Tokens(formats.Positions()))
    for field in COUNTED:
        schema.add(field, _Tokens(formats.Frequency()))
    for field in NUMBERS:
        number = fields.NUMERIC(int, bits=64, signed=False, shift_step=0, sortable=True)
        schema.add(field, number)
    return schema

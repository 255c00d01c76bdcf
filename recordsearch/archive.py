"""The Python interface: an archive, opened for reading, and what can be asked of it.

    import recordsearch

    with recordsearch.open("release/.recordsearch") as archive:
        answer = archive.search('"face recognition" from:chief', limit=20)
        for hit in answer.hits:
            print(hit.file, hit.first_page, hit.bates, hit.snippet)

The command line asks through this module and nothing else, so both give the same answers. An
archive may be kept open while others write to it: each question is answered from what was committed
last. An open archive belongs to the thread that opened it.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from recordsearch import wiring
from recordsearch.catalogue import reading
from recordsearch.catalogue.languages import languages
from recordsearch.catalogue.ordering import Group, Sort
from recordsearch.version import VERSION

if TYPE_CHECKING:
    import sqlite3

    from recordsearch.catalogue.letters import ListedLetter
    from recordsearch.catalogue.listing import ListedMessage
    from recordsearch.catalogue.page_list import ListedPage
    from recordsearch.catalogue.people import PersonRow
    from recordsearch.catalogue.runs import RunState
    from recordsearch.catalogue.tag_rows import TagCount
    from recordsearch.engines.protocol import Reader
    from recordsearch.records import Coverage, Hit, Problem
    from recordsearch.workflows.evidence import Evidence, SearchRecord
    from recordsearch.workflows.indexing import Indexed
    from recordsearch.workflows.listing import ThreadMessage
    from recordsearch.workflows.saved_searches import Looked, Options, Saved
    from recordsearch.workflows.search import Answer
    from recordsearch.workflows.show import Shown
    from recordsearch.workflows.tagging import ListedTag, TagChange
    from recordsearch.workflows.terms import Term, TermHits
    from recordsearch.workflows.timeline import Timeline, Unit


@dataclass(frozen=True, slots=True)
class Status:
    """What an archive holds; ``run`` is one that is not finished, ``running`` that it goes on."""

    folder: str
    engine: str
    counts: reading.Counts
    run: "RunState | None"
    running: bool


def _say_nothing(progress: "Indexed") -> None:
    """Take no notice of how far an index is that is built anew."""


class Archive:
    """An archive, opened for reading. Use it as a context manager, or call :meth:`close`.

    ``folder`` is the archive's folder; None finds it upward from the current folder, or where
    ``RECORDSEARCH_ARCHIVE`` says. An index that is missing, or was made by another version, is
    built anew at the first search; ``rebuilding`` is told how far that is.

    :raises NoArchiveError: there is no archive.
    """

    def __init__(
        self,
        folder: "str | os.PathLike[str] | None" = None,
        *,
        rebuilding: "Callable[[Indexed], None]" = _say_nothing,
    ) -> None:
        self._rebuilding = rebuilding
        self._stack = ExitStack()
        named = None if folder is None else os.fspath(folder)
        opened = self._stack.enter_context(wiring.reading_catalogue(named))
        self._place, self._connection = opened
        self._reader_now: Reader | None = None
        self._version = -1
        self._coverage: Coverage | None = None
        self._languages: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The archive's folder."""
        return self._place.folder

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        any_word: bool = False,
        tolerant: bool = False,
        expand: bool | None = None,
        sort: Sort | str = Sort.RELEVANCE,
        group: Group | str | None = None,
        fold: bool = True,
        facet_values: int = 0,
        explain: bool = False,
    ) -> "Answer":
        """Find passages; see :class:`recordsearch.workflows.search.Wanted`.

        :raises QueryError: the query cannot be understood.
        :raises ValueError: there is no such order or group.
        """
        from recordsearch.workflows.search import Wanted, search

        wanted = Wanted(
            limit=limit,
            offset=offset,
            any_word=any_word,
            tolerant=tolerant,
            expand=expand,
            sort=Sort(sort),
            group=None if group is None else Group(group),
            fold=fold,
            facet_values=facet_values,
            explain=explain,
        )
        reader = self._reader()
        return search(self._connection, reader, query, wanted, self._covered, self._languages)

    def similar(self, name: str, *, limit: int = 10, offset: int = 0) -> "Answer":
        """Find passages that are about the same as a passage, such as ``p12``, or a document.

        ``name`` names a document, or some of its pages, as for :meth:`show`. The words that were
        looked for are in the answer's notes.

        :raises UsageError: there is no such passage, or nothing goes by that name.
        """
        from recordsearch.workflows.similar import similar

        return similar(self._connection, self._reader(), name, limit, offset, self._covered)

    def timeline(
        self,
        query: str,
        unit: "Unit | str" = "month",
        *,
        any_word: bool = False,
        tolerant: bool = False,
    ) -> "Timeline":
        """Count the hits of a query by ``day``, ``month`` or ``year`` of their message or letter.

        :raises QueryError: the query cannot be understood.
        """
        from recordsearch.workflows.timeline import Unit, timeline

        return timeline(
            self._connection,
            self._reader(),
            query,
            Unit(unit),
            any_word=any_word,
            tolerant=tolerant,
        )

    def terms(
        self,
        terms: "Sequence[Term]",
        cite: int = 1,
        *,
        any_word: bool = False,
        tolerant: bool = False,
    ) -> "Iterator[TermHits]":
        """Ask each query of a list; ``cite`` is how many of its best hits are fetched.

        :func:`recordsearch.workflows.terms.read_terms` reads a list from a file.
        """
        from recordsearch.workflows.terms import search_terms

        return search_terms(
            self._connection, self._reader(), terms, cite, any_word=any_word, tolerant=tolerant
        )

    def terms_question(
        self, terms: "Sequence[Term]", cite: int, *, any_word: bool, tolerant: bool
    ) -> str:
        """Name what the answers to a list depend on: what is asked, how, and of what."""
        from recordsearch.workflows.terms import question

        options = {"cite": cite, "any_word": any_word, "tolerant": tolerant}
        return question(terms, options, self.state())

    def evidence(
        self,
        query: str,
        *,
        limit: int | None = None,
        any_word: bool = False,
        tolerant: bool = False,
        sort: Sort | str = Sort.RELEVANCE,
        fold: bool = True,
    ) -> "tuple[list[Evidence], SearchRecord]":
        """Return hits with what proves where they stand, and what it takes to repeat the search.

        All hits, where no ``limit`` is given; :meth:`write_pdf` makes a PDF of them.

        :raises QueryError: the query cannot be understood.
        """
        from datetime import UTC, datetime

        from recordsearch.workflows.evidence import SearchRecord, gather

        asked = datetime.now(UTC).isoformat(timespec="seconds")
        reader = self._reader()
        answer = self.search(
            query,
            limit=reader.count() if limit is None else limit,
            any_word=any_word,
            tolerant=tolerant,
            sort=sort,
            fold=fold,
        )
        found = gather(self._connection, answer)
        options = {
            "limit": limit,
            "any_word": any_word,
            "tolerant": tolerant,
            "sort": str(sort),
            "fold": fold,
        }
        record = SearchRecord(
            program=f"recordsearch {VERSION}",
            query=query,
            options=options,
            asked=asked,
            archive=reading.archive_id(self._connection),
            state=self.state(),
            index=wiring.index_stamp(self._place, self._connection),
            total=answer.total,
            exported=len(found),
            notes=answer.notes,
            coverage=answer.coverage,
        )
        return found, record

    def write_pdf(
        self,
        evidence: "Sequence[Evidence]",
        cover: Sequence[str],
        file: IO[bytes],
    ) -> list[str]:
        """Write the cited pages, what was found marked, behind a sheet with the lines ``cover``.

        Returned is a line for each page that could not be taken from its file.
        """
        from recordsearch.workflows.evidence_pdf import write_pdf

        return write_pdf(self._connection, evidence, cover, file)

    def check_output(self, path: str) -> None:
        """Make sure that writing to ``path`` destroys no record and nothing of the archive.

        :raises UsageError: one of the archive's files lies there, or it is in the archive's folder.
        """
        from recordsearch.workflows.manifest import check_output

        check_output(self._connection, self.folder, path)

    def state(self) -> str:
        """Return a SHA-256 of all that decides what a search finds: documents, index, versions."""
        from recordsearch.catalogue.state import archive_state

        return archive_state(self._connection, wiring.index_stamp(self._place, self._connection))

    def sha256_of(self, hits: "Iterable[Hit]") -> dict[int, str]:
        """Return the SHA-256 (hex) of the documents that hits are in, by document."""
        return reading.hashes(self._connection, {hit.document for hit in hits})

    def messages(self, query: str = "") -> "list[ListedMessage]":
        """List messages, those that ``query`` finds or all, at each of their places, by time.

        :raises QueryError: the query cannot be understood.
        """
        from recordsearch.workflows.listing import messages

        return list(messages(self._connection, self._reader() if query else None, query))

    def messages_not_compared(self) -> int:
        """Count the e-mails that no list has yet, as an unfinished run has not compared them."""
        from recordsearch.workflows.listing import not_compared

        return not_compared(self._connection)

    def thread(self, number: int) -> "list[ThreadMessage]":
        """Return the messages of a conversation, each once, by time.

        :raises UsageError: there is no such thread.
        """
        from recordsearch.workflows.listing import thread

        return thread(self._connection, number)

    def letters(self, query: str = "") -> "list[ListedLetter]":
        """List letters, those that ``query`` finds or all, by date.

        :raises QueryError: the query cannot be understood.
        """
        from recordsearch.workflows.listing import letters

        return list(letters(self._connection, self._reader() if query else None, query))

    def people(self, words: Sequence[str] = ()) -> "list[tuple[int, PersonRow]]":
        """List people with their numbers: those with all of ``words`` in a name or address."""
        from recordsearch.workflows.listing import persons

        return persons(self._connection, words)

    def status(self) -> Status:
        """Return what the archive holds, and how far a run is that has not come to its end."""
        from recordsearch.catalogue.runs import unfinished_run

        run = unfinished_run(self._connection)
        return Status(
            self.folder,
            wiring.engine_name(self._place),
            reading.counts(self._connection),
            run,
            run is not None and wiring.is_being_written(self._place),
        )

    def problems(self) -> "list[tuple[str, Problem]]":
        """List the files and pages that could not be read as they should be, with releases."""
        return list(reading.problems(self._connection))

    def pages(self, where: str = "") -> "list[ListedPage]":
        """List pages by how they were read, the worst first; ``where`` narrows the list.

        :raises UsageError: ``where`` cannot be understood.
        """
        from recordsearch.workflows.page_list import pages_where

        return pages_where(self._connection, where)

    def show(self, document: str, mark: str | None = None) -> "Shown":
        """Return pages of a document; what the query ``mark`` matches in them is marked.

        :raises UsageError: nothing, or several documents, go by that name.
        """
        from recordsearch.workflows.show import show

        return show(self._connection, document, mark)

    def tag(self, hits: Sequence[str], name: str, note: str | None = None) -> "TagChange":
        """Tag places, named as :func:`recordsearch.workflows.tagging.find_place` says.

        Tags may be given while another process indexes. A ``note`` of None leaves the notes that
        are there.

        :raises UsageError: nothing goes by one of the names, or the tag's name cannot be one.
        """
        from recordsearch.workflows import tagging

        return tagging.tag(self._connection, hits, name, note)

    def untag(self, hits: Sequence[str] | None, name: str) -> "TagChange":
        """Take a tag from places, or with None from all.

        :raises UsageError: there is no such tag, or nothing goes by one of the names.
        """
        from recordsearch.workflows import tagging

        if hits is None:
            return tagging.remove_tag(self._connection, name)
        return tagging.untag(self._connection, hits, name)

    def tag_counts(self) -> "list[TagCount]":
        """Return all tags by name, with how many places and documents bear them."""
        from recordsearch.workflows import tagging

        return tagging.tag_counts(self._connection)

    def tagged(self, name: str | None = None) -> "list[ListedTag]":
        """Return the places that bear a tag, or any tag, with their notes.

        :raises UsageError: there is no such tag.
        """
        from recordsearch.workflows import tagging

        return tagging.list_tagged(self._connection, name)

    def save(
        self, name: str, query: str, options: "Options | None" = None, *, replace: bool = False
    ) -> "Saved":
        """Save a search; what it finds now counts as looked at.

        :raises QueryError: the query cannot be understood.
        :raises UsageError: the name is taken, or cannot be one.
        """
        from recordsearch.workflows import saved_searches

        return saved_searches.save(
            self._connection, name, query, options or saved_searches.Options(), replace=replace
        )

    def saved(self, name: str) -> "Saved":
        """Return a saved search.

        :raises UsageError: there is none of this name.
        """
        from recordsearch.workflows import saved_searches

        return saved_searches.find(self._connection, name)

    def remove_saved(self, name: str) -> "Saved":
        """Remove a saved search.

        :raises UsageError: there is none of this name.
        """
        from recordsearch.workflows import saved_searches

        return saved_searches.remove(self._connection, name)

    def news(
        self, names: Sequence[str] = (), *, limit: int | None = None, fold: bool = True
    ) -> "Looked":
        """Find what is new to saved searches, or to all; :meth:`mark_looked_at` makes it old.

        :raises UsageError: there is no saved search of such a name.
        """
        from recordsearch.workflows import saved_searches

        return saved_searches.news(self._connection, self._reader, names, limit, fold=fold)

    def mark_looked_at(self, looked: "Looked") -> None:
        """Note that what :meth:`news` gave has been looked at: it is new no more."""
        from recordsearch.workflows import saved_searches

        saved_searches.mark_looked_at(self._connection, looked)

    def coverage(self) -> "Coverage":
        """Return how far the archive was read, so how far an answer can be relied on."""
        self._reader()
        return self._covered(self._connection)

    def close(self) -> None:
        """Close the archive's files."""
        self._close_reader()
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- inside ----------------------------------------------------------------------------------

    def _reader(self) -> "Reader":
        """Return a reader that knows what was committed last."""
        version = _version(self._connection)
        if self._reader_now is None or version != self._version:
            self._close_reader()
            self._reader_now = wiring.open_reader(self._place, self._connection, self._rebuilding)
            self._version = version
            self._coverage = None
            self._languages = languages(self._connection)
        return self._reader_now

    def _close_reader(self) -> None:
        reader, self._reader_now = self._reader_now, None
        if reader is not None:
            reader.close()

    def _covered(self, connection: "sqlite3.Connection") -> "Coverage":
        # It takes longer than most searches, and changes with a commit alone.
        if self._coverage is None:
            self._coverage = reading.coverage(connection)
        return self._coverage


def _version(connection: "sqlite3.Connection") -> int:
    """Return a number that changes when another connection has committed."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])

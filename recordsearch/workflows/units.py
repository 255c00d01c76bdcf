"""The units of work that an ingest hands to workers, and what a worker does with one.

This module is all that a worker process imports at its start.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recordsearch.contents import Understood
from recordsearch.errors import AWAY, NO_ROOM, UnreadableError
from recordsearch.records import Identity, MediaType, Method, Page, ReadOptions, SourceFile, Word

if TYPE_CHECKING:
    from recordsearch.extract.ocr_choice import Choice
    from recordsearch.sources.members import Member


@dataclass(frozen=True, slots=True)
class IdentifyUnit:
    """Find out what a file is."""

    source: SourceFile


@dataclass(frozen=True, slots=True)
class Identified:
    """What a file is; where its pages cannot be counted, ``unreadable`` says why.

    ``members`` are the files in it; ``left_out`` says why some of them are not told, or is empty;
    ``passed`` counts, by reason, those that are no documents.
    """

    identity: Identity
    unreadable: UnreadableError | None
    members: "tuple[Member, ...]" = ()
    left_out: str = ""
    passed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """Read the pages ``first`` to ``last`` of the document that lies at ``source``."""

    document: int
    source: SourceFile
    media_type: MediaType
    first: int
    last: int
    options: ReadOptions


@dataclass(frozen=True, slots=True)
class UnderstandUnit:
    """Find what a document says: ``pages`` are its pages' texts.

    ``words`` are the words of pages read by OCR, packed as the catalogue keeps them, by number.
    """

    document: int
    source: SourceFile
    media_type: MediaType
    custodian: str
    pages: tuple[str, ...]
    words: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class RereadUnit:
    """Read a page again by the second OCR engine; ``page`` is how it was read before."""

    document: int
    source: SourceFile
    media_type: MediaType
    page: Page
    options: ReadOptions


@dataclass(frozen=True, slots=True)
class Reread:
    """A page as it was read again, and which of the two readings is the better one."""

    page: Page
    choice: "Choice"


WorkUnit = IdentifyUnit | ReadUnit | UnderstandUnit | RereadUnit
WorkResult = Identified | tuple[Page, ...] | Understood | Reread


@dataclass(frozen=True, slots=True)
class Worker:
    """Does units. ``passwords`` are tried, in their order, on files that need one."""

    passwords: tuple[str, ...] = field(default=(), repr=False)

    def __call__(self, unit: WorkUnit) -> WorkResult:
        """Do a unit.

        :raises UnreadableError: the file cannot be opened, is of no known kind, or cannot be read;
            stage ``away``: not any more.
        """
        if self.passwords:
            from recordsearch.extract import use_passwords

            use_passwords(self.passwords)
        try:
            result = self._do(unit)
        except UnreadableError as error:
            if error.stage != AWAY:
                _check_there(unit.source)
            raise
        if _is_doubtful(result):
            _check_there(unit.source)
        return result

    def _do(self, unit: WorkUnit) -> WorkResult:
        if isinstance(unit, IdentifyUnit):
            return _identify(unit.source, self.passwords)
        if isinstance(unit, UnderstandUnit):
            return _understand(unit, self.passwords)
        if isinstance(unit, RereadUnit):
            return _reread(unit, self.passwords)
        from recordsearch.extract import read_pages

        with local(unit.source, self.passwords) as path:
            return tuple(read_pages(path, unit.media_type, unit.first, unit.last, unit.options))


def _check_there(source: SourceFile) -> None:
    from recordsearch.sources.presence import check_there

    check_there(source.path)


def _is_doubtful(result: WorkResult) -> bool:
    """Tell whether a result may be what it is because the file went away meanwhile."""
    if isinstance(result, Identified):
        return result.unreadable is not None or bool(result.left_out)
    pages = result if isinstance(result, tuple) else ()
    return any(page.method is Method.NONE and page.poor for page in pages)


@contextmanager
def local(source: SourceFile, passwords: Sequence[str] = ()) -> Iterator[str]:
    """Give a file of this machine that has the source's bytes; a member is taken out for it.

    :raises UnreadableError: a container cannot be opened, or the member not be taken out.
    """
    if source.container is None:
        yield source.path
        return
    from recordsearch.sources.members import member_at

    with member_at(source.path, source.container, source.locators, passwords) as path:
        yield path


def _identify(source: SourceFile, passwords: Sequence[str]) -> Identified:
    from recordsearch.extract import count_pages
    from recordsearch.records import CONTAINERS, HOLDERS
    from recordsearch.sources.fingerprint import fingerprint

    with local(source, passwords) as path:
        found = fingerprint(path, source.name)
        pages = 0
        unreadable = None
        members: tuple[Member, ...] = ()
        left_out = ""
        passed: tuple[tuple[str, int], ...] = ()
        try:
            if found.media_type not in CONTAINERS:
                pages = count_pages(path, found.media_type)
            if found.media_type in HOLDERS:
                from recordsearch.sources.members import list_members

                listed = list_members(path, found.media_type, passwords, source.name)
                members, left_out, passed = listed.members, listed.cut, listed.passed
        except UnreadableError as error:
            unreadable = error
    identity = Identity(found.sha256, found.size, found.media_type, pages)
    return Identified(identity, unreadable, members, left_out, passed)


def _reread(unit: RereadUnit, passwords: Sequence[str]) -> Reread:
    from recordsearch.extract.ocr_choice import better
    from recordsearch.extract.ocr_rapid import read_page_again

    with local(unit.source, passwords) as path:
        second = read_page_again(path, unit.media_type, unit.page.number, unit.options)
    return Reread(second, better(unit.page, second))


def _understand(unit: UnderstandUnit, passwords: Sequence[str]) -> Understood:
    from recordsearch.catalogue.words import unpack_words
    from recordsearch.extract import native_message
    from recordsearch.extract.page_words import pdf_page_words
    from recordsearch.workflows.understanding import understand

    def words_of(number: int) -> "tuple[Word, ...]":
        packed = unit.words.get(number)
        if packed is not None:
            return unpack_words(packed)
        if unit.media_type is not MediaType.PDF:
            return ()
        try:
            with local(unit.source, passwords) as path:
                words = tuple(pdf_page_words(path, number))
        except UnreadableError as error:
            if error.stage == NO_ROOM:
                raise
            words = ()  # its text alone must do
        if not words:
            _check_there(unit.source)
        return words

    native = None
    if unit.media_type in (MediaType.EMAIL, MediaType.MSG):
        try:
            with local(unit.source, passwords) as path:
                native = native_message(path, unit.media_type)
        except UnreadableError as error:
            if error.stage == NO_ROOM:
                raise
            _check_there(unit.source)  # its header stands in its text too
    return understand(unit.pages, words_of, native, unit.custodian)

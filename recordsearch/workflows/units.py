"""The units of work that an ingest hands to workers, and what a worker does with one.

This module is all that a worker process imports at its start.
"""

from dataclasses import dataclass

from recordsearch.contents import Understood
from recordsearch.errors import UnreadableError
from recordsearch.records import Identity, MediaType, Page, ReadOptions, SourceFile


@dataclass(frozen=True, slots=True)
class IdentifyUnit:
    """Find out what a file is."""

    source: SourceFile


@dataclass(frozen=True, slots=True)
class Identified:
    """What a file is; where its pages cannot be counted, ``unreadable`` says why."""

    identity: Identity
    unreadable: UnreadableError | None


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

    ``custodian`` is whose mailbox its release is, or empty.
    """

    document: int
    source: SourceFile
    custodian: str
    pages: tuple[str, ...]


WorkUnit = IdentifyUnit | ReadUnit | UnderstandUnit
WorkResult = Identified | tuple[Page, ...] | Understood


def work(unit: WorkUnit) -> WorkResult:
    """Do a unit.

    :raises UnreadableError: the file cannot be opened, is of no known kind, or cannot be read.
    """
    if isinstance(unit, IdentifyUnit):
        return _identify(unit.source.path)
    if isinstance(unit, UnderstandUnit):
        from recordsearch.workflows.understanding import understand

        return understand(unit.pages, unit.custodian)
    from recordsearch.extract import read_pages

    return tuple(read_pages(unit.source.path, unit.media_type, unit.first, unit.last, unit.options))


def _identify(path: str) -> Identified:
    from recordsearch.extract import count_pages
    from recordsearch.sources.fingerprint import fingerprint

    found = fingerprint(path)
    try:
        pages = count_pages(path, found.media_type)
        unreadable = None
    except UnreadableError as error:
        pages = 0
        unreadable = error
    return Identified(Identity(found.sha256, found.size, found.media_type, pages), unreadable)

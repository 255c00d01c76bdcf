"""Compare two publications of the same records: what is the same, replaced, added, removed.

A file is the same where its bytes are, moved where they are and its name is another one. A file of
the same name with other bytes replaces the one before; so does, most likely, one that bears the
same Bates number, or one whose text is much alike.
"""

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from recordsearch.catalogue import custody, publications
from recordsearch.catalogue.publications import PublishedFile
from recordsearch.understand.differing import DifferenceKind
from recordsearch.workflows.compare_pages import PageChange, PageKind, changes
from recordsearch.workflows.compare_texts import most_alike
from recordsearch.workflows.compare_words import likeness, page_words, words_of
from recordsearch.workflows.verifying import Remark, Step

_FILES_A_STEP = 20


class Kind(StrEnum):
    """What became of a file from one release to the other."""

    SAME = "same"
    MOVED = "moved"
    REPLACED = "replaced"
    REMOVED = "removed"
    ADDED = "added"


class KnownBy(StrEnum):
    """By what two files were taken for the same record."""

    HASH = "hash"
    NAME = "name"
    BATES = "bates"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Compared:
    """A file of the first release and the one of the other that it became; one may be None.

    ``likeness`` is the share of words that they have in common, 0 to 1, where one replaces the
    other; ``pages`` are those of its pages that are not the same. ``copy_of`` names a file of the
    other release with the same bytes, where one of several copies was added or removed.
    """

    kind: Kind
    first: PublishedFile | None
    other: PublishedFile | None
    known_by: KnownBy | None = None
    likeness: float | None = None
    pages: tuple[PageChange, ...] = ()
    copy_of: str = ""

    def count_pages(self, kind: PageKind) -> int:
        """Count the pages that were changed, added or removed."""
        return sum(page.kind is kind for page in self.pages)

    def count(self, kind: DifferenceKind) -> int:
        """Count the differences of a kind on all pages."""
        return sum(page.count(kind) for page in self.pages)


@dataclass(frozen=True, slots=True)
class ComparedAll:
    """How many files of each kind there are, and in how many text was withheld or disclosed."""

    same: int
    moved: int
    replaced: int
    removed: int
    added: int
    withheld: int
    disclosed: int
    unread: int


Told = Compared | ComparedAll | Remark | Step
Pairing = tuple[list[tuple[PublishedFile, PublishedFile]], list[PublishedFile], list[PublishedFile]]


def compare(connection: sqlite3.Connection, first: str, other: str) -> Iterator[Told]:
    """Compare two releases; the last that is told is :class:`ComparedAll`.

    :raises UsageError: there is no release of that name.
    """
    numbers = [custody.find_release(connection, name) for name in (first, other)]
    yield from _remarks(connection, numbers, (first, other))
    counts: dict[str, int] = defaultdict(int)
    for told in _compare_files(connection, *numbers):
        if isinstance(told, Compared):
            counts[told.kind] += 1
            counts["withheld"] += told.count(DifferenceKind.REDACTED) > 0
            counts["disclosed"] += told.count(DifferenceKind.DISCLOSED) > 0
        yield told
    unread = sum(publications.files_without_document(connection, number) for number in numbers)
    figures = {kind.value: counts[kind] for kind in Kind}
    yield ComparedAll(
        **figures, withheld=counts["withheld"], disclosed=counts["disclosed"], unread=unread
    )


def _remarks(
    connection: sqlite3.Connection, numbers: Sequence[int], names: Sequence[str]
) -> Iterator[Remark]:
    if numbers[0] == numbers[1]:
        yield Remark("a release was compared with itself")
    for number, name in zip(numbers, names, strict=True):
        if count := publications.unfinished(connection, number):
            yield Remark(
                f"documents of {name} that are still being read: {count:,}; what differs in them"
                " is not known yet"
            )


def _compare_files(connection: sqlite3.Connection, first: int, other: int) -> Iterator[Told]:
    yield Step("comparing names and hashes", 0, 0)
    left = publications.published(connection, first)
    right = publications.published(connection, other)
    same, left, right = _pair(left, right, lambda one: (one.document, one.file))
    for pair in same:
        yield Compared(Kind.SAME, *pair, known_by=KnownBy.HASH)
    kept = {pair[0].document: pair for pair in same}
    moved, left, right = _pair(left, right, lambda one: one.document)
    for pair in moved:
        yield Compared(Kind.MOVED, *pair, known_by=KnownBy.HASH)
        kept[pair[0].document] = pair
    replaced: list[tuple[KnownBy, PublishedFile, PublishedFile]] = []
    for key in (lambda one: one.file, _folded):
        named, left, right = _pair(left, right, key)
        replaced += [(KnownBy.NAME, *pair) for pair in named]
    # Of a copy more or less its content is still there: it is no other record's new version.
    copies, left = _copies(left, kept, Kind.REMOVED)
    more, right = _copies(right, kept, Kind.ADDED)
    numbered, left, right = _by_bates(connection, left, right)
    replaced += [(KnownBy.BATES, *pair) for pair in numbered]
    yield Step("comparing texts", 0, len(left) + len(right))
    alike, left, right = most_alike(connection, left, right)
    replaced += [(KnownBy.TEXT, *pair) for pair in alike]
    for place, (known_by, one, another) in enumerate(replaced):
        if place % _FILES_A_STEP == 0:
            yield Step("comparing pages", place, len(replaced))
        yield _replaced(connection, known_by, one, another)
    yield from copies
    yield from (Compared(Kind.REMOVED, one, None) for one in left)
    yield from more
    yield from (Compared(Kind.ADDED, None, one) for one in right)


def _pair(
    left: Iterable[PublishedFile],
    right: Iterable[PublishedFile],
    key: Callable[[PublishedFile], Hashable],
) -> Pairing:
    """Pair files of the same key, in their order; return the pairs and what is left of each."""
    waiting: defaultdict[Hashable, list[PublishedFile]] = defaultdict(list)
    for one in right:
        waiting[key(one)].append(one)
    for several in waiting.values():
        several.reverse()
    pairs, rest = [], []
    for one in left:
        found = waiting[key(one)]
        if found:
            pairs.append((one, found.pop()))
        else:
            rest.append(one)
    others = [one for several in waiting.values() for one in reversed(several)]
    return pairs, rest, sorted(others, key=lambda one: one.file)


def _folded(one: PublishedFile) -> str:
    """Return a name without case and without the ways in which systems write accents."""
    return unicodedata.normalize("NFKC", one.file).casefold()


def _copies(
    files: Sequence[PublishedFile],
    kept: dict[int, tuple[PublishedFile, PublishedFile]],
    kind: Kind,
) -> tuple[list[Compared], list[PublishedFile]]:
    """Take out the files whose content is in both releases, elsewhere."""
    found, rest = [], []
    for one in files:
        pair = kept.get(one.document)
        if pair is None:
            rest.append(one)
        elif kind is Kind.REMOVED:
            found.append(Compared(kind, one, None, copy_of=pair[1].file))
        else:
            found.append(Compared(kind, None, one, copy_of=pair[0].file))
    return found, rest


def _by_bates(
    connection: sqlite3.Connection, left: list[PublishedFile], right: list[PublishedFile]
) -> Pairing:
    """Pair files whose first page bears the same number, where no other's does."""
    if not left or not right:
        return [], left, right

    def once(files: Sequence[PublishedFile]) -> dict[str, PublishedFile]:
        found: defaultdict[str, list[PublishedFile]] = defaultdict(list)
        for one in files:
            found[publications.first_bates(connection, one.document)].append(one)
        return {bates: several[0] for bates, several in found.items() if len(several) == 1}

    mine, theirs = once(left), once(right)
    pairs = [(mine[bates], theirs[bates]) for bates in mine if bates and bates in theirs]
    done = {id(one) for pair in pairs for one in pair}
    return (
        pairs,
        [one for one in left if id(one) not in done],
        [one for one in right if id(one) not in done],
    )


def _replaced(
    connection: sqlite3.Connection, known_by: KnownBy, first: PublishedFile, other: PublishedFile
) -> Compared:
    versions = [
        [
            page_words(page.number, page.text, page.bates)
            for page in publications.pages_of(connection, one.document)
        ]
        for one in (first, other)
    ]
    words = [(word for page in version for word in words_of(page.text)) for version in versions]
    found = tuple(changes(*versions))
    return Compared(Kind.REPLACED, first, other, known_by, likeness(*words), found)

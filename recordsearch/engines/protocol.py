"""What an engine must do; the rest of the program knows engines by this alone.

An engine keeps an index of passages in a folder of its own. It is given passages as
:class:`~recordsearch.records.IndexEntry` and queries as trees, and gives back the numbers of
passages. It stores no text: text and snippets come from the catalogue.
"""

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Protocol, Self

from recordsearch.query.tree import Node
from recordsearch.records import IndexEntry, Ranking


class Writer(Protocol):
    """Adds to an index. Nothing is visible to a reader before :meth:`commit`.

    Leaving the ``with`` block drops what was not committed and frees the folder.
    """

    def add(self, entries: Iterable[IndexEntry]) -> None:
        """Add passages; those already in the index under the same number must be removed first."""

    def remove(self, passages: Iterable[int]) -> None:
        """Remove passages by number; a number that is not in the index is no error."""

    def commit(self) -> None:
        """Make all that was added and removed since the last commit durable and visible."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Reader(Protocol):
    """Answers queries from the index as it was at the last commit before it was opened."""

    def search(self, tree: Node, limit: int, offset: int = 0) -> Ranking:
        """Rank the passages that ``tree`` matches.

        Ties in score are ordered by passage number. ``limit`` may be 0: then only the total is
        wanted. Both numbers are not negative.
        """

    def matching(self, tree: Node) -> Sequence[int]:
        """Return the numbers of all passages that ``tree`` matches, in order, without scores."""

    def count(self) -> int:
        """Return how many passages the index holds."""

    def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """Return in how many passages each of these terms stands; those in none are left out.

        ``field`` is one of :data:`recordsearch.engines.index_fields.POSITIONED`, or ``STEMMED``.
        A passage that was removed may count until the engine tidies up.
        """

    def vocabulary(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Yield a field's terms that begin with ``prefix``, and in how many passages each is.

        They come in the order of their code points, each once.
        """

    def close(self) -> None:
        """Free what the reader holds."""


class Engine(Protocol):
    """A kind of index. ``version`` changes whenever an index made before cannot be used."""

    @property
    def name(self) -> str:
        """The name that settings and ``--engine`` know the engine by."""

    @property
    def version(self) -> str:
        """The version that an index made now is stamped with."""

    def create(self, folder: str) -> None:
        """Make an empty index in ``folder``, an existing empty folder."""

    def writer(self, folder: str) -> Writer:
        """Open an index for writing.

        :raises IndexUnavailableError: the folder holds no usable index.
        """

    def reader(self, folder: str, languages: Sequence[str] = ("en",)) -> Reader:
        """Open an index for reading; ``languages`` (ISO 639-1) are those of its passages.

        :raises IndexUnavailableError: the folder holds no usable index.
        """

"""What the office readers share: pages of bounded length, kept for the next question.

A document is read as a whole, because its pages are told by what stands in it, and asked for a few
pages at a time; so the last one stays, packed, in the process that read it.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from recordsearch.errors import UnreadableError
from recordsearch.extract.clean import clean
from recordsearch.extract.office_zip import SPLIT, damaged
from recordsearch.extract.plain import PAGE_CHARACTERS, check_file
from recordsearch.records import Adapter, Method, Page

CHARACTERS = 100_000_000
"""Most text that is taken from one document: a thousand full pages."""
PAGES = 20_000
_SOFT_HYPHEN = "\u00ad"
_HASH_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """A page before it is cleaned: its text packed, how it was told, what is wrong with it."""

    packed: bytes
    reason: str
    poor: str = ""
    mend: str = ""


class FullError(Exception):
    """The document has given as much text as is taken; never leaves the readers."""


@dataclass(slots=True)
class Drafts:
    """The pages of a document as they are made."""

    pages: list[Draft] = field(default_factory=list)
    _left: int = field(default_factory=lambda: CHARACTERS)

    def add(self, text: str, reason: str, poor: str = "", mend: str = "") -> None:
        """Add a page.

        :raises FullError: no more are taken; this one was, as far as it fits, and says so.
        """
        full = len(text) > self._left or len(self.pages) + 1 >= PAGES
        if full:
            text = text[: max(0, self._left)]
            cut = f"only the first {CHARACTERS:,} characters and {PAGES:,} pages were read"
            poor, mend = "; ".join(one for one in (poor, cut) if one), SPLIT
        self._left -= len(text)
        packed = zlib.compress(text.encode("utf-8", "replace"), 1)
        self.pages.append(Draft(packed, reason, poor, mend))
        if full:
            raise FullError

    def blame(self, poor: str, mend: str) -> None:
        """Say on the last page what is wrong, as with what comes after it."""
        last = self.pages[-1]
        if poor not in last.poor:
            causes = "; ".join(one for one in (last.poor, poor) if one)
            self.pages[-1] = Draft(last.packed, last.reason, causes, mend)


@dataclass(slots=True)
class Rows:
    """Lines gathered to pages below 100,000 characters: the rows of a sheet or of a CSV file.

    ``head`` stands first on every page; ``reason`` makes it from the first and the last row.
    """

    drafts: Drafts
    head: str
    reason: Callable[[int, int], str]
    _lines: list[str] = field(default_factory=list)
    _size: int = 0
    _first: int = 1
    _last: int = 0
    _pages: int = 0

    def add(self, number: int, line: str) -> None:
        """Add row ``number``; one that is longer than a page takes several."""
        if self._lines and self._size + len(line) >= PAGE_CHARACTERS - 1_000:
            self.flush()
        if not self._lines:
            self._first = number
        self._last = number
        while len(line) > PAGE_CHARACTERS - 1_000:
            self._take(line[: PAGE_CHARACTERS - 1_000])
            self.flush()
            self._first = number
            line = line[PAGE_CHARACTERS - 1_000 :]
        self._take(line)

    def add_below(self, line: str) -> None:
        """Add a line that is no row."""
        self.add(self._last, line)

    def flush(self) -> None:
        """End the page."""
        text = "\n".join([self.head, *self._lines] if self.head else self._lines)
        reason = self.reason(self._first, self._last)
        self._lines.clear()
        self._size = 0
        self._pages += 1
        self.drafts.add(text, reason)

    def close(self) -> None:
        """End the last page; a sheet without rows has one page."""
        if self._lines or not self._pages:
            self.flush()

    def _take(self, line: str) -> None:
        self._lines.append(line)
        self._size += len(line) + 1


PICTURE = "\x0f"
"""Stands in a text for a picture, which is not read; it goes when the text is cleaned."""
NOT_READ = "the page shows only pictures, which are not read"
NOT_READ_MEND = "save the document as PDF and index that"

Reader = Callable[[str, Drafts], None]

_cache: dict[tuple[str, bytes], list[Draft]] = {}
"""Process-local, one entry: a document's pages, because they are asked for a few at a time."""


def drafts_of(path: str, name: str, limit: int, read: Reader) -> list[Draft]:
    """Return the pages that ``read`` makes of the file at ``path``, at least one.

    Known by the file's content and not by its path, because a file out of an archive lies
    somewhere else each time.

    :raises UnreadableError: the file cannot be opened, is empty, too large, or damaged.
    """
    check_file(path, limit)
    try:
        digest = hashlib.blake2b(digest_size=32)
        with open(path, "rb", buffering=0) as file:
            while block := file.read(_HASH_BLOCK):
                digest.update(block)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    key = (name, digest.digest())
    if key not in _cache:
        drafts = Drafts()
        try:
            read(path, drafts)
        except FullError:
            pass
        except (ValueError, LookupError, ArithmeticError, RecursionError, MemoryError) as error:
            raise damaged(error) from error
        if not drafts.pages:
            raise damaged(None)
        _cache.clear()
        _cache[key] = drafts.pages
    return _cache[key]


def as_pages(drafts: list[Draft], first: int, last: int, adapter: Adapter) -> Iterator[Page]:
    """Yield pages ``first`` to ``last`` of a document."""
    for number in range(max(1, first), min(last, len(drafts)) + 1):
        draft = drafts[number - 1]
        text = zlib.decompress(draft.packed).decode("utf-8")
        yield as_page(number, text, adapter, draft.reason, draft.poor, draft.mend)


def as_page(
    number: int, text: str, adapter: Adapter, reason: str, poor: str = "", mend: str = ""
) -> Page:
    """Return a page, cleaned."""
    pictures = PICTURE in text
    text = clean(text.replace(_SOFT_HYPHEN, ""))
    if pictures and not text and not poor:
        poor, mend = NOT_READ, NOT_READ_MEND
    method = Method.TEXT if text else Method.NONE if poor else Method.BLANK
    return Page(
        number=number,
        text=text,
        method=method,
        adapter=adapter,
        reason=reason if text or poor else "the page shows nothing",
        poor=poor,
        mend=mend,
    )

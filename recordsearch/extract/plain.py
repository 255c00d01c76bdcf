"""Plain text files: pages at form feeds, or where there are none at the stamps of pages.

A page that would be too long is cut at a line's end.
"""

import os
from collections.abc import Iterator

from recordsearch.errors import UnreadableError
from recordsearch.extract.clean import clean
from recordsearch.extract.decode import decode
from recordsearch.extract.plain_stamps import stamped_pages
from recordsearch.records import Adapter, Method, Page

ADAPTER = Adapter("plain", "2")

PAGE_CHARACTERS = 100_000
BYTES = 64 * 1024 * 1024
"""Largest text file read; one such takes several gigabytes of memory while it is cut."""

_cache: dict[tuple[str, int, int], list[str]] = {}
"""Process-local, one entry: a file's pages, because they are asked for a few at a time."""


def count_pages(path: str) -> int:
    """Return the number of pages, at least 1.

    :raises UnreadableError: the file cannot be opened, is empty, or too large.
    """
    return len(_pages(path))


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield pages ``first`` to ``last``.

    :raises UnreadableError: the file cannot be opened, is empty, or too large.
    """
    pages = _pages(path)
    for number in range(max(1, first), min(last, len(pages)) + 1):
        text = clean(pages[number - 1])
        yield Page(
            number=number,
            text=text,
            method=Method.TEXT if text else Method.BLANK,
            adapter=ADAPTER,
            reason="plain text" if text else "the page shows nothing",
        )


def read_bytes(path: str, limit: int) -> bytes:
    """Return a file's bytes.

    :raises UnreadableError: it cannot be opened, is empty, or longer than ``limit``.
    """
    check_file(path, limit)
    try:
        with open(path, "rb") as file:
            return file.read(limit)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error


def check_file(path: str, limit: int) -> None:
    """Check that a file is there, not empty, and no longer than ``limit`` bytes.

    :raises UnreadableError: it is not.
    """
    try:
        size = os.stat(path).st_size
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    if size > limit:
        raise UnreadableError(
            "open", f"the file is larger than {limit:,} bytes", "split it and index the parts"
        )
    if not size:
        raise UnreadableError("open", "the file is empty", "get the file again from its source")


def cut(text: str) -> list[str]:
    """Cut ``text`` into pages at form feeds, and after at most 100,000 characters.

    A page that is too long is cut after a line's end, or anywhere if its second half has none. A
    form feed at the very end begins no page.
    """
    pages: list[str] = []
    for part in text.removesuffix("\f").split("\f"):
        start = 0
        while len(part) - start > PAGE_CHARACTERS:
            end = part.rfind("\n", start + PAGE_CHARACTERS // 2, start + PAGE_CHARACTERS) + 1
            end = end or start + PAGE_CHARACTERS
            pages.append(part[start:end])
            start = end
        pages.append(part[start:])
    return pages


def _pages(path: str) -> list[str]:
    try:
        state = os.stat(path)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    key = (path, state.st_size, state.st_mtime_ns)
    if key not in _cache:
        text = decode(read_bytes(path, BYTES)).removesuffix("\f")
        parts = (None if "\f" in text else stamped_pages(text)) or [text]
        pages = [page for part in parts for page in cut(part)]
        _cache.clear()
        _cache[key] = pages
    return _cache[key]

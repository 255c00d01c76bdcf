"""How much the containers in one file on disk have brought forth, whatever their nesting.

Each container keeps its own limits, but containers in containers multiply: 16 in 16 in 16 files
are a million. Who takes the members in keeps one count for each file on disk.
"""

from collections import Counter

from recordsearch.sources.member_types import allowance

MEMBERS = 2_000_000
"""Members at all levels of one file on disk: eight of the largest archives."""
_OFTEN = 4
"""At each level the same bytes are counted again: a zip of zips of e-mails with attachments."""
COPIES = 1_000
"""Copies of one container in one file on disk whose files are told. A bomb of 42 kB is six zip
files in 70,000 copies; a message that hangs on many others has dozens."""


class Expansion:
    """Counts by file on disk; one for a run."""

    def __init__(self) -> None:
        self._members: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._copies: Counter[tuple[str, str]] = Counter()

    def take(self, path: str, size: int, members: int, expanded: int, sha256: str = "") -> str:
        """Count members found in a container, and the bytes that it has itself.

        ``path`` and ``size`` (bytes) are those of the file on disk that it lies in; ``expanded`` is
        the container's own size in bytes, 0 for the file on disk itself; its ``sha256`` tells it
        from others. Returns why its members are not to be taken in, or an empty text.
        """
        if members and sha256:
            self._copies[path, sha256] += 1
            if self._copies[path, sha256] > COPIES:
                return (
                    f"it is there more than {COPIES:,} times; the files in the others are not told"
                )
        self._members[path] += members
        self._bytes[path] += expanded
        if self._members[path] > MEMBERS:
            self._members[path] -= members
            return f"the containers in it hold more than {MEMBERS:,} files together"
        if self._bytes[path] > _OFTEN * allowance(size):
            return f"the containers in it expand to more than {_OFTEN * allowance(size):,} bytes"
        return ""

"""recordsearch: index and search public records on one's own machine.

:func:`open` is the Python interface: ``recordsearch.open(folder).search("…")``.
"""

import os
from typing import TYPE_CHECKING

from recordsearch.version import VERSION

if TYPE_CHECKING:
    from recordsearch.archive import Archive

__version__ = VERSION
__all__ = ["__version__", "open"]


def open(folder: "str | os.PathLike[str] | None" = None) -> "Archive":  # noqa: A001
    """Open an archive for reading; see :class:`recordsearch.archive.Archive`.

    :raises NoArchiveError: there is no archive.
    """
    from recordsearch.archive import Archive

    return Archive(folder)

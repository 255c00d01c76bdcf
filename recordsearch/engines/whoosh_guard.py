"""What keeps Whoosh from running what a file says, and turns what it raises into our errors.

Whoosh reads parts of its files with ``pickle``, which runs code that a file names. Once this module
is imported it reads plain values and its own description of a segment, and nothing else, so an
archive that somebody else made cannot run anything.
"""

import io
import pickle
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from whoosh import columns, formats, index
from whoosh.codec import whoosh3
from whoosh.filedb import structfile

from recordsearch.errors import ArchiveInUseError, IndexUnavailableError

_REBUILD = "run: recordsearch reindex"


def _latin1(text: str, _: str) -> bytes:
    """Make bytes as pickle's protocol 2 writes them."""
    return text.encode("latin1")


# What Whoosh's own files name.
_KNOWN: dict[tuple[str, str], Any] = {
    ("whoosh.codec.whoosh3", "W3Segment"): whoosh3.W3Segment,
    ("whoosh.codec.whoosh3", "W3Codec"): whoosh3.W3Codec,
    ("collections", "defaultdict"): defaultdict,
    ("builtins", "int"): int,
    ("builtins", "bytes"): bytes,
    ("__builtin__", "bytes"): bytes,
    ("_codecs", "encode"): _latin1,
}


class _PlainUnpickler(pickle.Unpickler):
    """Reads plain values and Whoosh's description of a segment."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(
                f"it names {module}.{name}, which no index needs"
            ) from None


def _load_plain(stream: Any) -> Any:
    return _PlainUnpickler(stream).load()


def _loads_plain(data: bytes) -> Any:
    return _PlainUnpickler(io.BytesIO(data)).load()


structfile.load_pickle = _load_plain
whoosh3.loads = formats.loads = columns.loads = _loads_plain
# Indexes from long before this program, which are unpickled in other ways.
index.toc_loaders.clear()

# What Whoosh raises where a file is missing, damaged or not its own.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    TypeError,
    ValueError,
    index.IndexError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)


@contextmanager
def guarded(folder: str) -> Iterator[None]:
    """Turn what the library raises where an index is damaged into the program's errors."""
    try:
        yield
    except index.LockError as error:
        raise ArchiveInUseError(
            f"another process writes to the index {folder}", "wait for it to end, or stop it"
        ) from error
    except _DAMAGE as error:
        raise IndexUnavailableError(
            f"the index {folder} cannot be used: {error or type(error).__name__}", _REBUILD
        ) from error


@contextmanager
def writing(folder: str) -> Iterator[None]:
    """Turn what the disk refuses into the program's errors."""
    try:
        yield
    except OSError as error:
        raise IndexUnavailableError(
            f"the index {folder} cannot be written: {error}",
            "make room or mend the disk, then run the same command again",
        ) from error

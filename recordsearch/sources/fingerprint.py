"""Read a file once from end to end for its SHA-256 and its type."""

import hashlib
from dataclasses import dataclass

from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources.detect import HEAD_BYTES, detect_type

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file's hash (SHA-256 as hex), its size in bytes and its type."""

    sha256: str
    size: int
    media_type: MediaType


def fingerprint(path: str, name: str = "") -> Fingerprint:
    """Tell the type of the file at ``path`` and hash it.

    ``name`` is what it is called, where its path does not tell, as that of a temporary file.

    The type comes first, so that a large file of a kind that is not read costs one small read.

    :raises UnreadableError: stage ``open``: it cannot be opened or read to its end; stage
        ``detect``: see :func:`~recordsearch.sources.detect.detect_type`.
    """
    digest = hashlib.sha256()
    size = 0
    try:
        with open(path, "rb") as file:
            chunk = file.read(HEAD_BYTES)
            media_type = detect_type(chunk, path, name)
            while chunk:
                digest.update(chunk)
                size += len(chunk)
                chunk = file.read(_CHUNK_BYTES)
    except OSError as error:
        mend = "give yourself the right to read it" if isinstance(error, PermissionError) else ""
        cause = f"cannot be opened: {(error.strerror or str(error)).lower()}"
        raise UnreadableError("open", cause, mend) from error
    return Fingerprint(digest.hexdigest(), size, media_type)

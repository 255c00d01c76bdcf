"""The zip files that office documents are: their parts, read in blocks and within bounds.

Nothing is unpacked as a whole: a part's size is checked as the directory declares it before it is
read, and as it really is while it is read. Parts that no reader asks for (pictures, macros,
embedded files) are never opened.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from recordsearch.errors import UnreadableError
from recordsearch.extract.plain import check_file

BYTES = 512 * 1024 * 1024
"""Largest office document that is read, pictures and all."""
ENTRIES = 50_000
PART_BYTES = 768 * 1024 * 1024
"""Largest part, unpacked; a sheet of a million rows and ten columns has about half of it."""
TEXT_BYTES = 192 * 1024 * 1024
"""Largest part that is no sheet; the text of the longest books has a tenth of it."""
TOTAL_BYTES = 1536 * 1024 * 1024
"""Most that is unpacked of one document."""
RATIO = 400
"""How many times its packed size a large part may have; sheets of numbers have 5 to 30, the most
repetitive about 150. Deflate itself ends at 1,032."""
_RATIO_FROM = 32 * 1024 * 1024
_BLOCK = 64 * 1024
_ENCRYPTED = 0x1
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MEND = "open it in an office program and save it again, or save it as PDF"
SPLIT = "split it into smaller files, or save it as PDF or CSV"


class Package:
    """An opened office document; names of parts have no slash before them and any case."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file
        self._left = TOTAL_BYTES
        self._entries: dict[str, ZipInfo] = {}
        for entry in file.infolist():
            self._entries.setdefault(entry.filename.replace("\\", "/").lower(), entry)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def blocks(self, name: str, most: int = TEXT_BYTES) -> Iterator[bytes]:
        """Yield a part's bytes, at most ``most``.

        :raises UnreadableError: there is no such part, or it is damaged, encrypted or too large.
        """
        entry = self._entries.get(name.lower())
        if entry is None:
            cause = f"the document is damaged: {_shown(name)} is missing"
            raise UnreadableError("extract", cause, MEND)
        self._check(entry, most)
        real = 0
        try:
            with self._file.open(entry) as part:
                while block := part.read(_BLOCK):
                    real += len(block)
                    self._left -= len(block)
                    # zipfile stops at the declared size; this holds should it ever not.
                    if real > most or self._left < 0:
                        raise _too_large(entry.filename, most)
                    yield block
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(error, name) from error
        except (OSError, ValueError, OverflowError) as error:
            raise damaged(error, name) from error

    def _check(self, entry: ZipInfo, most: int) -> None:
        if entry.flag_bits & _ENCRYPTED:
            raise encrypted()
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise damaged(None, entry.filename)
        size = entry.file_size
        if size > min(most, self._left):
            raise _too_large(entry.filename, most)
        if size > _RATIO_FROM and size > RATIO * max(1, entry.compress_size):
            raise UnreadableError(
                "extract",
                f"{_shown(entry.filename)} is packed more than {RATIO} times: a zip bomb",
                "leave it out, or save it as PDF on a computer that may fail",
            )


@contextmanager
def opened(path: str) -> Iterator[Package]:
    """Open the office document at ``path``.

    :raises UnreadableError: it cannot be opened, is empty, truncated, too large, or no zip file.
    """
    check_file(path, BYTES)
    try:
        file = ZipFile(path)
    except OSError as error:
        cause = f"cannot be opened: {error.strerror or 'it is damaged'}"
        raise UnreadableError("open", cause, MEND) from error
    except (BadZipFile, ValueError, NotImplementedError, LookupError, OverflowError) as error:
        if _begins_as_ole(path):  # what an encrypted OOXML document is kept in (MS-OFFCRYPTO)
            raise encrypted() from error
        raise UnreadableError(
            "extract",
            "the document is truncated or damaged: its directory cannot be read",
            "get the file again from its source, or let an office program repair it",
        ) from error
    except Exception as error:  # zipfile meets damaged directories with struct.error and others
        raise damaged(error) from error
    with file:
        if len(file.infolist()) > ENTRIES:
            raise UnreadableError("extract", f"it has more than {ENTRIES:,} parts", SPLIT)
        yield Package(file)


def _begins_as_ole(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(len(_OLE)) == _OLE
    except OSError:
        return False


def damaged(error: Exception | None, part: str = "") -> UnreadableError:
    """Return the error for a document, or a part of one, that is not what it should be."""
    kind = f" ({type(error).__name__})" if error else ""
    what = _shown(part) if part else "the document"
    return UnreadableError("extract", f"{what} is damaged{kind}", MEND)


def encrypted() -> UnreadableError:
    """Return the error for a document that only opens with a password."""
    return UnreadableError(
        "open",
        "the document is encrypted",
        "open it with its password and save it without one",
    )


def _too_large(name: str, most: int) -> UnreadableError:
    limit = most // (1024 * 1024)
    return UnreadableError(
        "extract", f"{_shown(name)} is too large: unpacked, more than {limit:,} MB", SPLIT
    )


def _shown(name: str) -> str:
    """Return a part's name as an error may show it."""
    return f"its part {''.join(one if one.isprintable() else '?' for one in name[:80])}"

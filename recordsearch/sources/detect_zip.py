"""Tell office documents, which are zip files, from zip files that hold documents."""

import re
from typing import BinaryIO

from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources.zip_directory import Entry, entries, read_directory

# OpenDocument 1.3, part 2, 3.3: the first file is "mimetype", not packed.
_MIMETYPE = re.compile(rb"PK\x03\x04.{22}\x08\x00..mimetype", re.DOTALL)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_OPEN_KINDS = (
    (b"text", MediaType.ODT),
    (b"spreadsheet", MediaType.ODS),
    (b"presentation", MediaType.ODP),
)
# ECMA-376, part 2, 10.1: what the main part is, in any of the forms that the programs write.
_TYPES_NAME = "[Content_Types].xml"
_TYPES_BYTES = 1 << 20
_TYPES_AMONG = 5_000
_MAIN = re.compile(
    rb"""ContentType\s*=\s*["'](application/vnd\.[^"']{1,150})\.main\+xml["']""", re.IGNORECASE
)
_MAIN_KINDS = (
    (b"wordprocessingml", MediaType.DOCX),
    (b"ms-word", MediaType.DOCX),
    (b"spreadsheetml", MediaType.XLSX),
    (b"ms-excel", MediaType.XLSX),
    (b"presentationml", MediaType.PPTX),
    (b"ms-powerpoint", MediaType.PPTX),
)
_BINARY = re.compile(rb"application/vnd\.ms-excel\.sheet\.binary", re.IGNORECASE)
# Where only the beginning of the file is at hand: what programs write first, and what is in it.
_FIRST = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/")
_FOLDERS = (
    (b"word/document", MediaType.DOCX),
    (b"xl/workbook", MediaType.XLSX),
    (b"ppt/presentation", MediaType.PPTX),
)


def zip_type(head: bytes, path: str) -> MediaType:
    """Tell what a file that begins as a zip file is, from its head and, if it has a path, its rest.

    :raises UnreadableError: stage ``detect``: an office document that is not read.
    """
    if _MIMETYPE.match(head):
        return _open_document(head)
    types = b""
    if path:
        try:
            with open(path, "rb") as file:
                types = _content_types(file)
        except (OSError, UnreadableError):
            return MediaType.ZIP  # its problem is told when its files are listed
    elif head.startswith(_FIRST, 30):
        return next((kind for name, kind in _FOLDERS if name in head), MediaType.ZIP)
    if _BINARY.search(types):
        raise UnreadableError(
            "detect",
            "an Office document: an Excel workbook in binary form (xlsb), which is not read",
            "save it as xlsx or PDF, and index that",
        )
    for match in _MAIN.finditer(types):
        name = match[1].lower()
        for part, kind in _MAIN_KINDS:
            if part in name:
                return kind
    return MediaType.ZIP


def _open_document(head: bytes) -> MediaType:
    start = 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    told = head[start : start + 100]
    if told.startswith(_OPEN_DOCUMENT):
        kind = told[len(_OPEN_DOCUMENT) :]
        for name, media_type in _OPEN_KINDS:
            if kind.startswith(name):
                return media_type
    return MediaType.ZIP


def _content_types(file: BinaryIO) -> bytes:
    entry = _find(file)
    if entry is None:
        return b""
    from recordsearch.sources.member_zip import read_small

    return read_small(file, entry, _TYPES_BYTES)


def _find(file: BinaryIO) -> Entry | None:
    for number, entry in enumerate(entries(file, read_directory(file))):
        if entry.name == _TYPES_NAME:
            return entry
        if number >= _TYPES_AMONG:
            break
    return None

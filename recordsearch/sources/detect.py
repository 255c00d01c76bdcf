"""Recognise a file's type by its content; its name and suffix say nothing.

The signatures are those of the formats' own specifications; a PDF's header may stand anywhere in
the first 1,024 bytes, as readers in practice accept (ISO 32000-1, annex H, note 13).
"""

import re

from recordsearch.errors import NO_DOCUMENT, UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources.detect_table import is_table

HEAD_BYTES = 65_536

_READABLE = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),
    (b"MM\x00+", MediaType.TIFF),
    (b"!BDN", MediaType.PST),
    (b"\x78\x9f\x3e\x22", MediaType.TNEF),
    (b"{\\rtf", MediaType.RTF),
    (b"\x1f\x8b\x08", MediaType.GZIP),
    (b"\xfd7zXZ\x00", MediaType.XZ),
    (b"7z\xbc\xaf\x27\x1c", MediaType.SEVENZIP),
    (b"PK\x05\x06", MediaType.ZIP),
)
_ZIP = (b"PK\x03\x04", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
# The level, then the mark of a block or of the end, both of which are numbers that everyone knows.
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What the storages and streams of an Outlook message are named by (MS-OXMSG, 2.2 to 2.4).
_MSG_NAMES = tuple(
    name.encode("utf-16-le") for name in ("__substg1.0_", "__properties_version1.0", "__nameid_ver")
)
_DIRECTORY_BYTES = 4_096
_OLE_KINDS = (
    ("EncryptedPackage", "an Office document that is encrypted", "save it without its password"),
    ("WordDocument", "an old Office document: Word (doc)", "save it as docx or PDF"),
    ("Workbook", "an old Office document: Excel (xls)", "save it as xlsx or PDF"),
    ("Book", "an old Office document: Excel (xls)", "save it as xlsx or PDF"),
    ("PowerPoint Document", "an old Office document: PowerPoint (ppt)", "save it as pptx or PDF"),
    ("VisioDocument", "an old Office document: Visio (vsd)", "save it as PDF"),
)

# Kinds that are recognised so that the problem can name them and the mend can help.
_OTHER_KINDS = (
    (b"\x1f\x9d", "a file packed by compress (Z)"),
    (b"\x28\xb5\x2f\xfd", "a file packed by Zstandard (zst)"),
    (b"MSCF", "a cabinet file (cab)"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a bitmap picture"),
    (b"RIFF", "a sound, film or WebP picture"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"ID3", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"wOFF", "a font"),
    (b"OTTO", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"%!PS", "a PostScript file"),
)

_NO_DOCUMENTS = ("a program", "a font")

_BYTE_ORDER_MARKS = (
    b"\xef\xbb\xbf",
    b"\xff\xfe\x00\x00",
    b"\x00\x00\xfe\xff",
    b"\xff\xfe",
    b"\xfe\xff",
)

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|table|div|p)\b", re.IGNORECASE)
# RFC 4155: a line "From", the sender and the time, then the message's header lines, or none.
_MBOX = re.compile(
    rb"From [^\r\n]+\d{4}[^\r\n]*\r?\n[A-Za-z][A-Za-z0-9-]*:"
    rb"|From \S+ +[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [^\r\n]{0,20}\d{4}\r?\n\r?\n"
)
# RFC 5322, 3.3: a time as mail programs write it and people do not.
_MAIL_DATE = re.compile(
    rb"^date[ \t]*:[ \t]*(?:[a-z]{3},[ \t]*)?\d{1,2}[ \t]+[a-z]{3}[ \t]+\d{4}[ \t]+\d\d:\d\d"
    rb"(?::\d\d)?[ \t]+(?:[+-]\d{4}|[a-z]{2,4})",
    re.IGNORECASE,
)
_PDF_LATER = re.compile(rb"^%PDF-\d\.\d", re.MULTILINE)
_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]*)[ \t]*:[^\n]*(?:\r?\n[ \t][^\n]*)*\r?\n")
_FIELD_NAME = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]{0,20}:")
# The end of a field: one that goes on begins its next line with white space.
_LINE_END = re.compile(rb"\n(?![ \t]|\Z)")
_LONG_HEADER_BYTES = 16 << 20
# Headers that mail programs write and that a print-out of a message does not show.
_TRANSPORT_HEADERS = frozenset(
    {
        b"received",
        b"message-id",
        b"mime-version",
        b"return-path",
        b"delivered-to",
        b"dkim-signature",
    }
)
_MAIL_HEADERS = _TRANSPORT_HEADERS | {
    b"from", b"to", b"cc", b"bcc", b"date", b"subject", b"reply-to", b"sender", b"content-type",
}  # fmt: skip

_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def detect_type(head: bytes, path: str = "", name: str = "") -> MediaType:
    """Tell the type from a file's first ``HEAD_BYTES`` bytes.

    ``path`` is where the file lies: Outlook messages and office documents keep what tells them
    anywhere in the file, and are known for sure only where the rest can be asked. ``name`` is what
    the file is called, where its path does not tell; it tells only a table from a text.

    :raises UnreadableError: stage ``detect``: empty, of a kind that is not read, or unknown; stage
        :data:`~recordsearch.errors.NO_DOCUMENT`: a kind that holds no text to be read.
    """
    if not head:
        raise UnreadableError("detect", "the file is empty (0 bytes)", "ask for the file again")
    found = _by_signature(head, path)
    if found is not None:
        return found
    for signature, kind in _OTHER_KINDS:
        if head.startswith(signature) and not (signature == b"BM" and _is_text(head)):
            if kind in _NO_DOCUMENTS:
                raise UnreadableError(NO_DOCUMENT, kind)
            raise UnreadableError(
                "detect", f"{kind}, which is not read", "save its content as PDF or text"
            )
    if not _is_text(head):
        raise UnreadableError(
            "detect", "not a kind of file that is known here", "save its content as PDF or text"
        )
    return _text_type(head, path, name)


def _by_signature(head: bytes, path: str) -> MediaType | None:
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(_ZIP):
        from recordsearch.sources.detect_zip import zip_type

        return zip_type(head, path)
    if is_tar(head):
        return MediaType.TAR
    if _is_pdf_behind_junk(head):
        return MediaType.PDF
    for signature, media_type in _READABLE:
        if head.startswith(signature):
            return media_type
    if _BZIP2.match(head):
        return MediaType.BZIP2
    return _ole_type(head, path) if head.startswith(_OLE) else None


def _text_type(head: bytes, path: str, name: str) -> MediaType:
    if _MBOX.match(_without_mark(head)):
        return MediaType.MBOX
    if _looks_like_mail(head) or _looks_like_mail(_with_long_fields(head, path)):
        return MediaType.EMAIL
    if _HTML.match(_after_comments(head)):
        return MediaType.HTML
    return MediaType.CSV if is_table(head, name or path) else MediaType.TEXT


def is_tar(head: bytes) -> bool:
    """Tell a tar archive by the checksum of its first header (POSIX.1-2001, ustar)."""
    block = head[:512]
    if len(block) < 512 or not block[0]:
        return False
    try:
        told = int(block[148:156].strip(b" \0"), 8)
    except ValueError:
        return False
    return told == sum(block[:148]) + 8 * 32 + sum(block[156:])


def _ole_type(head: bytes, path: str) -> MediaType:
    """Tell an Outlook message by the names in its OLE directory (MS-CFB, 2.2 and 2.6).

    :raises UnreadableError: stage ``detect``: another kind of document.
    """
    directory = _ole_directory(head, path)
    if any(name in directory for name in _MSG_NAMES):
        return MediaType.MSG
    for name, kind, mend in _OLE_KINDS:
        if f"{name}\0".encode("utf-16-le") in directory:
            raise UnreadableError("detect", f"{kind}, which is not read", f"{mend}, and index that")
    raise UnreadableError(
        "detect",
        "an old Office document (doc, xls, ppt) or its like, which is not read",
        "save its content as PDF or text",
    )


def _ole_directory(head: bytes, path: str) -> bytes:
    if len(head) < 512:
        return b""
    shift = int.from_bytes(head[30:32], "little")
    start = (int.from_bytes(head[48:52], "little") + 1) << min(shift, 12)
    directory = head[start : start + _DIRECTORY_BYTES]
    if path and not directory:
        try:
            with open(path, "rb") as file:
                file.seek(start)
                directory = file.read(_DIRECTORY_BYTES)
        except OSError:
            directory = b""
    return directory


def _is_pdf_behind_junk(head: bytes) -> bool:
    """Tell a PDF by objects, or bytes that no text has: a text that speaks of PDF is none."""
    found = _PDF_LATER.search(head, 0, 1024)
    return found is not None and (not _is_text(head) or b" obj" in head[found.start() :])


def _after_comments(head: bytes) -> bytes:
    """Skip what may stand before a page's first tag: white space, an XML declaration, comments."""
    rest = _without_mark(head).lstrip()
    for opening, closing in ((b"<?xml", b"?>"), *((b"<!--", b"-->"),) * 50):
        if rest.startswith(opening):
            end = rest.find(closing)
            rest = rest[end + len(closing) :].lstrip() if end >= 0 else b""
    return rest


def _without_mark(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_text(head: bytes) -> bool:
    """Text holds no zero bytes and hardly a control byte, or begins with a byte-order mark."""
    if head.startswith(_BYTE_ORDER_MARKS):
        return True
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    # A stray control byte in 200, or four in a short file, is damaged text; more is no text.
    return b"\0" not in head and controls <= max(4, len(head) // 200)


def _looks_like_mail(head: bytes) -> bool:
    """Tell a native e-mail by its header lines, one at least such as only mail programs write.

    Such is also a date with its offset, which a print-out puts into words.
    """
    names = set()
    dated = False
    position = len(head) - len(_without_mark(head))
    while match := _HEADER_LINE.match(head, position):
        name = match[1].lower()
        names.add(name)
        dated = dated or (name == b"date" and _MAIL_DATE.match(match[0]) is not None)
        position = match.end()
    if dated and b"from" in names and len(names & _MAIL_HEADERS) >= 3:
        return True
    return bool(names & _TRANSPORT_HEADERS) and len(names & _MAIL_HEADERS) >= 2


def _with_long_fields(head: bytes, path: str) -> bytes:
    """Return more of a file where a header's field is longer than its head; else nothing.

    A subject may be of any length, and what tells an e-mail may stand behind it.
    """
    if len(head) < HEAD_BYTES or not path:
        return b""
    last = position = len(head) - len(_without_mark(head))
    while match := _HEADER_LINE.match(head, position):
        last, position = position, match.end()
    field = _FIELD_NAME.match(head, position) or _FIELD_NAME.match(head, last)
    if not field or field[1].lower() not in _MAIL_HEADERS:
        return b""
    if _LINE_END.search(head, max(position - 1, field.start())):
        return b""
    try:
        with open(path, "rb") as file:
            return file.read(_LONG_HEADER_BYTES)
    except OSError:
        return b""

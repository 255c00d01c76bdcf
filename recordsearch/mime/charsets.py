"""Bytes of a header or a property to text, by the charset that stands beside them."""

import codecs

# Python's codecs that escape, execute or are no charset of a message.
_NOT_CHARSETS = frozenset({"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"})
_NAME_CHARACTERS = 40


def to_text(data: bytes, charset: str = "") -> str:
    """Return ``data`` as text: by ``charset``, as UTF-8, or as Windows-1252; never an error."""
    for named in (charset, "utf-8"):
        try:
            return data.decode(_codec(named))
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def code_page(number: int | None) -> str:
    """Return Python's name for a Windows code page, or nothing where there is none."""
    special = {65001: "utf-8", 1200: "utf-16-le", 20127: "ascii", 20866: "koi8_r", 21866: "koi8_u"}
    special |= {28590 + part: f"iso8859_{part}" for part in range(1, 16)}
    special |= {50220: "iso2022_jp", 50221: "iso2022_jp", 51932: "euc_jp", 51949: "euc_kr"}
    special |= {936: "gb18030", 54936: "gb18030", 10000: "mac_roman"}
    named = special.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(named).name
    except LookupError:
        return ""


def _codec(named: str) -> str:
    """Return the codec for a charset's name.

    :raises LookupError: there is none that a message may name.
    """
    named = named.strip().strip("\"'")
    if not named or len(named) > _NAME_CHARACTERS or not named.isascii():
        raise LookupError(named)
    info = codecs.lookup(named)
    name = info.name.replace("-", "_")
    if not info._is_text_encoding or name in _NOT_CHARSETS:
        raise LookupError(named)
    return "cp1252" if name in ("ascii", "iso8859_1") else name

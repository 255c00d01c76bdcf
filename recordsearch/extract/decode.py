"""From bytes to text: byte order mark, a named charset, UTF-8, and a guess last.

Bytes that no charset explains become U+FFFD, never an error.
"""

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, so it is looked for first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 60_000
_LAST_RESORT = "cp1252"
_ENOUGH = 20
"""Bytes beyond ASCII under which a statistical guess takes French for Czech."""
_ASCII = bytes(range(128))
_TEXT_CODECS = frozenset(
    {"utf_7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"}
)


def decode(data: bytes, named: str = "") -> str:
    """Return ``data`` as text; ``named`` is the charset that its container names, if any."""
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data.decode(charset, "replace")
    if named:
        try:
            return data.decode(_known(named))
        except (LookupError, UnicodeError, ValueError):
            pass  # wrongly named, as often happens; the bytes themselves are asked below
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(data) - 4:
            return data.decode("utf-8", "replace")
    return data.decode(_guess(data), "replace")


def _known(named: str) -> str:
    """Return Python's name for a charset; those that execute or escape are not charsets.

    :raises LookupError: there is none.
    """
    info = codecs.lookup(named.strip().strip("\"'")[:40])
    name = info.name.replace("-", "_")
    if not info._is_text_encoding or name in _TEXT_CODECS:
        raise LookupError(named)
    if name in ("ascii", "iso8859_1"):  # what is so named on the web is this
        return _LAST_RESORT
    return info.name


def _guess(data: bytes) -> str:
    """Guess a charset that is not UTF-8; with too little to go by, the one most usual here."""
    from charset_normalizer import from_bytes

    if len(data[:_SAMPLE].translate(None, _ASCII)) < _ENOUGH:
        return _LAST_RESORT
    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else _LAST_RESORT

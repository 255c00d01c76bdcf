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
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_ENOUGH = 20
"""Bytes beyond ASCII under which a statistical guess takes French for Czech."""
_ASCII = bytes(range(128))
_TEXT_CODECS = frozenset({"idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined"})


def decode(data: bytes, named: str = "") -> str:
    """Return ``data`` as text; ``named`` is the charset that its container names, if any."""
    return decode_doubting(data, named)[0]


def decode_doubting(data: bytes, named: str = "") -> tuple[str, str]:
    """Return ``data`` as text, and why it may be wrong, or an empty text.

    It may be where the charset ``named`` is unknown, or does not fit, and there is too little to
    guess another by, or where bytes have no character in the one guessed.
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data.decode(charset, "replace"), ""
    if named:
        try:
            return data.decode(_known(named)), ""
        except (LookupError, UnicodeError, ValueError):
            pass  # wrongly named, as often happens; the bytes themselves are asked below
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        cut_off = error.reason == "unexpected end of data" and error.start > len(data) - 4
        if cut_off and not data[: error.start].isascii():
            return data.decode("utf-8", "replace"), ""
    guess, sure = _guess(data, named)
    text = data.decode(guess, "replace")
    if (named and not sure) or text.count(_REPLACED) > len(text) // 100:
        told = f"the charset {_shown(named)} is unknown or wrong" if named else "no charset is told"
        return text, f"{told}, and the text was read as {guess} by guess"
    return text, ""


def _shown(named: str) -> str:
    return "".join(char for char in named[:40] if char.isascii() and char.isprintable()).strip()


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


def _guess(data: bytes, named: str) -> tuple[str, bool]:
    """Guess a charset that is not UTF-8, and tell whether there is enough to be sure.

    With too little to go by it is the one most usual here, unless that cannot be: a charset that is
    ``named``, and not known, is no usual one, and bytes beyond ASCII that are a third of the
    words' or have no character in the usual one are another script's.
    """
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    beyond = len(sample.translate(None, _ASCII))
    if beyond < _ENOUGH and not (named and _is_another_script(sample, beyond)):
        return _LAST_RESORT, beyond < _ENOUGH // 4
    best = from_bytes(sample).best()
    if best is None:
        return _LAST_RESORT, False
    return best.encoding, beyond >= _ENOUGH


def _is_another_script(sample: bytes, beyond: int) -> bool:
    words = [word for word in sample.split() if not word.isascii()]
    try:
        sample.decode(_LAST_RESORT)
    except UnicodeDecodeError:
        return True
    return 3 * beyond > sum(map(len, words))

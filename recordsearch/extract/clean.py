"""What every adapter's text goes through: no control characters, one kind of line end, NFC.

Pure functions from text to text; they know nothing of files.
"""

import re
import unicodedata

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}

_UNPRINTABLE: dict[int, str | None] = {
    **dict.fromkeys(set(range(0x20)) - {0x09, 0x0A}),
    **dict.fromkeys(range(0x7F, 0xA0)),
    0x85: "\n",  # next line
    0x2028: "\n",
    0x2029: "\n",
    0x0B: "\n",
    0x0C: "\n",
    0xFEFF: None,
}

_TABLE: dict[int, str | None] = {
    **_UNPRINTABLE,
    **_LIGATURES,
    **dict.fromkeys((0xA0, 0x2007, 0x202F), " "),
    0xFFFE: None,
    0xFFFF: None,
}

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MANY_BLANK = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    r"""Return ``text`` as it may be stored, shown and searched.

    Line ends become ``\n``, also form feeds and Unicode's line separators; other control
    characters but the tab go; lone surrogates become U+FFFD; ligatures such as ``ﬁ`` become their
    letters; spaces that do not break become plain ones; the result is NFC, so accents are one
    character each. Spaces at line ends, blank lines at both ends, and more than one blank line in
    a row go. ``clean(clean(text)) == clean(text)``.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = _SURROGATE.sub("\ufffd", text)
        text = unicodedata.normalize("NFC", text.translate(_TABLE))
    elif _CONTROL.search(text):
        text = text.translate(_UNPRINTABLE)
    if " \n" in text or "\t\n" in text:
        text = "\n".join([line.rstrip(" \t") for line in text.split("\n")])
    if "\n\n\n" in text:
        text = _MANY_BLANK.sub("\n\n", text)
    return text.strip("\n").rstrip()

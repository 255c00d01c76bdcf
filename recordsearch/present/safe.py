r"""Make text out of documents safe to print.

Everything in a document is hostile: an escape sequence can rewrite the screen, a bidirectional
override can turn a sentence round, a zero-width character can hide in a name. Such characters are
shown as escapes (``\x1b``, ``\u202e``); Unicode Technical Report 36 lists them.
"""

import re

_DANGEROUS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, save tab and line feed
    "\xad"  # soft hyphen
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # bidirectional, zero width, separators
    "\ud800-\udfff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # surrogates, annotations, no characters
    "\U000e0000-\U000e0fff]"  # tags and variation selectors that show nothing
)
# More combining marks on one letter than any script writes smear over the lines around it.
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")


def safe(text: str) -> str:
    """Return ``text`` with everything that could steer a terminal made visible.

    Line feeds and tabs stay.
    """
    return _MARKS.sub(r"\1", _DANGEROUS.sub(_escape, text))


def safe_line(text: str) -> str:
    """Like :func:`safe`, for text that must stay on one line: a file's name, an error."""
    return safe(text).replace("\n", "\\n").replace("\t", "\\t")


def safe_parts(text: str, ranges: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """Cut ``text`` into safe pieces, each with whether it lies in one of ``ranges``."""
    parts = []
    position = 0
    for start, end in ranges:
        parts.append((safe(text[position:start]), False))
        parts.append((safe(text[start:end]), True))
        position = end
    parts.append((safe(text[position:]), False))
    return [part for part in parts if part[0]]


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

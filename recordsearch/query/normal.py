"""The normal forms of fields whose values are written in many ways: Bates numbers, exemptions.

Both the index and the query use them, so that each way of writing finds every other.
"""

import re

from recordsearch.query.analysis import APART, streams

# Digits that a Bates number is filled up to; understand/bates.py takes at most ten.
_DIGITS = 12

_LETTERS_OR_DIGITS = re.compile(r"\d+|\D+")
_LAST_DIGITS = re.compile(r"(.*?)(\d{1,12})", re.DOTALL | re.ASCII)


def tokens(field: str, text: str) -> tuple[str, ...]:
    """Return what is looked for where somebody types ``text`` as the value of ``field``."""
    words = tuple(streams(text).exact.split())
    if field == "exemption":
        return tuple(part for word in words for part in _LETTERS_OR_DIGITS.findall(word))
    if field == "bates":
        number = bates(text)
        return words if number is None else (number,)
    return words


def content(field: str, value: str) -> str:
    """Return what an index holds for a value of ``field``: tokens joined by single spaces."""
    if field == "bates":
        number = bates(value)
        words = streams(value).exact.split()
        # As it is printed, in one word for beginnings of it, in normal form with and without
        # its prefix.
        whole = [number, number[-_DIGITS:]] if number else []
        return " ".join(dict.fromkeys([*words, "".join(words), *whole]))
    if field == "exemption":
        return " ".join(tokens(field, value))
    found = streams(value)
    return f"{found.exact} {APART} {found.parted}" if found.parted else found.exact


def bates(text: str) -> str | None:
    """Return the normal form of a Bates number: its prefix, and its number with leading zeros.

    ``ACME-000105`` gives ``acme000000000105``; the prefix may be missing. None where ``text`` does
    not end in a number.
    """
    match = _LAST_DIGITS.fullmatch("".join(streams(text).exact.split()))
    return f"{match[1]}{match[2]:0>{_DIGITS}}" if match else None


def bates_range(low: str, high: str) -> tuple[str, str] | None:
    """Return the normal forms of a range's ends; the second may leave the prefix out.

    None where one of them is no Bates number, or their prefixes differ.
    """
    first, last = bates(low), bates(high)
    if first is None or last is None:
        return None
    if len(last) == _DIGITS:
        last = first[:-_DIGITS] + last
    return (first, last) if first[:-_DIGITS] == last[:-_DIGITS] else None

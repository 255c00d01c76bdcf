"""Find amounts of money: a sign, code or name of a currency beside a number."""

import re
from collections.abc import Iterator
from decimal import Decimal

from recordsearch.understand.value_shapes import Found

_NUMBER = (
    # A number that begins with 00 is a form's blank, or OCR's reading of one.
    r"(?!0\d)(?:\d{1,3}+(?:,\d{3})++(?:\.\d{1,4}+)?+|\d{1,3}+(?:\.\d{3})++,\d{2}(?!\d)"
    r"|\d{1,15}+(?:\.\d{1,4}+)?+|\.\d{1,4}+)(?![\d,.]*\d)"
)
_SCALES = {
    "thousand": 3, "k": 3, "million": 6, "m": 6, "mm": 6, "mn": 6, "mil": 6,
    "billion": 9, "b": 9, "bn": 9, "bil": 9, "trillion": 12, "tn": 12,
}  # fmt: skip
_WORD_SCALE = r"thousand|million|billion|trillion"
_SCALE = rf"(?:[ \t]?\n?(?:{_WORD_SCALE})|[ ]?(?:mm|mn|mil|bil|bn|tn)|[kmb]|(?-i:[ ][MB]))\b"
_DOLLARS = {
    "": "USD", "US": "USD", "CA": "CAD", "CAD": "CAD", "CDN": "CAD", "C": "CAD", "A": "AUD",
    "AU": "AUD", "NZ": "NZD", "HK": "HKD",
}  # fmt: skip
_SIGNED = re.compile(
    # Letters with the sign are written in one with it: in "a $5 fee" and "CA $5" they are words.
    r"(?:(?<![A-Za-z$])(?P<land>(?-i:US ?|U\.S\. ?|CAD?|CDN|C|AU?|NZ|HK))\$|(?<![A-Za-z$])\$"
    r"|(?P<sign>[€£])|(?<![A-Za-z])(?P<code>USD|EUR|GBP) ?\$?) ?"
    rf"(?P<number>{_NUMBER})(?P<scale>{_SCALE})?"
    # "$1.2 to 1.5 million": both are millions.
    rf"(?:(?=\s?(?:-|–|to|and) ?\$?{_NUMBER}[ ]?(?P<common>{_WORD_SCALE})\b))?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?<![\w$€£.,-])(?P<number>{_NUMBER})(?P<scale>{_SCALE})?[ \t]?\n?"
    r"(?:(?P<dollars>(?:US |U\.S\. )?dollars?\b|USD\b)|(?P<euros>euros?\b|EUR\b|€)"
    r"|(?P<pounds>pounds sterling\b|GBP\b))",
    re.IGNORECASE,
)
_NAMES = ("dollar", "Dollar", "DOLLAR", "euro", "Euro", "EUR", "USD", "GBP", "€", "sterling")
_SIGNS = ("$", "€", "£", "USD", "EUR", "GBP")


def find_money(text: str) -> Iterator[Found]:
    """Yield amounts as ISO 4217 code and number with two decimals, such as ``USD 18400.00``.

    A dollar sign by itself is taken for the dollar of the United States.
    """
    if any(sign in text for sign in _SIGNS):
        for match in _SIGNED.finditer(text):
            land = (match["land"] or "").upper().replace(".", "").strip()
            currency = {"€": "EUR", "£": "GBP"}.get(match["sign"] or "")
            currency = currency or (match["code"] or "").upper() or _DOLLARS[land]
            value = _amount(currency, match["number"], match["scale"] or match["common"] or "")
            end = match.end("scale") if match["scale"] else match.end("number")
            yield Found(match.start(), end, value)
    if any(name in text for name in _NAMES):
        for match in _NAMED.finditer(text):
            currency = "USD" if match["dollars"] else "EUR" if match["euros"] else "GBP"
            value = _amount(currency, match["number"], match["scale"] or "")
            yield Found(match.start(), match.end(), value)


def _amount(currency: str, written: str, scale: str) -> str:
    if "," in written[-3:]:
        # Points between the thousands and a comma before the cents.
        written = written.replace(".", "").replace(",", ".")
    number = Decimal(written.replace(",", "")).scaleb(_SCALES.get(scale.strip().lower(), 0))
    return f"{currency} {number:.2f}"

"""Find the exemptions named on a page: the law for which something was withheld.

Redactions are stamped with the paragraph of the Freedom of Information Act, ``(b)(6)``, ``b7C``,
``B5``, ``Ex. 6``; of the Privacy Act, ``(k)(2)``; of the order on classification, ``1.4(D)``; or
with a section of a state's public-records law. The citations that ``value_statute`` reads are taken
from there; here are the stamps, and the short forms of letters that speak of withholding.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from recordsearch.understand.exemption_context import Around, PageSigns, around
from recordsearch.understand.exemption_laws import exempting
from recordsearch.understand.value_shapes import Found

# Nearly all pages have none of these, and no more is done on them. Looking for each apart takes a
# tenth of the time of one pattern.
_HINTS = (
    *(f"{letter}{digit}" for letter in "bB" for digit in range(1, 10)),
    "(b)", "(B)", "( b", "( B", "(b )", "b(", "B(", "B (", "b (", "(j)", "(k)", "(d)",
    "1.4(", "1.4 (",
    "xemption", "XEMPTION", "Ex. ", "Exs. ", "EX. ", "6254", "552.1", "119.07", "87(2)", "89(2)",
    "149.43", "91-A",
)  # fmt: skip
# Marks looked at on a page, for each of the forms: a page of the most that was seen has under 100.
_MOST = 2_000
# Only the seventh has letters; what follows "(b)(7) " may be the next stamp.
_NUMBER = r"\( ?(?P<number>[1-9]) ?\)(?:(?<=7\)) ?\( ?(?P<letter>[A-Fa-f]) ?\)(?! ?\([1-9]))?"
_PARENTHESES = re.compile(r"(?<![\d\]])\( ?[bB] ?\) {0,2}" + _NUMBER)
_FURTHER = re.compile(r"\s?(?:, ?(?:and|or)|[,;&/]|and|or)\s?" + _NUMBER)
_BARE = re.compile(
    r"(?:(?<![\w./@#:)(-])|(?<=[bB]\d/))(?:\(b\)|[bB])"
    r"(?:(?P<plain>[1-9])|(?P<open> ?\( ?)(?P<number>[1-9]) ?\))"
    r"(?: ?\( ?(?P<letter>[A-Fa-f]) ?\)|(?P<tail>[A-Fa-f]))?(?![\w@])(?!\.\d)(?!-\d)"
)
_IN_BRACKETS = re.compile(r"(?<=[(\[/])[bB](?P<plain>[1-9])(?P<tail>[A-Fa-f])?(?=[)\],/])")
_WORD = re.compile(
    r"(?<!\w)(?P<word>exemptions?|exs?\.)\s{0,2}(?:no(?:s|\.)?\s)?(?P<number>[1-9])(?![\d.]\d|\d|\w\w)"
    r"(?:\s?\((?P<letter>[A-F])\)|(?P<tail>[A-F])\b)?",
    re.IGNORECASE,
)
_WORD_FURTHER = re.compile(
    r"\s?(?:, ?(?:and|or)|[,;&/]|and|or)\s?(?P<number>[1-9])(?![\d\w.])"
    r"(?:\s?\((?P<letter>[A-F])\)|(?P<tail>[A-F])\b)?"
)
_EX_EXPLAINED = re.compile(
    r"[\s:(/-]{0,4}(?:personal|privacy|deliberative|attorney|confidential|CBI\b|PP\b|DP\b|AC\b|AWP\b)",
    re.IGNORECASE,
)
_EXHIBIT = re.compile(r"\s?(?:,? (?:at|p\.|pp\.|to|pg)|¶|-?\w|, p)\b", re.IGNORECASE)
_PRIVACY = re.compile(r"(?<![\w\])])\((?P<part>[jkd])\) ?\((?P<number>[1-7])\)")
_ORDER = re.compile(r"(?<![\d.])1\.4 ?\( ?(?P<letter>[a-hA-H]) ?\)")
_LEVELS = r"(?P<levels>(?:\(\w{1,4}\)){0,6}+)"
_SIGNED = r"(?<!\w)(?:sections?|secs?\.?|ss?\.|§{1,2})\s?"
# Each law's short form, and the name that it is known by.
_SHORT_STATE = (
    (re.compile(rf"{_SIGNED}(?P<number>6254(?:\.\d{{1,2}})?)(?![\d.]\d){_LEVELS}", re.IGNORECASE),
     "Cal. Gov. Code", True),
    (re.compile(rf"{_SIGNED}(?P<number>552\.1\d\d)(?!\d){_LEVELS}", re.IGNORECASE),
     "Tex. Gov. Code", True),
    (re.compile(rf"{_SIGNED}(?P<number>119\.07(?:1\d?)?)(?!\d){_LEVELS},?\s(?:Florida\sStat|F\.?S\.?\b"
                r"|Fla\.\sStat)", re.IGNORECASE), "Fla. Stat.", False),
    (re.compile(r"(?<!\w)(?:Public\sOfficers\sLaw|P\.?O\.?L\.?)[,\s]{0,2}(?:sections?|sec\.|§{1,2})?\s?"
                rf"(?P<number>87|89){_LEVELS}", re.IGNORECASE), "N.Y. Pub. Off. Law", False),
    (re.compile(rf"(?<![\w.])R\.?C\.?\s(?:§ ?)?(?P<number>149\.43)(?!\d){_LEVELS}"),
     "Ohio Rev. Code", False),
    (re.compile(rf"(?<!\w)RSA\s(?:ch\. )?(?P<number>91-A:5)(?!\d){_LEVELS}"), "RSA", False),
)  # fmt: skip


def find_exemptions(text: str, statutes: Iterable[tuple[int, int, str]] = ()) -> list[Found]:
    """Return the exemptions named on a page, in order, none twice at one place.

    ``statutes`` are what ``value_statute`` found on the page. The normal forms are ``(b)(6)`` and
    ``(b)(7)(C)`` for the Freedom of Information Act, ``(k)(2)`` for the Privacy Act, ``1.4(d)`` for
    the order on classification, and the citation for a state's law: ``Cal. Gov. Code 6254(f)``.
    """
    found = [
        Found(start, end, name) for start, end, cited in statutes if (name := exempting(cited))
    ]
    if any(hint in text for hint in _HINTS):
        signs = PageSigns(text)
        for finder in (_stamps, _bare, _words, _privacy, _order, _short_state):
            found += islice(finder(text, signs), _MOST)
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _stamps(text: str, signs: PageSigns) -> Iterator[Found]:
    last = -1
    for match in islice(_PARENTHESES.finditer(text), _MOST):
        start, end = match.span()
        place = around(text, start, end)
        if start != last and not _is_stamp(place, signs, match["number"]):
            continue
        yield Found(start, end, _act(match["number"], match["letter"]))
        for _ in range(8):
            further = _FURTHER.match(text, end)
            if not further:
                break
            end = further.end()
            yield Found(
                further.start("number") - 1, end, _act(further["number"], further["letter"])
            )
        last = end


def _is_stamp(place: Around, signs: PageSigns, number: str) -> bool:
    """Tell ``(b)(6)`` as a stamp from a paragraph of a statute, a rule or a contract."""
    glued = place.before[-1:]
    if (
        place.cited
        or place.goes_deeper
        or glued == ")"
        or (glued.isalnum() and not (signs.released and place.before[-2:].isalpha()))
    ):
        return False
    if place.alone or place.at_margin:
        return True
    if signs.outline:
        return False
    if signs.released:
        return True
    if place.at_start:
        return number != "1"
    return not (place.cited_bare or place.pointed_at)


def _bare(text: str, signs: PageSigns) -> Iterator[Found]:
    for pattern in (_BARE, _IN_BRACKETS):
        for match in islice(pattern.finditer(text), _MOST):
            groups = match.groupdict()
            place = around(text, *match.span())
            if place.cited or place.cited_bare or place.is_thing or place.goes_deeper:
                continue
            if signs.released:
                fits = (
                    place.at_end
                    or place.alone
                    or place.named
                    or pattern is _IN_BRACKETS
                    or groups.get("open") is not None
                )
            else:
                fits = signs.mail and (place.at_margin or place.alone)
            letter = groups.get("letter") or groups["tail"]
            number = groups.get("number") or groups["plain"]
            if fits and (not letter or number == "7"):
                yield Found(match.start(), match.end(), _act(number, letter))


def _words(text: str, signs: PageSigns) -> Iterator[Found]:
    for match in islice(_WORD.finditer(text), _MOST):
        start, end = match.span()
        short = match["word"].lower().startswith(("ex.", "exs."))
        if short and not _EX_EXPLAINED.match(text, end):
            place = around(text, start, end)
            if not (signs.released and place.at_end) or _EXHIBIT.match(text, end):
                continue
        elif not short and not signs.withheld:
            continue
        yield Found(start, end, _act(match["number"], match["letter"] or match["tail"]))
        for _ in range(8):
            further = _WORD_FURTHER.match(text, end)
            if not further:
                break
            end = further.end()
            letter = further["letter"] or further["tail"]
            yield Found(further.start("number"), end, _act(further["number"], letter))


def _privacy(text: str, signs: PageSigns) -> Iterator[Found]:
    for match in islice(_PRIVACY.finditer(text), _MOST):
        place = around(text, *match.span())
        if place.cited or place.goes_deeper or place.before[-1:].isalnum():
            continue
        known = signs.privacy or (
            signs.released and match["part"] != "d" and (place.alone or place.at_margin)
        )
        if known and not (place.cited_bare and signs.outline):
            yield Found(match.start(), match.end(), f"({match['part']})({match['number']})")


def _order(text: str, signs: PageSigns) -> Iterator[Found]:
    for match in islice(_ORDER.finditer(text), _MOST):
        place = around(text, *match.span())
        if signs.classified or (place.alone and signs.released):
            yield Found(match.start(), match.end(), f"1.4({match['letter'].lower()})")


def _short_state(text: str, signs: PageSigns) -> Iterator[Found]:
    for pattern, law, needs_sign in _SHORT_STATE:
        if needs_sign and not signs.released:
            continue
        for match in islice(pattern.finditer(text), _MOST):
            cited = f"{law} {match['number']}{match['levels']}"
            if exempting(cited):
                yield Found(match.start(), match.end(), cited)


def _act(number: str, letter: str | None) -> str:
    """Return a paragraph of the Freedom of Information Act; only the seventh has letters."""
    return f"(b)({number})({letter.upper()})" if letter and number == "7" else f"(b)({number})"

"""What stands around a mark such as ``(b)(6)``: a stamp on a redaction, or part of a citation.

The same letters name the exemptions of the federal act, the paragraphs of any statute and contract,
and rooms, tables and vitamins. Nothing but what stands around them tells them apart.
"""

import re
from dataclasses import dataclass
from functools import cached_property

_NEAR = 90
"""Characters looked at on each side of a mark, within its line."""

_WITHHELD = re.compile(
    r"\bFOI[AP]?\b|freedom of information|privacy act|public (?:records|information) act"
    r"|\b(?:released?|denied|withheld) in (?:part|full)\b|\bredact|\bwithh[eo]ld|\b552a?\b"
    r"|declassif|\b(?:un)?classified\b|\bvaughn index|\bexempt from (?:public )?disclosure",
    re.IGNORECASE,
)
_EXEMPT = re.compile(r"\bexempt(?:ed|ions?)?\b", re.IGNORECASE)
_CLASSIFIED = re.compile(
    r"classif|\bE\. ?O\. ?1\d{4}|\bexecutive order|(?m:^|\s)[Bb]\(?1\)?(?=[\s,]|$)", re.IGNORECASE
)
_PRIVACY = re.compile(r"privacy act|\b552a\b", re.IGNORECASE)
_MAIL = re.compile(r"^[ \t>]*(?:From|Sent|To|Subject)[ \t]*:", re.MULTILINE)
_LAW_STAMP = re.compile(r"(?m:^|\s)[bB]7\(?[A-F]\)?(?=[\s,/]|$)")
_OUTLINE = re.compile(r"^[ \t]*\([acde]\)(?:[ \t]?\([1-9]\))?[ \t]+\S", re.MULTILINE)

# A mark after one of these, perhaps after other marks, is a place in a text.
_TRAIL = r"(?:[\s,;/&]|\(\w{1,4}\)|\b(?:and|or|through|to)\b){0,20}+$"
_PLACE_WORDS = (
    r"(?:\b(?:rules?|(?:sub)?sections?|(?:sub)?secs?\.?|(?:sub)?paragraphs?|paras?\.?|(?:sub)?clauses?"
    r"|articles?|art\.|(?:sub)?divisions?|subparts?|items?|regs?\.)|[§¶])"
)
_CITED = re.compile(
    rf"(?:{_PLACE_WORDS}|\b(?:parts?|titles?|chapters?|P\.|pt\.|ch\.))\s{{0,2}}\d[\w.:/-]{{0,15}}"
    rf"{_TRAIL}",
    re.IGNORECASE,
)
_CITED_BARE = re.compile(rf"{_PLACE_WORDS}{_TRAIL}", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:in|under|per|see|pursuant to|accordance with|described at)\s?$", re.IGNORECASE
)
_OF_A_TEXT = re.compile(
    r"\s{0,2}(?:of|to|above|below|hereof|thereof)\b(?! (?:the |5 |title 5)?"
    r"(?:FOI|freedom|U\.? ?S|privacy|public))"
    r"(?:\s(?:this|the|that|such|rule|section|part|article|title)\b|(?<=above)|(?<=below)|(?<=reof))",
    re.IGNORECASE,
)
_DEEPER = re.compile(r"\((?![bBjJkK]\))\w{1,4}\)")
_THING = re.compile(
    r"\b(?:table|tbl\.?|figure|fig\.?|exhibit|vitamin|annex|appendix|app\.|room|rm\.?|tab|schedule"
    r"|form|column|cell|gate|level|attachment|bldg\.?|building|hepatitis|item|note|row|unit|suite"
    r"|floor|group|grade|type|class|phase|line|lot|box|bus|route|flight|seat|version|sheet|page"
    r"|question|zone|sample|test|slide|chart|map|plate|grid)[\s#.:]{1,3}$",
    re.IGNORECASE,
)
_VISA = re.compile(r"[\s/B12-]{0,6}visas?\b", re.IGNORECASE)
# What stands on a line of stamps beside the stamps.
_STAMPS = (
    r"\(?[bB]\)?[ \t]?\(?[1-9]\)?(?:[ \t]?\(?[A-F]\)?)?(?![\w])|\([jkd]\)[ \t]?\([1-7]\)"
    r"|1\.4[ \t]?\([ \t]?[a-hA-H][ \t]?\)|-[ \t]?\d{1,2}(?:, ?\d{1,2}){0,8}+(?!\w)"
    r"|\b(?:RELEASED?|DENIED|WITHHELD|IN|PART|FULL|FOIA|INA|CIA"
    r"|FBI|DOS|DHS|NSA|PII|NR|per|and|EXEMPTIONS?)\b|[\s,;:/&|\[\]-]"
)
_ONLY_STAMPS = re.compile(rf"(?:{_STAMPS}){{0,60}}+", re.IGNORECASE)
_NAMED_AS_ONE = re.compile(
    r"\b(?:exemptions?|exempt|foia|part|full|under|per|pursuant to|code|codes)[\s:,(\[-]{0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Around:
    """The rest of a mark's line, on both sides, at most ``_NEAR`` characters each."""

    before: str
    after: str

    @property
    def alone(self) -> bool:
        """The line has nothing but stamps."""
        return _only_stamps(self.before) and _only_stamps(self.after)

    @property
    def at_margin(self) -> bool:
        """Behind it nothing but stamps, and a wide gap before it or them."""
        left = self.before.rstrip(" \t")
        return _only_stamps(self.after) and (not left or len(self.before) - len(left) > 1)

    @property
    def at_end(self) -> bool:
        """Behind it on its line is nothing but stamps."""
        return _only_stamps(self.after)

    @property
    def at_start(self) -> bool:
        """Before it on its line is nothing."""
        return not self.before.strip()

    @property
    def cited(self) -> bool:
        """Before it is the number of a section, rule or clause, or such a word with a number."""
        return bool(_CITED.search(self.before) or _OF_A_TEXT.match(self.after))

    @property
    def cited_bare(self) -> bool:
        """Before it is the word section, paragraph or the like without a number."""
        return bool(_CITED_BARE.search(self.before))

    @property
    def pointed_at(self) -> bool:
        """Before it is ``in``, ``under`` or the like, as before a place in the same text."""
        return bool(_POINTING.search(self.before))

    @property
    def goes_deeper(self) -> bool:
        """Behind it is a further level, as statutes have: ``(b)(6)(ii)``."""
        return bool(_DEEPER.match(self.after))

    @property
    def is_thing(self) -> bool:
        """It numbers a table, a room, a visa."""
        return bool(_THING.search(self.before) or _VISA.match(self.after))

    @property
    def named(self) -> bool:
        """Before it is a word that says that it is an exemption, or it stands in brackets."""
        return bool(_NAMED_AS_ONE.search(self.before)) or (
            self.before.endswith(("[", "(")) and self.after.startswith(("]", ")", ",", "/"))
        )


class PageSigns:
    """What a page says that bears out a mark on it; each sign is looked for when it is asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def withheld(self) -> bool:
        """The page speaks of a release, a redaction, or a classification."""
        return bool(_WITHHELD.search(self._text))

    @cached_property
    def released(self) -> bool:
        """The same, or it speaks of exemptions, perhaps from a tax, or has a stamp like none."""
        return (
            self.withheld or bool(_EXEMPT.search(self._text)) or bool(_LAW_STAMP.search(self._text))
        )

    @cached_property
    def classified(self) -> bool:
        """The page speaks of classification."""
        return bool(_CLASSIFIED.search(self._text))

    @cached_property
    def privacy(self) -> bool:
        """The page speaks of the Privacy Act."""
        return bool(_PRIVACY.search(self._text))

    @cached_property
    def mail(self) -> bool:
        """The page has lines of an e-mail's header."""
        return bool(_MAIL.search(self._text))

    @cached_property
    def outline(self) -> bool:
        """Lines of the page begin with ``(a)``, ``(c)`` …, as in a statute."""
        return bool(_OUTLINE.search(self._text))


def around(text: str, start: int, end: int) -> Around:
    """Return what stands on the line before ``start`` and after ``end``."""
    low = max(text.rfind("\n", max(0, start - _NEAR), start) + 1, start - _NEAR, 0)
    high = text.find("\n", end, end + _NEAR)
    return Around(text[low:start], text[end : high if high >= 0 else end + _NEAR])


def _only_stamps(text: str) -> bool:
    return _ONLY_STAMPS.fullmatch(text) is not None

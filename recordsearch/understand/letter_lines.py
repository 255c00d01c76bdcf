"""A document's lines with their places, and what single lines of a letter look like.

Patterns look at one line, at its start, and at a bounded number of characters of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

_NEAR = 0.84
"""Two wrong letters of nine."""

LOOK = 400
"""Characters of a line that are looked at; no line that matters is longer."""

ANCHOR = re.compile(
    r"\n[ \t]*(?:D[eco]ar |DEAR |T[oO] [wW][hH][oO][mM] |To the |TO THE |Gentle|GENTLE|Ladies "
    r"|LADIES "
    r"|Greetings|Hon|Mr\. |Madam|Sir[:,]"
    r"|Sincere|SINCERE|Sin[ce]|Respectfully|RESPECTFULLY|Very [tr]|Yours|Best|With |Warm|Kind"
    r"|Regards"
    r"|Cordially|Faithfully|Signed|SIGNED|In [a-z]+,|In S|For [a-z ]{3,30},|Thank you|Truly"
    r"|The undersigned|THE UNDERSIGNED|We,? the under|Signator|SIGNATOR|(?:An )?Open [Ll]etter"
    r"|(?:AN )?OPEN LETTER|Endors)"
)
"""Where a letter may stand: run over a page's text with a line's end before it. It only settles
which pages are looked at line by line."""

_SALUTATION = re.compile(
    r"(?:D[eco]ar [^\n]{1,110}?|DEAR [^\n]{1,110}?"
    r"|To [Ww]hom [Ii]t [Mm]ay [Cc]oncern|TO WHOM IT MAY CONCERN"
    r"|(?:Ladies (?:and|&) )?Gentle(?:men|persons|people)(?: and Ladies)?|LADIES AND GENTLEMEN"
    r"|GENTLEMEN"
    r"|Greetings(?: [^\n]{1,60}?)?|(?:Dear )?(?:Sir|Madam)s?(?: or (?:Sir|Madam))?|(?:To the "
    r"|To )[A-Z][^\n]{2,70}?"
    r"|(?:Hon\.|Honorable|Mr\.|Madam) [A-Z][^\n]{2,70}?)[ \t]*(?P<end>[:,;—–.-]*)$"
)
_FREE_SALUTATION = re.compile(
    r"D[eco]ar |DEAR |To [Ww]hom|TO WHOM|Ladies|LADIES|Gentle|GENTLE|Greetings|Sir|Madam"
)
_CLOSING_WORDS = (
    r"(?:Most |Very )?(?:S[il1]n?[ce]+re[l1]y|Respectfully|Cordially|Faithfully|Truly)"
    r"(?: (?:submitted|yours|and respectfully))?"
    r"|Yours (?:very )?(?:sincerely|truly|faithfully|respectfully|in \w+(?: and \w+)?)|Yours"
    r"|Very (?:truly|respectfully|sincerely)(?: yours)?"
    r"|(?:With |My |Our )?(?:(?:kind|best|warm|kindest|warmest|deepest|all)(?:est)? )?"
    r"(?:regards|wishes|respects?|gratitude|appreciation|thanks|hope|solidarity)"
    r"(?: (?:and|in|for) (?:[\w']+ ){0,5}[\w']+)?"
    r"|(?:In|For|Toward|Towards) (?:[\w']+ ){0,4}[\w']+"
    r"|(?:Many )?(?:Thanks|Thank you)(?: (?:again )?for (?:[\w']+ ){1,9}[\w']+)?|Best"
    r"|Signed|Yours for [\w ]{3,30}"
)
_CLOSING = re.compile(
    rf"(?P<words>{_CLOSING_WORDS})[ \t]*(?P<end>[,.:;—–-]*)[ .:;'_-]{{0,6}}$", re.IGNORECASE
)
_PLAIN_CLOSING = re.compile(
    r"(?:Most |Very )?(?:S[il1]n?[ce]+re[l1]y|Respectfully|Cordially|Very truly|Yours|Faithfully)"
    r"|(?:(?:Kind|Best|Warm|Kindest|Warmest) )?Regards",
    re.IGNORECASE,
)
_CLOSING_AND_NAME = re.compile(
    r"(?:.{0,30}\d )?(?P<words>(?:Very )?(?:Sincerely|Respectfully(?: submitted)?|Very truly"
    r"|Cordially)(?: yours)?)"
    r"(?P<end>,? )(?P<name>[-/A-Z][^\n]{4,80}|)$",
    re.IGNORECASE,
)
STOP = re.compile(
    r"(?:b?cc|ce(?=:)|c\.c\.|copies(?: to)?|copy(?: to)?|with copies? to|enc(?:l|ls|losures?"
    r"|s)?|attachments?|"
    r"exhibits?|p\.?s|distribution|cc list)(?:\.|\b)(?:[ \t]*\(\w{1,6}\))?[ \t]*(?:[:.;(—–-]|$"
    r"|(?=[A-Z0-9]))",
    re.IGNORECASE,
)
HEADER_FIELD = re.compile(
    r"[\W_]{0,4}(?P<name>from|sent|to|c[ce]|subject|date|bcc|importance|reply-to)[ \t]{0,3}:",
    re.IGNORECASE,
)
_INNER_FIELD = re.compile(r" (From|Sent|To|Cc|Subject):")
WROTE = re.compile(
    r"On .{6,120} wrote:|-{2,} ?(?:Original|Forwarded) (?:M|m)essage|Begin forwarded message"
    r"|Sent from my"
)
COURT = re.compile(
    r"\bCOURT (?:OF|FOR)\b|\bDISTRICT COURT|Plaintiff|Defendant|Petitioner,|Respondent\b"
    r"|\bDEPOSITION\b"
    r"|CERTIFICATE OF (?:SERVICE|COMPLIANCE)|^(?:MEMORANDUM|Memorandum)\b"
)
OPEN_LETTER = re.compile(
    r"(?:an )?open letter (?:to|from|on|regarding|about|concerning|of)\b|(?:an )?open letter$",
    re.IGNORECASE,
)
UNDERSIGNED = re.compile(r"(?:we,? )?the under-?signed\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text without white space at the ends, and its place in the document.

    ``page`` is from 1; ``blank_before`` tells that an empty line or a page's start precedes it.
    """

    text: str
    page: int
    start: int
    end: int
    blank_before: bool


def lines_of(text: str, page: int, offset: int) -> Iterator[Line]:
    """Yield the lines of a page that are not empty; ``offset`` is the page's place."""
    at = offset
    blank = True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + len(raw) - len(raw.lstrip())
            yield Line(stripped[:LOOK], page, start, start + len(stripped), blank)
            blank = False
        else:
            blank = True
        at += len(raw) + 1


def salutation(text: str) -> bool:
    """Tell whether a line greets; greetings other than ``Dear`` need their colon or comma."""
    match = _SALUTATION.match(text) if len(text) <= 120 else None
    if not match:
        return False
    end = match["end"]
    if not _FREE_SALUTATION.match(text):
        return end in (":", ",") and len(text) < 80 and HEADER_FIELD.match(text) is None
    if text[:4].lower() in ("dear", "dcar", "doar"):
        return len(text.split()) <= 14 and (bool(end) or len(text.split()) <= 6)
    return bool(end) or text.lower().startswith("to whom")


def closing(text: str) -> tuple[str, str] | None:
    """Return the closing that a line is, without its comma, and a name that follows in the line.

    Rarer words of closing need the comma that a closing ends with.
    """
    if len(text) > 120:
        return None
    match = _CLOSING.match(text)
    if match and match["end"] in ("", ",", ";", "—", "–", "-", ":", ".", ",-"):
        words = match["words"]
        plain = _PLAIN_CLOSING.match(words) is not None
        if match["end"].startswith(",") or (plain and text[0].isupper()):
            return (words, "") if text[0].isupper() else None
        if words.lower() == "signed" and match["end"] == ":":
            return words, ""
        return None
    if _misread(text):
        return text.rstrip(", "), ""
    match = _CLOSING_AND_NAME.match(text)
    if match and (match["end"].startswith(",") or match["name"][:1].isupper()):
        name = match["name"]
        if (
            len(name.split()) <= 12
            and not name.endswith(".")
            and (not name or name[:1].isupper() or name[:1] in "-/")
        ):
            return match["words"], name.lstrip("-/ ")
    return None


def _misread(text: str) -> bool:
    """Tell whether a line is a word of closing, its letters misread: ``Simncerely,``."""
    word = text.rstrip(", ").lower()
    return (
        text.endswith(",")
        and text[0].isupper()
        and 7 <= len(word) <= 13
        and word.isalpha()
        and bool(get_close_matches(word, ("sincerely", "respectfully", "cordially"), 1, _NEAR))
    )


def mail_header(lines: Sequence[Line]) -> bool:
    """Tell whether an e-mail's or a memo's header block, or a quotation, stands in ``lines``.

    ``Sent:`` by itself is an e-mail's; other fields are when two of them stand there, because a
    letter may have a line ``To:``, ``Date:`` or ``Subject:`` too.
    """
    names: set[str] = set()
    for line in lines:
        if WROTE.match(line.text):
            return True
        field = HEADER_FIELD.match(line.text)
        if field:
            names.add(field["name"].lower().replace("ce", "cc"))
            names.update(found.lower() for found in _INNER_FIELD.findall(line.text))
    mail = names & {"from", "cc", "bcc", "importance", "reply-to"}
    return "sent" in names or (bool(mail) and len(names) > 1)

"""What a subject line says without the marks of replies and forwards, as a key to compare."""

import re

from recordsearch.query.distance import within
from recordsearch.understand.names import fold

_MOST_CHARACTERS = 400
_MOST_COMPARED = 64
_PREFIX = re.compile(
    r"\s*(?:(?:re|fwd?|aw|wg|sv|vs|tr|antw|rif|enc|res|fyi)\s*(?:[\[(]\d{1,3}[\])])?\s*[:;·]"
    r"|[\[({]\s*(?:external|ext|e|suspicious|secure|encrypted|encrypt|spam\??)[^\])}]{0,20}[\])}])",
    re.IGNORECASE,
)
_REDACTION = re.compile(r"\(\s*b\s*\)?\s*\(?\s*\d?\s*\)?", re.IGNORECASE)
# Subjects that many conversations have: they say nothing about which one a message is of.
_GENERIC = """
    hello hi hey meeting meetings fyi nosubject question questions aquestion quickquestion thanks
    thankyou thankyouverymuch update updates followup followingup checkingin call phonecall
    request information info help none untitled document documents attached attachment scan test
    urgent important reminder schedule lunch today tomorrow tonight news article interview report
    draft reply response message note invitation introduction touchingbase catchingup yes no ok
    scanneddocument emailingdocument sorry congratulations greatjob canyoucallme callme
    automaticreply outofoffice undeliverable read accepted declined canceled
"""
# A subject of this many letters is rarely met twice by chance, unless it recurs by plan.
_TELLING_LETTERS = 15
# Letters that OCR mistakes for one another.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b"})


def without_prefixes(subject: str) -> str:
    """Return a subject without ``Re:``, ``FW:``, ``[EXTERNAL]`` and their like, on one line."""
    subject = " ".join(subject[:_MOST_CHARACTERS].split())
    while found := _PREFIX.match(subject):
        subject = subject[found.end() :]
    return subject.strip()


def is_answer(subject: str) -> bool:
    """Tell whether a subject is marked as a reply or a forward."""
    stripped = subject[:_MOST_CHARACTERS].lstrip()
    found = _PREFIX.match(stripped)
    while found and found[0].lstrip()[:1] in "[({":
        stripped = stripped[found.end() :]
        found = _PREFIX.match(stripped)
    return found is not None


def squeeze(text: str) -> str:
    """Return the letters and digits of a text, those that OCR confuses made the same."""
    return fold(text).translate(_ALIKE).replace("rn", "m").replace("vv", "w")


def subject_key(subject: str) -> str:
    """Return the key of a subject, the same for its replies; empty where it says nothing."""
    return squeeze(_REDACTION.sub(" ", without_prefixes(subject)))


_GENERIC_KEYS = frozenset(squeeze(word) for word in _GENERIC.split())


def is_generic(key: str) -> bool:
    """Tell whether the subject of this key, such as ``hello``, is one that many messages have."""
    return len(key) < 4 or key.isdecimal() or key in _GENERIC_KEYS


def is_telling(key: str) -> bool:
    """Tell whether the subject of this key is long enough to be of one conversation."""
    return len(key) >= _TELLING_LETTERS


def same_subject(first: str, second: str, *, slips: int | None = None) -> bool:
    """Tell whether two keys are of one subject, cut short or misread in one of them.

    ``slips`` is how many letters may be wrong where other evidence is strong; without it one in
    twenty may be, and one more, in subjects of at least eight letters.
    """
    if first == second:
        return True
    shorter, longer = sorted((first[:_MOST_COMPARED], second[:_MOST_COMPARED]), key=len)
    allowed = 1 + len(shorter) // 20
    if len(shorter) < (4 if slips else 8):
        return False
    if within(shorter, longer, max(allowed, slips or 0)):
        return True
    return is_telling(shorter) and within(shorter, longer[: len(shorter)], allowed)

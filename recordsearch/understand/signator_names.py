"""What a line of a signature is: a person's name, a title, or a group. Pure text, no places.

The word lists are general knowledge about English titles and the names of groups; a line that they
do not settle is left open (``Kind.EITHER``), for what stands around it to settle.
"""

import re
from enum import Enum

from recordsearch.understand.signator_words import (
    FIRST_NAMES,
    GROUP_WORDS,
    TITLE_CORE,
    TITLE_WORDS,
)

_HONORIFIC = (
    r"(?:Dr|Mr|Mrs|Ms|Mx|Prof|Professor|Rev|Reverend|Rabbi|Imam|Hon|Honorable|The Honorable"
    r"|The Hon|"
    r"Sister|Brother|Father|Fr|Sr|Pastor|Bishop|Deacon|Sen|Senator|Rep|Representative|Gov|Judge|"
    r"Justice|Capt|Captain|Lt|Sgt|Chief|Sheriff|Mayor|Councilmember|Councilor|Councillor|"
    r"Commissioner|Supervisor|Sir|Dame|Attorney|Col|Gen|Maj|The Rev|Rt\. Rev|Msgr|Elder"
    r"|Minister|Cantor|Assemblymember)"
)
_HONORIFIC_FIRST = re.compile(rf"{_HONORIFIC}\.?(?: (?:Dr|Rev|Prof)\.?)? (?=[A-Z])")
_CREDENTIALS = re.compile(
    r"(?:,? ?(?:Ph\.? ?D|M\.? ?D|J\.? ?D|Esq|Esquire|Jr|Sr|I{2,3}|IV|LL\.?M|LL\.?B|M\.?P\.?H"
    r"|M\.?P\.?A|"
    r"M\.?S\.?W|L\.?C\.?S\.?W|MBA|MPP|M\.?A|B\.?A|M\.?S|B\.?S|Ed\.?D|Psy\.?D|R\.?N|D\.?O|D\.?D\.?S|"
    r"M\.?Div|D\.?Min|CIPP(?:/US)?|CPA|MSN|MLIS|MLS|C\.?S\.?C|S\.?J|O\.?P)\.?(?![\w])){1,4}$"
)
_NAME_PART = (
    r"(?:[A-ZÀ-ÖØ-ÞŁŚŻČŠŽŞİ][\w’'‘-]{0,30}|[A-Z]\.(?:-?[A-Z]\.){0,2}|[A-Z]"
    r"|[“\"'(‘][A-Z][\w.]{0,15}[”\"')’])"
)
_PARTICLE = (
    r"(?:de|da|do|dos|del|della|di|du|la|le|van|von|der|den|ter|ten|bin|binti|ibn|al|el|y|e"
    r"|st\.|abu|ben|af|av|zu|zur|ap|D'|O')"
)
_PERSON = re.compile(rf"{_NAME_PART}(?: (?:{_PARTICLE} ){{0,2}}{_NAME_PART}){{1,4}}$")
_ONE_NAME = re.compile(r"[A-Z][a-z]{1,14}")
_LINK_WORDS = re.compile(
    r"(?:^| )(?:of|for|and|the|to|in|on|at|by|with|against|from|not|are|is|&|\+)(?: |$)",
    re.IGNORECASE,
)
_FOR_CLIENTS = re.compile(r"(?:attorneys?|(?:legal )?counsel) (?:for|to) (?=[A-Z])", re.IGNORECASE)
_NAMES_TOO = frozenset(
    [
        "abbott",
        "archdeacon",
        "archer",
        "bishop",
        "chaplain",
        "clerk",
        "deacon",
        "dean",
        "fellow",
        "governor",
        "head",
        "judge",
        "major",
        "marshal",
        "mayor",
        "pastor",
        "priest",
        "proctor",
        "sergeant",
        "sheriff",
        "steward",
        "teacher",
    ]
)
"""Words of office that are last names as well."""
_ENDS_IN_S = ("directors", "chairs", "emeritus")
_TITLE_PAIRS = frozenset(
    [
        ("attorney", "general"),
        ("solicitor", "general"),
        ("inspector", "general"),
        ("chief", "justice"),
        ("associate", "justice"),
        ("chief", "judge"),
        ("chief", "clerk"),
        ("chief", "deputy"),
        ("chief", "marshal"),
    ]
)
_PARTY = re.compile(r"(?:Plaintiff|Defendant|Petitioner|Respondent|Appell|Request|Claimant)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Kind(Enum):
    """What a piece of a signature can be; ``EITHER`` is a person or a group by its shape."""

    PERSON = "person"
    TITLE = "title"
    GROUP = "group"
    EITHER = "either"


def without_credentials(text: str) -> str:
    """Return a person's name without degrees and suffixes after it."""
    return _CREDENTIALS.sub("", text).rstrip(" ,")


def kind_of(text: str) -> Kind:
    """Tell what a piece of a signature, without commas that part titles, most likely is."""
    text = text.strip()[:160]
    honoured = _HONORIFIC_FIRST.match(text)
    bare = without_credentials(text)
    if honoured and len(bare.split()) <= 7:
        rest = bare[honoured.end() :]
        pair = tuple(text.lower().split()[:2])
        if (pair in _TITLE_PAIRS or _is_office(rest)) and is_title(text):
            return Kind.TITLE
        if not _group_like(rest) and not _LINK_WORDS.search(rest):
            return Kind.PERSON
    if is_title(text):
        return Kind.TITLE
    if _ONE_NAME.fullmatch(text) and not _group_like(text):
        return Kind.EITHER
    if bare.isupper() and not bare.isdigit():
        bare = bare.title()
    if not _PERSON.match(bare) or _group_like(bare) or _LINK_WORDS.search(bare):
        return Kind.GROUP
    if bare != text and not text.isupper():  # it had a degree or suffix
        return Kind.PERSON
    words = bare.split()
    if words[0].lower() in FIRST_NAMES or any(re.fullmatch(r"[A-Z]\.", word) for word in words):
        return Kind.PERSON
    if len(words) > 4 or any(word.endswith(("'s", "’s", "s'", "s’")) for word in words):
        return Kind.GROUP
    return Kind.EITHER


def is_title(text: str) -> bool:
    """Tell whether a piece is a title: it has a word of office before any ``of`` or comma."""
    head = re.split(r",| of | for | at | on | to ", text, maxsplit=1)[0]
    words = [word.lower() for word in _WORD.findall(head.replace("-", ""))]
    clients = _FOR_CLIENTS.match(text)
    if clients and _is_client(text[clients.end() :]):
        return True
    if not words or len(words) > 9 or not any(word in TITLE_CORE for word in words):
        return False
    group = [word for word in words if word in GROUP_WORDS and word not in TITLE_WORDS]
    if words[-1] in _NAMES_TOO and words[0] in FIRST_NAMES - TITLE_WORDS:
        return False  # "Robert Dean"
    if tuple(words[-2:]) in _TITLE_PAIRS:
        return True
    if words[-1] in TITLE_CORE:
        return not (words[-1].endswith("s") and words[-1] not in _ENDS_IN_S)
    if words[0] not in TITLE_WORDS or _is_honoured(head):
        return False
    return not group or (words[0] in TITLE_CORE and head != text)


def _is_honoured(head: str) -> bool:
    """Tell whether words begin with an honorific, and go on with a name and not a title."""
    honoured = _HONORIFIC_FIRST.match(head)
    if not honoured:
        return False
    rest = head[honoured.end() :]
    return not _is_office(rest) and _PERSON.match(f"A {without_credentials(rest)}") is not None


def _is_office(text: str) -> bool:
    """Tell whether words behind ``Chief``, ``Attorney`` or the like are the rest of a title.

    ``Chief Operating Officer`` and ``Attorney General`` are; ``Chief Alan Bishop`` is a person.
    """
    words = [word.lower() for word in _WORD.findall(text.split(",")[0])]
    if not words or words[0] in FIRST_NAMES:
        return False
    return words[-1] in TITLE_WORDS and (len(words) > 1 or words[0] not in _NAMES_TOO)


def _is_client(text: str) -> bool:
    return _PARTY.match(text) is not None or (
        _PERSON.match(text) is not None and not _group_like(text)
    )


def has_group_word(text: str) -> bool:
    """Tell whether a piece has a word that names of groups have."""
    return _group_like(text)


def _group_like(text: str) -> bool:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    bare = [word[:-2] if word.endswith("'s") else word for word in words]
    bare += [word[:-1] for word in bare[1:] if word.endswith("s")]
    if any(word in GROUP_WORDS for word in bare[1:]) or (
        bare
        and bare[0] in GROUP_WORDS
        and bare[0] not in ("law", "justice", "house", "post", "bishop", "street")
    ):
        return True
    return (
        bool(re.search(r"\d|[A-Z]{2,}[^A-Z ]*[a-z]|\.(?:org|com|net)\b|[!/@#]|:", text))
        and not text.isupper()
    )

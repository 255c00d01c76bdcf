"""Clean the names of mailboxes of what stands beside them: marks, the rest of black boxes."""

import re

NAME_CHARACTERS = 200
WITHHELD = "\x00"
"""Stands in a header's value for what is withheld."""
CLOSERS = " '\"”’>)]},.;:"
OPENERS = " '\"“‘<([{"
AFTER_NAME = re.compile(
    r"\[[A-Z]\]|\((?:[A-Z][A-Z0-9/&. -]{1,30}|[A-Za-z0-9][A-Za-z0-9&.-]{0,12}"
    r"(?:\s?/\s?[A-Za-z0-9&.-]{1,12}){1,6}"
    r"|[A-Za-z0-9-]{1,20}(?:\.[A-Za-z0-9-]{1,20}){0,3}\.[a-z]{2,4})\)(?!\s?\[[A-Z]\])"
)
"""A unit behind a name: ``(UNIT/OFFICE)``, in which OCR reads figures, ``(unit.gov)``, ``[E]``."""
# A last name has a small letter, unlike most of what OCR leaves of a black box.
LAST_NAME = r"(?:[A-Z][\w'’-]{0,20}[a-z][\w'’-]{0,20}|[a-z]{5,20})"
PARTICLES = frozenset(
    [
        "de",
        "la",
        "las",
        "los",
        "del",
        "der",
        "den",
        "des",
        "di",
        "da",
        "do",
        "dos",
        "du",
        "van",
        "von",
        "zu",
        "zur",
        "bin",
        "ibn",
        "al",
        "el",
        "und",
        "y",
        "e",
        "le",
        "ten",
        "ter",
        "and",
        "of",
        "the",
        "for",
        "at",
        "on",
        "in",
        "to",
        "via",
    ]
)
_LONE_GARBAGE = frozenset(["O", "I", "l", "o", "i", "Q", "U"])
_NOT_GARBAGE = frozenset(
    ["II", "III", "IV", "MD", "DO", "JD", "RN", "PHD", "MPH", "CPA", "ESQ", "JR", "SR"]
)
_SUFFIX = re.compile(
    r"(?i:jr|sr|ii|iii|iv|2nd|3rd|[4-9]th|m\.?\s?d|ph\.?\s?d|m\.?p\.?h|r\.?n|esq|j\.?d|d\.?o|m\.?s|dvm|facp|cpa)\.?$"
)
_NUMBERED = frozenset(
    [
        *("room", "district", "officer", "unit", "station", "precinct", "ward", "team", "floor"),
        *("suite", "building", "line", "region", "zone", "area", "division", "sector", "engine"),
        *("local", "group", "class", "level", "section", "beat", "troop", "post", "shift", "desk"),
        *("counter", "lobby", "box", "car", "truck", "ladder", "squad", "company", "battalion"),
        *("phase", "school", "clinic", "center", "centre", "lab", "printer", "scanner", "user"),
        *("witness", "juror", "student", "employee", "citizen", "bay", "gate", "channel", "number"),
        *("no.", "nr.", "studio", "lane", "pod", "crew", "batch"),
    ]
)
"""What offices, rooms and posts are called that are told apart by a number."""
_ORDINAL = re.compile(r"(?i:2nd|3rd|[4-9]th)")
_NUMBER = re.compile(r"\d{1,5}|[A-Z]?\d{1,4}[A-Za-z]?")
_MIXED = re.compile(r"[a-z]{1,6}[A-Z]{1,4}\W*$|[Yy]{2}")
"""Small letters before capitals at the end, or a doubled y ahead: no name, a black box's rest."""
_DOUBLE_Y = re.compile(r"[Yy]{2}")
_WORD = re.compile(r"[^\W\d_]{2}|[A-Z]\.")
_DEBRIS_AHEAD = re.compile(rf"(?:[A-Z]{{1,5}}\s|[a-z]{{1,4}}\s|\W+){{1,2}}(?={LAST_NAME},\s?[A-Z])")


def is_suffix(part: str) -> bool:
    """Tell whether a text is what stands behind a name: ``Jr.``, ``MD``, ``Ph.D.``."""
    return bool(_SUFFIX.match(part))


def clean_name(text: str, *, addressed: bool = False) -> str:
    """Take from a name what OCR and the mail program put around it.

    ``addressed`` tells that its address stands right behind it, so that no black box does.
    """
    text = text[: NAME_CHARACTERS * 4].rstrip(OPENERS)
    if text.lstrip()[:1] == "(" and text.find(")") in (-1, len(text.rstrip(" .,")) - 1):
        return ""  # a mark over what is withheld
    text, withheld = _cut(text.strip().lstrip(f"{OPENERS}*-–—•·.,:;=+~|_>/\\!?}}#&%^¥€£§©®°¢"))
    end = AFTER_NAME.search(text)
    if end:
        ahead = _DEBRIS_AHEAD.match(text)
        begin = ahead.end() if ahead else 0
        if not _WORD.search(text, begin, end.start()):
            return ""  # the unit of somebody whose name is withheld
        text = text[begin : end.end()]
        return " ".join(text.replace('"', "").split())[:NAME_CHARACTERS].strip(" ',")
    words = text.replace('"', " ").split()
    if addressed and not withheld and _is_numbered(words, any_word=True):
        return _without_notes_domain(" ".join(words)[:NAME_CHARACTERS].strip(" '"))
    while (
        words
        and not _is_numbered(words, any_word=False)
        and _is_garbage(words[-1], words[:-1], withheld)
    ):
        words.pop()
        withheld = True
    if words and _DOUBLE_Y.match(words[0]) and "," not in text:
        return ""
    name = " ".join(words)[:NAME_CHARACTERS]
    if name[-1:] in tuple(")]}{") and not any(one in name for one in "(["):
        name = name[:-1]
    name = name.strip(f"{WITHHELD} '\"”“`,;:<>|-–—*~=_")
    if name in _LONE_GARBAGE or not any(character.isalpha() for character in name):
        return ""
    if len(name) <= 3 and (name.islower() or (withheld and len(name) > len(set(name.lower())))):
        return ""
    return _without_notes_domain(name)


def _without_notes_domain(name: str) -> str:
    """``Jo Doe/UNIT/ORG@ORG``, as Lotus Notes prints it, without the domain."""
    if "/" in name and "@" in name and "." not in name.rsplit("@", 1)[1]:
        return name.rsplit("@", 1)[0].rstrip()
    return name


def _is_numbered(words: list[str], *, any_word: bool) -> bool:
    """Tell whether a name ends in a number that tells it from others: ``Room 101``, ``Officer 1``.

    With ``any_word`` a plain number may stand behind any word.
    """
    if len(words) < 2 or not _NUMBER.fullmatch(words[-1]):
        return False
    before = words[-2].lower()
    if before in _NUMBERED:
        return True
    return any_word and words[-1].isdigit() and before.isalpha() and len(before) > 1


def _cut(text: str) -> tuple[str, bool]:
    """Cut a name at a withheld address, or at a bracket that is left open."""
    ends = [text.find(WITHHELD), text.find("<")]
    for opener, closer in ("()", "[]"):
        place = text.rfind(opener)
        if place >= 0 and closer not in text[place:]:
            ends.append(place)
    closed = text.find(">")
    if closed >= 0:
        ends.append(closed)
    found = [end for end in ends if end >= 0]
    return (text[: min(found)], True) if found else (text, False)


def _is_garbage(word: str, before: list[str], withheld: bool) -> bool:
    """Tell whether the last word of a name is what OCR made of a black box."""
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return True
    if "@" in word and "/" not in word:
        return bool(before) or not re.search(r"\w{2}@\w{2}", word)
    if not before:
        return (len(word) <= 3 and bool(_MIXED.match(word))) or word[:2].lower() == "yy"
    if _ORDINAL.fullmatch(word.rstrip(".,")):
        return False
    if any(character.isdigit() for character in word) and len(word) <= 3:
        return True
    if _MIXED.match(word):
        return True
    bare = word.strip(CLOSERS + OPENERS)
    if bare.lower() in PARTICLES and not withheld:
        return False
    if any(character in "{}|~=_^\\°§«»" for character in word):
        return len(bare) <= 4
    capital = any(one[:1].isupper() for one in before)
    if bare.islower() and capital and len(bare) <= 4 and not _is_word(bare):
        return True
    if len(bare) >= 2 and len(set(bare.lower())) == 1:
        return bare.upper() not in _NOT_GARBAGE
    return _is_debris(word, bare, before, withheld)


def _is_word(bare: str) -> bool:
    """Tell whether a short lower-case word has both vowels and other letters, and ends well."""
    return len(bare) == 4 and bool(re.search(r"[aeiou]", bare)) and not re.search(r"yy|ee$", bare)


def _is_debris(word: str, bare: str, before: list[str], withheld: bool) -> bool:
    """Tell whether a few capitals stand before what is known to be a black box's rest."""
    if bare.upper() in _NOT_GARBAGE or len(before) < 2:
        return False
    if (
        word[-1] in ")]}"
        and (bare.isupper() or len(bare) <= 3)
        and not any(one in " ".join([*before, word]) for one in "([{")
    ):
        return True
    return withheld and bare.isupper() and 2 <= len(bare) <= 5

"""Read a name as a header, an address or a signature gives it, whatever its order.

``Roe, Jane A. (DOH/EPI) [E]``, ``Dr. Jane A. Roe, MD``, ``ROE, JANE`` and ``jane.roe@doh.example``
are read into the same parts. A name that is a group's or a role's box stays whole. Nothing is
looked up and nothing is guessed: a single word is a family name only where an address shows it.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

# A longer text is no name; what stands after is not read.
_MOST_CHARACTERS = 200
_MOST_WORDS = 8
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_CREDENTIALS = frozenset(
    """
    md phd mph jd esq msc ms ma ba bs mba mpa mpp rn bsn msn dvm dds do pharmd scd drph mbbs
    frcp facp faan cpa llm edd mhs mha pe usn usa usaf usmc ret phdmd mdphd cos aicp cissp
    """.split()  # noqa: SIM905
)
_TITLES = frozenset(
    """
    dr mr mrs ms miss mx prof professor hon honorable sen senator rep representative gov
    governor amb ambassador col colonel lt lieutenant gen general sgt sergeant capt captain maj
    major cmdr commander adm admiral rev reverend sir secretary president chief officer
    detective det deputy judge mayor sheriff councilmember congressman congresswoman supt ssgt
    cpt ltc radm vadm
    """.split()  # noqa: SIM905
)
# Words that begin a family name of several words.
_PARTICLES = frozenset(
    """
    van von der den de del dela la le da das do dos di du el al bin ibn ter ten ver st san
    """.split()  # noqa: SIM905
)
# Words of boxes and lists, which no person's name has; singular and plural are both met.
_GROUP_WORDS = frozenset(
    """
    distribution distro list lists listserv group groups team teams staff office offices inquiry
    inquiries public press media desk committee department dept division bureau agency board
    council center centre institute institutes university college school foundation association
    coalition union federation society network alliance company corporation inc llc ltd police
    ministry embassy mission congress senate house administration service services support help
    helpdesk info information admin administrator webmaster postmaster records foia requests
    request notification notifications alert alerts newsletter news mailbox mail mailer noreply
    no-reply donotreply members subscribers everyone employees all operations ops control
    communications comms affairs program programs project task force unit branch section leads
    directors deputies managers times journal post magazine bank fund trust international
    national states republic cabinet clerk
    """.split()  # noqa: SIM905
)
_GROUP_LOCAL = re.compile(
    r"(?:^|[._+-])(?:info|press|media|news|no-?reply|do-?not-?reply|admin|administrator|webmaster|"
    r"postmaster|mailer-daemon|help|helpdesk|support|contact|office|list|staff|all|team|group|foia|"
    r"records?|public|inquir(?:y|ies)|alerts?|notifications?|newsletter|bounces?|owner|dl|"
    r"distribution|service|feedback|hr|jobs|sales|billing|events?|updates?)\d*(?:$|[._+-])"
)
_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]{0,80})[)\]}]")
_OPEN_BRACKET = re.compile(r"[(\[{].*$", re.DOTALL)
_REDACTION = re.compile(r"\(\s*b\s*\)\s*\(\s*\d\s*\)(?:\s*\(\s*[A-F]\s*\))?", re.IGNORECASE)
_ON_BEHALF = re.compile(r"\bon behalf of\b", re.IGNORECASE)
_ANGLE = re.compile(r"<[^<>]{0,120}>?")
# A unit in front of the name, such as ``DOH/EPI: Roe, Jane``.
_UNIT_BEFORE = re.compile(r"^([A-Z][A-Za-z/&. ]{0,30}):\s*(?=[A-Z])")
# OCR reads the comma of ``Roe, Jane`` as a point.
_POINT_FOR_COMMA = re.compile(r"^([^\W\d_]{4,})\.\s+(?=[^\W\d_]{2,})")
_NOBODY = re.compile(
    r"[\W_]*(?:undisclosed|unspecified|unlisted|hidden)[ _-]{0,3}recipients?"
    r"(?:[ _-]{0,3}list)?[\W_]*(?:@.{0,100})?$",
    re.IGNORECASE,
)
# ``Jane Roe@DOH``: a directory's unit behind the name.
_AT_UNIT = re.compile(r"(?<=[^\W\d_])@([\w&.-]{1,80})")
_NUMBERED = re.compile(r"(?:^|\s)#?\d{1,12}(?=\s|$)")
_EDGES = " \t\r\n'\"`‘’“”<>;:,*|_~^=\\/"
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’.\-](?=[^\W_]))*\.?")
_UNIT = re.compile(r"^[A-Z][A-Z0-9]*(?:\s?[/&\-–]\s?[A-Z0-9]{1,12}|\s[A-Z]{2,8}){0,5}$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts.

    ``family`` alone holds a single word, and the whole text of a group. ``unit`` is what stands in
    parentheses after a name, such as ``DOH/EPI``; ``middle`` may be an initial, without a point.
    """

    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""
    unit: str = ""
    is_group: bool = False

    @property
    def is_full(self) -> bool:
        """Whether both a given and a family name are there, the given more than an initial."""
        return len(fold(self.given)) > 1 and len(fold(self.family)) > 1


def fold(text: str) -> str:
    """Return the letters and digits of a text alone, without case and accents."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return "".join(filter(str.isalnum, text.casefold()))


def parse_name(text: str) -> Name:
    """Read a name in either order, or an address where nothing else is given.

    Of ``Roe, Jane on behalf of Poe, Alan`` the first is read: it is who wrote. Titles, academic
    credentials and marks such as ``[E]`` are dropped. A text that holds no letter gives an empty
    name.
    """
    text = unicodedata.normalize("NFKC", text[:_MOST_CHARACTERS])
    text = _ON_BEHALF.split(text, maxsplit=1)[0]
    text = _REDACTION.sub(" ", text)
    outside = _ANGLE.sub(" ", text).strip(_EDGES)
    text = _balanced(outside or text.strip(_EDGES))
    at_unit = _AT_UNIT.search(text) if " " in text else None
    if at_unit:
        text = text[: at_unit.start()] + text[at_unit.end() :]
    if "@" in text and " " not in text:
        return parse_local_part(text.partition("@")[0])
    if " " not in text and "," not in text and ("." in text.strip(".") or "_" in text):
        return parse_local_part(text)
    if ";" in text.strip(_EDGES):
        return Name(family=" ".join(text.split()))
    text, unit = _without_brackets(text)
    if at_unit and at_unit[1][0].isupper() and "." not in at_unit[1]:
        unit = unit or at_unit[1]
    if before := _UNIT_BEFORE.match(text):
        unit, text = unit or before[1], text[before.end() :]
    if _is_group_text(text):
        return Name(family=" ".join(text.split()), unit=unit, is_group=True)
    if "," not in text and _NUMBERED.search(text):
        # ``Officer 1`` and ``Officer 2`` are two, and neither has a given name.
        return Name(family=" ".join(text.split()), unit=unit)
    named = _POINT_FOR_COMMA.match(text)
    if named and named[1].casefold() not in _TITLES | _CREDENTIALS:
        text = f"{named[1]}, {text[named.end() :]}"
    return replace(_parts(text), unit=unit)


def parse_local_part(text: str) -> Name:
    """Read the part of an address before the ``@``: ``jane.a.roe``, ``jane_roe``, ``jroe``.

    Only a part with a point or an underscore shows where the given name ends; any other stays whole
    in ``family``. A role's box such as ``press`` is a group.
    """
    text = text[:_MOST_CHARACTERS].strip(_EDGES + ".").removeprefix("mailto:")
    if _GROUP_LOCAL.search(text.casefold()):
        return Name(family=text, is_group=True)
    pieces = [piece.rstrip("0123456789") for piece in re.split(r"[._]+", text)[:_MOST_WORDS]]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) in {2, 3} and all(piece.replace("-", "").isalpha() for piece in pieces):
        middle = pieces[1] if len(pieces) == 3 else ""
        if len(pieces[-1]) > 1:
            return Name(_cased(pieces[0]), _cased(middle), _cased(pieces[-1]))
    return Name(family=text)


def names_nobody(text: str) -> bool:
    """Tell whether a name or an address only says that recipients are not disclosed."""
    return _NOBODY.match(text[:_MOST_CHARACTERS]) is not None


def display_name(name: Name) -> str:
    """Write a name as a reader expects it: given name first, ``Jane A. Roe Jr.``."""
    if name.is_group or not name.given:
        return name.family
    middle = f"{name.middle}." if len(name.middle) == 1 else name.middle
    given = f"{name.given}." if len(name.given) == 1 else name.given
    suffix = f"{name.suffix}." if name.suffix in {"Jr", "Sr"} else name.suffix
    return " ".join(filter(None, (given, middle, name.family, suffix)))


def sorting_name(text: str) -> str:
    """Return a key that is the same for the forms of a name: its family name and first initial.

    Good for telling quickly whether two headers may name the same person, not for merging people.
    """
    name = parse_name(text)
    if name.given:
        return f"{fold(name.family)} {fold(name.given)[:1]}"
    return fold(name.family)


def local_parts(name: Name) -> frozenset[str]:
    """Return the local parts that organisations make of a full name, without separators.

    ``jroe``, ``roej``, ``janeroe``, ``roejane``, ``janer``, and those with the middle initial.
    """
    given, family, middle = fold(name.given), fold(name.family), fold(name.middle)[:1]
    if not given or len(family) < 2:
        return frozenset()
    initial = given[:1]
    made = {initial + family, family + initial}
    if len(given) > 1:
        made |= {given + family, family + given, given + family[:1]}
    if middle:
        made |= {initial + middle + family, family + initial + middle}
        if len(given) > 1:
            made.add(given + middle + family)
    return frozenset(part for part in made if len(part) > 3)


def _balanced(text: str) -> str:
    """Leave out quotation marks and backslashes that stripping has parted from their like."""
    text = text.replace("\\", " ") if "\\" in text else text
    return text.replace('"', "") if text.count('"') % 2 else text


def _without_brackets(text: str) -> tuple[str, str]:
    """Take out what stands in brackets; return the rest and the unit that one of them held."""
    unit = ""
    for _ in range(3):
        for held in _BRACKETED.findall(text):
            held = " ".join(held.split())
            if not unit and len(held) > 1 and _UNIT.match(held):
                unit = held if fold(held) not in _CREDENTIALS else ""
        text, taken = _BRACKETED.subn(" ", text)
        if not taken:
            break
    return _OPEN_BRACKET.sub(" ", text).strip(_EDGES), unit


def _is_group_text(text: str) -> bool:
    words = [word.strip(".,;").casefold() for word in text.split()[:20]]
    if any(word in _GROUP_WORDS for word in words):
        # ``House, Adam`` and ``Adam House`` are people.
        head, comma, rest = text.partition(",")
        if comma and len(head.split()) == 1 and 0 < len(rest.split()) <= 3:
            return any(word.strip(".,").casefold() in _GROUP_WORDS for word in rest.split())
        return len(words) != 2 or words[0] in _GROUP_WORDS or not text.istitle()
    if "," in text or len(words) < 2:
        return False
    # ``DOH EPI LEADERS``, ``DOH Epi``: several words, one of them an acronym without a vowel's
    # place in a name. All capitals alone may be a shouted name, so four words are asked of it.
    raw = text.split()
    if "/" in text:
        return True
    if len(raw) > 5 or any(word.casefold() in {"and", "for", "on", "&"} for word in raw):
        return True
    return not text.isupper() and any(
        2 <= len(word) <= 6 and word.isupper() and word.isalpha() and word == raw[0] for word in raw
    )


def _parts(text: str) -> Name:
    pieces = [piece.strip() for piece in text.split(",")][:5]
    suffix = ""
    kept: list[list[str]] = []
    for piece in pieces:
        words = _WORD.findall(piece)[:_MOST_WORDS]
        if kept:
            while words and fold(words[0]) in _SUFFIXES:
                suffix = _suffix(words.pop(0))
            if words and all(fold(word) in _CREDENTIALS for word in words):
                words = []
            # ``Jane Roe, XYZ``: a title's letters rather than a given name.
            if len(words) == 1 and len(kept[0]) > 1 and words[0].isupper() and len(words[0]) > 1:
                words = [] if not text.isupper() else words
        if words:
            kept.append(words)
    if not kept:
        return Name()
    if len(kept) == 1:
        return _in_order(kept[0], suffix)
    family, rest = kept[0], kept[1]
    if fold(family[-1]) in _SUFFIXES and len(family) > 1:
        suffix = suffix or _suffix(family[-1])
        family = family[:-1]
    rest, suffix = _without_tail([word for word in rest if fold(word) not in _TITLES], suffix)
    family = [word for word in family if fold(word) not in _TITLES] or family
    return _named(rest, family, suffix)


def _in_order(words: list[str], suffix: str) -> Name:
    """Read ``First M. Last``, or ``Last First M`` where a bare initial stands at the end."""
    words, suffix = _without_tail(words, suffix)
    untitled = [word for word in words if fold(word) not in _TITLES]
    titled = len(untitled) < len(words)
    words = untitled or words
    if len(words) == 1:
        # ``Secretary Roe`` names the family; a word by itself may be either.
        return Name(family=_cased(words[0]))
    if len(words) == 3 and len(words[2]) == 1 and len(words[0]) > 2 and not titled:
        return _named(words[1:], words[:1], suffix)
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return _named(words[:start], words[start:], suffix)


def _without_tail(words: list[str], suffix: str) -> tuple[list[str], str]:
    """Drop credentials from a name's end, and take its suffix."""
    while len(words) > 1:
        last = fold(words[-1])
        # ``Ma`` and ``Do`` are family names where they are not written as letters of a degree.
        degree = last in _CREDENTIALS and (words[-1].isupper() or len(last) > 2)
        if last in _SUFFIXES and len(words) > 2:
            suffix = suffix or _suffix(words[-1])
        elif not degree or len(words) < 3:
            break
        words = words[:-1]
    return words, suffix


def _named(given: list[str], family: list[str], suffix: str) -> Name:
    first, *middles = given or [""]
    # ``A.M.`` is two initials.
    initials = [part for part in first.split(".") if part]
    if len(initials) > 1 and all(len(part) == 1 for part in initials):
        first, middles = initials[0], [*initials[1:], *middles]
    middle = " ".join(_cased(word) for word in middles)
    return Name(_cased(first), middle, " ".join(_cased(word) for word in family), suffix)


def _suffix(word: str) -> str:
    folded = fold(word)
    return folded.capitalize() if folded in {"jr", "sr"} else folded.upper()


def _cased(word: str) -> str:
    """Give a word that is all small or all capital letters the case of a name."""
    word = word.rstrip(".")
    if len(word) < 2 or not (word.isupper() or word.islower()):
        return word.upper() if len(word) == 1 else word
    if word.islower() and word in _PARTICLES:
        return word
    cased = "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return re.sub(r"^(Mc|O['’])(\w)", lambda match: match[1] + match[2].upper(), cased)

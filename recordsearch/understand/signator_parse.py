"""From the lines of one signature to who signed: name, title, group."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.understand.signator_names import (
    Kind,
    has_group_word,
    is_title,
    kind_of,
    without_credentials,
)

_BULLET = re.compile(r"(?:[•●▪◦‣·*►▶■□☐➢\-–—]+|\(?\d{1,3}[.)]|[o»>])[ \t]+(?=\S)")
_SIGNED = re.compile(
    r"(?:[/\\|]?[sS][/\\|]+|(?:By|BY)[ \t]+(?=[/\\|]?[sS][/\\|])"
    r"|(?:By|BY|Signed by|Signature|Name|SIGNED)[ \t]*:|_{2,}|\.{4,}|X_{2,})"
    r"[ \t]*(?:[/\\|]?[sS][/\\|]+[ \t]*)?"
)
_BY = re.compile(r"(?:By|BY)[ \t]*(?::|[/\\|]?[sS][/\\|])")
_MARKS = re.compile(r"(?<=[\w.)”\"])[ ]?(?:[*†‡§¹²³⁰-⁹]+|(?<=[a-z.)])\d{1,2}(?=$|,))")
_ASIDE = re.compile(
    r"[ ,]*[(\[][^()\[\]]{0,60}(?:identif\w{3,9}|affiliation)[^()\[\]]{0,60}[)\]]\.?", re.IGNORECASE
)
_BEHALF = re.compile(r"(?:on behalf of|for|representing) (?:the )?(?=[A-Z])", re.IGNORECASE)
_PARTS = re.compile(r" ?[;|] ?|, | [–—-] |,(?=[A-Z])")
_INC = re.compile(
    r", (?=(?:Inc|LLC|L\.L\.C|Ltd|LLP|PLLC|PC|P\.C|Co|Jr|Sr|II|III|IV|Esq|Ph\.? ?D|M\.? ?D"
    r"|J\.? ?D|LL\.?M|M\.?P\.?H|MSW|LCSW|RN|R\.N|MBA|Ed\.?D|Psy\.?D|S\.J|M\.?Div|D\.?Min|M\.?A"
    r"|CPA|MLIS|MPA|DDS)\.?(?:,|$))"
)
_LINKS = frozenset(
    [
        "of",
        "for",
        "and",
        "the",
        "to",
        "in",
        "on",
        "at",
        "by",
        "with",
        "&",
        "+",
        "a",
        "an",
        "against",
        "from",
        "de",
        "la",
        "del",
        "y",
    ]
)
_DIVISION = re.compile(r"\b(?:Region|Division|Branch|Unit|Section|District|Sector|Operations)$")
_NAME_BEGUN = re.compile(
    r"^(?:(?:Dr|Rev|Prof|Hon|Mr|Mrs|Ms|Sen|Rep|Sgt|Lt|Capt)\.?|Professor|Reverend|Rabbi)"
    r"(?: [A-Z][\w'’-]{1,30})? ?(?:[A-Z]\.)?$|^[A-Z][\w'’-]{1,30} [A-Z]\.$"
)
"""An honorific with one name at most, or a first name and an initial: the last name follows."""
_LAST_NAME = re.compile(r"[A-Z][\w'’-]{1,30}(?:,|$)")
_INC_MARK = "\x00"


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed, by one signature; ``sure`` is false where it may be a person or a group."""

    name: str
    title: str = ""
    organisation: str = ""
    is_group: bool = False
    sure: bool = True


def tidy(text: str) -> str:
    """Return a line of a signature without bullets, rules to sign on, and footnote marks."""
    text = text.strip()
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    text = _SIGNED.sub("", text, count=1) if _SIGNED.match(text) else text
    text = _MARKS.sub("", text)
    text = re.sub(r"\s{2,}", " ", text).strip(" ,;_|~\t").rstrip(":")
    # A quotation mark or apostrophe that nothing opens is a speck.
    return text if any(mark in text[:-1] for mark in "'’‘\"“”") else text.rstrip('’‘"“”')


def is_marked(text: str) -> bool:
    """Tell whether a line begins with a bullet or a number."""
    return _BULLET.match(text) is not None


def is_signed(text: str) -> bool:
    """Tell whether a line begins with ``/s/``, ``By:`` or a rule to sign on."""
    return _SIGNED.match(text.strip()) is not None


def is_by(text: str) -> bool:
    """Tell whether a line begins with ``By:``, or ``By`` and an electronic signature."""
    return _BY.match(text.strip()) is not None


def goes_on(line: str, after: str) -> bool:
    """Tell whether ``after`` clearly is the rest of ``line``: a link word, bracket or case."""
    if not after or not line:
        return False
    words = line.split()
    if line[-1] in "&/-–—" or words[-1].lower() in _LINKS:
        return True
    first = after.split()[0].lower()
    if _NAME_BEGUN.search(tidy(line)[:80]) and _LAST_NAME.match(after):
        return True
    if after[0].islower() and not re.match(r"(?:s/|o |de |van |von |bell |e-)", after):
        return True
    if after[0] == "(" and after[-1] == ")" and "identif" not in after:
        return True
    if after[0] in "&)" or first in ("of", "and", "for", "the"):
        return True
    return line.count("(") > line.count(")") and after.count(")") > after.count("(")


def is_typed_below(lines: Sequence[str]) -> bool:
    """Tell whether the second line is the name with which the first was signed.

    It says the same, or the first bears a mark of signature and both end with one last name.
    """
    if len(lines) < 2:
        return False
    signed, typed = tidy(lines[0]), tidy(lines[1]).split(",")[0]
    if not signed or not typed:
        return False
    if signed.lower() == typed.lower():
        return True
    last = without_credentials(typed).lower().split()[-1:]
    return is_signed(lines[0]) and last == signed.lower().split()[-1:]


def parse_lines(lines: Sequence[str]) -> list[Signed]:
    """Read the lines of one signature, wrapped lines already joined.

    A group whose representative signs gives one signatory, the person.
    """
    lines = [line for line in lines if any(letter.isalpha() for letter in line)]
    lines = lines[is_typed_below(lines) :]
    texts = [text for line in lines if (text := tidy(_ASIDE.sub("", line)))]
    if not texts:
        return []
    if len(texts) == 1:
        return [parse_text(texts[0])]
    first, second = parse_text(texts[0]), parse_text(texts[1])
    named_below = second.title and second.sure and not (second.is_group or second.organisation)
    if (first.is_group and (first.sure or named_below)) or (not first.sure and named_below):
        for number, text in enumerate(texts[1:], 1):
            person = parse_text(text)
            if not person.is_group and (person.sure or number + 1 < len(texts)):
                rest = [part for part in texts[number + 1 :] if is_title(part)]
                group = " ".join(texts[:number])
                return [Signed(person.name, person.title or ", ".join(rest), group)]
            if not person.sure and len(texts) == 2 and not person.organisation:
                return [Signed(person.name, "", texts[0], is_group=True, sure=False)]
        return [Signed(" ".join(texts), is_group=True)]
    if len(texts) > 2 and _is_whole_title(texts[1], texts[2]):
        return [
            Signed(parse_text(texts[0], person_first=True).name, texts[1], ", ".join(texts[2:]))
        ]
    return [parse_text(", ".join(texts), person_first=True)]


def _is_whole_title(text: str, below: str) -> bool:
    """Tell whether what stands behind a title's comma is part of it: ``Director, North Region``."""
    title, _, more = text.partition(", ")
    return bool(
        more
        and is_title(title)
        and (_DIVISION.search(more) or not (is_title(more) or has_group_word(more)))
        and kind_of(below) is Kind.GROUP
        and has_group_word(below)
    )


def parse_text(text: str, *, person_first: bool = False) -> Signed:
    """Read one signature that stands in one line: ``Name, Title, Group`` or a part of it."""
    behalf = _BEHALF.match(text)
    if behalf and not person_first:
        text = text[behalf.end() :]
    parts = [
        part.replace(_INC_MARK, ", ").strip(" ,")
        for part in _PARTS.split(_INC.sub(_INC_MARK, text[:400]))
    ]
    parts = [part for part in parts if part]
    if not parts:
        return Signed(text, is_group=True)
    kind = kind_of(parts[0])
    if len(parts) == 1:
        return _alone(parts[0], kind)
    rest = parts[1:]
    titled = is_title(rest[0])
    if kind is Kind.TITLE and not person_first:
        return Signed(text, is_group=True, sure=False)
    if kind is Kind.PERSON or person_first or (kind is Kind.EITHER and titled):
        title, group = _role(rest)
        return Signed(parts[0], title, group)
    if kind is Kind.EITHER and len(rest[0].split()) > 1:
        title, group = _role(rest)
        return Signed(parts[0], title, group, sure=False)
    if kind is Kind.GROUP and kind_of(rest[0]) is Kind.PERSON:
        title, _ = _role(rest[1:])
        return Signed(rest[0], title, parts[0])
    if (
        kind is Kind.GROUP
        and kind_of(rest[0]) is Kind.EITHER
        and len(rest) > 1
        and is_title(rest[1])
    ):
        return Signed(rest[0], ", ".join(rest[1:]), parts[0])
    return Signed(text.strip(" ,"), is_group=True)


def _alone(text: str, kind: Kind) -> Signed:
    bracket = re.match(r"(?P<name>[^()]{4,60}) \((?P<group>[^()]{4,80})\)$", text)
    if bracket and kind_of(bracket["name"]) is Kind.PERSON:
        title, group = _role([bracket["group"]])
        return Signed(bracket["name"], title, group)
    if bracket and kind_of(bracket["name"]) is Kind.EITHER and has_group_word(bracket["group"]):
        return Signed(bracket["name"], "", bracket["group"], sure=False)
    return Signed(text, is_group=kind is not Kind.PERSON, sure=kind in (Kind.PERSON, Kind.GROUP))


def _role(parts: Sequence[str]) -> tuple[str, str]:
    """Part what stands behind a name into title and group."""
    titles: list[str] = []
    for number, part in enumerate(parts):
        if not is_title(part):
            return ", ".join(titles), ", ".join(parts[number:])
        at = re.search(r" (?:at|of|for)(?: the)? (?=[A-Z])", part)
        if at and number == len(parts) - 1 and _is_group_name(part[at.end() :], at[0]):
            titles.append(part[: at.start()])
            return ", ".join(titles), part[at.end() :]
        titles.append(part)
    return ", ".join(titles), ""


def _is_group_name(text: str, link: str) -> bool:
    words = text.split()
    return " at" in link or (
        len(words) >= 2
        and re.search(
            r"(?:Coalition|Union|Association|Center|University|College|Council|Project|Network"
            r"|Alliance|"
            r"Society|League|Committee|Foundation|Fund|Institute|Congregation|Church|Clinic"
            r"|Guild|Chapter)",
            text,
        )
        is not None
    )

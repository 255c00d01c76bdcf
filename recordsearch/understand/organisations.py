"""Find the organisations that an archive names: in headers, addresses, letters and signatures.

Only what is written as an organisation's is taken: a unit in parentheses after a name, an address's
domain, a group's mailbox, a group that signs a letter, a line of a signature block.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from recordsearch.understand.names import Name, fold, parse_name

# Domains at which anyone may have a mailbox.
_FOR_ANYONE = frozenset(
    """
    gmail googlemail yahoo ymail rocketmail hotmail outlook live msn icloud me mac aol aim comcast
    verizon att sbcglobal bellsouth cox charter earthlink mindspring juno netzero optonline
    optimum rcn frontier frontiernet windstream centurylink roadrunner rr protonmail proton pm gmx
    web mail inbox zoho fastmail tutanota hushmail yandex qq 163 126 sina tmomail vtext txt
    blackberry mycingular netscape prodigy pacbell
    """.split()  # noqa: SIM905
)
# Second-level labels below which a domain is registered.
_SECOND_LEVEL = frozenset(["ac", "co", "com", "edu", "gov", "net", "or", "org", "ne", "go"])
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9][a-z0-9-]{0,62}){1,6}")
_MAIL_HOST = re.compile(r"^(?:e?mail|smtp|mx|mailhost|exchange|webmail|list|lists)\d?\.")
_ORGANISATION_WORD = re.compile(
    r"\b(?:Institutes?|Universit(?:y|ies)|College|Academy|Schools?|Hospital|Clinic|Laborator(?:y|ies)"
    r"|Departments?|Dept|Division|Bureau|Cent(?:er|re)s?|Office|Agency|Administration|Authority"
    r"|Commission|Committee|Council|Ministry|Court|Police|Sheriff|Inc|LLC|LLP|Ltd|Corp|Corporation"
    r"|Company|Foundation|Coalition|Union|Association|Society|Federation|Alliance|League|Network"
    r"|Partnership|Project|Institution|Organi[sz]ation|Trust|Fund|Bank|Group|Services?|Collective"
    r"|Chamber|Consortium|Partners|News|Press|Times|Tribune|Magazine)\b"
)
_NOT_ORGANISATION = re.compile(
    r"[@|<>{}!?]|https?:|www\.|\d{3,}|\b(?:phone|tel|fax|cell|mobile|direct|suite|room|street|avenue"
    r"|please|thanks?|regards|best|sincerely|sent from|confidential|privileged|intended|recipient"
    r"|disclaimer|attached|wrote)\b|^(?:subject|from|sent|date|to|cc|re)\s?:",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:(?:the\s)?(?:\w+\s){0,4}(?:director|president|chair|chief|officer|manager|attorney|counsel"
    r"|secretary|professor|coordinator|analyst|assistant|editor|reporter|specialist|advis[eo]r|head"
    r"|fellow|representative|clerk|dean|detective|sergeant|lieutenant|captain|administrator))\b",
    re.IGNORECASE,
)
# ``Director, Office of Records`` and ``Director | Office of Records`` say a title first.
_DIVIDER = re.compile(r"\s*[,|•·;]\s*|\s+[-–—]\s+")
_SMALL_WORDS = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "in",
        "on",
        "at",
        "&",
        "de",
        "la",
        "del",
        "y",
        "du",
        "des",
        "von",
        "to",
    ]
)
_LAST_LINES = 25
_BLOCK_LINES = 8
_LINE_CHARACTERS = 100
_BODY_CHARACTERS = 20_000
_MOST_ORGANISATIONS = 6
_MOST_WORDS = 12
_MOST_FORMS = 50
# A part of a key that does not tell organisations apart.
_KEY_WORDS = re.compile(r"\b(?:the|inc|llc|llp|ltd|corp|co)\b\.?|[^\w\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, and the ways in which it is written, the name among them, the most first."""

    name: str
    forms: tuple[str, ...]


def find_organisations(
    forms: Iterable[tuple[str, str]], named: Iterable[str] = ()
) -> list[Organisation]:
    """Return the organisations that forms (name, address) of mailboxes and names of groups show.

    ``named`` are groups that sign letters and lines from ``signature_organisations``. Forms with
    the same words are one organisation. In the order of their names.
    """
    written: Counter[str] = Counter()
    read: dict[str, Name] = {}
    for name, address in forms:
        if name not in read:
            read[name] = parse_name(name)
        if read[name].unit:
            written[read[name].unit] += 1
        if read[name].is_group:
            written[" ".join(read[name].family.split())] += 1
        if domain := organisation_domain(address):
            written[domain] += 1
    for group in named:
        written[" ".join(group[: 2 * _LINE_CHARACTERS].split()).strip(" ,;:-")] += 1
    by_key: dict[str, list[str]] = {}
    for form in sorted(written, key=lambda form: (-written[form], form)):
        if key := _key(form):
            by_key.setdefault(key, []).append(form)
    found = [Organisation(same[0], tuple(same[:_MOST_FORMS])) for same in by_key.values()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.name))


def organisation_domain(address: str) -> str:
    """Return the domain of an address where it is an organisation's own; empty where it is not."""
    domain = address[:300].rpartition("@")[2].strip(" .>\"'").casefold()
    if "@" not in address or not _DOMAIN.fullmatch(domain):
        return ""
    domain = _MAIL_HOST.sub("", domain)
    labels = domain.split(".")
    if len(labels) < 2 or not labels[-1].isalpha():
        return ""
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2:
        return "" if labels[-3] in _FOR_ANYONE else domain
    return "" if labels[-2] in _FOR_ANYONE else domain


def signature_organisations(body: str, sender: Name) -> tuple[str, ...]:
    """Return the organisations in the signature block at the end of a message's body.

    A block begins with a line that has the sender's family name, among the last 25 lines, and has
    at most 8 lines. Without such a line nothing is found.
    """
    family = fold(sender.family)
    if len(family) < 2 or sender.is_group:
        return ()
    tail = body[-_BODY_CHARACTERS:]
    if not _ORGANISATION_WORD.search(tail):
        return ()
    lines = [line.strip(" \t>*_") for line in tail.split("\n")]
    lines = [line for line in lines if line][-_LAST_LINES:]
    start = _block_start(lines, family)
    found: dict[str, None] = {}
    for line in lines[start : start + _BLOCK_LINES] if start is not None else ():
        for organisation in _organisations_in(line):
            found.setdefault(organisation)
    return tuple(found)[:_MOST_ORGANISATIONS]


def _block_start(lines: list[str], family: str) -> int | None:
    """Return after which line the block begins: the last short one with the sender's name."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if len(line) <= _LINE_CHARACTERS and len(line.split()) <= _MOST_WORDS and "@" not in line:
            words = [fold(word) for word in line.split()]
            if family in words or (family in fold(line) and len(family) > 6):
                return place + 1
    return None


def _organisations_in(line: str) -> Iterable[str]:
    if len(line) > _LINE_CHARACTERS or _NOT_ORGANISATION.search(line):
        return
    whole = _plausible(line)
    if whole and not _TITLE.match(line):
        # ``Department of Parks, Fairbrook`` is one; so is ``Center for Health, Food and Justice``.
        yield whole
        return
    for piece in _DIVIDER.split(line)[:4]:
        if (organisation := _plausible(piece)) and not _TITLE.match(piece):
            yield organisation


def _plausible(text: str) -> str:
    """Return a text that may be an organisation's name: short, in capitals, with a word for one."""
    text = " ".join(text.split()).strip(" ,;:.-–—") + (
        "." if text.rstrip().endswith("Inc.") else ""
    )
    words = text.split()
    if not 2 <= len(words) <= _MOST_WORDS or not _ORGANISATION_WORD.search(text.title()):
        return ""
    capital = all(word[:1].isupper() or word.casefold() in _SMALL_WORDS for word in words)
    return text if capital and not text.endswith(("?", "!")) and words[0] not in {"We", "I"} else ""


def _key(form: str) -> str:
    if "." in form and " " not in form:
        return form.casefold()
    text = _KEY_WORDS.sub(" ", form.replace("&", " and ").replace("/", " "))
    key = " ".join(fold(word) for word in text.split())
    return key if sum(map(str.isalpha, key)) > 1 else ""

"""Tell where a printed subject ends: it may run on into the body, or be wrapped.

A subject that ends a header is followed by the body, and OCR may put both on one line. Two things
on the page tell them apart: a salutation, best one that names a recipient, and the subject of the
message that is quoted, which is mostly the same.
"""

import re
from collections.abc import Collection, Sequence

from recordsearch.contents import Mailbox
from recordsearch.understand.message_names import PARTICLES

SUBJECT_CHARACTERS = 1_000
_RUN_ON = re.compile(
    r"(?<=\S)\s(?:Dear(?:est)?|Respected|Hi|Hello|Greetings|Hey"
    r"|Good (?i:morning|afternoon|evening|day))\b"
    r"(?:[ ,][\w.'’-]{1,20}){0,4}\s?[:,!.-]?(?:\s*$|(?<=[:,!.-])\s)"
)
_NAMED = re.compile(
    r"(?<=\s)(?:[A-Z][\w'’-]{1,30}(?:,| and| &)\s){0,2}"
    r"(?:(?:Dr|Mr|Ms|Mrs|Prof|Sec)\.?\s)?(?P<name>[A-Z][\w'’-]{1,30})"
    r"(?:\s[A-Z][\w'’.-]{1,30}){0,2}\s?[:,](?=\s|$)"
)
_VOCATIVE = re.compile(
    r"(?<=\w)[?!.]?\s(?:(?:Dr|Mr|Ms|Mrs)\.?\s)?[A-Z][a-z]{1,14}\s?[,:](?:\s*$|\s(?:I|\|)\s)"
)
_TITLED = re.compile(r"(?:\b(?:Dr|Mr|Ms|Mrs|Prof|Sec)\.?|^|:)\s*$")
_PREFIX = re.compile(
    r"\s*(?:\[?\s?(?:re|fw|fwd|aw|wg|tr|rv|sv|antw|res|enc|vs)\s?(?:\[\d{1,3}\])?\s?[:;]\]?\s*)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"(?:[-—=]{2,}\s?){0,4}\s?Original Message\b|[-—]{3,}\s?Forwarded"
    r"|Begin forwarded message",
    re.IGNORECASE,
)
_MARGIN = re.compile(r"(?:\s{4,}|\s*\()\(?[Bb]\)?\s?\(?\d\)?(?:[,;& ]{1,3}[Bb]\d){0,4}\)?\s*$")
_ALPHANUMERIC = re.compile(r"[^\W_]+")
_LEAST_SHARED = 3
_LEAST_ALONE = 5
_MOST_DEBRIS = 4
_DEBRIS = re.compile(r"\W*(?:([a-zO])\1{1,3}|[a-z][A-Z]|[^\W_]{1,3}[)}\]])\W*")
"""All that OCR leaves of a subject under a black box: doubled letters, a bracket's end."""


def core(subject: str) -> str:
    """Return a subject without ``RE:`` and ``FW:``."""
    subject = subject[:SUBJECT_CHARACTERS]
    for _ in range(20):
        match = _PREFIX.match(subject)
        if not match:
            break
        subject = subject[match.end() :]
    return subject.strip()


def is_reply(subject: str) -> bool:
    """Tell whether a subject begins with ``RE:``, ``FW:`` or the like."""
    return bool(_PREFIX.match(subject))


def squeezed(subject: str) -> str:
    """Return the letters and figures of a subject's core, in lower case."""
    return "".join(_ALPHANUMERIC.findall(core(subject).lower()))


def tidy(text: str) -> str:
    """Bring a subject to one line, without marks in the margin."""
    lines = [_MARGIN.sub("", line) for line in text[: SUBJECT_CHARACTERS * 4].split("\n")]
    return " ".join(" ".join(lines).split())[:SUBJECT_CHARACTERS].strip()


def without_debris(subject: str) -> str:
    """Return a subject without what OCR left of a black box over all of it but ``RE:``."""
    own = core(subject)
    if len(own) > 8 or not _DEBRIS.fullmatch(own) or any(one in own for one in "([{"):
        return subject
    return subject[: len(subject) - len(own)].rstrip()


def without_debris_behind(subject: str, debris: Collection[str]) -> str:
    """Return a subject without the two to four short words at its end that a black box left.

    One alone is taken off only where nothing but ``RE:`` stands before it. ``debris`` are capitals
    that black boxes left in the same document; one word at least is such.
    """
    words = subject.split()
    end = len(words)
    while end > max(0, len(words) - _MOST_DEBRIS) and _may_be_debris(words[end - 1], debris):
        end -= 1
    behind = words[end:]
    least = 1 if end == 1 and is_reply(f"{words[0].rstrip(':')}:") else 2
    if len(behind) < least or not any(_bare(word) in debris for word in behind):
        return subject
    return " ".join(words[:end])


def _may_be_debris(word: str, debris: Collection[str]) -> bool:
    if is_reply(f"{word.rstrip(':')}:"):
        return False
    plain = _bare(word)
    if plain in debris or (len(word) == 1 and word.isupper()):
        return True
    return 1 < len(plain) <= 3 and plain.isalpha() and plain.lower() not in PARTICLES


def _bare(word: str) -> str:
    """Return a word in capitals, without the end of a bracket."""
    return word.strip(")]}>").upper()


def run_on(text: str, recipients: Sequence[Mailbox]) -> int:
    """Return where in the one line ``text`` the body begins, or its length."""
    text = text[: SUBJECT_CHARACTERS * 2]
    ends = [len(text)]
    separator = _SEPARATOR.search(text)
    if separator:
        ends.append(separator.start())
    body = core(text)
    begin = text.find(body) if body else 0
    greeted = _RUN_ON.search(text, begin + 1)
    if greeted:
        ends.append(greeted.start())
    called = _VOCATIVE.search(text, begin + 1)
    if called and not _TITLED.search(text[begin : called.start() + 1]):
        ends.append(called.start() + 1)
    names = {
        word.lower() for box in recipients[:50] for word in re.findall(r"[^\W\d_]{2,}", box.name)
    }
    for named in _NAMED.finditer(text, begin + 1):
        before = text[begin : named.start()]
        if named["name"].lower() in names and not _TITLED.search(before):
            ends.append(named.start())
            break
    return min(ends)


def shared_end(subject: str, quoted: str) -> int | None:
    """Return where ``subject`` should end if it is the quoted message's and body text after it.

    None where it is not, or ends as it should.
    """
    wanted = squeezed(quoted)
    if len(wanted) < _LEAST_SHARED or not squeezed(subject).startswith(wanted):
        return None
    seen = 0
    for place in range(len(subject) - len(core(subject)), len(subject)):
        if seen == len(wanted):
            rest = subject[place:]
            if rest[:1] in tuple(":;,"):
                return None  # the subject itself goes on
            body = re.match(r"[\s.,:;!?)\]\"'”’]*\s(?=[A-Z|])", rest)
            return place if (body and len(rest.split()) > 1) or rest.rstrip()[-1:] == ":" else None
        seen += subject[place].isalnum()
    return None


def missing(subject: str, other: str) -> str:
    """Return what another's subject goes on with, squeezed, where a subject is its beginning.

    Empty where it is not, or is too short to tell; all of it where only ``RE:`` is left.
    """
    own, whole = squeezed(subject), squeezed(other)
    if not whole.startswith(own) or (own and len(own) < _LEAST_SHARED):
        return ""
    rest = whole[len(own) :]
    return rest if own or (is_reply(subject) and len(rest) >= _LEAST_ALONE) else ""

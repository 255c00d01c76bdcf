"""What a subject line says without the marks of replies and forwards, as a key to compare."""

import re
from dataclasses import dataclass

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
# A figure, from the letters before its digits on that OCR puts for digits.
_FIGURE = re.compile(r"[oilsb|]{0,3}\d[^\W_]{0,39}")
_MOST_FIGURES = 2_000
# In a shorter word a letter more, less or otherwise makes another word.
_LEAST_LETTERS = 5
_MOST_WORDS = 60
# What OCR makes of the mark of a reply.
_MARK = re.compile(r"[lo0]?r?[eo0]?[lo0]?|[lo0]?fwd?[lo0]?")
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


def figures_in(text: str) -> frozenset[str]:
    """Return the figures of a text, 2,000 at most, those that OCR confuses with letters the same.

    A figure ends at a point, a comma or a blank, where OCR and line breaks part it too. Codes of
    exemptions, such as ``(b)(6)``, are none.
    """
    text = _REDACTION.sub(" ", text.lower())
    found = zip(_FIGURE.finditer(text), range(_MOST_FIGURES), strict=False)
    figures = (figure[0].translate(_ALIKE) for figure, _ in found if not _is_code(figure[0]))
    return frozenset(figures)


def _is_code(figure: str) -> bool:
    return len(figure) == 2 and figure[0] == "b"


@dataclass(frozen=True, slots=True)
class Title:
    """A subject read to be compared: its key, and its words without marks of replies, folded."""

    key: str
    words: tuple[str, ...]


def read_title(subject: str) -> Title:
    """Read a subject; its first 400 characters."""
    bare = _REDACTION.sub(" ", without_prefixes(subject))
    words = (fold(word) for word in re.split(r"[\W_]+", bare)[:_MOST_WORDS])
    return Title(squeeze(bare), tuple(word for word in words if word))


def same_title(first: Title, second: Title, *, slips: int | None = None, quoted: bool) -> bool:
    """Tell whether two subjects are one, as ``same_subject`` does, and word by word.

    Another figure, or another word, makes another subject; a letter misread, a word broken or a
    subject cut short does not. ``quoted`` tells that one stands in a quotation: there letters that
    OCR puts for marks and for one another may be wrong in short words too.
    """
    if first.key == second.key:
        return True
    shorter, longer = sorted((first, second), key=lambda title: (len(title.key), title.words))
    if len(shorter.key) < (4 if slips else 8):
        return False
    allowed = max(1 + len(shorter.key[:_MOST_COMPARED]) // 20, slips or 0)
    return any(
        (wrong := _wrong_words(shorter.words, words, quoted, cut=is_telling(shorter.key)))
        is not None
        and wrong <= allowed
        for words in (longer.words, _without_mark(longer.words) if quoted else longer.words)
    )


def _without_mark(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out a mark of a reply that has lost its colon."""
    return words[1:] if words and _MARK.fullmatch(words[0]) else words


def _wrong_words(
    words: tuple[str, ...], others: tuple[str, ...], quoted: bool, *, cut: bool
) -> int | None:
    """Count the words that are misread in one of two subjects; None where they are others.

    Where ``cut`` is allowed, the first may end before the other does.
    """
    wrong = place = other = 0
    while place < len(words) and other < len(others):
        word, there = words[place], others[other]
        if (found := _slip(word, there, quoted)) is not None:
            step = 1, 1
        elif (found := _broken(word, others[other : other + 2])) is not None:
            step = 1, 2
        elif (found := _broken(there, words[place : place + 2])) is not None:
            step = 2, 1
        elif cut and place == len(words) - 1 and there.startswith(word) and not _is_figure(there):
            return wrong
        else:
            return None
        wrong += found
        place, other = place + step[0], other + step[1]
    if place < len(words) or (other < len(others) and not cut):
        return None
    return wrong


def _slip(word: str, other: str, quoted: bool) -> int | None:
    """Return 0 for the same word, 1 for the same with a letter misread, None for another."""
    one, two = squeeze(word), squeeze(other)
    if one == two:
        return 0
    digits, others = (list(filter(str.isdigit, text)) for text in (word, other))
    if (digits and others and digits != others) or _is_figure(word) or _is_figure(other):
        return None
    if min(len(one), len(two)) < _LEAST_LETTERS - 1 or not within(one, two, 1):
        return None
    return (
        1 if min(len(one), len(two)) >= _LEAST_LETTERS or (quoted and _by_ocr(one, two)) else None
    )


def _by_ocr(one: str, other: str) -> bool:
    """Tell whether one of two squeezed words has an ``l`` or ``o`` that the other has not."""
    return any(one.count(letter) != other.count(letter) for letter in "lo")


def _broken(word: str, pieces: tuple[str, ...]) -> int | None:
    """Return how many letters are wrong in a word broken in two; None where it is another."""
    joined, whole = squeeze("".join(pieces)), squeeze(word)
    if len(pieces) != 2 or _is_figure(word) or any(map(_is_figure, pieces)):
        return None
    if joined == whole:
        return 0
    lost = len(joined) in {len(whole) - 1, len(whole)} and len(joined) >= _LEAST_LETTERS - 1
    return 1 if lost and within(joined, whole, 1) else None


def _is_figure(word: str) -> bool:
    return 2 * sum(map(str.isdigit, word)) >= len(word)

"""What differs between the copies of one message, so that they can be compared, not repeated."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from recordsearch.query.distance import within
from recordsearch.understand.body_furniture import edge_lines, without_furniture
from recordsearch.understand.letter_furniture import (
    is_page_number,
    is_stamp,
    repeated_lines,
    skeleton,
)

_MOST_WORDS = 2_000
_MOST_CHARACTERS = 40_000
_MOST_DIFFERENCES = 50
_MOST_SHOWN = 300
_LONGEST_WORD = 40
# In a longer word one letter more, less or otherwise is taken for a slip of OCR.
_SHORT_WORD = 4
_QUOTE_MARKS = re.compile(r"(?m)^[ \t]{0,8}(?:[>|][ \t]{0,4}){1,20}")
_WORD = re.compile(r"\S{1,200}")
_MARGIN = re.compile(r"B[1-9],?")
_REDACTION = re.compile(
    r"[\W_]*(?:\(?\s?b\s?\)?\s?\(?\s?\d\s?\)?(?:\s?\(?[A-F]\)?)?|redacted|withheld|[█■▇▆]+|x{4,}"
    r"|exemption\s?\d?)[\W_]*",
    re.IGNORECASE,
)


class DifferenceKind(StrEnum):
    """How a stretch of another copy differs from the first."""

    REPLACED = "replaced"
    MISSING = "missing"
    """Only the first copy has it."""
    ADDED = "added"
    """Only the other copy has it."""
    REDACTED = "redacted"
    """It is withheld in the other copy."""
    DISCLOSED = "disclosed"
    """It is withheld in the first copy."""


class Field(StrEnum):
    """What of a message differs."""

    TEXT = "text"
    SENDER = "sender"
    RECIPIENTS = "recipients"
    SENT = "sent"
    SUBJECT = "subject"
    ATTACHMENTS = "attachments"


@dataclass(frozen=True, slots=True)
class Difference:
    """What reads otherwise: what the first copy has, and what the other one has.

    Texts are on one line, cut after 300 characters; one is empty where a copy has nothing there.
    """

    kind: DifferenceKind
    first: str
    other: str
    field: Field = Field.TEXT


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, 50 differences at most, and how many words differ as OCR's slips do."""

    differences: tuple[Difference, ...]
    slips: int


def differences(texts: Sequence[str]) -> list[tuple[Difference, ...]]:
    """Return, for each text after the first, where it differs from the first, in order."""
    return [compare_texts(texts[0], other).differences for other in texts[1:]]


def without_running_lines(text: str, pages: Sequence[str]) -> str:
    """Leave out markings, page numbers, stamps, and what is repeated at the edges of ``pages``.

    They say where a copy was printed, and make no difference between two copies.
    """
    running, edges = repeated_lines(pages), edge_lines(pages)
    kept = [
        line
        for line in without_furniture(text, pages).split("\n")
        if (bare := line.strip()) not in edges
        or not (is_stamp(bare) or is_page_number(bare) or skeleton(bare) in running)
    ]
    return "\n".join(kept)


def compare_texts(first: str, other: str) -> Comparison:
    """Compare two copies of a text by their words.

    White space, case, punctuation at a word's ends and marks of quotation make no difference; a
    word that is broken, or has one letter wrong, is counted as a slip. The first 2,000 words are
    compared.
    """
    words, other_words = _words(first), _words(other)
    keys, other_keys = [*map(_key, words)], [*map(_key, other_words)]
    start = 0
    for left, right in zip(keys, other_keys, strict=False):
        if left != right:
            break
        start += 1
    matcher = SequenceMatcher(None, keys[start:], other_keys[start:])
    found: list[Difference] = []
    slips = 0
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        changed = slice(start + a, start + b), slice(start + c, start + d)
        if (slipped := _slips(keys[changed[0]], other_keys[changed[1]])) is not None:
            slips += slipped
        elif len(found) < _MOST_DIFFERENCES and not _is_margin(
            words[changed[0]], other_words[changed[1]]
        ):
            found.append(_difference(words[changed[0]], other_words[changed[1]]))
    return Comparison(tuple(found), slips)


def _is_margin(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether only one copy has marks such as ``B6`` there, which stand in a page's margin."""
    return not (words and others) and all(map(_MARGIN.fullmatch, [*words, *others]))


def _words(text: str) -> list[str]:
    text = _QUOTE_MARKS.sub("", text[:_MOST_CHARACTERS])
    return [found[0] for found, _ in zip(_WORD.finditer(text), range(_MOST_WORDS), strict=False)]


def _key(word: str) -> str:
    core = "".join(filter(str.isalnum, word.casefold()))
    return core or word


def _slips(left: Sequence[str], right: Sequence[str]) -> int | None:
    """Count the slips by which two stretches differ; None where they differ by more."""
    joined, other = "".join(left), "".join(right)
    if not any(map(str.isalnum, joined + other)) and not re.search("[█■▇▆]", joined + other):
        return 0
    if joined == other:
        return 1
    if len(left) == len(right):
        return len(left) if all(map(_is_slip, left, right)) else None
    return 1 if len(left) + len(right) <= 4 and left and right and _is_slip(joined, other) else None


def _is_slip(left: str, right: str) -> bool:
    # A figure that differs is another figure.
    if any(map(str.isdigit, left + right)) or max(len(left), len(right)) > _LONGEST_WORD:
        return left == right
    return left == right or (min(len(left), len(right)) > _SHORT_WORD and within(left, right, 1))


def _difference(words: Sequence[str], others: Sequence[str]) -> Difference:
    return difference_between(" ".join(words), " ".join(others), Field.TEXT)


def difference_between(first: str, other: str, field: Field) -> Difference:
    """Return two stretches that differ as a difference, with its kind."""
    first, other = (
        " ".join(text[:_MOST_CHARACTERS].split())[:_MOST_SHOWN] for text in (first, other)
    )
    withheld, withheld_there = _is_redaction(first), _is_redaction(other)
    if withheld_there and not withheld:
        kind = DifferenceKind.REDACTED
    elif withheld and not withheld_there:
        kind = DifferenceKind.DISCLOSED
    elif first and other:
        kind = DifferenceKind.REPLACED
    else:
        kind = DifferenceKind.MISSING if first else DifferenceKind.ADDED
    return Difference(kind, first, other, field)


def _is_redaction(text: str) -> bool:
    return any(True for _ in _marks(text))


def _marks(text: str) -> Iterator[str]:
    """Yield the text if it is nothing but marks that something is withheld."""
    rest = _REDACTION.sub("", text)
    if text and rest != text and not any(map(str.isalnum, rest)):
        yield text

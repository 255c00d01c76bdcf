"""Use the names that a document shows clean to read those that OCR ran together with black boxes.

Where an address is blacked out, OCR leaves a few letters beside the name, and often loses the
separator after it. A name that stands elsewhere in the same document by itself tells where it ends.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recordsearch.contents import Mailbox
from recordsearch.understand.message_debris import (
    Beside,
    bare,
    closes_unit,
    is_debris_behind,
    may_be_debris,
)
from recordsearch.understand.message_names import CLOSERS, WITHHELD, is_suffix

_MOST_NAMES = 10_000
_LEAST_CHARACTERS = 6
_OFTEN = 2
_MOST_WORDS = 20
_WELL_FORMED = re.compile(
    r"[^\W\d_][\w'’.-]{1,30}(?:,? [^\W\d_][\w'’.-]{0,30}){1,4}"
    r"(?: \([\w/&. -]{2,40}\)){0,2}(?: \[[A-Z]\])?"
)
_FIRST = re.compile(r"['\"“]?(?<![\w.@-])(?P<first>[^\W\d_][\w'’.-]{0,30})")
_SEMICOLON = r"[ij](?=\s?['\"“]?[A-Z]|\s?$)"
# A number between a name and its address is the name's: "Room 101 <room101@...".
_NUMBERED = r" \d{1,5} ?[<(\[]?[\w.+-]{1,64}@"
_MOST_ALIKE = 50
"""Names that begin with the same word; a hostile document may have any number."""
_STOPS = re.compile(r"[,;:.'\"“]")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names that a document shows clean; ``part`` sets them off in a recipients' line.

    ``names`` gives each under itself without commas and the like, which OCR confuses; ``forms``
    the pattern of those that begin with the same word, under that word.
    """

    names: Mapping[str, str]
    forms: Mapping[str, re.Pattern[str]]

    def __contains__(self, name: str) -> bool:
        return self.names.get(_without_stops(name)) == name

    def debris(self, texts: Iterable[str]) -> frozenset[str]:
        """Return the words that stand behind two or more known names in recipients' lines.

        Behind a unit that ends a name, any short word; else words in capitals.
        """
        behind: dict[str, set[str]] = {}
        for text in texts:
            for name, _, end in self._find(text):
                for word in text[end : end + 40].partition(";")[0].split()[:2]:
                    if is_debris_behind(word, unit=name[-1] in ")]"):
                        behind.setdefault(word, set()).add(name)
        return frozenset(word for word, names in behind.items() if len(names) >= _OFTEN)

    def part(self, text: str) -> str:
        """Return the text with semicolons around known names, and without debris beside them."""
        parts: list[str] = []
        done = 0
        for name, start, end in self._find(text):
            gap = _mended(text[done:start] + text[start])[:-1] if parts else text[done:start]
            parts.append(_between(gap, name, bool(parts)))
            parts.append(name)
            done = end
        if not parts:
            return text
        parts.append(_after(_mended(text[done:])))
        return "".join(parts)

    def _find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the known names in a text, as they are seen clean, and their places."""
        done = 0
        for word in _FIRST.finditer(text) if self.forms else ():
            form = self.forms.get(word["first"].rstrip("."))
            match = form.match(text, word.start("first")) if form and word.start() >= done else None
            if match:
                done = match.end()
                yield self.names.get(_without_stops(match[0]), match[0]), word.start(), done


def _mended(gap: str) -> str:
    """Return what stands after a name, with the semicolon that OCR took for a letter."""
    misread = re.match(_SEMICOLON, gap)
    return f";{gap[1:]}" if misread else gap


def known_names(mailboxes: Iterable[Mailbox]) -> KnownNames:
    """Return the names among a document's mailboxes that stand there twice, or with an address."""
    counts: Counter[str] = Counter()
    for box in mailboxes:
        counts[box.name] += _OFTEN if box.address else 1
    for shared, count in _shared_ends(counts).items():
        counts[shared] += count
    names: dict[str, list[str]] = {}
    for name, count in counts.most_common(_MOST_NAMES):
        first = _FIRST.match(name)
        if count < _OFTEN or not first or not _is_well_formed(name):
            continue
        alike = names.setdefault(first["first"].rstrip("."), [])
        if len(alike) < _MOST_ALIKE:
            alike.append(name)
    return KnownNames(
        {_without_stops(name): name for alike in names.values() for name in alike},
        {first: _form(alike) for first, alike in names.items()},
    )


def _is_well_formed(name: str) -> bool:
    return len(name) >= _LEAST_CHARACTERS and bool(_WELL_FORMED.fullmatch(name))


def _form(names: list[str]) -> re.Pattern[str]:
    """Return a pattern of names, the longest first, as a name may begin like another."""
    names = sorted(names, key=len, reverse=True)
    choice = "|".join(re.escape(name).replace(r",\ ", "[,;:.] ?", 1) for name in names)
    return re.compile(rf"(?P<name>{choice})(?:(?={_SEMICOLON})|(?![\w@-]|{_NUMBERED}))")


def _without_stops(name: str) -> str:
    return " ".join(_STOPS.sub(" ", name).split())


def _shared_ends(names: Iterable[str]) -> Counter[str]:
    """Count the two to four words with which names begin or end: each has other debris there."""
    ends: Counter[str] = Counter()
    for name in names:
        words = name.split()
        if not 2 < len(words) <= _MOST_WORDS:
            continue
        for length in range(2, min(len(words), 5)):
            for part in (words[:length], words[-length:]):
                if not any(may_be_debris(word) for word in part):
                    ends[" ".join(part)] += 1
    return ends


def _between(gap: str, name: str, follows_known: bool) -> str:
    """Return what stands before a known name, and after the one before it if there is one."""
    left, found, right = gap.partition(";")
    if not found:
        words = gap.split()
        beside = Beside(words)
        if _parts(gap, name) and all(beside.is_debris(word, "," in name) for word in words):
            return f"{WITHHELD}; " if follows_known else ""
        return _before(_after(gap) if follows_known else gap, name)
    middle, last, right = right.rpartition(";")
    left = _after(left) if follows_known else left
    return f"{left};{middle}{last}{_before(right, name)}"


def _parts(gap: str, name: str) -> bool:
    """Tell whether a name begins anew after a gap, not behind the comma of "Last, First"."""
    return "," in name or gap.strip()[-1:] != ","


def _before(text: str, name: str) -> str:
    """Take the debris from the end of what stands before a name, and part it from the name."""
    words = text.split()
    if not words or not _parts(text, name):
        return text
    beside = Beside(words)
    end = len(words)
    while end and beside.is_debris(words[end - 1], "," in name):
        end -= 1
    if end == len(words):
        return text
    return f"{' '.join(words[:end])} {WITHHELD}; " if end else " "


def _after(text: str) -> str:
    """Take the debris from the beginning of what stands after a name, and part it from the rest."""
    left, found, right = text.partition(";")
    words = left.split()
    beside = Beside(words)
    start = 0
    while start < len(words) and (
        beside.is_debris(words[start], False) or closes_unit(words[start])
    ):
        start += 1
    if not any(bare(word) for word in words[:start]):
        return text
    rest = " ".join(words[start:])
    if not rest:
        return f" {WITHHELD}{found}{right}"
    # A unit or a suffix is still the known name's, debris or not before it.
    own = rest[0] in "([" or is_suffix(words[start].strip(CLOSERS))
    return f" {rest}{found}{right}" if own else f" {WITHHELD}; {rest}{found}{right}"

"""Put in the place of prefixes, patterns and misread words the terms that an index has of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from recordsearch.engines.index_fields import CONFIDENCE, EXACT, PARTED, as_stored
from recordsearch.engines.lowering import (
    Alike,
    All,
    Begins,
    Between,
    Either,
    Misread,
    OneOf,
    Plan,
    Sequence,
    Terms,
    Within,
)
from recordsearch.query.lexer import shown

if TYPE_CHECKING:
    from typing import Protocol

    class Vocabulary(Protocol):
        """What is known of an index's terms."""

        def vocabulary(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
            """Yield the terms that begin with ``prefix``, and in how many passages each stands."""

        def frequencies(self, field: str, terms: Iterable[str]) -> dict[str, int]:
            """Return in how many passages each of these terms is; those in none are left out."""

        def knows(self, pattern: Alike) -> bool:
            """Tell whether the engine can look for a pattern itself."""


# A prefix stands for at most this many words of the index, a query's prefixes for at most that
# many together: 10,000 terms take some hundredths of a second to look up.
MOST_EXPANDED = 10_000
MOST_EXPANDED_IN_ALL = 50_000
# Steps that all patterns of a query may take together; see :mod:`recordsearch.query.patterns`.
MOST_STEPS = 3_000_000
# Pages of a release whose Bates numbers a range may name.
MOST_NUMBERS = 200_000
# Variants that a note lists.
_MOST_LISTED = 20
# No page is read with more confidence.
_SURE = 100


class Expanded(NamedTuple):
    """A plan with nothing left to expand, a note for each limit met, and the variants taken."""

    plan: Plan
    notes: tuple[str, ...]
    variants: Mapping[str, tuple[tuple[str, ...], ...]]


def expand(plan: Plan, index: "Vocabulary") -> Expanded:
    """Expand a plan.

    Where there are too many terms, the first in the order of their code points (which is that of
    their UTF-8 bytes) are taken, so every engine takes the same.
    """
    expansion = _Expansion(index)
    made = expansion.of(plan)
    return Expanded(made, tuple(expansion.notes), expansion.variants)


class _Expansion:
    def __init__(self, index: "Vocabulary") -> None:
        self._index = index
        self._left = MOST_EXPANDED_IN_ALL
        self._steps = MOST_STEPS
        self._terms: dict[tuple[str, str], list[str]] = {}
        self.notes: dict[str, None] = {}
        self.variants: dict[str, tuple[tuple[str, ...], ...]] = {}

    def of(self, plan: Plan) -> Plan:
        match plan:
            case Begins(text, fields, weight):
                return OneOf(self._limited(self._known(fields, text), f"{text}*"), fields, weight)
            case Alike():
                return plan if self._index.knows(plan) else self._alike(plan)
            case Misread():
                return self._misread(plan)
            case Between():
                return self._between(plan)
            case Either(plans):
                return Either(tuple(map(self.of, plans)))
            case All(required, excluded, preferred):
                return All(
                    tuple(map(self.of, required)),
                    tuple(map(self.of, excluded)),
                    tuple(map(self.of, preferred)),
                )
        return plan

    def _known(self, fields: Iterable[str], prefix: str) -> set[str]:
        found: set[str] = set()
        for field in fields:
            if (field, prefix) not in self._terms:
                terms = [term for term, _ in self._index.vocabulary(field, prefix)]
                self._terms[field, prefix] = terms
            found.update(self._terms[field, prefix])
        return found

    def _limited(self, found: Iterable[str], written: str) -> tuple[str, ...]:
        texts = sorted(found)
        most = min(MOST_EXPANDED, self._left)
        if len(texts) > most:
            self.notes[
                f"{shown(written)} stands for {len(texts):,} words; only the first {most:,} in "
                "alphabetical order were looked for: give more letters"
            ] = None
            texts = texts[:most]
        self._left -= len(texts)
        return tuple(texts)

    def _alike(self, plan: Alike) -> OneOf:
        from recordsearch.query.patterns import Matcher, PatternTooHardError, beginning

        matches = Matcher(plan.pattern, self._steps)
        start = beginning(plan.pattern)
        found = []
        term = ""
        try:
            for term in sorted(self._known(plan.fields, start)):
                # What was found before it gives up counts.
                found += [term] if matches(term) else []
        except PatternTooHardError:
            self.notes[
                f"{shown(plan.written)} takes too long; only the words up to "
                f"{shown(term)} in alphabetical order were looked at: simplify it"
            ] = None
        self._steps = max(matches.left, 0)
        return OneOf(self._limited(found, plan.written), plan.fields, plan.weight)

    def _between(self, plan: Between) -> OneOf:
        low, high = plan
        same = 0
        while same < len(low) and low[same] == high[same]:
            same += 1
        found = sorted(
            term
            for term, _ in self._index.vocabulary("bates", low[:same])
            # Numbers in normal form are of one length; a shorter one is as it was printed.
            if len(term) == len(low) and low <= term <= high
        )
        if len(found) > MOST_NUMBERS:
            self.notes[
                f"the range holds {len(found):,} Bates numbers; only the first {MOST_NUMBERS:,} "
                "were looked for"
            ] = None
        return OneOf(tuple(found[:MOST_NUMBERS]), ("bates",), 0.0)

    def _misread(self, plan: Misread) -> Plan:
        from recordsearch.query.tolerance import highest_confidence, joined, variants

        word = plan.text
        plans: list[Plan] = [plan.itself]
        taken = []
        found = list(variants(word, self._held))
        for pair in ((plan.before, word), (word, plan.after)):
            if all(pair):
                found += [joint.variant for joint in joined(pair, self._held)]
        for variant in found:
            if variant.words == (word,):
                continue
            taken.append(variant.words)
            read = _read_as(variant.words, variant.weight * plan.weight)
            worst = highest_confidence(variant.weight)
            if worst is not None:
                below = None if worst > _SURE else as_stored(worst) - 1
                read = All((read, Within(CONFIDENCE, as_stored(0), below)))
            plans.append(read)
        self.variants[word] = tuple(taken)
        if taken:
            listed = ", ".join(" ".join(words) for words in taken[:_MOST_LISTED])
            more = f" and {len(taken) - _MOST_LISTED:,} more" if len(taken) > _MOST_LISTED else ""
            self.notes[f"{word}~~ also looked for: {listed}{more}"] = None
        return Either(tuple(plans)) if len(plans) > 1 else plan.itself

    def _held(self, terms: Iterable[str]) -> Mapping[str, int]:
        return self._index.frequencies(EXACT, terms)


def _read_as(words: tuple[str, ...], weight: float) -> Plan:
    fields = ((EXACT, weight), (PARTED, weight))
    if len(words) > 1:
        return Sequence(words, fields)
    return Terms(tuple((field, words[0], one) for field, one in fields))

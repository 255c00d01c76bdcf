r"""Wildcards and regular expressions over single words, matched in linear time.

An expression may have letters and digits, ``.``, ``[abc]``, ``[a-z]``, ``[^a-z]``, ``\d`` (a
digit), ``\w`` (any character), groups, ``|``, ``?``, ``*``, ``+`` and ``{m,n}``. It matches a word
whole, and is folded as words are: ``/CAFÉ/`` is ``/cafe/``.

Both become Glushkov's automaton (V. M. Glushkov, "The abstract theory of automata", 1961), which
has a state for each character of the pattern. The states that are reached at once are the bits of
a number, so no text makes it go back; what each character leads to is remembered.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from recordsearch.query.analysis import streams

MOST_STATES = 150
"""Characters of a pattern, once its repetitions are written out; no word has more than 40."""
DEEPEST_GROUP = 20

MOST_STEPS = 3_000_000
"""Steps of a state to its followers that a matcher may take: some tenths of a second."""

# Remembered steps, each about 200 bytes.
_MOST_REMEMBERED = 50_000

_SPECIAL = set("\\.[]()|?*+{}^$")


class PatternError(ValueError):
    """A pattern that cannot be understood; ``message`` says why, ``mend`` what to do.

    ``at`` is the place in the pattern (characters).
    """

    def __init__(self, message: str, at: int, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.mend = mend


class PatternTooHardError(Exception):
    """Too many steps have been taken with this pattern."""


class Characters(NamedTuple):
    """A set of characters: single ones and ranges; ``negated``, all others."""

    ranges: tuple[tuple[str, str], ...]
    negated: bool = False

    def holds(self, character: str) -> bool:
        """Tell whether a character is in the set."""
        return self.negated != any(low <= character <= high for low, high in self.ranges)


ANY = Characters((), negated=True)


class Joined(NamedTuple):
    """These, one after another."""

    parts: "tuple[Part, ...]"


class OneOfThese(NamedTuple):
    """Any of these."""

    parts: "tuple[Part, ...]"


class Repeated(NamedTuple):
    """A part from ``low`` to ``high`` times; None is no bound."""

    part: "Part"
    low: int
    high: int | None


Part = Characters | Joined | OneOfThese | Repeated


def wildcard(text: str) -> Part:
    """Read a wildcard, of which the letters are folded already."""
    every = Repeated(ANY, 0, None)
    return Joined(
        tuple(
            every if one == "*" else ANY if one == "?" else Characters(((one, one),))
            for one in text
        )
    )


def regex(text: str) -> Part:
    """Read an expression.

    :raises PatternError: it has a fault, something that is not offered, or is too large.
    """
    part = _Reader(text).read()
    states = size(part)
    if states > MOST_STATES:
        raise PatternError(
            f"the expression is too large: {states:,} characters with its repetitions written "
            f"out, at most {MOST_STATES}",
            0,
            "ask for fewer repetitions",
        )
    return part


def size(part: Part) -> int:
    """Count the characters of a pattern, once its repetitions are written out."""
    match part:
        case Characters():
            return 1
        case Repeated(inside, low, high):
            return size(inside) * max(low if high is None else high, 1)
        case Joined(parts) | OneOfThese(parts):
            return sum(map(size, parts))


class _Reader:
    """Reads an expression by recursive descent."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def read(self) -> Part:
        if self._text[:1] == "^":
            self._at = 1
        part = self._alternatives()
        if self._now == ")":
            raise PatternError("a group is closed that was not opened", self._at, "remove )")
        return part

    @property
    def _now(self) -> str:
        return self._text[self._at : self._at + 1]

    def _alternatives(self) -> Part:
        parts = [self._sequence()]
        while self._now == "|":
            self._at += 1
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else OneOfThese(tuple(parts))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._now and self._now not in "|)":
            if self._now == "$" and self._at == len(self._text) - 1:
                self._at += 1  # an expression matches whole words anyway
                break
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else Joined(tuple(parts))

    def _atom(self) -> Part:
        at, character = self._at, self._now
        self._at += 1
        match character:
            case "(":
                return self._group(at)
            case "[":
                return self._class(at)
            case ".":
                return ANY
            case "\\":
                return self._escaped(at)
            case "^" | "$":
                raise PatternError(
                    f"{character} cannot stand inside an expression",
                    at,
                    "an expression matches whole words, so leave it out",
                )
            case "?" | "*" | "+" | "{" | "}" | "]":
                raise PatternError(
                    f"{character} has nothing to stand for", at, f"write \\{character} for the sign"
                )
        return _folded(character)

    def _group(self, at: int) -> Part:
        if self._text[self._at : self._at + 2] == "?:":
            self._at += 2
        elif self._now == "?":
            raise PatternError("groups that begin with (? are not offered", at, "use ( and ) alone")
        self._depth += 1
        if self._depth > DEEPEST_GROUP:
            raise PatternError(
                f"groups are nested too deep, at most {DEEPEST_GROUP} levels", at, "use fewer"
            )
        inside = self._alternatives()
        if self._now != ")":
            raise PatternError("a group is not closed", at, "close it with )")
        self._at += 1
        self._depth -= 1
        return inside

    def _escaped(self, at: int) -> Part:
        character = self._now
        self._at += 1
        if character == "d":
            return Characters((("0", "9"),))
        if character == "D":
            return Characters((("0", "9"),), negated=True)
        if character == "w":
            return ANY
        if not character or character.isalnum():
            raise PatternError(
                f"\\{character} is not offered", at, "use letters, . [a-z] \\d ( ) | ? * + {m,n}"
            )
        return _folded(character)

    def _class(self, at: int) -> Part:
        negated = self._now == "^"
        self._at += negated
        ranges: list[tuple[str, str]] = []
        first = True
        while self._now != "]" or first:
            first = False
            low = self._class_member(at)
            if isinstance(low, Characters):
                ranges.extend(low.ranges)
            elif self._now == "-" and self._text[self._at + 1 : self._at + 2] not in ("]", ""):
                self._at += 1
                high = self._class_member(at)
                if isinstance(high, Characters) or len(low) != 1 or not low <= high:
                    raise PatternError("a range in [ ] runs backwards", at, "write [a-z]")
                ranges.append((low, high))
            else:
                ranges.extend((one, one) for one in low)
        self._at += 1
        return Characters(tuple(ranges), negated)

    def _class_member(self, at: int) -> str | Characters:
        r"""Read a character of a class, folded (it may become several), or ``\d``."""
        character = self._now
        self._at += 1
        if not character:
            raise PatternError("[ is not closed", at, "close it with ]")
        if character == "\\":
            inside = self._escaped(self._at - 1)
            if isinstance(inside, Characters) and not inside.negated:
                return inside
            raise PatternError("this cannot stand in [ ]", at, "use letters, digits and \\d")
        return _fold(character)

    def _repeated(self, part: Part) -> Part:
        repeated = False
        while self._now and self._now in "?*+{":
            at, sign = self._at, self._now
            self._at += 1
            if repeated and sign == "?":
                continue  # to take as little as can be: of a whole word it is the same
            if repeated:
                raise PatternError("a repetition is repeated", at, "put it into a group: (a+){2}")
            low, high = (
                {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
                if sign != "{"
                else self._bounds(at)
            )
            part, repeated = Repeated(part, low, high), True
        return part

    def _bounds(self, at: int) -> tuple[int, int | None]:
        end = self._text.find("}", self._at)
        first, comma, last = self._text[self._at : max(end, self._at)].partition(",")
        if end < 0 or not all(
            one.isascii() and one.isdigit() and len(one) < 4
            for one in ((first, last) if last else (first,))
        ):
            raise PatternError("{ needs a number", at, "write {2}, {2,} or {2,5}")
        self._at = end + 1
        low = int(first)
        high = (int(last) if last else None) if comma else low
        if high is not None and (high < low or high == 0):
            raise PatternError("a repetition runs backwards", at, "write {2,5}")
        return low, high


def _fold(character: str) -> str:
    return streams(character).exact.replace(" ", "") or character


def _folded(character: str) -> Part:
    """Make the characters that a typed one becomes in every word."""
    folded = _fold(character)
    parts = tuple(Characters(((one, one),)) for one in folded)
    return parts[0] if len(parts) == 1 else Joined(parts)


def matcher(text: str, is_regex: bool) -> Callable[[str], bool]:
    """Return what tells of a word whether a pattern matches it.

    Where that takes too long, no word more is matched.
    """
    matches = Matcher(regex(text) if is_regex else wildcard(text))

    def matched(word: str) -> bool:
        try:
            return matches(word)
        except PatternTooHardError:
            return False

    return matched


def beginning(part: Part) -> str:
    """Return the letters that every word that matches begins with."""
    found = []
    for one in part.parts if isinstance(part, Joined) else (part,):
        if not isinstance(one, Characters) or one.negated or len(one.ranges) != 1:
            break
        if one.ranges[0][0] != one.ranges[0][1]:
            break
        found.append(one.ranges[0][0])
    return "".join(found)


def as_rust(part: Part, never: str) -> str:
    """Write a pattern in the syntax of Rust's ``regex``; ``never`` is in no word that matches.

    :raises ValueError: the pattern asks for it.
    """
    match part:
        case Characters(ranges, negated):
            if not negated and part.holds(never):
                raise ValueError(never)
            inside = "".join(
                _quoted(low) if low == high else f"{_quoted(low)}-{_quoted(high)}"
                for low, high in ranges
            )
            if negated:
                return f"[^{inside}{_quoted(never)}]"
            return f"[{inside}]" if len(ranges) != 1 or ranges[0][0] != ranges[0][1] else inside
        case Joined(parts):
            return "".join(as_rust(one, never) for one in parts)
        case OneOfThese(parts):
            return f"(?:{'|'.join(as_rust(one, never) for one in parts)})"
        case Repeated(inside_part, low, high):
            sign = {(0, 1): "?", (0, None): "*", (1, None): "+"}.get((low, high))
            sign = sign or f"{{{low},{'' if high is None else high}}}"
            return f"(?:{as_rust(inside_part, never)}){sign}"


def _quoted(character: str) -> str:
    return character if character.isalnum() else f"\\x{{{ord(character):x}}}"


class _Ends(NamedTuple):
    """States that a part may begin and end in, and whether it may be empty."""

    first: int
    last: int
    empty: bool


class Matcher:
    """Tells which words a pattern matches whole; remembers the steps it has taken.

    ``left`` is how many new ones it may still take.
    """

    def __init__(self, part: Part, steps: int = MOST_STEPS) -> None:
        self._of: list[Characters] = []
        self._after: list[int] = []
        ends = self._build(part)
        self._first, self._last, self._empty = ends
        self._steps: dict[tuple[int, str], int] = {}
        self._accepting: dict[str, int] = {}
        self.left = steps

    def _build(self, part: Part) -> _Ends:
        match part:
            case Characters():
                state = 1 << len(self._of)
                self._of.append(part)
                self._after.append(0)
                return _Ends(state, state, empty=False)
            case OneOfThese(parts):
                sides = [self._build(one) for one in parts]
                first = last = 0
                for side in sides:
                    first |= side.first
                    last |= side.last
                return _Ends(first, last, any(side.empty for side in sides))
            case Joined(parts):
                return self._join(self._build(one) for one in parts)
            case Repeated(inside, low, high):
                return self._repeat(inside, low, high)

    def _join(self, parts: Iterable[_Ends]) -> _Ends:
        first, last, empty = 0, 0, True
        for part in parts:
            self._link(last, part.first)
            first |= part.first if empty else 0
            last = part.last | (last if part.empty else 0)
            empty = empty and part.empty
        return _Ends(first, last, empty)

    def _repeat(self, inside: Part, low: int, high: int | None) -> _Ends:
        copies = []
        for number in range(max(low, 1) if high is None else high):
            made = self._build(inside)
            if high is None and number >= low - 1:
                self._link(made.last, made.first)
            copies.append(made._replace(empty=made.empty or number >= low))
        return self._join(copies)

    def _link(self, before: int, after: int) -> None:
        for state in _bits(before):
            self._after[state] |= after

    def __call__(self, word: str) -> bool:
        """Tell whether the pattern matches ``word``.

        :raises PatternTooHardError: this matcher has worked too long.
        """
        if not word:
            return self._empty
        # No number of states is negative: -1 stands for the beginning.
        at = -1
        steps = self._steps
        for character in word:
            following = steps.get((at, character))
            if following is None:
                following = self._step(at, character)
            if not following:
                return False
            at = following
        return bool(at & self._last)

    def _step(self, at: int, character: str) -> int:
        following = self._first
        if at >= 0:
            following = 0
            for state in _bits(at):
                following |= self._after[state]
        accepting = self._accepting.get(character)
        if accepting is None:
            accepting = sum(1 << n for n, one in enumerate(self._of) if one.holds(character))
            self._accepting[character] = accepting
            self.left -= len(self._of)
        following &= accepting
        self.left -= max(at, 1).bit_count() + 1
        if self.left < 0:
            raise PatternTooHardError
        if len(self._steps) >= _MOST_REMEMBERED:
            self._steps.clear()
        self._steps[at, character] = following
        return following


def _bits(number: int) -> list[int]:
    found = []
    while number:
        lowest = number & -number
        found.append(lowest.bit_length() - 1)
        number ^= lowest
    return found

"""Find citations of statutes and regulations, of the United States and of its states."""

import re
from collections.abc import Iterator

from recordsearch.understand.value_shapes import Found, fold_same_length
from recordsearch.understand.value_statute_forms import (
    CODE_NAMES,
    LAW_NAMES,
    OF_THE_CODE,
    SHORT,
    STATE_NAMES,
    SUBS,
    TRIED,
)

# "5 U.S.C. § 552(b)(6), (b)(7)(C)": the further places are of the same section.
_FURTHER = re.compile(rf"\s?(?:, ?and|[,;&]|and)\s?(?P<subs>{SUBS})")
_MOST_FURTHER = 20
_SUB = re.compile(r"\(\w+\)")
# How far from its word a citation begins and ends: names of states and codes, then the place.
_BEFORE, _AFTER = 56, 96
# What may stand between the end of a law's name and the number: "ann., sections".
_NUMBER_AFTER = re.compile(r"[a-z.]{2,8}[a-z.,§$' \n]{0,20}\d")


def find_statutes(text: str) -> Iterator[Found]:
    """Yield citations in one spelling: ``5 U.S.C. 552(b)(6)``, ``Cal. Gov. Code 6254(f)``.

    A state that is not named is not added: ``Gov. Code 6254`` stays so.
    """
    folded = fold_same_length(text)
    for words, near, pattern in TRIED:
        for start, end in _around(folded, words, near):
            for match in pattern.finditer(text, start, end):
                yield from _cited(text, match)


def _around(folded: str, words: tuple[str, ...], near: str) -> list[tuple[int, int]]:
    """Return the stretches around the words where a citation may stand, merged, in order."""
    places: list[int] = []
    for word in words:
        place = folded.find(word)
        while place >= 0:
            if near:
                fits = folded.find(near, max(0, place - _BEFORE), place) >= 0
            else:
                fits = bool(_NUMBER_AFTER.match(folded, place))
            if fits:
                places.append(place)
            place = folded.find(word, place + len(word))
    stretches: list[tuple[int, int]] = []
    for place in sorted(places):
        start, end = max(0, place - _BEFORE), place + _AFTER
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def _cited(text: str, match: re.Match[str]) -> Iterator[Found]:
    groups = match.groupdict()
    number = groups.get("number")
    if number:
        yield Found(match.start(), match.end(), f"Pub. L. {number.replace('–', '-')}")
        return
    base = f"{_name(groups)} {match['section'].replace('–', '-')}"
    subs = (match["subs"] or "").replace(" ", "")
    yield Found(match.start(), match.end(), base + subs)
    if subs and match.re is not OF_THE_CODE:
        yield from _further(text, match.end(), base, subs)


def _further(text: str, end: int, base: str, first: str) -> Iterator[Found]:
    levels = _SUB.findall(first)
    for _ in range(_MOST_FURTHER):
        match = _FURTHER.match(text, end)
        if not match:
            return
        subs = match["subs"].replace(" ", "")
        if subs[1].isdigit() != levels[0][1].isdigit():
            # "(b)(6) and (7)(C)": the first level is said once.
            subs = levels[0] + subs
        end = match.end()
        yield Found(match.start("subs"), end, base + subs)


def _name(groups: dict[str, str | None]) -> str:
    """Return the law's name in one spelling, from the groups of the pattern that matched."""
    if groups.get("code"):
        return f"{groups['title']} U.S.C."
    if groups.get("rules"):
        return f"{groups['title']} C.F.R."
    if groups.get("chapter"):
        return f"Mass. Gen. Laws ch. {groups['chapter']},"
    short = groups.get("short")
    if short:
        letters = short.replace(".", "").split(" ")[0].upper()
        if groups.get("title"):
            names = {"ILCS": "ILCS", "VSA": "V.S.A.", "PS": "P.S."}
            return f"{groups['title']} {names.get(letters, 'Pa. C.S.')}"
        return SHORT[letters]
    state = _state(groups.get("state") or "")
    law = groups["law"] or ""
    name = CODE_NAMES.get(law[:3].lower())
    law = f"{name} Code" if name and law != "Code" and "Off" not in law else _law(law)
    return f"{state} {law}".lstrip()


def _state(written: str) -> str:
    bare = written.replace(" ", "").rstrip(".")
    if written.lower() in STATE_NAMES:
        return STATE_NAMES[written.lower()]
    if not bare or bare in {"Alaska", "Idaho", "Iowa", "Ohio", "Utah"}:
        return bare
    return "W. Va." if bare == "W.Va" else f"{bare}."


def _law(written: str) -> str:
    for word, short in LAW_NAMES:
        written = written.replace(word, short)
    return written

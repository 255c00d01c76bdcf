"""Decides which entries are people and which groups, by headings and the rest of the list."""

import re
from collections.abc import Sequence
from dataclasses import replace

from recordsearch.understand.signator_entries import Entry
from recordsearch.understand.signator_names import Kind, kind_of, without_credentials
from recordsearch.understand.signator_parse import (
    Signed,
    is_by,
    is_signed,
    is_typed_below,
    parse_lines,
    parse_text,
)

_LONGEST = 200
_LETTERS = re.compile(r"[^\W\d_]{3}|[A-Z]{2}\b(?! [^ ]{1,2}$)|[^\W\d_a-zA-Z]")
"""A name has a word of three letters, or is short initials; what OCR makes of a signature is not
even that. In other scripts one letter may be a word."""


_Read = tuple[Signed, Entry]


def signed_by(entries: Sequence[Entry]) -> list[tuple[Signed, int]]:
    """Read the entries, and settle what may be a person or a group by heading and by the rest."""
    read = [
        (signed, entry)
        for entry in entries
        for signed in parse_lines(entry.lines)
        if len(signed.name) <= _LONGEST and _LETTERS.search(signed.name)
    ]
    read = _with_titles(_without_proxies(read))
    read = [
        pair for at, pair in enumerate(read) if not _is_signature_of(pair, read[at + 1 : at + 2])
    ]
    groups = sum(signed.is_group and signed.sure for signed, _ in read)
    people = sum(not signed.is_group and signed.sure for signed, _ in read)
    roles = sum(bool(signed.title or signed.organisation) for signed, _ in read)
    out = []
    for signed, entry in read:
        if not signed.sure:
            signed = _settle(signed, entry, (groups, people, roles, len(read)))
        elif entry.heading is Kind.PERSON and signed.is_group and len(entry.lines) == 1:
            signed = _as_person(signed, entry)
        out.append((signed, entry.page))
    return _once(out)


def _without_proxies(read: Sequence[_Read]) -> list[_Read]:
    """Leave out who signed "By:" for a person named above: the letter is that person's.

    Below a group, the one who signs for it stays.
    """
    out: list[_Read] = []
    for signed, entry in read:
        above = out[-1] if out else None
        if (
            above is not None
            and is_by(entry.lines[0])
            and above[1].page == entry.page
            and not above[0].is_group
            and (above[0].title or above[0].sure)
        ):
            continue
        out.append((signed, entry))
    return out


def _with_titles(read: Sequence[_Read]) -> list[_Read]:
    """Give titles that stand by themselves to the person above; they are no signatories."""
    out: list[_Read] = []
    for signed, entry in read:
        alone = len(entry.lines) == 1 and kind_of(signed.name) is Kind.TITLE
        above = out[-1] if out else None
        if not alone or above is None or above[1].page != entry.page or above[0].organisation:
            out.append((signed, entry))
        elif not above[0].is_group or not above[0].sure:
            if not above[0].title:
                whole = parse_text(f"{above[0].name}, {signed.name}", person_first=True)
                out[-1] = (whole, above[1])
        else:
            out.append((signed, entry))
    return out


def _is_signature_of(pair: tuple[Signed, Entry], following: Sequence[tuple[Signed, Entry]]) -> bool:
    """Tell whether an entry is but the signature of the person typed in the next entry."""
    signed, entry = pair
    return (
        bool(following)
        and not (signed.title or signed.organisation)
        and is_typed_below((entry.lines[0], following[0][0].name))
        and is_signed(entry.lines[0])
    )


def _once(signers: Sequence[tuple[Signed, int]]) -> list[tuple[Signed, int]]:
    """List those once who stand there twice: under a signature and typed, or in a list again.

    One name with two different titles or groups may be two people, and stays.
    """
    out: list[tuple[Signed, int]] = []
    places: dict[tuple[str, bool], int] = {}
    for signed, page in signers:
        key = (without_credentials(signed.name).lower(), signed.is_group)
        at = places.get(key)
        if at is None:
            places[key] = len(out)
            out.append((signed, page))
            continue
        before = out[at][0]
        if not (before.title or before.organisation):
            out[at] = (signed, page)
        elif (signed.title or signed.organisation) and signed != before:
            out.append((signed, page))
    return out


def _settle(signed: Signed, entry: Entry, counts: tuple[int, int, int, int]) -> Signed:
    """Decide by the heading, else by what most of the others are."""
    groups, people, roles, count = counts
    if entry.heading is Kind.GROUP:
        person = False
    elif entry.heading is Kind.PERSON:
        person = True
    elif signed.organisation:
        person = 2 * roles >= count or len(entry.lines) > 1
    else:
        person = people > groups or (people == groups and count <= 3)
    if person:
        return replace(signed, is_group=False, sure=True)
    if signed.organisation:
        return Signed(
            ", ".join(filter(None, (signed.name, signed.title, signed.organisation))), is_group=True
        )
    return replace(signed, is_group=True, sure=True)


def _as_person(signed: Signed, entry: Entry) -> Signed:
    """Read an entry under a heading of people again; a group by its words stays a group."""
    parts = signed.name.split(",")
    if len(parts) < 2 or not 2 <= len(parts[0].split()) <= 4 or kind_of(parts[0]) is Kind.GROUP:
        return signed
    return parse_text(signed.name, person_first=True)

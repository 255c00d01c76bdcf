"""Read whom a header names: display names and addresses, apart.

Printed headers are not the headers of RFC 5322: the separator is a semicolon or a comma, names are
``Last, First (UNIT)``, addresses are missing or blacked out, and where a black box stood, OCR
leaves a few letters and signs that mean nothing. What is blacked out is absent.
"""

import re

from recordsearch.contents import Mailbox
from recordsearch.mime.names import is_nobody
from recordsearch.understand.message_known import KnownNames
from recordsearch.understand.message_names import (
    AFTER_NAME,
    CLOSERS,
    LAST_NAME,
    PARTICLES,
    WITHHELD,
    clean_name,
    is_suffix,
)

MOST_MAILBOXES = 1_000
_CHARACTERS = 20_000

_REDACTED = re.compile(
    r"\[?\(?\s?[({\[][bB]\)\s?[({\[]?\d{1,2}[)}\]]+(?:\s?\(?[A-Fa-f]\))?(?:\s?[-,;/]?\s?"
    r"[({\[][bB]\)\s?\(?\d{1,2}\)(?:\s?\([A-Fa-f]\))?){0,4}\]?"
    r"|\[?\(?\b(?i:redacted(?:\s(?:name|address|e-?mail))?|redaction|withheld)\b\)?\]?"
    r"|[█■▇▆▓▒░]{1,60}|(?<!\w)[Xx]{4,60}(?!\w)"
    r"|\bGov(?:ernment|\.)?\sCode\s(?:§\s?)?\d{3,5}(?:[./]?\(\w\)){0,3}"
)
"""What stands where something is withheld: a FOIA exemption, the word, a black box, X's."""
_MARGIN = re.compile(r"(?:\s{2,}|^)\(?[Bb]\d(?:\)?\([A-F]\))?(?:[,;&\s]{1,3}[Bb]\d){0,4}\s*$")

# A gap in a line of a text layer that keeps the print's columns: a name under a black box.
_GAP = re.compile(r"(?<=\S) {4,}(?=\S)")

_LOCAL = r"[A-Za-z0-9_](?:[\w.+%&=/'~#-]{0,62}[\w+=-])?"
_DOMAIN = r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}\.[A-Za-z][A-Za-z0-9-]{1,22}"
_ADDRESS = re.compile(
    rf"(?<![\w.+%&=~#-])(?:<\s?)?(?:(?:mailto|SMTP)\s?:\s?)?(?P<address>{_LOCAL}@{_DOMAIN})"
)
_BROKEN_ADDRESS = re.compile(
    rf"(?P<local><\s?{_LOCAL})(?:\s?[@©®]\s?)(?P<domain>[\w-]{{1,63}}(?:\s?\.\s?[\w-]{{1,63}}){{1,6}})"
)
_COMMA_IN_DOMAIN = re.compile(r"(@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}),(?=[A-Za-z]{2,4}\s?>)")
_BROKEN_AT = re.compile(rf"(?<=[A-Za-z0-9])[©®](?={_DOMAIN})")

_UNIT_MARK = re.compile(
    r"(?:\[\s?(?P<letter>[A-Za-z])\s?[\]JI1l|)}]?|\(?[({]\s?(?P<other>[A-Z])\s?\])"
    r"(?=[\s;,>).'\]]|[ij:#!]{1,2}['\"]?[A-Z]|$)"
)
_LOST_BRACKET = re.compile(r"(?<=[a-z.] )(?=[A-Z0-9]{2,8}(?:/[A-Z0-9]{1,8}){1,4}\))")
# A semicolon between two names that OCR took for a letter or another sign.
_MISREAD_SEMICOLON = re.compile(
    r"(?<=[\])>\"'])\s?[ij:!#}?]{1,2}-?\s?"
    r"(?=['\"“]?(?:[A-Z][\w'’ -]{1,40}[,<(\[;]|[A-Z][A-Za-z]{1,20} [A-Z]))"
    r"|(?<=[a-z.]{2})[ij](?=[A-Z][a-z'’-]{2,20},\s[A-Z])"
)
_SENDER_COMMA = re.compile(r"([A-Z][\w'’-]{1,30});\s?(?=[A-Z][a-z])")
_BEHALF = re.compile(
    r"\s?\(?\b(?:on\s?behalf\s?of|im\s?Auftrag\s?von|au\s?nom\s?de|en\s?nombre\s?de)\b\s?",
    re.IGNORECASE,
)
_NEW_PERSON = re.compile(
    rf"(?<![\w'])(?:{LAST_NAME}(?:\s[A-Z][\w'’-]{{1,30}})?,\s?[A-Z][a-z]"
    r"|(?<=[,>]\s)[A-Z][a-z]{2,20}\s[A-Z][a-z]{2,30}(?=\s?[,<\x00\"“]|\s?$))"
)
_ANYONE = re.compile(r"(?<!\w)(?:'\w|[A-Z][\w'’.-]{1,30},?\s[A-Z])")
_COMMA = re.compile(r",(?![^(),]{0,60}\))")
_SEPARATOR_LOST = re.compile(rf"{AFTER_NAME.pattern}|\x00|>|(?<=\w)[\"”](?=[\s,;])")


def parse_mailboxes(text: str, known: KnownNames | None = None) -> tuple[Mailbox, ...]:
    """Return the mailboxes that a recipients' line names, in order, at most 1,000.

    A name without an address is there once. What is withheld, and what OCR made of it, is left
    out, and so are "undisclosed recipients". ``known`` are the names that the document shows
    elsewhere, which tell a name from what OCR ran together with it.
    """
    text = _prepare(text)
    if known:
        text = known.part(text)
    boxes: list[Mailbox] = []
    chunks = [chunk for chunk in text.split(";") if chunk.strip(" ,.'\"")]
    for chunk in chunks:
        if len(boxes) >= MOST_MAILBOXES:
            break
        behalf = _BEHALF.search(chunk)
        if behalf:
            joined = _on_behalf(chunk[: behalf.start()], chunk[behalf.end() :])
            boxes.extend([joined] if joined else [])
            continue
        boxes.extend(_parse_chunk(chunk, several=len(chunks) > 1))
    named = [box for box in boxes if box.address or not is_nobody(box.name)]
    return tuple(_each_name_once(named))[:MOST_MAILBOXES]


def _each_name_once(boxes: list[Mailbox]) -> list[Mailbox]:
    """Leave out a name that is there again: addresses that told the two apart are withheld."""
    seen: set[str] = set()
    kept = []
    for box in boxes:
        if not box.address and box.name in seen:
            continue
        if not box.address:
            seen.add(box.name)
        kept.append(box)
    return kept


def parse_mailbox(text: str) -> Mailbox | None:
    """Return the one mailbox that a sender's line names, or None where it names nobody.

    Commas part nothing. ``A on behalf of B`` stays together as the name.
    """
    text = _prepare(text)
    comma = _SENDER_COMMA.match(text)
    if comma:
        text = f"{comma[1]}, {text[comma.end() :]}"
    behalf = _BEHALF.search(text)
    if behalf:
        return _on_behalf(text[: behalf.start()], text[behalf.end() :])
    return _one(text)


def _prepare(text: str) -> str:
    """Bring a header's value to one line, with redactions marked and broken signs mended."""
    lines = [
        _GAP.sub(" \x00 ", _MARGIN.sub(" \x00 ", line))
        for line in text[:_CHARACTERS].strip().split("\n")
    ]
    text = " ".join(" ".join(lines).replace("\x00", " \x00 ").split())
    text = _REDACTED.sub(" \x00 ", text)
    text = text.replace("\u2019", "'").replace("\u2018", "'")
    text = _BROKEN_ADDRESS.sub(
        lambda match: match["local"].replace(" ", "") + "@" + match["domain"].replace(" ", ""),
        text,
    )
    text = _BROKEN_AT.sub("@", text)
    if "@" in text:
        text = _COMMA_IN_DOMAIN.sub(r"\1.", text)
    if ")" in text:
        text = _LOST_BRACKET.sub("(", text)
    text = _UNIT_MARK.sub(lambda match: f"[{(match['letter'] or match['other']).upper()}]", text)
    return _MISREAD_SEMICOLON.sub("; ", text)


def _on_behalf(left: str, right: str) -> Mailbox | None:
    by, whose = _one(left), _one(right)
    if by is None or whose is None:
        return by or whose
    return Mailbox(
        f"{by.name or by.address} on behalf of {whose.name or whose.address}",
        by.address or whose.address,
    )


def _one(text: str) -> Mailbox | None:
    text = text.split(";")[0] if text.strip(" ;") else ""
    found = _ADDRESS.search(text)
    before = text[: found.start()] if found else text
    return _named(_pieces(before)[0], found["address"] if found else "")


def _named(text: str, address: str) -> Mailbox | None:
    name = clean_name(text, addressed=bool(address))
    if name.lower() == address.lower():
        name = ""
    return Mailbox(name, address) if name or address else None


def _parse_chunk(chunk: str, *, several: bool) -> list[Mailbox]:
    """Read what stands between two semicolons: mostly one mailbox, sometimes many."""
    boxes: list[Mailbox] = []
    start = 0
    for found in _ADDRESS.finditer(chunk):
        names = _split_names(chunk[start : found.start()], several, addressed=True)
        boxes.extend(Mailbox(name, "") for name in names[:-1])
        name = names[-1] if names else ""
        address = found["address"]
        previous = boxes[-1] if boxes else None
        if not name and previous and previous.address.lower() == address.lower():
            start = found.end()
            continue
        boxes.append(Mailbox("" if name.lower() == address.lower() else name, address))
        start = found.end()
    rest = chunk[start:].lstrip(CLOSERS) if start else chunk
    boxes.extend(Mailbox(name, "") for name in _split_names(rest, several))
    return boxes


def _split_names(text: str, several: bool, *, addressed: bool = False) -> list[str]:
    """Return the cleaned names in a text without addresses; ``addressed`` tells that one follows.

    The address is the last name's.
    """
    names: list[str] = []
    pieces = _pieces(text)
    for number, piece in enumerate(pieces, 1):
        parts = _glue_suffixes(
            [part for part in _COMMA.split(piece) if part.strip(CLOSERS + "'\"")]
        )
        paired = _pair(parts, several)
        last = len(paired) if addressed and number == len(pieces) else 0
        names.extend(
            clean_name(name, addressed=place == last) for place, name in enumerate(paired, 1)
        )
    return [name for name in names if name]


def _pieces(text: str) -> list[str]:
    """Part people where the separator was lost: after a unit's mark, or what was withheld."""
    pieces: list[str] = []
    start = 0
    for mark in _SEPARATOR_LOST.finditer(text):
        if mark.start() < start or len(pieces) >= MOST_MAILBOXES:
            continue
        form = _ANYONE if mark[0] == WITHHELD else _NEW_PERSON
        # What stands between is at most the rest of a black box.
        person = form.search(text, mark.end(), mark.end() + 80)
        if person and text[start : mark.start()].strip(CLOSERS):
            pieces.append(text[start : person.start()])
            start = person.start()
    pieces.append(text[start:])
    return pieces


def _glue_suffixes(parts: list[str]) -> list[str]:
    """Put ``MD`` and ``Jr.`` back to the name before them."""
    glued: list[str] = []
    for part in parts:
        if glued and is_suffix(part.strip()):
            glued[-1] += "," + part
        else:
            glued.append(part)
    return glued


def _pair(parts: list[str], several: bool) -> list[str]:
    """Join ``Last, First`` again, and leave ``First Last, First Last`` apart."""
    if len(parts) == 2 and (several or not all(_is_full(part) for part in parts)):
        return [",".join(parts)]
    if parts and all(_is_full(part) for part in parts):
        return parts
    names = []
    index = 0
    while index < len(parts):
        surname = not _is_full(parts[index]) or parts[index].split()[0].lower() in PARTICLES
        if index + 1 < len(parts) and (surname or len(parts) % 2 == 0):
            names.append(parts[index] + "," + parts[index + 1])
            index += 2
        else:
            names.append(parts[index])
            index += 1
    return names


def _is_full(part: str) -> bool:
    """Tell whether a part between commas is a full name, rather than a last or a first name."""
    words = [word for word in part.split() if word[0].isalpha() and word[0].isupper()]
    if part.split() and part.split()[0].lower() in PARTICLES:
        return False
    return len([word for word in words if len(word.strip(".")) > 1]) >= 2

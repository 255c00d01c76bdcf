"""The head of a letter: date, addressee, subject line and salutation, from its lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.understand.letter_dates import find_date
from recordsearch.understand.letter_lines import HEADER_FIELD, OPEN_LETTER, Line

_SUBJECT = re.compile(
    r"\W{0,3}(?:re|r[ef]|subject|subj|regarding|in re|rc)[ \t]*[:;.][ \t_]*(?P<text>.*)$",
    re.IGNORECASE,
)
_DELIVERY = re.compile(
    r"[(\[*]?(?:(?:sent |delivered |transmitted |submitted )?(?:by|via)\b|hand[- ]deliver"
    r"|certified mail"
    r"|return receipt|first[- ]class|u\.?s\.? mail|e-?mail(?:ed)?:?\b|facsimile|fax\b"
    r"|overnight|sent to:|confidential\b|personal\b"
    r"|privileged\b|submitted (?:electronically|online)|electronically|original by)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"@|\bwww\.|https?:|\.(?:com|org|gov|net|edu|example)\b|\b(?:tel|phone|fax|telephone"
    r"|direct|mobile|office)\b\W*[(\d]"
    r"|\(\d{3}\) ?\d{3}[-. ]\d{4}|\b\d{3}[-.]\d{3}[-.]\d{4}\b|\b\d{3}[-.]\d{4}\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:tele)?(?:phone|fax|copier)\W{0,3}$|tel\.?\W{0,3}$|e-?mail\W{0,3}$", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"(?:(?:to|attn|attention|c/o)\b[:.]?|the hon|hon\.|honorable|mr\.?|mrs\.?|ms\.?|dr\.?"
    r"|prof|members? of|mayor|"
    r"council|president|chair|chief|commission|secretary|senator|representative|governor|attorney|"
    r"director|city council|city of|county of|board of|office of|department of|united states"
    r"|office)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\d{1,6} [A-Z]|P\.? ?O\.? Box|.{2,60}\b\d{5}(?:-\d{4})?$|.{2,40}, [A-Z]{2}\b|(?:Room"
    r"|Suite|Floor)\b"
    r"|.{2,50}\b(?:Street|Avenue|Plaza|Road|Square|Blvd|Boulevard|Lane|Drive|Hall)\b"
)
_PAGE_MARK = re.compile(
    r"\W*(?:page\W{0,3})?\d{1,4}(?:\W{0,3}(?:of|/)\W{0,3}\d{1,4})?\W*$", re.IGNORECASE
)
_ADDRESS_LINES = 60
_SUBJECT_LINES = 6
_DATE_LINE_WORDS = 9
_DATE_MORE = 12
_PROSE_WORDS = 10


@dataclass(frozen=True, slots=True)
class Head:
    """What a letter's head says; what it does not say is empty."""

    date: str = ""
    date_as_written: str = ""
    addressee: str = ""
    subject: str = ""


def date_line(text: str) -> tuple[str, str] | None:
    """Return the date of a line that is a date and little else."""
    if len(text) > 100 or len(text.split()) > _DATE_LINE_WORDS:
        return None
    return find_date(text)


def read_head(lines: Sequence[Line]) -> Head:
    """Read the lines above the salutation, the letterhead's first."""
    subject, of_subject = _subject(lines)
    kept = [
        (number, line)
        for number, line in enumerate(lines)
        if number not in of_subject and not _PAGE_MARK.match(line.text)
    ]
    rest = [line for _, line in kept]
    found = [(number, date) for number, line in enumerate(rest) if (date := date_line(line.text))]
    iso = written = ""
    if found:
        # A lone date is the letter's; one within other words may be a stamp ("Filed: ...").
        number, (iso, written) = min(
            found, key=lambda item: (len(rest[item[0]].text) - len(item[1][1]) > 25, item[0])
        )
        # The address stands above the subject line, unless nothing stands between it and the date.
        below = kept[number + 1 :]
        above_subject = [line for at, line in below if not of_subject or at < min(of_subject)]
        addressee = (
            _address(above_subject)
            or _address([line for _, line in below])
            or _address_above(rest[:number])
        )
    else:
        addressee = _address_above(rest)
    return Head(iso, written, "\n".join(addressee), subject)


def _subject(lines: Sequence[Line]) -> tuple[str, set[int]]:
    for number, line in enumerate(lines):
        match = _SUBJECT.match(line.text)
        if not match:
            continue
        parts = [match["text"].strip()]
        used = {number}
        for after in range(number + 1, min(len(lines), number + _SUBJECT_LINES)):
            text = lines[after].text
            if (parts != [""] and lines[after].blank_before) or _not_subject(text, parts):
                break
            parts.append(text)
            used.add(after)
        return " ".join(part for part in parts if part), used
    return "", set()


def _not_subject(text: str, parts: Sequence[str]) -> bool:
    """Tell whether a line below the subject line does not go on with it."""
    dated = date_line(text)
    words = text.split()
    if len(words) >= _PROSE_WORDS and ". " in text and sum(w[0].islower() for w in words) >= 4:
        return True
    if _DELIVERY.match(text) or HEADER_FIELD.match(text):
        return True
    if dated and len(text) - len(dated[1]) < _DATE_MORE:
        return True
    return bool(parts[0]) and bool(
        re.match(r"(?:The Hon|Hon\.|Mr\.|Ms\.|Mrs\.|Dr\.|Attn|To:)", text)
    )


def _address(lines: Sequence[Line]) -> list[str]:
    """Return the lines of the address below the date."""
    kept: list[str] = []
    for line in lines[:_ADDRESS_LINES]:
        text = line.text
        if _DELIVERY.match(text) or OPEN_LETTER.match(text) or _LABEL.match(text):
            continue
        if len(text) > 110 or (_CONTACT.search(text) and not kept):
            continue
        if _CONTACT.search(text) and not _ADDRESSED.match(text):
            continue
        kept.append(re.sub(r"^(?:To|TO):\s*", "", text))
    return kept if any(len(text) > 3 for text in kept) else []


def _address_above(lines: Sequence[Line]) -> list[str]:
    """Return the address at the end of lines that begin with a letterhead."""
    first = None
    for number in range(len(lines) - 1, max(-1, len(lines) - 16), -1):
        text = lines[number].text
        if _CONTACT.search(text) or len(text) > 90:
            break
        if _ADDRESSED.match(text):
            first = number
        elif not _PLACE.match(text) and lines[number].blank_before and first is not None:
            break
    if first is None or (first == 0 and len(lines) == 1):
        return []
    return _address(lines[first:])

"""Find letters: date, addressee, salutation, subject, body, closing, and who signed them.

A letter is taken for one only where its parts bear each other out: a salutation with a closing, or
with a date and an address; without salutation, a date and an address, or words such as "We, the
undersigned", with a closing. A salutation below the header of an e-mail is none of a letter's.

``letter_lines`` knows single lines, ``letter_drafts`` what opens and closes letters,
``letter_head`` the head, ``letter_proof`` what is no letter, ``letter_furniture`` what is no text;
``signator_zone`` finds where signatories stand and ``signator_likeness`` how far they go,
``signator_layout`` their columns (``signator_typed`` those of text without boxes, ``signator_ink``
what was written by hand), ``signator_entries`` one signature after the other with what
``signator_setting``, ``signator_wraps`` and ``signator_series`` see, ``signator_parse`` and
``signator_settle`` what each says, by the words that ``signator_names`` knows.
``signator_rows`` makes rows of words, ``signator_gutters`` parts columns that nearly touch, and
``signator_doubts`` says how sure the reading is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from recordsearch.contents import Letter, LetterPart, Signatory
from recordsearch.errors import UnreadableError
from recordsearch.passages import page_starts
from recordsearch.records import Adapter, Word
from recordsearch.understand.letter_drafts import Draft, find_drafts, listed_above
from recordsearch.understand.letter_head import date_line, read_head
from recordsearch.understand.letter_lines import ANCHOR, Line, closing, lines_of
from recordsearch.understand.letter_proof import ENOUGH, IN_DOUBT, confidence, is_ruled_out
from recordsearch.understand.signator_doubts import doubt_of
from recordsearch.understand.signator_entries import Entry
from recordsearch.understand.signator_rows import Row
from recordsearch.understand.signator_settle import signed_by
from recordsearch.understand.signator_zone import Limit, Zone, read_zone

ADAPTER = Adapter("letters", "1")

_WORDS_KEPT = 4
_FEWEST_LISTED = 3
_LATE_DATE_CHARACTERS = 90

_Part = tuple[LetterPart, int, int]


@dataclass(frozen=True, slots=True)
class _Document:
    """A document's pages, where each starts in its text, its lines, and how to ask for words."""

    pages: Sequence[str]
    starts: Sequence[int]
    lines: Sequence[Line]
    words_of: Callable[[int], Sequence[Word]]

    def place(self, page: int, offset: int) -> int:
        return self.starts[page - 1] + offset

    def page_end(self, page: int) -> int:
        return self.starts[page - 1] + len(self.pages[page - 1].rstrip())


def find_letters(pages: Sequence[str], words_of: Callable[[int], Sequence[Word]]) -> list[Letter]:
    """Find the letters in a document.

    ``pages`` are its pages' texts from page 1 on. ``words_of`` gives the words of a page, numbered
    from 1, with boxes in points, or nothing where there are none, as where it raises
    ``UnreadableError``; it is called only for pages from a letter's closing on, and where a list of
    signatories heads a letter. Without words, columns are told by runs of blanks.
    """
    anchored = [
        number
        for number, text in enumerate(pages, 1)
        if ANCHOR.search(text) or ANCHOR.match("\n" + text[:40])
    ]
    if not anchored:
        return []
    starts = page_starts(pages)
    lines = [
        line
        for number in _near(anchored, len(pages))
        for line in lines_of(pages[number - 1], number, starts[number - 1])
    ]

    @lru_cache(maxsize=_WORDS_KEPT)
    def readable_words(number: int) -> Sequence[Word]:
        try:
            return words_of(number)
        except UnreadableError:
            return ()

    document = _Document(pages, starts, lines, readable_words)
    letters: list[Letter] = []
    for draft in find_drafts(lines):
        letter = _read(draft, document, len(letters) + 1)
        if letter and (not letters or letters[-1].parts[-1][2] <= letter.parts[0][1]):
            letters.append(letter)
    return letters


def _near(anchored: Sequence[int], count: int) -> list[int]:
    """Return the pages to look at line by line: those with an anchor, and one before and after."""
    near = {page for number in anchored for page in (number - 1, number, number + 1)}
    return sorted(page for page in near if 1 <= page <= count)


def _read(draft: Draft, document: _Document, ordinal: int) -> Letter | None:
    """Read a draft; None where it proves to be no letter."""
    lines = document.lines
    opening = lines[draft.opening]
    head = read_head(lines[draft.first : draft.opening + (not draft.greeted)])
    if is_ruled_out(draft, lines, head):
        return None
    start = lines[draft.first].start
    body = opening.end if draft.greeted else opening.start
    words, entries, last_page, parts = "", (), opening.page, list[_Part]()
    rows: tuple[Row, ...] = ()
    if draft.closing < 0:  # it ends with the page of its salutation
        end = max(body, min(document.page_end(opening.page), _following(draft, document)))
    else:
        sign_off = lines[draft.closing]
        words, name = closing(sign_off.text) or ("", "")
        zone = _zone(document, lines[draft.first].page, sign_off, _limit(draft, document))
        listed, parts = _listed(draft, document)
        signer = (Entry((name,), sign_off.page),) if name else ()
        entries = (*listed, *signer, *zone.entries)
        rows = zone.rows
        last_page = max(zone.last_page, sign_off.page)
        end = max(min(_end(zone, document), _following(draft, document)), sign_off.end)
        body = min(body, sign_off.start)
    signed = signed_by(entries)
    signatories = tuple(
        Signatory(one.name, one.title, one.organisation, one.is_group, page) for one, page in signed
    )
    sure = confidence(draft, lines, head, words=words, signers=len(signatories))
    if sure < ENOUGH:
        return None
    late = ("", "") if head.date else _late_date(draft, lines, end)
    return Letter(
        ordinal=ordinal,
        first_page=lines[draft.first].page,
        last_page=last_page,
        parts=_parts(start, body, parts, lines[draft.closing].start, end, draft.closing >= 0),
        date=head.date or late[0],
        date_as_written=head.date_as_written or late[1],
        addressee=head.addressee,
        salutation=opening.text if draft.greeted else "",
        subject=head.subject,
        closing=words,
        signatories=signatories,
        confidence=sure - IN_DOUBT * min(1.0, 2 * doubt_of(rows, [one for one, _ in signed])),
    )


def _parts(
    start: int, body: int, listed: Sequence[_Part], sign_off: int, end: int, closed: bool
) -> tuple[_Part, ...]:
    """Return the parts of a letter, without empty ones."""
    parts: list[_Part] = [(LetterPart.HEAD, start, body)]
    for part in listed:
        parts += [(LetterPart.BODY, parts[-1][2], part[1]), part]
    parts.append((LetterPart.BODY, parts[-1][2], sign_off if closed else end))
    if closed:
        parts.append((LetterPart.SIGNATORIES, sign_off, end))
    return tuple(part for part in parts if part[2] > part[1])


def _zone(document: _Document, first_page: int, above: Line, limit: Limit) -> Zone:
    """Read the signatories below a line of a letter that begins on page ``first_page``."""
    below = above.text, above.start - document.starts[above.page - 1]
    return read_zone(document.pages, document.words_of, first_page, above.page, below, limit)


def _limit(draft: Draft, document: _Document) -> Limit:
    """Return where the next letter begins, or the document's end."""
    if draft.end >= len(document.lines):
        return Limit(len(document.pages) + 1, 0, "")
    line = document.lines[draft.end]
    place = line.start - document.starts[line.page - 1]
    if not document.pages[line.page - 1][:place].strip():
        return Limit(line.page - 1, len(document.pages[line.page - 2]), "")
    return Limit(line.page, place, line.text)


def _following(draft: Draft, document: _Document) -> int:
    """Return where the next letter begins in the document's text, or where that ends."""
    if draft.end < len(document.lines):
        return document.lines[draft.end].start
    return document.page_end(len(document.pages))


def _end(zone: Zone, document: _Document) -> int:
    """Return where a zone ends: before what cuts it off, or at the end of its last page."""
    cut = document.pages[zone.last_page - 1].rfind(zone.cut[:40]) if zone.cut else 0
    if cut > 0:
        text = document.pages[zone.last_page - 1][:cut]
        return document.place(zone.last_page, len(text.rstrip()))
    return document.page_end(zone.last_page)


def _listed(draft: Draft, document: _Document) -> tuple[tuple[Entry, ...], list[_Part]]:
    """Read a list of signatories that stands before the body, below "We, the undersigned:"."""
    above = listed_above(draft, document.lines)
    if above is None:
        return (), []
    limit = Limit(above.page + 1, len(document.pages[min(above.page, len(document.pages) - 1)]), "")
    zone = _zone(document, document.lines[draft.first].page, above, limit)
    end = _end(zone, document)
    if len(zone.entries) < _FEWEST_LISTED or not above.end < end:
        return (), []
    if not zone.cut or end > document.lines[draft.closing].start:
        return (), []
    return zone.entries, [(LetterPart.SIGNATORIES, above.start, end)]


def _late_date(draft: Draft, lines: Sequence[Line], end: int) -> tuple[str, str]:
    """Return a date that stands below the closing, or in a running header."""
    for number in range(draft.opening, len(lines)):
        line = lines[number]
        if line.start >= end:
            break
        below = 0 <= draft.closing < number or "page" in line.text.lower()
        if below and len(line.text) < _LATE_DATE_CHARACTERS:
            found = date_line(line.text)
            if found:
                return found
    return "", ""

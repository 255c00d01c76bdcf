"""A document's passages as an engine takes them: the text, and the fields that it is found by."""

import json
import re
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from recordsearch.catalogue.documents import media_type
from recordsearch.catalogue.formats import FORMATS
from recordsearch.catalogue.languages import language_of
from recordsearch.catalogue.marks import kinds_by_page
from recordsearch.catalogue.pages import page_texts
from recordsearch.catalogue.titles import title_of
from recordsearch.passages import document_text
from recordsearch.records import IndexEntry

# A person with more forms than this is found by those that stand in headers most often.
_MOST_FORMS = 20

# The longest of a federal act's exemptions, as it is stamped: b7C.
_STAMP = 3

_ON_BEHALF = re.compile(r"\s+on behalf of\b", re.IGNORECASE)

_OF_NAMES = frozenset(("from", "to", "cc", "bcc", "person", "signatory"))
_INITIAL = re.compile(r"(?<=\w)\s+[^\W\d_]\.?\s+(?=[^\W\d_]{2})")

_Fields = dict[str, dict[str, None]]


@dataclass(slots=True)
class _Part:
    """What a message or a letter lends to its passages: fields, and its day as YYYYMMDD."""

    kind: str
    fields: _Fields = field(default_factory=dict)
    sent: int | None = None

    def add(self, name: str, *values: str) -> None:
        """Add values to a field; an empty one adds nothing.

        A name is added without its middle initials, too, as nobody knows them who asks for it.
        """
        for value in values:
            if value:
                self.fields.setdefault(name, {})[value] = None
                if name in _OF_NAMES and (shorter := _INITIAL.sub(" ", value)) != value:
                    self.fields[name][shorter] = None


def index_entries(connection: sqlite3.Connection, document: int) -> Iterator[IndexEntry]:
    """Yield a document's passages as an engine takes them, in their order."""
    passages = connection.execute(
        'SELECT id, first_page, last_page, start, "end", copy, letter FROM passage'
        " WHERE document = ? ORDER BY ordinal",
        (document,),
    ).fetchall()
    if not passages:
        return
    text = document_text(page_texts(connection, document))
    title = title_of(text)
    everywhere = {**_places(connection, document), "document": (str(document),)}
    everywhere["filetype"] = (FORMATS[media_type(connection, document)],)
    language = language_of(connection, document)
    if language:
        everywhere["lang"] = (language,)
    pages = _pages(connection, document)
    shown = kinds_by_page(connection, document)
    forms = _Forms(connection)
    messages = _messages(connection, document, forms)
    letters = _letters(connection, document)
    other = _Part("other")
    values = connection.execute(
        "SELECT start, kind, value, text FROM value WHERE document = ? ORDER BY start", (document,)
    ).fetchall()
    starts = [row[0] for row in values]
    boilerplate = connection.execute(
        'SELECT start, "end" FROM boilerplate WHERE document = ? ORDER BY start', (document,)
    ).fetchall()
    mentions = _mentions(connection, document, forms)
    for number, first, last, start, end, copy, letter in passages:
        part = letters.get(letter) or messages.get(copy) or other
        own = _Part(part.kind, {name: dict(found) for name, found in part.fields.items()})
        own.add("type", part.kind)
        for row in values[bisect_left(starts, start) : bisect_right(starts, end - 1)]:
            own.add(row[1], row[2], row[3], *_other_forms(row[1], row[2]))
        for kind, names in mentions.get(number, ()):
            own.add(kind, *names)
        printed = [pages[page] for page in range(first, last + 1) if page in pages]
        own.add("bates", *(bates for bates, _ in printed))
        for page in range(first, last + 1):
            own.add("has", *shown.get(page, ()))
        fields: dict[str, tuple[str, ...]] = {
            **everywhere,
            **{name: tuple(found) for name, found in own.fields.items()},
        }
        yield IndexEntry(
            passage=number,
            text=text[start:end],
            first_page=first,
            last_page=last,
            fields=fields,
            boilerplate=tuple(
                (max(low, start) - start, min(high, end) - start)
                for low, high in boilerplate
                if low < end and high > start
            ),
            sent=part.sent,
            language=language,
            confidence=min((read for _, read in printed if read is not None), default=None),
            title=title if part is other else "",
        )


def _other_forms(kind: str, value: str) -> tuple[str, ...]:
    """Return the ways in which a number may be asked for that it is not written in."""
    if kind == "exemption":
        letters = value.replace("(", "").replace(")", "")
        return (letters,) if len(letters) <= _STAMP else ()
    if kind != "phone":
        return ()
    number = value.partition("x")[0]
    digits = number.lstrip("+").replace("-", "")
    if number.startswith("+1") and len(digits) == 11:
        return (digits, digits[1:], f"1-{digits[1:4]}-{digits[4:7]}-{digits[7:]}")
    return (digits, number)


def digest(entries: Iterable[IndexEntry]) -> str:
    """Make a digest of all that entries say beside their texts."""
    from hashlib import blake2b  # a search imports this module and needs no digest

    made = blake2b(digest_size=16)
    for entry in entries:
        said = (
            entry.passage, sorted(entry.fields.items()), entry.boilerplate, entry.sent,
            entry.confidence, entry.language, entry.title,
        )  # fmt: skip
        made.update(repr(said).encode())
    return made.hexdigest()


def day_of(date: str) -> int | None:
    """Return the day of an ISO 8601 date as YYYYMMDD, or None where there is none."""
    digits = date[:10].replace("-", "")
    return int(digits) if len(digits) == 8 and digits.isascii() and digits.isdigit() else None


def _pages(connection: sqlite3.Connection, document: int) -> dict[int, tuple[str, float | None]]:
    """Return each page's Bates number, or an empty string, and how far its OCR can be relied on."""
    rows = connection.execute(
        "SELECT number, bates, confidence FROM page WHERE document = ?", (document,)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _places(connection: sqlite3.Connection, document: int) -> dict[str, tuple[str, ...]]:
    rows = connection.execute(
        "SELECT file, name FROM location JOIN release ON release.id = location.release"
        " WHERE document = ? ORDER BY location.id",
        (document,),
    ).fetchall()
    return {
        "file": tuple(dict.fromkeys(row[0] for row in rows)),
        "release": tuple(dict.fromkeys(row[1] for row in rows)),
    }


class _Forms:
    """The ways in which people are written, looked up once for each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._of_person: dict[int, tuple[str, ...]] = {}

    def of_person(self, person: int) -> tuple[str, ...]:
        """Return a person's name and the forms that headers write most often."""
        if person not in self._of_person:
            names: dict[str, None] = {}
            for row in self._connection.execute(
                "SELECT name, '' FROM person WHERE id = ?", (person,)
            ):
                names[row[0]] = None
            for row in self._connection.execute(
                "SELECT name, address FROM person_form WHERE person = ?"
                " ORDER BY count DESC, name, address LIMIT ?",
                (person, _MOST_FORMS),
            ):
                # Whom somebody writes for is another person.
                name = _ON_BEHALF.split(row[0], maxsplit=1)[0]
                names.update(dict.fromkeys(text for text in (name, row[1]) if text))
            self._of_person[person] = tuple(names)
        return self._of_person[person]

    def names_of_person(self, person: int) -> tuple[str, ...]:
        """Return a person's names without the addresses: a stray one may be another person's."""
        return tuple(name for name in self.of_person(person) if "@" not in name)

    def person(self, name: str, address: str) -> int | None:
        """Return the person whom a header writes so."""
        row = self._connection.execute(
            "SELECT person FROM person_form WHERE name = ? AND address = ?", (name, address)
        ).fetchone()
        return None if row is None else int(row[0])


def _messages(
    connection: sqlite3.Connection, document: int, forms: _Forms
) -> Mapping[int | None, _Part]:
    """Return what each message of a document lends to its passages, by ordinal."""
    parts: dict[int | None, _Part] = {}
    numbers: dict[int, _Part] = {}
    for copy, ordinal, sent, subject, attachments, thread in connection.execute(
        "SELECT copy.id, ordinal, sent, subject, attachments, thread FROM copy"
        " LEFT JOIN message ON message.id = copy.message WHERE document = ?",
        (document,),
    ):
        part = _Part("message", sent=day_of(sent))
        part.add("subject", subject)
        names = json.loads(attachments)
        part.add("attachment", *names)
        part.add("has", "attachment" if names else "")
        part.add("thread", "" if thread is None else str(thread))
        parts[ordinal] = numbers[copy] = part
    for copy, role, name, address in connection.execute(
        "SELECT copy, role, name, address FROM mailbox WHERE copy IN"
        " (SELECT id FROM copy WHERE document = ?) ORDER BY copy, role, position",
        (document,),
    ):
        part = numbers[copy]
        part.add(role, name, address)
        person = forms.person(name, address)
        if person is not None:
            # Who is looked for under one of his names is found where he writes under another.
            part.add(role, *forms.names_of_person(person))
            part.add("person", *forms.of_person(person))
    return parts


def _letters(connection: sqlite3.Connection, document: int) -> Mapping[int | None, _Part]:
    """Return what each letter of a document lends to its passages, by ordinal."""
    parts: dict[int | None, _Part] = {}
    numbers: dict[int, _Part] = {}
    for letter, ordinal, date, addressee, subject in connection.execute(
        "SELECT id, ordinal, date, addressee, subject FROM letter WHERE document = ?", (document,)
    ):
        part = _Part("letter", sent=day_of(date))
        part.add("to", *addressee.split("\n"))
        part.add("subject", subject)
        parts[ordinal] = numbers[letter] = part
    for letter, name, title, organisation, is_group in connection.execute(
        "SELECT letter, name, title, organisation, is_group FROM signatory WHERE letter IN"
        " (SELECT id FROM letter WHERE document = ?) ORDER BY letter, position",
        (document,),
    ):
        part = numbers[letter]
        part.add("signatory", name, organisation, title)
        part.add("org" if is_group else "person", name)
        part.add("org", organisation)
    return parts


def _mentions(
    connection: sqlite3.Connection, document: int, forms: _Forms
) -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    found: dict[int, list[tuple[str, tuple[str, ...]]]] = {}
    rows = connection.execute(
        "SELECT passage.id, kind, number, organisation.name FROM passage"
        " JOIN mention ON mention.passage = passage.id"
        " LEFT JOIN organisation ON kind = 'org' AND organisation.id = number"
        " WHERE document = ? ORDER BY passage.id, kind, number",
        (document,),
    )
    for passage, kind, number, organisation in rows:
        names = forms.of_person(number) if kind == "person" else (organisation or "",)
        found.setdefault(passage, []).append((kind, names))
    return found

"""Tags and notes: which places bear them, as the user's own file has it.

A place is a document, some of its pages, or a passage; see :mod:`recordsearch.catalogue.kept` for
why it goes by hashes and :mod:`recordsearch.catalogue.tags` for how it is found again.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from recordsearch.catalogue.kept import attach
from recordsearch.errors import UsageError
from recordsearch.query.analysis import streams
from recordsearch.query.distance import within
from recordsearch.query.tree import Fuzzy, Phrase, Prefix, Regex, Text, Wildcard, Word

# More names than this are no names any more; every query with ``tag:`` looks at all of them.
MOST_TAGS = 10_000

WHOLE_DOCUMENT = 0
"""``first_page`` and ``last_page`` of a place that is a whole document."""
WHOLE_PAGES = -1
"""``start`` of a place that is whole pages, or a whole document."""


@dataclass(frozen=True, slots=True)
class TagPlace:
    """A place that can bear a tag.

    ``start`` counts characters from the beginning of the first page's text; ``text`` is what stood
    there when a passage was tagged. ``digest`` is that of the text of whole pages. ``release`` and
    ``file`` cite the place when the document has gone from the archive.
    """

    sha256: str
    first_page: int
    last_page: int
    start: int
    text: str
    digest: str
    release: str
    file: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """A place that bears a tag: since when (ISO 8601, UTC), and with which note."""

    number: int
    tag: str
    place: TagPlace
    note: str
    made: str


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag's name, and how many places and documents bear it."""

    name: str
    places: int
    documents: int


def tokens_of(name: str) -> tuple[str, ...]:
    """Return a tag's name as ``tag:`` looks for it."""
    return tuple(streams(name).exact.split())


def tag_names(connection: sqlite3.Connection) -> dict[str, int]:
    """Return all names of tags with their numbers."""
    attach(connection)
    return dict(connection.execute("SELECT name, id FROM kept.tag ORDER BY name"))


def known_tag(connection: sqlite3.Connection, name: str) -> tuple[str, int] | None:
    """Return the tag that goes by a name: the same words, whatever their case and accents."""
    wanted = tokens_of(name)
    for known, number in tag_names(connection).items():
        if known == name or tokens_of(known) == wanted:
            return known, number
    return None


def tags_meant(connection: sqlite3.Connection, text: Text) -> list[int]:
    """Return the numbers of the tags that a value of ``tag:`` means.

    :raises UsageError: it is an expression that takes too long to match.
    """
    means = _meaning(text)
    names = tag_names(connection)
    return [number for name, number in names.items() if means(tokens_of(name))]


def _meaning(text: Text) -> Callable[[tuple[str, ...]], bool]:
    """Return what tells whether the words of a tag's name are meant."""
    match text:
        case Phrase(words, slop):
            return lambda tokens: _near(words, slop, tokens)
        case Word(word):
            return lambda tokens: word in tokens
        case Prefix(beginning):
            return lambda tokens: any(token.startswith(beginning) for token in tokens)
        case Fuzzy(word, distance):
            return lambda tokens: any(within(word, token, distance) for token in tokens)
        case Wildcard() | Regex():
            return _pattern(text)


def _pattern(text: Wildcard | Regex) -> Callable[[tuple[str, ...]], bool]:
    from recordsearch.query.patterns import Matcher, PatternTooHardError, regex, wildcard

    matcher = Matcher(wildcard(text.text) if isinstance(text, Wildcard) else regex(text.text))

    def means(tokens: tuple[str, ...]) -> bool:
        try:
            return any(map(matcher, tokens))
        except PatternTooHardError as error:
            raise UsageError(
                "the expression takes too long on the names of tags", "write a shorter one"
            ) from error

    return means


def _near(words: tuple[str, ...], slop: int, tokens: tuple[str, ...]) -> bool:
    """Tell whether tokens have these words in this order, or with a slop near each other."""
    width = len(words) + slop
    for start in range(max(len(tokens) - width, 0) + 1):
        window = tokens[start : start + width]
        if window == words or (slop and not Counter(words) - Counter(window)):
            return True
    return False


def tag_counts(connection: sqlite3.Connection) -> list[TagCount]:
    """Return all tags by name, with how many places bear them."""
    attach(connection)
    rows = connection.execute(
        "SELECT name, count(tagged.id), count(DISTINCT sha256) FROM kept.tag"
        " LEFT JOIN kept.tagged ON tagged.tag = tag.id GROUP BY tag.id ORDER BY name"
    )
    return [TagCount(*row) for row in rows]


_SELECT = (
    "SELECT tagged.id, name, sha256, first_page, last_page, start, text, digest, release, file,"
    " note, made FROM kept.tagged JOIN kept.tag ON tag.id = tagged.tag WHERE "
)
_IN_ORDER = " ORDER BY release, file, sha256, first_page, start, name"


def places_tagged(connection: sqlite3.Connection, tags: Collection[int]) -> Iterator[Tagged]:
    """Yield the places that bear one of these tags, document by document."""
    attach(connection)
    condition = f"tag IN ({', '.join('?' * len(tags))})"
    for row in connection.execute(_SELECT + condition + _IN_ORDER, tuple(tags)).fetchall():
        yield _tagged(row)


def places_in(connection: sqlite3.Connection, sha256: str) -> list[Tagged]:
    """Return the tagged places of a document."""
    attach(connection)
    rows = connection.execute(_SELECT + "sha256 = ?" + _IN_ORDER, (sha256,))
    return [_tagged(row) for row in rows]


def hashes_tagged(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """Return the hashes, beginning so, of documents that bear a tag, in the archive or not."""
    attach(connection)
    rows = connection.execute(
        "SELECT DISTINCT sha256 FROM kept.tagged WHERE substr(sha256, 1, ?) = ?",
        (len(beginning), beginning),
    )
    return [row[0] for row in rows]


def _tagged(row: tuple[int, str, str, int, int, int, str, str, str, str, str, str]) -> Tagged:
    number, name, sha256, first, last, start, text, digest, release, file, note, made = row
    place = TagPlace(sha256, first, last, start, text, digest, release, file)
    return Tagged(number, name, place, note, made)


# What changes something does so inside :func:`recordsearch.catalogue.kept.changing`.


def add_tag(connection: sqlite3.Connection, name: str) -> int:
    """Make a tag; return its number."""
    return int(connection.execute("INSERT INTO kept.tag (name) VALUES (?)", (name,)).lastrowid or 0)


def put_tag(
    connection: sqlite3.Connection,
    tag: int,
    place: TagPlace,
    note: str | None,
    made: str,
    older: int | None = None,
) -> bool:
    """Tag a place; tell whether it did not bear the tag before. A note of None leaves the note.

    ``older`` is a tag on another place, by its number, that is this place as it was once.
    """
    key = (tag, place.sha256, place.first_page, place.last_page, place.start)
    row = connection.execute(
        "SELECT id FROM kept.tagged WHERE tag = ? AND sha256 = ? AND first_page = ?"
        " AND last_page = ? AND start = ?",
        key,
    ).fetchone()
    number = older if row is None else row[0]
    if number is None:
        connection.execute(
            "INSERT INTO kept.tagged (tag, sha256, first_page, last_page, start, text, digest,"
            " note, made, release, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*key, place.text, place.digest, note or "", made, place.release, place.file),
        )
        return True
    # Who tags a place again has looked at it as it is now.
    connection.execute(
        "UPDATE kept.tagged SET first_page = ?, last_page = ?, start = ?, text = ?, digest = ?,"
        " note = coalesce(?, note) WHERE id = ?",
        (*key[2:], place.text, place.digest, note, number),
    )
    return False


def take_tags(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Take tags from places, known by :attr:`Tagged.number`; a tag that nothing bears goes."""
    connection.executemany("DELETE FROM kept.tagged WHERE id = ?", ((one,) for one in numbers))
    connection.execute("DELETE FROM kept.tag WHERE id NOT IN (SELECT tag FROM kept.tagged)")

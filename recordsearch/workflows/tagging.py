"""Tag places and write notes on them, as a user names them, and list what is tagged."""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recordsearch.catalogue import reading, tag_rows
from recordsearch.catalogue.kept import changing
from recordsearch.catalogue.tag_rows import MOST_TAGS, WHOLE_PAGES, TagCount, Tagged, TagPlace
from recordsearch.catalogue.tags import Located, locate, place_of_pages, place_of_passage
from recordsearch.errors import UsageError
from recordsearch.workflows.keeping import checked_name, checked_note, now
from recordsearch.workflows.show import find_wanted

MOST_HITS = 10_000
"""Places that one command may tag."""

_PASSAGE = re.compile(r"p(\d{1,18})", re.ASCII)
# What is hardly meant for a tag's name, but for a hit.
_PLACE = re.compile(r"p\d+|\d+:\d+(-\d+)?", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{8,64}", re.ASCII)
_TAGS_TOLD = 20


@dataclass(frozen=True, slots=True)
class TagChange:
    """What became of places: ``new`` bear the tag now and did not before, ``all`` were named."""

    name: str
    new: int
    all: int


@dataclass(frozen=True, slots=True)
class ListedTag:
    """A tagged place as it is listed.

    ``hit`` is the name by which the place can be tagged, or shown, again: ``3`` (document), ``3:2``
    (page), ``p17`` (passage), or the beginning of its hash where it is not in the archive.
    ``passage`` is the first passage of a tagged passage, None for other places. ``text`` is what
    stood there when a passage was tagged. ``release`` and ``file`` are as they were then where the
    document is not in the archive; ``state`` is then ``gone``, else ``same``, or ``changed`` where
    the text at the place is not what it was, or ``unread`` while it is being read again.
    """

    tag: str
    hit: str
    document: int | None
    passage: int | None
    sha256: str
    release: str
    file: str
    first_page: int
    last_page: int
    bates: str
    note: str
    made: str
    state: str
    text: str


def tag(
    connection: sqlite3.Connection, hits: Sequence[str], name: str, note: str | None = None
) -> TagChange:
    """Tag places. A note of None leaves the note that a place has; an empty one takes it away.

    A hit is ``DOCUMENT``, ``DOCUMENT:PAGE`` or ``DOCUMENT:FIRST-LAST``, as for show, or ``p`` and
    the number of a passage. All are tagged, or none.

    :raises UsageError: a hit names nothing, or the name or the note cannot be kept.
    """
    name = checked_name(name, "a tag")
    if _PLACE.fullmatch(name):
        raise UsageError(f"{name!r} names a place and no tag", "give the tag's name last")
    note = None if note is None else checked_note(note)
    places = {find_place(connection, hit): hit for hit in _bounded(hits)}
    made = now()
    with changing(connection):
        known = tag_rows.known_tag(connection, name)
        if known is None:
            if len(tag_rows.tag_names(connection)) >= MOST_TAGS:
                raise UsageError(
                    f"there are {MOST_TAGS:,} tags already",
                    "remove one: recordsearch tags --remove",
                )
            known = name, tag_rows.add_tag(connection, name)
        older = _passages_bearing(connection, known[1])
        new = sum(
            tag_rows.put_tag(connection, known[1], place, note, made, older.get(hit))
            for place, hit in places.items()
        )
    return TagChange(known[0], new, len(places))


def _passages_bearing(connection: sqlite3.Connection, tag: int) -> dict[str, int]:
    """Return the passages that bear a tag, as hits, with the tags' numbers."""
    borne = tag_rows.places_tagged(connection, (tag,))
    on_passages = (one for one in borne if one.place.start != WHOLE_PAGES)
    return {
        f"p{passage}": one.tagged.number
        for one in locate(connection, on_passages)
        for passage in one.passages[:1]
    }


def untag(connection: sqlite3.Connection, hits: Sequence[str], name: str) -> TagChange:
    """Take a tag, and its notes, from places; a tag that nothing bears any more is gone.

    :raises UsageError: there is no such tag, or one of the places does not bear it.
    """
    known, number = _known(connection, name)
    borne = list(tag_rows.places_tagged(connection, (number,)))
    doomed: set[int] = set()
    for hit in _bounded(hits):
        found = _borne_at(connection, borne, hit)
        if not found:
            raise UsageError(
                f"{hit} does not bear the tag {known!r}", f"see: recordsearch tags {known!r}"
            )
        doomed |= found
    with changing(connection):
        tag_rows.take_tags(connection, sorted(doomed))
    return TagChange(known, len(doomed), len(doomed))


def remove_tag(connection: sqlite3.Connection, name: str) -> TagChange:
    """Take a tag from all places, so that it is gone.

    :raises UsageError: there is no such tag.
    """
    known, number = _known(connection, name)
    with changing(connection):
        doomed = [one.number for one in tag_rows.places_tagged(connection, (number,))]
        tag_rows.take_tags(connection, doomed)
    return TagChange(known, len(doomed), len(doomed))


def tag_counts(connection: sqlite3.Connection) -> list[TagCount]:
    """Return all tags by name, with how many places and documents bear them."""
    return tag_rows.tag_counts(connection)


def list_tagged(connection: sqlite3.Connection, name: str | None) -> list[ListedTag]:
    """Return the places that bear a tag, or any tag, by release and file.

    :raises UsageError: there is no such tag.
    """
    numbers = (
        tuple(tag_rows.tag_names(connection).values())
        if name is None
        else (_known(connection, name)[1],)
    )
    places = locate(connection, tag_rows.places_tagged(connection, numbers))
    return [_listed(connection, one) for one in places]


def find_place(connection: sqlite3.Connection, hit: str) -> TagPlace:
    """Find the place that a hit names.

    :raises UsageError: it names nothing, or several documents.
    """
    passage = _PASSAGE.fullmatch(hit)
    if passage:
        place = place_of_passage(connection, int(passage[1]))
        if place is None:
            raise UsageError(
                f"there is no passage {int(passage[1])}",
                "passages get new numbers when a file is read again: search again",
            )
        return place
    wanted = find_wanted(connection, hit)
    document = wanted.document
    whole = bool(reading.documents_named(connection, hit))
    pages = None if whole else (wanted.first, wanted.last)
    return place_of_pages(connection, document.sha256, pages, (document.release, document.file))


def _bounded(hits: Sequence[str]) -> Sequence[str]:
    if not hits:
        raise UsageError("no hit was named", "name a DOCUMENT:PAGE, as search shows it")
    if len(hits) > MOST_HITS:
        raise UsageError(
            f"{len(hits):,} places at once are too many, at most {MOST_HITS:,}",
            "tag them in several commands",
        )
    return hits


def _known(connection: sqlite3.Connection, name: str) -> tuple[str, int]:
    known = tag_rows.known_tag(connection, name)
    if known is None:
        from difflib import get_close_matches

        names = list(tag_rows.tag_names(connection))
        near = get_close_matches(name[:200], names, 1)
        told = ", ".join(names[:_TAGS_TOLD]) + (" …" if len(names) > _TAGS_TOLD else "")
        mend = f"did you mean {near[0]!r}?" if near else f"there are: {told or 'none'}"
        raise UsageError(f"there is no tag {name[:200]!r}", mend)
    return known


def _borne_at(connection: sqlite3.Connection, borne: Iterable[Tagged], hit: str) -> set[int]:
    """Return which of these tags stand at the place that a hit names."""
    try:
        place = find_place(connection, hit)
    except UsageError:
        # A document that is not in the archive any more goes by its hash, as tags lists it.
        found = {
            one.number for one in borne if _HASH.fullmatch(hit) and one.place.sha256.startswith(hit)
        }
        if not found:
            raise
        return found
    same = [one for one in borne if one.place.sha256 == place.sha256]
    if place.start == WHOLE_PAGES:
        key = (WHOLE_PAGES, place.first_page, place.last_page)
        return {
            one.number
            for one in same
            if (one.place.start, one.place.first_page, one.place.last_page) == key
        }
    number = int(hit[1:])
    return {
        one.tagged.number
        for one in locate(connection, (one for one in same if one.place.start != WHOLE_PAGES))
        if number in one.passages
    }


def _listed(connection: sqlite3.Connection, located: Located) -> ListedTag:
    tagged, place = located.tagged, located.tagged.place
    is_passage = place.start != WHOLE_PAGES
    release, file, bates = place.release, place.file, ""
    if located.document is not None:
        (document,) = reading.documents_named(connection, str(located.document))[:1] or (None,)
        if document is not None:
            release, file = document.release, document.file
        first, last = located.first_page or place.first_page, located.last_page or place.last_page
        ends = (reading.pages(connection, located.document, at, at) for at in (first, last))
        bates = reading.bates_range(*(end[0].bates if end else "" for end in ends))
    else:
        first, last = place.first_page, place.last_page
    passage = located.passages[0] if is_passage and located.passages else None
    return ListedTag(
        tag=tagged.tag,
        hit=_hit_name(located, passage),
        document=located.document,
        passage=passage,
        sha256=place.sha256,
        release=release,
        file=file,
        first_page=first,
        last_page=last,
        bates=bates,
        note=tagged.note,
        made=tagged.made,
        state=_state(located),
        text=place.text,
    )


def _hit_name(located: Located, passage: int | None) -> str:
    place = located.tagged.place
    if located.document is None:
        return place.sha256[:16]
    if passage is not None:
        return f"p{passage}"
    if not place.first_page:
        return str(located.document)
    pages = f"{place.first_page}" + (
        f"-{place.last_page}" if place.last_page != place.first_page else ""
    )
    return f"{located.document}:{pages}"


def _state(located: Located) -> str:
    if located.document is None:
        return "gone"
    if located.unread:
        return "unread"
    return "changed" if located.changed else "same"

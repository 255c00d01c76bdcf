"""Save searches, and show what of their hits is new since somebody last looked.

What counts as new is told in :mod:`recordsearch.catalogue.arrivals`. A look is :func:`news`, and
then, once its hits have been shown, :func:`mark_looked_at`.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recordsearch.catalogue import arrivals, saved
from recordsearch.catalogue.arrivals import Look, Moment, new_passages
from recordsearch.catalogue.kept import changing
from recordsearch.catalogue.languages import languages
from recordsearch.catalogue.saved import MOST_SAVED, SavedSearch
from recordsearch.catalogue.soundness import changes_seen
from recordsearch.engines.protocol import Reader
from recordsearch.errors import UsageError
from recordsearch.query.tree import Node, Numbered, both
from recordsearch.records import Hit
from recordsearch.workflows.asking import tree_of
from recordsearch.workflows.keeping import checked_name, now
from recordsearch.workflows.marking import Marking
from recordsearch.workflows.ranking import place_hits
from recordsearch.workflows.search import hits_of

_TOLD = 20


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a search that say what it finds; see :class:`~.search.Wanted`."""

    any_word: bool = False
    tolerant: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search: when it was saved and last looked through (ISO 8601, UTC)."""

    name: str
    query: str
    options: Options
    made: str
    looked: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new to a saved search.

    ``hits`` are those to show, of ``new``; ``total`` counts old and new ones. ``fault`` says why it
    could not be searched for, and is empty where it could. ``look`` is what
    :func:`mark_looked_at` notes.
    """

    saved: Saved
    hits: tuple[Hit, ...]
    new: int
    total: int
    notes: tuple[str, ...]
    fault: str
    look: Look | None


@dataclass(frozen=True, slots=True)
class Looked:
    """A look at what is new to saved searches, at one moment."""

    told: tuple[News, ...]
    moment: Moment


def save(
    connection: sqlite3.Connection,
    name: str,
    query: str,
    options: Options,
    *,
    replace: bool = False,
) -> Saved:
    """Save a search. All that is in the index now counts as looked through.

    :raises QueryError: the query cannot be understood.
    :raises UsageError: the name cannot be kept, or is taken and not to be replaced.
    """
    name = checked_name(name, "a saved search")
    _tree(connection, query, options)
    before = saved.find_saved(connection, name)
    if before is not None and not replace:
        raise UsageError(
            f"{before.name!r} is saved already, for {before.query[:200]!r}",
            "give another name, or --replace",
        )
    if before is None and len(saved.saved_searches(connection)) >= MOST_SAVED:
        raise UsageError(
            f"{MOST_SAVED:,} searches are saved already", "remove one: recordsearch saved --remove"
        )
    moment = arrivals.take_moment(connection)
    written = {"any": options.any_word, "tolerant": options.tolerant}
    text = json.dumps({key: value for key, value in written.items() if value})
    made = now()
    with changing(connection):
        number = arrivals.note_arrivals(connection, moment)
        search = saved.put_saved(connection, name, query, text, made, number)
        arrivals.note_look(connection, moment, number, Look(search, (), frozenset()), made)
        arrivals.drop_looked_at(connection)
    return Saved(name, query, options, made, made)


def find(connection: sqlite3.Connection, name: str) -> Saved:
    """Return a saved search by its name, whatever its case.

    :raises UsageError: there is none of that name.
    """
    return _shown(_known(connection, name))


def remove(connection: sqlite3.Connection, name: str) -> Saved:
    """Remove a saved search.

    :raises UsageError: there is none of that name.
    """
    search = _known(connection, name)
    with changing(connection):
        saved.take_saved(connection, search.number)
        arrivals.drop_looked_at(connection)
    return _shown(search)


def news(
    connection: sqlite3.Connection,
    open_reader: Callable[[], Reader],
    names: Sequence[str] = (),
    limit: int | None = None,
    *,
    fold: bool = True,
) -> Looked:
    """Search for what is new to the saved searches of these names, or to all.

    ``open_reader`` gives a reader of what the index holds when it is called. ``limit`` is how many
    hits are shown of each search; those that are not stay new. With ``fold`` near-identical
    passages are shown as one hit.

    :raises UsageError: there is no saved search of a name.
    """
    searches = [_known(connection, name) for name in dict.fromkeys(names)]
    # Whatever is in the index at this moment, the reader that is opened next knows.
    moment = arrivals.take_moment(connection)
    reader = open_reader()
    told = [
        _news(connection, reader, moment, search, limit, fold=fold)
        for search in searches or saved.saved_searches(connection)
        # One that was saved after the moment has nothing new yet.
        if search.number in moment.parts
    ]
    return Looked(tuple(told), moment)


def _news(
    connection: sqlite3.Connection,
    reader: Reader,
    moment: Moment,
    search: SavedSearch,
    limit: int | None,
    *,
    fold: bool,
) -> News:
    shown = _shown(search)
    try:
        tree = _tree(connection, search.query, shown.options)
    except UsageError as error:
        # It was saved by another version of the program; the others are searched for all the same.
        return News(shown, (), 0, 0, (), error.message, None)
    ranking = reader.search(tree, 0)
    version = changes_seen(connection)
    candidates, waiting = new_passages(connection, moment, search)
    narrowed = both([tree, Numbered(tuple(sorted(candidates)))])
    new = reader.search(narrowed, 0).total if candidates else 0
    hits: tuple[Hit, ...] = ()
    if new and limit != 0:
        placing = place_hits(connection, reader, narrowed, limit or new, 0, fold=fold)
        marking = Marking(tree, languages(connection), placing.variants)
        hits = hits_of(connection, placing.placed, marking, 0)
    if changes_seen(connection) != version:
        # What was read again since the moment may be missing in the index: it stays new.
        candidates, waiting = new_passages(connection, moment, search)
        hits = tuple(hit for hit in hits if hit.passage in candidates)
    told = {number for hit in hits for number in (hit.passage, *hit.near_identical)}
    # Until all documents are related, one may come to be found by a person, say, or a thread.
    rest = waiting if len(told) >= new and moment.settled else moment.parts[search.number]
    look = Look(search.number, rest, frozenset(told | saved.shown(connection, search.number)))
    return News(shown, hits, new, ranking.total, ranking.notes, "", look)


def mark_looked_at(connection: sqlite3.Connection, looked: Looked) -> None:
    """Note that what is new to saved searches has been shown: it is new no more."""
    looks = [one.look for one in looked.told if one.look is not None]
    if not looks:
        return
    time = now()
    with changing(connection):
        number = arrivals.note_arrivals(connection, looked.moment)
        for look in looks:
            arrivals.note_look(connection, looked.moment, number, look, time)
        arrivals.drop_looked_at(connection)


def _tree(connection: sqlite3.Connection, query: str, options: Options) -> Node:
    return tree_of(connection, query, any_word=options.any_word, tolerant=options.tolerant)


def _known(connection: sqlite3.Connection, name: str) -> SavedSearch:
    found = saved.find_saved(connection, " ".join(name.split()))
    if found is None:
        from difflib import get_close_matches

        names = [one.name for one in saved.saved_searches(connection)]
        near = get_close_matches(name[:200], names, 1)
        told = ", ".join(names[:_TOLD]) + (" …" if len(names) > _TOLD else "")
        mend = f"did you mean {near[0]!r}?" if near else f"there are: {told or 'none'}"
        raise UsageError(f"there is no saved search {name[:200]!r}", mend)
    return found


def _shown(search: SavedSearch) -> Saved:
    try:
        written = json.loads(search.options)
        options = Options(bool(written.get("any")), bool(written.get("tolerant")))
    except (ValueError, AttributeError):
        options = Options()
    return Saved(search.name, search.query, options, search.made, search.looked)

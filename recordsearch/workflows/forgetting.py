"""Forget documents: out of the catalogue, and so out of the index; files are never touched."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from recordsearch.catalogue import places, releases
from recordsearch.catalogue.places import Place
from recordsearch.errors import UsageError
from recordsearch.workflows.show import find_wanted

_RELEASES_TOLD = 20


@dataclass(frozen=True, slots=True)
class Doomed:
    """The places to be forgotten, those inside containers included, and what is lost with them.

    ``documents`` lie nowhere else, and ``pages`` are theirs.
    """

    places: tuple[Place, ...]
    documents: int
    pages: int


def find_doomed(
    connection: sqlite3.Connection, names: Sequence[str], release: str | None, *, gone: bool
) -> Doomed:
    """Find what is meant by documents' names, a release's name, or files that are gone.

    :raises UsageError: a name names nothing, or several documents.
    """
    found: dict[int, Place] = {}
    for name in names:
        wanted = find_wanted(connection, name).document
        for place in places.places_of(connection, wanted.document):
            found[place.location] = place
    if release is not None:
        in_release = places.places_in_release(connection, release)
        if not in_release:
            known = releases.release_names(connection)
            told = ", ".join(known[:_RELEASES_TOLD]) + (" …" if len(known) > _RELEASES_TOLD else "")
            raise UsageError(f"there is no release {release!r}", f"there are: {told or 'none'}")
        found.update((place.location, place) for place in in_release)
    if gone:
        found.update((place.location, place) for place in places.places_gone(connection))
    for place in list(found.values()):
        inside = places.places_inside(connection, place)
        found.update((one.location, one) for one in inside)
    lost = places.only_at(connection, set(found))
    return Doomed(tuple(found.values()), len(lost), sum(lost.values()))


def forget(connection: sqlite3.Connection, doomed: Doomed) -> None:
    """Take places out of the catalogue, and the documents that lie nowhere else."""
    connection.execute("BEGIN IMMEDIATE")
    for place in doomed.places:
        places.forget_place(connection, place.location)
    releases.drop_empty_releases(connection)
    connection.commit()

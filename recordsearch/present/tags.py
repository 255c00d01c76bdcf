"""Tags and tagged places: for a person, as JSON Lines and as CSV."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from recordsearch.present.cells import csv_line
from recordsearch.present.console import print_styled
from recordsearch.present.safe import safe_line
from recordsearch.present.words import many, page_range

if TYPE_CHECKING:
    from recordsearch.catalogue.tag_rows import TagCount
    from recordsearch.workflows.tagging import ListedTag, TagChange

# A passage's text is cut to its beginning, so that a list stays one.
_SHOWN_TEXT = 160
_COLUMNS = (
    "tag", "hit", "release", "file", "first_page", "last_page", "bates", "note", "made", "state",
    "sha256", "text",
)  # fmt: skip

_STATES = {
    "changed": "the text here has changed since",
    "unread": "it is being read again",
    "gone": "not in the archive any more",
}


def print_change(change: "TagChange", *, removed: bool) -> None:
    """Say what became of places that were tagged, or from which a tag was taken."""
    name = safe_line(change.name)
    if removed:
        print_styled((f"{many(change.all, 'place')} {_bear(change.all, 'no longer')} {name}.", ""))
        return
    before = change.all - change.new
    told = f"{many(change.new, 'place')} tagged {name}"
    print_styled((told + (f"; {before:,} bore it before." if before else "."), ""))


def _bear(count: int, how: str) -> str:
    return f"{how} bears" if count == 1 else f"{how} bear"


def print_counts(counts: "Sequence[TagCount]") -> None:
    """Print the names of tags, with how many places and documents bear them."""
    for count in counts:
        print_styled(
            (safe_line(count.name), "bold"),
            (f"  {many(count.places, 'place')} in {many(count.documents, 'document')}", ""),
        )
    if not counts:
        print_styled(("No tags. Make one: recordsearch tag 3:2 NAME", "bold"))


def print_places(places: "Sequence[ListedTag]") -> None:
    """Print tagged places with their notes."""
    for place in places:
        parts = [safe_line(f"{place.release}/{place.file}")]
        if place.first_page:
            parts.append(page_range(place.first_page, place.last_page))
        if place.bates:
            parts.append(safe_line(place.bates))
        print_styled(
            (safe_line(place.tag), "bold yellow"),
            (f"  {'  '.join(parts)}  [{place.hit}]", "green"),
            (f"  {place.made[:10]}", "dim"),
        )
        if place.state in _STATES:
            print_styled((f"   ({_STATES[place.state]})", "red"))
        if place.note:
            print_styled((f"   note: {safe_line(place.note)}", ""))
        if place.text:
            text = " ".join(place.text.split())
            cut = "…" if len(text) > _SHOWN_TEXT else ""
            print_styled((f"   {safe_line(text[:_SHOWN_TEXT])}{cut}", "dim"))
    print_styled((f"{many(len(places), 'place')}.", "bold"))


def count_line(count: "TagCount") -> str:
    """Write a tag as JSON: ``tag``, ``places``, ``documents``."""
    return json.dumps({"tag": count.name, "places": count.places, "documents": count.documents})


def place_line(place: "ListedTag") -> str:
    """Write a tagged place as JSON."""
    return json.dumps(asdict(place))


def csv_lines(places: "Iterable[ListedTag]") -> Iterator[str]:
    """Yield tagged places as lines of CSV, under a heading."""
    yield csv_line(_COLUMNS)
    for place in places:
        yield csv_line(getattr(place, column) for column in _COLUMNS)

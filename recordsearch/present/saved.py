"""Saved searches and what is new to them: for a person, and as JSON Lines."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from recordsearch.present.console import print_styled
from recordsearch.present.jsonl import hit_line
from recordsearch.present.safe import safe_line
from recordsearch.present.words import coverage_lines, many, place, show_name

if TYPE_CHECKING:
    from recordsearch.records import Coverage
    from recordsearch.workflows.saved_searches import News, Saved

_NOTHING_SAVED = "No searches are saved. Save one: recordsearch save NAME QUERY"


def print_saved(search: "Saved") -> None:
    """Say that a search was saved."""
    name = safe_line(search.name)
    print_styled((f"Saved {name}: {_query(search)}", ""))
    print_styled(("What comes in from now on: recordsearch news", "dim"))


def print_removed(search: "Saved") -> None:
    """Say that a search was removed."""
    print_styled((f"Removed {safe_line(search.name)}: {_query(search)}", ""))


def print_list(told: "Sequence[News]") -> None:
    """Print saved searches, with how many hits each has and how many are new."""
    for one in told:
        print_styled((safe_line(one.saved.name), "bold"), (f"  {_query(one.saved)}", "yellow"))
        dates = f"saved {one.saved.made[:10]}, last looked at {one.saved.looked[:10]}"
        if one.fault:
            print_styled((f"   {safe_line(one.fault)}; {dates}", "red"))
        else:
            print_styled((f"   {many(one.total, 'hit')}, {one.new:,} new; {dates}", ""))
    if not told:
        print_styled((_NOTHING_SAVED, "bold"))


def print_news(told: "Sequence[News]", coverage: "Coverage") -> None:
    """Print the new hits of saved searches, and how far the archive has been read."""
    for one in told:
        print_styled((safe_line(one.saved.name), "bold"), (f"  {_query(one.saved)}", "yellow"))
        if one.fault:
            continue
        for hit in one.hits:
            print_styled(
                (f"   {hit.rank}. ", "bold cyan"),
                (f"{place(hit)}  [{show_name(hit)}]", "green"),
            )
            print_styled((f"      {safe_line(hit.snippet)}", ""))
            if hit.near_identical:
                print_styled((f"      and {len(hit.near_identical):,} near-identical", "dim"))
        for note in one.notes:
            print_styled((f"   {safe_line(note)}", "dim"))
        print_styled((f"   {_counted(one)}", "bold"))
    if not told:
        print_styled((_NOTHING_SAVED, "bold"))
        return
    for line in coverage_lines(coverage):
        print_styled((line, "dim"))


def _counted(one: "News") -> str:
    line = f"{one.new:,} new of {many(one.total, 'hit')} since {one.saved.looked[:10]}."
    shown = sum(1 + len(hit.near_identical) for hit in one.hits)
    return line + (f" {shown:,} are shown; the others stay new." if shown < one.new else "")


def _query(search: "Saved") -> str:
    options = [
        name
        for name, chosen in (
            ("--any", search.options.any_word),
            ("--tolerant", search.options.tolerant),
        )
        if chosen
    ]
    return safe_line(" ".join([*options, search.query]))


def saved_line(one: "News") -> str:
    """Write a saved search as JSON, with its numbers of hits; null where it has a ``fault``."""
    return json.dumps(
        {
            "name": one.saved.name,
            "query": one.saved.query,
            "any": one.saved.options.any_word,
            "tolerant": one.saved.options.tolerant,
            "saved": one.saved.made,
            "looked": one.saved.looked,
            "hits": None if one.fault else one.total,
            "new": None if one.fault else one.new,
            "fault": one.fault,
        }
    )


def news_lines(one: "News") -> Iterator[str]:
    """Write each new hit of a saved search as JSON: as search does, and ``saved``, its name."""
    for hit in one.hits:
        yield json.dumps({"saved": one.saved.name, **json.loads(hit_line(hit))})

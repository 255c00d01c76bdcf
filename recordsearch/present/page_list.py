"""Pages by how they were read: for a person, and as JSON Lines."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from recordsearch.present.console import print_styled
from recordsearch.present.safe import safe_line
from recordsearch.present.words import many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recordsearch.catalogue.page_list import ListedPage
    from recordsearch.workflows.rereading import PageReread, RereadSummary


def page_line(page: "ListedPage") -> str:
    """Write a page as JSON: documented in the README and kept stable."""
    return json.dumps(asdict(page))


def print_pages(pages: "Sequence[ListedPage]", total: int) -> None:
    """Print pages, a line each, and how many there are."""
    for page in pages:
        print_styled(
            (f"{_sure(page.confidence):>4}  ", "bold cyan"),
            (safe_line(f"{page.release}/{page.file}"), "bold"),
            (f"  p. {page.page}", "green"),
            (f"  {safe_line(page.bates)}" if page.bates else "", "green"),
            (f"  [{page.document}:{page.page}]", "green"),
            (f"  {safe_line(page.reason)}", "dim"),
        )
    line = f"{many(total, 'page')}." if total else "No such pages."
    if len(pages) < total:
        line = f"{len(pages):,} of {many(total, 'page')}; more with --limit"
    print_styled((line, "bold"))


def reread_line(one: "PageReread") -> str:
    """Write what became of a page that was read again."""
    now, before = _sure(one.now), _sure(one.before)
    verdict = f"read better ({before} → {now})" if one.used else f"left as it was ({before})"
    return f"{safe_line(one.file)}, p. {one.page}: {verdict}: {safe_line(one.why)}"


def reread_summary(summary: "RereadSummary") -> str:
    """Write what became of all pages that were read again."""
    line = f"{summary.used:,} of {many(summary.pages, 'page')} read better."
    if summary.failed:
        line += f" {many(summary.failed, 'page')} could not be read again."
    return line + (" Stopped: run recordsearch index to finish." if summary.stopped else "")


def _sure(confidence: float | None) -> str:
    return "–" if confidence is None else f"{confidence:.0f}"

"""What differs between two releases: a listing for a person, and JSON Lines."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from recordsearch.present.console import print_styled
from recordsearch.present.safe import safe_line
from recordsearch.present.words import many
from recordsearch.understand.differing import Difference, DifferenceKind
from recordsearch.workflows.compare import Compared, ComparedAll, Kind, KnownBy
from recordsearch.workflows.compare_pages import PageChange, PageKind

if TYPE_CHECKING:
    from recordsearch.catalogue.publications import PublishedFile

# As a publication tells it: what the other version withholds, and what it discloses.
_SPOKEN = {
    DifferenceKind.REDACTED: "withheld",
    DifferenceKind.DISCLOSED: "disclosed",
    DifferenceKind.REPLACED: "replaced",
    DifferenceKind.MISSING: "gone",
    DifferenceKind.ADDED: "new",
}
_STYLES = {
    Kind.MOVED: "cyan",
    Kind.REPLACED: "bold yellow",
    Kind.REMOVED: "bold red",
    Kind.ADDED: "bold green",
}
_DIFFERENCE_STYLES = {DifferenceKind.REDACTED: "bold red", DifferenceKind.DISCLOSED: "bold green"}
_KNOWN_BY = {
    KnownBy.NAME: "the same name",
    KnownBy.BATES: "the same Bates number",
    KnownBy.TEXT: "most likely the same record",
}


def print_compared(compared: Compared, *, pages: bool) -> None:
    """Print what became of a file; with ``pages`` each page that is not the same, too."""
    style = _STYLES.get(compared.kind, "")
    print_styled((f"{compared.kind.value:<9} ", style), (_names(compared), ""))
    if compared.kind is Kind.REPLACED:
        print_styled((f"          {_replaced(compared)}", "green"))
        if told := _withheld(compared):
            print_styled((f"          {told}", "bold"))
        if pages:
            for page in compared.pages:
                _print_page(page)


def _names(compared: Compared) -> str:
    first = safe_line(compared.first.file) if compared.first else ""
    other = safe_line(compared.other.file) if compared.other else ""
    names = first if first == other else " → ".join(name for name in (first, other) if name)
    if compared.copy_of:
        names += f"  (the same content is still at {safe_line(compared.copy_of)})"
    numbers = [one.document for one in (compared.first, compared.other) if one]
    told = " → ".join(str(number) for number in dict.fromkeys(numbers))
    return f"{names}  [{told}]"


def _replaced(compared: Compared) -> str:
    known = _KNOWN_BY.get(compared.known_by or KnownBy.NAME, "")
    parts = [f"{known}, {_percent(compared.likeness or 0.0)} of the words in common"]
    counts = [
        f"{count:,} {kind.value}" for kind in PageKind if (count := compared.count_pages(kind))
    ]
    total = compared.other.pages if compared.other else 0
    parts.append(f"of {many(total, 'page')} {', '.join(counts)}" if counts else "the text is equal")
    return "; ".join(parts)


def _withheld(compared: Compared) -> str:
    told = []
    for kind, words in (
        (DifferenceKind.REDACTED, "newly withheld"),
        (DifferenceKind.DISCLOSED, "newly disclosed"),
        # A black box that is drawn over a page leaves no mark in its text.
        (DifferenceKind.MISSING, "gone"),
    ):
        on = [page for page in compared.pages if page.count(kind)]
        if on:
            numbers = ", ".join(f"{page.other}" for page in on[:10]) + (
                ", …" if len(on) > 10 else ""
            )
            count = many(compared.count(kind), "stretch", "stretches")
            told.append(f"{count} of text {words}, p. {numbers}")
    return "; ".join(told)


def _print_page(page: PageChange) -> None:
    if page.kind is not PageKind.CHANGED:
        number = page.first if page.other is None else page.other
        print_styled((f"            p. {number}  {page.kind.value}", ""))
        return
    numbers = f"p. {page.first}" if page.first == page.other else f"p. {page.first} → {page.other}"
    print_styled((f"            {numbers}  {_percent(page.differs)} of the words differ", ""))
    for one in page.differences:
        style = _DIFFERENCE_STYLES.get(one.kind, "")
        print_styled((f"              {_SPOKEN[one.kind]}: ", style), (_stretch(one), ""))


def _stretch(one: Difference) -> str:
    quoted = [f"“{safe_line(text)}”" for text in (one.first, one.other) if text]
    return " → ".join(quoted)


def _percent(share: float) -> str:
    """Write a share; a little is never told as nothing, nor nearly all as all."""
    if 0 < share < 0.01:
        return "under 1%"
    if 0.99 < share < 1:
        return "over 99%"
    return f"{share:.0%}"


def summary_line(compared: ComparedAll) -> str:
    """Write how two releases compare."""
    counts = (
        (compared.same, "the same"),
        (compared.moved, "moved"),
        (compared.replaced, "replaced"),
        (compared.removed, "removed"),
        (compared.added, "added"),
    )
    line = ", ".join(f"{count:,} {name}" for count, name in counts) + "."
    if compared.withheld or compared.disclosed:
        line += (
            f" Text newly withheld in {many(compared.withheld, 'document')},"
            f" newly disclosed in {many(compared.disclosed, 'document')}."
        )
    if compared.unread:
        line += f" {many(compared.unread, 'file')} could not be read, hence not compared."
    return line


def compared_json(compared: Compared, *, pages: bool) -> str:
    """Write what became of a file as a JSON object; ``pages`` adds those that are not the same."""
    fields: dict[str, Any] = {
        "kind": compared.kind.value,
        "a": _file(compared.first),
        "b": _file(compared.other),
        "known_by": None if compared.known_by is None else compared.known_by.value,
        "likeness": None if compared.likeness is None else round(compared.likeness, 4),
        "copy_of": compared.copy_of or None,
        "pages_changed": compared.count_pages(PageKind.CHANGED),
        "pages_added": compared.count_pages(PageKind.ADDED),
        "pages_removed": compared.count_pages(PageKind.REMOVED),
        "withheld": compared.count(DifferenceKind.REDACTED),
        "disclosed": compared.count(DifferenceKind.DISCLOSED),
        "gone": compared.count(DifferenceKind.MISSING),
        "new": compared.count(DifferenceKind.ADDED),
    }
    if pages:
        fields["pages"] = [_page(page) for page in compared.pages]
    return json.dumps(fields)


def _file(file: "PublishedFile | None") -> dict[str, Any] | None:
    if file is None:
        return None
    return {
        "document": file.document,
        "file": file.file,
        "sha256": file.sha256,
        "media_type": file.media_type,
        "pages": file.pages,
    }


def _page(page: PageChange) -> dict[str, Any]:
    return {
        "kind": page.kind.value,
        "a": page.first,
        "b": page.other,
        "differs": round(page.differs, 4),
        "differences": [
            {"kind": _SPOKEN[one.kind], "a": one.first, "b": one.other} for one in page.differences
        ],
    }


def summary_json(compared: ComparedAll, remarks: Iterable[str]) -> str:
    """Write how two releases compare as a JSON object."""
    return json.dumps(
        {
            "summary": {
                "same": compared.same,
                "moved": compared.moved,
                "replaced": compared.replaced,
                "removed": compared.removed,
                "added": compared.added,
                "withheld": compared.withheld,
                "disclosed": compared.disclosed,
                "unread": compared.unread,
                "remarks": list(remarks),
            }
        }
    )

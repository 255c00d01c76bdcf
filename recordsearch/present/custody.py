"""The chain of custody for a person and for a spreadsheet: manifests as CSV, and what differs."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from recordsearch.present.cells import csv_line
from recordsearch.present.safe import safe, safe_line
from recordsearch.present.words import many

if TYPE_CHECKING:
    from recordsearch.catalogue.custody import CustodyDocument, Place, UnreadFile
    from recordsearch.workflows.verifying import Differs, Remark, Step, Verified

CSV_COLUMNS = (
    "sha256",
    "size",
    "media_type",
    "pages",
    "release",
    "file",
    "path",
    "inside",
    "parent",
    "ingested",
    "state",
    "ocr",
    "language",
    "read_by",
    "understood_by",
    "problems",
    "first_bates",
    "last_bates",
    "gone",
    "cause",
)


def csv_lines(entries: "Iterable[CustodyDocument | UnreadFile]") -> Iterator[str]:
    """Write a manifest as CSV (RFC 4180), a line a location, below a line of column names."""
    from recordsearch.catalogue.custody import CustodyDocument

    yield csv_line(CSV_COLUMNS)
    for entry in entries:
        if isinstance(entry, CustodyDocument):
            for place in entry.places:
                yield csv_line(_document_cells(entry, place))
        else:
            yield csv_line(_unread_cells(entry))


def _document_cells(entry: "CustodyDocument", place: "Place") -> tuple[object, ...]:
    read_by = "; ".join(f"{one.name} {one.version} ({one.pages})" for one in entry.read_by)
    return (
        entry.sha256,
        entry.size,
        entry.media_type,
        entry.pages,
        *_place_cells(place),
        entry.added,
        entry.state,
        entry.ocr,
        entry.language,
        read_by,
        entry.understood,
        entry.problems,
        entry.first_bates,
        entry.last_bates,
        place.gone or "",
        "",
    )


def _unread_cells(entry: "UnreadFile") -> tuple[object, ...]:
    from recordsearch.workflows.manifest import why_unread

    cause = why_unread(entry)[0]
    after = CSV_COLUMNS.index("problems") - CSV_COLUMNS.index("parent") - 1
    empty = ("",) * after
    return (
        *("", "", "", ""),
        *_place_cells(entry.place),
        *empty,
        1,
        "",
        "",
        entry.place.gone or "",
        cause,
    )


def _place_cells(place: "Place") -> tuple[str, ...]:
    from recordsearch.workflows.manifest import readable

    path, *inside = (readable(part) for part in place.key.split(b"\0"))
    return place.release, place.file, path, "!/".join(inside), place.parent or ""


def differs_line(differs: "Differs") -> str:
    """Write what differs on one line: the finding, the file, the cause and the mend."""
    where = f"{differs.release}/{differs.file}" if differs.file else f"the {differs.part.value}"
    mend = f" ({safe_line(differs.mend)})" if differs.mend else ""
    return f"{differs.finding:<10}  {safe_line(where)}: {safe_line(differs.cause)}{mend}"


def verified_line(verified: "Verified") -> str:
    """Write how a verification ended."""
    parts = [f"{verified.there:,} of {many(verified.files, 'file')} as they were read"]
    counts = (
        (verified.missing, "missing"),
        (verified.changed, "changed"),
        (verified.unreadable, "unreadable"),
        (verified.gone, "known to be gone"),
        (verified.unknown, "without a hash to compare with"),
    )
    parts += [f"{count:,} {name}" for count, name in counts if count]
    line = ", ".join(parts) + ". "
    line += many(verified.differences, "difference") if verified.differences else "No difference"
    if verified.quick:
        line += "; sizes and times alone were looked at, not the bytes"
    if not verified.complete:
        line += "; the index was not verified"
    return safe(line) + "."


def remarks_in(told: "Step | Remark") -> list[str]:
    """Return what is worth telling at the end, too."""
    from recordsearch.workflows.verifying import Remark

    return [told.message] if isinstance(told, Remark) else []


def differs_json(differs: "Differs") -> str:
    """Write what differs as a JSON object."""
    return json.dumps(
        {
            "part": differs.part.value,
            "finding": differs.finding,
            "release": differs.release,
            "file": differs.file,
            "path": differs.path,
            "sha256": differs.sha256,
            "cause": differs.cause,
            "mend": differs.mend,
        }
    )


def verified_json(verified: "Verified", remarks: Iterable[str]) -> str:
    """Write how a verification ended as a JSON object."""
    return json.dumps(
        {
            "summary": {
                "quick": verified.quick,
                "complete": verified.complete,
                "files": verified.files,
                "there": verified.there,
                "missing": verified.missing,
                "changed": verified.changed,
                "unreadable": verified.unreadable,
                "gone": verified.gone,
                "unknown": verified.unknown,
                "differences": verified.differences,
                "remarks": list(remarks),
            }
        }
    )

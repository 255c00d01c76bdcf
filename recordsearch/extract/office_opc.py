"""How parts of an OOXML document name each other (Open Packaging Conventions, ECMA-376 part 2)."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from recordsearch.extract.office_xml import Attributes, stream, value
from recordsearch.extract.office_zip import Package, damaged

_RELATIONS = 100_000


@dataclass(frozen=True, slots=True)
class Related:
    """A part that another names: ``kind`` is the last word of the relationship's type."""

    kind: str
    part: str


def relations(package: Package, part: str = "") -> dict[str, Related]:
    """Return what ``part`` (or the whole package) names inside the package, by its id there.

    :raises UnreadableError: the list is damaged.
    """
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in package:
        return {}
    reader = _Relations(folder)
    stream(package.blocks(listed), reader)
    return reader.found


def main_part(package: Package, usual: str) -> str:
    """Return the name of the main part; ``usual`` is where programs put it.

    :raises UnreadableError: there is none.
    """
    for one in relations(package).values():
        if one.kind == "officeDocument" and one.part in package:
            return one.part
    if usual in package:
        return usual
    raise damaged(None)


def first_of(found: dict[str, Related], kind: str) -> str:
    """Return the first part of that kind, or an empty name."""
    return next((one.part for one in found.values() if one.kind == kind), "")


class _Relations:
    def __init__(self, folder: str) -> None:
        self.found: dict[str, Related] = {}
        self._folder = folder

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "rel:Relationship" or value(attributes, "TargetMode") == "External":
            return
        target = unquote(value(attributes, "Target"))[:1_000]
        target = target if target.startswith("/") else posixpath.join("/", self._folder, target)
        kind = value(attributes, "Type").rpartition("/")[2]
        if len(self.found) < _RELATIONS:
            part = posixpath.normpath(target).lstrip("/")
            self.found[value(attributes, "Id")] = Related(kind, part)

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass

"""Comments on a sheet's cells: notes, and threads of comments (ECMA-376 18.7; MS-XLSX 2.6.205)."""

from recordsearch.extract.office_opc import Related
from recordsearch.extract.office_xml import Attributes, stream, value
from recordsearch.extract.office_zip import Package

_AUTHORS = 10_000
_COMMENTS = 100_000
_THREAD = "tc="
"""What the author of a note begins with that stands for a thread in older programs."""


def sheet_comments(package: Package, named: dict[str, Related], people: str) -> list[str]:
    """Return the comments in the parts that a sheet names, a line each.

    ``people`` is the part that names the authors of threads, or empty.

    :raises UnreadableError: a part is damaged.
    """
    names = _People()
    if people:
        stream(package.blocks(people), names)
    found: list[str] = []
    for related in named.values():
        if related.kind in ("comments", "threadedComment"):
            reader = _Comments(names.found)
            stream(package.blocks(related.part), reader)
            found += reader.found
    return found[:_COMMENTS]


class _People:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "tc:person" and len(self.found) < _AUTHORS:
            self.found[value(attributes, "id")[:100]] = value(attributes, "displayName")[:200]

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class _Comments:
    def __init__(self, people: dict[str, str]) -> None:
        self.found: list[str] = []
        self._people = people
        self._authors: list[str] = []
        self._parts: list[str] = []
        self._taking = False
        self._spoken = False
        self._cell = self._author = self._date = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("x:author", "x:t", "tc:text"):
            self._taking = not self._spoken
        elif name == "x:rPh":
            self._spoken = True
        elif name == "x:comment":
            which = value(attributes, "authorId")
            known = which.isascii() and which.isdigit() and int(which[:9]) < len(self._authors)
            self._take(attributes, self._authors[int(which[:9])] if known else "", "")
        elif name == "tc:threadedComment":
            author = self._people.get(value(attributes, "personId"), "")
            self._take(attributes, author, value(attributes, "dT")[:10])

    def _take(self, attributes: Attributes, author: str, date: str) -> None:
        self._cell, self._author, self._date = value(attributes, "ref")[:20], author, date
        self._parts.clear()

    def end(self, name: str) -> None:
        if name in ("x:t", "tc:text"):
            self._taking = False
        elif name == "x:rPh":
            self._spoken = False
        elif name == "x:author":
            self._taking = False
            if len(self._authors) < _AUTHORS:
                self._authors.append("".join(self._parts)[:200])
            self._parts.clear()
        elif name in ("x:comment", "tc:threadedComment"):
            self._end_comment()

    def text(self, data: str) -> None:
        if self._taking:
            self._parts.append(data)

    def _end_comment(self) -> None:
        said = " ".join("".join(self._parts).split())
        self._parts.clear()
        if said and not self._author.startswith(_THREAD) and len(self.found) < _COMMENTS:
            who = f" by {self._author}" if self._author else ""
            when = f" on {self._date}" if self._date else ""
            self.found.append(f"[comment at {self._cell}{who}{when}: {said}]")

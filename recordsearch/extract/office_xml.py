"""The XML of office documents as a stream of events: no tree, no entities, bounded depth.

Office documents have no document type declaration (ECMA-376, part 2, 6.1.4), and without one there
are no entities to expand or to fetch; a part that has one is refused where it begins.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers.expat import ExpatError, ParserCreate

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_zip import MEND, damaged

DEPTH = 2_000
TOKEN_BYTES = 8 * 1024 * 1024
"""Longest single tag or comment; Expat before 2.6 takes quadratic time for long ones."""
_NAMES = 10_000

Attributes = Mapping[str, str]

_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_PREFIXES = {
    **dict.fromkeys(
        (_OOXML + "wordprocessingml/2006/main", _STRICT + "wordprocessingml/main"), "w"
    ),
    **dict.fromkeys((_OOXML + "spreadsheetml/2006/main", _STRICT + "spreadsheetml/main"), "x"),
    **dict.fromkeys((_OOXML + "presentationml/2006/main", _STRICT + "presentationml/main"), "p"),
    **dict.fromkeys((_OOXML + "drawingml/2006/main", _STRICT + "drawingml/main"), "a"),
    **dict.fromkeys((_OOXML + "drawingml/2006/chart", _STRICT + "drawingml/chart"), "c"),
    **dict.fromkeys((_OOXML + "drawingml/2006/diagram", _STRICT + "drawingml/diagram"), "dgm"),
    **dict.fromkeys((_OOXML + "officeDocument/2006/math", _STRICT + "officeDocument/math"), "m"),
    _OOXML + "package/2006/relationships": "rel",
    _OOXML + "markup-compatibility/2006": "mc",
    _MICROSOFT + "drawing/2014/chartex": "cx",
    _MICROSOFT + "spreadsheetml/2018/threadedcomments": "tc",
    _MICROSOFT + "powerpoint/2018/8/main": "p188",
    _ODF + "office:1.0": "office",
    _ODF + "style:1.0": "style",
    _ODF + "text:1.0": "text",
    _ODF + "table:1.0": "table",
    _ODF + "drawing:1.0": "draw",
    _ODF + "presentation:1.0": "presentation",
    _ODF + "manifest:1.0": "manifest",
    "http://purl.org/dc/elements/1.1/": "dc",
}


class Handler(Protocol):
    """What takes the events; names are ``prefix:local`` with the prefixes of this module.

    Elements of a namespace that is not known here have the prefix ``?``.
    """

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, data: str) -> None:
        """Take character data, in pieces."""


class _Names(dict[str, str]):
    """Short names by Expat's (namespace, space, local name); a bounded cache."""

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        short = f"{_PREFIXES.get(space, '?')}:{local}"
        if len(self) < _NAMES:
            self[name] = short
        return short


_names = _Names()


def stream(blocks: Iterable[bytes], handler: Handler) -> None:
    """Give a part's XML to ``handler`` as it comes.

    :raises UnreadableError: it is not well-formed, declares a document type, or nests too deeply.
        What came before has been handled.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0
    names, start, end = _names, handler.start, handler.end

    def on_start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise UnreadableError("extract", f"its XML nests more than {DEPTH:,} deep", MEND)
        start(names[name], attributes)

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(names[name])

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    try:
        for block in blocks:
            parser.Parse(block, False)
            fed += len(block)
            if fed - parser.CurrentByteIndex > TOKEN_BYTES:
                raise UnreadableError("extract", "its XML has a tag that is too long", MEND)
        parser.Parse(b"", True)
    except (ExpatError, ValueError, LookupError) as error:
        raise damaged(error) from error


def _refuse(*_: object) -> None:
    raise UnreadableError(
        "extract", "its XML declares entities, which office documents never do", MEND
    )


def value(attributes: Attributes, name: str, default: str = "") -> str:
    """Return the value of the attribute with the local ``name``, in whatever namespace."""
    found = attributes.get(name)
    if found is not None:
        return found
    tail = " " + name
    for key in attributes:
        if key.endswith(tail):
            return attributes[key]
    return default


def relation(attributes: Attributes, name: str = "id") -> str:
    """Return the value of an attribute that names a relationship, such as ``r:id``."""
    tail = f"/relationships {name}"
    for key in attributes:
        if key.endswith(tail):
            return attributes[key]
    return ""


def number(attributes: Attributes, name: str, default: int, most: int) -> int:
    """Return an attribute's value as a number from 0 to ``most``."""
    found = value(attributes, name)
    return min(int(found[:9]), most) if found.isascii() and found.isdigit() else default

"""HTML pages: the text that a reader sees, with the line ends that blocks make.

The standard library's parser keeps no tree, so nesting costs nothing; what is hidden (scripts,
styles, templates, comments, the head but for its title) is left out.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from recordsearch.extract.clean import clean
from recordsearch.extract.decode import decode
from recordsearch.extract.plain import check_file, read_bytes
from recordsearch.records import Adapter, Method, Page

ADAPTER = Adapter("html", "1")

BYTES = 64 * 1024 * 1024
CHARACTERS = 20_000_000
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_META_WITHIN = 4_096

_HIDDEN = frozenset({"script", "style", "template", "noscript", "svg", "object", "iframe"})
_LINE = frozenset({"br", "tr", "li", "dt", "dd", "option", "caption", "legend", "figcaption"})
_BLOCK = frozenset(
    {
        *("address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl"),
        *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "title"),
        "ul",
    }
)
_CELL = frozenset({"td", "th"})
_WHITE = re.compile(r"[ \t\r\n\f]+")
_SOFT_HYPHEN = "\u00ad"


def count_pages(path: str) -> int:
    """Return 1, the pages of an HTML file.

    :raises UnreadableError: the file cannot be opened, is empty, or too large.
    """
    check_file(path, BYTES)
    return 1


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield the one page that an HTML file is.

    :raises UnreadableError: the file cannot be opened, is empty, or too large.
    """
    data = read_bytes(path, BYTES)
    if first <= 1 <= last:
        markup = decode_html(data)
        text = html_to_text(markup)
        cut = len(markup) > CHARACTERS
        yield Page(
            number=1,
            text=text,
            method=Method.TEXT if text else Method.BLANK,
            adapter=ADAPTER,
            reason="visible text of HTML" if text else "the page shows nothing",
            poor=f"only the first {CHARACTERS:,} characters were read" if cut else "",
            mend="split the file into smaller ones and index those" if cut else "",
        )


def decode_html(data: bytes, named: str = "") -> str:
    """Return HTML's bytes as text by byte order mark, ``named`` charset, its meta tag, or guess."""
    found = _META.search(data[:_META_WITHIN])
    return decode(data, named or (found[1].decode("ascii") if found else ""))


def html_to_text(markup: str) -> str:
    """Return the visible text of ``markup``, blocks on lines of their own."""
    reader = _VisibleText()
    reader.feed(markup[:CHARACTERS])
    reader.close()
    return clean("".join(reader.parts).replace(_SOFT_HYPHEN, ""))


class _VisibleText(HTMLParser):
    """Collects text; ``parts`` joined is the page before cleaning."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = ""
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden:
            return
        if tag in _HIDDEN:
            self._hidden = tag
        elif tag in _BLOCK:
            self._end_line(2)
            self._preformatted += tag == "pre"
        elif tag in _LINE:
            self._end_line(1, force=tag == "br")
        elif tag in _CELL:
            self._space()
        elif tag == "img":
            # The words that stand for a picture are what a reader gets who cannot see it.
            self.handle_data(dict(attrs).get("alt") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden:
                self._hidden = ""
        elif tag in _BLOCK:
            if tag == "pre" and self._preformatted:
                self._preformatted -= 1
            self._end_line(2)
        elif tag in _LINE:
            self._end_line(1)

    def handle_data(self, data: str) -> None:
        if self._hidden or not data:
            return
        if self._preformatted:
            self.parts.append(data)
            return
        text = _WHITE.sub(" ", data)
        if text.startswith(" ") and self._at_gap():
            text = text[1:]
        if text:
            self.parts.append(text)

    def _at_gap(self) -> bool:
        return not self.parts or self.parts[-1].endswith((" ", "\n"))

    def _space(self) -> None:
        if not self._at_gap():
            self.parts.append(" ")

    def _end_line(self, ends: int, *, force: bool = False) -> None:
        """End the line; two ends make a blank line; no more than two stand in a row."""
        if not self.parts and not force:
            return
        have = 0
        for part in reversed(self.parts[-3:]):
            stripped = part.rstrip(" ")
            trailing = len(stripped) - len(stripped.rstrip("\n"))
            have += trailing
            if trailing < len(stripped):
                break
        if force:
            ends = min(2, have + 1)
        if have < ends:
            self.parts.append("\n" * (ends - have))

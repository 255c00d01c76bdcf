r"""Rich text (RTF specification 1.9.1): all text that a reader may find, notes and comments too.

Pages are those that the text itself begins; where a program would break others, it does not say.
Pictures and embedded objects are passed over, binary ones (``\bin``) included.
"""

from collections.abc import Iterator

from recordsearch.errors import UnreadableError
from recordsearch.extract.office_pages import Drafts, as_pages, drafts_of
from recordsearch.extract.office_rtf_text import RtfText
from recordsearch.extract.office_table import cut_at_breaks
from recordsearch.extract.office_zip import MEND
from recordsearch.extract.plain import cut, read_bytes
from recordsearch.records import Adapter, Page

ADAPTER = Adapter("rtf", "1")

BYTES = 256 * 1024 * 1024
"""Largest file that is read; most of a large one are pictures."""


def count_pages(path: str) -> int:
    """Return the number of pages that the text begins, at least 1.

    :raises UnreadableError: the file cannot be opened, is empty, too large, or damaged.
    """
    return len(drafts_of(path, ADAPTER.name, BYTES, _read))


def read_pages(path: str, first: int, last: int) -> Iterator[Page]:
    """Yield pages ``first`` to ``last``.

    :raises UnreadableError: the file cannot be opened, is empty, too large, or damaged.
    """
    yield from as_pages(drafts_of(path, ADAPTER.name, BYTES, _read), first, last, ADAPTER)


def _read(path: str, drafts: Drafts) -> None:
    data = read_bytes(path, BYTES)
    if not data.lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"{\\rtf"):
        raise UnreadableError("extract", "the RTF document is damaged: it has no beginning", MEND)
    text = RtfText(data)
    text.read()
    pages = cut_at_breaks(text.body())
    reason = "the only page: the text begins no other"
    if len(pages) > 1:
        reason = "pages by the breaks that the text sets; others are not recorded"
    for number, page in enumerate(pages, 1):
        said = text.with_notes(page)
        if number == 1:
            said = f"{text.lines('header')}{said.rstrip()}{text.lines('footer')}"
        if number == len(pages):
            said += text.endnotes()
        parts = cut(said) or [""]
        for part in parts:
            drafts.add(part, f"{reason}; cut where it grew too long" if len(parts) > 1 else reason)
    if text.cut:
        drafts.blame(text.cut, MEND)

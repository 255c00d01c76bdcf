r"""The lines of the pages on which an e-mail's header may stand.

A line knows where it lies in the document's text, how deep it is quoted by ``>``, and whether it
says nothing of a message: it is blank, or what a printer, an office or a court put on the page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recordsearch.passages import page_starts

LINE_CHARACTERS = 4_000
"""What is looked at of a line: a header run together on one line is shorter."""

_EDGE_LINES = 4
_MARKS = re.compile(r"[ \t]*(?:[:;.,'] ?(?=>))?(?:>[ \t]{0,2}){1,40}")
# One of these, in lower case, is on every page with a header; the words alone are too frequent.
_SIGNS = (
    "from:", "sent:", "subject:", "date:", "from :", "sent :", "subject :", "from;", "subject;",
    "wrote", "message-----", "forwarded message", "\nsubject", "\nto  ", "\nto\t", "\nto\n",
    "\nto:", "\nto;", "\ncc:", "\nce:", "subiect:",
    "gesendet:", "betreff:", "schrieb", "envoyé", "objet", "écrit", "enviado", "asunto",
    "escribió", "inviato", "oggetto", "scritto", "assunto", "escreveu",
)  # fmt: skip
_STAMPED = re.compile(
    r"(?:(?:[A-Z][A-Z0-9&.]{0,14}[-_ ]{0,2}){1,4}\d(?: ?\d){3,9}"
    r"|(?i:page)\s?\d{1,5}(?:\s?(?i:of)\s?\d{1,5})?|[-–]?\s?\d{1,5}\s?[-–]?"
    r"|\d{1,5}\s?(?i:of)\s?\d{1,5})"
)
_MARKED = re.compile(
    r"(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|SENSITIVE BUT UNCLASSIFIED|SBU|FOUO"
    r"|FOR OFFICIAL USE ONLY|CUI|RELEASED? IN (?:PART|FULL)|RELEASE|IN PART|PART|REASON:"
    r"|PRODUCED (?:TO|BY)|APPROVED FOR RELEASE|OBTAINED (?:VIA|BY)|FOIA)\b"
    r"(?:[^a-z\n]|(?<=[A-Z])[a-z]|U\.S\. Department of [A-Z][a-z]+|Case No|Doc No|Date){0,140}"
)
_EXEMPTION = re.compile(
    r"(?:[({\[]?\s?[bB]\s?[)}\]]?\s?[({\[]?\d{1,2}[)}\]]?(?:\s?\(?[A-F]\)?)?[\s,;.]{0,3}){1,6}"
)
# Labels, what divides messages, and a date as RFC 5322 has it, which headers leave unlabelled.
_NO_FURNITURE = re.compile(
    r"(?:from|sent|to|cc|ce|bcc|subject|date|on)\b"
    r"|\W{0,40}(?:begin forwarded|forwarded|original) message\W{0,40}$"
    r"|(?:[a-z]{3}, )?# [a-z]{3} # #:#(?::#)? (?:[+-]#|[a-z]{2,4})$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; ``content`` is where its text starts, after quote marks and white space.

    ``text`` holds at most 4,000 characters. ``skip`` tells that it says nothing of a message,
    ``stamp`` that it is a page's number or Bates number.
    """

    start: int
    content: int
    end: int
    text: str
    depth: int
    page: int
    skip: bool
    stamp: bool = False


def may_hold_header(page: str) -> bool:
    """Tell at little cost whether a header may stand on a page."""
    lower = page.lower()
    return any(sign in lower for sign in _SIGNS)


def split_line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return how deep the line at ``[start, end)`` is quoted, and where its content starts."""
    marks = _MARKS.match(text, start, min(end, start + 200))
    content = marks.end() if marks else start
    limit = min(end, content + LINE_CHARACTERS)
    while content < limit and text[content] in " \t\u00a0\ufeff":
        content += 1
    return (marks[0].count(">") if marks else 0), content


def read_lines(pages: Sequence[str]) -> list[Line]:
    """Return the lines of each page on which a header may stand, and of the page after it."""
    wanted = {
        number + after
        for number, page in enumerate(pages)
        if may_hold_header(page)
        for after in (0, 1)
        if number + after < len(pages)
    }
    starts = page_starts(pages)
    repeated = repeated_lines(pages[number] for number in sorted(wanted))
    lines: list[Line] = []
    for number in sorted(wanted):
        lines.extend(_page_lines(pages[number], starts[number], number + 1, repeated))
    return lines


def _page_lines(page: str, offset: int, number: int, repeated: frozenset[str]) -> Iterator[Line]:
    start = 0
    printed = page.split("\n")
    edges = _edges(printed)
    for index, whole in enumerate(printed):
        end = start + len(whole)
        depth, content = split_line(page, start, end)
        text = page[content : min(end, content + LINE_CHARACTERS)].rstrip()
        skip = not text or (
            len(text) <= 200
            and (
                (index in edges and squeezed_line(text) in repeated)
                or is_furniture(text, edge=index in edges)
            )
        )
        stamp = skip and bool(text) and bool(_STAMPED.fullmatch(text[:200]))
        yield Line(offset + start, offset + content, offset + end, text, depth, number, skip, stamp)
        start = end + 1


def is_furniture(text: str, *, edge: bool) -> bool:
    """Tell whether a line is a stamp, a page's number, a classification or an exemption mark."""
    if text[0].islower() and text[0] != "b":
        return False
    stamped = _STAMPED.fullmatch(text)
    if stamped and (edge or text[0].isalpha()):
        return True
    return bool(_MARKED.fullmatch(text) or _EXEMPTION.fullmatch(text))


def _edges(printed: list[str]) -> frozenset[int]:
    full = [index for index, line in enumerate(printed) if line.strip()]
    return frozenset(full[:_EDGE_LINES] + full[-_EDGE_LINES:])


def repeated_lines(pages: Iterable[str]) -> frozenset[str]:
    """Return the lines, squeezed, that stand at the edge of more than one page."""
    counts: Counter[str] = Counter()
    for page in pages:
        printed = page.split("\n")
        counts.update({squeezed_line(printed[index][:200]) for index in _edges(printed)})
    return frozenset(
        line for line, count in counts.items() if count > 1 and not _NO_FURNITURE.match(line)
    )


def squeezed_line(text: str) -> str:
    """Return a line in lower case and without its numbers, which differ from page to page."""
    return re.sub(r"\d+", "#", " ".join(text.split())).lower()

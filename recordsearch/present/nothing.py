"""What a person is told when nothing was found, and why a hit ranks where it does."""

from typing import TYPE_CHECKING

from recordsearch.present.safe import safe_line
from recordsearch.present.words import many

if TYPE_CHECKING:
    from recordsearch.records import Coverage
    from recordsearch.workflows.explaining import Explanation
    from recordsearch.workflows.suggesting import Why


def why_lines(why: "Why", partial: int) -> list[str]:
    """Say which part of a query finds nothing, and what was perhaps meant."""
    lines = []
    for missing in why.missing:
        line = f"Nothing matches {safe_line(missing.part)}"
        if missing.words:
            told = [f"{safe_line(word)} ({count:,})" for word, count in missing.words]
            line += f"; did you mean {' or '.join(told)}?"
        lines.append(line)
    if why.excluded:
        lines.append(f"Without what the query excludes there are {many(why.excluded, 'hit')}.")
    elif not why.missing:
        lines.append("Each part of the query matches something, but no passage has them all.")
    if partial:
        lines.append("These passages have most of it (--any finds them all):")
    return lines


def doubt_line(coverage: "Coverage", *, misread: bool) -> str:
    """Say how far the absence of hits can be relied on, or nothing where it is a fact.

    ``misread`` tells that a word was looked for which OCR may have made something else of.
    """
    unread = []
    if coverage.pages_poor:
        unread.append(f"{many(coverage.pages_poor, 'page')} read poorly")
    if coverage.files_unread:
        unread.append(f"{many(coverage.files_unread, 'file')} not read at all")
    if not unread:
        return ""
    line = f"It may stand where it could not be read: {', '.join(unread)}."
    return line + (" Try --tolerant" if misread else "")


def explanation_lines(explanation: "Explanation", *, expanded: bool) -> list[str]:
    """Say what each part of a query adds to a hit's score; ``expanded`` by words of other hits."""
    told = [f"{share.score:.2f} {safe_line(share.part)}" for share in explanation.shares]
    if explanation.together:
        why = "words side by side or in a title"
        if expanded:
            why = f"what the best hits speak of, and for {why}"
        told.append(f"{explanation.together:.2f} for {why}")
    lines = [f"score: {' + '.join(told)}"] if told else ["score: nothing in the query counts"]
    if explanation.absent:
        lines.append(f"absent: {', '.join(map(safe_line, explanation.absent))}")
    return lines

"""The sentences and figures that every form of output shares."""

from typing import TYPE_CHECKING

from recordsearch.present.safe import safe_line
from recordsearch.records import Coverage, Hit, Problem

if TYPE_CHECKING:
    from recordsearch.catalogue.letters import ListedLetter
    from recordsearch.catalogue.listing import ListedMessage
    from recordsearch.workflows.search import Answer

# Below this OCR confidence a hit says so: the words around it may be misread.
LOW_CONFIDENCE = 80.0


def many(count: int, one: str, several: str | None = None) -> str:
    """Write a count with its noun: ``1 page``, ``2,000 pages``."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def by_method(text: int, ocr: int, blank: int, none: int) -> str:
    """Write how many pages were read in which way, in parentheses, or nothing."""
    ways = ((text, "by text layer"), (ocr, "by OCR"), (blank, "blank"), (none, "not read"))
    told = [f"{count:,} {name}" for count, name in ways if count]
    return f" ({', '.join(told)})" if told else ""


def page_range(first: int, last: int) -> str:
    """Write pages as they are cited: ``p. 3`` or ``pp. 3-4``."""
    return f"p. {first}" if first == last else f"pp. {first}-{last}"


def place(hit: Hit) -> str:
    """Write where a hit lies: release, file, pages, Bates number, and a confidence that is low."""
    parts = [safe_line(f"{hit.release}/{hit.file}"), page_range(hit.first_page, hit.last_page)]
    if hit.bates:
        parts.append(safe_line(hit.bates))
    if hit.confidence is not None and hit.confidence < LOW_CONFIDENCE:
        parts.append(f"OCR confidence {hit.confidence:.0f}")
    return "  ".join(parts)


def cited(found: "ListedMessage | ListedLetter") -> str:
    """Write where something stands, and the name by which ``show`` finds its pages."""
    parts = [
        safe_line(f"{found.release}/{found.file}"),
        page_range(found.first_page, found.last_page),
        *([safe_line(found.bates)] if found.bates else []),
        f"[{show_name(found)}]",
    ]
    return "  ".join(parts)


def show_name(found: "Hit | ListedMessage | ListedLetter") -> str:
    """Write the name by which ``recordsearch show`` finds the pages of something."""
    if found.first_page == found.last_page:
        return f"{found.document}:{found.first_page}"
    return f"{found.document}:{found.first_page}-{found.last_page}"


def show_command(hit: Hit, query: str) -> str:
    """Write the command that shows a hit's pages with its matches marked, ready for a shell."""
    quoted = "'" + query.replace("'", "'\\''") + "'"
    return f"recordsearch show {show_name(hit)} --mark {safe_line(quoted)}"


def coverage_lines(coverage: Coverage) -> list[str]:
    """Say how many pages were searched and what of them could not be read."""
    sentence = f"Searched {many(coverage.pages, 'page')}"
    gaps = []
    if coverage.pages_poor:
        gaps.append(f"{many(coverage.pages_poor, 'page')} could not be read well")
    if coverage.files_unread:
        gaps.append(f"{many(coverage.files_unread, 'file')} not at all")
    if gaps:
        lines = [f"{sentence}; {', '.join(gaps)}: recordsearch problems"]
    elif coverage.run_unfinished:
        lines = [f"{sentence}."]
    else:
        lines = [f"{sentence}; all could be read."]
    if coverage.run_unfinished:
        unread = (
            f": {many(coverage.documents_unfinished, 'document')} not read to the end"
            if coverage.documents_unfinished
            else ""
        )
        lines.append(
            f"The last run is not finished{unread}. Wait for it, or run recordsearch index again"
        )
    elif coverage.passages_pending:
        lines.append(
            f"{many(coverage.passages_pending, 'passage')} not in the index yet:"
            " run recordsearch index again to finish"
        )
    return lines


def others_line(hit: Hit, group: str | None) -> str:
    """Say how many hits stand behind one: near-identical ones, and the rest of its group."""
    told = []
    if hit.near_identical:
        told.append(f"and {len(hit.near_identical):,} near-identical: --unfold shows them")
    if group and hit.in_group > 1:
        told.append(f"and {many(hit.in_group - 1, 'more hit')} in this {group}")
    return "; ".join(told)


def hits_line(answer: "Answer") -> str:
    """Say which hits are shown of how many, and how to see the next."""
    shown, offset, total = len(answer.hits), answer.offset, answer.total
    if not total:
        return "No hits."
    if not shown and offset:
        return f"{many(total, 'hit')}, none after the first {offset:,}."
    more = f" More: --offset {offset + shown}" if answer.more and shown else ""
    if answer.group:
        return f"{many(total, 'hit')} in {many(answer.groups, answer.group)}.{more}"
    folded = sum(len(hit.near_identical) for hit in answer.hits)
    if not more and not offset:
        told = f" ({many(folded, 'near-identical one')} among them)" if folded else ""
        return f"{many(total, 'hit')}{told}."
    told = ", near-identical ones counted" if folded else ""
    return f"Hits {offset + 1:,} to {offset + shown:,} of {total:,}{told}.{more}"


def problem_line(problem: Problem) -> str:
    """Write a problem on one line: file, page, cause and mend."""
    page = f", p. {problem.page}" if problem.page is not None else ""
    mend = f" ({safe_line(problem.mend)})" if problem.mend else ""
    return f"{safe_line(problem.file)}{page}: {safe_line(problem.cause)}{mend}"


def duration(seconds: float) -> str:
    """Write a time to go or gone: ``8 s``, ``3 min 20 s``, ``5 h 12 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"

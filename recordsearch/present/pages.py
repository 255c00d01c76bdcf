"""A document's pages for a person, with what matches marked."""

from typing import TYPE_CHECKING

from recordsearch.present.console import make_console, marked, on_terminal
from recordsearch.present.safe import safe, safe_line
from recordsearch.present.words import many

if TYPE_CHECKING:
    from recordsearch.catalogue.reading import StoredPage
    from recordsearch.records import Problem
    from recordsearch.workflows.show import Shown, ShownPage

_HOW_READ = {"text": "text layer", "ocr": "OCR", "blank": "blank page", "none": "not read"}


def print_pages(shown: "Shown") -> None:
    """Print a document's pages: a head with how each was read, then its text as printed."""
    document = shown.wanted.document
    name = f"{safe_line(document.release)}/{safe_line(document.file)}"
    if not shown.pages:
        _print_head(name, many(document.pages, "page"), shown.problems)
    for page in shown.pages:
        head = f"{name}  p. {page.page.number} of {document.pages}"
        _print_head(head, _how_read(page.page), (*shown.problems, *page.problems))
        _print_text(page)


def _print_head(head: str, facts: str, problems: "tuple[Problem, ...]") -> None:
    warnings = [
        f"! {safe_line(problem.cause)}" + (f" ({safe_line(problem.mend)})" if problem.mend else "")
        for problem in problems
    ]
    if not on_terminal():
        print("\n".join((head, facts, *warnings)))
        return
    from rich.text import Text

    console = make_console()
    console.rule(Text(head, style="bold"), align="left", characters="─")
    console.print(Text(facts, style="dim"))
    for warning in warnings:
        console.print(Text(warning, style="red"))


def _print_text(page: "ShownPage") -> None:
    if not on_terminal():
        print(f"\n{safe(page.page.text)}\n")
        return
    console = make_console()
    console.print()
    console.print(marked(page.page.text, page.marks))
    console.print()


def _how_read(page: "StoredPage") -> str:
    """Say how a page was read, by what, and why so."""
    how = _HOW_READ[page.method]
    if page.confidence is not None:
        how += f", confidence {page.confidence:.0f} of 100"
    if page.rotation:
        how += f", turned by {page.rotation}°"
    bates = f"{safe_line(page.bates)}  " if page.bates else ""
    adapter = safe_line(f"{page.adapter} {page.adapter_version}")
    return f"{bates}{how} ({safe_line(page.reason)}; {adapter})"

"""An answer to a query for a person: rich on a terminal, the same words plain elsewhere."""

from typing import TYPE_CHECKING

from recordsearch.present.console import make_console, marked, on_terminal, print_indented
from recordsearch.present.nothing import doubt_line, explanation_lines, why_lines
from recordsearch.present.safe import safe_line
from recordsearch.present.words import (
    coverage_lines,
    hits_line,
    others_line,
    place,
    show_command,
    show_name,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from recordsearch.records import Hit
    from recordsearch.workflows.search import Answer


def print_answer(answer: "Answer", query: str) -> None:
    """Print the hits, then how many there are and how far the answer can be relied on."""
    if on_terminal():
        _print_answer_rich(answer, query)
        return
    for at, hit in enumerate(answer.hits):
        print(f"{hit.rank}. {place(hit)}  [{show_name(hit)}]")
        print(f"   {safe_line(hit.snippet)}")
        for line in _beside(answer, at):
            print(f"   {line}")
    for name, line in _facets(answer):
        print(f"{name}  {line}")
    for line in _closing(answer):
        print(line)
    for hit in answer.partial:
        print(f"{hit.rank}. {place(hit)}  [{show_name(hit)}]")
        print(f"   {safe_line(hit.snippet)}")


def _beside(answer: "Answer", at: int) -> list[str]:
    """Say what is to be said beside the snippet of a hit."""
    others = others_line(answer.hits[at], answer.group)
    lines = [others] if others else []
    if answer.explanations:
        lines += explanation_lines(answer.explanations[at], expanded=bool(answer.added))
    return lines


def _facets(answer: "Answer") -> list[tuple[str, str]]:
    """Return a line for each facet: its name, aligned, and its values with their hits."""
    width = max((len(facet.name) for facet in answer.facets), default=0)
    lines = []
    for facet in answer.facets:
        told = [f"{safe_line(value)} ({hits:,})" for value, hits in facet.values]
        more = [f"{facet.more:,} more"] if facet.more else []
        lines.append((f"{facet.name:<{width}}", "; ".join(told + more)))
    return lines


def _closing(answer: "Answer") -> list[str]:
    lines = [hits_line(answer)]
    lines.extend(safe_line(note) for note in answer.notes)
    lines.extend(coverage_lines(answer.coverage))
    if answer.why:
        doubt = doubt_line(answer.coverage, misread=answer.why.words)
        lines += [doubt] if doubt else []
        lines += why_lines(answer.why, len(answer.partial))
    return lines


def _print_answer_rich(answer: "Answer", query: str) -> None:
    from rich.text import Text

    console = make_console()
    indent = len(str(answer.offset + len(answer.hits))) + 2
    for at, hit in enumerate(answer.hits):
        _print_hit(console, hit, query, indent, _beside(answer, at))
    for name, line in _facets(answer):
        print_indented(console, Text(line), len(name) + 2, Text(name, "bold cyan"))
    if answer.facets:
        console.print()
    first, *rest = _closing(answer)
    console.print(Text(first, style="bold"))
    for line in rest:
        console.print(Text(line, style="dim"))
    if answer.partial:
        console.print()
    for hit in answer.partial:
        _print_hit(console, hit, query, 3, [])


def _print_hit(console: "Console", hit: "Hit", query: str, indent: int, beside: list[str]) -> None:
    from rich.text import Text

    print_indented(
        console, _place_rich(hit), indent, Text(f"{hit.rank:>{indent - 2}}", "bold cyan")
    )
    print_indented(console, marked(hit.snippet, hit.matches), indent)
    for line in beside:
        print_indented(console, Text(line, "dim"), indent)
    command = show_command(hit, query) if query else f"recordsearch show {show_name(hit)}"
    print_indented(console, Text(command, "dim"), indent)
    console.print()


def _place_rich(hit: "Hit") -> "Text":
    from rich.text import Text

    file, *others = place(hit).split("  ")
    text = Text(file, style="bold")
    for part in others:
        text.append("  ")
        text.append(part, style="red" if part.startswith("OCR confidence") else "green")
    return text

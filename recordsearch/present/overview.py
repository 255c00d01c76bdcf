"""What an archive holds and what could not be read, for a person."""

from typing import TYPE_CHECKING

from recordsearch.present.console import make_console, on_terminal
from recordsearch.present.safe import safe_line
from recordsearch.present.words import by_method, duration, many, problem_line

if TYPE_CHECKING:
    from recordsearch.catalogue.reading import Counts
    from recordsearch.catalogue.runs import RunState
    from recordsearch.records import Problem


def print_counts(counts: "Counts", engine: str, archive: str) -> None:
    """Print what an archive holds."""
    methods = by_method(counts.pages_text, counts.pages_ocr, counts.pages_blank, counts.pages_none)
    rows = [
        ("Archive", safe_line(archive)),
        ("Engine", safe_line(engine)),
        ("Releases", f"{counts.releases:,}"),
        ("Documents", f"{counts.documents:,} in {many(counts.locations, 'file')}"),
        ("Pages", f"{counts.pages:,}{methods}"),
        ("Poorly read", many(counts.pages_poor, "page")),
        ("Passages", f"{counts.passages:,}"),
        ("Messages", f"{counts.messages:,} in {many(counts.threads, 'thread')}"),
        ("People", f"{counts.people:,}"),
        ("Letters", f"{counts.letters:,}"),
        (
            "Problems",
            f"{counts.problems:,}" + (": recordsearch problems" if counts.problems else ""),
        ),
    ]
    if counts.near_passages:
        near = (
            f"{many(counts.near_documents, 'document')} and {many(counts.near_passages, 'passage')}"
            " are nearly the same as another"
        )
        rows.insert(-1, ("Near-copies", near))
    if counts.gone:
        rows.insert(-1, ("Gone", f"{many(counts.gone, 'file')} from the disk, kept here"))
    if counts.passages_pending:
        rows.insert(-1, ("Not indexed", many(counts.passages_pending, "passage")))
    if counts.documents_unfinished:
        unfinished = f"{many(counts.documents_unfinished, 'document')}: recordsearch index again"
        rows.insert(-1, ("Unfinished", unfinished))
    width = max(len(name) for name, _ in rows)
    if not on_terminal():
        for name, value in rows:
            print(f"{name:<{width}}  {value}")
        return
    from rich.text import Text

    console = make_console()
    for name, value in rows:
        console.print(Text.assemble((f"{name:<{width}}  ", "bold"), value), soft_wrap=True)


def print_run(run: "RunState", *, running: bool) -> None:
    """Print how far the run is that is under way, or where the last one broke off."""
    if not running:
        print("The last run is not finished: recordsearch index again goes on where it stopped.")
        return
    parts = [f"{run.files:,} of {many(run.files_found, 'file')}", many(run.pages, "page")]
    if run.pages_ocr:
        parts[-1] += f" ({run.pages_ocr:,} by OCR)"
    if run.recent_rate:
        parts.append(f"{run.recent_rate:.1f} pages/s in the last minute")
    if run.seconds_left is not None:
        parts.append(f"{duration(run.seconds_left)} left")
    if run.memory:
        parts.append(f"{run.memory >> 20:,} MB")
    since = safe_line(run.started.replace("T", " ").replace("+00:00", " UTC"))
    print(f"A run is under way since {since}, {safe_line(run.step) or 'starting'}:")
    print(f"  {', '.join(parts)}")


def print_problems(problems: "list[tuple[str, Problem]]") -> None:
    """Print every problem on a line, under the release that it is in."""
    if not problems:
        print("No problems: every file and page could be read.")
        return
    if not on_terminal():
        for release, problem in problems:
            print(f"{safe_line(release)}/{problem_line(problem)}")
        return
    from rich.table import Table
    from rich.text import Text

    console = make_console()
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name, ratio in (("File", 3), ("Page", None), ("Stage", None), ("Cause", 3), ("Mend", 3)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for release, problem in problems:
        page = str(problem.page) if problem.page is not None else "all"
        cells = (f"{release}/{problem.file}", page, problem.stage, problem.cause, problem.mend)
        table.add_row(*(Text(safe_line(cell)) for cell in cells))
    console.print(table)
    console.print(Text(f"\n{many(len(problems), 'problem')}.", style="bold"))

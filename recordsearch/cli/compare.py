"""``recordsearch compare``: say what differs between two publications of the same records."""

import click


@click.command("compare")
@click.argument("release_a")
@click.argument("release_b")
@click.option("--pages", is_flag=True, help="Show what differs on each page of a replaced file.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each file.")
@click.pass_obj
def command(archive: str | None, release_a: str, release_b: str, pages: bool, as_json: bool) -> int:
    """Say what differs between two publications of the same records.

    Files of RELEASE_B are the same, moved, replaced (by name, by Bates number, or most likely, by
    their text), added or removed; of replaced ones the pages that changed are told, and where text
    was newly withheld or disclosed.
    """
    from contextlib import nullcontext

    from recordsearch.present import comparison
    from recordsearch.present.console import on_terminal
    from recordsearch.present.custody_progress import progress_beside_answer
    from recordsearch.present.safe import safe_line
    from recordsearch.wiring import reading_catalogue
    from recordsearch.workflows.compare import Compared, ComparedAll, Kind, compare
    from recordsearch.workflows.verifying import Remark

    remarks = []
    summary = None
    # On a terminal the listing itself shows how far things are.
    progress = nullcontext() if on_terminal() else progress_beside_answer()
    with reading_catalogue(archive) as (_, connection), progress as show:
        for told in compare(connection, release_a, release_b):
            if isinstance(told, ComparedAll):
                summary = told
            elif not isinstance(told, Compared):
                if isinstance(told, Remark):
                    remarks.append(told.message)
                if show is not None:
                    show(told)
            elif as_json:
                print(comparison.compared_json(told, pages=pages))
            elif told.kind is not Kind.SAME:
                comparison.print_compared(told, pages=pages)
    if summary is None:  # the last event is the summary
        raise RuntimeError("the comparison ended without a summary")
    if as_json:
        print(comparison.summary_json(summary, remarks))
        return 0
    if on_terminal():
        for remark in remarks:
            click.echo(safe_line(remark), err=True)
    print(comparison.summary_line(summary))
    return 0

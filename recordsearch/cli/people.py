"""``recordsearch people``: list who wrote and received messages."""

import click

from recordsearch.cli.asking import LISTED


@click.command("people")
@click.argument("words", metavar="[WORD...]", nargs=-1)
@click.option("--limit", type=click.IntRange(0), help=f"People to list. [{LISTED}; JSON: all]")
@click.option("--forms", is_flag=True, help="Show how each is written, and why it was merged.")
@click.option(
    "--split",
    metavar="FORM",
    help="Keep this name, or every form with this address, apart from now on.",
)
@click.option("--unsplit", metavar="FORM", help="Undo --split.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each person.")
@click.pass_obj
def command(
    archive: str | None,
    words: tuple[str, ...],
    limit: int | None,
    forms: bool,
    split: str | None,
    unsplit: str | None,
    as_json: bool,
) -> int:
    """List who wrote and received messages, with counts and first and last date.

    WORDs narrow the list to people with all of them in a name or address. Ways of writing a name
    that seem to be of one person are merged; --forms says which and why, --split undoes it.
    """
    from recordsearch.archive import Archive
    from recordsearch.errors import UsageError

    if split is not None and unsplit is not None:
        raise UsageError("--split and --unsplit exclude each other", "give one of them")
    written = split if split is not None else unsplit
    if written is not None:
        _keep_apart(archive, written, apart=split is not None)
        words = (written,)
        forms = True
    with Archive(archive) as opened:
        found = opened.people(words)
    if as_json:
        from recordsearch.present.contents_jsonl import person_line

        for number, person in found[:limit]:
            print(person_line(number, person))
    else:
        from recordsearch.present.people import print_people

        print_people(found[: LISTED if limit is None else limit], len(found), forms=forms)
    return 0


def _keep_apart(archive: str | None, written: str, *, apart: bool) -> None:
    from recordsearch.present.progress import make_display
    from recordsearch.wiring import keep_apart

    with make_display() as display:
        for event in keep_apart(archive, written, apart=apart):
            display.update(event)

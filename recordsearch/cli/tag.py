"""``recordsearch tag``: mark passages, pages or documents, and write notes on them."""

import sys

import click


@click.command("tag")
@click.argument("hits", metavar="HIT...", nargs=-1, required=True)
@click.argument("name", metavar="NAME")
@click.option("--note", metavar="TEXT", help="Write this note there; '' takes the note away.")
@click.option("--remove", is_flag=True, help="Take the tag, and its notes, from these places.")
@click.pass_obj
def command(
    archive: str | None, hits: tuple[str, ...], name: str, note: str | None, remove: bool
) -> int:
    """Tag passages, pages or documents, and write notes on them.

    HIT is DOCUMENT:PAGE as search shows it, a DOCUMENT as for show, p and a passage's number as
    JSON has it (p17), or - for hits from the standard input: search --json … | recordsearch tag -
    NAME. A query finds them by tag:NAME.
    """
    from recordsearch.archive import Archive
    from recordsearch.errors import UsageError
    from recordsearch.present.tags import print_change

    if remove and note is not None:
        raise UsageError("--remove and --note exclude each other", "give one of them")
    named = [found for hit in hits for found in (_from_input() if hit == "-" else [hit])]
    if not named:
        click.echo("No hits came from the standard input: nothing to do.")
        return 0
    with Archive(archive) as opened:
        if remove:
            print_change(opened.untag(named, name), removed=True)
        else:
            print_change(opened.tag(named, name, note), removed=False)
    return 0


def _from_input() -> list[str]:
    from recordsearch.workflows.hit_lines import LONGEST_LINE, hits_from

    if sys.stdin is None:
        return []
    # One character more than a line may have, so that a longer one is told from it.
    stdin = sys.stdin
    return list(hits_from(iter(lambda: stdin.readline(LONGEST_LINE + 2), "")))

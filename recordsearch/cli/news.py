"""``recordsearch news``: show what is new to saved searches."""

import sys

import click

from recordsearch.cli.asking import LISTED, tell_rebuilding

# A saved search could not be searched for; the others were.
_FAULTY = 3


@click.command("news")
@click.argument("names", metavar="[NAME...]", nargs=-1)
@click.option(
    "--limit", type=click.IntRange(0), help=f"Hits to show of each search. [{LISTED}; JSON: all]"
)
@click.option("--unfold", is_flag=True, help="Show near-identical passages one by one.")
@click.option("--keep", is_flag=True, help="Let what is shown stay new.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each hit.")
@click.pass_obj
def command(
    archive: str | None,
    names: tuple[str, ...],
    limit: int | None,
    unfold: bool,
    keep: bool,
    as_json: bool,
) -> int:
    """Show what saved searches find in what came in since the last look.

    New are hits in documents that came in, and on pages that could be read at last, since the last
    news; what is shown is new no more. Without a NAME, all saved searches are told.
    """
    from recordsearch.archive import Archive
    from recordsearch.present import saved
    from recordsearch.present.safe import safe_line

    wanted = None if as_json and limit is None else LISTED if limit is None else limit
    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        looked = opened.news(names, limit=wanted, fold=not unfold)
        if as_json:
            for one in looked.told:
                for line in saved.news_lines(one):
                    print(line)
        else:
            saved.print_news(looked.told, opened.coverage())
        if sys.stdout is not None:
            # What did not reach its reader, as a pipe was closed, has not been looked at.
            sys.stdout.flush()
        if not keep:
            opened.mark_looked_at(looked)
    faults = [one for one in looked.told if one.fault]
    for one in faults:
        sys.stderr.write(
            f"{safe_line(one.saved.name)}: {safe_line(one.fault)}"
            " (save it anew: recordsearch save --replace)\n"
        )
    return _FAULTY if faults else 0

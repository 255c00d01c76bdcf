"""``recordsearch saved``: list saved searches, or run one."""

import click

from recordsearch.cli.asking import tell_rebuilding


@click.command("saved")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--remove", is_flag=True, help="Remove the search NAME; no record is touched.")
@click.option("--limit", type=click.IntRange(0, 100_000), default=10, help="Hits to show. [10]")
@click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, help="Hits to pass over.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def command(
    archive: str | None, name: str | None, remove: bool, limit: int, offset: int, as_json: bool
) -> int:
    """List saved searches, with how many hits each has, and how many are new.

    With a NAME, that search is run: all its hits are shown, old and new ones, and none is marked as
    looked at.
    """
    from recordsearch.archive import Archive
    from recordsearch.errors import UsageError
    from recordsearch.present import saved

    if remove:
        if name is None:
            raise UsageError("--remove needs a NAME", "see: recordsearch saved")
        with Archive(archive) as opened:
            saved.print_removed(opened.remove_saved(name))
        return 0
    if name is not None:
        return _run(archive, name, limit, offset, as_json=as_json)
    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        looked = opened.news(limit=0)
    if as_json:
        for one in looked.told:
            print(saved.saved_line(one))
    else:
        saved.print_list(looked.told)
    return 0


def _run(archive: str | None, name: str, limit: int, offset: int, *, as_json: bool) -> int:
    from recordsearch.archive import Archive
    from recordsearch.cli.search import render

    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        search = opened.saved(name)
        answer = opened.search(
            search.query,
            limit=limit,
            offset=offset,
            any_word=search.options.any_word,
            tolerant=search.options.tolerant,
        )
    render(answer, search.query, as_json=as_json)
    return 0

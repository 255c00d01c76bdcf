"""``recordsearch similar``: find passages about the same."""

import click

from recordsearch.cli.asking import tell_rebuilding


@click.command("similar")
@click.argument("name", metavar="PASSAGE|DOCUMENT[:PAGE]")
@click.option("--limit", type=click.IntRange(0, 100_000), default=10, help="Hits to show. [10]")
@click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, help="Hits to pass over.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each hit.")
@click.pass_obj
def command(archive: str | None, name: str, limit: int, offset: int, as_json: bool) -> int:
    """Find passages that are about the same, by distinctive words.

    A passage goes by p and its number, as search --json tells it: p12. A document, or some of its
    pages, is named as for show.
    """
    from recordsearch.archive import Archive
    from recordsearch.cli.search import render

    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        answer = opened.similar(name, limit=limit, offset=offset)
    render(answer, "", as_json=as_json)
    return 0

"""``recordsearch forget``: take documents out of the archive."""

import sys

import click

from recordsearch.errors import UsageError


@click.command("forget")
@click.argument("names", metavar="[DOCUMENT...]", nargs=-1)
@click.option("--release", metavar="NAME", help="Forget all files of this release.")
@click.option("--gone", is_flag=True, help="Forget all files that are gone from the disk.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(
    archive: str | None, names: tuple[str, ...], release: str | None, gone: bool, yes: bool
) -> int:
    """Take documents out of the archive; files on the disk are never touched.

    DOCUMENT is named as for show. A file that is still there is read again by the next index of its
    folder; one inside a container, such as an attachment, only when the container is forgotten too.
    """
    from recordsearch.present.progress import make_display
    from recordsearch.present.words import many
    from recordsearch.wiring import forget, reading_catalogue
    from recordsearch.workflows.forgetting import find_doomed

    if not (names or release or gone):
        raise UsageError("nothing to forget was named", "name a document, --release or --gone")
    with reading_catalogue(archive) as (_, connection):
        doomed = find_doomed(connection, names, release, gone=gone)
    told = (
        f"{many(len(doomed.places), 'file')} with {many(doomed.documents, 'document')}"
        f" and {many(doomed.pages, 'page')} that are nowhere else"
    )
    if not doomed.places:
        click.echo("Nothing to forget.")
        return 0
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError(f"this would forget {told}", "say --yes if that is meant")
        click.confirm(f"Forget {told}?", abort=True, err=True)
    with make_display() as display:
        for event in forget(archive, names, release, gone=gone):
            display.update(event)
    click.echo(f"Forgot {told}.")
    return 0

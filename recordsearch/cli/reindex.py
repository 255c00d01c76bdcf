"""``recordsearch reindex``: build the index anew from the catalogue."""

import sys
import time

import click

from recordsearch.engines import ENGINES


@click.command("reindex")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Switch the archive to this engine. Default: the one that it has.",
)
@click.pass_obj
def command(archive: str | None, engine: str | None) -> int:
    """Build the index anew from the catalogue.

    No file is read again. The old index answers searches until the new one is complete.
    """
    from recordsearch.present.progress import make_display
    from recordsearch.wiring import reindex
    from recordsearch.workflows.events import Rebuilding

    started = time.monotonic()
    passages = 0
    with make_display() as display:
        for progress in reindex(archive, engine):
            passages = progress.passages
            display.update(Rebuilding(progress.passages, progress.of))
    click.echo(f"Indexed {passages:,} passages in {time.monotonic() - started:.1f} s.")
    sys.stdout.flush()
    return 0

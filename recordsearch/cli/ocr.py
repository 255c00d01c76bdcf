"""``recordsearch ocr``: read pages again by a second OCR engine."""

import click

from recordsearch.errors import UsageError


@click.command("ocr")
@click.argument("names", metavar="[PAGES...]", nargs=-1)
@click.option("--where", metavar="CONDITIONS", help="Pages as recordsearch pages --where finds.")
@click.option(
    "--engine",
    type=click.Choice(["rapidocr"]),
    default="rapidocr",
    help="The engine to read with. [rapidocr]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    default=1,
    help="Processes, of about 1 GB each. [1]",
)
@click.pass_obj
def command(
    archive: str | None, names: tuple[str, ...], where: str | None, engine: str, workers: int
) -> int:
    """Read pages again by a second OCR engine, and use the better reading.

    PAGES are DOCUMENT, DOCUMENT:PAGE or DOCUMENT:FIRST-LAST, as for show. Both readings are kept.
    Pages with a confidence under 90 mostly gain: --where 'conf:<90'
    """
    from recordsearch.cli.index import StopAsked
    from recordsearch.present.page_list import reread_line, reread_summary
    from recordsearch.present.progress import event_line
    from recordsearch.wiring import reread
    from recordsearch.workflows.rereading import PageReread, RereadSummary

    if not names and not where:
        raise UsageError("no pages were named", "name pages, or say --where 'conf:<90'")
    stopping = StopAsked()
    stopped = False
    with stopping:
        for event in reread(archive, names, where, workers, stopping):
            if isinstance(event, PageReread):
                click.echo(reread_line(event))
            elif isinstance(event, RereadSummary):
                click.echo(reread_summary(event))
                stopped = event.stopped
            elif line := event_line(event):
                click.echo(line, err=True)
    return 130 if stopped else 0

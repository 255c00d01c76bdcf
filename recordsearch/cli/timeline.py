"""``recordsearch timeline``: how hits spread over time."""

import click

from recordsearch.cli.asking import WORDS_MAY_BEGIN_WITH_A_MINUS, query_of, tell_rebuilding


@click.command("timeline", context_settings=WORDS_MAY_BEGIN_WITH_A_MINUS)
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option(
    "--by",
    type=click.Choice(("day", "month", "year")),
    default="month",
    help="How long a period is. [month]",
)
@click.option("--any", "any_word", is_flag=True, help="One of the words suffices.")
@click.option("--tolerant", is_flag=True, help="Find words in the forms that OCR makes of them.")
@click.option("--csv", "as_csv", is_flag=True, help="One line a period: period,hits,documents.")
@click.pass_obj
def command(
    archive: str | None,
    query: tuple[str, ...],
    by: str,
    any_word: bool,
    tolerant: bool,
    as_csv: bool,
) -> int:
    """Draw how hits spread over months, days or years.

    A hit has the date of its message or letter; how many have none is told.
    """
    from recordsearch.archive import Archive
    from recordsearch.present.timeline import print_csv, print_timeline

    asked = query_of(query, "timeline")
    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        found = opened.timeline(asked, by, any_word=any_word, tolerant=tolerant)
    if as_csv:
        print_csv(found)
    else:
        print_timeline(found)
    return 0

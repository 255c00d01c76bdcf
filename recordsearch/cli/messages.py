"""``recordsearch messages``: list e-mails, wherever they stand."""

import click

from recordsearch.cli.asking import LISTED, WORDS_MAY_BEGIN_WITH_A_MINUS, query_of, tell_rebuilding


@click.command("messages", context_settings=WORDS_MAY_BEGIN_WITH_A_MINUS)
@click.argument("query", metavar="[QUERY...]", nargs=-1)
@click.option("--limit", type=click.IntRange(0), help=f"Messages to list. [{LISTED}; JSON: all]")
@click.option("--offset", type=click.IntRange(0), default=0, help="Messages to pass over.")
@click.option("--once", is_flag=True, help="With --json: each message once, at its best place.")
@click.option(
    "--attributions", is_flag=True, help="Also those known only by a line “On … she wrote:”."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each place.")
@click.pass_obj
def command(
    archive: str | None,
    query: tuple[str, ...],
    limit: int | None,
    offset: int,
    once: bool,
    attributions: bool,
    as_json: bool,
) -> int:
    """List e-mails: native, printed and quoted ones.

    They come by time. A message that stands at several places is listed once; as JSON it has a line
    for each place, all with the same id. One that is only quoted, below a line such as “On Monday
    she wrote:”, has no header; thread shows it, and --attributions lists it too.

    QUERY is as for search: from:chief subject:rekognition before:2018-05
    """
    from recordsearch.archive import Archive
    from recordsearch.workflows.listing import best_places, with_header

    asked = query_of(query, "messages")
    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        found = opened.messages(asked)
        missing = opened.messages_not_compared()
    unlisted = 0
    if not attributions:
        found, unlisted = with_header(found)
    if once or not as_json:
        found = best_places(found)
    if missing:
        from recordsearch.present.messages import not_compared_line

        click.echo(not_compared_line(missing), err=True)
    if unlisted:
        from recordsearch.present.messages import without_header_line

        click.echo(without_header_line(unlisted), err=True)
    if as_json:
        from recordsearch.present.contents_jsonl import message_line

        for message in found[offset : None if limit is None else offset + limit]:
            print(message_line(message))
    else:
        from recordsearch.present.messages import print_messages

        last = offset + (LISTED if limit is None else limit)
        print_messages(found[offset:last], len(found))
    return 0

"""``recordsearch help``: explain the query language, or a command."""

import click

from recordsearch.errors import UsageError


@click.command("help")
@click.argument("topic", required=False)
@click.pass_context
def command(context: click.Context, topic: str | None) -> int:
    """Explain the query language, or a command.

    TOPIC is query, or the name of a command; without one the commands are listed.
    """
    if topic == "query":
        from recordsearch.present.query_help import query_help

        print(query_help(), end="")
        return 0
    above = context.parent
    if above is None or not isinstance(above.command, click.Group):
        raise UsageError("help is a command of recordsearch", "run: recordsearch help")
    if topic is None:
        print(above.get_help())
        print("\nrecordsearch help query teaches the query language by examples.")
        return 0
    asked = above.command.get_command(above, topic)
    if asked is None:
        from difflib import get_close_matches

        names = ["query", *above.command.list_commands(above)]
        near = get_close_matches(topic, names, 1)
        raise UsageError(
            f"there is no help on {topic[:60]}",
            f"did you mean {near[0]}?" if near else "see: recordsearch help",
        )
    with click.Context(asked, info_name=topic, parent=above) as inside:
        print(asked.get_help(inside))
    return 0

"""``recordsearch thread``: print a conversation."""

import click


@click.command("thread")
@click.argument("number", metavar="ID", type=click.IntRange(1, 2**62))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each message.")
@click.pass_obj
def command(archive: str | None, number: int, as_json: bool) -> int:
    """Print a conversation, each message once.

    The messages come by time, with their text and all places where they stand. ID is the number
    that messages shows.
    """
    from recordsearch.archive import Archive

    with Archive(archive) as opened:
        found = opened.thread(number)
    if as_json:
        from recordsearch.present.contents_jsonl import thread_line

        for message in found:
            print(thread_line(message))
    else:
        from recordsearch.present.messages import print_thread

        print_thread(number, found)
    return 0

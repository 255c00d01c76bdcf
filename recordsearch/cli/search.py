"""``recordsearch search``: find passages and cite their pages."""

import sys

import click

from recordsearch.errors import UsageError

_HELP = """Find passages and cite their pages.

\b
face recognition       both words           recogni*      words that begin so
"face recognition"     the phrase           rekogniton~   words spelled nearly so
face OR facial         either word          file:letter   in files with this name
face -police           without a word       release:foia  in releases with this name
(face OR facial) scan  grouped              page:2..5     on these pages

Put the query in single quotes, so that the shell leaves it alone.
"""


@click.command("search", help=_HELP, context_settings={"ignore_unknown_options": True})
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(0, 100_000), default=10, help="Hits to show. [10]")
@click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, help="Hits to pass over.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each hit.")
@click.pass_obj
def command(
    archive: str | None, query: tuple[str, ...], limit: int, offset: int, as_json: bool
) -> int:
    """Answer a query."""
    from recordsearch.wiring import searching
    from recordsearch.workflows.search import search

    for word in query:
        # Words may begin with a minus, options with two: a misspelt option is no query.
        if word.startswith("--"):
            raise UsageError(f"no such option: {word}", "see: recordsearch search --help")
    with searching(archive, _tell_rebuilding) as (connection, reader):
        answer = search(connection, reader, " ".join(query), limit, offset)
    if as_json:
        from recordsearch.present.jsonl import hit_line

        for hit in answer.hits:
            print(hit_line(hit))
    else:
        from recordsearch.present.answer import print_answer

        print_answer(answer)
    return 0


def _tell_rebuilding(progress: object) -> None:
    from recordsearch.workflows.indexing import Indexed

    if isinstance(progress, Indexed):
        sys.stderr.write(f"building the index: {progress.passages:,} of {progress.of:,} passages\n")

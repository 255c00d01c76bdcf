"""``recordsearch search``: find passages and cite their pages."""

import sys

import click

from recordsearch.errors import UsageError

_HELP = """Find passages and cite their pages.

\b
face recognition        both words
"face recognition"      the phrase, word for word
face OR facial          either word
face -pilot             the first word without the second
(face OR facial) scan   grouped
recogni*                words that begin so
recogniton~             words that differ by a letter, ~2 by two
file:letter             in files with this word in their path
release:foia            in releases with this word in their name
page:2..5               on these pages

Put the query in single quotes, so that the shell leaves it alone.
"""

# No option of one letter: `-hearing` is a word that must not occur and never a call for help.
_WORDS_MAY_BEGIN_WITH_A_MINUS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command("search", help=_HELP, context_settings=_WORDS_MAY_BEGIN_WITH_A_MINUS)
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(0, 100_000), default=10, help="Hits to show. [10]")
@click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, help="Hits to pass over.")
@click.option("--any", "any_word", is_flag=True, help="One of the words suffices.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each hit.")
@click.pass_obj
def command(
    archive: str | None,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    any_word: bool,
    as_json: bool,
) -> int:
    """Answer a query."""
    from recordsearch.wiring import searching
    from recordsearch.workflows.search import search

    for word in query:
        # Words may begin with a minus, options with two: a misspelt option is no query.
        if word.startswith("--"):
            mend = "see: recordsearch search --help"
            if word.startswith("--archive"):
                mend = "--archive FOLDER goes before the command"
            raise UsageError(f"no such option: {word}", mend)
    asked = " ".join(query)
    with searching(archive, _tell_rebuilding) as (connection, reader):
        answer = search(connection, reader, asked, limit, offset, any_word=any_word)
    if as_json:
        from recordsearch.present.jsonl import hit_line
        from recordsearch.present.safe import safe_line

        for hit in answer.hits:
            print(hit_line(hit))
        for note in answer.notes:
            sys.stderr.write(f"{safe_line(note)}\n")
    else:
        from recordsearch.present.answer import print_answer

        print_answer(answer, asked)
    return 0


def _tell_rebuilding(progress: object) -> None:
    from recordsearch.workflows.indexing import Indexed

    if isinstance(progress, Indexed):
        sys.stderr.write(f"building the index: {progress.passages:,} of {progress.of:,} passages\n")

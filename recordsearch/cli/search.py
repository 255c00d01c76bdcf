"""``recordsearch search``: find passages and cite their pages."""

import sys

import click

from recordsearch.cli.asking import WORDS_MAY_BEGIN_WITH_A_MINUS, query_of, tell_rebuilding
from recordsearch.query.fields import FIELDS

# Values shown of each facet; JSON has all of them.
_SHOWN_VALUES = 10
_EVERY_VALUE = 1_000_000
_EXAMPLES = "\n".join(f"{field.example:<24}{field.finds}" for field in FIELDS.values())

_HELP = f"""Find passages and cite their pages.

\b
face recognition        both words
"face recognition"      the phrase, word for word
face OR facial          either word
face -pilot             the first word without the second
(face OR facial) scan   grouped
recogni*                words that begin so
recogniton~             words that differ by a letter, ~2 by two

A field takes a word, a "phrase" or a beginning*, and narrows the search:

\b
{_EXAMPLES}

Put the query in single quotes, so that the shell leaves it alone.
"""


@click.command("search", help=_HELP, context_settings=WORDS_MAY_BEGIN_WITH_A_MINUS)
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(0, 100_000), default=10, help="Hits to show. [10]")
@click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, help="Hits to pass over.")
@click.option("--any", "any_word", is_flag=True, help="One of the words suffices.")
@click.option("--facets", is_flag=True, help="Count senders, people, months … over all hits.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each hit.")
@click.pass_obj
def command(
    archive: str | None,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    any_word: bool,
    facets: bool,
    as_json: bool,
) -> int:
    """Answer a query."""
    from recordsearch.wiring import searching
    from recordsearch.workflows.search import search

    asked = query_of(query, "search")
    with searching(archive, tell_rebuilding) as (connection, reader):
        answer = search(
            connection,
            reader,
            asked,
            limit,
            offset,
            any_word=any_word,
            facet_values=(_EVERY_VALUE if as_json else _SHOWN_VALUES) if facets else 0,
        )
    if as_json:
        from recordsearch.present.jsonl import facets_line, hit_line
        from recordsearch.present.safe import safe_line

        for hit in answer.hits:
            print(hit_line(hit))
        if facets:
            print(facets_line(answer.facets))
        for note in answer.notes:
            sys.stderr.write(f"{safe_line(note)}\n")
    else:
        from recordsearch.present.answer import print_answer

        print_answer(answer, asked)
    return 0

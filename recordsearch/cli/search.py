"""``recordsearch search``: find passages and cite their pages."""

import sys
from typing import TYPE_CHECKING

import click

from recordsearch.cli.asking import WORDS_MAY_BEGIN_WITH_A_MINUS, query_of, tell_rebuilding
from recordsearch.query.fields import FIELDS

if TYPE_CHECKING:
    from recordsearch.workflows.search import Answer

# Values shown of each facet; JSON has all of them.
_SHOWN_VALUES = 10
_EVERY_VALUE = 1_000_000
# As recordsearch.catalogue.ordering has them, which a call for help need not import.
SORTS = ("relevance", "date", "newest", "document", "confidence")
GROUPS = ("document", "thread", "release")
_WIDTH = 2 + max(len(field.example) for field in FIELDS.values())
_EXAMPLES = "\n".join(f"{field.example:<{_WIDTH}}{field.finds}" for field in FIELDS.values())

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

Put the query in single quotes, so that the shell leaves it alone. All of the language:
recordsearch help query
"""


@click.command("search", help=_HELP, context_settings=WORDS_MAY_BEGIN_WITH_A_MINUS)
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(0, 100_000), default=10, help="Hits to show. [10]")
@click.option("--offset", type=click.IntRange(0, 10_000_000), default=0, help="Hits to pass over.")
@click.option("--any", "any_word", is_flag=True, help="One of the words suffices.")
@click.option("--tolerant", is_flag=True, help="Find words in the forms that OCR makes of them.")
@click.option(
    "--expand/--no-expand",
    default=None,
    help="Rank also by what the best hits speak of. Default: for --any with many words.",
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="relevance",
    help="The order of the hits: date is the earliest first, confidence the best read.",
)
@click.option(
    "--group", type=click.Choice(GROUPS), help="Show the best hit of each, and how many it has."
)
@click.option("--unfold", is_flag=True, help="Show near-identical passages one by one.")
@click.option("--facets", is_flag=True, help="Count senders, people, months … over all hits.")
@click.option("--explain", is_flag=True, help="Say of each hit what gives it its rank.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each hit.")
@click.pass_obj
def command(
    archive: str | None,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    any_word: bool,
    tolerant: bool,
    expand: bool | None,
    sort: str,
    group: str | None,
    unfold: bool,
    facets: bool,
    explain: bool,
    as_json: bool,
) -> int:
    """Answer a query."""
    from recordsearch.archive import Archive

    asked = query_of(query, "search")
    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        answer = opened.search(
            asked,
            limit=limit,
            offset=offset,
            any_word=any_word,
            tolerant=tolerant,
            expand=expand,
            sort=sort,
            group=group,
            fold=not unfold,
            facet_values=(_EVERY_VALUE if as_json else _SHOWN_VALUES) if facets else 0,
            explain=explain,
        )
    render(answer, asked, as_json=as_json, facets=facets)
    return 0


def render(answer: "Answer", query: str, *, as_json: bool, facets: bool = False) -> None:
    """Print an answer: for a person, or as JSON Lines with the facets on a line of their own."""
    if not as_json:
        from recordsearch.present.answer import print_answer

        print_answer(answer, query)
        return
    from recordsearch.present.jsonl import facets_line, hit_line
    from recordsearch.present.nothing import why_lines
    from recordsearch.present.safe import safe_line

    explanations = answer.explanations or (None,) * len(answer.hits)
    for hit, explanation in zip(answer.hits, explanations, strict=True):
        print(hit_line(hit, explanation))
    if facets:
        print(facets_line(answer.facets))
    notes = [safe_line(note) for note in answer.notes]
    if answer.more and answer.hits:
        from recordsearch.present.words import hits_line

        notes.append(hits_line(answer))
    if answer.why:
        notes += why_lines(answer.why, 0)
    for note in notes:
        sys.stderr.write(f"{note}\n")

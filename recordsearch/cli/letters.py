"""``recordsearch letters``: list letters and who signed them."""

import click

from recordsearch.cli.asking import LISTED, WORDS_MAY_BEGIN_WITH_A_MINUS, query_of, tell_rebuilding


@click.command("letters", context_settings=WORDS_MAY_BEGIN_WITH_A_MINUS)
@click.argument("query", metavar="[QUERY...]", nargs=-1)
@click.option("--limit", type=click.IntRange(0), help=f"Letters to list. [{LISTED}; JSON: all]")
@click.option("--signatories", is_flag=True, help="Show all who signed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each letter.")
@click.pass_obj
def command(
    archive: str | None,
    query: tuple[str, ...],
    limit: int | None,
    signatories: bool,
    as_json: bool,
) -> int:
    """List letters by date, with addressee, subject and how many signed.

    QUERY is as for search: signatory:"some group"
    """
    from recordsearch.archive import Archive

    asked = query_of(query, "letters")
    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        found = opened.letters(asked)
    if as_json:
        from recordsearch.present.contents_jsonl import letter_line

        for letter in found[:limit]:
            print(letter_line(letter))
    else:
        from recordsearch.present.letters import print_letters

        shown = found[: LISTED if limit is None else limit]
        print_letters(shown, len(found), signatories=signatories)
    return 0

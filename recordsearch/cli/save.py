"""``recordsearch save``: save a search, to be told of new hits."""

import click

from recordsearch.cli.asking import WORDS_MAY_BEGIN_WITH_A_MINUS, query_of


@click.command("save", context_settings=WORDS_MAY_BEGIN_WITH_A_MINUS)
@click.argument("name", metavar="NAME")
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option("--any", "any_word", is_flag=True, help="One of the words suffices.")
@click.option("--tolerant", is_flag=True, help="Find words in the forms that OCR makes of them.")
@click.option("--replace", is_flag=True, help="Take the place of a search of that name.")
@click.pass_obj
def command(
    archive: str | None,
    name: str,
    query: tuple[str, ...],
    any_word: bool,
    tolerant: bool,
    replace: bool,
) -> int:
    """Save a search, to be told of new hits by news.

    QUERY is as for search. What it finds now counts as looked at.
    """
    from recordsearch.archive import Archive
    from recordsearch.present.saved import print_saved
    from recordsearch.workflows.saved_searches import Options

    asked = query_of(query, "save")
    options = Options(any_word=any_word, tolerant=tolerant)
    with Archive(archive) as opened:
        print_saved(opened.save(name, asked, options, replace=replace))
    return 0

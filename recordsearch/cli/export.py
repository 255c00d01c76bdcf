"""``recordsearch export``: hits as evidence."""

import sys

import click

from recordsearch.cli.asking import WORDS_MAY_BEGIN_WITH_A_MINUS, query_of, tell_rebuilding
from recordsearch.cli.search import SORTS
from recordsearch.errors import UsageError

# The exit status of a run that came to its end with something missing.
PROBLEMS_STATUS = 3
FORMATS = ("csv", "jsonl", "md", "html", "pdf")


@click.command("export", context_settings=WORDS_MAY_BEGIN_WITH_A_MINUS)
@click.argument("query", metavar="QUERY...", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="The format. Default: what the end of --output says, else csv.",
)
@click.option("--output", metavar="FILE", help="Where to write. Default: standard output.")
@click.option("--limit", type=click.IntRange(1, 1_000_000), help="Hits to write. Default: all.")
@click.option("--any", "any_word", is_flag=True, help="One of the words suffices.")
@click.option("--tolerant", is_flag=True, help="Find words in the forms that OCR makes of them.")
@click.option("--sort", type=click.Choice(SORTS), default="relevance", help="Order of the hits.")
@click.option("--unfold", is_flag=True, help="Write near-identical passages one by one.")
@click.pass_obj
def command(
    archive: str | None,
    query: tuple[str, ...],
    form: str | None,
    output: str | None,
    limit: int | None,
    any_word: bool,
    tolerant: bool,
    sort: str,
    unfold: bool,
) -> int:
    """Write hits with all that it takes to prove and to repeat them.

    Each hit has its text, document, SHA-256, pages, Bates number, places, OCR confidence and tags.
    A PDF has the cited pages themselves, hits marked, behind a cover sheet. Beside FILE a log,
    FILE.log.json, says query, time, versions and the state of the archive; without FILE it goes to
    standard error.
    """
    from recordsearch.archive import Archive
    from recordsearch.present.evidence import lines_of, record_json, record_lines
    from recordsearch.present.safe import safe_line
    from recordsearch.present.words import many
    from recordsearch.workflows.manifest import written_beside

    asked = query_of(query, "export")
    ending = output.rpartition(".")[2].lower() if output else "csv"
    chosen = form or (ending if ending in FORMATS else "csv")
    if chosen == "pdf" and output is None:
        raise UsageError("a PDF is not for a terminal", "name a file with --output")
    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        found, record = opened.evidence(
            asked,
            limit=limit,
            any_word=any_word,
            tolerant=tolerant,
            sort=sort,
            fold=not unfold,
        )
        if output is None:
            for line in lines_of(chosen, found, record):
                print(line, end="")
            sys.stderr.write(record_json(record))
            return 0
        opened.check_output(output)
        with written_beside(output) as file:
            if chosen == "pdf":
                missing = opened.write_pdf(found, record_lines(record), file)
            else:
                missing = []
                for line in lines_of(chosen, found, record):
                    file.write(line.encode())
        with written_beside(f"{output}.log.json") as file:
            file.write(record_json(record).encode())
    for line in missing:
        sys.stderr.write(f"{safe_line(line)}\n")
    sys.stderr.write(
        f"{many(len(found), 'hit')} written to {safe_line(output)}, the log to"
        f" {safe_line(output)}.log.json\n"
    )
    return PROBLEMS_STATUS if missing else 0

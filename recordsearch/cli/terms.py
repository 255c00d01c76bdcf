"""``recordsearch terms``: ask many queries at once."""

import sys

import click

from recordsearch.cli.asking import tell_rebuilding
from recordsearch.errors import UsageError

# Queries between two words about how far a list is.
_TOLD = 100


@click.command("terms")
@click.argument("file", metavar="FILE.csv|txt", type=click.Path())
@click.option("--cite", type=click.IntRange(0, 1_000), default=1, help="Best hits to cite. [1]")
@click.option("--any", "any_word", is_flag=True, help="One of a query's words suffices.")
@click.option("--tolerant", is_flag=True, help="Find words in the forms that OCR makes of them.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV, a row for each citation.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each query.")
@click.option(
    "--output",
    metavar="FILE.csv",
    help="Write CSV there; a run that was stopped goes on where it was.",
)
@click.pass_obj
def command(
    archive: str | None,
    file: str,
    cite: int,
    any_word: bool,
    tolerant: bool,
    as_csv: bool,
    as_json: bool,
    output: str | None,
) -> int:
    """Ask each line of a file as a query, and count hits and documents.

    Of CSV the first column is asked. A line may be any query that search takes.
    """
    from recordsearch.archive import Archive
    from recordsearch.present import terms as present
    from recordsearch.workflows.resuming import resuming
    from recordsearch.workflows.terms import read_terms

    if as_json and (as_csv or output):
        raise UsageError("--json and CSV exclude each other", "give one of them")
    asked = read_terms(file)
    tally = present.Tally()
    with Archive(archive, rebuilding=tell_rebuilding) as opened:
        if output:
            question = opened.terms_question(asked, cite, any_word=any_word, tolerant=tolerant)
            opened.check_output(output)
            with resuming(output, question, present.heading()) as part:
                if part.anew:
                    sys.stderr.write("the list or the archive has changed: begun anew\n")
                asked = [term for term in asked if term.line not in part.done]
                answers = opened.terms(asked, cite, any_word=any_word, tolerant=tolerant)
                for found in tally.counted(answers):
                    part.write(present.rows(found, opened.sha256_of(found.cited)))
                    _tell(tally.asked, len(asked))
            before = f" {len(part.done):,} were done before." if part.done else ""
            sys.stderr.write(f"{tally.line()}{before}\n")
            return 0
        answers = opened.terms(asked, cite, any_word=any_word, tolerant=tolerant)
        if as_csv:
            print(present.heading(), end="")
            for found in answers:
                print("".join(present.rows(found, opened.sha256_of(found.cited))), end="")
        elif as_json:
            for found in answers:
                print(present.json_line(found))
        else:
            print(present.table_heading())
            for found in tally.counted(answers):
                print(present.table_line(found))
            print(tally.line())
    return 0


def _tell(done: int, of: int) -> None:
    """Say on a terminal, now and then, how far a list is."""
    if sys.stderr.isatty() and (done % _TOLD == 0 or done == of):
        sys.stderr.write(f"\r{done:,} of {of:,} queries" if done < of else "\r\x1b[K")

"""``recordsearch pages``: list pages by how they were read."""

import click

from recordsearch.cli.asking import LISTED


@click.command("pages")
@click.option(
    "--where",
    metavar="CONDITIONS",
    default="is:poor",
    help="Such as 'conf:<60', 'method:none release:harbor'. [is:poor]",
)
@click.option("--limit", type=click.IntRange(0), help=f"Pages to list. [{LISTED}; JSON: all]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each page.")
@click.pass_obj
def command(archive: str | None, where: str, limit: int | None, as_json: bool) -> int:
    """List pages by how they were read, the worst first.

    CONDITIONS, separated by blanks, must all hold: conf:<60 or conf:60..80 (confidence of OCR),
    method:text, ocr, blank or none (not read), is:poor, page:3..7, file:PART, release:PART.
    """
    from recordsearch.archive import Archive
    from recordsearch.present.page_list import page_line, print_pages

    with Archive(archive) as opened:
        found = opened.pages(where)
    if as_json:
        for page in found[:limit]:
            print(page_line(page))
    else:
        print_pages(found[: LISTED if limit is None else limit], len(found))
    return 0

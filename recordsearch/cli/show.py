"""``recordsearch show``: print pages of a document."""

import click


@click.command("show")
@click.argument("document", metavar="DOCUMENT[:PAGE]")
@click.option("--mark", metavar="QUERY", help="Mark what this query matches.")
@click.pass_obj
def command(archive: str | None, document: str, mark: str | None) -> int:
    """Print pages of a document.

    DOCUMENT is its number as search shows it, its file name, its path or an end of it, or the start
    of its SHA-256; PAGE a page or a range such as 3-5. Without PAGE, all pages are printed.
    """
    from recordsearch.archive import Archive
    from recordsearch.present.pages import print_pages

    with Archive(archive) as opened:
        shown = opened.show(document, mark)
    print_pages(shown)
    return 0

"""``recordsearch tags``: list tags, or the places that bear one."""

import click


@click.command("tags")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--all", "every", is_flag=True, help="List the places of all tags.")
@click.option("--remove", is_flag=True, help="Take the tag NAME, and its notes, from all places.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="A table for a spreadsheet.")
@click.pass_obj
def command(
    archive: str | None,
    name: str | None,
    every: bool,
    remove: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List tags, or the places that bear one, with their notes.

    A place whose text is not what it was when it was tagged, as its page was read again since, says
    so.
    """
    from recordsearch.archive import Archive
    from recordsearch.errors import UsageError
    from recordsearch.present import tags

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other", "give one of them")
    if every and name is not None:
        raise UsageError("--all goes without a NAME", "give one of them")
    if remove:
        if name is None:
            raise UsageError("--remove needs a NAME", "see: recordsearch tags")
        with Archive(archive) as opened:
            tags.print_change(opened.untag(None, name), removed=True)
    elif name is None and not every and not as_csv:
        with Archive(archive) as opened:
            counts = opened.tag_counts()
        if as_json:
            for count in counts:
                print(tags.count_line(count))
        else:
            tags.print_counts(counts)
    else:
        with Archive(archive) as opened:
            places = opened.tagged(name)
        if as_json:
            for place in places:
                print(tags.place_line(place))
        elif as_csv:
            for line in tags.csv_lines(places):
                print(line, end="")
        else:
            tags.print_places(places)
    return 0

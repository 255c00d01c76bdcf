"""``recordsearch status``: say what is in the archive."""

import click


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def command(archive: str | None, as_json: bool) -> int:
    """Say what is in the archive."""
    from recordsearch.catalogue.reading import counts
    from recordsearch.wiring import engine_name, reading_catalogue

    with reading_catalogue(archive) as (found, connection):
        held = counts(connection)
        engine = engine_name(found)
    if as_json:
        from recordsearch.present.jsonl import status_line

        print(status_line(held, engine, found.folder))
    else:
        from recordsearch.present.overview import print_counts

        print_counts(held, engine, found.folder)
    return 0

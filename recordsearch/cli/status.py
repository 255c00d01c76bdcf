"""``recordsearch status``: say what is in the archive."""

import click


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def command(archive: str | None, as_json: bool) -> int:
    """Say what is in the archive."""
    from recordsearch.catalogue.reading import counts
    from recordsearch.catalogue.runs import unfinished_run
    from recordsearch.wiring import engine_name, is_being_written, reading_catalogue

    with reading_catalogue(archive) as (found, connection):
        held = counts(connection)
        run = unfinished_run(connection)
        engine = engine_name(found)
        running = run is not None and is_being_written(found)
    if as_json:
        from recordsearch.present.jsonl import status_line

        print(status_line(held, engine, found.folder, run, running=running))
    else:
        from recordsearch.present.overview import print_counts, print_run

        print_counts(held, engine, found.folder)
        if run is not None:
            print_run(run, running=running)
    return 0

"""``recordsearch status``: say what is in the archive."""

import click


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def command(archive: str | None, as_json: bool) -> int:
    """Say what is in the archive."""
    from recordsearch.archive import Archive

    with Archive(archive) as opened:
        status = opened.status()
    if as_json:
        from recordsearch.present.jsonl import status_line

        print(
            status_line(
                status.counts, status.engine, status.folder, status.run, running=status.running
            )
        )
    else:
        from recordsearch.present.overview import print_counts, print_run

        print_counts(status.counts, status.engine, status.folder)
        if status.run is not None:
            print_run(status.run, running=status.running)
    return 0

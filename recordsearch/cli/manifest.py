"""``recordsearch manifest``: list every document with its hash and where it came from."""

import sys
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    import sqlite3


@click.command("manifest")
@click.option("--csv", "as_csv", is_flag=True, help="CSV, a line a location, instead of JSON.")
@click.option("--output", metavar="FILE", type=click.Path(), help="Write to FILE, whole or not.")
@click.option("--release", metavar="NAME", help="Only documents of this release.")
@click.pass_obj
def command(archive: str | None, as_csv: bool, output: str | None, release: str | None) -> int:
    """List every document with its SHA-256 and where it came from.

    One JSON object a line, below a header with the SHA-256 of the lines, so that a manifest proves
    itself: tail -n +2 MANIFEST | sha256sum. Files that could not be read are listed too.
    """
    from recordsearch.wiring import reading_catalogue
    from recordsearch.workflows.manifest import check_output, written_beside

    with reading_catalogue(archive) as (found, connection):
        if output is None:
            _print(connection, release, as_csv=as_csv)
            return 0
        check_output(connection, found.folder, output)
        with written_beside(output) as file:
            told = _write(connection, release, file, as_csv=as_csv)
    sys.stderr.write(told + "\n")
    return 0


def _print(connection: "sqlite3.Connection", release: str | None, *, as_csv: bool) -> None:
    """Print a manifest; its hash, which its header gives, is known only when all is written."""
    import shutil
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(max_size=16 << 20) as file:
        _write(connection, release, file, as_csv=as_csv)
        file.seek(0)
        shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _write(
    connection: "sqlite3.Connection", release: str | None, file: IO[bytes], *, as_csv: bool
) -> str:
    """Write a manifest and return a line that says so."""
    from datetime import UTC, datetime

    from recordsearch.present.custody import csv_lines
    from recordsearch.present.words import many
    from recordsearch.workflows.manifest import listed, write_manifest

    if as_csv:
        lines = -1
        with listed(connection, release) as entries:
            for line in csv_lines(entries):
                file.write(line.encode())
                lines += 1
        return f"{many(lines, 'location')}."
    made = datetime.now(UTC).isoformat(timespec="seconds")
    written = write_manifest(connection, release, made, file)
    told = many(written.documents, "document")
    if written.unread:
        told += f", {many(written.unread, 'file')} that could not be read"
    return f"{told}. SHA-256 of the lines: {written.sha256}"

"""Run the command line; every error that a user can cause ends here as one or two clear lines."""

import errno
import io
import os
import sys

# Characters of a query that are shown of the place that is wrong, and on either side of it.
_SHOWN = 60


def main() -> None:
    """Run ``recordsearch`` and exit with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command line with ``arguments`` and return the exit status."""
    import click

    from recordsearch.cli import ReaderGoneError, cli
    from recordsearch.errors import RecordsearchError

    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets an escape instead of a failure.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = cli.main(arguments, prog_name="recordsearch", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except RecordsearchError as error:
        _tell(error)
        return error.exit_status
    except (KeyboardInterrupt, click.Abort):
        sys.stderr.write("stopped\n")
        return 130
    except ReaderGoneError:
        # Whoever read the output has seen enough. Python flushes once more at its end: to nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except OSError as error:
        # Of what is read a failure becomes a problem; this is the archive, the disk or the folder.
        where = f"{error.filename}: " if error.filename else ""
        _tell(RecordsearchError(f"{where}{error.strerror or error}", _disk_mend(error)))
        return RecordsearchError.exit_status
    except Exception as error:
        if type(error).__module__ != "sqlite3":
            raise
        _tell(RecordsearchError(f"the catalogue cannot be used: {error}", _catalogue_mend(error)))
        return RecordsearchError.exit_status
    return status if isinstance(status, int) else 0


def _catalogue_mend(error: Exception) -> str:
    if "is locked" in str(error):
        return "end the other program that has the catalogue open, and run the command again"
    return (
        "free some disk if it is full; otherwise restore .recordsearch from a copy, or move it away"
        " and index again"
    )


def _disk_mend(error: OSError) -> str:
    return "free some disk and run the command again" if error.errno == errno.ENOSPC else ""


def _tell(error: "Exception") -> None:
    from recordsearch.errors import QueryError, RecordsearchError
    from recordsearch.present.safe import safe_line

    if isinstance(error, QueryError):
        # Of a long query, what stands around the place is enough.
        first, last = max(error.start - _SHOWN, 0), min(error.end, error.start + _SHOWN)
        before = ("…" if first else "") + safe_line(error.query[first : error.start])
        wrong = safe_line(error.query[error.start : last])
        after = safe_line(error.query[last : last + _SHOWN])
        after += "…" if last + _SHOWN < len(error.query) else ""
        sys.stderr.write(f"  {before}{wrong}{after}\n")
        sys.stderr.write(f"  {' ' * len(before)}{'^' * max(len(wrong), 1)}\n")
    if isinstance(error, RecordsearchError):
        mend = f" ({safe_line(error.mend)})" if error.mend else ""
        sys.stderr.write(f"recordsearch: {safe_line(error.message)}{mend}\n")


if __name__ == "__main__":
    main()

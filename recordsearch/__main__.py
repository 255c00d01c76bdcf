"""Run the command line; every error that a user can cause ends here as one or two clear lines."""

import os
import sys


def main() -> None:
    """Run ``recordsearch`` and exit with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command line with ``arguments`` and return the exit status."""
    import click

    from recordsearch.cli import ReaderGoneError, cli
    from recordsearch.errors import RecordsearchError

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
    return status if isinstance(status, int) else 0


def _tell(error: "Exception") -> None:
    from recordsearch.errors import QueryError, RecordsearchError
    from recordsearch.present.safe import safe_line

    if isinstance(error, QueryError):
        before = safe_line(error.query[: error.start])
        wrong = safe_line(error.query[error.start : error.end])
        sys.stderr.write(f"  {before}{wrong}{safe_line(error.query[error.end :])}\n")
        sys.stderr.write(f"  {' ' * len(before)}{'^' * max(len(wrong), 1)}\n")
    if isinstance(error, RecordsearchError):
        mend = f" ({safe_line(error.mend)})" if error.mend else ""
        sys.stderr.write(f"recordsearch: {safe_line(error.message)}{mend}\n")


if __name__ == "__main__":
    main()

"""Passwords that the user gives in a file."""

from recordsearch.errors import UsageError

_BYTES = 1 << 20
# Each is tried on each file that needs one.
_MOST = 1_000


def read_passwords(path: str | None) -> tuple[str, ...]:
    """Return the lines of a file, without empty ones; none where no file is given.

    :raises UsageError: it cannot be read.
    """
    if path is None:
        return ()
    try:
        with open(path, "rb") as file:
            lines = file.read(_BYTES).decode("utf-8-sig", "surrogateescape").splitlines()
    except OSError as error:
        raise UsageError(
            f"cannot read {path}: {(error.strerror or str(error)).lower()}",
            "give a file with a password a line",
        ) from error
    return tuple(dict.fromkeys(line for line in lines if line))[:_MOST]

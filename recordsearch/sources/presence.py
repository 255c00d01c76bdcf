"""Whether a file on the disk can still be reached: a drive may go away while it is read."""

import os

from recordsearch.errors import AWAY, UnreadableError

_MEND = "connect its drive again, if that went away, and run the index command again"
# The file is there, and it is for the user to say who may read it.
_ITS_OWN = (PermissionError, IsADirectoryError)


def check_there(path: str) -> None:
    """Look whether the file at ``path``, which the walk has met, can still be opened and read.

    A drive that was pulled out may still answer from memory, so both ends are read from the disk
    itself where the system lets one ask for that.

    :raises UnreadableError: stage ``away``: the file, its folder or its drive is gone, or no more
        bytes come from it.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            for place in (0, max(size - 1, 0)):
                if hasattr(os, "posix_fadvise"):
                    os.posix_fadvise(file.fileno(), place, 1, os.POSIX_FADV_DONTNEED)
                file.seek(place)
                file.read(1)
    except _ITS_OWN:
        return
    except OSError as error:
        cause = f"it could not be reached any more: {(error.strerror or str(error)).lower()}"
        raise UnreadableError(AWAY, cause, _MEND) from error


def is_gone(path: str) -> bool:
    """Tell whether nothing lies at ``path``; of what cannot be looked at, nobody knows."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def device_of(path: str) -> int | None:
    """Return the number of the drive that ``path`` lies on; None where nothing can be seen there.

    A drive that went away leaves its empty mount point, on another drive.
    """
    try:
        return os.stat(path).st_dev
    except OSError:
        return None

"""All errors that a user can meet; each knows its exit status and the user's next step.

    RecordsearchError            exit 1: the run itself failed
    ├── UsageError               exit 2: what was asked for cannot be done as asked
    │   ├── QueryError           the query, with the place in it
    │   └── NoArchiveError       there is no archive here
    ├── ArchiveError             the archive cannot be used as it is
    │   ├── ArchiveInUseError    another process writes to it
    │   └── DiskFullError        its disk has no room for what is left to read
    ├── IndexUnavailableError    the index is missing or was made by other versions
    └── UnreadableError          a file or a page could not be read; a batch records it
                                 as a problem and goes on

The command line prints ``message`` and ``mend`` on one line each and never a traceback.
"""


class RecordsearchError(Exception):
    """The root of the tree.

    ``message`` says what is wrong and names the file or argument; ``mend`` says what the user can
    do about it, or is empty where nothing can be done.
    """

    exit_status = 1

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


class UsageError(RecordsearchError):
    """A wrong argument, option or combination of them."""

    exit_status = 2


class QueryError(UsageError):
    """A query that cannot be understood.

    ``query`` is the text as typed; ``start`` and ``end`` (characters, half open) are the place in
    it that is wrong.
    """

    def __init__(self, message: str, query: str, start: int, end: int, mend: str = "") -> None:
        super().__init__(message, mend)
        self.query = query
        self.start = start
        self.end = end


class NoArchiveError(UsageError):
    """No archive was found upward from the current folder, nor named."""


class ArchiveError(RecordsearchError):
    """The archive exists and cannot be used as it is."""


class ArchiveInUseError(ArchiveError):
    """Another process holds the archive for writing."""


class DiskFullError(ArchiveError):
    """The archive's disk is nearly full; what was read is kept, and the next run goes on."""


class IndexUnavailableError(RecordsearchError):
    """The index is missing, unfinished, damaged, or was made by another version or engine."""


UNLOCK = "unlock"
"""The stage of what needs a password that was not given."""


NO_ROOM = "room"
"""The stage of what could not be taken out for want of room on the disk."""

KILLED = "killed"
"""The stage of what cost its worker's life twice, killed by the system or the user."""

AWAY = "away"
"""The stage of what could not be reached any more while it was read, as its drive went away."""

NO_DOCUMENT = "no document"
"""The stage of what is no record and can be none, such as a program: counted, and no problem."""

PASSING = (NO_ROOM, KILLED, AWAY)
"""Stages of problems that no document is to blame for: the next run tries again."""


class UnreadableError(RecordsearchError):
    """A file, or one page of it, that could not be read.

    ``stage`` names the step that failed: ``open``, ``unlock`` (it needs a password), ``room``
    (the disk is full), ``away`` (the file went away meanwhile), ``detect``, ``extract``, ``ocr``.
    A batch turns this into a recorded problem; it never ends the run.
    """

    def __init__(self, stage: str, cause: str, mend: str = "") -> None:
        super().__init__(cause, mend)
        self.stage = stage

    def __reduce__(self) -> tuple[type["UnreadableError"], tuple[str, str, str]]:
        # Exceptions pickle by args alone, which would lose the stage on the way from a worker.
        return (UnreadableError, (self.stage, self.message, self.mend))

"""What a verification tells while it runs."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What was verified."""

    FILE = "file"
    MANIFEST = "manifest"
    CATALOGUE = "catalogue"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Differs:
    """Something that is not as it should be, with its cause and what to do.

    ``finding`` is one of missing, changed, unreadable, damaged, incomplete, left over, outdated.
    ``release``, ``file`` and ``path`` are empty where it is no single file; the path is text, of a
    file in a container the container's.
    """

    part: Part
    finding: str
    cause: str
    mend: str
    release: str = ""
    file: str = ""
    path: str = ""
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """How far the verification is: at which step, and how far of how much."""

    step: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth a line that is no difference; ``left_out``: what could not be verified."""

    message: str
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Verified:
    """What was verified, and how much of it differs.

    ``there`` and the figures before ``differences`` count files; ``differences`` counts all that
    differs, in files, manifest, catalogue and index. ``unknown`` files were not read when they were
    taken in, so that there is no hash to compare with. Not ``complete``: the index could not be
    verified, as another process writes to it.
    """

    quick: bool
    complete: bool
    files: int
    there: int
    missing: int
    changed: int
    unreadable: int
    gone: int
    unknown: int
    differences: int


Told = Differs | Step | Remark | Verified

"""What an ingest tells while it runs."""

from dataclasses import dataclass

from recordsearch.records import Problem


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth a line that is no problem: an empty folder, a folder met twice."""

    message: str


@dataclass(frozen=True, slots=True)
class ProblemFound:
    """A file or page that could not be read; it has been recorded."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the run is.

    ``files`` of ``files_found`` have been looked at; ``pages`` of ``pages_known`` have been read,
    where only the files looked at are known. ``rate`` is in pages a second over all, and
    ``recent_rate`` over the last minute, both 0 while nobody can tell; ``memory`` is what all
    processes of the run take, in bytes.
    """

    files: int
    files_found: int
    pages: int
    pages_known: int
    pages_ocr: int
    problems: int
    duplicates: int = 0
    rate: float = 0.0
    recent_rate: float = 0.0
    memory: int = 0

    @property
    def pages_expected(self) -> float:
        """All pages: those known, and as many a file again for the files not looked at."""
        if not self.files:
            return float(self.pages_known)
        return self.pages_known * max(self.files_found / self.files, 1.0)

    @property
    def seconds_left(self) -> float | None:
        """Seconds that the pages left will take; None while nobody can tell."""
        rate = self.recent_rate or self.rate
        left = self.pages_expected - self.pages
        return left / rate if rate and left >= 1 else None


@dataclass(frozen=True, slots=True)
class Rebuilding:
    """The index is being built anew, as the one that was there cannot be used."""

    passages: int
    of: int


@dataclass(frozen=True, slots=True)
class Relating:
    """All is read; now documents are related: at which step, and how far of how many documents."""

    step: str
    documents: int
    of: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. ``problems`` are those of the paths that were given, old ones included.

    ``unchanged`` files were not read again; ``duplicates`` are files whose content was already
    there; ``skipped`` counts, by reason, files that are no records; ``stopped`` tells that the run
    was ended before its end.
    """

    documents: int
    unchanged: int
    duplicates: int
    skipped: tuple[tuple[str, int], ...]
    pages: int
    pages_text: int
    pages_ocr: int
    pages_blank: int
    pages_none: int
    passages: int
    messages: int
    letters: int
    problems: int
    stopped: bool


Event = Notice | ProblemFound | Progress | Rebuilding | Relating | Summary

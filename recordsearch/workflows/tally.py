"""The counters of one ingest."""

from collections import Counter
from dataclasses import dataclass, field

from recordsearch.records import Method
from recordsearch.workflows.events import Progress, Summary
from recordsearch.workflows.rates import Rates


@dataclass(slots=True)
class Tally:
    """The counters of one run."""

    files: int = 0
    files_found: int = 0
    documents: int = 0
    unchanged: int = 0
    duplicates: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    pages_known: int = 0
    methods: dict[Method, int] = field(default_factory=lambda: dict.fromkeys(Method, 0))
    passages: int = 0
    messages: int = 0
    letters: int = 0
    problems: int = 0
    rates: Rates = field(default_factory=Rates)

    @property
    def pages(self) -> int:
        """Pages read so far, in whichever way."""
        return sum(self.methods.values())

    def progress(self, memory: int) -> Progress:
        """Tell how far the run is; ``memory`` is in bytes."""
        self.rates.look(self.pages)
        return Progress(
            files=self.files,
            files_found=self.files_found,
            pages=self.pages,
            pages_known=self.pages_known,
            pages_ocr=self.methods[Method.OCR],
            problems=self.problems,
            duplicates=self.duplicates,
            rate=self.rates.overall(),
            recent_rate=self.rates.recent(),
            memory=memory,
        )

    def summary(self, *, stopped: bool) -> Summary:
        """Tell what the run did."""
        return Summary(
            documents=self.documents,
            unchanged=self.unchanged,
            duplicates=self.duplicates,
            skipped=tuple(self.skipped.most_common()),
            pages=self.pages,
            pages_text=self.methods[Method.TEXT],
            pages_ocr=self.methods[Method.OCR],
            pages_blank=self.methods[Method.BLANK],
            pages_none=self.methods[Method.NONE],
            passages=self.passages,
            messages=self.messages,
            letters=self.letters,
            problems=self.problems,
            stopped=stopped,
        )

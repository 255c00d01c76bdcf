"""Progress of a verification or a comparison, on standard error, beside the answer."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from recordsearch.present.progress import make_display
from recordsearch.workflows.events import Notice, Relating
from recordsearch.workflows.verifying import Remark, Step


@contextmanager
def progress_beside_answer() -> Iterator[Callable[[Step | Remark], None]]:
    """Give a function that shows how far things are; what is printed meanwhile stays whole."""
    out = sys.stdout
    with make_display() as display:
        # A live display takes standard output over, also where it goes to a file, not to a person.
        if not out.isatty():
            sys.stdout = out

        def show(told: Step | Remark) -> None:
            if isinstance(told, Step):
                display.update(Relating(told.step, told.done, told.of))
            else:
                display.update(Notice(told.message))

        yield show

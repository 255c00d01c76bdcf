"""The rich console, and text out of documents made ready for it.

Rich is imported only for a terminal: it costs more than the search itself.
"""

import sys
from typing import TYPE_CHECKING

from recordsearch.present.safe import safe_parts

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_MATCH = "bold yellow"


def on_terminal() -> bool:
    """Tell whether the answer goes to a person's terminal; elsewhere it is plain."""
    return sys.stdout is not None and sys.stdout.isatty()


def make_console(*, stderr: bool = False) -> "Console":
    """Make a console that takes what it prints as it is: no markup, no emoji, no guessing.

    Rich itself honours ``NO_COLOR``, ``TERM=dumb`` and the width of the terminal.
    """
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def marked(text: str, ranges: tuple[tuple[int, int], ...]) -> "Text":
    """Make text safe, with the character ranges of its matches marked."""
    from rich.text import Text

    result = Text()
    for part, matched in safe_parts(text, ranges):
        result.append(part, style=_MATCH if matched else "")
    return result


def print_styled(*parts: tuple[str, str]) -> None:
    """Print a line of parts (text made safe, style); on a terminal wrapped, elsewhere plain."""
    if not on_terminal():
        print("".join(text for text, _ in parts))
        return
    from rich.text import Text

    line = Text.assemble(*parts)
    plain = line.plain
    indent = len(plain) - len(plain.lstrip())
    print_indented(make_console(), line[indent:], indent)


def print_indented(
    console: "Console", text: "Text", indent: int, label: "Text | None" = None
) -> None:
    """Print text wrapped and moved in by ``indent`` columns, with a label before the first line.

    Rich's tables could do this too, but importing them takes a third of a search's time.
    """
    from rich.text import Text

    for line in text.wrap(console, max(console.width - indent, 20)):
        before = label or Text("")
        label = None
        console.print(Text.assemble(before, " " * (indent - before.cell_len), line), soft_wrap=True)

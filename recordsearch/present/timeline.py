"""A timeline: drawn on a terminal, a line a period elsewhere, or CSV."""

import csv
import shutil
import sys
from typing import TYPE_CHECKING

from recordsearch.present.console import on_terminal
from recordsearch.present.safe import safe_line
from recordsearch.present.words import many

if TYPE_CHECKING:
    from recordsearch.workflows.timeline import Timeline

_HEIGHT = 14
# Beside the bars stand the axis and its figures.
_MARGIN = 10


def print_csv(timeline: "Timeline") -> None:
    """Print a line a period; hits without a date have the last line, with an empty period."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("period", "hits", "documents"))
    out.writerows((one.name, one.hits, one.documents) for one in timeline.periods)
    if timeline.undated:
        out.writerow(("", timeline.undated, ""))
    _tell_notes(timeline)


def print_timeline(timeline: "Timeline") -> None:
    """Draw the periods, or list them where standard output is no terminal; then sum them up."""
    dated = [one for one in timeline.periods if one.hits]
    if dated and on_terminal():
        print(_drawn(timeline))
    elif dated:
        for one in dated:
            print(f"{one.name}  {one.hits}")
    print(_summary(timeline))
    _tell_notes(timeline)


def _drawn(timeline: "Timeline") -> str:
    import plotext

    width = shutil.get_terminal_size().columns
    shown = timeline.periods
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(min(width, max(40, 4 * len(shown) + _MARGIN)), _HEIGHT)
    plotext.bar([one.name for one in shown], [one.hits for one in shown])
    highest = max(one.hits for one in shown)
    # Hits are whole; five figures on the axis are enough.
    step = max(1, -(-highest // 5))
    plotext.yticks(range(0, highest + step, step))
    drawn: str = plotext.uncolorize(plotext.build())
    return drawn.rstrip()


def _summary(timeline: "Timeline") -> str:
    if not timeline.total:
        return "No hits."
    dated = [one for one in timeline.periods if one.hits]
    line = many(timeline.total, "hit")
    if dated:
        line += f" from {dated[0].name} to {dated[-1].name}"
        most = max(dated, key=lambda one: one.hits)
        if len(dated) > 1:
            line += f", most in {most.name} ({most.hits:,})"
    if timeline.undated:
        line += f"; {timeline.undated:,} without a date"
    return line + "."


def _tell_notes(timeline: "Timeline") -> None:
    for note in timeline.notes:
        sys.stderr.write(f"{safe_line(note)}\n")

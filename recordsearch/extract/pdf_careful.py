"""A reading of a PDF page character by character, for what the fast reading gets wrong.

That is text drawn twice, text off the page, and letters set wide apart, which would come out as a
word each. It takes several times as long as the fast reading and is used where signs call for it.
"""

import re
from collections.abc import Iterable
from itertools import groupby, pairwise
from statistics import median

from recordsearch.extract.runs import Box

Character = tuple[str, Box | None]
"""A character with its box in points, upright; None where pdfium put it in."""

_SHIFT = 0.25
"""Bold made by drawing twice moves the copy by a few hundredths of the type's size, a drop shadow
by up to a fifth; the same letter twice in a word stands at least .27 away (il, ll)."""
_MARGIN = 2.0
_WORD_GAP = 1.8
"""In letters set wide apart, a gap between words is at least twice that between letters, for a
space is as wide as the extra distance or wider."""
_CELL = 8
_SPACED = re.compile(r" [^\W\d_] [^\W\d_] [^\W\d_](?!\S)")


def has_spaced_letters(text: str) -> bool:
    """Tell whether three single letters or more stand in a row inside a line: ``L I G H T``."""
    return _SPACED.search(text) is not None


def careful_text(
    characters: Iterable[Character], width: float, height: float, *, doubled: bool = True
) -> tuple[str, int, int]:
    """Join the characters that are on the page and are not copies, spaced letters closed up.

    ``characters`` come in drawn order; copies are looked for where text is ``doubled``. Return the
    text, the number of copies left out, and the number of characters off a page of ``width`` by
    ``height`` points left out.
    """
    kept: list[Character] = []
    cells: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    copies = off_page = 0
    dropped = False
    for character, box in characters:
        if box is None:
            _put_in(kept, character, dropped)
            continue
        x0, top, x1, bottom = box
        if x1 < -_MARGIN or x0 > width + _MARGIN or bottom < -_MARGIN or top > height + _MARGIN:
            off_page += 1
        elif doubled and not character.isspace() and _seen(cells, character, box):
            copies += 1
        else:
            dropped = False
            kept.append((character, box))
            continue
        dropped = True
    lines = groupby(kept, lambda item: item[0] in "\r\n")
    text = "".join(
        "".join(character for character, _ in line) if ends else _close_up(list(line))
        for ends, line in lines
    )
    return text, copies, off_page


def _put_in(kept: list[Character], character: str, dropped: bool) -> None:
    """Add what pdfium inferred; beside dropped characters one white space is enough."""
    if character == "\x02":  # a hyphen at a line's end; pdfium leaves the line's end out
        kept += [("-", None), ("\n", None)]
        return
    if dropped and character.isspace() and (not kept or kept[-1][0].isspace()):
        if character == "\n" and kept and kept[-1][0] == " ":
            kept[-1] = ("\n", None)
        return
    kept.append((character, None))


def _seen(
    cells: dict[tuple[str, int, int], list[tuple[float, float]]], character: str, box: Box
) -> bool:
    """Tell whether the same character was drawn here before, and remember this one if not."""
    x0, top, x1, bottom = box
    reach = _SHIFT * max(bottom - top, x1 - x0, 1.0)
    for column in range(int((x0 - reach) // _CELL), int((x0 + reach) // _CELL) + 1):
        for row in range(int((top - reach) // _CELL), int((top + reach) // _CELL) + 1):
            for other_x0, other_top in cells.get((character, column, row), ()):
                if abs(other_x0 - x0) <= reach and abs(other_top - top) <= reach:
                    return True
    cells.setdefault((character, int(x0 // _CELL), int(top // _CELL)), []).append((x0, top))
    return False


def _close_up(line: list[Character]) -> str:
    """Return a line's text; where its letters are set wide apart, spaces only between words."""
    text = "".join(character for character, _ in line)
    tokens = text.split()
    if not has_spaced_letters(text) or 2 * sum(len(t) == 1 for t in tokens) < len(tokens):
        return text
    solid = [(character, box) for character, box in line if box and not character.isspace()]
    gaps = [right[0] - left[2] for (_, left), (_, right) in pairwise(solid)]
    if not gaps:
        return text
    least = _WORD_GAP * max(median(gaps), 0.1)
    parts = [solid[0][0]]
    for (character, _), gap in zip(solid[1:], gaps, strict=True):
        parts.append(f" {character}" if gap > least else character)
    return "".join(parts)

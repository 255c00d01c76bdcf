r"""Rows of tables in text documents, with the page breaks that stand in their cells.

``\v`` is a break that the program recorded, ``\f`` one that the document sets.
"""

import re

BREAKS = re.compile("[\f\v]")
NESTED = 20
"""How deep tables, text boxes and notes are kept apart from what they stand in; each level of it
copies the text once more."""
_ROW_CHARACTERS = 500
_SPLIT = re.compile("([\f\v])")


def row_line(cells: list[list[str]]) -> str:
    """Return a row: a line with tabs between the cells, or where cells hold much, their lines.

    Where a row goes on over a page's end, each cell has its own break there; one is enough.
    """
    texts = ["\n".join(cell) for cell in cells]
    breaks = [len(BREAKS.findall(text)) for text in texts]
    most = breaks.index(max(breaks)) if any(breaks) else -1
    texts = [text if at == most else BREAKS.sub("", text) for at, text in enumerate(texts)]
    if sum(map(len, texts)) > _ROW_CHARACTERS and any("\n" in text for text in texts):
        return "\n".join(text for text in texts if text)
    line = "\t".join(
        " ".join(BREAKS.sub("", text).split("\n")).strip("\n \t") for text in texts
    ).rstrip("\t")
    if most < 0:
        return line
    marks = "".join(BREAKS.findall(texts[most]))
    before = "".join(texts[: most + 1]).lstrip(" \t\n")
    return marks + line if BREAKS.match(before) else line + marks


def cut_at_breaks(text: str) -> list[str]:
    """Cut a document's text into pages.

    Word records a break of its own where the document sets one too; so a recorded break counts
    only where something stands on the page before it.
    """
    pages: list[list[str]] = [[]]
    holds = False
    for piece in _SPLIT.split(text):
        if piece == "\f" or (piece == "\v" and holds):
            pages.append([])
            holds = False
        elif piece not in ("\f", "\v"):
            pages[-1].append(piece)
            holds = holds or bool(piece.strip())
    if len(pages) > 1 and not holds:
        pages.pop()
    return ["".join(page) for page in pages]

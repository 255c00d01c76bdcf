"""The title of a document, as far as its text shows one."""

import re

# A title is the first paragraph if that is short, else the first line if that is.
_MOST_WORDS = 40
_FEWEST_LETTERS = 4
_MOST_READ = 2_000
_PARAGRAPH_END = re.compile(r"\n[ \t\r]*\n|\f")


def title_of(text: str) -> str:
    """Return the first paragraph or line of a document, empty where that looks like no title."""
    beginning = text[:_MOST_READ].lstrip()
    paragraph = _PARAGRAPH_END.split(beginning, 1)[0]
    for title in (paragraph, beginning.split("\n", 1)[0]):
        if len(title) < len(beginning) and len(title.split()) <= _MOST_WORDS:
            return title if sum(map(str.isalpha, title)) >= _FEWEST_LETTERS else ""
    return ""

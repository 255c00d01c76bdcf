"""The words of one PDF page with their boxes, for what needs places and not only text.

pdfium gives a box for each character, in drawn order, at some 2.7 microseconds each: 6 ms for a
page of 2,400 characters, where pdfplumber takes 40. Only pages whose columns matter are read so.
"""

from collections.abc import Iterable

from recordsearch.errors import UnreadableError
from recordsearch.extract.clean import clean
from recordsearch.extract.pdf_careful import Character
from recordsearch.extract.pdf_file import open_pdf
from recordsearch.extract.pdf_text import PdfPage
from recordsearch.extract.runs import Box
from recordsearch.records import Word

_CHARACTERS = 40_000
"""Characters looked at on one page: ten times a full page of print."""
_GAP = 1.0
"""Two characters of one word stand at most this share of their height apart; a gap between two
columns that were drawn without a space is wider."""


def pdf_page_words(path: str, page: int) -> list[Word]:
    """Return the words of page ``page`` (from 1) of the PDF at ``path``, in drawn order.

    The boxes are upright, as the page's text lies, and tight around the ink of the letters. A page
    that cannot be read, or does not exist, has no words.

    :raises UnreadableError: the document cannot be opened.
    """
    opened = open_pdf(path)
    if not 1 <= page <= opened.pages:
        return []
    try:
        with PdfPage(opened, page) as loaded:
            return words_from_characters(loaded.characters())
    except UnreadableError:
        return []


def words_from_characters(characters: Iterable[Character]) -> list[Word]:
    """Join characters, in drawn order and with boxes, into words.

    A word ends at white space, at a line's end, and where the next letter stands elsewhere.
    """
    words: list[Word] = []
    letters: list[str] = []
    box: Box | None = None
    for number, (letter, place) in enumerate(characters):
        if number >= _CHARACTERS:
            break
        if letter.isspace() or letter < " ":
            _end(words, letters, box)
            letters, box = [], None
            continue
        if place is None:
            letters.append(letter)
            continue
        if box is not None and _elsewhere(box, place):
            _end(words, letters, box)
            letters, box = [], None
        letters.append(letter)
        box = place if box is None else _around(box, place)
    _end(words, letters, box)
    return words


def _elsewhere(box: Box, place: Box) -> bool:
    """Tell whether a character at ``place`` does not go on with the word in ``box``."""
    height = max(box[3] - box[1], place[3] - place[1], 4.0)
    apart = place[0] - box[2] > _GAP * height or place[0] < box[0] - _GAP * height
    return apart or place[1] > box[3] + height or place[3] < box[1] - height


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _end(words: list[Word], letters: list[str], box: Box | None) -> None:
    text = clean("".join(letters)).replace("\n", "")
    if text and box is not None:
        words.append(Word(text, *box))

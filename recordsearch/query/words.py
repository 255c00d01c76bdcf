"""Words as they are typed, without signs."""

from recordsearch.query.analysis import readings
from recordsearch.query.tree import Or, Phrase, Place, Word


def plain(text: str, place: Place) -> Word | Phrase | Or | None:
    """Make what a word without signs stands for: itself, or the phrases that it may be read as."""
    made = [
        Word(words[0], place) if len(words) == 1 else Phrase(words, 0, place)
        for words in readings(text)
    ]
    if len(made) > 1:
        return Or(tuple(made))
    return made[0] if made else None

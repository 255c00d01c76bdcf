"""What names and notes may be that a user gives: short, of one line, and sayable again."""

import unicodedata
from datetime import UTC, datetime

from recordsearch.errors import UsageError

LONGEST_NAME = 100
LONGEST_NOTE = 10_000

# Categories of characters that show nothing and would make two names of one: controls, formats,
# surrogates, private use, unassigned.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def checked_name(name: str, what: str) -> str:
    """Return a name with its blanks and accents in one form.

    ``what`` says what is named, such as "a tag".

    :raises UsageError: it is empty, too long, or has characters that show nothing.
    """
    if len(name) > 100 * LONGEST_NAME:
        name = name[: 2 * LONGEST_NAME]  # too long whatever its form
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not any(one.isalnum() for one in name):
        raise UsageError(f"{what} needs a name with a letter or a digit", "give it one")
    if len(name) > LONGEST_NAME:
        raise UsageError(
            f"the name of {what} has at most {LONGEST_NAME} characters", "give it a shorter one"
        )
    if any(unicodedata.category(one) in _UNSEEN for one in name):
        raise UsageError(
            f"the name of {what} has a character that cannot be seen: {name!a}",
            "type the name anew",
        )
    return name


def checked_note(note: str) -> str:
    """Return a note without blanks around it.

    :raises UsageError: it is too long, or no text.
    """
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"a note has at most {LONGEST_NOTE:,} characters", "give a shorter one")
    if any(unicodedata.category(one) == "Cs" or one == "\0" for one in note):
        raise UsageError("the note has bytes that are no text", "type it anew")
    return note


def now() -> str:
    """Return the time as it is kept: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")

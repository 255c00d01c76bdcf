"""Names of members as they may be shown; they are never a path on disk."""

import re
import unicodedata

NAME_CHARACTERS = 200

# What mail programs write where they name no recipient (RFC 5322, 3.4: a group without members).
_NOBODY = re.compile(
    r"\W{0,3}(?:(?:undisclosed|unlisted|unspecified|hidden|suppressed|multiple)[ _-]?"
    r"(?:recipients?|recipient[ _-]lists?)|recipients?[ _-]lists? (?:not shown|suppressed)"
    r"|(?:recipients? )?not disclosed|undisclosed)\W{0,3}",
    re.IGNORECASE,
)

# Controls, format characters such as bidirectional overrides, surrogates and private use.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SEPARATORS = re.compile(r"[/\\]")


def one_line(text: str, characters: int = NAME_CHARACTERS) -> str:
    """Return ``text`` on one line of at most ``characters``, without what is not seen."""
    text = " ".join(text[: 4 * characters].split())
    if not text.isprintable():
        text = "".join(one for one in text if unicodedata.category(one) not in _UNSHOWN)
    return unicodedata.normalize("NFC", text)[:characters].strip()


def is_nobody(name: str) -> bool:
    """Tell whether a mailbox's name says that the recipients are not named."""
    return len(name) <= 60 and _NOBODY.fullmatch(name) is not None


def file_name(text: str) -> str:
    """Return a name without folders: of ``../../etc/passwd`` it is ``passwd``; empty if none."""
    name = one_line(_SEPARATORS.split(text[-4 * NAME_CHARACTERS :])[-1])
    if len(name) == NAME_CHARACTERS:
        stem, dot, suffix = one_line(text[-NAME_CHARACTERS:]).rpartition(".")
        if dot and stem and len(suffix) <= 10:
            name = f"{name[: NAME_CHARACTERS - len(suffix) - 1]}.{suffix}"
    return "" if not name.strip(". ") else name

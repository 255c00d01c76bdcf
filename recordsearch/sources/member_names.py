"""Names of files in archives, as they stand in a member's place; they are never a path on disk."""

import re

from recordsearch.mime.names import file_name

_CHARACTERS = 1_000
_PARTS = 40
_READ = 20_000
_SEPARATORS = re.compile(r"[/\\]")
_DRIVE = re.compile(r"[A-Za-z]:")
_LEFT_OUT = "…"


def place_name(text: str, otherwise: str) -> str:
    """Return a name with its folders for reading: ``../../etc/passwd`` becomes ``etc/passwd``.

    No part is ``.``, ``..`` or empty, none has control or bidirectional characters, no drive stands
    before it, and all is at most 1,000 characters long, of which those in the middle are left out.
    Where nothing remains it is ``otherwise``.
    """
    cut = len(text) > _READ
    parts = _parts(text[:_READ]) + _parts(text[-_READ:])[1:] if cut else _parts(text)
    while len(parts) > _PARTS or (
        len(parts) > 2 and sum(map(len, parts), len(parts)) > _CHARACTERS
    ):
        del parts[len(parts) // 2 - 1]
        cut = True
    if cut and len(parts) > 1:
        parts.insert(len(parts) // 2, _LEFT_OUT)
    # A folder "a!" would look like a container: its name and what is in it are parted by "!/".
    folders = [part.rstrip("!") + "_" if part.endswith("!") else part for part in parts[:-1]]
    return "/".join([*folders, *parts[-1:]]) or otherwise


def _parts(text: str) -> list[str]:
    if _DRIVE.match(text):
        text = text[2:]
    return [shown for part in _SEPARATORS.split(text) if (shown := file_name(part))]


def decode_name(raw: bytes, other: str) -> str:
    """Decode a name of which the encoding is not told: UTF-8 if it is valid, else ``other``."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(other, "replace")

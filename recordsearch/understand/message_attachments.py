"""Read the names of attachments that a header lists."""

import re

_MOST = 200
_CHARACTERS = 20_000
_NAME_CHARACTERS = 300
_SIZE = re.compile(r"\s*\(\s?[\d.,]{1,10}\s?(?:[KMG]i?B|bytes|B|[KM])\s?\)\s*$", re.IGNORECASE)
# A comma parts names only after the end of one: names have commas too.
_PARTED = re.compile(r";|(?<=\.[A-Za-z0-9]{3})\s?,\s|(?<=\.[A-Za-z0-9]{4})\s?,\s|\)\s?,\s")


def parse_attachments(text: str) -> tuple[str, ...]:
    """Return the names, without their sizes, at most 200."""
    lines = text[:_CHARACTERS].split("\n")
    joined = ""
    for line in lines:
        line = " ".join(line.split())
        joined += line if not joined or joined[-1] in "-_/" else f" {line}"
    names = []
    for part in _PARTED.split(joined):
        name = _SIZE.sub("", part).strip(" ,;\"'<>")
        if len(name) > 1:
            names.append(name[:_NAME_CHARACTERS])
    return tuple(names[:_MOST])

"""What is no record by its name: beside the records on disk, and among the files of a container."""

import re

# Left by file managers and version control beside the records; never a record themselves.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".svn", "__MACOSX"})
# Kinds that hold no text to be read, by the suffixes that systems know them by.
_KINDS = {
    "a font": frozenset({"ttf", "otf", "ttc", "woff", "woff2", "eot", "pfb", "pfm"}),
    "a program or a shortcut": frozenset(
        {"exe", "dll", "so", "dylib", "sys", "ocx", "drv", "msi", "scr", "class", "pyc", "lnk"}
    ),
}
LEFT_BEHIND = "left by a file manager"
_KIND_OF = {suffix: kind for kind, suffixes in _KINDS.items() for suffix in suffixes}
_SEPARATORS = re.compile(r"[/\\]")


def is_litter(name: str, *, folder: bool) -> bool:
    """Tell whether a file or folder of this name is what file managers and version control leave.

    A file ``._name`` is what a Mac keeps beside ``name`` on foreign disks; a folder is none.
    """
    return name in _LITTER or (name.startswith("._") and not folder)


def passed_over(place: str) -> str:
    """Return why a container's file at ``place`` in it is no document; empty where it may be one.

    Only its name is looked at, and those of the folders it lies in.
    """
    name = place
    if "/" in place or "\\" in place:
        *folders, name = _SEPARATORS.split(place)
        if any(is_litter(one, folder=True) for one in folders):
            return LEFT_BEHIND
    if is_litter(name, folder=False):
        return LEFT_BEHIND
    _, dot, suffix = name[-10:].lower().rpartition(".")
    return _KIND_OF.get(suffix, "") if dot else ""

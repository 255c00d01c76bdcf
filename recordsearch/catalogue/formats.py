"""The names by which a document's format is asked for and counted."""

from recordsearch.records import MediaType

FORMATS = {kind.value: kind.name.lower() for kind in MediaType} | {
    MediaType.MSG.value: "email",
    MediaType.SEVENZIP.value: "7z",
}
"""By media type: ``pdf``, ``tiff``, ``docx`` …; both kinds of e-mail file are ``email``."""


def format_case(column: str) -> str:
    """Return an SQL expression that gives the name of the media type in a column."""
    cases = " ".join(f"WHEN '{kind}' THEN '{name}'" for kind, name in FORMATS.items())
    return f"CASE {column} {cases} ELSE {column} END"

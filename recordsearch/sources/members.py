"""The files in a container: list them, read one, or take one out of containers in containers.

The face of what reads containers; each format has a module, imported when the first one comes. The
containers are e-mail files, Outlook messages and winmail.dat with their attachments, and mailboxes
with their messages.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources.detect import HEAD_BYTES, detect_type
from recordsearch.sources.member_types import (
    DEPTH,
    MEMBER_BYTES,
    Member,
    MemberList,
    too_large,
)

__all__ = [
    "DEPTH",
    "Member",
    "MemberList",
    "list_members",
    "member_at",
    "read_member",
    "remove_leftovers",
]


def list_members(path: str, media_type: MediaType) -> MemberList:
    """List the files in the container at ``path``, in their order; none for other kinds.

    :raises UnreadableError: the container cannot be opened or is damaged.
    """
    match media_type:
        case MediaType.EMAIL:
            from recordsearch.sources.member_mail import list_mail

            return list_mail(path)
        case MediaType.MBOX:
            from recordsearch.sources.member_mbox import list_mbox

            return list_mbox(path)
        case MediaType.MSG:
            from recordsearch.sources.member_outlook import list_msg

            return list_msg(path)
        case MediaType.TNEF:
            from recordsearch.sources.member_outlook import list_tnef

            return list_tnef(path)
        case MediaType.PST:
            from recordsearch.sources.member_pst import list_pst

            return list_pst(path)
        case _:
            return MemberList(())


def read_member(path: str, media_type: MediaType, locator: str) -> bytes:
    """Return the bytes of the member that ``locator`` names in the container at ``path``.

    :raises UnreadableError: there is no such member, it is larger than ``MEMBER_BYTES``, or it
        cannot be read.
    """
    match media_type:
        case MediaType.EMAIL:
            from recordsearch.sources.member_mail import read_mail as read
        case MediaType.MBOX:
            from recordsearch.sources.member_mbox import read_mbox as read
        case MediaType.MSG:
            from recordsearch.sources.member_outlook import read_msg as read
        case MediaType.TNEF:
            from recordsearch.sources.member_outlook import read_tnef as read
        case MediaType.PST:
            from recordsearch.sources.member_pst import read_pst as read
        case _:
            raise UnreadableError("open", f"a file of type {media_type.value} holds no others")
    content = read(path, locator)
    if len(content) > MEMBER_BYTES:
        raise too_large(len(content))
    return content


@contextmanager
def member_at(path: str, media_type: MediaType, locators: Sequence[str]) -> Iterator[str]:
    """Give the path of a temporary file with the bytes of a member of a member of … ``path``.

    ``locators`` lead from the container at ``path`` inwards, one a level; none gives ``path``
    itself. The file is there while the context lasts, to be read only. The last one stays at hand,
    so that reading one member in several calls takes it out once.

    :raises UnreadableError: a level is no container, holds no such member, cannot be read, or
        there are more than ``DEPTH`` levels.
    """
    if not locators:
        yield path
        return
    if len(locators) > DEPTH:
        raise UnreadableError(
            "open",
            f"containers are nested more than {DEPTH} deep",
            "take the inner ones out and index them by themselves",
        )
    from recordsearch.sources import member_store

    try:
        status = os.stat(path)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    key = (os.path.abspath(path), status.st_size, status.st_mtime_ns, media_type, tuple(locators))

    def write(to: str) -> None:
        _take_out(path, media_type, locators, to)

    with member_store.kept(key, write) as taken:
        yield taken


def remove_leftovers() -> None:
    """Remove the temporary files of processes that were killed; those still running keep theirs."""
    from recordsearch.sources import member_store

    member_store.remove_leftovers()


def _take_out(path: str, media_type: MediaType, locators: Sequence[str], to: str) -> None:
    """Write the innermost member to ``to``; the levels between last no longer than needed."""
    from recordsearch.sources.member_store import discard, new_path

    outer = ""
    try:
        for level, locator in enumerate(locators, 1):
            content = read_member(outer or path, media_type, locator)
            inner = to if level == len(locators) else new_path()
            with open(inner, "xb") as file:
                file.write(content)
            if outer:
                discard(outer)
            outer = inner
            if level < len(locators):
                media_type = detect_type(content[:HEAD_BYTES], inner)
            del content
    except BaseException as error:
        if outer:
            discard(outer)
        if isinstance(error, OSError):
            raise UnreadableError(
                "open",
                f"the member cannot be taken out: {error.strerror}",
                "make room in the folder for temporary files (TMPDIR)",
            ) from error
        raise

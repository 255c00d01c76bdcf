"""The files in a container: list them, read one, or take one out of containers in containers.

The face of what reads containers; each format has a module, imported when the first one comes. The
containers are e-mail files, Outlook messages and winmail.dat with their attachments, mailboxes with
their messages, archives (zip, tar, 7z), packed files, and PDFs with attached files.
"""

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import BinaryIO

from recordsearch.errors import UnreadableError
from recordsearch.records import MediaType
from recordsearch.sources.detect import HEAD_BYTES, detect_type
from recordsearch.sources.member_types import (
    DEPTH,
    MEMBER_BYTES,
    Member,
    MemberList,
    no_room,
    too_large,
)

__all__ = [
    "DEPTH",
    "Member",
    "MemberList",
    "list_members",
    "member_at",
    "read_member",
    "taking_out",
    "taking_out_beside",
]


def list_members(
    path: str, media_type: MediaType, passwords: Sequence[str] = (), name: str = ""
) -> MemberList:
    """List the files in the container at ``path``, in their order; none for other kinds.

    ``passwords`` are tried in their order where the list itself is encrypted. ``name`` is what the
    container is called, where its path does not tell: one packed file is named after it.

    :raises UnreadableError: the container cannot be opened, is damaged or encrypted.
    """
    match media_type:
        case MediaType.ZIP:
            from recordsearch.sources.member_zip import list_zip

            return list_zip(path)
        case MediaType.TAR:
            from recordsearch.sources.member_tar import list_tar

            return list_tar(path)
        case MediaType.GZIP | MediaType.BZIP2 | MediaType.XZ:
            from recordsearch.sources.member_stream import list_stream

            return list_stream(path, media_type, name)
        case MediaType.SEVENZIP:
            from recordsearch.sources.member_7z import list_7z

            return list_7z(path, passwords)
        case MediaType.PDF:
            from recordsearch.sources.member_pdf import list_pdf

            return list_pdf(path, passwords)
        case _:
            return _list_mail(path, media_type)


def _list_mail(path: str, media_type: MediaType) -> MemberList:
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


def read_member(
    path: str, media_type: MediaType, locator: str, passwords: Sequence[str] = ()
) -> bytes:
    """Return the bytes of the member that ``locator`` names in the container at ``path``.

    ``passwords`` are tried in their order where it is encrypted.

    :raises UnreadableError: there is no such member, it is larger than ``MEMBER_BYTES``, it is
        encrypted, or it cannot be read.
    """
    to = io.BytesIO()
    _take_member(path, media_type, locator, to, "", passwords)
    return to.getvalue()


@contextmanager
def member_at(
    path: str, media_type: MediaType, locators: Sequence[str], passwords: Sequence[str] = ()
) -> Iterator[str]:
    """Give the path of a temporary file with the bytes of a member of a member of … ``path``.

    ``locators`` lead from the container at ``path`` inwards, one a level; none gives ``path``
    itself. The file is there while the context lasts, to be read only. The last one stays at hand,
    so that reading one member in several calls takes it out once, and so do the containers it lies
    in. ``passwords`` are tried in their order at each level.

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
    try:
        status = os.stat(path)
    except OSError as error:
        raise UnreadableError("open", f"cannot be opened: {error.strerror}") from error
    origin = (os.path.abspath(path), status.st_size, status.st_mtime_ns, media_type.value)
    with _Chain(path, media_type, tuple(locators), origin, tuple(passwords)).at() as taken:
        yield taken


@contextmanager
def taking_out(folder: str) -> Iterator[None]:
    """Keep what is taken out of containers in ``folder``, until the context ends.

    Processes that are started meanwhile keep theirs there too. What they expand is kept until the
    end, so that an archive is expanded once, and not again by every process.
    """
    from recordsearch.sources import member_store

    member_store.set_folder(folder)
    member_store.remove_leftovers(aged=False)
    member_store.keep_for_workers()
    try:
        yield
    finally:
        member_store.remove_own()
        member_store.remove_leftovers(aged=False)
        member_store.set_folder(None)
        with suppress(OSError):
            os.rmdir(folder)


@contextmanager
def taking_out_beside(folder: str | None) -> Iterator[None]:
    """Like :func:`taking_out`, where other processes may use ``folder`` at the same time.

    A folder in it is used that is this process's own and goes when the context ends, or with the
    leftovers of a process that was killed. Where none can be made there, or ``folder`` is None, it
    is made in the system's folder for temporary files.
    """
    from recordsearch.sources import member_store

    with ExitStack() as stack:
        try:
            own = stack.enter_context(member_store.own_folder(folder))
        except OSError:
            own = stack.enter_context(member_store.own_folder(None))
        with taking_out(own):
            yield


class _Chain:
    """A member of a member of … a file; a level that is not at hand is taken out of the last."""

    def __init__(
        self,
        path: str,
        media_type: MediaType,
        locators: tuple[str, ...],
        origin: tuple[object, ...],
        passwords: tuple[str, ...],
    ) -> None:
        self._path = path
        self._media_type = media_type
        self._locators = locators
        self._origin = origin
        self._passwords = passwords

    @contextmanager
    def at(self, level: int | None = None) -> Iterator[str]:
        """Give the file at a level; the file on disk is at level 0, None is the innermost."""
        from recordsearch.sources import member_store

        if level == 0:
            yield self._path
            return
        depth = len(self._locators) if level is None else level
        key = (*self._origin, self._locators[:depth])
        with ExitStack() as stack:
            try:
                shared = level is not None
                write = partial(self._write, depth)
                taken = stack.enter_context(member_store.kept(key, write, shared=shared))
            except OSError as error:
                raise no_room(error) from error
            yield taken

    def _write(self, level: int, to: str) -> None:
        with self.at(level - 1) as outer:
            kind = self._media_type if level == 1 else _type_of(outer)
            try:
                with open(to, "xb") as file:
                    folder = os.path.dirname(to)
                    locator = self._locators[level - 1]
                    _take_member(outer, kind, locator, file, folder, self._passwords)
            except OSError as error:
                raise no_room(error) from error


def _type_of(path: str) -> MediaType:
    with open(path, "rb") as file:
        return detect_type(file.read(HEAD_BYTES), path)


def _take_member(
    path: str,
    media_type: MediaType,
    locator: str,
    to: BinaryIO,
    folder: str,
    passwords: Sequence[str],
) -> None:
    """Write a member to ``to``, a file in ``folder``, or one in memory where that is empty."""
    match media_type:
        case MediaType.ZIP:
            from recordsearch.sources.member_zip import take_zip

            take_zip(path, locator, to, folder, passwords)
        case MediaType.TAR:
            from recordsearch.sources.member_tar import take_tar

            take_tar(path, locator, to, folder)
        case MediaType.GZIP | MediaType.BZIP2 | MediaType.XZ:
            from recordsearch.sources.member_stream import take_stream

            take_stream(path, media_type, locator, to, folder)
        case MediaType.SEVENZIP:
            from recordsearch.sources.member_7z import take_7z

            take_7z(path, locator, to, folder, passwords)
        case _:
            content = _read_small(path, media_type, locator, passwords)
            if len(content) > MEMBER_BYTES:
                raise too_large(len(content))
            to.write(content)


def _read_small(path: str, media_type: MediaType, locator: str, passwords: Sequence[str]) -> bytes:
    """Read a member of a kind of container that holds it in memory anyway."""
    match media_type:
        case MediaType.PDF:
            from recordsearch.sources.member_pdf import read_pdf

            return read_pdf(path, locator, passwords)
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
    return read(path, locator)

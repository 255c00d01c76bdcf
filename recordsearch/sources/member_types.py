"""What a listing of a container's members gives, and the limits that it keeps."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from recordsearch.errors import NO_ROOM, UNLOCK, UnreadableError

DEPTH = 8
"""Containers in containers. A file that holds itself would have no end; real ones are 3 deep."""
MESSAGES = 100_000
"""Members of a mailbox."""
ENTRIES = 250_000
"""Files of one archive. A member is some 500 bytes in memory and in the catalogue."""
ENTRIES_SEEN = 1_000_000
"""Entries of one archive that are looked at, with those that are no documents."""
MEMBER_BYTES = 1 << 30
"""A member's content. Larger records than 1 GiB are films and disk images."""
EXPANDED_BYTES = 64 << 30
"""What one container may expand to, or four times its own size if that is more: it is written to
disk where its members can be had in their order only."""
EXPANSION = 250
"""How often its own size a container may expand to: mail and tables reach 50, bombs 1,000."""
EXPANDED_ALWAYS = 1 << 30
"""What a container may expand to whatever its size: a small one full of blank tables harms none."""
KEPT_FREE = 512 << 20
"""What is left free on the disk of the folder for temporary files."""

_MEND = "take it out of its container with the program that made it, and index it by itself"
_CAUSES = 20
_CAUSE_NAME = 120


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container.

    ``name`` is for reading and never a path on disk; names may repeat. ``locator`` is how
    :func:`~recordsearch.sources.members.read_member` finds it again; ``size`` is in bytes, None
    where it is only known once the member is read.
    """

    name: str
    locator: str
    size: int | None


@dataclass(frozen=True, slots=True)
class MemberList:
    """A container's members in their order.

    ``cut`` says why members are missing, or is empty. ``passed`` counts, by reason, those that are
    no documents of their own.
    """

    members: tuple[Member, ...]
    cut: str = ""
    passed: tuple[tuple[str, int], ...] = ()

    @property
    def skipped(self) -> int:
        """How many are no documents of their own."""
        return sum(count for _, count in self.passed)

    @property
    def skipped_reason(self) -> str:
        """Why they are none, such as ``2 empty``."""
        return ", ".join(f"{count:,} {reason}" for reason, count in self.passed)


def allowance(size: int) -> int:
    """Return how many bytes a container of ``size`` bytes may expand to."""
    return min(max(EXPANDED_ALWAYS, EXPANSION * size), max(EXPANDED_BYTES, 4 * size))


def listing(
    found: Iterable[tuple[Member, str]],
    cut: str,
    limit: int,
    kind: str = "parts",
    allowed: int | None = None,
) -> MemberList:
    """Make a list of members, each with why it is passed over or an empty text.

    ``allowed`` is how many bytes all members may have together; None is without a limit.
    """
    members: list[Member] = []
    passed: Counter[str] = Counter()
    large: list[str] = []
    causes = [cut] if cut else []
    total = 0
    for member, reason in found:
        if reason:
            passed[reason] += 1
            continue
        size = member.size or 0
        if size > MEMBER_BYTES:
            large.append(member.name)
            continue
        if len(members) >= limit:
            causes.append(f"it holds more than {limit:,} {kind}")
            break
        if allowed is not None and total + size > allowed:
            causes.append(f"it expands to more than {allowed:,} bytes")
            break
        total += size
        members.append(member)
    causes.extend(_too_large(large))
    return MemberList(tuple(members), "; ".join(causes), tuple(sorted(passed.items())))


def _too_large(names: list[str]) -> Iterable[str]:
    for name in names[:_CAUSES]:
        yield f"{name[-_CAUSE_NAME:]} is larger than {MEMBER_BYTES:,} bytes"
    if len(names) > _CAUSES:
        yield f"so are {len(names) - _CAUSES:,} more"


def gone(locator: str) -> UnreadableError:
    """Make the error for a locator that finds nothing."""
    cause = f"the container holds no member at {locator[:50]!r}"
    return UnreadableError("open", cause, "index the container again")


def too_large(size: int) -> UnreadableError:
    """Make the error for a member beyond ``MEMBER_BYTES``."""
    cause = f"the member has {size:,} bytes, more than the {MEMBER_BYTES:,} that are read"
    return UnreadableError("open", cause, _MEND)


def damaged(kind: str, error: object) -> UnreadableError:
    """Make the error for a container, or a member of it, that cannot be read for its content."""
    detail = type(error).__name__ if isinstance(error, BaseException) else str(error)
    cause = f"the {kind} is truncated or damaged ({detail})"
    return UnreadableError("open", cause, "get the file again from its source")


def unsupported(kind: str, what: str) -> UnreadableError:
    """Make the error for a member that is packed in a way that is not read."""
    return UnreadableError("open", f"the {kind} is packed by {what}, which is not read", _MEND)


def encrypted(kind: str, tried: int) -> UnreadableError:
    """Make the error for what needs a password, after ``tried`` of them did not fit."""
    cause = f"it is encrypted ({kind})"
    if tried:
        cause += ", and the password given does not fit" if tried == 1 else (
            f", and none of the {tried:,} passwords given fits"
        )  # fmt: skip
    mend = "give its password with --password-file FILE, and index it again"
    return UnreadableError(UNLOCK, cause, mend)


class NoRoomError(UnreadableError):
    """A temporary file cannot be written; it may be another time."""


def no_room(error: OSError) -> NoRoomError:
    """Make the error for a temporary file that cannot be written."""
    cause = f"the member cannot be taken out: {(error.strerror or str(error)).lower()}"
    return NoRoomError(NO_ROOM, cause, "make room on the disk of the archive, or of TMPDIR")


def nearly_full(folder: str, free: int, written: int) -> NoRoomError:
    """Make the error for a disk on which less than ``KEPT_FREE`` bytes would stay free.

    ``written`` bytes of the member are there already, and are removed again.
    """
    cause = (
        f"the member cannot be taken out: the disk is nearly full, with {free >> 20:,} MB free; it"
        f" takes more than {(written + KEPT_FREE) >> 20:,} MB for a while"
    )
    return NoRoomError(NO_ROOM, cause, f"make room on the disk of {os.path.dirname(folder)}")

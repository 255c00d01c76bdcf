"""What a listing of a container's members gives, and the limits that it keeps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from recordsearch.errors import UnreadableError

DEPTH = 8
"""Containers in containers."""
MESSAGES = 100_000
"""Members of a mailbox."""
MEMBER_BYTES = 1 << 30
_MEND = "take it out of its container with the program that made it, and index it by itself"


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

    ``cut`` says why members are missing, or is empty. ``skipped`` members are no documents of
    their own; ``skipped_reason`` says why, such as ``2 empty``.
    """

    members: tuple[Member, ...]
    cut: str = ""
    skipped: int = 0
    skipped_reason: str = ""


def listing(
    found: Iterable[tuple[Member, str]], cut: str, limit: int, kind: str = "parts"
) -> MemberList:
    """Make a list of members, each with why it is passed over or an empty text."""
    members: list[Member] = []
    passed: Counter[str] = Counter()
    causes = [cut] if cut else []
    for member, reason in found:
        if reason:
            passed[reason] += 1
        elif member.size is not None and member.size > MEMBER_BYTES:
            causes.append(f"{member.name} is larger than {MEMBER_BYTES:,} bytes")
        elif len(members) >= limit:
            causes.append(f"it holds more than {limit:,} {kind}")
            break
        else:
            members.append(member)
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(passed.items()))
    return MemberList(tuple(members), "; ".join(causes[:20]), passed.total(), reasons)


def gone(locator: str) -> UnreadableError:
    """Make the error for a locator that finds nothing."""
    cause = f"the container holds no member at {locator[:50]!r}"
    return UnreadableError("open", cause, "index the container again")


def too_large(size: int) -> UnreadableError:
    """Make the error for a member beyond ``MEMBER_BYTES``."""
    cause = f"the member has {size:,} bytes, more than the {MEMBER_BYTES:,} that are read"
    return UnreadableError("open", cause, _MEND)

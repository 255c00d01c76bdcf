"""When a message was sent, to compare times of which only some name their zone."""

from dataclasses import dataclass
from datetime import UTC, datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Moment:
    """When a message was sent, in minutes since 1970 as its clock showed it, and in UTC.

    ``utc`` is None where the zone is not given; ``second`` where none is given; ``clock`` counts
    days only, as minutes of midnight, where ``day_only``.
    """

    clock: int
    utc: int | None
    second: int | None
    day_only: bool


def moment(sent: str) -> Moment | None:
    """Read ISO 8601; None where it is empty or no date."""
    try:
        read = datetime.fromisoformat(sent[:_MOST_CHARACTERS])
        offset = read.utcoffset()
        since = read.replace(tzinfo=UTC) - _EPOCH
    except (ValueError, OverflowError):
        return None
    clock = since.days * 1440 + since.seconds // 60
    utc = None if offset is None else clock - round(offset.total_seconds() / 60)
    second = read.second if sent.count(":", 0, 19) > 1 else None
    return Moment(clock, utc, second, len(sent) <= 10)

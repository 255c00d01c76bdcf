"""The files in a container, as an ingest takes them: named after it, found by locators."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from recordsearch.records import MediaType, SourceFile
from recordsearch.sources.members import Member

# Stands between a container's name and that of a file in it.
INSIDE = "!/"


def sources_of(
    container: SourceFile, media_type: MediaType, members: Sequence[Member]
) -> list[SourceFile]:
    """Make the sources of a container's members; names that repeat get a number."""
    seen: Counter[str] = Counter()
    taken: set[str] = {member.name for member in members}
    sources = []
    for member in members:
        name = member.name
        seen[name] += 1
        while seen[member.name] > 1 and name in taken:
            name = f"{member.name} ({seen[member.name]})"
            seen[member.name] += name in taken
        taken.add(name)
        sources.append(
            replace(
                container,
                name=f"{container.name}{INSIDE}{name}",
                locators=(*container.locators, member.locator),
                container=container.container or media_type,
            )
        )
    return sources

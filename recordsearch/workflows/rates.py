"""How fast a run goes: over all, and of late."""

import time
from collections import deque
from collections.abc import Callable

# What "of late" means, in seconds.
WINDOW_SECONDS = 60.0
# A rate is told from this much time on; before, it says more about the start than about the run.
_SETTLED_SECONDS = 2.0
# Looks kept of the window.
_SAMPLES = 240


class Rates:
    """Counts pages by the clock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = clock()
        self._looks: deque[tuple[float, int]] = deque([(self._started, 0)])
        self._pages = 0

    def look(self, pages: int) -> None:
        """Note how many pages have been read by now."""
        now = self._clock()
        self._pages = pages
        if now - self._looks[-1][0] >= WINDOW_SECONDS / _SAMPLES:
            self._looks.append((now, pages))
        while len(self._looks) > 1 and self._looks[1][0] <= now - WINDOW_SECONDS:
            self._looks.popleft()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._started

    def overall(self) -> float:
        """Return pages a second since the start; 0 where nobody can tell yet."""
        return self._pages / self.seconds if self.seconds >= _SETTLED_SECONDS else 0.0

    def recent(self) -> float:
        """Return pages a second over the last minute; 0 where nobody can tell yet."""
        when, pages = self._looks[0]
        passed = self._clock() - when
        return (self._pages - pages) / passed if passed >= _SETTLED_SECONDS else 0.0

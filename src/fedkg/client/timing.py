"""When to ask: the pace at each host, and how long to wait after a failure."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import SystemRandom

_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
_DIGITS_AT_MOST = 9


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, waiting and chance; tests bring their own and wait for nothing."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _now
    chance: Callable[[], float] = SystemRandom().random


@dataclass(slots=True)
class Pace:
    """Lets a request go to a host no sooner than `interval` seconds after the one before."""

    interval: float
    clock: Clock
    _next: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> None:
        """Wait for the turn of a request to a host."""
        early = self._next.get(host, 0.0) - self.clock.monotonic()
        if early > 0:
            self.clock.sleep(early)
        self._next[host] = self.clock.monotonic() + self.interval


def back_off(attempt: int, chance: float) -> float:
    """Return how many seconds to wait after a failed attempt, the first of which is 1.

    Half of a time that doubles is certain and half is chance, so that clients that failed at the
    same moment do not come back at the same moment.
    """
    longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (attempt - 1))
    return longest / 2 + longest / 2 * chance


def retry_after(text: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After asks for, given as seconds or as a date.

    None is for one that says neither.
    """
    if text.isascii() and text.isdigit():
        return float(text[:_DIGITS_AT_MOST])
    try:
        day = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (day.replace(tzinfo=day.tzinfo or UTC) - now).total_seconds())

"""A clock that tests turn: nobody waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from fedkg.client import Clock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Turned:
    """Time that goes on while somebody sleeps; `slept` are the seconds of each sleep."""

    slept: list[float] = field(default_factory=list)
    passed: float = 0.0
    while_sleeping: Callable[[], object] = lambda: None

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds
        self.while_sleeping()

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.passed)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.passed, self.sleep, self.now, lambda: 0.5)

"""A child and what it was asked: the query that it runs, and those it runs next."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fedkg.web.pool import frames
from fedkg.web.pool.frames import Frame
from fedkg.web.pool.usage import cpu_seconds
from fedkg.web.pool.worker import Worker

AHEAD = 8
"""Questions that a child is given at most, with the one that it runs."""
AHEAD_SECONDS = 0.005
"""How long those may take together, at the pace of the last: longer ones are for other cores."""
_REMEMBERED = 16
"""Queries that the pace goes by, as an exponential average."""
SLOW_AFTER = 0.1
"""Seconds after which a query is slow, if its process had the processor for half of them."""
SLOW_ANYWAY = 1.0
"""Seconds after which it is slow whatever it waited for."""
STALLED = 0.01
"""Seconds after which a query is not one of those that are over before the next is sent."""

Gone = Callable[[], Awaitable[None]]
"""Returns when the client that asked has gone away."""


@dataclass(slots=True, eq=False)
class Run:
    """A query on its way: what to send to a child, until when (loop time), who asked.

    `question` tells queries apart; `seconds` is its whole time, for telling.
    """

    frame: bytes
    until: float
    seconds: float
    client: str
    question: int
    gone: Gone | None
    answered: asyncio.Future[Frame]
    is_slow: bool = False
    watch: asyncio.Task[None] | None = None

    def fail(self, error: Exception) -> None:
        """End it with an error, unless it has ended."""
        if not self.answered.done():
            self.answered.set_exception(error)
        self.unwatch()

    def unwatch(self) -> None:
        """Look no more whether its client has gone away."""
        if self.watch is not None:
            self.watch.cancel()


@dataclass(slots=True, eq=False)
class Seat:
    """A child, and its questions in order; None stands for one that was taken back.

    `since` is the loop time when it began with the first, `pace` the seconds that the last ones
    took, about; `resting` its resident bytes before it was asked anything, and `look_at` when to
    look at them again, where the kernel sets no limit; `cpu` its time of the processor when it was
    first seen to take long.
    """

    worker: Worker
    runs: deque[Run | None] = field(default_factory=deque)
    since: float = 0.0
    pace: float = 0.001
    resting: int = 0
    look_at: float = 0.0
    cpu: float | None = None

    @property
    def running(self) -> Run | None:
        """What the child runs; None too for a question that was taken back too late."""
        return self.runs[0] if self.runs else None

    @property
    def is_slow(self) -> bool:
        """Whether it is in the slow lane."""
        running = self.running
        return running is not None and running.is_slow

    @property
    def behind(self) -> int:
        """How many queries wait behind the one that runs."""
        return sum(run is not None for run in self.runs) - (self.running is not None)

    def takes_more(self, now: float) -> bool:
        """Whether a query may be sent behind those that it has, since they are soon over."""
        return (
            0 < len(self.runs) < AHEAD
            and len(self.runs) * self.pace < AHEAD_SECONDS
            and now - self.since < STALLED
            and not self.is_slow
        )

    def place(self, run: Run, now: float) -> None:
        """Send it a query."""
        if not self.runs:
            self.since = now
        self.runs.append(run)
        self.worker.send(run.frame)

    def next(self, now: float) -> Run | None:
        """Take off what is answered; None for what was taken back."""
        self.pace += (min(now - self.since, STALLED) - self.pace) / _REMEMBERED
        self.since = now
        self.cpu = None
        return self.runs.popleft()

    def has_worked(self, age: float) -> bool:
        """Whether the query that runs since `age` seconds was slow itself, and not the machine.

        The first time that this is asked, its time of the processor is looked up to begin with.
        """
        cpu = cpu_seconds(self.worker.pid)
        if self.cpu is None:
            self.cpu = cpu
        if age < SLOW_AFTER:
            return False
        return cpu is None or age >= SLOW_ANYWAY or cpu - (self.cpu or 0.0) >= SLOW_AFTER / 2

    def take_back(self) -> list[Run]:
        """Take back the queries that wait behind the one that runs."""
        waiting = [run for run in list(self.runs)[1:] if run is not None]
        if waiting:
            self.runs = deque([self.runs[0], *[None] * (len(self.runs) - 1)])
            self.worker.send(frames.packed(frames.RECALL))
        return waiting

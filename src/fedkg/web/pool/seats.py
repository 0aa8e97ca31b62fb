"""The children of a pool: how they begin, end and are replaced."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from functools import partial

from fedkg.errors import ServerError
from fedkg.web.pool.frames import Frame
from fedkg.web.pool.limits import Limits
from fedkg.web.pool.seat import Seat
from fedkg.web.pool.source import Source
from fedkg.web.pool.usage import resident
from fedkg.web.pool.worker import Worker

_AGAIN_AFTER = 1.0
"""Seconds until another process is begun where the last one could not be."""

Killed = Callable[[str], None]
"""Told of each process that is ended, with one word why."""
Said = Callable[[Seat, Frame | None], None]
"""Told of what a child says; None is its end."""
Ready = Callable[[], None]
"""Told that there is a child more."""

log = logging.getLogger("fedkg")


class Seats:
    """As many children as there are queries at once, in the order that they are given work."""

    def __init__(
        self, source: Source, limits: Limits, killed: Killed, said: Said, ready: Ready
    ) -> None:
        self._source = source
        self._limits = limits
        self._killed = killed
        self._said = said
        self._ready = ready
        self._seats: list[Seat] = []
        self._tasks: set[asyncio.Task[object]] = set()
        self.are_closed = False

    def __iter__(self) -> Iterator[Seat]:
        return iter(self._seats)

    def __len__(self) -> int:
        return len(self._seats)

    async def start(self) -> None:
        """Begin all, and wait for the first. Raises ServerError when it cannot open the graph."""
        await self._add()
        for _ in range(self._limits.fast + self._limits.slow - 1):
            self._begin()

    async def close(self) -> None:
        """End all."""
        self.are_closed = True
        for seat in tuple(self._seats):
            self._bury(seat)
        while self._tasks:
            await asyncio.sleep(0.01)

    def idle(self) -> Seat | None:
        """Return a child that has nothing to do; those that died meanwhile are replaced."""
        for seat in tuple(self._seats):
            if not seat.runs:
                if seat.worker.is_alive:
                    return seat
                self.end(seat, "died")
        return None

    def end(self, seat: Seat, reason: str) -> None:
        """End a child, for a reason of one word, and begin another."""
        self._killed(reason)
        self._bury(seat)
        self._begin()

    def in_background(self, work: Coroutine[object, object, object]) -> None:
        """Do some work that `close` waits for."""
        task: asyncio.Task[object] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _bury(self, seat: Seat) -> None:
        self._seats.remove(seat)
        seat.worker.said = lambda _: None
        seat.worker.kill()
        self.in_background(seat.worker.ended())

    def _begin(self) -> None:
        if not self.are_closed:
            self.in_background(self._add_until_it_works())

    async def _add_until_it_works(self) -> None:
        while not self.are_closed:
            try:
                await self._add()
            except (ServerError, OSError) as error:
                log.warning("%s", error)
                await asyncio.sleep(_AGAIN_AFTER)
            else:
                return

    async def _add(self) -> None:
        worker = await Worker.started(self._source, self._limits)
        seat = Seat(worker, resting=resident([worker.pid]).get(worker.pid, 0))
        self._seats.append(seat)
        if self.are_closed:
            self._bury(seat)
            return
        seat.worker.said = partial(self._said, seat)
        self._ready()

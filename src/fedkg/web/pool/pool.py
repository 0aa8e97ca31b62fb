"""Who runs when: a fast lane, a slow lane, a queue, and the end of what takes too much.

Quick queries are sent to a child that is awake, one behind the other: to wake a process for each
costs more than a look-up. Once the first of them takes long, those behind it are taken back and go
to another. When it still runs after SLOW_AFTER seconds it is in the slow lane, where its process
yields to all others, and a spare process takes its place, so that quick queries always find one. A
process that was killed is replaced.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from fedkg.web import problem
from fedkg.web.pool import frames
from fedkg.web.pool.frames import Frame
from fedkg.web.pool.limits import MIB, Limits
from fedkg.web.pool.outcome import (
    Answer,
    GoneError,
    UnansweredError,
    answer_of,
    cause_of,
    reason_of,
)
from fedkg.web.pool.seat import SLOW_AFTER, STALLED, Gone, Run, Seat
from fedkg.web.pool.seats import Killed, Seats
from fedkg.web.pool.source import Source
from fedkg.web.pool.usage import resident
from fedkg.web.problem import Problem
from fedkg.web.protocol import Operation

_TICK = 0.005
"""Seconds between two looks at what runs and waits."""
_LOOK_AFTER = 0.25
"""Seconds between two looks at the memory of a process."""
_REMEMBERED = 10_000
"""How many queries are known to be slow: sent again, they cost nobody a place in the fast lane."""


@dataclass(slots=True)
class Counts:
    """What the processes of a pool do now."""

    running: int = 0
    slow: int = 0
    waiting: int = 0
    idle: int = 0


class Pool:
    """The processes over one graph. Begin it with `start`, end it with `close`."""

    def __init__(self, source: Source, limits: Limits, killed: Killed = lambda _: None) -> None:
        self._limits = limits
        self._seats = Seats(source, limits, killed, self._said, self._dispatch)
        self._waiting: deque[Run] = deque()
        self._known_slow: OrderedDict[int, None] = OrderedDict()
        self._ticking: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Begin the processes. Raises ServerError when the graph cannot be opened."""
        await self._seats.start()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of all that are ready or run."""
        return tuple(seat.worker.pid for seat in self._seats)

    @property
    def counts(self) -> Counts:
        """What the processes do now."""
        busy = [seat for seat in self._seats if seat.runs]
        slow = sum(seat.is_slow for seat in busy)
        return Counts(len(busy), slow, self._waiting_now(), len(self._seats) - len(busy))

    async def answer(
        self,
        operation: Operation,
        media_type: str,
        *,
        client: str = "",
        coding: str = "",
        seconds: float | None = None,
        gone: Gone | None = None,
    ) -> Answer:
        """Return the whole answer to the query of an operation, which `outline` has passed.

        `coding` may compress it, `seconds` are what is left of its deadline. Raises QueryError for
        a query that is wrong, UnansweredError when a limit is met, GoneError when `gone` returned
        first.
        """
        loop = asyncio.get_running_loop()
        left = min(self._limits.deadline, self._limits.deadline if seconds is None else seconds)
        until = loop.time() + left
        dataset = (operation.default_graphs, operation.named_graphs, operation.union)
        question = hash((operation.query, dataset))
        query = (operation.query or "").encode("utf-8", "replace")
        # A child has the system's clock, not that of the event loop.
        frame = frames.packed(_head(media_type, coding, *dataset), query, time.monotonic() + left)
        run = Run(frame, until, left, client, question, gone, loop.create_future())
        if self._seats.are_closed:
            raise UnansweredError(problem.stopping())
        self._waiting.append(run)
        self._dispatch()
        if run in self._waiting and self._waiting_now() > self._limits.queue:
            self._waiting.remove(run)
            raise UnansweredError(problem.busy("The queue is full"))
        if self._ticking is None:
            self._ticking = loop.call_later(_TICK, self._tick)
        return answer_of(await run.answered, self._limits)

    async def drain(self) -> None:
        """Wait for what runs and waits, then close."""
        while self._waiting or any(seat.runs for seat in self._seats):
            await asyncio.sleep(0.05)
        await self.close()

    async def close(self) -> None:
        """End all processes, whatever they do."""
        asked = [run for seat in self._seats for run in seat.runs if run is not None]
        for run in (*self._waiting, *asked):
            run.fail(UnansweredError(problem.stopping()))
        self._waiting.clear()
        await self._seats.close()

    def _waiting_now(self) -> int:
        return len(self._waiting) + sum(seat.behind for seat in self._seats)

    def _dispatch(self) -> None:
        """Send what waits to processes, the first first, as far as there is room."""
        now = asyncio.get_running_loop().time()
        kept: deque[Run] = deque()
        while self._waiting:
            run = self._waiting.popleft()
            is_known_slow = run.question in self._known_slow
            if is_known_slow and (refusal := self._refusal(run.client)) is not None:
                run.fail(UnansweredError(refusal))
                continue
            seat = self._seats.idle() if is_known_slow else self._room(now)
            if seat is not None:
                seat.place(run, now)
                if is_known_slow:
                    self._slow_down(seat, run)
            else:
                kept.append(run)
                if not is_known_slow:  # else a quick one behind it may find room
                    break
        kept.extend(self._waiting)
        self._waiting = kept

    def _room(self, now: float) -> Seat | None:
        """Return a process for a query that is not known to be slow."""
        fast = 0
        for seat in self._seats:
            if seat.takes_more(now):
                return seat
            fast += bool(seat.runs) and not seat.is_slow
        return self._seats.idle() if fast < self._limits.fast else None

    def _said(self, seat: Seat, frame: Frame | None) -> None:
        """Pass on an answer, or the end of a process, to who waits for it."""
        if frame is None:
            self._died(seat)
            return
        now = asyncio.get_running_loop().time()
        took = now - seat.since
        run = seat.next(now)
        if run is not None:
            run.unwatch()
            if run.is_slow and not seat.worker.raise_again():
                self._end(seat, "died")
            if frame.head == frames.RECALLED:
                self._again(run)
                return
            if not run.answered.done():
                run.answered.set_result(frame)
            if took < SLOW_AFTER:
                self._known_slow.pop(run.question, None)  # it was the machine that was slow
        if self._waiting:
            self._dispatch()

    def _again(self, run: Run) -> None:
        """Ask again what a process had not begun when those behind it were taken back."""
        if not run.answered.done():
            run.is_slow, run.watch = False, None
            self._waiting.appendleft(run)
        self._dispatch()

    def _died(self, seat: Seat) -> None:
        """Tell the client of the query over which a process ended of itself."""
        run = seat.running
        self._end(seat, "died", but=run)
        if run is not None:
            self._seats.in_background(self._explain(seat, run))

    async def _explain(self, seat: Seat, run: Run) -> None:
        run.fail(cause_of(await seat.worker.ended(), run.seconds, self._limits))

    def _tick(self) -> None:
        """Look at what runs and waits: what takes long makes room, what takes too long is ended."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for seat in tuple(self._seats):
            if seat.runs and now - seat.since >= STALLED:
                self._look_at(seat, now)
        for run in [run for run in self._waiting if now >= run.until]:
            self._waiting.remove(run)
            run.fail(UnansweredError(problem.busy("No process was free in time")))
        self._dispatch()
        is_busy = bool(self._waiting) or any(seat.runs for seat in self._seats)
        self._ticking = loop.call_later(_TICK, self._tick) if is_busy else None

    def _look_at(self, seat: Seat, now: float) -> None:
        """Look at a query that takes long."""
        self._waiting.extendleft(reversed(seat.take_back()))
        run = seat.running
        is_slow = run is not None and run.is_slow
        is_slow = is_slow or seat.has_worked(now - seat.since)
        if run is None:
            if is_slow:  # it was taken back too late, and nobody waits for it
                self._end(seat, "recalled")
        elif now >= run.until:
            self._stop(seat, run, UnansweredError(problem.deadline(run.seconds)))
        elif is_slow and not run.is_slow:
            self._slow_down(seat, run)
        elif run.is_slow and not seat.worker.is_limited and self._takes_too_much(seat, now):
            self._stop(seat, run, UnansweredError(problem.memory(self._limits.memory // MIB)))

    def _takes_too_much(self, seat: Seat, now: float) -> bool:
        """Whether a process has more memory than it may, where the kernel does not see to that."""
        if now < seat.look_at:
            return False
        seat.look_at = now + _LOOK_AFTER
        size = resident([seat.worker.pid]).get(seat.worker.pid, 0)
        return size > seat.resting + self._limits.memory

    def _slow_down(self, seat: Seat, run: Run) -> None:
        """Move a query to the slow lane, or end it when there is no room for it."""
        self._known_slow[run.question] = None
        if len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)
        refusal = self._refusal(run.client)
        if refusal is not None:
            self._stop(seat, run, UnansweredError(refusal))
            return
        run.is_slow = True
        seat.worker.lower()
        if run.gone is not None:
            run.watch = asyncio.ensure_future(self._watched(seat, run, run.gone))

    async def _watched(self, seat: Seat, run: Run, gone: Gone) -> None:
        await gone()
        self._stop(seat, run, GoneError())

    def _refusal(self, client: str) -> Problem | None:
        """Return why the slow lane has no room for a query of a client, None when it has."""
        others = [run.client for seat in self._seats if (run := seat.running) and run.is_slow]
        if client and others.count(client) >= self._limits.slow_of_one_client:
            return problem.client_busy(self._limits.slow_of_one_client)
        if len(others) >= self._limits.slow:
            return problem.busy("The lane of slow queries is full")
        return None

    def _stop(self, seat: Seat, run: Run, error: Exception) -> None:
        """Answer a query that runs with an error, and end its process."""
        self._end(seat, reason_of(error), but=run)
        run.fail(error)

    def _end(self, seat: Seat, reason: str, but: Run | None = None) -> None:
        """End a process. What it was asked is asked again, `but` for one."""
        again = [run for run in seat.runs if run is not None and run is not but]
        self._seats.end(seat, reason)
        self._waiting.extendleft(reversed(again))


def _head(
    media_type: str,
    coding: str,
    default_graphs: Sequence[str],
    named_graphs: Sequence[str],
    union: bool,
) -> bytes:
    """Return what a child is told of the answer that is wanted."""
    return frames.encoded(
        {
            "media_type": media_type,
            "coding": coding,
            "default_graphs": default_graphs,
            "named_graphs": named_graphs,
            "union": union,
        }
    )

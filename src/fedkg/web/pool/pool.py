"""Who runs when: a fast lane, a slow lane, a queue, and the end of what takes too much.

A query begins in the fast lane. When it still runs after SLOW_AFTER seconds it goes to the slow
lane, where its process yields to all others, and a spare process takes its place, so that quick
queries always find one. A process that was killed is replaced.
"""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass

from fedkg.errors import ServerError
from fedkg.web import problem
from fedkg.web.pool.limits import Limits
from fedkg.web.pool.outcome import GoneError, UnansweredError, body_of, cause_of, reason_of
from fedkg.web.pool.source import Source
from fedkg.web.pool.worker import ChildDiedError, Worker
from fedkg.web.problem import Problem
from fedkg.web.protocol import Operation

SLOW_AFTER = 0.1
_REMEMBERED = 10_000
"""How many queries are known to be slow: sent again, they cost nobody a place in the fast lane."""
_AGAIN_AFTER = 1.0
"""Seconds until another process is begun where the last one could not be."""

Gone = Callable[[], Awaitable[None]]
"""Returns when the client that asked has gone away."""

Killed = Callable[[str], None]
"""Told of each process that is ended, with one word why."""

log = logging.getLogger("fedkg")


@dataclass(slots=True, eq=False)
class _Run:
    """A query that runs: who asked, and why its process was killed, if it was."""

    worker: Worker
    client: str
    question: int
    is_slow: bool = False
    end: Exception | None = None
    watch: "asyncio.Task[None] | None" = None

    def stop(self, end: Exception) -> None:
        if self.end is None:
            self.end = end
            self.worker.kill()


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
        self._source = source
        self._limits = limits
        self._killed = killed
        self._idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._runs: set[_Run] = set()
        self._known_slow: OrderedDict[int, None] = OrderedDict()
        self._tasks: set[asyncio.Task[object]] = set()
        self._is_closed = False

    async def start(self) -> None:
        """Begin the processes. Raises ServerError when the graph cannot be opened."""
        await self._add()
        for _ in range(self._limits.fast + self._limits.slow - 1):
            self._begin()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of all that are ready or run."""
        return tuple(one.pid for one in (*self._idle, *(run.worker for run in self._runs)))

    @property
    def counts(self) -> Counts:
        """What the processes do now."""
        slow = sum(run.is_slow for run in self._runs)
        return Counts(len(self._runs), slow, len(self._waiting), len(self._idle))

    async def answer(
        self,
        operation: Operation,
        media_type: str,
        *,
        client: str = "",
        seconds: float | None = None,
        gone: Gone | None = None,
    ) -> bytes:
        """Return the whole answer to the query of an operation.

        `seconds` are what is left of its deadline. Raises QueryError for a query that is wrong,
        UnansweredError when a limit is met, GoneError when `gone` returned first.
        """
        loop = asyncio.get_running_loop()
        left = min(self._limits.deadline, self._limits.deadline if seconds is None else seconds)
        until = loop.time() + left
        dataset = (operation.default_graphs, operation.named_graphs, operation.union)
        question = hash((operation.query, dataset))
        was_slow = question in self._known_slow
        if was_slow and (refusal := self._refusal(client)) is not None:
            raise UnansweredError(refusal)
        worker = self._take() or await self._turn(until)
        run = _Run(worker, client, question)
        self._runs.add(run)
        self._next()  # the one behind in the queue
        timers = (
            loop.call_at(until, run.stop, UnansweredError(problem.deadline(left))),
            loop.call_later(0 if was_slow else SLOW_AFTER, self._slow_down, run, gone),
        )
        head = {
            "media_type": media_type,
            "default_graphs": operation.default_graphs,
            "named_graphs": operation.named_graphs,
            "union": operation.union,
            "seconds": max(until - loop.time(), 0.0),
        }
        is_well = False
        try:
            began = loop.time()
            told, body = await worker.ask(head, (operation.query or "").encode("utf-8", "replace"))
            is_well = True
            if loop.time() - began < SLOW_AFTER:
                self._known_slow.pop(question, None)  # it was the machine that was slow
        except ChildDiedError as error:
            raise run.end or cause_of(error.status, left, self._limits) from error
        finally:
            for timer in timers:
                timer.cancel()
            if run.watch is not None:
                run.watch.cancel()
            self._give_back(run, is_well=is_well and run.end is None)
        if run.end is not None:  # it answered in the very moment that it was killed
            raise run.end
        return body_of(told, body, self._limits)

    async def drain(self) -> None:
        """Wait for what runs and waits, then close."""
        while self._runs or self._waiting:
            await asyncio.sleep(0.05)
        await self.close()

    async def close(self) -> None:
        """End all processes, whatever they do."""
        self._is_closed = True
        for turn in self._waiting:
            turn.set_exception(UnansweredError(problem.stopping()))
        self._waiting.clear()
        for run in self._runs:
            run.stop(UnansweredError(problem.stopping()))
        for worker in self._idle:
            self._bury(worker)
        self._idle.clear()
        while self._runs or self._tasks:
            await asyncio.sleep(0.01)

    def _fast_runs(self) -> int:
        return sum(not run.is_slow for run in self._runs)

    def _take(self) -> Worker | None:
        """Return an idle process when one may begin a query now."""
        if self._waiting or self._fast_runs() >= self._limits.fast:
            return None
        return self._idle_one()

    def _idle_one(self) -> Worker | None:
        """Return an idle process; those that died while they waited are replaced."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            self._killed("died")
            self._bury(worker)
            self._begin()
        return None

    async def _turn(self, until: float) -> Worker:
        """Wait in the queue for a process."""
        if len(self._waiting) >= self._limits.queue:
            raise UnansweredError(problem.busy("The queue is full"))
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        worker = None
        try:
            async with asyncio.timeout_at(until):
                worker = await turn
        except TimeoutError:
            raise UnansweredError(problem.busy("No process was free in time")) from None
        finally:
            if worker is None:
                self._leave(turn)
        return worker

    def _leave(self, turn: "asyncio.Future[Worker]") -> None:
        """Take a turn out of the queue, and back the process that it got in the same moment."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        elif turn.done() and not turn.cancelled() and turn.exception() is None:
            self._idle.append(turn.result())
            self._next()

    def _next(self) -> None:
        """Let the first who waits begin, if there is room; who begins calls the next."""
        if self._waiting and self._fast_runs() < self._limits.fast:
            worker = self._idle_one()
            if worker is not None:
                self._waiting.popleft().set_result(worker)

    def _slow_down(self, run: _Run, gone: Gone | None) -> None:
        """Move a query to the slow lane, or end it when there is no room for it."""
        self._known_slow[run.question] = None
        if len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)
        refusal = self._refusal(run.client)
        if refusal is not None:
            run.stop(UnansweredError(refusal))
            return
        run.is_slow = True
        run.worker.lower()
        if gone is not None:
            run.watch = asyncio.ensure_future(_watched(run, gone))
        self._next()

    def _refusal(self, client: str) -> Problem | None:
        """Return why the slow lane has no room for a query of a client, None when it has."""
        others = [one.client for one in self._runs if one.is_slow]
        if client and others.count(client) >= self._limits.slow_of_one_client:
            return problem.client_busy(self._limits.slow_of_one_client)
        if len(others) >= self._limits.slow:
            return problem.busy("The lane of slow queries is full")
        return None

    def _give_back(self, run: _Run, *, is_well: bool) -> None:
        self._runs.discard(run)
        if is_well and not self._is_closed and run.worker.raise_again():
            self._idle.append(run.worker)
        else:
            self._killed(reason_of(run.end))
            self._bury(run.worker)
            self._begin()
        self._next()

    def _bury(self, worker: Worker) -> None:
        worker.kill()
        self._in_background(worker.ended())

    def _begin(self) -> None:
        """Begin another process, in the background."""
        if not self._is_closed:
            self._in_background(self._add_until_it_works())

    def _in_background(self, work: Coroutine[object, object, object]) -> None:
        task: asyncio.Task[object] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _add_until_it_works(self) -> None:
        while not self._is_closed:
            try:
                await self._add()
            except (ServerError, OSError) as error:
                log.warning("%s", error)
                await asyncio.sleep(_AGAIN_AFTER)
            else:
                return

    async def _add(self) -> None:
        worker = await Worker.started(self._source, self._limits)
        if self._is_closed:
            self._bury(worker)
            return
        self._idle.append(worker)
        self._next()


async def _watched(run: _Run, gone: Gone) -> None:
    await gone()
    run.stop(GoneError())

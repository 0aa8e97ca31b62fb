"""Who runs when, with real processes: nobody waits behind a slow query, and no query is lost."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from fedkg.web.pool import usage
from fedkg.web.pool.limits import MIB, Limits
from fedkg.web.pool.outcome import Answer, UnansweredError
from fedkg.web.pool.pool import Pool
from fedkg.web.pool.source import Source
from fedkg.web.protocol import Operation

GRAPH = Path(__file__).parent.parent.parent / "cases" / "five-papers.trig"
BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROWS = "application/sparql-results+json"


@asynccontextmanager
async def pool(**limits: float) -> AsyncIterator[Pool]:
    """Begin a pool with all its processes, and end it."""
    ends: list[str] = []
    started = Pool(Source.of_files([GRAPH]), Limits(**limits), ends.append)
    await started.start()
    while len(started.pids) < started_at_most(limits):
        await asyncio.sleep(0.01)
    try:
        yield started
    finally:
        await started.close()


def started_at_most(limits: dict[str, float]) -> int:
    return int(limits["fast"] + limits["slow"])


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 60))


def ask(asked: Pool, query: str, client: str = "one") -> "asyncio.Task[Answer]":
    return asyncio.ensure_future(asked.answer(Operation(query), ROWS, client=client))


def test_quick_queries_behind_a_slow_one_go_elsewhere() -> None:
    """They are sent to the same process, since nobody knows yet that the first is slow."""

    async def test() -> None:
        async with pool(fast=1, slow=1, deadline=3) as asked:
            bomb = ask(asked, BOMB)
            quick = [ask(asked, f"ASK {{ FILTER({number} = {number}) }}") for number in range(20)]
            answers = await asyncio.gather(*quick)
            assert all(b"true" in answer.body for answer in answers)
            assert not bomb.done()
            with pytest.raises(UnansweredError):
                await bomb

    run(test)


def test_queries_of_a_process_that_is_killed_are_asked_again() -> None:
    """But for the one that ran, which may have been the cause."""

    async def test() -> None:
        async with pool(fast=1, slow=1) as asked:
            quick = [ask(asked, f"ASK {{ FILTER({number} = {number}) }}") for number in range(12)]
            await asyncio.sleep(0)  # they are sent
            os.kill(asked.pids[0], signal.SIGKILL)
            answers = await asyncio.gather(*quick, return_exceptions=True)
            failed = [answer for answer in answers if isinstance(answer, BaseException)]
            assert len(failed) <= 1
            assert all(isinstance(error, UnansweredError) for error in failed)

    run(test)


def test_a_query_that_is_known_to_be_slow_leaves_the_fast_lane_alone() -> None:
    """It begins in the slow lane, though another waits for its end."""

    async def test() -> None:
        async with pool(fast=1, slow=1, deadline=0.5) as asked:
            with pytest.raises(UnansweredError):
                await ask(asked, BOMB)
            bomb = ask(asked, BOMB, "two")
            await asyncio.sleep(0)
            assert (asked.counts.slow, asked.counts.running) == (1, 1)
            assert b"true" in (await ask(asked, "ASK {}")).body
            with pytest.raises(UnansweredError):
                await bomb

    run(test)


def test_a_query_that_waits_for_the_machine_is_not_slow() -> None:
    """It keeps its place, though the one slow query that its client may have runs already."""

    async def test() -> None:
        async with pool(fast=1, slow=1, deadline=3) as asked:
            bomb = ask(asked, BOMB)
            while not asked.counts.slow:
                await asyncio.sleep(0.01)
            (busy,) = (seat.worker.pid for seat in asked._seats if seat.runs)
            (free,) = set(asked.pids) - {busy}
            os.kill(free, signal.SIGSTOP)
            quick = ask(asked, "ASK {}")
            await asyncio.sleep(0.4)
            os.kill(free, signal.SIGCONT)
            assert b"true" in (await quick).body
            with pytest.raises(UnansweredError):
                await bomb

    run(test)


def test_queries_that_a_process_had_not_begun_are_asked_again() -> None:
    """Not the first of them, which it seemed to run, gets what was taken back for an answer."""

    async def test() -> None:
        async with pool(fast=1, slow=1, deadline=20) as asked:
            for pid in asked.pids:
                os.kill(pid, signal.SIGSTOP)  # the machine has no time for them
            quick = [ask(asked, f"ASK {{ FILTER({number} = {number}) }}") for number in range(6)]
            await asyncio.sleep(0.2)  # in which all but the first are taken back
            for pid in asked.pids:
                os.kill(pid, signal.SIGCONT)
            answers = await asyncio.gather(*quick)
            assert all(b"true" in answer.body for answer in answers)

    run(test)


def test_every_process_that_ends_is_replaced() -> None:
    """However it ended."""

    async def test() -> None:
        async with pool(fast=1, slow=2) as asked:
            before = set(asked.pids)
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            while len(asked.pids) < len(before) or before & set(asked.pids):
                await asyncio.sleep(0.01)
            assert b"true" in (await ask(asked, "ASK {}")).body

    run(test)


def test_who_finds_the_queue_full_is_told_so() -> None:
    """At once; all others are answered."""

    async def test() -> None:
        async with pool(fast=1, slow=1, queue=3) as asked:
            tasks = [ask(asked, f"ASK {{ FILTER({number} = {number}) }}") for number in range(200)]
            answers = await asyncio.gather(*tasks, return_exceptions=True)
            refused = [one for one in answers if isinstance(one, UnansweredError)]
            assert refused
            assert {one.problem.kind for one in refused} == {"busy"}
            assert sum(isinstance(one, Answer) for one in answers) == 200 - len(refused) >= 4

    run(test)


def test_where_the_kernel_limits_no_memory_the_server_watches() -> None:
    """As on macOS: the query gets the same error."""

    async def test() -> None:
        async with pool(fast=1, slow=1, deadline=30) as asked:
            for seat in asked._seats:
                seat.worker.is_limited = False
            asked._limits = replace(asked._limits, memory=32 * MIB)
            with pytest.raises(UnansweredError) as told:
                await ask(asked, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a")
            assert told.value.problem.kind == "memory"

    run(test)


def test_memory_is_known_by_process() -> None:
    """Of proc(5) and of ps(1), which count much the same; of one that has ended neither."""
    mine = os.getpid()
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    by_proc = usage.resident([mine, ended.pid])
    assert by_proc.keys() == {mine}
    by_ps = usage._of_ps((mine, ended.pid))
    assert by_ps.keys() == {mine}
    assert 0.5 < by_ps[mine] / by_proc[mine] < 2

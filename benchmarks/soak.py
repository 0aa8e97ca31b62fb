"""Ten minutes of good and bad clients against a live `fedkg serve`: does anything pile up?

    python benchmarks/soak.py [--minutes M] [--papers PAPERS] [--keep FOLDER]

The graph is small, the deadline short (FEDKG_DEADLINE=2), and few answers are kept. All at once:
look-ups, queries that do not end (bombs), clients that hang up before their answer or in its
middle, bodies that stop half-way, and readers of a large answer who take a kilobyte at a time.

A tenth of the time, a minute at most, is warm-up. Then all clients pause for some seconds, and the
resident memory and the number of processes of the server's session are what the end is compared
with, after the clients have left. Exit code 1, with a sentence, when memory grew by more than a
tenth, there are more processes than before, or no look-up was answered. Linux only: it reads /proc.
"""

import argparse
import asyncio
import random
import socket
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

import load
import servers
from questions import Drawing, prepare, read
from servers import Processes

ENVIRONMENT = {"FEDKG_DEADLINE": "2", "FEDKG_CACHE": "4"}
"""Fewer answers are kept than things are looked up: the cache works and helps nobody."""
SETTLING = 12
"""Seconds of pause; a server may wait ten for the rest of a body."""
TAIL = 3
"""The samples of a pause that count, at its end."""
GROWTH = 0.10
PAUSE = 0.02
"""Seconds that a client waits before its next request: this is no load test."""
HALF_BODY = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 1000\r\n\r\nSELECT * WHERE"
)
LARGE = "CONSTRUCT { ?s ?p ?o } WHERE { SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 20000 }"
LOOKUPS = ("single-paper", "load/authors", "load/person", "describe", "co-authors")


class Soak:
    """The clients of one server, and what became of their requests."""

    def __init__(self, address: load.Address, lookups: Iterator[bytes]) -> None:
        self._address = address
        self._lookups = lookups
        self._bomb = load.render("/sparql", read("load/bomb"))
        self._large = load.render("/sparql", LARGE)
        self._chance = random.Random(1)
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.seconds: list[float] = []

    async def run(self, seconds: float) -> None:
        """Let all clients come and go for so long."""
        end = time.monotonic() + seconds
        clients: list[tuple[str, Callable[[], Awaitable[str]], int]] = [
            ("look-up", self._look_up, 8),
            ("bomb", self._send_bomb, 2),
            ("hang-up", self._hang_up, 2),
            ("half a body", self._send_half, 4),
            ("slow reader", self._read_slowly, 2),
        ]
        async with asyncio.TaskGroup() as group:
            for name, client, count in clients:
                for _ in range(count):
                    group.create_task(self._repeat(name, client, end))

    async def _repeat(self, name: str, client: Callable[[], Awaitable[str]], end: float) -> None:
        while (left := end - time.monotonic()) > 0:
            try:
                async with asyncio.timeout(left):
                    outcome = await client()
            except TimeoutError:
                outcome = "waiting at the end"
            except OSError as error:
                outcome = type(error).__name__
            self.outcomes[name, outcome] += 1
            await asyncio.sleep(PAUSE)

    async def _look_up(self) -> str:
        started = time.perf_counter()
        outcome = await self._exchange(next(self._lookups))
        if outcome == "200":
            self.seconds.append(time.perf_counter() - started)
        return outcome

    async def _send_bomb(self) -> str:
        return await self._exchange(self._bomb)

    async def _send_half(self) -> str:
        return await self._exchange(HALF_BODY)

    async def _hang_up(self) -> str:
        """Leave before the answer comes, or with a part of it read."""
        reader, writer = await asyncio.open_connection(*self._address)
        try:
            writer.write(self._chance.choice((self._bomb, self._large, next(self._lookups))))
            with suppress(TimeoutError):
                async with asyncio.timeout(0.3):
                    await reader.read(100)
        finally:
            writer.transport.abort()
        return "hung up"

    async def _connected(self, at_once: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        line = socket.socket()
        try:
            # The kernel reads ahead too.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, at_once)
            line.setblocking(False)
            await asyncio.get_running_loop().sock_connect(line, self._address)
            return await asyncio.open_connection(sock=line, limit=at_once)
        except BaseException:  # the time may be over before there is a connection
            line.close()
            raise

    async def _read_slowly(self) -> str:
        return await self._exchange(self._large, at_once=1024, pause=0.01)

    async def _exchange(self, request: bytes, at_once: int = 2**16, pause: float = 0) -> str:
        """Send a request on a connection of its own and return the status of the whole answer."""
        reader, writer = await self._connected(at_once)
        data = bytearray()
        try:
            writer.write(request)
            while not load.is_whole(data):
                received = await reader.read(at_once)
                if not received:
                    return load.CUT
                data += received
                await asyncio.sleep(pause)
        finally:
            writer.transport.abort()
        return str(load.status_of(data))


async def sampled(work: Awaitable[None], session: int) -> list[Processes]:
    """Await some work and return what the server was once a second meanwhile."""
    samples: list[Processes] = []

    async def watch() -> None:
        while True:
            samples.append(servers.processes(session))
            await asyncio.sleep(1)

    watching = asyncio.create_task(watch())
    try:
        await work
    finally:
        watching.cancel()
    return samples


async def soak(running: servers.Running, lookups: Iterator[bytes], seconds: float) -> list[str]:
    """Soak a server, print what happened, and return what is wrong with it."""
    warming = Soak(running.address, lookups)
    await warming.run(min(60.0, seconds / 10))
    before = settled(await sampled(asyncio.sleep(SETTLING), running.session))
    clients = Soak(running.address, lookups)
    during = await sampled(clients.run(seconds), running.session)
    after = settled(await sampled(asyncio.sleep(SETTLING), running.session))
    report(clients, before, during, after)
    return complaints(before, after, len(clients.seconds))


def settled(samples: Sequence[Processes]) -> Processes:
    """Return the median of the last samples."""
    last = samples[-TAIL:]
    return Processes(
        int(statistics.median(one.count for one in last)),
        int(statistics.median(one.resident for one in last)),
        last[-1].cpu,
    )


def complaints(before: Processes, after: Processes, answered: int) -> list[str]:
    """Return a sentence for everything that is not as it should be at the end."""
    found = []
    if not after.count:
        found.append("The server has ended.")
    if after.resident > before.resident * (1 + GROWTH):
        share = after.resident / before.resident - 1
        found.append(f"Memory grew from {mib(before)} to {mib(after)} MiB, by {share:.0%}.")
    if after.count > before.count:
        found.append(f"There were {before.count} processes and are {after.count} now.")
    if not answered:
        found.append("No look-up was answered.")
    return found


def mib(processes: Processes) -> int:
    """Return the resident memory in MiB."""
    return processes.resident >> 20


def report(clients: Soak, before: Processes, during: Sequence[Processes], after: Processes) -> None:
    """Print the outcomes, the look-ups' p99, and memory and processes over time."""
    print("| client | outcome | times |\n|---|---|---:|")
    for (name, outcome), times in sorted(clients.outcomes.items()):
        print(f"| {name} | {outcome} | {times:,} |")
    slowest = load.percentile(clients.seconds, 99) * 1000
    print(f"\nlook-ups: {len(clients.seconds):,} answered, p99 {slowest:,.0f} ms")
    print(f"memory: {mib(before)} MiB before, {max(map(mib, during))} at most, {mib(after)} after")
    most = max(one.count for one in during)
    print(f"processes: {before.count} before, {most} at most, {after.count} after")


def main() -> int:
    """Build a small graph, soak the server over it, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--papers", type=int, default=500)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the graph, or reuse it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        graph = prepare(given.papers, Path(given.keep or name) / str(given.papers))
        drawn = Drawing(graph.iris).queries([read(question) for question in LOOKUPS], "soak")
        lookups = cycle([load.render("/sparql", query) for query in islice(drawn, 10_000)])
        with servers.running(servers.fedkg(graph.folder), ENVIRONMENT) as running:
            wrong = asyncio.run(soak(running, lookups, given.minutes * 60))
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

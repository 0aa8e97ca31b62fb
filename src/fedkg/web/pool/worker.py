"""The server's side of one child: begin it, send it questions, kill it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from fedkg.errors import ServerError
from fedkg.web.pool.frames import Frame, Reading
from fedkg.web.pool.limits import Limits
from fedkg.web.pool.source import Source

_TUNED = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=200"}
"""The engine asks for many small pieces of memory, of which glibc keeps seven of a size at hand.

With more, a look-up takes a sixth less time (`docs/performance.md`). No other system reads this.
"""

Said = Callable[[Frame | None], None]
"""Told of each answer in the order of the questions; None is the child's end."""


class Worker:
    """One child process. Begin it with `started`, then set `said`.

    `is_limited` tells whether the kernel keeps it from taking more memory than it may.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._line: asyncio.WriteTransport | None = None
        self._is_idle_class = False
        self.said: Said = lambda _: None
        self.is_limited = True

    @classmethod
    async def started(cls, source: Source, limits: Limits) -> "Worker":
        """Return a child that has opened its graph. Raises ServerError when it cannot."""
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        given = {
            "handle": theirs.fileno(),
            "parent": os.getpid(),
            "source": source.to_dict(),
            "memory": limits.memory,
            "answer": limits.answer,
        }
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - this very program, and no shell
                [sys.executable, "-P", "-m", "fedkg.web.pool.child", json.dumps(given)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**_TUNED, **os.environ},
            )
        worker = cls(process)
        first: asyncio.Future[Frame | None] = loop.create_future()
        worker.said = lambda frame: None if first.done() else first.set_result(frame)
        try:
            worker._line, _ = await loop.create_connection(lambda: _Line(worker), sock=ours)
            told = await first
        except BaseException:
            worker.kill()
            raise
        if told is None:
            raise ServerError(
                f"A process for queries ended before it was ready (status {await worker.ended()}): "
                "see the log above."
            )
        ready = json.loads(told.head)
        if "failed" in ready:
            await worker.ended()
            raise ServerError(str(ready["failed"]))
        worker.is_limited = ready["limited"]
        return worker

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the child has not ended; the system may kill one that waits."""
        return self._process.poll() is None

    def send(self, frame: bytes) -> None:
        """Send a question (`frames.packed`) behind those that the child has."""
        assert self._line is not None
        self._line.write(frame)

    def lower(self) -> None:
        """Let the child run only when nobody else would (SCHED_IDLE, sched(7))."""
        if sys.platform == "linux":
            with suppress(ProcessLookupError):  # it has just died, which `said` will tell
                os.sched_setscheduler(self.pid, os.SCHED_IDLE, os.sched_param(0))
                self._is_idle_class = True

    def raise_again(self) -> bool:
        """Let the child run like any other. False when the system does not allow that."""
        if not self._is_idle_class:
            return True
        try:
            os.sched_setscheduler(self.pid, os.SCHED_OTHER, os.sched_param(0))
        except (PermissionError, ProcessLookupError):
            return False
        self._is_idle_class = False
        return True

    def kill(self) -> None:
        """End the child now."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)

    async def ended(self) -> int:
        """Wait for the end of a child that was killed or died, and return its exit status."""
        loop = asyncio.get_running_loop()
        status = await loop.run_in_executor(None, self._process.wait)
        if self._line is not None:
            self._line.close()
        return status


class _Line(asyncio.Protocol):
    """The server's end of the line to a child."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._reading = Reading()

    def data_received(self, data: bytes) -> None:
        for frame in self._reading.feed(data):
            self._worker.said(frame)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc  # whatever the reason: nothing comes any more
        self._worker.said(None)

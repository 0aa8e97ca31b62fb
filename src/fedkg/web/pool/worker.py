"""The server's side of one child: begin it, ask it, kill it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from fedkg.errors import ServerError
from fedkg.web.pool import frames
from fedkg.web.pool.limits import Limits
from fedkg.web.pool.source import Source

_CHUNK = 2**20


class ChildDiedError(Exception):
    """A child ended before it answered; `status` is its exit status, negative for a signal."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Worker:
    """One child process. Begin it with `started`; it takes one question at a time."""

    def __init__(self, process: subprocess.Popen[bytes], line: socket.socket) -> None:
        self._process = process
        self._line = line
        self._is_idle_class = False

    @classmethod
    async def started(cls, source: Source, limits: Limits) -> "Worker":
        """Return a child that has opened its graph. Raises ServerError when it cannot."""
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
            )
        worker = cls(process, ours)
        try:
            head, _ = await worker._receive()
        except ChildDiedError as error:
            raise ServerError(
                f"A process for queries ended before it was ready (status {error.status}): "
                "see the log above."
            ) from error
        except BaseException:
            worker.kill()
            raise
        if "failed" in head:
            await worker.ended()
            raise ServerError(str(head["failed"]))
        return worker

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the child has not ended; the system may kill one that waits."""
        return self._process.poll() is None

    async def ask(self, head: Mapping[str, Any], query: bytes) -> tuple[dict[str, Any], bytes]:
        """Return the answer to a question. Raises ChildDiedError when the child dies over it."""
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_sendall(self._line, frames.pack(head, query) + query)
        except OSError as error:
            raise ChildDiedError(await self.ended()) from error
        return await self._receive()

    def lower(self) -> None:
        """Let the child run only when nobody else would (SCHED_IDLE, sched(7))."""
        if sys.platform == "linux":
            with suppress(ProcessLookupError):  # it has just died, which `ask` will tell
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
        self._line.close()
        return status

    async def _receive(self) -> tuple[dict[str, Any], bytes]:
        data = bytearray()
        need = frames.LENGTHS.size
        known: tuple[int, int] | None = None
        loop = asyncio.get_running_loop()
        while len(data) < need:
            try:
                part = await loop.sock_recv(
                    self._line, min(max(_CHUNK, need - len(data)), 16 * _CHUNK)
                )
            except OSError:
                part = b""
            if not part:
                raise ChildDiedError(await self.ended())
            data += part
            if known is None and len(data) >= need:
                known = frames.LENGTHS.unpack_from(data)
                need += sum(known)
        assert known is not None
        start = frames.LENGTHS.size + known[0]
        return json.loads(data[frames.LENGTHS.size : start]), bytes(data[start:])

"""A process that opens a graph and answers queries in turn, until its parent is gone.

python -m fedkg.web.pool.child '{"handle": 5, "parent": 123, "graph": [...], ...}'
"""

import json
import os
import signal
import socket
import sys
import time
from collections import deque
from functools import lru_cache
from typing import Any

from fedkg.errors import AnswerTooLargeError, FedkgError, QueryError
from fedkg.store.syntax import Outline
from fedkg.web import coding
from fedkg.web.pool import counting, frames, jail
from fedkg.web.pool.frames import RECALL, RECALLED, WELL, Frame, Reading
from fedkg.web.pool.source import Source

_GRACE = 1.0
"""Seconds behind a deadline after which the kernel kills this process, should the parent not."""
_LEAST = 0.001
_KNOWN = Outline()
"""What there is to know of a query: the server has looked at it, and refuses some."""


def main() -> None:
    """Open the graph, say so, and answer queries."""
    given = json.loads(sys.argv[1])
    line = socket.socket(fileno=int(given["handle"]))
    jail.die_with_parent(given["parent"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to deal with
    jail.forbid_network()
    try:
        engine = Source.of(given["source"]).open()
    except FedkgError as error:
        line.sendall(frames.packed(frames.encoded({"failed": str(error)})))
        sys.exit(1)
    is_limited = jail.limit_memory(given["memory"])
    line.sendall(frames.packed(frames.encoded({"limited": is_limited})))
    asked = Asked(line)
    while (question := asked.next()) is not None:
        left = question.number - time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, max(left + _GRACE, _LEAST))
        answer = _answered(engine, question, given["answer"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        line.sendall(frames.packed(*answer))


class Asked:
    """The questions that wait, in turn. Before each is begun, those taken back are dropped."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._reading = Reading()
        self._waiting: deque[Frame] = deque()

    def next(self) -> Frame | None:
        """Return the next question, None when the other side has closed the line."""
        while self._take(wait=not self._waiting):
            if self._waiting:
                return self._waiting.popleft()
        return None

    def _take(self, *, wait: bool) -> bool:
        """Take what was sent, and wait for something if need be. False at the end of the line."""
        try:
            part = self._line.recv(frames.AT_ONCE, 0 if wait else socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        for frame in self._reading.feed(part):
            if frame.head == RECALL:
                self._line.sendall(frames.packed(RECALLED) * len(self._waiting))
                self._waiting.clear()
            else:
                self._waiting.append(frame)
        return bool(part)


def _answered(engine: Any, question: Frame, most: int) -> tuple[bytes, bytes, float]:
    """Return the head, the body and the rows of an answer."""
    # Nearly all questions say the same of their answers; a large head would fill the memory of it.
    is_small = len(question.head) < frames.AT_ONCE
    head = _read(question.head) if is_small else json.loads(question.head)
    try:
        body = engine.answer(
            question.body.decode(),
            head["media_type"],
            default_graphs=head["default_graphs"],
            named_graphs=head["named_graphs"],
            union=head["union"],
            most=most,
            known=_KNOWN,
        )
        rows = counting.rows(body, head["media_type"])
        smaller = coding.coded(body, head["coding"])
    except AnswerTooLargeError:
        return frames.encoded({"fault": "answer"}), b"", counting.UNKNOWN
    except QueryError as error:
        told = {"fault": "query", "sentence": str(error), "detail": error.detail}
        return frames.encoded(told), b"", counting.UNKNOWN
    except MemoryError:
        os.abort()  # the parent knows what that means, and a fresh process comes next
    if smaller is None:
        return WELL, body, rows
    return frames.encoded({"coding": head["coding"]}), smaller, rows


@lru_cache(16)
def _read(head: bytes) -> Any:
    return json.loads(head)


if __name__ == "__main__":
    main()

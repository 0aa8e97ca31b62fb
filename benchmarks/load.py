"""A light HTTP client: many kept-alive connections in one thread, and what they saw.

The server under test shares its cores with this client, so requests are rendered before the clock
starts, and of an answer only what tells its status and its end is looked at.
"""

import math
import re
import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from urllib.parse import quote

ROWS = "application/sparql-results+json"
GRAPH = "application/n-triples"
CUT = "cut off"
REFUSED = "refused"

Address = tuple[str, int]

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked", re.IGNORECASE)
_CLOSING = re.compile(rb"\r\nconnection:[ \t]*close", re.IGNORECASE)
_GIVES_GRAPH = re.compile(r"^\s*(DESCRIBE|CONSTRUCT)\b", re.MULTILINE)
_LAST_CHUNK = b"\r\n0\r\n\r\n"
_AT_ONCE = 2**16


def render(path: str, query: str, host: str = "localhost") -> bytes:
    """Return a GET request for the answer to a query, in the lightest format of its form."""
    accept = GRAPH if _GIVES_GRAPH.search(query) else ROWS
    target = f"{path}?query={quote(query, safe='')}"
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n".encode()


def is_whole(data: bytes | bytearray) -> bool:
    """Tell whether bytes are a whole answer, by its length or by its last chunk."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return False
    if data[9:12] in (b"204", b"304"):  # without a body
        return True
    if length := _LENGTH.search(data, 0, end):
        return len(data) >= end + 4 + int(length[1])
    return bool(_CHUNKED.search(data, 0, end)) and data.endswith(_LAST_CHUNK)


def status_of(data: bytes | bytearray) -> int:
    """Return the status of an answer."""
    return int(data[9:12])


def is_last(data: bytes | bytearray) -> bool:
    """Tell whether the server closes the connection after this answer."""
    return bool(_CLOSING.search(data, 0, data.find(b"\r\n\r\n") + 2))


def body_of(data: bytes) -> bytes:
    """Return the body of a whole answer, its chunks joined."""
    head, _, body = data.partition(b"\r\n\r\n")
    if not _CHUNKED.search(head):
        return body
    parts = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size.partition(b";")[0], 16)
        parts.append(rest[:length])
        body = rest[length + 2 :] if length else b""
    return b"".join(parts)


def ask(line: socket.socket, request: bytes, patience: float) -> tuple[bytes, float]:
    """Return a whole answer and the seconds that it took.

    Raises TimeoutError after `patience` seconds, ConnectionError when it is cut off.
    """
    data = bytearray()
    started = time.perf_counter()
    line.sendall(request)
    while not is_whole(data):
        left = started + patience - time.perf_counter()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        received = line.recv(_AT_ONCE)
        if not received:
            raise ConnectionError("The answer was cut off.")
        data += received
    return bytes(data), time.perf_counter() - started


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the least value that so many percent of the values do not exceed; NaN of none."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


@dataclass(slots=True)
class Outcome:
    """What a run saw. `seconds` and `client` are the wall clock and this process' CPU time.

    `waiting` holds how long the look-ups had waited that were not answered when the run ended: a
    server that answers none is slow, not fast.
    """

    seconds: float = 0.0
    client: float = 0.0
    answered: list[float] = field(default_factory=list)
    waiting: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)
    bombs: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Look-ups answered with 200, a second."""
        return len(self.answered) / self.seconds

    def percentile(self, percent: float) -> float:
        """Return a percentile of the seconds that look-ups took or have waited."""
        return percentile([*self.answered, *self.waiting], percent)


class _Line:
    """A connection that sends its next request as soon as the one before is answered."""

    def __init__(
        self, address: Address, requests: Iterator[bytes], source: Address | None = None
    ) -> None:
        self._address = address
        self._source = source
        self._requests = requests
        self._data = bytearray()
        self.sent = 0.0
        self.socket = self._connect()

    def _connect(self) -> socket.socket:
        line = socket.create_connection(self._address, 10, self._source)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def send(self) -> None:
        """Send the next request."""
        self._data = bytearray()
        self.sent = time.perf_counter()
        self.socket.sendall(next(self._requests))

    def receive(self) -> str:
        """Read what is there; return the status once the answer is whole, else nothing."""
        try:
            received = self.socket.recv(_AT_ONCE)
        except ConnectionError:
            received = b""
        self._data += received
        if not received:
            return CUT
        return str(status_of(self._data)) if is_whole(self._data) else ""

    def is_closing(self) -> bool:
        """Tell whether the server closes the connection now."""
        return not is_whole(self._data) or is_last(self._data)

    def reconnect(self) -> None:
        """Begin anew on a connection of its own; raises OSError when nobody listens."""
        self.socket.close()
        self.socket = self._connect()


class Load:
    """A closed loop: so many look-ups and bombs are always in flight, until the time is over.

    The bombs come from `sources`, addresses of this machine, in turn: a server may allow a client
    only so many slow queries.
    """

    def __init__(
        self,
        address: Address,
        lookups: Iterator[bytes],
        bomb: bytes = b"",
        sources: Sequence[str] = (),
    ) -> None:
        self._address = address
        self._sources = cycle([(source, 0) for source in sources] or [None])
        self._lookups = lookups
        self._bomb = iter(lambda: bomb, None)
        self._selector = selectors.DefaultSelector()
        self._seen = Outcome()

    def run(self, seconds: float, connections: int = 16, bombs: int = 0) -> Outcome:
        """Keep the connections busy for so long and return what they saw; runs once."""
        lines = [_Line(self._address, self._lookups) for _ in range(connections)]
        sources = islice(self._sources, bombs)
        lines += [_Line(self._address, self._bomb, source) for source in sources]
        bombing = set(lines[connections:])
        cpu, started = time.process_time(), time.perf_counter()
        for line in reversed(lines):  # the bombs first
            self._begin(line)
        self._loop(started + seconds, bombing)
        over = time.perf_counter()
        self._seen.seconds = over - started
        self._seen.client = time.process_time() - cpu
        self._seen.waiting = [over - line.sent for line in lines if line not in bombing]
        self._selector.close()
        for line in lines:
            line.socket.close()
        return self._seen

    def _begin(self, line: _Line) -> None:
        self._selector.register(line.socket, selectors.EVENT_READ, line)
        line.send()

    def _loop(self, end: float, bombing: set[_Line]) -> None:
        while (left := end - time.perf_counter()) > 0 and self._selector.get_map():
            for key, _ in self._selector.select(left):
                line: _Line = key.data
                if status := line.receive():
                    self._count(line, status, line in bombing)
                    self._next(line)

    def _count(self, line: _Line, status: str, is_bomb: bool) -> None:
        if is_bomb:
            self._seen.bombs[status] += 1
        elif status == "200":
            self._seen.answered.append(time.perf_counter() - line.sent)
        else:
            self._seen.failures[status] += 1

    def _next(self, line: _Line) -> None:
        """Send the next request; where nobody listens any more, the connection rests."""
        if not line.is_closing():
            line.send()
            return
        self._selector.unregister(line.socket)
        try:
            line.reconnect()
            self._begin(line)
        except OSError:
            self._seen.failures[REFUSED] += 1

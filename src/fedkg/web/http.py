"""A connection whose request heads are bounded in bytes and in time, on uvicorn's fast parser.

uvicorn bounds neither with that parser: heads that never end, or never begin, would fill memory and
take all the connections that there are.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 2**17
"""Bytes of a request's head. A longer query goes into a body."""
HEAD_SECONDS = 10.0
"""How long a client may take to send a head, and to begin with one."""

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\n\r\n"
    b"The head of the request is too large: send a long query in the body of a POST.\n"
)


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol with both limits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head_size: int | None = None
        self._head_ends: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what was sent; close when it makes no head."""
        super().data_received(data)
        if self._head_size is not None:
            self._head_size += len(data)
            if self._head_size > MAX_HEAD and not self.transport.is_closing():
                self.transport.write(_TOO_LARGE)
                self.transport.close()
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if self._head_ends is None and not is_answering:
            self._wait()

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._head_size = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Stop counting and waiting."""
        self._head_size = None
        self._stop_waiting()
        super().on_headers_complete()

    def _wait(self) -> None:
        self._head_ends = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._head_ends is not None:
            self._head_ends.cancel()
            self._head_ends = None
